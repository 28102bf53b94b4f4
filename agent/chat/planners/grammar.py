"""What contracts must be, read from a question as FACT (operator) VALUE: the phrases of `conditions.toml`, the negation
before them and the number beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.chat import lexicon
from agent.chat.lexicon import Match, Rule
from agent.chat.plan import Comparison, Condition
from agent.chat.planners.reading import Read
from agent.chat.windows import Span
from agent.reading.grammar import durations
from agent.reading.grammar.numbers import value_of
from portfolio.folding import fold
from portfolio.values import Duration

_BREAKS = re.compile(
    r"\b(?:mais|but|qui|dont|while|whose|parmi|among|(?<!entre )(?:et|and)(?! (?:le|la|les|the)? ?(?:\d+|\w+) "
    r"(?:mois|ans|jours|months|years|days)\b))\b"
)
"""Where a new statement begins: a negation or a number before it says nothing of what comes after."""
_NEGATION = re.compile(
    r"\b(?:pas(?! (?:encore|plus|moins)\b)|jamais|aucun\w*|sans|non|ni|nor|neither|rien|hors|not|no|never|without|"
    r"lack\w*|muet\w*|silenc\w*|absence|other than|autres? que|\w+n t)\b"
)
_BARE = re.compile(r"(?:sans|aucune?|pas d|pas de|n (?:a|ont) pas|without|lacking|no|not)\b")
"""A denial that is part of a phrase itself (« sans reconduction »)."""
_ONLY = re.compile(r"\b(?:pas|not) (?:que|seulement|only|just)\b|\b(?:ou (?:pas|non)|or not)\b")
_QUANTIFIED = re.compile(
    r"\b(?:aucune?|pas une?(?: seule?)?|none|no|not one)(?: (?:de|d entre|of))?(?: (?:nos|les|ces|our|the|these))? "
    r"(?:contrats?|marches?|bail|baux|conventions?|accords?|contracts?|agreements?|leases?|fournisseurs?|suppliers?)\b"
)
"""« aucun de nos contrats » denies of the whole question, not of what it says of them."""
_EITHER = re.compile(r"\b(?:en cours|actifs?|en vigueur|running|active|expired|in force) (?:ou|or) (?:pas|non|not)\b")
_BESIDE = 4
"""Letters between « pour » and the length that it tells."""
_REACH = 7
"""Words that a negation reaches."""
_COMPARED: tuple[tuple[str, Comparison], ...] = (
    (
        r"(?:depass\w*|exced\w*) pas|au (?:plus|maximum|max)|maxi?(?:mum)?|at most|no (?:more|longer) than|jusqu a|"
        r"up to|pas plus|not (?:more|longer)|ou moins|or less|or fewer",
        "at_most",
    ),
    (
        r"au (?:moins|minimum)|mini(?:mum)?|at least|no(?:t)? (?:less|fewer|shorter) than|pas moins|ou plus|or more|"
        r"or longer|a partir de|des",
        "at_least",
    ),
    (
        r"plus (?:de|d|que|longs?|longues?|eleves?)|superieure?s?|depass\w*|exced\w*|au dela|au dessus|over|more than|"
        r"longer than|(?:longer|greater|higher) than|above|exceed\w*|beyond|plus (?:longs?|longues?) (?:que|de)",
        "over",
    ),
    (
        r"moins (?:de|d|que|longs?|longues?|eleves?)|inferieure?s?|en dessous|sous la barre|under|"
        r"(?:less|fewer|shorter|lower) than|below|plus courte?s? (?:que|de)",
        "under",
    ),
)
_RHYTHM_WORDS: tuple[tuple[str, float], ...] = (
    (r"chaque semestre|semestriel\w*|tous les (?:six|6) mois|deux fois par an|half yearly|every (?:six|6) months|"
     r"twice a year", 6),
    (r"chaque trimestre|trimestriel\w*|tous les (?:trois|3) mois|tous les trimestres|par trimestre|quarterly|"
     r"(?:each|every) quarter|every (?:three|3) months", 3),
    (r"chaque mois|mensuel\w*|tous les mois|par mois|monthly|(?:each|every) month", 1),
    (r"chaque annee|tous les ans|par an|annuel\w*|chaque an|every year|yearly|annual\w*|each year", 12),
    (r"tous les (?:deux|2) ans|every (?:two|2) years", 24),
    (r"tous les (?:trois|3) ans|triennal\w*|every (?:three|3) years", 36),
)  # fmt: skip
_MONTHS = (
    "janvier|january",
    "fevrier|february",
    "mars|march",
    "avril|april",
    "mai|may",
    "juin|june",
    "juillet|july",
    "aout|august",
    "septembre|september",
    "octobre|october",
    "novembre|november",
    "decembre|december",
)
_DAY = r"(?:1er|1st|\d{1,2}(?:st|nd|rd|th)?)"
_PERCENT = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:%|pour\s?cent|pourcent|per\s?cent|percent)", re.IGNORECASE)
_AHEAD = re.compile(r"\s*(?:dans|d ici|within|in|over|during|prochain\w*|next|depuis|il y a|since|avant|before|by)\b")
"""What opens a window of time: the number in it measures no contract."""
_SEVERAL = re.compile(r"\b(?:plusieurs|several|multiple|plus d un|more than one)\b")
_TIMES = re.compile(
    r"\b(?P<n>\d{1,2}|une?|deux|trois|quatre|cinq|six|one|two|three|four|five|once|twice)(?: (?:seule? )?(?P<u>fois|"
    r"reconductions?|renouvellements?|renewals?|times?|extensions?))?\b"
)


@dataclass(frozen=True)
class Said:
    """A condition, the words that set it, and whether it is a mere mention of its fact."""

    condition: Condition
    match: Match
    weak: bool = False
    measured: bool = False


def said_in(question: Read, span: Span | None = None) -> tuple[Said, ...]:
    """The conditions that a question sets; ``span``: the words that told its window of time, which measure nothing."""
    found: dict[str, list[Said]] = {}
    either = _EITHER.search(question.folded) is not None
    for name, rule in lexicon.rules("conditions").items():
        if rule.topic == "running" and either:
            continue
        for match in _apart(lexicon.table("conditions")[name].find(question.folded)):
            said = _said(rule, match, question, span)
            if said is not None:
                found.setdefault(rule.topic, []).append(said)
                break
    told = [said for group in found.values() for said in _strongest(group)]
    others = [s for s in told if s.measured and s.condition.topic != "duration"]
    return tuple(
        s
        for s in told
        if not (s.condition.topic == "duration" and s.measured and any(_shared(s.match, o.match) for o in others))
    )


def _shared(one: Match, other: Match) -> bool:
    """Whether two conditions take up some of the same words: then the number is the more telling one's."""
    return one.start < other.end and other.start < one.end


