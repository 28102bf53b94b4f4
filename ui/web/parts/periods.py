"""The periods of a contract, how its term and notices were reckoned, and what of it falls due in the year ahead."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from portfolio.deadlines import ContractDeadlines
from portfolio.register.records import Contract
from ui.web.parts import timeline
from ui.web.plain import line, markup, md
from ui.web.shell import Shell

_AHEAD = 365
_BACK = timedelta(days=3650)


def show(shell: Shell, contract: Contract) -> None:
    base = contract.link.base or contract.id
    stands = next(iter(shell.duties.standings([base], shell.as_of, _AHEAD)), None)
    if stands is None or stands.standing is None:
        st.info(shell.texts("periods.none"))
        return
    _chart(shell, stands, line(contract.value("title") or contract.stem, 80))
    left, right = st.columns(2, gap="large")
    with left:
        st.html(f'<p class="ct-label"><strong>{markup(shell.texts("periods.steps"))}</strong></p>')
        st.html(f'<ul class="ct-text">{"".join(f"<li>{markup(s.say(shell.say))}</li>" for s in stands.steps)}</ul>')
    with right:
        _due(shell, stands)


def _chart(shell: Shell, stands: ContractDeadlines, name: str) -> None:
    assert stands.standing is not None
    calendar = stands.standing.calendar
    until = shell.as_of + timedelta(days=_AHEAD)
    starts = [period.start for period in calendar.begun if period.start is not None]
    since = max(min(starts, default=shell.as_of), shell.as_of - _BACK)
    bars = timeline.periods(shell, name, stands.standing, since, until)
    if bars:
        points = [timeline.point(shell, name, event) for event in stands.events]
        st.altair_chart(timeline.chart(shell, bars, points, [name], since, until), width="stretch")


def _due(shell: Shell, stands: ContractDeadlines) -> None:
    texts, say = shell.texts, shell.say
    st.html(f'<p class="ct-label"><strong>{markup(texts("periods.due"))}</strong></p>')
    rows = "".join(
        f'<tr><td class="ct-day">{markup(say.date(event.on))}</td><td>{markup(event.what.say(say), 200)}</td></tr>'
        for event in stands.events
    )
    if rows:
        st.html(f'<table class="ct-table"><tbody>{rows}</tbody></table>')
    else:
        st.caption(texts("periods.due_none"))
    for undated in stands.undated:
        st.caption(md(say.about(undated.what.say(say), undated.missing.say(say))))
