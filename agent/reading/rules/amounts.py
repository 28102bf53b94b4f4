"""The key amounts of a contract: price, rent, premium, framework minimum and maximum, deposit, cap of liability.

Each stated form is an amount of its own (with and without tax, a year and a month). Price lists, penalties, capital
and insured sums are no key amounts; the limit of indemnity of an insurance contract is. Prices a unit are read where
the contract states no other price, prices in annexes where its articles state none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar import money
from agent.reading.grammar.found import Found
from agent.reading.grammar.money import Money
from agent.reading.grammar.numbers import DIGITS, digits
from agent.reading.reader import Candidate
from agent.reading.rules.amount_labels import in_its_period, tidy
from agent.reading.rules.amount_prose import amount_of, from_sentences
from agent.reading.rules.amount_tables import Entry, entries
from agent.reading.rules.amount_words import (
    CAP,
    FRAMED,
    NOT_KEY,
    NOT_KEY_AFTER,
    NOT_KEY_HEAD,
    NOT_KEY_NEAR,
    OLD_LABEL,
    PRICE,
    PRICE_HEAD,
    PRICE_LABEL,
    TOTAL_LABEL,
)
from agent.reading.rules.finding import Finding, ranked, said
from agent.reading.rules.known import Known
from agent.reading.rules.title import is_amendment
from agent.reading.rules.topics import Line, topic_of, topical
from agent.reading.structure import ContractView, Field, fold
from portfolio.schema import Amount

_FLOOR = 0.55
_MOST = 12
"""More key amounts than this are a price list read by mistake: the surest are kept."""
_FEW = 4
"""Prices a unit that are no price list."""
_RATE, _CAP, _ANNEX = "amounts.rate", "amounts.cap", "amounts.annex"
_LAST_RESORTS = (_RATE, _ANNEX)


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """Candidates for `amounts`, each value of a currency and tax once, in the order of the text."""
    insured = known.value("contract_type") == "insurance"
    amends = _amends(known)
    lines = list(topical(view))
    found = [
        *_from_fields(view, lines, insured, amends),
        *_from_tables(lines, insured, amends),
    ]
    found += from_sentences(view, lines, insured)
    for finding in sorted(
        _chosen(view, found),
        key=lambda f: (f.sentence.clause.document, f.sentence.block.start, f.sentence.start, f.start),
    ):
        quote = (
            finding.sentence.quote(finding.start, finding.end) if len(finding.sentence.text) > 240 else finding.quote
        )
        yield Candidate(
            "amounts", in_its_period(finding.value), (quote,), round(min(0.98, finding.weight), 3), finding.rule
        )


def _amends(known: Known) -> bool:
    title = known.value("title")
    return known.value("amends") is not None or (title is not None and is_amendment(title))


def _chosen(view: ContractView, findings: list[Finding[Amount]]) -> list[Finding[Amount]]:
    """The sure ones, a sum once: caps of the part that prevails, last resorts where no price is told otherwise."""
    sure = [f for f in ranked(view, findings) if f.weight >= _FLOOR]
    caps = min((view.rank(f.sentence) for f in sure if f.rule == _CAP), default=0)
    kept: list[Finding[Amount]] = []
    for finding in sorted(sure, key=lambda f: f.rule in _LAST_RESORTS):
        if finding.rule == _CAP and (finding.value.period == "unit" or view.rank(finding.sentence) > caps):
            continue
        if finding.rule in _LAST_RESORTS and any(_is_price(k) and k.rule != finding.rule for k in kept):
            continue
        twin = next((k for k in kept if _same(k.value, finding.value)), None)
        if twin is not None:
            kept[kept.index(twin)] = _completed(twin, finding)
        elif len(kept) < _MOST:
            kept.append(finding)
    rates = [f for f in kept if f.rule == _RATE]
    return [f for f in kept if f.rule != _RATE] if len(rates) > _FEW else kept


def _is_price(finding: Finding[Amount]) -> bool:
    return finding.rule not in (_CAP, "amounts.deposit")


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


# --- forms ------------------------------------------------------------------------------------------------------------


def _from_fields(view: ContractView, lines: list[Line], insured: bool, amends: bool) -> Iterator[Finding[Amount]]:
    """`Label : value` lines."""
    topics = {id(sentence): topic_of(heading) for sentence, _, heading in lines}
    for field in view.fields:
        label = field.folded_label
        sentence = field.sentence
        if sentence.block.kind == "table_row" or not PRICE_LABEL.match(label) or NOT_KEY.search(label):
            continue
        if OLD_LABEL.search(label) or (amends and _INITIAL.search(label)):
            continue
        if sentence.part == "annex" or NOT_KEY_HEAD.search(topics.get(id(sentence), "")):
            continue
        text = said(sentence)
        for found in _sums(text, field):
            told = text[field.start : found.start]
            if (
                NOT_KEY_AFTER.match(text[found.end : found.end + 60])
                or NOT_KEY.search(told)
                or NOT_KEY_NEAR.search(told)
            ):
                continue
            yield _finding(field.label, label, found, sentence_of=field, insured=insured)


def _finding(label: str, words: str, found: Found[Money], *, sentence_of: Field, insured: bool) -> Finding[Amount]:
    amount = amount_of(label, found.value, words, insured)
    amount = amount.model_copy(update={"label": tidy(label) or label})
    rule = _CAP if amount.bound == "max" and CAP.search(words) else "amounts.field"
    return Finding(amount, sentence_of.sentence, found.start, found.end, 0.93, rule)


def _sums(text: str, field: Field) -> Iterator[Found[Money]]:
    """The sums in the field's value; a bare number where the label names the currency."""
    inside = [f for f in money.find(text) if field.start <= f.start < field.end]
    yield from inside
    if inside:
        return
    currency = money.currency_in(fold(field.label))
    match = _BARE.fullmatch(text[field.start : field.end])
    value = digits(match["number"]) if match and currency else None
    if match and value is not None and currency:
        start = field.start + match.start("number")
        yield Found(Money(value, currency, money.tax_of(text[match.end() :][:20])), start, start + len(match["number"]))


