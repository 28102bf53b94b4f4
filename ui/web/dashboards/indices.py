"""What hangs on which index."""

from __future__ import annotations

import streamlit as st

from portfolio.reports import DIRECTIONS
from ui.web.dashboards.commitments import found as counted
from ui.web.dashboards.wording import MOST, money
from ui.web.parts import plots
from ui.web.plain import line
from ui.web.shell import Shell


def show(shell: Shell) -> None:
    texts = shell.texts
    title = texts("dashboards.indices_title")
    st.subheader(title, anchor=False)
    st.caption(texts("dashboards.indices_about"))
    exposed = shell.board.exposure(counted(shell, "current"))
    if not exposed:
        st.info(texts("dashboards.indices_none"))
        return
    ways = [way for way in DIRECTIONS if any(one.direction == way for one in exposed)]
    names = [line(one.index, 40) for one in exposed]
    largest = set(dict.fromkeys(names[: 2 * MOST]))
    others = texts("dashboards.others")
    rows = [
        (name if name in largest else others, texts(f"report_cli.{one.direction}"), float(one.yearly))
        for name, one in zip(names, exposed, strict=True)
    ]
    plots.bars(
        shell,
        title,
        rows,
        texts("dashboards.euros_yearly"),
        list(dict.fromkeys(label for label, _, _ in rows)),
        across=True,
        groups=[texts(f"report_cli.{way}") for way in ways],
    )
    plots.table(
        shell,
        title,
        [texts("dashboards.index"), texts("dashboards.way"), texts("report_cli.contracts"), texts("report_cli.yearly")],
        [
            [
                line(f"{one.index} — {one.name}" if one.name else one.index, 120),
                texts(f"report_cli.{one.direction}"),
                str(one.count),
                money(shell, one.yearly),
            ]
            for one in exposed
        ],
        figures=2,
    )
