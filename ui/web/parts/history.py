"""What happened to a contract, by whom and when; a person's decisions can be taken back."""

from __future__ import annotations

from typing import Any

import streamlit as st

from portfolio.register.records import Contract, HistoryEntry
from portfolio.schema import FIELDS
from ui.web.plain import line, markup
from ui.web.shell import EXPECTED, Shell

_SHOWN = 200
"""Lines, the newest."""


def show(shell: Shell, contract: Contract) -> None:
    texts = shell.texts
    lines = list(reversed(shell.desk.history(contract.id)))
    by_people = st.toggle(texts("history.people"), value=any(entry.undoable for entry in lines))
    if by_people:
        lines = [entry for entry in lines if entry.action not in ("read", "reread")]
    if not lines:
        st.info(texts("history.none"))
    for entry in lines[:_SHOWN]:
        words, tool = st.columns([6, 1], vertical_alignment="center")
        words.html(f'<p class="ct-text">{_line(shell, entry)}</p>')
        if entry.undoable and shell.may_edit:
            tool.button(
                texts("history.undo"),
                key=f"undo-{entry.id}",
                type="tertiary",
                on_click=_undo,
                args=(shell, contract, entry),
            )
    problem = st.session_state.pop("history-problem", None)
    if problem:
        shell.problem(problem)


def _line(shell: Shell, entry: HistoryEntry) -> str:
    texts = shell.texts
    moment = entry.at.astimezone()
    when = f"{shell.say.date(moment.date())} {moment:%H:%M}"
    what = texts.name("history_action", entry.action)
    field = shell.say.field(entry.field) if entry.field and entry.field in FIELDS else ""
    values = (entry.before, entry.after) if entry.before is not None else (entry.after,)
    change = " → ".join(_value(shell, entry.field, value) for value in values)
    reason = f" ({line(entry.reason, 200)})" if entry.reason else ""
    said = shell.say.about(field, change) if field else ""
    who = line(texts.name("reader", entry.who), 60)
    return f"<strong>{markup(when)}</strong> · {markup(who)} · {markup(what)} {markup(said, 900)}{markup(reason)}"


def _value(shell: Shell, field: str | None, value: Any) -> str:
    if value is None or field is None or field not in FIELDS:
        return "—"
    try:
        return line(shell.say.value(field, FIELDS[field].validate(value)), 300)
    except EXPECTED:
        return line(value, 300)


def _undo(shell: Shell, contract: Contract, entry: HistoryEntry) -> None:
    try:
        shell.desk.undo(contract.id, entry.id)
    except EXPECTED as error:
        st.session_state["history-problem"] = error
