"""What the boards share: how months and round amounts are written, and how many bars a chart has."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ui.web.shell import Shell

MOST = 15
"""Bars of a chart; what is below is added up."""


def month(shell: Shell, first: date) -> str:
    return f"{first:%m/%Y}" if shell.texts.language == "fr" else f"{first:%Y-%m}"


def money(shell: Shell, value: Decimal) -> str:
    return f"{shell.say.number(round(float(value)), 0)}\u00a0€"
