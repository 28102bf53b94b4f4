"""Contracts with the same counterparties."""

from __future__ import annotations

import streamlit as st

from portfolio.register.records import Contract
from ui.web.plain import line
from ui.web.shell import Shell


def show(shell: Shell, contract: Contract) -> None:
    found = shell.desk.related(contract, shell.as_of)
    if not found:
        st.info(shell.texts("related.none"))
        return
    st.caption(shell.texts("related.why"))
    for summary in found:
        words = (
            line(summary.title or summary.stem, 120),
            line(", ".join(summary.counterparties), 80),
            shell.texts("related.until", date=shell.say.date(summary.end_date)) if summary.end_date else "",
        )
        label = " · ".join(filter(None, words))
        shell.link("contract", label, icon=":material/description:", contract=summary.id)
