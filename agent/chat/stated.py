"""The values that a contract's own words state: counts, amounts, days, shares, lengths of time and times of day, each
with the words that it stands among: its part of the sentence or its table cell, the row, the lead-in, the headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from agent.chat.clauses import Line, lines_of
from agent.chat.matching import Rarity
from agent.reading.grammar import dates, durations, money, numbers
from agent.reading.text import fold
from portfolio.schema import Amount, Period, Tax
from vectorstore.records import Passage

Kind = Literal["count", "amount", "date", "month_day", "percent", "duration", "time"]
Value = object
_NUMBER = re.compile(
    rf"(?<![\w.,/°'-])(?P<number>\d{{1,3}}(?:[ \u202f\u00a0]\d{{3}})+|\d+|{numbers.WORDS})(?![\w.,/%€-]|\s?[%€])"
)
_NAMES = re.compile(
    r"\b(?:articles?|art|annexes?|clauses?|lots?|n|no|n°|nos|numeros?|schedule|section|phase|groupe|siren|siret|rcs|page|"
    r"version|edition|modele|cs|etage|zone|gravite|niveau|classe|categorie|en|in|of|janvier|fevrier|mars|avril|mai|juin|"
    r"juillet|aout|septembre|octobre|novembre|decembre|january|february|march|april|may|june|july|august|september|"
    r"october|november|december)\W*$"
)
"""What makes of the number after it the name of something, or a year."""
_THRESHOLD = re.compile(
    r"\b(?:plus|moins|au dela|excede\w*|depass\w*|par|chaque|tranche|than|over|above|beyond|exceed\w*|per|every|each|"
    r"tous les|toutes les)(?: (?:de|d|des|les))?\W*$"
)
"""What makes of it a step or a threshold: `au-delà de 50 utilisateurs`."""
_BYGONE = re.compile(
    r"\b(?:au lieu d\w*|et non(?: plus)?|ancien\w*|precedent\w*|jusqu'alors|initialement propose\w*|pour memoire|"
    r"instead of|formerly|previous\w*|no longer|had been|demandait|souhaitee?|etait|remplace\w*|superse\w*)\b"
)
_PERCENT = re.compile(
    rf"(?<![\w.,])(?P<n>\d+(?:[.,]\d+)?|{numbers.WORDS})\s?(?:%|pour cent\b|per ?cent\b|pourcents?\b)"
)
_TIME = re.compile(r"(?<![\w.,/])(?:[01]?\d|2[0-4])(?:\s?h(?:\s?[0-5]\d)?\b|:[0-5]\d)(?!\w)|\bmidi\b|\bnoon\b")
_COMMA = re.compile(r"[;:(,.\n]\s|\s-\s|\t")
_JOINS = re.compile(r"\b(?:et|and|ou|or|mais|but|puis|then)\b")
_STRONG = re.compile(r"[;\n]\s?|\.\s|\t")
_HEAD_PERIODS: tuple[tuple[str, Period], ...] = (
    (r"\b(?:par heure|taux horaires?|hourly|per hour)\b", "hour"),
    (r"\b(?:par jour|journali\w*|day rates?|daily|per day)\b", "day"),
    (r"\b(?:mensuel\w*|par mois|monthly|per month)\b", "month"),
    (r"\b(?:trimestriel\w*|par trimestre|quarterly|per quarter)\b", "quarter"),
    (r"\b(?:annuel\w*|par an|annual\w*|yearly|per year)\b", "year"),
    (r"(?:/ ?h\b|\b(?:horaires?|l'heure|par heure|hourly|per hour)\b)", "hour"),
)
_OF_MONEY = re.compile(
    r"[€£$]|\b(?:prix|montants?|forfaits?|tarifs?|couts?|loyers?|redevances?|honoraires|ht|ttc|eur|euros?|gbp|usd|chf|"
    r"(?:taux|tarif) (?:journalier|horaire)|price|amount|fee|cost|rent|(?:day|daily|hourly) rate)s?\b"
)
_COUNTS = re.compile(r"\b(?:nombre|nb|quantites?|qte|number|quantity|qty)\b")
_SUM = re.compile(r"\d{1,3}(?:[ \u202f\u00a0.,]\d{3})*(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?")
_ARTICLES = ("un", "une", "one", "a")
_DIALLED = re.compile(
    r"\b\d{2}(?: \d{2}){3,}\b|\b\d{3} \d{3} \d{3}(?: \d{5})?\b|\b\d{5} (?=[a-z])|\(\d{5}\)"
    r"|\b\d{1,4}(?: (?:bis|ter))?,? (?:rue|boulevard|bd|avenue|av|allees?|chemin|place|quai|impasse|route|"
    r"cours|square|passage|esplanade|street|road|lane|wharf)\b|^\W*\d{1,2}(?:°|\)|\.| -|\t)"
)
"""Numbers of telephones, companies, towns, houses and items of a list."""
_AFTER = 70
"""Letters after a number in which what it counts stands."""


@dataclass(frozen=True)
class Stated:
    """One value. ``own``: the words of its part of the sentence, or of its cell with the row's label and column's head;
    ``beside``: of the stretch or row around it; ``near``: of what leads in to it and stands before; ``noun``: what
    follows a number; ``head``: of its column. ``exact``: the number itself counts, it is no threshold. ``bygone``: said
    to be so no more."""

    kind: Kind
    value: Value
    line: Line
    own: str
    beside: str
    near: str
    noun: str = ""
    head: str = ""
    exact: bool = True
    bygone: bool = False

    @property
    def layers(self) -> tuple[str, ...]:
        """The texts that it stands in, the nearest first."""
        passage = self.line.passage
        told = f"{self.line.text} {' '.join(self.line.heads)}"
        return self.own, self.beside, told, self.near, passage.headline, passage.text


@dataclass(frozen=True)
class Text:
    """All that one contract's passages state."""

    passages: tuple[Passage, ...]

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        return tuple(lines_of(self.passages))

    @cached_property
    def rarity(self) -> Rarity:
        return Rarity(tuple(f"{line.text} {' '.join(line.heads)}" for line in self.lines))

    @cached_property
    def values(self) -> tuple[Stated, ...]:
        return tuple(_all(self.lines))


