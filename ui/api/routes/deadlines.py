"""What falls due in the days ahead, in the order of its day."""

from __future__ import annotations

import base64
from datetime import date as CivilDay
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from portfolio.agenda.keeping import Part
from portfolio.deadlines import DAYS
from portfolio.errors import InvalidValue
from portfolio.events import Event, EventKind, Undated
from portfolio.register.records import Side
from portfolio.words.values import Wording
from ui.api.route import router
from ui.api.seat import AsOf, At, Chosen, Cursor, Days, day_of

routes = router("/v1/deadlines", "deadlines")


class DeadlineOut(BaseModel):
    """``key`` names the event whatever its day; ``unsure``: it rests on a value that nobody decided on."""

    key: str
    date: CivilDay
    kind: EventKind
    contract: str
    stem: str
    what: str
    debtor: str | None
    side: Side | None
    unsure: bool


class UndatedOut(BaseModel):
    """What falls due on a day that cannot be known until ``missing`` is told."""

    key: str
    kind: EventKind
    contract: str
    stem: str
    what: str
    missing: str
    debtor: str | None
    side: Side | None


class DeadlinePage(BaseModel):
    """``undated`` comes with the first page only."""

    as_of: CivilDay
    until: CivilDay
    events: list[DeadlineOut]
    undated: list[UndatedOut]
    total: int
    next: str | None


@routes.get("")
def list_deadlines(
    at: At,
    filters: Chosen,
    as_of: AsOf = None,
    days: Days = DAYS,
    event: Annotated[list[EventKind] | None, Query(description="Only these kinds of event.")] = None,
    side: Annotated[Side | None, Query(description="Only what we, or they, have to do.")] = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=2000)] = 200,
    undated: Annotated[bool, Query(description="With what has no day yet.")] = False,
) -> DeadlinePage:
    """Dated events of the days ahead, with amendments and renewals counted in."""
    day = day_of(as_of)
    wanted = Part(tuple(event or ()), side, _unpack(cursor), limit + 1)
    found, total = at.duties.part(day, days, filters, wanted)
    shown = found.events[:limit]
    waiting = at.duties.upcoming(day, days, filters).only(event or (), side) if undated and cursor is None else None
    return DeadlinePage.model_construct(
        as_of=found.as_of,
        until=found.until,
        events=[_dated(one, found.names[one.contract], at.say) for one in shown],
        undated=[_undated(one, waiting.names[one.contract], at.say) for one in waiting.undated] if waiting else [],
        total=total,
        next=_cursor(shown[-1]) if len(found.events) > limit else None,
    )


def _dated(event: Event, stem: str, say: Wording) -> DeadlineOut:
    return DeadlineOut.model_construct(
        key=event.key, date=event.on, kind=event.kind, contract=event.contract, stem=stem, what=event.what.say(say),
        debtor=event.debtor, side=event.side, unsure=event.unsure,
    )  # fmt: skip


def _undated(item: Undated, stem: str, say: Wording) -> UndatedOut:
    return UndatedOut.model_construct(
        key=item.key, kind=item.kind, contract=item.contract, stem=stem, what=item.what.say(say),
        missing=item.missing.say(say), debtor=item.debtor, side=item.side,
    )  # fmt: skip


def _cursor(event: Event) -> str:
    return base64.urlsafe_b64encode(f"{event.on.isoformat()} {event.key}".encode()).decode().rstrip("=")


def _unpack(cursor: str | None) -> tuple[CivilDay, str] | None:
    if cursor is None:
        return None
    try:
        on, _, key = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        return CivilDay.fromisoformat(on), key
    except ValueError:
        raise InvalidValue("This is no cursor of this list; take « next » of the answer before, unchanged.") from None
