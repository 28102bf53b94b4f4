"""The portfolio: a table filtered, sorted and paged by the register; views kept; labels given to many at once."""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import parse_qs, urlencode

import pandas as pd
import streamlit as st

from portfolio.listing.lines import Page, Sort, Totals
from portfolio.register.records import Filters
from ui.web.parts import address, filters, own_columns
from ui.web.parts.address import State
from ui.web.parts.columns import COLUMNS, USUAL, Column, chosen
from ui.web.parts.saving import download
from ui.web.plain import line, md
from ui.web.shell import EXPECTED, Shell

LINES = 50
"""Contracts on a page."""
_NAMES = (*filters.NAMES, "sort", "cols", "p")
_SORT, _COLS, _PAGE, _TABLE = "portfolio-sort", "portfolio-cols", "portfolio-page", "portfolio-table"


def page(shell: Shell) -> None:
    arrived = address.arrive("portfolio", _NAMES)
    if arrived is not None:
        _load(arrived)
    st.title(shell.texts("page.portfolio"), anchor=False)
    asked = filters.filters(filters.current())
    facets = shell.desk.facets(asked)
    if not any(facets.values()) and not shell.desk.totals().contracts:
        _empty(shell)
        return
    filters.draw(shell, facets)
    state = filters.current()
    asked = filters.filters(state)
    totals = shell.desk.totals(asked)
    _summary(shell, totals)
    if totals.contracts:
        _table(shell, asked)
    else:
        st.session_state[_PAGE] = 1
        st.info(shell.texts("portfolio.nothing"))
    address.keep("portfolio", _NAMES, _state())


def _empty(shell: Shell) -> None:
    st.info(shell.texts("portfolio.empty" if shell.may_edit else "portfolio.empty_reader"))
    if shell.may_edit:
        shell.link("import", shell.texts("portfolio.bring"), icon=":material/upload_file:")


def _summary(shell: Shell, totals: Totals) -> None:
    """One line of what the filters let through, and the tools beside it."""
    say, texts = shell.say, shell.texts
    parts = [
        texts("portfolio.one" if totals.contracts == 1 else "portfolio.many", count=say.number(totals.contracts, 0))
    ]
    if totals.priced:
        parts.append(texts("portfolio.yearly", amount=say.number(round(totals.yearly), 0), count=totals.priced))
    if totals.to_review:
        parts.append(texts("portfolio.to_review", count=say.number(totals.to_review, 0)))
    if totals.waiting:
        parts.append(texts("portfolio.waiting", count=say.number(totals.waiting, 0)))
    words, tools = st.columns([3, 2], vertical_alignment="center")
    words.markdown(" · ".join(parts))
    with tools.container(horizontal=True, horizontal_alignment="right"):
        _views(shell)
        with st.popover(texts("portfolio.columns"), icon=":material/view_column:"):
            heads = {c.name: md(c.head(shell)) for c in (*COLUMNS, *own_columns.columns(shell)) if c.name != "title"}
            label = texts("portfolio.columns_choose")
            st.pills(label, list(heads), selection_mode="multi", format_func=heads.__getitem__, key=_COLS)
        if filters.current():
            st.button(
                texts("portfolio.clear"), key="clear", on_click=_load, args=({},), icon=":material/filter_alt_off:"
            )


def _table(shell: Shell, asked: Filters) -> None:
    order = filters.sort({"sort": [st.session_state.get(_SORT, "title")]})
    columns = chosen(st.session_state.get(_COLS) or [], own_columns.columns(shell))
    found = shell.desk.page(asked, order, shell.as_of, limit=LINES, offset=(_number() - 1) * LINES)
    for column in columns:
        if column.prepare is not None:
            column.prepare(shell, found.lines)
    data = pd.DataFrame(
        [[column.cell(shell, summary) for column in columns] for summary in found.lines],
        columns=[column.name for column in columns],
    )
    key = f"{_TABLE}-{st.session_state.get(_TABLE, 0)}"
    selection = st.dataframe(
        data,
        key=key,
        hide_index=True,
        on_select="rerun",
        selection_mode=["multi-row", "single-column", "single-cell"],
        column_config={column.name: _config(shell, column, order) for column in columns},
        placeholder="",
        row_height=32,
        height=min(36 + 32 * len(found.lines), 36 + 32 * 22),
        alt=shell.texts("page.portfolio"),
    )["selection"]
    _follow(shell, selection, found, order)
    _below(shell, found)
    ids = [found.lines[row].id for row in selection["rows"] if row < len(found.lines)]
    if ids:
        _many(shell, ids)
    else:
        st.caption(shell.texts("portfolio.hint"))
    download(shell, asked, order, columns)


def _follow(shell: Shell, selection: Any, found: Page, order: Sort) -> None:
    """A click on a column's head sorts by it; on a contract's title, opens it."""
    if selection["columns"]:
        column = next((c for c in COLUMNS if c.name == selection["columns"][0]), None)
        if column is not None and column.sort:
            turned = column.sort == order.by and not order.descending
            st.session_state[_SORT] = f"-{column.sort}" if turned else column.sort
        _anew()
        st.rerun()
    for row, name in selection["cells"]:
        if name == "title" and row < len(found.lines):
            _anew()
            address.keep("portfolio", _NAMES, _state())
            shell.go("contract", contract=found.lines[row].id)


