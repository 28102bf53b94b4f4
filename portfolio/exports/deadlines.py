"""Deadlines for other programs: a record a contract, dated events, undated ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from portfolio.deadlines import ContractDeadlines, Deadlines
from portfolio.events import Event, Undated
from portfolio.words.values import Wording


def as_json(found: Deadlines, wording: Wording) -> dict[str, Any]:
    """`{"as_of", "contracts": {stem: record}, "events": […], "undated": […]}`, in the language of ``wording``.

    Events and undated entries name their contract by its file stem. Where several contracts have the same stem, the
    later ones' ids follow theirs.
    """
    names = stems(found)
    return {
        "as_of": found.as_of.isoformat(),
        "contracts": {names[contract.id]: _record(contract, wording) for contract in found.contracts},
        "events": [event_json(event, names.__getitem__, wording) for event in found.events],
        "undated": [_undated(undated, names[undated.contract], wording) for undated in found.undated],
    }


def stems(found: Deadlines) -> dict[str, str]:
    """A name for each contract, by id: its file stem, with its id where another one has the same."""
    taken: set[str] = set()
    names: dict[str, str] = {}
    for contract in found.contracts:
        name = contract.stem if contract.stem not in taken else f"{contract.stem} ({contract.id})"
        taken.add(name)
        names[contract.id] = name
    return names


def event_json(event: Event, name: Callable[[str], str], wording: Wording) -> dict[str, Any]:
    """One event; ``name`` gives the file stem of a contract's id."""
    return {
        "date": event.on.isoformat(),
        "kind": event.kind,
        "contract": name(event.contract),
        "what": event.what.say(wording),
        "debtor": event.debtor,
        "side": event.side,
        "unsure": event.unsure,
        "basis": " ".join(step.say(wording) for step in event.steps),
    }


def _undated(undated: Undated, stem: str, wording: Wording) -> dict[str, Any]:
    return {
        "kind": undated.kind,
        "contract": stem,
        "what": undated.what.say(wording),
        "debtor": undated.debtor,
        "side": undated.side,
        "unsure": undated.unsure,
        "missing": undated.missing.say(wording),
    }


def _record(contract: ContractDeadlines, wording: Wording) -> dict[str, Any]:
    stands = contract.standing
    calendar = stands.calendar if stands else None
    return {
        "amended_by": list(contract.amendments),
        "current_end": _day(calendar.current_end) if calendar else None,
        "status_by_dates": calendar.status if calendar else None,
        "next_notice_deadline": _day(stands.notice_deadline) if stands else None,
        "notice_missed": stands.notice_missed if stands else False,
        "following_notice_deadline": _day(stands.following_deadline) if stands else None,
        "final_end": _day(calendar.final_end) if calendar else None,
        "renewals_used": calendar.renewals_used if calendar else None,
        "next_price_revision": _day(contract.next_revision),
        "obligations_next": [
            {"obligation": event.what.say(wording), "debtor": event.debtor, "due_date": event.on.isoformat()}
            for event in contract.next_obligations
        ],
        "basis": " ".join(step.say(wording) for step in contract.steps),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
