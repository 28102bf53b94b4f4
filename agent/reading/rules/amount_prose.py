"""Sums in sentences: what each one is, told by the nouns, verbs and headings around it.

No sentence is matched as a whole. The noun before the sum (or just after it), a verb that states, a heading about
prices, tax and period each add to the weight; words of penalties, estimates and things of the past rule a sum out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from agent.reading.grammar import money
from agent.reading.grammar.found import Found
from agent.reading.grammar.money import Money
from agent.reading.rules.amount_labels import cap_label, named, tidy
from agent.reading.rules.amount_words import (
    CAP,
    DEPOSIT,
    EVENT,
    FORM_OF,
    FRAMED,
    LIMIT,
    MAXIMUM,
    MINIMUM,
    NOT_KEY,
    NOT_KEY_AFTER,
    NOT_KEY_HEAD,
    NOT_KEY_NEAR,
    NOUN_AFTER,
    ONE_OFF,
    PRICE,
    PRICE_ALONE,
    PRICE_HEAD,
    REPLACED,
    REPLACED_AFTER,
    STATES,
    STATES_ALONE,
    STATES_BY_NOUN,
)
from agent.reading.rules.finding import Finding, cover_parts
from agent.reading.rules.topics import Line, topic_of
from agent.reading.structure import ContractView, Sentence
from portfolio.schema import Amount, Bound, Period, Tax

_REACH = 170
_SHORT = 60
"""A line that holds little more than a sum."""
_RATES = ("unit", "hour", "day")
_NOUN, _NOUN_ALONE, _STATED, _HEAD, _FORM = 0.5, 0.35, 0.22, 0.16, 0.06
"""What each cue adds: a noun, a noun that only follows, a verb, a heading, and tax or period."""


@dataclass(frozen=True, slots=True)
class _Named:
    """What the words around a sum call it. ``phrase`` and ``article`` are as written, the rest is folded."""

    phrase: str
    between: str
    article: str
    words: str
    weight: float
    rule: str


def from_sentences(view: ContractView, lines: Iterable[Line], insured: bool) -> Iterator[Finding[Amount]]:
    """Every sum in prose that has cues enough, with its weight."""
    cover = cover_parts(view)
    clause, spoken_of = None, ""
    for sentence, text, heading in lines:
        if sentence.block.kind == "table_row" or sentence.part == "mail":
            continue
        if sentence.clause is not clause:
            clause, spoken_of = sentence.clause, ""
        before: Finding[Amount] | None = None
        named_: _Named | None = None
        left = 0
        for found in money.find(text):
            between = text[left : found.start]
            after = text[found.end : found.end + 70]
            if REPLACED.search(between[-40:]) or REPLACED_AFTER.match(after) or NOT_KEY_AFTER.match(after):
                continue
            form_of = before.value if before and named_ and FORM_OF.search(between) else None
            if form_of is not None and before is not None and named_ is not None:
                weight = before.weight - 0.02
                if noun := PRICE.search(between):
                    named_ = replace(named_, phrase=sentence.text[left + noun.start() : found.start])
            else:
                named_ = _named(sentence, text, left, found, heading, after, spoken_of)
                weight = named_.weight if named_ else 0.0
            finding = None
            if named_ is not None:
                spoken_of = named_.phrase
                if sentence.part in cover:
                    weight -= 0.12 if form_of is None else 0.0
                finding = _finding(sentence, found, named_, weight, insured, form_of)
                yield finding
            before, left = finding, found.end


def _named(
    sentence: Sentence, text: str, left: int, found: Found[Money], heading: str, after: str, spoken_of: str
) -> _Named | None:
    start = max(left, found.start - _REACH)
    window, head = text[start : found.start], heading[-70:]
    if NOT_KEY.search(window[-110:]) or NOT_KEY_NEAR.search(window[-90:]):
        return None
    if NOT_KEY_HEAD.search(heading) and not PRICE.search(head):
        return None
    follows = NOUN_AFTER.match(after)
    for pattern, rule in ((DEPOSIT, "amounts.deposit"), (CAP, "amounts.cap")):
        match = next(iter(pattern.finditer(window)), None)
        limited = rule == "amounts.deposit" or LIMIT.search(window) or found.value.bound == "max"
        in_head = pattern.search(head) and (STATES.search(window) or limited)
        if limited and (match or in_head or (rule == "amounts.deposit" and pattern.search(after[:45]))):
            phrase = sentence.text[start + match.start() : found.start] if match else _title(sentence)
            if match is None and pattern.search(after[:45]):
                at = found.end + (pattern.search(after) or re.match("", "")).start()  # type: ignore[union-attr]
                phrase = sentence.text[at : at + 50]
            return _weighed(sentence, _Named(phrase, "", "", f"{window} {head}", 0.86, rule), in_head=bool(in_head))
    nouns = [noun for noun in PRICE.finditer(window) if window[noun.start() - 1 : noun.start()] != '"']
    bound = FRAMED.search(window) or MAXIMUM.search(window) or MINIMUM.search(window)
    stated = STATES.search(window) or STATES_BY_NOUN.search(window) or bound or found.value.bound
    in_head = bool(PRICE_HEAD.search(head))
    weight = _FORM * (found.value.tax is not None) + _FORM * (found.value.period is not None) + _HEAD * in_head
    if nouns:
        noun = nouns[-1] if not bound else nouns[0]
        weight += _NOUN + _STATED * bool(stated)
        opens = start + noun.start()
        before = _BEFORE_NOUN.search(text[max(0, opens - 50) : opens])
        opens -= len(before["words"] or before["french"]) if before else 0
        phrase, article = sentence.text[opens : found.start], text[:opens][-6:]
        between = window[noun.end() :]
    elif follows:
        weight += _NOUN_ALONE + _STATED
        phrase, article, between = sentence.text[found.end + follows.start("noun") :][:60], "", ""
    elif bound and (in_head or FRAMED.search(text)):
        weight += _NOUN + _STATED
        phrase, article, between = "Montant maximum" if MAXIMUM.search(window) else "Montant minimum", "", ""
    elif PRICE_ALONE.fullmatch(topic_of(heading)) and (found.value.tax or len(text) <= _SHORT):
        weight += _NOUN
        phrase, article, between = spoken_of or _title(sentence), "", window
    elif in_head and STATES_ALONE.search(window):
        weight += _NOUN + _STATED
        phrase, article, between = spoken_of or _title(sentence), "", window
    else:
        return None
    rule = "amounts.sentence"
    if found.value.period in _RATES and not stated and not in_head:
        rule = "amounts.rate"
    return _weighed(
        sentence, _Named(phrase, between, article, f"{window} {head}", min(weight, 0.88), rule), in_head=True
    )


_BEFORE_NOUN = re.compile(
    r"(?:\b(?:the|an?|its|this|each)\s(?P<words>(?:(?!(?:of|in|for|to|the|an?|un|une|le|la|les)\b)[a-z-]+(?<!s)\s){1,3})|"
    r"\b(?:le|la|un|une)\s(?P<french>nouve(?:au|lle)\s|premi(?:er|ere)\s))$"
)
"""Adjectives between the article and the noun: `a one-off mobilisation` fee."""
_ENUMERATED = re.compile(r"^\W*(?:(?:article|clause|section|art\.?)?\s*[\divx.]{1,6}\s*[-–—.:)]*\s*)?", re.IGNORECASE)


def _title(sentence: Sentence) -> str:
    """What the heading calls the amount, without its number; « Montant » where it calls it nothing."""
    title = _ENUMERATED.sub("", sentence.clause.heading or "")
    return title or "Montant"


def _weighed(sentence: Sentence, named_: _Named, *, in_head: bool) -> _Named:
    weight = named_.weight - (0.0 if in_head else 0.1) - (0.2 if sentence.part == "annex" else 0.0)
    return _Named(named_.phrase, named_.between, named_.article, named_.words, weight, named_.rule)


def _finding(
    sentence: Sentence, found: Found[Money], named_: _Named, weight: float, insured: bool, form_of: Amount | None
) -> Finding[Amount]:
    amount = amount_of(tidy(named_.phrase), found.value, named_.words, insured)
    if form_of is not None:
        period = found.value.period or (
            form_of.period if found.value.tax and found.value.tax != form_of.tax else amount.period
        )
        amount = amount.model_copy(
            update={"period": period, "tax": amount.tax or form_of.tax, "bound": found.value.bound or form_of.bound}
        )
    if named_.rule == "amounts.cap" and amount.period is None and not insured and not EVENT.search(sentence.folded):
        amount = amount.model_copy(update={"period": "total"})
    if named_.rule == "amounts.deposit":
        amount = amount.model_copy(update={"tax": None, "period": "total", "bound": None})
    label = (
        cap_label(sentence.folded, named_.phrase)
        if named_.rule == "amounts.cap"
        else named(named_.phrase, named_.between, amount, named_.article) or "Montant"
    )
    amount = amount.model_copy(update={"label": label})
    rule = "amounts.cap" if amount.bound == "max" and CAP.search(named_.words) else named_.rule
    return Finding(amount, sentence, found.start, found.end, weight, rule)


def amount_of(label: str, found: Money, words: str, insured: bool) -> Amount:
    """The amount that ``words`` (folded) describe: bound, tax, period from them where the sum's own words lack them."""
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
