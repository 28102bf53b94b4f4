"""A contract: its values on the left, the words that prove the chosen one on their page on the right."""

from __future__ import annotations

import html
from datetime import date

import pandas as pd
import streamlit as st

from agent.documents.picture import has_pictures, page_picture
from agent.pipeline import Pipeline
from portfolio.evidence import Evidence
from portfolio.register.records import Contract
from portfolio.register.store import Register
from portfolio.words.values import Wording
from ui.texts import Texts
from vectorstore.passages import Passages

_AROUND = 600
"""Characters shown before and after the words, where the format has no pages."""


def page(texts: Texts, register: Register, passages: Passages, as_of: date) -> None:
    """Chooses a contract, shows its values, and the proof of the one that was clicked."""
    summaries = register.contracts(as_of=as_of)
    if not summaries:
        st.info(texts("list.empty"))
        return
    ids = [summary.id for summary in summaries]
    names = {summary.id: f"{summary.title or summary.stem} · {summary.stem}" for summary in summaries}
    wanted = st.query_params.get("contract")
    chosen = st.selectbox(
        texts("web.choose"), ids, index=ids.index(wanted) if wanted in ids else 0, format_func=names.__getitem__
    )
    st.query_params["contract"] = chosen
    contract = register.contract(chosen)
    values, proof = st.columns([5, 6], gap="large")
    with values:
        _head(texts, register, contract, as_of)
        shown = _values(texts, contract)
    with proof:
        _proof(texts, register, passages, contract, shown)


def _head(texts: Texts, register: Register, contract: Contract, as_of: date) -> None:
    say = Wording(texts)
    st.subheader(contract.value("title") or contract.stem)
    if contract.link.base:
        st.caption(f"{texts('list.base')} {register.contract(contract.link.base).stem}")
    elif contract.kind == "amendment":
        st.warning(texts("show.waiting", amends=contract.value("amends") or "?"))
    if contract.amendments:
        terms = register.terms(contract.id, as_of)
        with st.expander(texts("show.in_force", date=say.date(as_of)), expanded=True):
            for change in terms.changes:
                before = say.value(change.field, change.before.fact.value) if change.before else "—"
                after = say.value(change.field, change.after.fact.value) if change.after else "—"
                by = register.contract(change.amendment).stem
                st.text(f"{say.field(change.field)} : {before} → {after} ({texts('show.set_by', document=by)})")


def _values(texts: Texts, contract: Contract) -> tuple[Evidence, ...]:
    """The values as a table; gives the evidence of the chosen one, or of the title until one is chosen."""
    say = Wording(texts)
    lines = [
        {
            texts("show.field"): say.field(stored.fact.field),
            texts("show.value"): say.value(stored.fact.field, stored.fact.value),
            texts("show.state"): say.state(stored.fact),
            texts("list.confidence"): stored.fact.confidence,
        }
        for stored in contract.facts
    ]
    chosen = st.dataframe(
        pd.DataFrame(lines),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=700,
        key=f"values-{contract.id}",
        column_config={
            texts("show.value"): st.column_config.TextColumn(width="large"),
            texts("list.confidence"): st.column_config.ProgressColumn(format="percent", min_value=0, max_value=1),
        },
    )
    rows = chosen["selection"]["rows"]
    if not rows:
        st.caption(texts("web.click"))
        return next((s.fact.evidence for s in contract.facts if s.fact.field == "title"), ())
    fact = contract.facts[rows[0]].fact
    if fact.basis:
        st.caption(texts("show.computed", basis=fact.basis))
    return fact.evidence


def _proof(
    texts: Texts, register: Register, passages: Passages, contract: Contract, evidence: tuple[Evidence, ...]
) -> None:
    documents = {document.sha256: document for document in contract.documents}
    for proof in evidence:
        document = documents[proof.document]
        st.caption(texts("web.page_of", page=proof.page, document=document.name))
        if has_pictures(document.media_type) and register.files.exists(proof.document):
            content = register.files.get(proof.document)
            st.image(page_picture(content, document.media_type, proof.page, proof.boxes))
            continue
        read = Pipeline(register, passages).document(proof.document, document.name)
        if read is not None:
            before = html.escape(read.text[max(0, proof.start - _AROUND) : proof.start])
            words = html.escape(read.text[proof.start : proof.end])
            after = html.escape(read.text[proof.end : proof.end + _AROUND])
            st.html(f'<div style="white-space:pre-wrap">{before}<mark>{words}</mark>{after}</div>')
