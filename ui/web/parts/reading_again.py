"""Reading a contract again, with the same reader or another; what a person decided stays."""

from __future__ import annotations

import streamlit as st

from portfolio.register.records import Contract
from ui.web.parts import readers
from ui.web.shell import EXPECTED, Shell


def ask(shell: Shell, contract: Contract) -> None:
    @st.dialog(shell.texts("again.title"))
    def form() -> None:
        texts = shell.texts
        st.write(texts("again.promise"))
        reading = readers.choose(shell, "again-reader")
        if not st.button(texts("again.go"), type="primary", icon=":material/autorenew:"):
            return
        try:
            with st.spinner(texts("again.reading"), show_time=True):
                outcomes = shell.intake.read_again(shell.desk, contract.id, readers=reading)
        except EXPECTED as error:
            shell.problem(error)
            return
        for outcome in outcomes:
            if outcome.status == "refused":
                st.error(texts.name("reason", outcome.reason or ""))
                return
        st.rerun()

    form()
