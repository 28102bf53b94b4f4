"""A raise as other programs are told it, in JSON's own types."""

from __future__ import annotations

from datetime import date
from typing import Any

from portfolio.alerts.records import Alert, Raise
from portfolio.words.values import Wording


def told(raised: Raise, say: Wording) -> dict[str, Any]:
    """`{"raise", "reason", "days_left", "raised_on", "alert"}`; sentences in the language of ``say``."""
    return {
        "raise": raised.id,
        "reason": raised.reason,
        "days_left": raised.days,
        "raised_on": raised.on.isoformat(),
        "alert": _alert(raised.alert, say),
    }


def _alert(alert: Alert, say: Wording) -> dict[str, Any]:
    return {
        "id": alert.id,
        "event": alert.event,
        "kind": alert.kind,
        "contract": {"id": alert.contract, "stem": alert.stem, "title": alert.title},
        "date": alert.on.isoformat(),
        "what": alert.what.say(say),
        "state": alert.state,
        "to_verify": alert.to_verify,
        "assignee": alert.assignee,
        "debtor": alert.debtor,
        "side": alert.side,
        "moved": alert.moved.say(say) if alert.moved else None,
        "basis": [step.say(say) for step in alert.steps],
        "snoozed_until": _iso(alert.snoozed_until),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
