"""How well the values were read, as persons decided."""

from __future__ import annotations

import streamlit as st

from ui.web.parts import plots
from ui.web.shell import Shell


def show(shell: Shell) -> None:
    texts, say = shell.texts, shell.say
    title = texts("dashboards.quality_title")
    st.subheader(title, anchor=False)
    st.caption(texts("dashboards.quality_about"))
    found = shell.board.quality()
    decided = sum(one.decided for one in found)
    right = sum(one.confirmed for one in found)
    share = texts("dashboards.percent", percent=say.number(100 * right / decided, 1)) if decided else "—"
    plots.figures(
        shell,
        [
            (texts("dashboards.right"), share),
            (texts("dashboards.decided"), say.number(decided, 0)),
            (texts("dashboards.certain"), say.number(sum(one.certain for one in found), 0)),
            (texts("dashboards.doubtful"), say.number(sum(one.doubtful for one in found), 0)),
        ],
    )
    kinds = ("confirmed", "wrong", "certain", "doubtful")
    groups = [texts(f"dashboards.{kind}") for kind in kinds]
    rows = [
        (say.field(one.field), texts(f"dashboards.{kind}"), float(getattr(one, kind)))
        for one in found
        for kind in kinds
    ]
    order = [say.field(one.field) for one in found]
    plots.bars(shell, title, rows, texts("dashboards.values"), order, across=True, groups=groups)
    plots.table(
        shell,
        title,
        [texts("show.field"), *groups, texts("dashboards.written"), texts("dashboards.right")],
        [
            [
                say.field(one.field),
                *(say.number(getattr(one, kind), 0) for kind in (*kinds, "written")),
                "—" if one.right is None else texts("dashboards.percent", percent=say.number(100 * one.right, 0)),
            ]
            for one in found
        ],
    )