def _strongest(group: list[Said]) -> list[Said]:
    """Of what is said of one fact, not its mere mention where there is more."""
    full = [s for s in group if not s.weak]
    if not full:
        return group[:1]
    if any(s.measured for s in full):
        return [s for s in full if s.measured]
    return [s for s in full if not any(_inside(s.match, o.match) for o in full)]


def _inside(inner: Match, outer: Match) -> bool:
    wider = outer.end - outer.start > inner.end - inner.start
    return inner is not outer and wider and outer.start <= inner.start and inner.end <= outer.end


def _apart(matches: Iterator[Match]) -> list[Match]:
    """The longest of the matches first."""
    return sorted(matches, key=lambda m: (-m.length, m.start))


def _said(rule: Rule, match: Match, question: Read, span: Span | None) -> Said | None:
    if rule.unit is None:
        denied = negated(question.folded, match.start) or _gapped(question.folded, match)
        denied = denied or (rule.is_ != "unknown" and _BARE.match(question.folded, match.start) is not None)
        if denied and rule.denied:
            return Said(
                Condition(topic=rule.topic, is_=rule.denied.get("is", "equals"), value=rule.denied.get("value")),
                match,
                rule.weak,
            )
        return Said(
            Condition(topic=rule.topic, is_=rule.is_, value=rule.value, negated=denied and not rule.denied),
            match,
            rule.weak,
        )
    told = _measured(rule, match, question, span)
    if told is None:
        return None
    is_, value, end = told
    denied = negated(question.folded, match.start) and is_ == "equals"
    return Said(
        Condition(topic=rule.topic, is_=is_, value=value, negated=denied),
        Match(match.name, min(match.start, end[0]), max(match.end, end[1]), match.gaps),
        measured=True,
    )


def clause_at(folded: str, at: int) -> tuple[int, int]:
    """The statement in which a character of the question stands."""
    start, end = 0, len(folded)
    for found in _BREAKS.finditer(folded):
        if found.end() <= at:
            start = found.end()
        elif found.start() > at:
            end = found.start()
            break
    return start, end


def negated(folded: str, at: int) -> bool:
    """Whether what begins at ``at`` is denied by the words of its statement before it."""
    start, _ = clause_at(folded, at)
    before = " ".join(_QUANTIFIED.sub("", folded[start:at]).split()[-_REACH:])
    return _NEGATION.search(_ONLY.sub("", before)) is not None


def _gapped(folded: str, match: Match) -> bool:
    """Whether a negation stands in what a phrase leaves open."""
    return any(_NEGATION.search(folded[start:end]) for start, end in match.gaps)