def _below(shell: Shell, found: Page) -> None:
    pages = max(1, math.ceil(found.total / LINES))
    number = st.session_state[_PAGE] = min(_number(), pages)
    if pages == 1:
        return
    words, turner = st.columns([1, 2], vertical_alignment="center")
    last = found.first + len(found.lines)
    words.caption(
        shell.texts("portfolio.range", first=found.first + 1, last=last, total=shell.say.number(found.total, 0))
    )
    with turner.container(horizontal_alignment="right"):
        key = f"{_PAGE}-{st.session_state.get(_TABLE, 0)}"
        st.pagination(pages, default=number, key=key, on_change=_turn, args=(key,))


def _turn(key: str) -> None:
    st.session_state[_PAGE] = st.session_state[key]


def _number() -> int:
    """The page that is asked for, from 1; not the widget's own state, which would not bear to be set beforehand."""
    return max(1, int(st.session_state.get(_PAGE) or 1))


def _many(shell: Shell, ids: list[str]) -> None:
    """What can be done with the chosen lines."""
    texts = shell.texts
    with st.container(border=True):
        st.markdown(texts("portfolio.chosen_one" if len(ids) == 1 else "portfolio.chosen", count=len(ids)))
        tools = st.columns([2, 3, 2, 2], vertical_alignment="bottom")
        if len(ids) == 1 and tools[0].button(texts("portfolio.open"), type="primary", icon=":material/description:"):
            shell.go("contract", contract=ids[0])
        if not shell.may_edit:
            return
        value = tools[1].text_input(
            texts("portfolio.label"), key="label-value", placeholder=texts("portfolio.label_example"), max_chars=200
        )
        dimension, _, word = value.rpartition(":")
        for column, action, act in (
            (tools[2], "portfolio.label_give", shell.desk.label),
            (tools[3], "portfolio.label_take", shell.desk.unlabel),
        ):
            if column.button(texts(action), disabled=not word.strip(), width="stretch"):
                try:
                    count = act(ids, word.strip(), dimension.strip())
                except EXPECTED as error:
                    shell.problem(error)
                else:
                    st.toast(texts(f"{action}_done", count=count, label=md(value, 80)))
                    _anew()


def _views(shell: Shell) -> None:
    texts, desk = shell.texts, shell.desk
    with st.popover(texts("portfolio.views"), icon=":material/bookmark:"):
        kept = desk.views()
        if not kept:
            st.caption(texts("portfolio.views_none"))
        for view in kept:
            mine = view.owner == desk.account.name
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button(
                    md(view.name, 80),
                    key=f"view-{view.owner}-{view.name}",
                    on_click=_load,
                    args=(parse_qs(view.state),),
                    type="tertiary",
                    width="stretch",
                    help=None if mine else texts("portfolio.view_of", owner=md(view.owner)),
                )
                if mine and st.button(
                    texts("portfolio.view_forget"), key=f"forget-{view.name}", icon=":material/delete:", type="tertiary"
                ):
                    desk.forget_view(view.name)
                    st.rerun()
        with st.form("save-view", border=False, clear_on_submit=True):
            name = st.text_input(texts("portfolio.view_name"), max_chars=80)
            shared = st.checkbox(texts("portfolio.view_shared"), disabled=not shell.may_edit)
            if st.form_submit_button(texts("portfolio.view_save"), icon=":material/bookmark_add:"):
                state = {name_: values for name_, values in _state().items() if name_ != "p"}
                try:
                    desk.save_view(name, urlencode(state, doseq=True), shared=shared)
                except EXPECTED as error:
                    shell.problem(error)
                else:
                    st.rerun()


def _config(shell: Shell, column: Column, order: Sort) -> Any:
    label = column.head(shell)
    if column.sort == order.by:
        label += " ▼" if order.descending else " ▲"
    if column.kind == "date":
        shown = "DD/MM/YYYY" if shell.texts.language == "fr" else "YYYY-MM-DD"
        return st.column_config.DateColumn(label, format=shown, width=column.width)
    if column.kind == "share":
        return st.column_config.ProgressColumn(label, format="percent", min_value=0, max_value=1, width=column.width)
    return st.column_config.TextColumn(
        label,
        width=column.width,
        alignment="right" if column.kind == "number" else "left",
    )


def _load(state: State) -> None:
    """Sets the page to what ``state`` says."""
    filters.load(state)
    st.session_state[_SORT] = next(iter(state.get("sort", [])), "title")
    st.session_state[_COLS] = [name for name in state.get("cols", []) if name != "title"] or [
        name for name in USUAL if name != "title"
    ]
    number = next(iter(state.get("p", [])), "1")
    st.session_state[_PAGE] = int(number) if number.isdecimal() and number != "0" else 1
    _anew()


def _state() -> State:
    """What the page shows, as its address says it."""
    state = filters.current()
    if st.session_state.get(_SORT, "title") != "title":
        state["sort"] = [line(st.session_state[_SORT], 40)]
    names = st.session_state.get(_COLS) or []
    columns = [column.name for column in chosen(names)] + [n for n in names if n.startswith(own_columns.PREFIX)]
    if tuple(columns) != USUAL:
        state["cols"] = columns
    if _number() > 1:
        state["p"] = [str(_number())]
    return state


def _anew() -> None:
    """Forgets which lines of the table were chosen."""
    st.session_state[_TABLE] = st.session_state.get(_TABLE, 0) + 1