@lru_cache(maxsize=64)
def text_of(passages: tuple[Passage, ...]) -> Text:
    """What the passages of one contract state; kept for its next question."""
    return Text(passages)


def _all(lines: Sequence[Line]) -> Iterator[Stated]:
    before: Line | None = None
    lead = ""
    for line in lines:
        if before is None or before.passage.id != line.passage.id:
            before = None
        if before is not None and before.text.rstrip().endswith(":"):
            lead = before.text
        elif before is None or not re.match(r"\s*(?:[-–•*☒☐]|\(?\w{1,3}[.)]\s|[a-zà-ÿ])", line.text):
            lead = ""
        near = f"{lead} {before.text if before is not None and len(line.cells) == 1 else ''}"
        yield from _of_row(line, near) if len(line.cells) > 1 else _of_sentence(line, near)
        before = line


@dataclass(frozen=True)
class _Span:
    kind: Kind
    value: Value
    start: int
    end: int


def _spans(text: str) -> list[_Span]:
    """The values in folded text, in order; none within another but a length of time, whose number counts days too."""
    found: list[_Span] = []

    def take(spans: Iterable[_Span]) -> None:
        taken = [(f.start, f.end) for f in found]
        found.extend(s for s in spans if all(s.end <= a or s.start >= b for a, b in taken))

    take(_Span("date", f.value, f.start, f.end) for f in dates.find(text))
    take(_Span("month_day", f.value, f.start, f.end) for f in dates.month_days(text))
    take(_Span("amount", f.value, f.start, f.end) for f in money.find(text))
    take(_Span("percent", m["n"].replace(",", "."), m.start(), m.end()) for m in _PERCENT.finditer(text))
    lengths = [_Span("duration", f.value, f.start, f.end) for f in durations.find(text)]
    take(_Span("time", m[0], m.start(), m.end()) for m in _TIME.finditer(text))
    fixed = [*found, *(_Span("count", 0, m.start(), m.end()) for m in _DIALLED.finditer(text))]
    take(lengths)
    for match in _NUMBER.finditer(text):
        value = None if match["number"] in _ARTICLES else _whole(match["number"])
        clear = all(match.end() <= s.start or match.start() >= s.end for s in fixed)
        if value is not None and clear and not _NAMES.search(text[max(0, match.start() - 24) : match.start()]):
            found.append(_Span("count", value, match.start(), match.end()))
    return sorted(found, key=lambda s: (s.start, s.end))


