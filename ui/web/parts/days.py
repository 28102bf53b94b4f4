"""How far a day is, and why it is that day, in words."""

from __future__ import annotations

from datetime import date

from portfolio.alerts.records import Alert
from ui.web.plain import line
from ui.web.shell import Shell


def days_left(shell: Shell, on: date, today: date) -> str:
    days = (on - today).days
    if days == 0:
        return shell.texts("days.today")
    key = ("left_one" if days == 1 else "left") if days > 0 else ("ago_one" if days == -1 else "ago")
    return shell.texts(f"days.{key}", days=shell.say.number(abs(days), 0))


def reason(shell: Shell, alert: Alert) -> str:
    """The last step of its arithmetic: the sum that gives the day."""
    return line(alert.steps[-1].say(shell.say), 300) if alert.steps else ""
