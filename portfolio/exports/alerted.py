"""The alerts of some contracts as lines of the published tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from sqlalchemy.orm import Session

from portfolio.alerts import reading
from portfolio.alerts.records import AlertFilters, AlertState
from portfolio.exports.tables import AlertLine
from portfolio.words.values import Wording


def alert_lines(session: Session, contracts: tuple[str, ...], as_of: date, say: Wording) -> Iterator[AlertLine]:
    """All alerts of base contracts, by their ids, in whatever state; sentences in the language of ``say``."""
    every = AlertFilters(states=get_args(AlertState), contracts=contracts)
    for alert in reading.alerts(session, every):
        yield AlertLine(
            alert_id=alert.id,
            contract_id=alert.contract,
            contract=alert.stem,
            due_on=alert.on,
            days_left=(alert.on - as_of).days,
            kind=alert.kind,
            what=alert.what.say(say),
            alert_state=alert.state,
            snoozed_until=alert.snoozed_until,
            assignee=alert.assignee,
            raised_on=alert.raised_on,
            escalated=alert.escalated,
            side=alert.side,
            debtor=alert.debtor,
            to_verify=alert.to_verify,
            note=alert.reason,
            moved=alert.moved.say(say) if alert.moved else None,
            basis="\n".join(step.say(say) for step in alert.steps) or None,
        )
