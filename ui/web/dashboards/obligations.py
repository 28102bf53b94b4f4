"""Obligations done, waived and late."""

from __future__ import annotations

from datetime import date
from typing import Literal

import streamlit as st
from dateutil.relativedelta import relativedelta

from portfolio.accounts.board import Board, Kept
from portfolio.alerts.clock import today
from ui.web.dashboards.wording import month
from ui.web.parts import plots
from ui.web.shell import Shell


def show(shell: Shell) -> None:
    texts = shell.texts
    day = today()
    since = day.replace(day=1) - relativedelta(months=11)
    title = texts("dashboards.obligations_title")
    st.subheader(title, anchor=False)
    with st.spinner(texts("dashboards.counting"), show_time=False):
        kept = _kept(shell.board, shell.board.stamp(), day, since)
    if not kept:
        st.info(texts("dashboards.obligations_none"))
        return
    states: tuple[Literal["done", "waived", "late"], ...] = ("done", "waived", "late")
    told = [(texts(f"dashboards.state_{s}"), str(sum(getattr(one, s) for one in kept))) for s in states]
    plots.figures(shell, told)
    months = [since + relativedelta(months=n) for n in range(12)]
    rows = [
        (month(shell, one.month), texts(f"dashboards.state_{s}"), float(getattr(one, s)))
        for one in kept
        for s in states
    ]
    groups = [texts(f"dashboards.state_{s}") for s in states]
    plots.bars(shell, title, rows, texts("dashboards.count"), [month(shell, m) for m in months], groups=groups)
    plots.table(
        shell,
        title,
        [texts("report_cli.month"), texts("owed.side"), *groups],
        [
            [month(shell, one.month), texts(f"dashboards.side_{one.side}"), *(str(getattr(one, s)) for s in states)]
            for one in kept
        ],
        figures=2,
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept(_board: Board, stamp: str, as_of: date, since: date) -> tuple[Kept, ...]:
    """What became of obligations, counted once for all who see the same."""
    return _board.kept(as_of, since)
