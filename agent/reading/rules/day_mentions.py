"""Every day that a contract mentions, and what its surroundings look like to the ranker of `day_roles`.

A mention is a day as it stands in a sentence, one end of a range of days, or a day counted from an event whose own day
is told. Its features are words of its sentence and headings, cut to their stems, and where it stands among the others;
they know no phrase of the rules.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from agent.reading.grammar import dates, durations, relative
from agent.reading.reader import Candidate
from agent.reading.rules.events import day_of, only_made, started
from agent.reading.rules.finding import Finding, said
from agent.reading.structure import ContractView, Sentence
from portfolio.values import Duration

Kind = Literal["day", "first", "last", "event"]
Features = frozenset[str]

_OLDEST = 1990
_MOST = 400
"""Mentions that are looked at; a contract that has more is a list of days."""
_LENGTHS = 25
_BEFORE, _AFTER, _HEADING = 140, 70, 90
_WORD = re.compile(r"[a-z']{2,}|[:;(\"\t]")
_STEM = 6
_LAST = 8
"""Sentences from the end, among which short ones sign."""
_SHORT = 90
_EVENT_WEIGHT = 0.7


@dataclass(frozen=True)
class Mention:
    """``place`` is the sentence's number in the contract; ``start`` and ``end`` are offsets into the sentence. Of a day
    counted from an event, ``counted`` is what it proves."""

    day: date
    sentence: Sentence
    place: int
    start: int
    end: int
    kind: Kind
    counted: Candidate | None = None


def mentions(view: ContractView, american: bool) -> list[Mention]:
    """The days told as such, in reading order."""
    found: list[Mention] = []
    for place, sentence in enumerate(view.sentences):
        if sentence.part == "margin" or len(found) >= _MOST:
            continue
        text = said(sentence)
        ranges = dates.ranges(text, american)
        for span in ranges:
            first, last = span.value
            found.append(Mention(first, sentence, place, span.start, span.end, "first"))
            found.append(Mention(last, sentence, place, span.start, span.end, "last"))
        found += (
            Mention(day.value, sentence, place, day.start, day.end, "day")
            for day in dates.find(text, american)
            if not any(span.start <= day.start < span.end for span in ranges)
        )
    return [mention for mention in found if mention.day.year >= _OLDEST]


def counted_mentions(view: ContractView, american: bool, signed: Finding[date] | None) -> Iterator[Mention]:
    """The days counted from an event whose day is told; ``signed`` is the signature's."""
    days: dict[relative.Event, Finding[date] | None] = {}
    for place, sentence in enumerate(view.sentences):
        if sentence.part in ("margin", "annex"):
            continue
        for told in relative.find(said(sentence)):
            event = told.value.event
            if event not in days:
                days[event] = signed if event == "signature" and signed else day_of(view, event, american)
            if (on := days[event]) is not None:
                finding = Finding(told.value, sentence, told.start, told.end, _EVENT_WEIGHT, "dates.event")
                if only_made(finding, on):
                    continue
                start = started(finding, on, american)
                yield Mention(start.value, sentence, place, told.start, told.end, "event", start)


def described(view: ContractView, found: Sequence[Mention]) -> list[Features]:
    """What is known of each of ``found``, mention by mention."""
    days = sorted({mention.day for mention in found})
    told = Counter(mention.day for mention in found)
    count = len(view.sentences)
    signing = {m.day for m in found if m.kind != "event" and _signs(m, count)}
    first_days, last_days = _terms(view, days)
    return [
        frozenset(
            _marked(m, words_around(m.sentence, m.start, m.end))
            | place_of(m.sentence, m.place, count)
            | {f"kind {m.kind}"}
            | _among(m.day, days, told[m.day])
            | _beside_signatures(m.day, signing)
            | {name for name, held in (("a term's first", first_days), ("a term's last", last_days)) if m.day in held}
        )
        for m in found
    ]


def _signs(mention: Mention, count: int) -> bool:
    near_the_end = count - mention.place <= _LAST and len(mention.sentence.text) < _SHORT
    return mention.sentence.clause.is_signature or near_the_end


def _marked(mention: Mention, words: set[str]) -> set[str]:
    """Words around an event are other features than those around a day."""
    return {f"event {word}" for word in words} if mention.kind == "event" else words


def _stems(text: str) -> list[str]:
    return [word[:_STEM] for word in _WORD.findall(text)]


def words_around(sentence: Sentence, start: int, end: int) -> set[str]:
    """The stems before and after ``sentence[start:end]``; the nearest ones tell more, and in pairs."""
    text = said(sentence)
    before = _stems(text[max(0, start - _BEFORE) : start])[-14:]
    after = _stems(text[end : end + _AFTER])[:7]
    found = {f"before {word}" for word in before} | {f"near {word}" for word in before[-4:]}
    found |= {f"pair {one} {two}" for one, two in zip(before[-5:], before[-4:], strict=False)}
    found |= {f"after {word}" for word in after}
    found.add(f"last {before[-1]}" if before else "opens its sentence")
    found.add(f"next {after[0]}" if after else "ends its sentence")
    return found


def place_of(sentence: Sentence, place: int, count: int) -> set[str]:
    """Headings, part, and where in a contract of ``count`` sentences."""
    found = {f"heading {word}" for word in _stems(sentence.clause.folded_heading[-_HEADING:])}
    found |= {f"part {sentence.part}", f"block {sentence.block.kind}"}
    found.add(f"tenth {min(9, 10 * place // max(1, count))}")
    if sentence.clause.is_signature:
        found.add("where it is signed")
    if place < 6:
        found.add("among the first")
    if count - place <= 6:
        found.add("among the last")
    if len(sentence.text) < 60:
        found.add("short sentence")
    return found


def _among(day: date, days: Sequence[date], told: int) -> set[str]:
    """Where the day lies among all days of the contract."""
    at, after = bisect_left(days, day), bisect_right(days, day)
    found = {f"{min(6, len(days))} days", f"{min(3, len(days) - after)} later"}
    found |= {"told again"} if told > 1 else set()
    found |= {"earliest"} if not at else set()
    found |= {"latest"} if after == len(days) else set()
    found |= {"first of a month"} if day.day == 1 else set()
    found |= {"last of a month"} if (day + timedelta(days=1)).day == 1 else set()
    for near in (10, 60):
        if after < len(days) and (days[after] - day).days <= near:
            found.add(f"another within {near} days")
        if at and (day - days[at - 1]).days <= near:
            found.add(f"another {near} days before")
    return found


def _beside_signatures(day: date, signing: set[date]) -> set[str]:
    if not signing:
        return set()
    last = max(signing)
    if day in signing:
        return {"last signature" if day == last else "a signature, not the last"}
    return {"after the signatures" if day > last else "before the last signature"}


def _terms(view: ContractView, days: Sequence[date]) -> tuple[set[date], set[date]]:
    """First and last days that are a length of the contract's apart (or a day more)."""
    lengths = dict.fromkeys(
        found.value
        for sentence in view.sentences
        for found in durations.find(said(sentence))
        if not found.value.hours and not (found.value.days and found.value.days < 28)
    )
    held, firsts, lasts = set(days), set[date](), set[date]()
    for day in days:
        for length in list(lengths)[:_LENGTHS]:
            last = _last_day(length, day)
            for end in (last, last + timedelta(days=1)) if last else ():
                if end in held:
                    firsts.add(day)
                    lasts.add(end)
    return firsts, lasts


def _last_day(length: Duration, day: date) -> date | None:
    try:
        return length.last_day_from(day)
    except (ValueError, OverflowError):
        return None
