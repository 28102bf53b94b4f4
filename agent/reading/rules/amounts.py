"""The key amounts of a contract: price, rent, premium, framework minimum and maximum, deposit, cap of liability.

Each stated form is an amount of its own (with and without tax, a year and a month). Price lists, penalties, capital
and insured sums are no key amounts; the limit of indemnity of an insurance contract is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.reading.grammar import money
from agent.reading.grammar.found import Found
from agent.reading.grammar.money import Money
from agent.reading.grammar.numbers import DIGITS, digits
from agent.reading.reader import Candidate
from agent.reading.rules.amount_words import (
    CAP,
    DEPOSIT,
    FORM_OF,
    LIMIT,
    MAXIMUM,
    MINIMUM,
    NOT_KEY,
    NOT_KEY_AFTER,
    NOT_KEY_HEAD,
    ONE_OFF,
    PRICE,
    PRICE_HEAD,
    PRICE_LABEL,
    REPLACED,
    REPLACED_AFTER,
    STATES,
    STATES_ALONE,
    STATES_BY_NOUN,
)
from agent.reading.rules.finding import Finding, ranked, said, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Field, Sentence, fold
from portfolio.schema import Amount, Bound, Period, Tax

_FLOOR = 0.55
_MOST = 12
"""More key amounts than this are a price list read by mistake: the surest are kept."""


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """Candidates for `amounts`, each value of a currency and tax once, in the order of the text."""
    insured = known.value("contract_type") == "insurance"
    found = ranked(view, [*_from_fields(view, insured), *_from_sentences(view, insured)])
    caps = [view.rank(f.sentence) for f in found if f.rule == "amounts.cap" and f.weight >= _FLOOR]
    kept: list[Finding[Amount]] = []
    for finding in found:
        if finding.rule == "amounts.cap" and (
            finding.value.period == "unit" or view.rank(finding.sentence) > min(caps, default=0)
        ):
            continue
        twin = next((k for k in kept if _same(k.value, finding.value)), None)
        if finding.weight >= _FLOOR and twin is None and len(kept) < _MOST:
            kept.append(finding)
        elif twin is not None:
            kept[kept.index(twin)] = _completed(twin, finding)
    for finding in sorted(
        kept, key=lambda f: (f.sentence.clause.document, f.sentence.block.start, f.sentence.start, f.start)
    ):
        quote = (
            finding.sentence.quote(finding.start, finding.end) if len(finding.sentence.text) > 240 else finding.quote
        )
        yield Candidate("amounts", finding.value, (quote,), round(min(0.98, finding.weight), 3), finding.rule)


def _same(a: Amount, b: Amount) -> bool:
    return abs(a.value - b.value) < 0.005 and a.currency == b.currency


def _completed(one: Finding[Amount], other: Finding[Amount]) -> Finding[Amount]:
    """The same sum stated again may tell the tax or the period that the first statement left out."""
    value = one.value.model_copy(
        update={
            "tax": one.value.tax or other.value.tax,
            "period": one.value.period or other.value.period,
            "bound": one.value.bound or other.value.bound,
        }
    )
    return Finding(value, one.sentence, one.start, one.end, one.weight, one.rule)


# --- forms and tables ------------------------------------------------------------------------------------------------


def _from_fields(view: ContractView, insured: bool) -> Iterator[Finding[Amount]]:
    for field in view.fields:
        label = field.folded_label
        if (
            not PRICE_LABEL.match(label)
            or NOT_KEY.search(label)
            or NOT_KEY_HEAD.search(field.sentence.clause.folded_heading)
        ):
            continue
        if field.sentence.part == "annex":
            continue
        text = said(field.sentence)
        for found in _sums(text, field):
            words = f"{label} {fold(field.column)}"
            amount = _amount(field.label, found.value, words, insured)
            if NOT_KEY_AFTER.match(text[found.end : found.end + 40]):
                continue
            rule = "amounts.cap" if amount.bound == "max" and CAP.search(words) else "amounts.field"
            yield Finding(amount, field.sentence, found.start, found.end, 0.93, rule)


def _sums(text: str, field: Field) -> Iterator[Found[Money]]:
    """The sums in the field's value; a bare number where the column's head or the label names the currency."""
    inside = [f for f in money.find(text) if field.start <= f.start < field.end]
    yield from inside
    if inside:
        return
    currency = money.currency_in(fold(f"{field.label} {field.column}"))
    match = _BARE.fullmatch(text[field.start : field.end])
    value = digits(match["number"]) if match and currency else None
    if match and value is not None and currency:
        start = field.start + match.start("number")
        yield Found(Money(value, currency, money.tax_of(text[match.end() :][:20])), start, start + len(match["number"]))


_BARE = re.compile(rf"\s*(?P<number>{DIGITS})\s*(?:h\.?t\.?|t\.?t\.?c\.?)?\s*")


# --- sentences -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    """What the words before a sum call it."""

    label: str
    words: str
    weight: float


def _from_sentences(view: ContractView, insured: bool) -> Iterator[Finding[Amount]]:
    for sentence, text, heading in spoken(view):
        if sentence.block.kind == "table_row" or sentence.part in ("mail",):
            continue
        sums = money.find(text)
        if not sums:
            continue
        before: Finding[Amount] | None = None
        named: _Named | None = None
        finding: Finding[Amount] | None
        left = 0
        for found in sums:
            between = text[left : found.start]
            after = text[found.end : found.end + 70]
            if REPLACED.search(between[-40:]) or REPLACED_AFTER.match(after) or NOT_KEY_AFTER.match(after):
                continue
            if before is not None and named is not None and FORM_OF.search(between):
                finding = _finding(sentence, text, found, named, before.weight - 0.02, insured, form_of=before.value)
            else:
                named = _named(sentence, text, left, found.start, heading)
                finding = _finding(sentence, text, found, named, named.weight, insured) if named else None
            if finding is not None:
                yield finding
            before, left = finding, found.end


def _named(sentence: Sentence, text: str, left: int, start: int, heading: str) -> _Named | None:
    window = text[max(left, start - 170) : start]
    head = heading[-70:]
    if NOT_KEY.search(window[-110:]) or (NOT_KEY_HEAD.search(heading) and not PRICE.search(head)):
        return None
    weight = 0.0
    nouns = list(PRICE.finditer(window))
    label = ""
    if DEPOSIT.search(window) or DEPOSIT.search(head):
        weight, label = 0.86, _label(DEPOSIT, sentence, text, start, window, head)
    elif CAP.search(window) or (LIMIT.search(window) and CAP.search(head)):
        weight, label = 0.86, _label(CAP, sentence, text, start, window, head)
    elif nouns and (
        STATES.search(window) or STATES_BY_NOUN.search(window) or MAXIMUM.search(window) or MINIMUM.search(window)
    ):
        weight, label = 0.86, sentence.text[start - len(window) + nouns[-1].start() : start]
    elif not nouns and PRICE_HEAD.search(head) and STATES_ALONE.search(window):
        weight, label = 0.84, sentence.clause.heading
    elif nouns and PRICE_HEAD.search(head):
        weight, label = 0.7, sentence.text[start - len(window) + nouns[-1].start() : start]
    if weight == 0.0:
        return None
    if not (PRICE_HEAD.search(head) or DEPOSIT.search(head) or CAP.search(head)):
        weight -= 0.1
    if sentence.part == "front":
        weight -= 0.12
    if sentence.part == "annex":
        weight -= 0.2
    return _Named(_tidy(label) or _tidy(sentence.clause.heading) or "Montant", f"{window} {head}", weight)


def _label(pattern: re.Pattern[str], sentence: Sentence, text: str, start: int, window: str, head: str) -> str:
    match = pattern.search(window)
    if match is None:
        return sentence.clause.heading
    return sentence.text[start - len(window) + match.start() : start]


_LABEL_ENDS = re.compile(
    r"\s(?:est|sont|sera|s'élève|s’élève|s'établit|de|à|au|:|is|are|shall|will|of|ne|n'|moyennant|égale?|hors|HT|"
    r"\()(?:\s|$)|[,:;(]"
)


def _tidy(label: str) -> str:
    """The noun phrase that opens ``label``, in the contract's own words."""
    text = label.strip(" .,:;-–—\t")
    stop = next((m.start() for m in _LABEL_ENDS.finditer(text) if m.start() >= 12), len(text))
    return text[: min(stop, 90)].strip()


