"""The deadlines as a calendar (iCalendar, RFC 5545) that any calendar program opens or subscribes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Alarm, Calendar
from icalendar import Event as CalendarEvent

from portfolio.deadlines import ContractDeadlines, deadlines
from portfolio.events import Event, EventKind
from portfolio.exports.cells import clean
from portfolio.exports.gather import DAYS
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.words.values import Wording

REMINDERS: Mapping[EventKind, tuple[int, ...]] = {
    "start": (), "end": (90, 30), "renewal": (30,), "final_end": (180, 30), "notice": (60, 30, 7), "revision": (30,),
    "obligation": (15, 3), "document_expiry": (30, 7),
}  # fmt: skip
"""Days before the day itself on which a calendar program reminds."""
_LONGEST = 8_000
"""Characters of a description; calendar programs refuse or cut longer ones."""


def calendar(
    register: Register,
    as_of: date,
    say: Wording,
    filters: Filters = EVERYTHING,
    days: int = DAYS,
    *,
    wanted: Callable[[Event], bool] = lambda event: True,
    reminders: Callable[[Event], Sequence[int]] = lambda event: REMINDERS[event.kind],
) -> bytes:
    """The file of the dated events of the contracts that ``filters`` let through, from ``as_of`` for ``days`` days:
    those that are ``wanted``, with ``reminders`` so many days before.

    An event keeps its UID when its date moves, so that a program that is given the file again moves it too.
    """
    made = Calendar()
    made.add("prodid", "-//Contrathèque//contratheque//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", say.texts("export_calendar.name"))
    made.add("refresh-interval", timedelta(days=1), parameters={"VALUE": "DURATION"})
    now = datetime.now(UTC).replace(microsecond=0)
    for contract in deadlines(register, as_of, days, filters).contracts:
        for event in filter(wanted, contract.events):
            made.add_component(_event(event, contract, now, say, reminders(event)))
    content: bytes = made.to_ical()
    return content


def _event(
    event: Event, contract: ContractDeadlines, now: datetime, say: Wording, reminders: Sequence[int]
) -> CalendarEvent:
    what = clean(event.what.say(say))
    name = clean(contract.title or contract.stem)
    summary = say.texts("export_calendar.to_verify", what=what) if event.unsure else what
    made = CalendarEvent()
    made.add("uid", f"{event.key}@contratheque")
    made.add("dtstamp", now)
    made.add("dtstart", event.on)
    made.add("dtend", event.on + timedelta(days=1))
    title = _short(f"{summary} — {name}", 300)
    made.add("summary", title)
    made.add("description", _short(_description(event, contract, say), _LONGEST))
    made.add("categories", [say.texts.name("export_event_kind", event.kind)])
    made.add("status", "TENTATIVE" if event.unsure else "CONFIRMED")
    made.add("transp", "TRANSPARENT")
    for before in reminders:
        made.add_component(_reminder(before, title))
    return made


def _reminder(before: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", timedelta(days=-before))
    return alarm


def _description(event: Event, contract: ContractDeadlines, say: Wording) -> str:
    lines = [say.texts("export_calendar.contract", name=contract.stem)]
    if event.debtor:
        lines.append(say.texts("export_calendar.debtor", name=event.debtor))
    return clean("\n".join([*lines, *(step.say(say) for step in event.steps)]))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
