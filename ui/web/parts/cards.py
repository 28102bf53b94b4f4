"""What was proposed, as a card: exactly what would change, and a person's yes or no, once."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import streamlit as st

from agent.asking import Card
from portfolio.alerts.clock import today
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_SAID, _FILES = "card-said", "card-files"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def show(shell: Shell, id_: str, place: str) -> None:
    """The proposal ``id_``; ``place`` tells two cards of one proposal on a page apart."""
    try:
        card = shell.asking.card(id_, today())
    except EXPECTED as error:
        shell.problem(error)
        return
    with st.container(border=True):
        _head(shell, card)
        _changes(shell, card)
        problem = st.session_state.get(_SAID, {}).pop(id_, None)
        if problem:
            shell.problem(problem)
        if card.proposal.state == "waiting":
            _buttons(shell, card, place)
        else:
            _outcome(shell, card)


def _head(shell: Shell, card: Card) -> None:
    texts = shell.texts
    st.html(f'<p class="ct-value">{markup(texts(f"chat_action.{card.proposal.kind}"))}</p>')
    shell.link("contract", line(card.title, 120), icon=":material/description:", contract=card.proposal.contract)


def _changes(shell: Shell, card: Card) -> None:
    texts = shell.texts
    heads = "".join(f'<th scope="col">{markup(texts(f"cards.{h}"))}</th>' for h in ("what", "before", "after"))
    rows = "".join(
        f"<tr><td>{markup(change.what.say(shell.say), 200)}</td><td>{markup(change.before or '—', 600)}</td>"
        f"<td>{markup(change.after, 600)}</td></tr>"
        for change in card.changes
    )
    st.html(f'<table class="ct-table"><tbody><tr>{heads}</tr>{rows}</tbody></table>')


def _buttons(shell: Shell, card: Card, place: str) -> None:
    texts, id_ = shell.texts, card.proposal.id
    if not shell.may_edit:
        st.caption(texts("cards.reader"))
        return
    st.caption(texts("cards.waiting"))
    with st.container(horizontal=True):
        st.button(
            texts("cards.confirm"),
            key=f"card-yes-{place}-{id_}",
            type="primary",
            icon=":material/check:",
            on_click=_decide,
            args=(shell, id_, True),
        )
        st.button(
            texts("cards.decline"),
            key=f"card-no-{place}-{id_}",
            icon=":material/close:",
            on_click=_decide,
            args=(shell, id_, False),
        )


def _decide(shell: Shell, id_: str, yes: bool) -> None:
    try:
        if yes:
            done = shell.asking.confirm(id_, today())
            if done.file is not None:
                st.session_state.setdefault(_FILES, {})[id_] = done.file
        else:
            shell.asking.refuse(id_, today())
    except EXPECTED as error:
        st.session_state.setdefault(_SAID, {})[id_] = error


def _outcome(shell: Shell, card: Card) -> None:
    texts, proposal = shell.texts, card.proposal
    at = _moment(shell, proposal.decided_at)
    said = texts(f"cards.{proposal.state}", who=md(proposal.decided_by or "", 80), at=at)
    match proposal.state:
        case "done":
            st.success(said, icon=":material/check:")
        case "failed":
            st.error(f"{said} {md(proposal.outcome or '', 600)}", icon=":material/error:")
        case _:
            st.info(said, icon=":material/block:")
    file: Path | None = st.session_state.get(_FILES, {}).get(proposal.id)
    if file is not None and file.is_file():
        st.download_button(texts("cards.letter"), file.read_bytes(), file.name, _WORD, icon=":material/download:")


def _moment(shell: Shell, at: datetime | None) -> str:
    if at is None:
        return ""
    local = at.astimezone()
    return f"{shell.say.date(local.date())} {local:%H:%M}"
