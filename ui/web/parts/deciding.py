"""One value before a person: what was read, how surely, what else was read, and the keys to decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import streamlit as st

from agent.viewing import Place
from portfolio.facts import Fact
from portfolio.register.records import Contract, StoredFact
from portfolio.schema import FIELDS, FieldSpec
from portfolio.values import Duration
from ui.web.parts import proof
from ui.web.parts.editing import editor
from ui.web.plain import markup
from ui.web.shell import EXPECTED, Shell

CONFIRM, CORRECT, REJECT, NEXT, BEFORE = "V", "E", "X", "N", "P"
"""Keys, the same in both languages; they are written on the buttons."""

_CHANGING = frozenset(("obligations",))
"""Fields whose form changes with what is chosen in it."""

_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_DURATION = re.compile(r"\bP(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T\d+H)?\b")
_DAY = re.compile(r"\b(\d+) days?\b")


def place_of(contract: Contract, stored: StoredFact) -> int:
    """The position by which the register knows a value: among those of its field, from 0."""
    return [s.id for s in contract.facts if s.fact.field == stored.fact.field].index(stored.id)


def head(shell: Shell, stored: StoredFact) -> None:
    """The field, its value, how far it can be relied on and where it comes from."""
    fact, texts, say = stored.fact, shell.texts, shell.say
    about = [say.state(fact)]
    if fact.review == "to_review":
        about.append(texts("decide.confidence", percent=say.number(round(100 * fact.confidence), 0)))
    if fact.basis:
        about.append(texts("show.computed", basis=_arithmetic(shell, fact.basis)))
    st.html(
        f'<p class="ct-label">{markup(say.field(fact.field))}</p>'
        f'<p class="ct-value">{markup(say.value(fact.field, fact.value), 2000)}</p>'
        f'<p class="ct-label">{markup(" · ".join(about))}</p>'
    )


def buttons(shell: Shell, contract: Contract, stored: StoredFact, after: Callable[[], None]) -> None:
    """Confirm, correct, reject; ``after`` is done when one was (the next value comes)."""
    texts, desk = shell.texts, shell.desk
    field, position = stored.fact.field, place_of(contract, stored)
    decided = stored.fact.review in ("confirmed", "corrected")
    with st.container(horizontal=True):
        st.button(
            texts("decide.confirm"),
            type="primary",
            icon=":material/check:",
            shortcut=CONFIRM,
            disabled=decided,
            key="decide-confirm",
            on_click=_do,
            args=(lambda: desk.confirm(contract.id, field, position), after),
        )
        if st.button(texts("decide.correct"), icon=":material/edit:", shortcut=CORRECT, key="decide-correct"):
            correct(shell, contract, stored, after)
        st.button(
            texts("decide.reject"),
            icon=":material/close:",
            shortcut=REJECT,
            key="decide-reject",
            help=texts("decide.reject_help"),
            on_click=_do,
            args=(lambda: desk.reject(contract.id, field, position), after),
        )


def correct(shell: Shell, contract: Contract, stored: StoredFact, after: Callable[[], None]) -> None:
    """The form in which a person writes the right value."""
    field = FIELDS[stored.fact.field]

    @st.dialog(shell.texts("decide.correct_title", field=shell.say.field(field.name)))
    def form() -> None:
        for evidence in stored.fact.evidence[:1]:
            st.html(f'<p class="ct-quote">{markup(evidence.quote, 600)}</p>')
        said, reason, sent = _sheet(shell, field, stored.fact.value)
        if not sent:
            return
        if said is None:
            st.warning(shell.texts("decide.empty"))
            return
        try:
            shell.desk.correct(contract.id, field.name, said, place_of(contract, stored), reason)
        except EXPECTED as error:
            shell.problem(error)
        else:
            after()
            st.rerun()

    form()


def add(shell: Shell, contract: Contract, names: Sequence[str]) -> None:
    """The form in which a person says what was not read."""

    @st.dialog(shell.texts("decide.add_title"))
    def form() -> None:
        name = st.selectbox(shell.texts("show.field"), names, format_func=shell.say.field)
        said, reason, sent = _sheet(shell, FIELDS[name], None)
        if not sent:
            return
        if said is None:
            st.warning(shell.texts("decide.empty"))
            return
        try:
            shell.desk.add(contract.id, name, said, reason)
        except EXPECTED as error:
            shell.problem(error)
        else:
            st.rerun()

    form()


def _sheet(shell: Shell, field: FieldSpec, value: Any) -> tuple[Any, str | None, bool]:
    """The inputs, why, and whether they were sent. Enter sends them, but where one input decides which others there
    are."""
    label, icon = shell.texts("decide.save"), ":material/check:"
    if field.name in _CHANGING:
        said = editor(shell, field, value)
        reason = st.text_input(shell.texts("decide.reason"), max_chars=500)
        return said, reason or None, st.button(label, type="primary", icon=icon)
    with st.form(f"sheet-{field.name}", border=False):
        said = editor(shell, field, value)
        reason = st.text_input(shell.texts("decide.reason"), max_chars=500)
        return said, reason or None, st.form_submit_button(label, type="primary", icon=icon)


def proofs(shell: Shell, contract: Contract, fact: Fact) -> None:
    """The pages that prove a value."""
    places: list[Place] = []
    for evidence in fact.evidence:
        try:
            places.append(shell.viewer.proof(contract, evidence))
        except EXPECTED as error:
            shell.problem(error)
    proof.show(shell, contract, tuple(places), " … ".join(e.quote for e in fact.evidence))


def _arithmetic(shell: Shell, basis: str) -> str:
    """The arithmetic of a computed value with its dates and durations as people write them."""
    said = _DATE.sub(lambda m: shell.say.date(date.fromisoformat(m[0])), basis)
    said = _DURATION.sub(lambda m: shell.say.duration(Duration.parse(m[0])), said)
    return _DAY.sub(lambda m: shell.say.duration(Duration(days=int(m[1]))), said)


def said_problem(shell: Shell) -> None:
    """Shows what went wrong with the last key, if anything did."""
    problem = st.session_state.pop("decide-problem", None)
    if problem is not None:
        shell.problem(problem)


def _do(act: Callable[[], Any], after: Callable[[], None]) -> None:
    try:
        act()
    except EXPECTED as error:
        st.session_state["decide-problem"] = error
    else:
        after()
