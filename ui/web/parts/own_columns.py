"""Own columns: in the portfolio's table, and, with their proof and a person's word, on the contract's page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from portfolio.columns import records, wording
from portfolio.columns.records import InForce, OwnValue
from portfolio.register.records import Contract, ContractSummary
from ui.web.parts import editing
from ui.web.parts.columns import Column
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

PREFIX = "own-"
"""Before a column's key where tables and addresses name it."""
_OPEN, _WRONG = "own-open", "own-problem"


def columns(shell: Shell) -> tuple[Column, ...]:
    """The own columns as columns of the portfolio's table; what they hold is looked up for all lines at once."""
    held: dict[str, Mapping[str, InForce]] = {}

    def prepare(shell: Shell, lines: Sequence[ContractSummary]) -> None:
        wanted = [summary.id for summary in lines if summary.id not in held]
        if wanted:
            found = shell.own.held(wanted, shell.as_of)
            held.update({id_: found.get(id_, {}) for id_ in wanted})

    def cell(column: records.Column) -> Callable[[Shell, ContractSummary], str]:
        return lambda shell, summary: line(
            wording.cell(column, held.get(summary.id, {}).get(column.key), shell.say), 200
        )

    return tuple(
        Column(PREFIX + column.key, cell(column), width=150, usual=False, label=line(column.words, 80), prepare=prepare)
        for column in shell.own.columns()
    )


def show(shell: Shell, contract: Contract) -> None:
    """What the contract says to each column, the words that prove it, and a person's decision."""
    texts = shell.texts
    problem = st.session_state.pop(_WRONG, None)
    if problem is not None:
        shell.problem(problem)
    found = shell.own.of(contract.id)
    if not found:
        st.info(texts("own_page.none"))
        return
    for column, own in found:
        with st.container(border=True):
            _answer(shell, contract, column, own)


def _answer(shell: Shell, contract: Contract, column: records.Column, own: OwnValue | None) -> None:
    state = wording.state(own, shell.say) if own is not None else ""
    st.html(
        f'<p class="ct-label">{markup(line(column.words, 200))}</p>'
        f'<p class="ct-value">{markup(wording.own_value(column, own, shell.say), 1000)}</p>'
        f'<p class="ct-label">{markup(state)}</p>'
    )
    for evidence in own.answer.evidence[:2] if own is not None else ():
        st.html(f'<p class="ct-quote">{markup(line(evidence.quote, 400))}</p>')
        shell.link(
            "contract",
            shell.texts("show.page", page=evidence.page),
            icon=":material/find_in_page:",
            contract=contract.id,
            document=evidence.document,
            start=str(evidence.start),
            end=str(evidence.end),
        )
    if not shell.may_edit:
        return
    with st.container(horizontal=True):
        if own is not None and not own.decided:
            _button(shell, "confirm", column, lambda: shell.own.confirm(contract.id, column.key))
        if own is not None and own.value is not None and own.review != "rejected":
            _button(shell, "reject", column, lambda: shell.own.reject(contract.id, column.key))
        if st.button(shell.texts("decide.correct"), key=f"own-correct-{column.key}", icon=":material/edit:"):
            st.session_state[_OPEN] = column.key
    if st.session_state.get(_OPEN) == column.key:
        _correct(shell, contract, column, own)


def _button(shell: Shell, action: str, column: records.Column, do: Callable[[], None]) -> None:
    icon = ":material/check:" if action == "confirm" else ":material/close:"
    label = shell.texts(f"decide.{action}")
    st.button(label, key=f"own-{action}-{column.key}", icon=icon, on_click=_act, args=(do,))


def _act(do: Callable[[], None]) -> None:
    try:
        do()
    except EXPECTED as error:
        st.session_state[_WRONG] = error


def _correct(shell: Shell, contract: Contract, column: records.Column, own: OwnValue | None) -> None:
    key = f"own-value-{column.key}"
    with st.form(f"{key}-form", border=False):
        label = md(line(column.words, 120))
        said: object
        if column.kind == "yes_no":
            said = st.radio(
                label, [True, False], format_func=lambda v: shell.texts(f"own.{'yes' if v else 'no'}"), key=key
            )
        elif column.kind == "choice":
            said = st.selectbox(label, column.choices, format_func=lambda v: line(v, 80), key=key)
        else:
            said = editing.of_type(shell, label, column.type, own.value if own else None, key)
        if not st.form_submit_button(shell.texts("decide.save"), type="primary", key=f"{key}-save"):
            return
    if said is None:
        st.warning(shell.texts("decide.empty"))
        return
    try:
        shell.own.correct(contract.id, column.key, said)
    except EXPECTED as error:
        shell.problem(error)
    else:
        st.session_state[_OPEN] = None
        st.rerun()
