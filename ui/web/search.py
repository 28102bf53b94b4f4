"""Passages of the portfolio that speak of something; each opens its page with the words marked."""

from __future__ import annotations

import streamlit as st

from ui.web.parts import address
from ui.web.plain import line, markup
from ui.web.shell import Shell

_NAMES = ("ask",)
_ASK = "search-ask"


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("search", _NAMES)
    if arrived is not None:
        st.session_state[_ASK] = next(iter(arrived.get("ask", [])), "")
    st.title(texts("page.search"), anchor=False)
    question = st.text_input(
        texts("search_page.question"), key=_ASK, placeholder=texts("search_page.example"), type="search", max_chars=400
    )
    address.keep("search", _NAMES, {"ask": [question] if question else []})
    if not question.strip():
        st.caption(texts("search_page.teach"))
        return
    reason = shell.viewer.by_words_only()
    if reason:
        st.caption(texts("search_page.words_only"))
    with st.spinner(texts("search_page.looking"), show_time=False):
        passages = shell.viewer.search(question)
    if not passages:
        st.info(texts("search.none"))
    for passage in passages:
        contract = shell.desk.contract(passage.contract)
        title = line(contract.value("title") or contract.stem, 120)
        with st.container(border=True):
            where = " › ".join(line(head, 80) for head in passage.path)
            st.html(
                f'<p class="ct-label">{markup(where)}</p>'
                f'<p class="ct-text">{markup(passage.text.replace(chr(9), " | "), 1200)}</p>'
            )
            shell.link(
                "contract",
                f"{title}, {texts('show.page', page=passage.page)}",
                icon=":material/find_in_page:",
                contract=passage.contract,
                document=passage.source.sha256,
                start=str(passage.start),
                end=str(passage.end),
            )
