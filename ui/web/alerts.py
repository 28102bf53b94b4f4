"""Alerts: an inbox of what falls due; each with its reason, its history, and what a person says about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from portfolio.accounts.duties import AWAKE
from portfolio.alerts.clock import today as now
from portfolio.alerts.records import OPEN, Alert, AlertFilters
from ui.web.parts import address
from ui.web.parts.days import days_left
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_VIEWS = {
    "open": AWAKE,
    "snoozed": AlertFilters(states=("snoozed",)),
    "closed": AlertFilters(states=("done", "dismissed", "past", "gone")),
}
"""By key of the catalogue's `alerts_view`."""
_NAMES = ("alert", "view")
_AT, _VIEW, _TABLE, _SAID = "alerts-at", "alerts-view", "alerts-table", "alerts-said"
_ANSWERED = (*OPEN, "snoozed")
"""States in which a person can say something about an alert."""
_WIDTHS = {"contract": 150, "what": 230}
"""Pixels of the columns that hold long words."""
_ROWS = 18
"""Lines of the inbox that are seen without scrolling in it."""


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("alerts", _NAMES)
    if arrived is not None:
        at, asked = next(iter(arrived.get("alert", [])), ""), next(iter(arrived.get("view", [])), "open")
        st.session_state[_AT] = int(at) if at.isdecimal() and len(at) < 10 else None
        st.session_state[_VIEW] = asked if asked in _VIEWS else "open"
    st.title(texts("page.alerts"), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        shown: str | None = st.segmented_control(
            texts("alerts_page.view"),
            list(_VIEWS),
            required=True,
            key=_VIEW,
            format_func=lambda key: texts(f"alerts_view.{key}"),
            label_visibility="collapsed",
        )
        if shell.may_edit and st.button(
            texts("alerts_page.run"), icon=":material/refresh:", help=texts("alerts_page.run_help"), key="alerts-run"
        ):
            _run(shell)
    view = shown or "open"
    _what_was_said(shell)
    found = shell.duties.alerts(_VIEWS[view])
    if not found:
        st.info(texts("alerts_page.none" if view == "open" else "alerts_page.none_here"))
    chosen = _chosen(shell, found)
    if chosen is not None:
        with st.container(key="beside"):
            left, right = st.columns([6, 5], gap="medium")
        with left:
            _inbox(shell, found, chosen)
        with right:
            _detail(shell, chosen)
    address.keep(
        "alerts",
        _NAMES,
        {"alert": [str(chosen.id)] if chosen else [], "view": [view] if view != "open" else []},
    )


def _run(shell: Shell) -> None:
    with st.spinner(shell.texts("home_page.looking"), show_time=False):
        report = shell.duties.run(now())
    counts = {"raised": len(report.raised), "moved": report.moved, "gone": report.gone}
    st.toast(shell.texts("alerts_page.ran", contracts=report.contracts, **counts))


def _chosen(shell: Shell, found: tuple[Alert, ...]) -> Alert | None:
    """The alert that was chosen, in whatever state it is now; else the first."""
    at = st.session_state.get(_AT)
    known = next((alert for alert in found if alert.id == at), None)
    if known is None and at is not None:
        known = shell.duties.alert(at)
    return known or next(iter(found), None)


def _inbox(shell: Shell, found: tuple[Alert, ...], chosen: Alert) -> None:
    texts, say, today = shell.texts, shell.say, now()
    columns = ("date", "left", "contract", "what", "kind", "who")
    rows = [
        (
            alert.on,
            days_left(shell, alert.on, today),
            line(alert.title or alert.stem, 120),
            line(alert.what.say(say), 160) + (f" ({texts('alerts.verify')})" if alert.to_verify else ""),
            texts(f"event_kind.{alert.kind}"),
            _who(shell, alert),
        )
        for alert in found
    ]
    key = f"{_TABLE}-{st.session_state.get(_TABLE, 0)}"
    picked = st.dataframe(
        pd.DataFrame(rows, columns=list(columns)),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config={
            name: st.column_config.DateColumn(
                texts("alerts.date"), format="DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD", width=90
            )
            if name == "date"
            else st.column_config.TextColumn(texts(f"alerts_page.{name}"), width=_WIDTHS.get(name))
            for name in columns
        },
        placeholder="",
        row_height=32,
        height=36 + 32 * min(max(1, len(rows)), _ROWS),
        alt=texts("page.alerts"),
    )["selection"]["rows"]
    st.caption(texts("alerts_page.hint"))
    if picked and picked[0] < len(found) and found[picked[0]].id != chosen.id:
        _go(found[picked[0]].id)
        st.rerun()


def _detail(shell: Shell, alert: Alert) -> None:
    texts, say, today = shell.texts, shell.say, now()
    name = line(alert.title or alert.stem, 120)
    state = texts(f"alert_state.{alert.state}")
    if alert.snoozed_until:
        state = texts("alerts_page.asleep", until=say.date(alert.snoozed_until))
    st.html(
        f'<h2 class="ct-head">{markup(alert.what.say(say))}</h2>'
        f'<p class="ct-value">{markup(say.date(alert.on))}, {markup(days_left(shell, alert.on, today))}</p>'
        f'<p class="ct-label">{markup(name)} · {markup(state)}</p>'
    )
    if alert.to_verify:
        st.warning(texts("alerts_page.verify"), icon=":material/rule:")
    if alert.moved:
        st.info(md(alert.moved.say(say)))
    if alert.reason:
        st.caption(texts("alerts_page.reason", reason=md(alert.reason)))
    if alert.steps:
        steps = "".join(f"<li>{markup(step.say(say))}</li>" for step in alert.steps)
        st.html(f'<p class="ct-label">{markup(texts("alerts_page.why"))}</p><ul class="ct-text">{steps}</ul>')
    _told(shell, alert, today)
    shell.link("contract", name, icon=":material/description:", contract=alert.contract)
    if not shell.may_edit:
        st.caption(texts("alerts_page.reader"))
    elif alert.state in _ANSWERED:
        _answers(shell, alert, today)
    _history(shell, alert, today)


def _told(shell: Shell, alert: Alert, today: date) -> None:
    """Who is told, and when."""
    texts, say = shell.texts, shell.say
    names = (alert.assignee,) if alert.assignee else shell.duties.keepers([alert.contract])[alert.contract]
    words = [
        texts("alerts_page.told_to", names=md(", ".join(names))) if names else texts("alerts_page.told_nobody"),
    ]
    if alert.raised_on:
        words.append(texts("alerts_page.told_on", day=say.date(alert.raised_on)))
    coming = shell.duties.reminders(alert, today) if alert.state in _ANSWERED else ()
    if coming:
        words.append(texts("alerts_page.told_next", days=", ".join(say.date(day) for day in coming)))
    if alert.escalated:
        words.append(texts("alerts_page.escalated"))
    st.caption(" ".join(words))


def _answers(shell: Shell, alert: Alert, today: date) -> None:
    texts, duties = shell.texts, shell.duties
    with st.container(horizontal=True):
        if alert.state != "confirmed":
            st.button(
                texts("alerts_page.confirm"),
                key="alert-confirm",
                type="primary",
                icon=":material/check:",
                shortcut="v",
                on_click=_do,
                args=(shell, "confirmed", lambda: duties.confirm(alert.id, today)),
            )
        with st.popover(texts("alerts_page.done"), icon=":material/task_alt:"), st.form("alert-done", border=False):
            note = st.text_input(texts("alerts_page.note"), max_chars=500)
            if st.form_submit_button(texts("alerts_page.done_go"), type="primary"):
                _again(shell, "done", lambda: duties.done(alert.id, today, note.strip() or None))
        with st.popover(texts("alerts_page.snooze"), icon=":material/snooze:"), st.form("alert-snooze", border=False):
            tomorrow = today + timedelta(days=1)
            latest = max(alert.on, tomorrow) if alert.on >= today else None
            usual = today + timedelta(days=7)
            until = st.date_input(
                texts("alerts_page.until"),
                min(usual, latest) if latest else usual,
                min_value=tomorrow,
                max_value=latest,
                key="alert-until",
                format="DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD",
            )
            if st.form_submit_button(texts("alerts_page.snooze"), type="primary") and isinstance(until, date):
                _again(shell, "snoozed", lambda: duties.snooze(alert.id, until, today))
        with st.popover(texts("alerts_page.assign"), icon=":material/person:"), st.form("alert-assign", border=False):
            to = st.selectbox(
                texts("alerts_page.to"), duties.people(), accept_new_options=True, format_func=lambda name: line(name)
            )
            if st.form_submit_button(texts("alerts_page.assign"), type="primary"):
                _again(shell, "assigned", lambda: duties.assign(alert.id, to, today))
            if alert.assignee and st.form_submit_button(texts("alerts_page.nobody")):
                _again(shell, "assigned", lambda: duties.assign(alert.id, None, today))
        with st.popover(texts("alerts_page.dismiss"), icon=":material/block:"), st.form("alert-dismiss", border=False):
            why = st.text_input(texts("alerts_page.why_not"), max_chars=500)
            if st.form_submit_button(texts("alerts_page.dismiss"), type="primary"):
                _again(shell, "dismissed", lambda: duties.dismiss(alert.id, why, today))


def _history(shell: Shell, alert: Alert, today: date) -> None:
    entries = shell.duties.history(alert.id)
    if not entries:
        return
    texts, say = shell.texts, shell.say
    st.html(f'<p class="ct-label"><strong>{markup(texts("alerts_page.history"))}</strong></p>')
    for entry in reversed(entries):
        with st.container(horizontal=True, vertical_alignment="center"):
            action = texts(f"alert_action.{entry.action}")
            told = say.about(action, entry.reason) if entry.reason else action
            st.caption(md(f"{say.date(entry.at.date())} · {entry.who} · {told}", 300))
            if entry.undoable and shell.may_edit:
                st.button(
                    texts("alerts_page.undo"),
                    key=f"alert-undo-{entry.id}",
                    type="tertiary",
                    icon=":material/undo:",
                    on_click=_do,
                    args=(shell, "undone", lambda id_=entry.id: shell.duties.undo(alert.id, id_, today)),
                )


def _who(shell: Shell, alert: Alert) -> str:
    return line(alert.assignee or alert.debtor or (shell.texts.name("side", alert.side) if alert.side else ""), 80)


def _again(shell: Shell, said: str, act: Callable[[], Alert]) -> None:
    _do(shell, said, act)
    st.rerun()


def _do(shell: Shell, said: str, act: Callable[[], Alert]) -> None:
    """Does what a person says; the alert stays before them, whatever its state is now."""
    try:
        alert = act()
    except EXPECTED as error:
        st.session_state[_SAID] = (False, shell.said(error))
        return
    st.session_state[_SAID] = (True, shell.texts(f"alerts_page.was_{said}"))
    _go(alert.id)


def _go(alert: int) -> None:
    st.session_state[_AT] = alert
    st.session_state[_TABLE] = st.session_state.get(_TABLE, 0) + 1


def _what_was_said(shell: Shell) -> None:
    well, words = st.session_state.pop(_SAID, (True, ""))
    if well and words:
        st.success(words)
    elif words:
        st.error(md(words, 600))
