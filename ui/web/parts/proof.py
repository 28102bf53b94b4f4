"""The words that prove a value, on their page; documents to leaf through."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from agent.viewing import Place
from portfolio.register.records import Contract, ContractDocument
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell


def show(shell: Shell, contract: Contract, places: Sequence[Place], words: str = "") -> None:
    """The pages of ``places`` with the words marked; ``words`` is said to those who do not see pictures."""
    if not places:
        st.info(shell.texts("proof.none"))
        return
    place = places[0]
    if len(places) > 1:
        key = f"proof-{contract.id}-{hash(tuple(places))}"
        st.session_state.setdefault(key, 0)
        number = st.segmented_control(
            shell.texts("proof.several"),
            list(range(len(places))),
            required=True,
            format_func=lambda n: md(f"{n + 1} · {_where(shell, places[n])}"),
            key=key,
        )
        place = places[number or 0]
    else:
        st.caption(md(_where(shell, place)))
    _page(shell, contract, place, words)


def leaf(shell: Shell, contract: Contract, document: ContractDocument) -> None:
    """A document, page by page."""
    page = 1
    if shell.viewer.has_pages(document) and document.pages > 1:
        page = int(st.pagination(document.pages, key=f"leaf-{document.sha256}"))
    _page(shell, contract, Place(document, page), document.name)


def _page(shell: Shell, contract: Contract, place: Place, words: str) -> None:
    try:
        if shell.viewer.has_pages(place.document):
            with st.spinner(shell.texts("proof.drawing"), show_time=False):
                picture = shell.viewer.picture(place)
            alt = shell.texts("proof.alt", where=_where(shell, place), words=line(words, 600))
            st.image(picture, alt=alt, width="stretch")
            return
        excerpt = shell.viewer.excerpt(contract, place)
    except EXPECTED as error:
        shell.problem(error)
        return
    mark = f"<mark>{markup(excerpt.words, 5000)}</mark>" if excerpt.words else ""
    st.html(f'<p class="ct-text">{markup(excerpt.before, 5000)}{mark}{markup(excerpt.after, 5000)}</p>')


def _where(shell: Shell, place: Place) -> str:
    key = "proof.page" if shell.viewer.has_pages(place.document) else "proof.document"
    return shell.texts(key, page=place.page, document=line(place.document.name, 80))
