"""Which value of which series an index of a formula is on a day of revision; what is missing is named."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from portfolio.folding import compact
from portfolio.revision.formula import Formula, Ratio
from portfolio.revision.indices import PUBLISHED_AFTER, Book, Chained, Series
from portfolio.revision.moments import Moment
from portfolio.revision.periods import Period
from portfolio.revision.rules import ReadingRule
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase


@dataclass(frozen=True)
class Missing:
    """A value that is needed and not there: of which index, for which period; ``why`` says it in words."""

    index: str
    period: Period | None
    why: Phrase


@dataclass(frozen=True)
class Read:
    """An index's value: of ``period``, or as the contract states it."""

    value: Decimal
    when: Phrase
    linked: Phrase | None = None


@dataclass(frozen=True)
class RatioRead:
    """An index over its reference, exactly, and how both were read."""

    value: Fraction
    steps: tuple[Phrase, ...]


@dataclass(frozen=True)
class Names:
    """The series of each symbol of a formula; ``called``: the contract's name for it; ``steps``: how it was found."""

    series: Mapping[str, Series]
    called: Mapping[str, str]
    steps: tuple[Phrase, ...]


def name(formula: Formula, indices: tuple[str, ...], book: Book, said: Mapping[str, str]) -> Names:
    """Finds the series of each symbol: as ``said`` by a person, by its own name, by the contract's name that holds it,
    else in the order of the contract's ``indices``."""
    symbols = tuple(dict.fromkeys(ratio.index for ratio in formula.ratios))
    called = {symbol: found for symbol in symbols if (found := _among(symbol, indices)) is not None}
    rest = [symbol for symbol in symbols if symbol not in called]
    unused = [index for index in indices if index not in called.values()]
    steps: list[Phrase] = []
    if len(rest) == len(unused):
        for symbol, index in zip(rest, unused, strict=True):
            called[symbol] = index
            steps.append(phrase("revision_index.by_order", symbol=symbol, index=index))
    series: dict[str, Series] = {}
    for symbol in symbols:
        code = said.get(symbol)
        meant = book.series.get(code) if code else book.find(called.get(symbol, symbol)) or book.find(symbol)
        if meant is not None:
            series[symbol] = meant
    return Names(series, {symbol: called.get(symbol, symbol) for symbol in symbols}, tuple(steps))


def _among(symbol: str, indices: tuple[str, ...]) -> str | None:
    key = compact(symbol)
    same = [index for index in indices if compact(index) == key]
    if not same and len(key) >= 3:
        same = [index for index in indices if key in compact(index) or compact(index) in key]
    return same[0] if len(same) == 1 else None


