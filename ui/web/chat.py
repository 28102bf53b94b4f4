"""Questions on the portfolio, in French or English: an answer, its table, and the words that prove it, a click away."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from agent.asking import LONGEST, Cited, Reply
from agent.chat.chips import about
from agent.chat.plan import QueryPlan
from agent.chat.talk import Thumb
from portfolio.alerts.clock import today
from ui.web.parts import address, cards, chips
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_NAMES = ("ask",)
_TURNS, _ASKED, _SESSION, _STOPPED = "chat-turns", "chat-asked", "chat-session", "chat-stopped"
_POLL = 0.1
"""Seconds between two looks at whether an answer is there, or nobody waits for it any longer."""
_SUGGESTED = ("ending", "notice", "revision", "cost")
_QUOTE = 220
_ROWS = 12
_THUMBS: tuple[Thumb, Thumb] = ("down", "up")
"""By the numbers that Streamlit gives them."""


@dataclass(frozen=True)
class Turn:
    """A question and what came of it: a reply, or the problem in words."""

    question: str
    reply: Reply | None
    problem: Exception | None = None


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("chat", _NAMES)
    if arrived is not None and arrived.get("ask"):
        st.session_state[_ASKED] = arrived["ask"][0]
    address.keep("chat", _NAMES, {})  # before anything is asked: coming back must not ask it again
    turns: list[Turn] = st.session_state.setdefault(_TURNS, [])
    st.session_state.setdefault(_SESSION, shell.asking.new_session())
    head, tools = st.columns([3, 2], vertical_alignment="center")
    head.title(texts("page.chat"), anchor=False)
    if not shell.desk.totals().contracts:
        st.info(texts("portfolio.empty" if shell.may_edit else "portfolio.empty_reader"))
        return
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
        turns.append(_ask(shell, question.strip(), turns))
        st.rerun()
    stopped = st.session_state.pop(_STOPPED, None)
    if stopped:
        st.info(texts("chat_page.stopped", question=md(stopped, LONGEST)))
    _waiting(shell, turns)


def _ask(shell: Shell, question: str, turns: list[Turn]) -> Turn:
    """Asks beside the page, which can be left, or the question be stopped, meanwhile: then nothing is kept."""
    previous = next((turn.reply.plan for turn in reversed(turns) if turn.reply is not None), None)
    stop, pool, beat = threading.Event(), ThreadPoolExecutor(1), st.empty()
    st.button(shell.texts("chat_page.stop"), key="chat-stop", icon=":material/stop:", on_click=_stop, args=(question,))
    session = st.session_state[_SESSION]
    try:
        with st.spinner(shell.texts("chat_page.looking"), show_time=False):
            coming = pool.submit(shell.asking.ask, question, shell.as_of, session, previous, stop.is_set)
            while not wait([coming], timeout=_POLL).done:
                # Streamlit ends a run that somebody clicked away only where it draws
                if preparing := shell.asking.preparing:
                    done, total = (shell.say.number(count, 0) for count in preparing)
                    beat.caption(shell.texts("chat_page.preparing", done=done, total=total))
                else:
                    beat.empty()
        return Turn(question, coming.result())
    except EXPECTED as error:
        return Turn(question, None, error)
    finally:
        stop.set()
        pool.shutdown(wait=False)


def _stop(question: str) -> None:
    st.session_state[_STOPPED] = question


def _again(shell: Shell, number: int, plan: QueryPlan) -> None:
    """Answers a turn anew, by the plan that a person made of it."""
    turns: list[Turn] = st.session_state[_TURNS]
    question = turns[number].question
    try:
        reply = shell.asking.again(plan, question, shell.as_of, st.session_state[_SESSION])
        turns[number] = Turn(question, reply)
    except EXPECTED as error:
        turns[number] = Turn(question, None, error)


def _suggest(shell: Shell) -> None:
    st.caption(shell.texts("chat_page.teach"))
    for key in _SUGGESTED:
        question = shell.texts(f"chat_page.suggested_{key}")
        st.button(question, key=f"chat-suggested-{key}", icon=":material/chat:", on_click=_put, args=(question,))


def _session(shell: Shell, turns: list[Turn], place: Any) -> None:
    """The questions of this conversation, to be asked again; earlier conversations; a new beginning."""
    texts = shell.texts
    kept = shell.asking.sessions()
    if not kept and not turns:
        return
    with place.container(horizontal=True, horizontal_alignment="right"):
        if turns:
            with st.popover(texts("chat_page.earlier", count=len(turns)), icon=":material/history:"):
                for number, question in enumerate(dict.fromkeys(turn.question for turn in reversed(turns))):
                    st.button(
                        md(question, 160),
                        key=f"chat-earlier-{number}",
                        type="tertiary",
                        on_click=_put,
                        args=(question,),
                    )
        others = [one for one in kept if one.name != st.session_state[_SESSION]]
        if others:
            with st.popover(texts("chat_page.sessions", count=len(others)), icon=":material/forum:"):
                for number, one in enumerate(others):
                    day = shell.say.date(one.at.date())
                    st.button(
                        f"{md(one.question, 100)} · {day} ({one.turns})",
                        key=f"chat-session-{number}",
                        type="tertiary",
                        on_click=_open,
                        args=(shell, one.name),
                    )
        if turns:
            st.button(texts("chat_page.new"), key="chat-new", icon=":material/add_comment:", on_click=_begin)


def _put(question: str) -> None:
    st.session_state[_ASKED] = question


def _begin() -> None:
    st.session_state[_TURNS] = []
    del st.session_state[_SESSION]


def _open(shell: Shell, session: str) -> None:
    """Goes on with an earlier conversation."""
    replies = shell.asking.conversation(session)
    st.session_state[_TURNS] = [Turn(reply.turn.question, reply) for reply in replies]
    st.session_state[_SESSION] = session


def _show(shell: Shell, number: int, turn: Turn) -> None:
    with st.chat_message("user"):
        st.markdown(md(turn.question, LONGEST))
    with st.chat_message("assistant"):
        if turn.reply is None:
            if turn.problem is not None:
                shell.problem(turn.problem)
            return
        reply = turn.reply
        st.html(f'<p class="ct-text">{markup(reply.text, 3000)}</p>')
        if reply.choices:
            _choices(shell, number, reply)
        if reply.chips:
            chips.show(shell, reply.plan, reply.chips, str(reply.turn.id), partial(_again, shell, number))
        if len(reply.rows) > 1:
            _table(shell, reply.turn.id, reply.rows)
        if reply.proposal is not None:
            cards.show(shell, reply.proposal, "turn")
        elif reply.problem is not None:
            st.warning(md(reply.problem, 1000))
        if reply.steps:
            with st.expander(shell.texts("chat_page.steps"), icon=":material/calculate:"):
                steps = "".join(f"<li>{markup(step, 600)}</li>" for step in reply.steps)
                st.html(f'<ul class="ct-text">{steps}</ul>')
        _citations(shell, reply)
        _judge(shell, reply)


def _choices(shell: Shell, number: int, reply: Reply) -> None:
    """The contracts that the question may have meant: a click asks it of one."""
    st.caption(shell.texts("chat_page.which"))
    with st.container(horizontal=True):
        for place, choice in enumerate(reply.choices):
            st.button(
                md(choice.title, 100),
                key=f"chat-choice-{reply.turn.id}-{place}",
                icon=":material/description:",
                on_click=_again,
                args=(shell, number, about(reply.plan, choice.stem)),
            )


def _judge(shell: Shell, reply: Reply) -> None:
    """A thumb, and with it a comment."""
    texts, id_ = shell.texts, reply.turn.id
    key = f"chat-thumb-{id_}"
    if reply.turn.thumb and key not in st.session_state:
        st.session_state[key] = _THUMBS.index(reply.turn.thumb)
    said = st.feedback("thumbs", key=key, on_change=_keep, args=(shell, id_, key))
    if said is None:
        return
    with st.form(f"chat-comment-form-{id_}", border=False):
        label = texts(f"chat_page.comment_{_THUMBS[said]}")
        comment = st.text_input(label, reply.turn.comment or "", max_chars=2000, key=f"chat-comment-{id_}")
        if st.form_submit_button(texts("chat_page.comment_send"), key=f"chat-comment-send-{id_}"):
            try:
                shell.asking.judge(id_, _THUMBS[said], comment.strip() or None)
            except EXPECTED as error:
                shell.problem(error)
            else:
                st.toast(texts("chat_page.comment_kept"), icon=":material/check:")


def _keep(shell: Shell, turn: int, key: str) -> None:
    said = st.session_state.get(key)
    if said is not None:
        shell.asking.judge(turn, _THUMBS[said])


def _waiting(shell: Shell, turns: list[Turn]) -> None:
    """Proposals of other conversations that nobody decided on."""
    shown = {turn.reply.proposal for turn in turns if turn.reply is not None}
    waiting = [card for card in shell.asking.waiting(today()) if card.proposal.id not in shown]
    if not waiting:
        return
    with st.expander(shell.texts("cards.others", count=len(waiting)), icon=":material/pending_actions:"):
        for card in waiting[:_ROWS]:
            cards.show(shell, card.proposal.id, "others")


def _table(shell: Shell, turn: int, rows: Sequence[Mapping[str, Any]]) -> None:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    st.dataframe(
        pd.DataFrame([[_cell(shell, row.get(key)) for key in keys] for row in rows], columns=keys),
        key=f"chat-table-{turn}",
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