def _whole(written: str) -> int | None:
    digits = re.sub(r"\s", "", written)
    return int(digits) if digits.isdigit() else numbers.value_of(written)


def _of_sentence(line: Line, near: str) -> Iterator[Stated]:
    text = fold(line.text)
    spans = _spans(text)
    for n, span in enumerate(spans):
        left = max((s.end for s in spans[:n] if s.end <= span.start), default=0)
        right = min((s.start for s in spans[n + 1 :] if s.start >= span.end), default=len(text))
        start = _cut(text, left, span.start) if left else 0
        end = _cut(text, span.end, right) if right < len(text) else right
        strong = [0, *(m.end() for m in _STRONG.finditer(text)), len(text)]
        first = max(s for s in strong if s <= span.start)
        last = min(s for s in strong if s >= span.end)
        after = re.split(r"[.;:!?(\n]", text[span.end : span.end + _AFTER], maxsplit=1)[0]
        yield _stated(
            span, line, line.text[start:end], line.text[first:last], near, after, text[max(0, start - 24) : span.start]
        )


def _cut(text: str, left: int, right: int) -> int:
    """Where the words between two values part: at the first stop or comma, else at a word that joins."""
    found = _COMMA.search(text, left, right) or _JOINS.search(text, left, right)
    return found.start() if found else right


def _of_row(line: Line, near: str) -> Iterator[Stated]:
    """The values of a row's cells; of a row of two cells, or without heads, the first cell is a form's label."""
    cells, heads = line.cells, line.heads if len(line.heads) == len(line.cells) else ()
    row = " ".join(cells)
    for n, cell in enumerate(cells):
        head = heads[n] if heads else ""
        label = " ".join(c for k, c in enumerate(cells) if k != n and (k == 0 or not re.search(r"\d", c)))
        spans = _spans(fold(cell))
        if all(span.kind == "count" for span in spans):
            spans = list(_bare(cell, head, "" if spans else label)) or spans
        for span in spans:
            text = fold(cell)
            after = text[span.end : span.end + _AFTER]
            part = cell if len(spans) == 1 else _part(cell, spans, span)
            noun = after if re.search(r"[a-z]", after) else f"{head} {'' if head else label}"
            before = f"{fold(head)} {text[: span.start]}"
            yield replace(_stated(span, line, f"{label} {head} {part}", row, near, noun, before), head=head)


def _part(cell: str, spans: Sequence[_Span], span: _Span) -> str:
    left = max((s.end for s in spans if s.end <= span.start), default=0)
    right = min((s.start for s in spans if s.start >= span.end), default=len(cell))
    return cell[left:right]


def _bare(cell: str, head: str, label: str) -> Iterator[_Span]:
    """A number that stands alone in its cell and is a sum by the column's head or the form's label."""
    told = fold(f"{head} {label if not head else ''}")
    written = cell.strip()
    if _SUM.fullmatch(written) and _OF_MONEY.search(told) and not _COUNTS.search(told):
        value = numbers.digits(written)
        if value is not None:
            yield _Span("amount", money.Money(value, money.currency_in(told) or "EUR"), 0, len(cell))


def _stated(span: _Span, line: Line, own: str, beside: str, near: str, noun: str, before: str) -> Stated:
    value, exact = span.value, True
    if isinstance(value, money.Money):
        value = _amount(value, line, own)
    if span.kind == "count":
        exact = not _THRESHOLD.search(before)
    return Stated(span.kind, value, line, own, beside, near, noun, exact=exact, bygone=bool(_BYGONE.search(before)))


def _amount(value: money.Money, line: Line, own: str) -> Amount:
    """The sum with its tax and period, by its own words, the row's label, the column's head or the table's title."""
    part = fold(own)
    told = part if len(line.cells) > 1 else ""
    title = fold(line.passage.path[-1]) if told and line.passage.path else ""
    tax: Tax | None = value.tax or money.tax_of(told) or money.tax_of(title)
    period = value.period or next(
        (p for text in (part, title) for pattern, p in _HEAD_PERIODS if re.search(pattern, text)), None
    )
    bound = value.bound or money.bound_of(told)
    label = re.sub(r"\s*\t\s*", ", ", line.text)[:200]
    return Amount(label=label, value=float(value.value), currency=value.currency, tax=tax, period=period, bound=bound)