@dataclass(frozen=True)
class Reader:
    """Reads indices for days of revision.

    ``shifted`` gives the day of a revision so many revisions away. ``base``: the day on which the base indices are
    read, or their period; ``stated``: base values that the contract states. ``estimating``: values that are not there
    yet are replaced by the last one known.
    """

    book: Book
    names: Names
    rule: ReadingRule
    shifted: Callable[[date, int], date]
    base: date | Period | None
    stated: Mapping[str, Decimal]
    estimating: bool = False

    def ratio(self, ratio: Ratio, on: date) -> RatioRead | tuple[Missing, ...]:
        """An index's ratio on a day of revision, or what is missing for it."""
        current, reference = self._at(ratio.index, ratio.current, on), self._at(ratio.index, ratio.reference, on)
        missing = tuple(one for one in (current, reference) if isinstance(one, Missing))
        if isinstance(current, Missing) or isinstance(reference, Missing):
            return missing
        value = Fraction(current.value) / Fraction(reference.value)
        said = phrase(
            "revision_index.ratio",
            index=self.names.called.get(ratio.index, ratio.index),
            current=current.value,
            when=current.when,
            reference=reference.value,
            then=reference.when,
            equals=approximately(value),
        )
        linked = tuple(one.linked for one in (current, reference) if one.linked)
        return RatioRead(value, (*linked, said))

    def _at(self, symbol: str, moment: Moment, on: date) -> Read | Missing:
        if moment.at == "base" and symbol in self.stated:
            return Read(self.stated[symbol], phrase("revision_index.stated"))
        called = self.names.called.get(symbol, symbol)
        series = self.names.series.get(symbol)
        if series is None:
            return Missing(called, None, phrase("revision_index.unknown", index=called))
        if moment.at == "base":
            if self.base is None:
                return Missing(called, None, phrase("revision_index.no_base", index=called))
            if isinstance(self.base, Period):
                return self._of(series, called, _aligned(self.base, series.per_year))
            return self._by_rule(series, called, self.base)
        if moment.at == "reading":
            return self._by_rule(series, called, self.shifted(on, moment.offset))
        if moment.at == "months":
            day = Duration(months=-moment.offset).before(on)
            return self._of(series, called, Period.containing(day, series.per_year))
        return self._of(series, called, _calendar(moment, on, series.per_year))

    def _by_rule(self, series: Series, called: str, day: date) -> Read | Missing:
        if self.rule.kind == "last_published":
            return self._last(series, called, day)
        counted = Duration(months=self.rule.months).before(day)
        return self._of(series, called, Period.containing(counted, series.per_year))

    def _last(self, series: Series, called: str, day: date) -> Read | Missing:
        """The last value published on ``day``: unless the one that must have been published by then is missing."""
        due = Period.containing(PUBLISHED_AFTER.before(day), series.per_year).shifted(-1)
        known = self.book.last_known(series.code, day)
        if known is not None and (known.read.period >= due or self.book.at(series.code, due) is not None):
            return _read(known, phrase("revision_index.last", period=said(known.read.period)))
        return self._missing(series, called, due)

    def _of(self, series: Series, called: str, period: Period) -> Read | Missing:
        found = self.book.at(series.code, period)
        return _read(found, said(period)) if found else self._missing(series, called, period)

    def _missing(self, series: Series, called: str, period: Period) -> Read | Missing:
        latest = self.book.last_known(series.code, date.max) if self.estimating else None
        if latest is not None and latest.read.period < period:
            return _read(latest, phrase("revision_index.instead", period=said(latest.read.period), wanted=said(period)))
        why = phrase("revision_index.missing", index=called, code=series.code, period=said(period))
        return Missing(called, period, why)


def _read(found: Chained, when: Phrase) -> Read:
    linked = None
    if found.coefficient is not None:
        linked = phrase(
            "revision_index.linked", source=found.source, period=said(found.read.period), value=found.read.value,
            coefficient=found.coefficient, result=found.value,
        )  # fmt: skip
    return Read(found.value, when, linked)


def _calendar(moment: Moment, on: date, per_year: int) -> Period:
    """The quarter or month that a formula names, in the series' own periods (of a longer period: its last month)."""
    part, parts = (moment.quarter, 4) if moment.quarter else (moment.month or 1, 12)
    if moment.at == "latest":
        named = Period.of(on.year, part, parts)
        named = named if named.last_day < on else named.years_on(-1)
        named = named.years_on(moment.offset)
    else:
        named = Period.of(moment.year if moment.year is not None else on.year + moment.offset, part, parts)
    return _aligned(named, per_year)


def _aligned(period: Period, per_year: int) -> Period:
    return period if period.per_year == per_year else Period.containing(period.last_day, per_year)


def said(period: Period) -> Phrase:
    """A period in words: `mars 2025`, `1er trimestre 2025`."""
    kind = {12: "month", 4: "quarter", 2: "half"}.get(period.per_year)
    if kind is None:
        return phrase("revision_period.year", year=period.year)
    return phrase(f"revision_period.{kind}", part=phrase(f"revision_period.{kind}_{period.part}"), year=period.year)


def shown(value: Fraction, places: int = 6) -> Decimal:
    """To ``places`` decimals, without needless zeros."""
    rounded = Decimal(round(value * 10**places)).scaleb(-places)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded.normalize()


def approximately(value: Fraction) -> Phrase:
    """`= 1,05` where that is all of it, `≈ 1,052381` where it goes on."""
    number = shown(value)
    return phrase("revision_number.exact" if Fraction(number) == value else "revision_number.near", value=number)
