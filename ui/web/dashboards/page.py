"""Dashboards: commitments, ends, indices, obligations, quality of reading, the cost of the language model."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from ui.web.dashboards import commitments, endings, indices, model, obligations, quality
from ui.web.parts import address
from ui.web.shell import Shell

_NAMES = ("show",)
_SHOWN = "dashboards-show"
BOARDS: Mapping[str, Callable[[Shell], None]] = {
    "endings": endings.show,
    "commitments": commitments.show,
    "indices": indices.show,
    "obligations": obligations.show,
    "quality": quality.show,
    "model": model.show,
}
"""By key of the catalogue's `[dashboards]`: what shows it."""


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("dashboards", _NAMES)
    if arrived is not None:
        asked = next(iter(arrived.get("show", [])), "endings")
        st.session_state[_SHOWN] = asked if asked in BOARDS else "endings"
    st.title(texts("page.dashboards"), anchor=False)
    if not shell.desk.totals().contracts:
        st.info(texts("portfolio.empty" if shell.may_edit else "portfolio.empty_reader"))
        return
    shown = st.segmented_control(
        texts("dashboards.boards"),
        list(BOARDS),
        required=True,
        format_func=lambda key: texts(f"dashboards.{key}"),
        key=_SHOWN,
        label_visibility="collapsed",
    )
    address.keep("dashboards", _NAMES, {"show": [shown] if shown not in (None, "endings") else []})
    BOARDS[shown or "endings"](shell)
