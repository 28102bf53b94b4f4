"""The filters of the portfolio: from the address to widgets, from widgets to what the register is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from portfolio.listing.facets import FacetName, Facets, FacetValue
from portfolio.listing.lines import SORT_KEYS, Sort
from portfolio.register.records import Filters
from ui.web.parts.address import State
from ui.web.plain import line
from ui.web.shell import Shell


@dataclass(frozen=True)
class Facet:
    """A filter by values that there are. ``name`` is its parameter in the address; ``vocabulary`` the section of the
    catalogue that words its values, empty where they are words of their own."""

    name: str
    facet: FacetName
    vocabulary: str = ""
    several: bool = False


FRONT = (
    Facet("type", "contract_type", "contract_type", several=True),
    Facet("with", "counterparty"),
    Facet("city", "city"),
)
MORE = (
    Facet("status", "status", "status", several=True),
    Facet("sector", "sector", "sector"),
    Facet("form", "form", "form", several=True),
    Facet("tag", "tag"),
    Facet("cat", "category"),
)
_DATES = ("from", "until")
_SWITCHES = ("review", "base")
NAMES = ("q", *(f.name for f in (*FRONT, *MORE)), *_DATES, *_SWITCHES)
"""The parameters of the address that filter."""


def load(state: State) -> None:
    """Sets the widgets to what ``state`` says; called before they are drawn."""
    for facet in (*FRONT, *MORE):
        values = state.get(facet.name, [])
        st.session_state[_key(facet.name)] = values if facet.several else next(iter(values), None)
    st.session_state[_key("q")] = next(iter(state.get("q", [])), "")
    for name in _DATES:
        st.session_state[_key(name)] = _day(state.get(name, []))
    for name in _SWITCHES:
        st.session_state[_key(name)] = bool(state.get(name))


def current() -> State:
    """What the widgets say."""
    state: State = {}
    for name in NAMES:
        value: Any = st.session_state.get(_key(name))
        if isinstance(value, list | tuple):
            state[name] = [str(v) for v in value]
        elif isinstance(value, bool):
            state[name] = ["1"] if value else []
        elif isinstance(value, date):
            state[name] = [value.isoformat()]
        else:
            state[name] = [str(value)] if value else []
    return {name: values for name, values in state.items() if values}


def filters(state: State) -> Filters:
    """What the register is asked; values that are none of its vocabulary are left out."""

    def first(name: str) -> str | None:
        return next(iter(state.get(name, [])), None)

    dimension, _, value = (first("cat") or "").partition("\t")
    return Filters(
        text=first("q"),
        contract_type=tuple(state.get("type", [])),  # type: ignore[arg-type]
        sector=first("sector"),  # type: ignore[arg-type]
        form=tuple(state.get("form", [])),  # type: ignore[arg-type]
        status=tuple(state.get("status", [])),  # type: ignore[arg-type]
        kind="base" if first("base") else None,
        counterparty=first("with"),
        city=first("city"),
        tag=first("tag"),
        category=(dimension, value) if value else None,
        to_review=bool(first("review")),
        ends_from=_day(state.get("from", [])),
        ends_until=_day(state.get("until", [])),
    )


def sort(state: State) -> Sort:
    """The order that the address names (`-end`: the last first); the title's where it names none."""
    said = next(iter(state.get("sort", [])), "title")
    key = said.removeprefix("-")
    return Sort(key, said.startswith("-")) if key in SORT_KEYS else Sort()


def draw(shell: Shell, facets: Facets) -> None:
    """The row of filters."""
    texts = shell.texts
    columns = st.columns([4, 3, 3, 2, 2], vertical_alignment="bottom")
    columns[0].text_input(
        texts("filter.q"), key=_key("q"), placeholder=texts("filter.q_example"), type="search", max_chars=200
    )
    for column, facet in zip(columns[1:4], FRONT, strict=True):
        with column:
            _facet(shell, facet, facets[facet.facet])
    hidden = [name for name in (*(f.name for f in MORE), *_DATES, *_SWITCHES) if name in current()]
    label = texts("filter.more_set", count=len(hidden)) if hidden else texts("filter.more")
    with columns[4].popover(label, icon=":material/tune:", width="stretch"):
        for facet in MORE:
            if facets[facet.facet] or current().get(facet.name):
                _facet(shell, facet, facets[facet.facet])
        days = st.columns(2)
        for column, name in zip(days, _DATES, strict=True):
            column.date_input(
                texts(f"filter.{name}"),
                None,
                key=_key(name),
                format="DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD",
            )
        for name in _SWITCHES:
            st.toggle(texts(f"filter.{name}"), key=_key(name))


def _facet(shell: Shell, facet: Facet, values: Iterable[FacetValue]) -> None:
    shown = {value.value: _say(shell, facet, value.shown, value.count) for value in values}
    chosen = st.session_state.get(_key(facet.name)) or []
    for value in chosen if isinstance(chosen, list) else [chosen]:
        shown.setdefault(value, _say(shell, facet, str(value), 0))
    label = shell.texts(f"filter.{facet.name}")
    key, any_ = _key(facet.name), shell.texts("filter.any")
    if facet.several:
        st.multiselect(label, list(shown), format_func=shown.__getitem__, key=key, placeholder=any_, select_all=False)
    else:
        st.selectbox(label, list(shown), None, format_func=shown.__getitem__, key=key, placeholder=any_)


def _say(shell: Shell, facet: Facet, shown: str, count: int) -> str:
    word = shell.texts.name(facet.vocabulary, shown) if facet.vocabulary else line(shown, 80)
    return f"{word} ({shell.say.number(count, decimals=0)})"


def _day(values: list[str]) -> date | None:
    try:
        return date.fromisoformat(values[0]) if values else None
    except ValueError:
        return None


def _key(name: str) -> str:
    return f"filter-{name}"
