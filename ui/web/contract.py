"""A contract: its values beside the words that prove them, and, in sections, all else that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from portfolio.listing.lines import Sort
from portfolio.register.records import Contract, Filters
from ui.web.parts import (
    address,
    amendments,
    documents,
    history,
    obligations,
    own_columns,
    periods,
    relations,
    revision,
    values,
)
from ui.web.plain import line, markup
from ui.web.shell import Shell

SECTIONS: Mapping[str, Callable[[Shell, Contract], None]] = {
    "values": values.show,
    "columns": own_columns.show,
    "amendments": amendments.show,
    "periods": periods.show,
    "obligations": obligations.show,
    "revision": revision.show,
    "documents": documents.show,
    "related": relations.show,
    "history": history.show,
}
"""By key of the catalogue's `[section]`: what shows it. A section is one line and one module."""
_NAMES = ("contract", "section", "value", "document", "start", "end")
"""``contract`` is an id; ``value`` a field, or field.position; ``document``, ``start``, ``end`` words cited."""
_CHOSEN, _SECTION = "contract-chosen", "contract-section"


def page(shell: Shell) -> None:
    arrived = address.arrive("contract", _NAMES)
    if arrived is not None:
        st.session_state[_CHOSEN] = next(iter(arrived.get("contract", [])), None)
        asked = next(iter(arrived.get("section", [])), "values")
        st.session_state[_SECTION] = asked if asked in SECTIONS else "values"
        values.arrive(arrived)
    chosen = st.session_state.get(_CHOSEN)
    if not chosen:
        _choose(shell)
        return
    contract = shell.desk.contract(chosen)
    st.session_state.setdefault(_SECTION, "values")
    _head(shell, contract)
    section = st.segmented_control(
        shell.texts("contract.sections"),
        list(SECTIONS),
        required=True,
        format_func=lambda key: _section_name(shell, contract, key),
        key=_SECTION,
        label_visibility="collapsed",
    )
    SECTIONS[section or "values"](shell, contract)
    kept = {"contract": [contract.id], "section": [section] if section not in (None, "values") else []}
    address.keep("contract", _NAMES, kept | values.leave())


def _choose(shell: Shell) -> None:
    """Nobody said which contract: the ones that were read last, and a search."""
    st.title(shell.texts("page.contract"), anchor=False)
    words = st.text_input(shell.texts("contract.find"), placeholder=shell.texts("filter.q_example"), type="search")
    found = shell.desk.page(Filters(text=words or None), Sort("updated", descending=True), shell.as_of, limit=12)
    if not found.lines:
        st.info(shell.texts("portfolio.nothing" if words else "portfolio.empty"))
        return
    st.caption(shell.texts("contract.found" if words else "contract.last_read"))
    for summary in found.lines:
        about = ", ".join(summary.counterparties)
        label = " · ".join(filter(None, (line(summary.title or summary.stem, 120), line(about, 80))))
        shell.link("contract", label, icon=":material/description:", contract=summary.id)


def _head(shell: Shell, contract: Contract) -> None:
    texts = shell.texts
    summary = next(iter(shell.desk.contracts([contract.id], shell.as_of)), None)
    about = [
        contract.value("reference"),
        texts.name("contract_type", contract.value("contract_type") or ""),
        ", ".join(summary.counterparties) if summary else None,
        _term(shell, summary.start_date, summary.end_date) if summary else None,
        *contract.tags,
        *(shell.say.about(name, value) for name, value in contract.categories),
    ]
    st.html(
        f'<h1 class="ct-title">{markup(line(contract.value("title") or contract.stem))}</h1>'
        f'<p class="ct-sub">{markup(" · ".join(line(word, 120) for word in about if word), 900)}</p>'
    )
    if contract.link.base:
        base = shell.desk.contract(contract.link.base)
        label = f"{texts('list.base')} {line(base.value('title') or base.stem, 120)}"
        shell.link("contract", label, icon=":material/subdirectory_arrow_left:", contract=base.id)
    elif contract.kind == "amendment":
        st.warning(texts("contract.waiting"), icon=":material/link_off:")


def _term(shell: Shell, start: object, end: object) -> str | None:
    if start is None and end is None:
        return None
    begun = shell.say.value("start_date", start) or "…"
    return f"{begun} → {shell.say.value('end_date', end) or '…'}"


def _section_name(shell: Shell, contract: Contract, key: str) -> str:
    counts = {"amendments": len(contract.amendments), "documents": len(contract.documents)}
    name = shell.texts(f"section.{key}")
    return f"{name} ({counts[key]})" if counts.get(key) else name
