"""The portfolio as a table that can be filtered."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pandas as pd
import streamlit as st

from portfolio.register.records import ContractSummary, Filters
from portfolio.register.store import Register
from portfolio.schema import ContractType
from portfolio.words.values import Wording
from ui.texts import Texts
from vectorstore.passages import Passages


def page(texts: Texts, register: Register, passages: Passages, as_of: date) -> None:
    """Counts, filters, and a line a contract; a click on a line opens it."""
    st.header(texts("web.portfolio"))
    say = Wording(texts)
    words, kinds = st.columns([3, 2])
    text = words.text_input(texts("web.search"), placeholder="nettoyage, Lyon, Otis…", label_visibility="collapsed")
    types = kinds.multiselect(
        texts("list.type"),
        get_args(ContractType),
        format_func=lambda kind: texts.name("contract_type", kind),
        placeholder=texts("list.type"),
        label_visibility="collapsed",
    )
    found = register.contracts(Filters(text=text or None, contract_type=tuple(types)), as_of)
    if not found:
        st.info(texts("list.empty"))
        return
    counts = st.columns(3)
    counts[0].metric(texts("web.contracts"), len(found))
    counts[1].metric(texts("web.to_review"), sum(summary.to_review for summary in found))
    counts[2].metric(texts("web.waiting"), sum(summary.link in ("waiting", "ambiguous") for summary in found))
    chosen = st.dataframe(
        pd.DataFrame([_line(texts, say, summary) for summary in found]),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        placeholder="",
        column_config={
            texts("list.start"): st.column_config.DateColumn(format="DD/MM/YYYY"),
            texts("list.end"): st.column_config.DateColumn(format="DD/MM/YYYY"),
        },
    )
    rows = chosen["selection"]["rows"]
    if rows:
        st.query_params["contract"] = found[rows[0]].id
        st.rerun()
    refused = register.ledger("refused")
    if refused:
        with st.expander(f"{texts('web.refused')} ({len(refused)})"):
            for line in refused:
                st.text(f"{line.path} — {texts.name('reason', line.reason or '')}")


def _line(texts: Texts, say: Wording, summary: ContractSummary) -> dict[str, object]:
    return {
        texts("list.contract"): ("↳ " if summary.kind == "amendment" else "") + (summary.title or summary.stem),
        texts("list.counterparty"): ", ".join(summary.counterparties),
        texts("list.type"): texts.name("contract_type", summary.contract_type or ""),
        texts("list.start"): summary.start_date,
        texts("list.end"): summary.end_date,
        texts("list.renewal"): texts.name("renewal", summary.renewal or ""),
        texts("list.notice"): say.value("notice_period", summary.notice_period),
        texts("list.amount"): say.money(summary.yearly_amount, "EUR") if summary.yearly_amount is not None else "",
        texts("list.site"): ", ".join(filter(None, (site.city or site.name for site in summary.sites))),
    }