def _measured(
    rule: Rule, match: Match, question: Read, span: Span | None
) -> tuple[Comparison, float | str, tuple[int, int]] | None:
    """The comparison, the number and its place that stand beside a fact."""
    start, end = clause_at(question.folded, match.start)
    text = question.folded[start:end]
    at = match.start - start
    unit = (rule.unit or "").partition(":")
    if unit[0] == "percent":
        found = _PERCENT.search(question.question.text)
        return (compared(text), float(found[1].replace(",", ".")), (match.start, match.end)) if found else None
    if unit[0] == "rhythm":
        for pattern, months in _RHYTHM_WORDS:
            if rhythm := re.search(rf"\b(?:{pattern})\b", text):
                return "equals", months, (start + rhythm.start(), start + rhythm.end())
        return None
    if unit[0] == "month_day":
        return _month_day(text, start)
    if unit[0] in ("days", "length"):
        return _length(text, start, at, match, question, span, unit[0] == "days")
    if unit[0] == "times":
        return _times(text, start, at)
    if question.question.language == "fr":
        unit = (unit[0], unit[1], unit[2].replace("|location*", ""))
    noun = "|".join(word.replace("*", r"\w*") for word in unit[2].split("|"))
    if several := _SEVERAL.search(text):
        return "over", 1.0, (start + several.start(), start + several.end())
    for counted in re.finditer(rf"\b(?P<n>\d{{1,3}}|[a-z]+) (?:{noun})\b", text):
        number = _number(counted["n"])
        if number is not None and counted["n"] not in ("un", "une", "one", "a"):
            return compared(text[: counted.start("n")]), number, (start + counted.start(), start + counted.end())
    return None


def rhythm_of(folded: str) -> float | None:
    """The months of the rhythm that a question names: « tous les six mois », `twice a year`."""
    return next((months for pattern, months in _RHYTHM_WORDS if re.search(rf"\b(?:{pattern})\b", folded)), None)


def _month_day(text: str, start: int) -> tuple[Comparison, str, tuple[int, int]] | None:
    for month, names in enumerate(_MONTHS, 1):
        for found in (
            re.search(rf"\b(?P<day>{_DAY}) (?:{names})\b(?! \d{{4}})", text),
            re.search(rf"\b(?:{names}) (?P<day>{_DAY})\b", text),
        ):
            if found:
                day = int(re.sub(r"\D", "", found["day"]))
                return "equals", f"{month:02d}-{day:02d}", (start + found.start(), start + found.end())
    return None


def _length(
    text: str, start: int, at: int, match: Match, question: Read, span: Span | None, days: bool
) -> tuple[Comparison, float, tuple[int, int]] | None:
    wanted = [
        f for f in durations.find(_spelt(text)) if (f.value.in_months is None) == days or (not days and f.value.days)
    ]
    if not wanted:
        bare = re.search(r"\b(?:a|sous|within|en|net) (?P<n>\d{2,3})\b(?! (?:mois|ans|euros))", text) if days else None
        return (compared(text), float(bare["n"]), (start + bare.start(), start + bare.end())) if bare else None
    near = min(wanted, key=lambda f: abs(f.start - at))
    if (
        span is not None
        and not days
        and _AHEAD.match(_folded(question, span))
        and _overlaps(question, span, near.value)
    ):
        return None
    if match.name == "renewal_length" and not 0 <= near.start - (match.end - start) <= _BESIDE:
        return None
    if match.name == "length" and re.search(r"\b(?:preavis|notice)\b", text[: near.end]):
        return None
    number = float(near.value.days) if days else _months(near.value)
    return compared(text, near.start, near.end), number, (start + near.start, start + near.end)


def _spelt(text: str) -> str:
    """« 45j » with the unit that is meant, without moving what follows much."""
    return re.sub(r"\b(\d{1,3}) ?j\b", r"\1 jours", text)


def _folded(question: Read, span: Span) -> str:
    return fold(question.question.text[span.start : span.end])


def _overlaps(question: Read, span: Span, value: Duration) -> bool:
    return any(f.value == value for f in durations.find(_folded(question, span)))


def _months(length: Duration) -> float:
    months = length.in_months
    return float(months) if months is not None else length.days / 30


def _times(text: str, start: int, at: int) -> tuple[Comparison, float, tuple[int, int]] | None:
    several = _SEVERAL.search(text)
    if several and re.search(r"\b(?:fois|times|reconductions|renouvellements|renewals|extensions)\b", text):
        return "over", 1.0, (start + several.start(), start + several.end())
    for found in _TIMES.finditer(text):
        word = found["n"]
        if found["u"] is None and word not in ("once", "twice"):
            continue
        number = {"once": 1.0, "twice": 2.0}.get(word) or _number(word)
        if number is None:
            continue
        single = re.match(r"une?$|one$", word) and not found["u"].startswith(("fois", "time"))
        is_ = compared(text[max(0, found.start() - 30) : found.end() + 12])
        if single and is_ == "equals":
            continue
        return is_, number, (start + found.start(), start + found.end())
    return None


def _number(word: str) -> float | None:
    number = int(word) if word.isdigit() else value_of(word)
    return None if number is None else float(number)


def compared(text: str, start: int | None = None, end: int | None = None) -> Comparison:
    """How a statement compares with its number, which stands from ``start`` to ``end``: by the words near it."""
    near = text if start is None else " ".join(text[:start].split()[-5:]) + " # " + " ".join((text[end:]).split()[:3])
    for pattern, is_ in _COMPARED:
        if re.search(rf"\b(?:{pattern})\b", near):
            return is_
    return "equals"
