"""Questions on the portfolio, in French or English: an answer, its table, and the words that prove it, a click away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from agent.asking import LONGEST, Cited, Reply
from agent.chat.findings import PendingAction
from ui.web.parts import address
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_NAMES = ("ask",)
_TURNS, _ASKED = "chat-turns", "chat-asked"
_SUGGESTED = ("ending", "notice", "revision", "cost")
_QUOTE = 220
_ROWS = 12


@dataclass(frozen=True)
class Turn:
    """A question and what came of it: a reply, or the problem in words."""

    question: str
    reply: Reply | None
    problem: str = ""


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("chat", _NAMES)
    if arrived is not None and arrived.get("ask"):
        st.session_state[_ASKED] = arrived["ask"][0]
    address.keep("chat", _NAMES, {})  # before anything is asked: coming back must not ask it again
    turns: list[Turn] = st.session_state.setdefault(_TURNS, [])
    head, tools = st.columns([3, 2], vertical_alignment="center")
    head.title(texts("page.chat"), anchor=False)
    if not shell.desk.totals().contracts:
        st.info(texts("portfolio.empty" if shell.may_edit else "portfolio.empty_reader"))
        return
    if turns:
        _session(shell, turns, tools)
    typed = st.chat_input(texts("chat_page.question"), max_chars=LONGEST, key="chat-input")
    question = typed or st.session_state.pop(_ASKED, None)
    if not turns and not question:
        _suggest(shell)
    for number, turn in enumerate(turns):
        _show(shell, number, turn)
    if question and question.strip():
        with st.chat_message("user"):
            st.markdown(md(question, LONGEST))
        with st.spinner(texts("chat_page.looking"), show_time=False):
            turns.append(_ask(shell, question.strip(), turns))
        st.rerun()


def _ask(shell: Shell, question: str, turns: list[Turn]) -> Turn:
    previous = next((turn.reply.answer.plan for turn in reversed(turns) if turn.reply is not None), None)
    try:
        return Turn(question, shell.asking.ask(question, shell.as_of, previous))
    except EXPECTED as error:
        return Turn(question, None, str(error))


def _suggest(shell: Shell) -> None:
    st.caption(shell.texts("chat_page.teach"))
    for key in _SUGGESTED:
        question = shell.texts(f"chat_page.suggested_{key}")
        st.button(question, key=f"chat-suggested-{key}", icon=":material/chat:", on_click=_put, args=(question,))


def _session(shell: Shell, turns: list[Turn], place: Any) -> None:
    """The questions of this session, to be asked again, and a new beginning."""
    texts = shell.texts
    with place.container(horizontal=True, horizontal_alignment="right"):
        with st.popover(texts("chat_page.earlier", count=len(turns)), icon=":material/history:"):
            for number, question in enumerate(dict.fromkeys(turn.question for turn in reversed(turns))):
                st.button(
                    md(question, 160),
                    key=f"chat-earlier-{number}",
                    type="tertiary",
                    on_click=_put,
                    args=(question,),
                )
        st.button(texts("chat_page.new"), key="chat-new", icon=":material/add_comment:", on_click=turns.clear)


def _put(question: str) -> None:
    st.session_state[_ASKED] = question


def _show(shell: Shell, number: int, turn: Turn) -> None:
    with st.chat_message("user"):
        st.markdown(md(turn.question, LONGEST))
    with st.chat_message("assistant"):
        if turn.reply is None:
            st.error(md(turn.problem, 1000))
            return
        answer = turn.reply.answer
        st.html(f'<p class="ct-text">{markup(answer.text, 3000)}</p>')
        if answer.filters:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(shell.texts("chat_page.understood"), width="content")
                for chip in answer.filters:
                    st.badge(md(chip, 120), color="gray")
        if len(answer.finding.rows) > 1:
            _table(shell, number, answer.finding.rows)
        if answer.pending_action is not None:
            _card(shell, answer.pending_action)
        if answer.steps:
            with st.expander(shell.texts("chat_page.steps"), icon=":material/calculate:"):
                steps = "".join(f"<li>{markup(step, 600)}</li>" for step in answer.steps)
                st.html(f'<ul class="ct-text">{steps}</ul>')
        _citations(shell, turn.reply)


def _table(shell: Shell, number: int, rows: tuple[Mapping[str, Any], ...]) -> None:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    st.dataframe(
        pd.DataFrame([[_cell(shell, row.get(key)) for key in keys] for row in rows], columns=keys),
        key=f"chat-table-{number}",
        hide_index=True,
        column_config={key: st.column_config.TextColumn(shell.texts.name("ask_column", key)) for key in keys},
        placeholder="",
        row_height=32,
        height=36 + 32 * min(len(rows), _ROWS),
        width="content",
        alt=shell.texts("chat_page.table"),
    )


def _cell(shell: Shell, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return shell.texts("chat_page.yes" if value else "chat_page.no")
        case int() | float():
            return shell.say.number(value, 0 if float(value).is_integer() else 2)
        case list() | tuple():
            return line(", ".join(map(str, value)), 300)
    try:
        return shell.say.date(date.fromisoformat(value)) if len(str(value)) == 10 else line(value, 300)
    except ValueError:
        return line(value, 300)


def _card(shell: Shell, action: PendingAction) -> None:
    """What was asked to be done: nothing is done by asking."""
    texts, say = shell.texts, shell.say
    with st.container(border=True):
        on = f" · {say.date(action.on)}" if action.on else ""
        title = f"{texts(f'chat_action.{action.kind}')} · {line(action.contract, 120)}{on}"
        st.html(f'<p class="ct-value">{markup(title)}</p>')
        st.caption(texts("chat_page.pending"))
        with st.container(horizontal=True):
            shell.link("contract", texts("portfolio.open"), icon=":material/description:", contract=action.contract)
            shell.link("alerts", texts("page.alerts"), icon=":material/notifications:")


def _citations(shell: Shell, reply: Reply) -> None:
    texts = shell.texts
    if not reply.cited:
        return
    st.caption(texts("ask.citations"))
    for one in reply.cited:
        _citation(shell, one)
    if reply.more:
        st.caption(texts("chat_page.more", count=reply.more))


def _citation(shell: Shell, one: Cited) -> None:
    where = f"{line(one.title, 100)}, {shell.texts('show.page', page=one.citation.page)}"
    if one.end > one.start:
        shell.link(
            "contract",
            where,
            icon=":material/find_in_page:",
            contract=one.contract,
            document=one.sha256,
            start=str(one.start),
            end=str(one.end),
        )
    else:
        shell.link("contract", where, icon=":material/description:", contract=one.contract)
    st.html(f'<p class="ct-quote">{markup(line(one.citation.quote, _QUOTE))}</p>')
