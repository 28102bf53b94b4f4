"""A month as a sheet of a calendar, with what falls due on each day."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date

import streamlit as st

from ui.web.parts.dues import Due
from ui.web.plain import line, markup
from ui.web.shell import Shell

_A_DAY = 3
"""What is named on one day; the list below the sheet has all."""


def name(shell: Shell, first: date) -> str:
    return f"{shell.texts(f'revision_period.month_{first.month}')} {first.year}"


def sheet(shell: Shell, first: date, found: Sequence[Due]) -> None:
    texts = shell.texts
    heads = "".join(f'<th scope="col">{markup(texts(f"weekday.day_{n}"))}</th>' for n in range(7))
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    rows = "".join(f"<tr>{''.join(_cell(shell, day, first, found) for day in week)}</tr>" for week in weeks)
    st.html(
        f'<table class="ct-table ct-month"><caption>{markup(name(shell, first))}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _cell(shell: Shell, day: date, first: date, found: Sequence[Due]) -> str:
    if day.month != first.month:
        return "<td></td>"
    here = [due for due in found if due.event.on == day]
    kinds = {due.event.kind: shell.texts(f"event_kind.{due.event.kind}") for due in here}
    said = "".join(
        f'<p class="ct-due">{markup(kinds[due.event.kind])} · {markup(line(due.contract, 42))}</p>'
        for due in here[:_A_DAY]
    )
    more = (
        f'<p class="ct-due">{markup(shell.texts("month.more", count=len(here) - _A_DAY))}</p>' if here[_A_DAY:] else ""
    )
    today = ' class="ct-today"' if day == shell.as_of else ""
    return f"<td{today}><strong>{day.day}</strong>{said}{more}</td>"
