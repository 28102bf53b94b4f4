"""The documents of a contract, to leaf through and to take away."""

from __future__ import annotations

from functools import partial

import streamlit as st

from portfolio.register.records import Contract
from ui.web.parts import proof
from ui.web.plain import line, markup, md
from ui.web.shell import Shell


def show(shell: Shell, contract: Contract) -> None:
    texts = shell.texts
    names = [line(document.name, 100) for document in contract.documents]
    list_, view = st.columns([2, 5], gap="medium")
    with list_:
        place = st.radio(
            texts("show.documents"),
            range(len(names)),
            format_func=lambda n: md(names[n], 100),
            key=f"document-{contract.id}",
        )
        document = contract.documents[place or 0]
        about = [texts.name("document_role", document.role)]
        if shell.viewer.has_pages(document):
            about.append(texts("documents.pages", count=document.pages))
        st.html(f'<p class="ct-label">{markup(" · ".join(about))}</p>')
        st.download_button(
            texts("documents.take"),
            partial(shell.desk.file, document.sha256),
            line(document.name, 200) or "document",
            document.media_type,
            on_click="ignore",
            icon=":material/download:",
        )
    with view:
        proof.leaf(shell, contract, document)
