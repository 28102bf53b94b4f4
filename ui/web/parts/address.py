"""What the address says: read when somebody arrives by it, written again as they work, so that it can be shared."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

State = dict[str, list[str]]
"""Parameters of the address by name; a parameter without values is left out."""


def arrive(page: str, names: tuple[str, ...]) -> State | None:
    """What the address says of ``names``, where somebody just arrived by it or went back to it; None while they work on
    the page. Coming back by the menu, to a bare address, finds what was there before."""
    said = {name: st.query_params.get_all(name) for name in names if st.query_params.get_all(name)}
    kept: State | None = st.session_state.get(_key(page))
    came = st.session_state.get("address-page") != page
    st.session_state["address-page"] = page
    if came and not said:
        return kept or {}
    return said if came or said != (kept or {}) else None


def keep(page: str, names: tuple[str, ...], state: Mapping[str, list[str]]) -> None:
    """Writes ``state`` into the address."""
    wanted = {name: list(state[name]) for name in names if state.get(name)}
    for name in names:
        if name in wanted:
            if st.query_params.get_all(name) != wanted[name]:
                st.query_params[name] = wanted[name]
        elif name in st.query_params:
            del st.query_params[name]
    st.session_state[_key(page)] = wanted


def carry(name: str, value: str | None) -> None:
    """Keeps one parameter that every page has (language, day), or none where it is the usual one."""
    if value is None:
        if name in st.query_params:
            del st.query_params[name]
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _key(page: str) -> str:
    return f"address-of-{page}"
