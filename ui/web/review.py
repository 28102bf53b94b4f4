"""Review: the contracts that wait, the dearest doubt first; one value after the other, decided by keys alone."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from portfolio.doubt import urgency
from portfolio.register.records import Contract, StoredFact
from portfolio.review.queue import Waiting
from portfolio.review.readings import OtherReading
from ui.web.parts import deciding
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_CONTRACT, _LATER, _VALUE, _QUEUE = "review-contract", "review-later", "review-value", "review-queue"
NEXT_CONTRACT, CONFIRM_ALL, OTHER = "S", "A", "2"
_LISTED = 100


def page(shell: Shell) -> None:
    st.title(shell.texts("page.review"), anchor=False)
    waiting = _queue(shell)
    if not waiting:
        empty = not shell.desk.totals().contracts
        st.info(shell.texts("portfolio.empty" if empty else "review.nothing"))
        return
    later: list[str] = st.session_state.setdefault(_LATER, [])
    order = [w for w in waiting if w.contract not in later] + [w for w in waiting if w.contract in later]
    current = next((w for w in order if w.contract == st.session_state.get(_CONTRACT)), order[0])
    st.session_state[_CONTRACT] = current.contract
    _progress(shell, waiting, current)
    contract = shell.desk.contract(current.contract)
    values = _values(contract, current.yearly_amount)
    if not values:
        st.session_state.pop(_QUEUE, None)
        st.rerun()
    _decide(shell, contract, values, order)


def _queue(shell: Shell) -> tuple[Waiting, ...]:
    """The queue as it was when this contract's turn came: its order does not jump between two keys."""
    kept: tuple[Waiting, ...] | None = st.session_state.get(_QUEUE)
    if not kept or st.session_state.get(_CONTRACT) not in {w.contract for w in kept}:
        kept = shell.desk.queue()
        st.session_state[_QUEUE] = kept
    return kept


def _progress(shell: Shell, waiting: tuple[Waiting, ...], current: Waiting) -> None:
    texts, say = shell.texts, shell.say
    total = sum(w.values for w in waiting)
    words, list_ = st.columns([4, 1], vertical_alignment="center")
    words.markdown(texts("review.left", contracts=say.number(len(waiting), 0), values=say.number(total, 0)))
    with list_.popover(texts("review.queue"), icon=":material/list:", width="stretch"):
        for number, one in enumerate(waiting[:_LISTED]):
            money = f" · {say.money(round(one.yearly_amount), 'EUR')}" if one.yearly_amount is not None else ""
            st.button(
                md(f"{line(one.title, 90)} ({one.values}){money}", 140),
                key=f"queue-{one.contract}",
                type="primary" if one.contract == current.contract else "tertiary",
                on_click=_go,
                args=(one.contract,),
                help=texts("review.first") if number == 0 else None,
            )


def _values(contract: Contract, yearly_amount: float | None) -> list[StoredFact]:
    """The values that wait, the most useful to look at first."""
    waiting = [s for s in contract.facts if s.fact.review == "to_review" and not s.fact.certain]
    return sorted(waiting, key=lambda stored: -urgency(stored.fact, yearly_amount))


def _decide(shell: Shell, contract: Contract, values: list[StoredFact], order: list[Waiting]) -> None:
    texts = shell.texts
    at = min(st.session_state.get(_VALUE, 0), len(values) - 1)
    stored = values[at]
    with st.container(key="beside"):
        left, right = st.columns([5, 6], gap="medium")
    with left:
        st.html(f'<h2 class="ct-head">{markup(line(contract.value("title") or contract.stem))}</h2>')
        st.caption(texts("review.at", at=at + 1, count=len(values)))
        st.progress((at + 1) / len(values))
        deciding.said_problem(shell)
        other = next((o for o in shell.desk.other_readings(contract) if o.field == stored.fact.field), None)
        if other is None:
            deciding.head(shell, stored)
        else:
            _two(shell, contract, stored, other)
        if shell.may_edit:
            deciding.buttons(shell, contract, stored, lambda: None)
        else:
            st.caption(texts("values.hint_reader"))
        with st.container(horizontal=True):
            st.button(
                texts("review.later"),
                icon=":material/arrow_forward:",
                shortcut=deciding.NEXT,
                on_click=_step,
                args=(at + 1, len(values)),
            )
            st.button(
                texts("decide.before"),
                icon=":material/arrow_back:",
                shortcut=deciding.BEFORE,
                on_click=_step,
                args=(at - 1, len(values)),
            )
        with st.container(horizontal=True):
            if shell.may_edit:
                st.button(
                    texts("values.confirm_all", count=len(values)),
                    icon=":material/done_all:",
                    shortcut=CONFIRM_ALL,
                    on_click=_confirm_all,
                    args=(shell, contract),
                )
            if len(order) > 1:
                following = next((w.contract for w in order if w.contract != contract.id), contract.id)
                st.button(
                    texts("review.next_contract"),
                    icon=":material/skip_next:",
                    shortcut=NEXT_CONTRACT,
                    on_click=_leave,
                    args=(contract.id, following),
                )
        shell.link("contract", texts("review.whole"), icon=":material/description:", contract=contract.id)
        st.caption(texts("review.hint"))
    with right:
        deciding.proofs(shell, contract, stored.fact)


def _two(shell: Shell, contract: Contract, stored: StoredFact, other: OtherReading) -> None:
    """Two readings of one value beside each other."""
    texts, say, field = shell.texts, shell.say, stored.fact.field
    sides = (
        (texts("review.stands"), stored.fact.value, stored.fact.reader),
        (texts("review.other"), other.value, other.reader),
    )
    st.html(f'<p class="ct-label">{markup(say.field(field))}</p>')
    for column, (label, value, reader) in zip(st.columns(2), sides, strict=True):
        with column.container(border=True):
            st.html(
                f'<p class="ct-label">{markup(label)} · {markup(texts.name("reader", reader))}</p>'
                f'<p class="ct-value">{markup(say.value(field, value), 1000)}</p>'
            )
    if shell.may_edit:
        position = deciding.place_of(contract, stored)
        st.button(
            texts("review.take_other"),
            icon=":material/swap_horiz:",
            shortcut=OTHER,
            on_click=_take,
            args=(shell, contract, field, other, position),
        )


def _take(shell: Shell, contract: Contract, field: str, other: OtherReading, position: int) -> None:
    _try(lambda: shell.desk.correct(contract.id, field, other.value, position))


def _confirm_all(shell: Shell, contract: Contract) -> None:
    _try(lambda: shell.desk.confirm_all(contract.id))
    st.session_state[_VALUE] = 0


def _try(act: Callable[[], object]) -> None:
    try:
        act()
    except EXPECTED as error:
        st.session_state["decide-problem"] = error


def _step(to: int, count: int) -> None:
    st.session_state[_VALUE] = to % count


def _go(contract: str) -> None:
    st.session_state[_CONTRACT], st.session_state[_VALUE] = contract, 0
    st.session_state.pop(_QUEUE, None)


def _leave(contract: str, following: str) -> None:
    """Puts a contract behind the others for this session."""
    later = [id_ for id_ in st.session_state[_LATER] if id_ != contract]
    st.session_state[_LATER] = [*later, contract]
    _go(following)
