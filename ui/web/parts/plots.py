"""Plots with, below each, the same figures as a plain table: for screen readers, and for whoever wants the number."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from ui.web.plain import markup
from ui.web.shell import Shell

COLORS = ("#2f8794", "#d08a3c", "#8a94a0", "#a65a72", "#6b8f52")
"""Told apart in light and dark, by colour-blind eyes too."""
_HIGHEST = 320


def bars(
    shell: Shell,
    title: str,
    rows: Sequence[tuple[str, str, float]],
    measure: str,
    order: Sequence[str],
    *,
    across: bool = False,
    groups: Sequence[str] = (),
) -> None:
    """Stacked bars: ``rows`` of label, group and value, in the ``order`` of labels; ``across``: lying, for long labels.
    ``measure`` names the values."""
    data = pd.DataFrame(rows, columns=["label", "group", "value"])
    names = list(groups or dict.fromkeys(group for _, group, _ in rows))
    data["shown"] = [shell.say.number(value, 0 if float(value).is_integer() else 2) for _, _, value in rows]
    value = alt.Axis(title=measure, labelExpr=_written(shell), tickCount=6, tickMinStep=1, labelOverlap=True)
    label = alt.Axis(title=None, labelLimit=260, labelAngle=0 if across or len(order) <= 12 else -40)
    length = (alt.X if across else alt.Y)("value:Q", axis=value, stack=True)
    place = (alt.Y if across else alt.X)("label:N", sort=list(order), axis=label)
    encoding: dict[str, object] = {"y" if across else "x": place, "x" if across else "y": length}
    chart = (
        alt.Chart(data)
        .mark_bar(cornerRadius=1)
        .encode(
            **encoding,
            color=alt.Color(
                "group:N",
                title=None,
                scale=alt.Scale(domain=names, range=list(COLORS[: len(names)])),
                legend=alt.Legend(orient="top", labelLimit=0) if len(names) > 1 else None,
            ),
            order=alt.Order("rank:Q"),
            tooltip=[
                alt.Tooltip("label:N", title=" "),
                alt.Tooltip("group:N", title=" "),
                alt.Tooltip("shown:N", title=measure),
            ],
        )
        .transform_calculate(rank=f"indexof({names!r}, datum.group)")
        .properties(description=title, height=alt.Step(26) if across else _HIGHEST)
    )
    st.altair_chart(chart, width="stretch")


def table(shell: Shell, caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], figures: int = 1) -> None:
    """The figures as a table; columns from the ``figures``-th on are numbers and stand to the right."""
    tops = "".join(f'<th scope="col"{_side(n, figures)}>{markup(head, 80)}</th>' for n, head in enumerate(heads))
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row">{markup(cell, 200)}</th>'
            if n == 0
            else f"<td{_side(n, figures)}>{markup(cell, 200)}</td>"
            for n, cell in enumerate(row)
        )
        + "</tr>"
        for row in rows
    )
    with st.expander(shell.texts("dashboards.table"), icon=":material/table_chart:"):
        st.html(
            f'<table class="ct-table"><caption>{markup(caption)}</caption><thead><tr>{tops}</tr></thead>'
            f"<tbody>{body}</tbody></table>"
        )


def figures(shell: Shell, told: Sequence[tuple[str, str]]) -> None:
    """Figures in a row, each with its name."""
    for column, (name, value) in zip(st.columns(len(told)), told, strict=True):
        column.html(f'<p class="ct-label">{markup(name)}</p><p class="ct-value">{markup(value)}</p>')


def _written(shell: Shell) -> str:
    """Numbers on an axis as the language writes them."""
    number = "format(datum.value, datum.value % 1 ? ',.1f' : ',.0f')"
    return f"replace(replace({number}, /,/g, '\u202f'), '.', ',')" if shell.texts.language == "fr" else number


def _side(place: int, figures: int) -> str:
    return ' class="ct-number"' if place >= figures else ""
