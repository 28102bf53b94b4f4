"""Contracts as bars over time, with the days on which something falls due: a Gantt chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import altair as alt
import pandas as pd
import streamlit as st

from portfolio.calendar.standing import Standing
from portfolio.events import Event
from ui.web.parts.dues import Due
from ui.web.plain import line
from ui.web.shell import Shell

MOST = 30
"""Contracts in one chart: those whose first event is nearest."""
_BEFORE = timedelta(days=30)
_DAY = timedelta(days=1)


def gantt(shell: Shell, found: Sequence[Due], days: int) -> None:
    """Periods of the contracts of ``found`` and its events; a note where not all contracts are shown."""
    texts = shell.texts
    ids = list(dict.fromkeys(due.event.contract for due in found))
    names = _names({due.event.contract: due.contract for due in found if due.event.contract in ids[:MOST]})
    since, until = shell.as_of - _BEFORE, shell.as_of + timedelta(days=days)
    bars = [
        bar
        for one in shell.duties.standings(names, shell.as_of, days)
        if one.standing is not None
        for bar in periods(shell, names[one.id], one.standing, since, until)
    ]
    points = [point(shell, names[due.event.contract], due.event) for due in found if due.event.contract in names]
    st.altair_chart(chart(shell, bars, points, list(names.values()), since, until), width="stretch")
    if len(ids) > MOST:
        st.caption(texts("timeline.most", shown=MOST, count=len(ids)))


def periods(shell: Shell, name: str, standing: Standing, since: date, until: date) -> list[dict[str, str]]:
    """The periods of a contract that touch the days from ``since`` to ``until``, cut there."""
    texts, calendar = shell.texts, standing.calendar
    bars: list[dict[str, str]] = []
    for state, several in (("begun", calendar.begun), ("to_come", calendar.to_come)):
        for period in several:
            if period.start is None:
                continue
            last = period.end or until
            if last < since or period.start > until:
                continue
            end = shell.say.date(period.end) if period.end else texts("timeline.open_end")
            bars.append(
                {
                    "contract": name,
                    "state": texts(f"timeline.{state}"),
                    "from": max(period.start, since).isoformat(),
                    "to": (min(last, until) + _DAY).isoformat(),
                    "term": f"{shell.say.date(period.start)} → {end}",
                }
            )
    return bars


def point(shell: Shell, name: str, event: Event) -> dict[str, str]:
    """An event of the contract called ``name``, as the chart marks it."""
    return {
        "contract": name,
        "kind": shell.texts(f"event_kind.{event.kind}"),
        "on": event.on.isoformat(),
        "day": shell.say.date(event.on),
        "what": line(event.what.say(shell.say), 160),
    }


def chart(
    shell: Shell,
    bars: list[dict[str, str]],
    points: list[dict[str, str]],
    order: list[str],
    since: date,
    until: date,
) -> alt.LayerChart | alt.FacetChart:
    texts = shell.texts
    form = "%d/%m/%Y" if texts.language == "fr" else "%Y-%m-%d"
    x_axis = alt.Axis(format=form, title=None, labelOverlap=True, tickCount=8)
    scale = alt.Scale(domain=[since.isoformat(), (until + _DAY).isoformat()])
    y = alt.Y("contract:N", sort=order, title=None, axis=alt.Axis(labelLimit=240))
    states = [texts("timeline.begun"), texts("timeline.to_come")]
    periods_ = (
        alt.Chart(pd.DataFrame(bars, columns=["contract", "state", "from", "to", "term"]))
        .mark_bar(height=14, cornerRadius=2)
        .encode(
            x=alt.X("from:T", axis=x_axis, scale=scale),
            x2="to:T",
            y=y,
            color=alt.Color(
                "state:N",
                title=None,
                scale=alt.Scale(domain=states, range=["#7fb0b8", "#cfdfe2"]),
                legend=alt.Legend(orient="top", labelLimit=0),
            ),
            tooltip=[
                alt.Tooltip("contract:N", title=texts("alerts.contract")),
                alt.Tooltip("term:N", title=texts("timeline.period")),
            ],
        )
    )
    kinds = sorted({point["kind"] for point in points})
    events = (
        alt.Chart(pd.DataFrame(points, columns=["contract", "kind", "on", "day", "what"]))
        .mark_point(filled=True, size=85, color="#8a3b12", opacity=1)
        .encode(
            x=alt.X("on:T", scale=scale),
            y=y,
            shape=alt.Shape(
                "kind:N",
                title=None,
                scale=alt.Scale(domain=kinds),
                legend=alt.Legend(orient="bottom", labelLimit=0, columns=4),
            ),
            tooltip=[
                alt.Tooltip("day:N", title=texts("alerts.date")),
                alt.Tooltip("what:N", title=texts("alerts_page.what")),
                alt.Tooltip("contract:N", title=texts("alerts.contract")),
            ],
        )
    )
    return alt.layer(periods_, events).properties(height=alt.Step(26))


def _names(titles: dict[str, str]) -> dict[str, str]:
    """Titles that differ from each other: one line of the chart for each contract."""
    taken: dict[str, int] = {}
    named: dict[str, str] = {}
    for id_, title in titles.items():
        taken[title] = taken.get(title, 0) + 1
        named[id_] = title if taken[title] == 1 else f"{title} ({taken[title]})"
    return named
