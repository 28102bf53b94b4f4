"""Contracts made of a few facts, for the calendar's tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from portfolio.amendments import Version
from portfolio.calendar.given import EventDay, Given, NoticeGiven
from portfolio.calendar.standing import Standing, agreed_terms, standing
from portfolio.evidence import Evidence
from portfolio.facts import Fact


def fact(field: str, value: Any, words: str = "") -> Fact:
    proof = (Evidence(document="0" * 64, quote=words, page=1, start=0, end=len(words)),) if words else ()
    return Fact(field=field, value=value, evidence=proof, review="confirmed")


def version(contract: str, **values: Any) -> Version:
    """A base contract or an amendment; a double underscore stands for the dot of a leaf."""
    return Version(contract, tuple(fact(name.replace("__", "."), value) for name, value in values.items()))


def stands(
    base: Version, as_of: date, *amendments: Version, given: Given | None = None, until: date | None = None
) -> Standing:
    return standing(agreed_terms(base, amendments, as_of), as_of, given or Given(), until)


def told(text: str) -> Given:
    """`notice=2026-09-01 / renewal=2026-12-20 / start=… / end=… / any event=…`."""
    notices, renewals, events, once = [], [], [], {}
    for part in filter(None, (p.strip() for p in text.split("/"))):
        what, _, day = part.partition("=")
        on = date.fromisoformat(day)
        if what == "notice":
            notices.append(NoticeGiven(on))
        elif what == "renewal":
            renewals.append(on)
        elif what in ("start", "end"):
            once[what] = on
        else:
            events.append(EventDay(what, on))
    return Given(once.get("start"), once.get("end"), tuple(notices), tuple(renewals), tuple(events))