_INITIAL = re.compile(r"\binitiale?\b")
_BARE = re.compile(rf"\s*(?P<number>{DIGITS})\s*(?:h\.?t\.?|t\.?t\.?c\.?)?\s*")


# --- tables -----------------------------------------------------------------------------------------------------------


def _from_tables(lines: list[Line], insured: bool, amends: bool) -> Iterator[Finding[Amount]]:
    for entry in entries(lines):
        label, head, topic = fold(entry.label), fold(entry.head), topic_of(entry.heading)
        if NOT_KEY.search(label) or NOT_KEY_HEAD.search(topic) or OLD_LABEL.search(label):
            continue
        if amends and _INITIAL.search(label):
            continue
        text = entry.row.folded
        if NOT_KEY_AFTER.match(text[entry.found.end : entry.found.end + 60]):
            continue
        in_annex = entry.row.part == "annex"
        priced = bool(PRICE.search(head) or PRICE_HEAD.search(topic) or FRAMED.search(head))
        if PRICE_LABEL.match(label) and not (in_annex and not TOTAL_LABEL.match(label)):
            weight, rule = 0.93, _ANNEX if in_annex else "amounts.table"
        elif priced and entry.rows <= _FEW and not in_annex and not insured:
            weight, rule = 0.68, _RATE
        else:
            continue
        words = f"{label} {head}"
        amount = amount_of(_label(entry), entry.found.value, words, insured)
        amount = amount.model_copy(
            update={
                "tax": amount.tax or entry.tax or money.tax_of(label) or money.tax_of(head),
                "period": amount.period
                or money.period_of(topic[-90:])
                or ("unit" if entry.is_unit or _UNIT_PRICE.search(head) else None),
            }
        )
        if rule == _ANNEX:
            weight = 0.8
        if amount.bound == "max" and CAP.search(words):
            rule = _CAP
        yield Finding(amount, entry.row, entry.found.start, entry.found.end, weight, rule)


_UNIT_PRICE = re.compile(r"^(?:prix|tarif|cout|price|rate)s?\b(?!.*(?:total|annuel|mensuel|forfait|global))")
_VAGUE = re.compile(r"(?:total|ensemble|hors (?:tva|taxes?)|h\.?t\.?|t\.?t\.?c\.?|tva comprise|montant|p[1-5]|"
                    r"toutes .*|prix|ferme|"
                    r"optionnelle.*)\W*")  # fmt: skip


def _label(entry: Entry) -> str:
    """The row's label; a vague one (`Total`, `P2`) with its column's head."""
    label = entry.label.strip(" :")
    if not _VAGUE.fullmatch(fold(label)):
        return label[:90]
    return f"{label} ({entry.head})" if entry.head else label
