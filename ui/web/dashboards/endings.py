"""What ends or turns, month by month."""

from __future__ import annotations

import streamlit as st
from dateutil.relativedelta import relativedelta

from ui.web.dashboards.wording import month
from ui.web.parts import plots
from ui.web.shell import Shell

_AHEAD = "dashboards-ahead"
_MONTHS = (6, 12, 24)
"""Months ahead; the first is what is always kept ready, the others are counted when they are asked for."""


def show(shell: Shell) -> None:
    texts = shell.texts
    ahead = st.segmented_control(
        texts("dashboards.ahead"),
        _MONTHS,
        default=_MONTHS[0],
        required=True,
        format_func=lambda count: texts("dashboards.months", count=count),
        key=_AHEAD,
        label_visibility="collapsed",
    )
    count = ahead or _MONTHS[0]
    months = [shell.as_of.replace(day=1) + relativedelta(months=n) for n in range(count)]
    days = (months[-1] + relativedelta(months=1) - shell.as_of).days - 1
    with st.spinner(texts("dashboards.counting"), show_time=False):
        found = {one.month: one for one in shell.board.endings(shell.as_of, days)}
    title = texts("dashboards.endings_title", months=count)
    st.subheader(title, anchor=False)
    if not found:
        st.info(texts("home_page.ending_none"))
        return
    final, other = texts("dashboards.final"), texts("dashboards.turning")
    rows: list[tuple[str, str, float]] = []
    for first in months:
        one = found.get(first)
        ended = one.final if one else 0
        rows += [
            (month(shell, first), final, ended),
            (month(shell, first), other, (len(one.contracts) if one else 0) - ended),
        ]
    plots.bars(
        shell, title, rows, texts("report_cli.contracts"), [month(shell, m) for m in months], groups=(final, other)
    )
    plots.table(
        shell,
        title,
        [texts("report_cli.month"), final, other],
        [
            [month(shell, first), str(found[first].final), str(len(found[first].contracts) - found[first].final)]
            for first in months
            if first in found
        ],
    )
    shell.link("deadlines", texts("home_page.all_deadlines"), icon=":material/calendar_month:")