def _finding(
    sentence: Sentence,
    text: str,
    found: Found[Money],
    named: _Named,
    weight: float,
    insured: bool,
    form_of: Amount | None = None,
) -> Finding[Amount]:
    amount = _amount(named.label, found.value, named.words, insured)
    if form_of is not None:
        period = found.value.period or (
            form_of.period if found.value.tax and found.value.tax != form_of.tax else amount.period
        )
        amount = amount.model_copy(
            update={"period": period, "tax": amount.tax or form_of.tax, "bound": found.value.bound or form_of.bound}
        )
    rule = "amounts.cap" if amount.bound == "max" and CAP.search(named.words) else "amounts.sentence"
    return Finding(amount, sentence, found.start, found.end, weight, rule)


# --- one amount ------------------------------------------------------------------------------------------------------


def _amount(label: str, found: Money, words: str, insured: bool) -> Amount:
    bound: Bound | None = found.bound
    period: Period | None = found.period
    tax: Tax | None = found.tax
    if MAXIMUM.search(words) or CAP.search(words) or (insured and LIMIT.search(words)):
        bound = bound or ("min" if MINIMUM.search(words) and not MAXIMUM.search(words) else "max")
    elif MINIMUM.search(words):
        bound = bound or "min"
    elif bound and not (LIMIT.search(words) or STATES.search(words)):
        bound = None
    if DEPOSIT.search(words) and not PRICE.match(words):
        tax, period, bound = None, "total", None
    period = period or money.period_of(words) or ("total" if ONE_OFF.search(words) else None)
    tax = tax or money.tax_of(words[-40:])
    return Amount(label=label, value=float(found.value), currency=found.currency, tax=tax, period=period, bound=bound)
