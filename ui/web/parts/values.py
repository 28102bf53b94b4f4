"""The values of a contract, the page that proves the chosen one beside them, and the keys to decide above it."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from portfolio.doubt import urgency
from portfolio.register.records import Contract, StoredFact
from portfolio.schema import FIELDS
from ui.web.parts import deciding, proof, reading_again
from ui.web.parts.address import State
from ui.web.plain import line
from ui.web.shell import EXPECTED, Shell

_AT, _CITED = "values-at", "values-cited"
"""The field and position of the chosen value (`amounts.1`), and a citation's words."""


def arrive(state: State) -> None:
    """Takes what the address says: a value, or the words of a citation."""
    st.session_state[_AT] = next(iter(state.get("value", [])), None)
    cited = tuple(next(iter(state.get(name, [])), "") for name in ("document", "start", "end"))
    st.session_state[_CITED] = cited if cited[0] and cited[1].isdecimal() and cited[2].isdecimal() else None


def leave() -> State:
    """What the address is to say."""
    cited = st.session_state.get(_CITED)
    if cited:
        return {name: [value] for name, value in zip(("document", "start", "end"), cited, strict=True)}
    at = st.session_state.get(_AT)
    return {"value": [at]} if at else {}


def show(shell: Shell, contract: Contract) -> None:
    with st.container(key="beside"):
        left, right = st.columns(2, gap="medium")
    chosen = _chosen(contract)
    with left:
        chosen = _table(shell, contract, chosen)
        _tools(shell, contract)
    with right:
        cited = st.session_state.get(_CITED)
        if cited:
            _citation(shell, contract, cited)
            return
        if chosen is None:
            st.info(shell.texts("values.none"))
            return
        deciding.said_problem(shell)
        deciding.head(shell, chosen)
        if shell.may_edit:
            deciding.buttons(shell, contract, chosen, lambda: _step(contract, chosen, 1))
        with st.container(horizontal=True, vertical_alignment="center"):
            for label, icon, key, step in (
                ("decide.before", ":material/arrow_back:", deciding.BEFORE, -1),
                ("decide.next", ":material/arrow_forward:", deciding.NEXT, 1),
            ):
                st.button(
                    shell.texts(label),
                    icon=icon,
                    shortcut=key,
                    type="tertiary",
                    key=f"values-{label}",
                    on_click=_step,
                    args=(contract, chosen, step),
                )
        deciding.proofs(shell, contract, chosen.fact)


def _table(shell: Shell, contract: Contract, chosen: StoredFact | None) -> StoredFact | None:
    texts, say = shell.texts, shell.say
    lines = [
        [
            say.field(stored.fact.field),
            line(say.value(stored.fact.field, stored.fact.value), 300),
            say.state(stored.fact),
            None if stored.fact.review in ("confirmed", "corrected") else round(stored.fact.confidence, 2),
        ]
        for stored in contract.facts
    ]
    row = contract.facts.index(chosen) if chosen in contract.facts else 0
    key = f"values-{contract.id}"
    before = st.session_state.get(f"{key}-row")
    if before != row and lines:
        st.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    if not lines:
        return None
    selection = st.dataframe(
        pd.DataFrame(lines, columns=["field", "value", "state", "confidence"]),
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        row_height=30,
        height=min(36 + 30 * len(lines), 640),
        placeholder="",
        alt=texts("section.values"),
        column_config={
            "field": st.column_config.TextColumn(texts("show.field"), width=125),
            "value": st.column_config.TextColumn(texts("show.value"), width=215),
            "state": st.column_config.TextColumn(texts("show.state"), width=80),
            "confidence": st.column_config.ProgressColumn(
                texts("list.confidence"), format="percent", min_value=0, max_value=1, width=78
            ),
        },
    )["selection"]["rows"]
    picked = selection[0] if selection and selection[0] < len(contract.facts) else row
    if picked != row:
        st.session_state[_CITED] = None
    st.session_state[f"{key}-row"] = picked
    _choose(contract, contract.facts[picked])
    return contract.facts[picked]


def _tools(shell: Shell, contract: Contract) -> None:
    texts = shell.texts
    if not shell.may_edit:
        st.caption(texts("values.hint_reader"))
        return
    st.caption(texts("values.hint"))
    with st.container(horizontal=True):
        waiting = sum(s.fact.review == "to_review" for s in contract.facts)
        if waiting and st.button(texts("values.confirm_all", count=waiting), icon=":material/done_all:"):
            _confirm_all(shell, contract, waiting)
        held = {s.fact.field for s in contract.facts}
        missing = [name for name, spec in FIELDS.items() if spec.many or name not in held]
        if st.button(texts("values.add"), icon=":material/add:"):
            deciding.add(shell, contract, missing)
        if st.button(texts("values.read_again"), icon=":material/autorenew:"):
            reading_again.ask(shell, contract)


def _confirm_all(shell: Shell, contract: Contract, waiting: int) -> None:
    @st.dialog(shell.texts("values.confirm_all_title"))
    def form() -> None:
        st.write(shell.texts("values.confirm_all_question", count=waiting))
        if st.button(shell.texts("values.confirm_all", count=waiting), type="primary"):
            try:
                shell.desk.confirm_all(contract.id)
            except EXPECTED as error:
                shell.problem(error)
            else:
                st.rerun()

    form()


def _citation(shell: Shell, contract: Contract, cited: tuple[str, str, str]) -> None:
    """The words that an answer cited, until a value is chosen."""
    st.caption(shell.texts("values.cited"))
    try:
        place = shell.viewer.span(contract, cited[0], int(cited[1]), int(cited[2]))
        words = shell.viewer.excerpt(contract, place).words
    except EXPECTED as error:
        shell.problem(error)
        return
    proof.show(shell, contract, (place,), words)


def _chosen(contract: Contract) -> StoredFact | None:
    field, _, position = (st.session_state.get(_AT) or "").rpartition(".")
    if not position.isdecimal():
        field, position = (st.session_state.get(_AT) or ""), "0"
    of_field = [s for s in contract.facts if s.fact.field == field]
    if of_field:
        return of_field[min(int(position), len(of_field) - 1)]
    waiting = [s for s in contract.facts if s.fact.review == "to_review"]
    return max(waiting or contract.facts, key=lambda stored: urgency(stored.fact), default=None)


def _choose(contract: Contract, stored: StoredFact) -> None:
    st.session_state[_AT] = f"{stored.fact.field}.{deciding.place_of(contract, stored)}"


def _step(contract: Contract, stored: StoredFact, by: int) -> None:
    """Moves to the next value, or back."""
    row = (contract.facts.index(stored) + by) % len(contract.facts)
    st.session_state[_CITED] = None
    _choose(contract, contract.facts[row])
