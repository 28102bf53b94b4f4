"""Passages of the portfolio that speak of something."""

from __future__ import annotations

from datetime import date

import streamlit as st

from portfolio.register.store import Register
from ui.texts import Texts
from vectorstore.passages import Passages


def page(texts: Texts, register: Register, passages: Passages, as_of: date) -> None:
    """A question, and the passages that answer it best."""
    st.header(texts("web.search"))
    question = st.text_input(texts("web.question"))
    if not question:
        return
    state = passages.state()
    if state.unavailable:
        st.caption(texts("search.keywords_only", reason=state.unavailable))
    hits = passages.search(question)
    if not hits:
        st.info(texts("search.none"))
    for hit in hits:
        passage = hit.passage
        contract = register.contract(passage.contract)
        with st.container(border=True):
            st.caption(f"{contract.stem} · {texts('show.page', page=passage.page)} · {' › '.join(passage.path)}")
            st.text(passage.text.replace("\t", " | "))
