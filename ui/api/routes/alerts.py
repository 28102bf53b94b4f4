"""Alerts: what is to be looked at, and what is said about it, in the caller's name."""

from __future__ import annotations

from datetime import date as CivilDay
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from portfolio.alerts.clock import today
from portfolio.alerts.records import Alert, AlertEntry, AlertFilters, AlertState
from portfolio.events import EventKind
from portfolio.register.records import Side
from portfolio.words.values import Wording
from ui.api.route import router
from ui.api.seat import At, Day, Number, Short

routes = router("/v1/alerts", "alerts")
Said = Annotated[str, Field(max_length=2000)]


class AlertOut(BaseModel):
    """``to_verify``: it rests on a value that nobody decided on; ``basis``: the arithmetic of its day."""

    id: int
    event: str
    kind: EventKind
    contract: str
    stem: str
    title: str | None
    date: CivilDay
    what: str
    basis: list[str]
    state: AlertState
    to_verify: bool
    snoozed_until: CivilDay | None
    assignee: str | None
    reason: str | None
    moved: str | None
    debtor: str | None
    side: Side | None
    raised_on: CivilDay | None
    escalated: bool


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Snooze(_Body):
    until: Day = Field(examples=["2027-01-15"], description="At the latest the day it falls due on.")


class Assign(_Body):
    to: Short | None = Field(default=None, examples=["Claire Morel"], description="Null: nobody any more.")


class Done(_Body):
    note: Said | None = Field(default=None, examples=["Courrier recommandé parti le 12 janvier."])


class Dismiss(_Body):
    reason: Said = Field(examples=["Le contrat est remplacé."])


class Undo(_Body):
    action: int = Field(ge=1, le=2**31 - 1, description="Its line of the alert's history.", examples=[12])


@routes.get("")
def list_alerts(
    at: At,
    state: Annotated[list[AlertState] | None, Query(description="Default: open ones and those snoozed.")] = None,
    kind: Annotated[list[EventKind] | None, Query()] = None,
    contract: Annotated[Short | None, Query(description="Of one contract: an id, a reference, a stem.")] = None,
    assignee: Short | None = None,
    side: Side | None = None,
    until: Annotated[Day | None, Query(description="Only those that fall due by then.")] = None,
) -> list[AlertOut]:
    """Alerts by day."""
    own = at.desk.contract(contract) if contract else None
    contracts = (own.link.base or own.id,) if own else ()
    filters = AlertFilters(tuple(state or ()), tuple(kind or ()), contracts, assignee, side, until)
    return [shown(alert, at.say) for alert in at.duties.alerts(filters)]


@routes.get("/{alert}")
def show_alert(at: At, alert: Number) -> AlertOut:
    """One alert, in whatever state."""
    return shown(at.duties.alert(alert), at.say)


@routes.get("/{alert}/history")
def alert_history(at: At, alert: Number) -> list[AlertEntry]:
    """What happened to it, oldest first."""
    return list(at.duties.history(alert))


@routes.post("/{alert}/confirm")
def confirm_alert(at: At, alert: Number) -> AlertOut:
    """The event and its day are right."""
    return shown(at.duties.confirm(alert, today()), at.say)


@routes.post("/{alert}/snooze")
def snooze_alert(at: At, alert: Number, body: Snooze) -> AlertOut:
    """Not before a day."""
    return shown(at.duties.snooze(alert, body.until, today()), at.say)


@routes.post("/{alert}/assign")
def assign_alert(at: At, alert: Number, body: Assign) -> AlertOut:
    """Somebody looks after it."""
    return shown(at.duties.assign(alert, body.to, today()), at.say)


@routes.post("/{alert}/done")
def alert_done(at: At, alert: Number, body: Done) -> AlertOut:
    """What it asked for is done."""
    return shown(at.duties.done(alert, today(), body.note), at.say)


@routes.post("/{alert}/dismiss")
def dismiss_alert(at: At, alert: Number, body: Dismiss) -> AlertOut:
    """It is of no use, for a reason; if its day moves, it comes back."""
    return shown(at.duties.dismiss(alert, body.reason, today()), at.say)


@routes.post("/{alert}/undo")
def undo_alert_action(at: At, alert: Number, body: Undo) -> AlertOut:
    """Takes an action back."""
    return shown(at.duties.undo(alert, body.action, today()), at.say)


def shown(alert: Alert, say: Wording) -> AlertOut:
    return AlertOut(
        id=alert.id, event=alert.event, kind=alert.kind, contract=alert.contract, stem=alert.stem, title=alert.title,
        date=alert.on, what=alert.what.say(say), basis=[step.say(say) for step in alert.steps], state=alert.state,
        to_verify=alert.to_verify, snoozed_until=alert.snoozed_until, assignee=alert.assignee, reason=alert.reason,
        moved=alert.moved.say(say) if alert.moved else None, debtor=alert.debtor, side=alert.side,
        raised_on=alert.raised_on, escalated=alert.escalated,
    )  # fmt: skip
