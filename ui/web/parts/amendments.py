"""What amendments changed: each term before and after, with the document that set it; links made and undone by hand."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from portfolio.listing.lines import Sort
from portfolio.register.records import Contract, Filters
from ui.web.plain import line, markup
from ui.web.shell import EXPECTED, Shell


def show(shell: Shell, contract: Contract) -> None:
    texts, say = shell.texts, shell.say
    if contract.kind == "amendment":
        _link(shell, contract)
    base = contract.link.base or contract.id
    terms = shell.desk.terms(base, shell.as_of)
    if not terms.changes and not terms.coming and contract.kind == "base":
        st.info(texts("amendments.none"))
        return
    names = {change.amendment: change.amendment for change in terms.changes}
    for id_ in (*names, *terms.applied, *terms.coming):
        amendment = shell.desk.contract(id_)
        names[id_] = line(amendment.value("title") or amendment.stem, 120)
    if terms.changes:
        rows = "".join(
            f"<tr><td>{markup(say.field(change.field))}</td>"
            f"<td>{markup(say.value(change.field, change.before.fact.value) if change.before else '—', 600)}</td>"
            f"<td>{markup(say.value(change.field, change.after.fact.value) if change.after else '—', 600)}</td>"
            f"<td>{markup(names[change.amendment])}</td>"
            f"<td class='ct-day'>{markup(say.value('', change.on))}</td></tr>"
            for change in terms.changes
        )
        heads = "".join(
            f'<th scope="col">{markup(texts(key))}</th>'
            for key in ("show.field", "amendments.before", "amendments.after", "amendments.by", "amendments.since")
        )
        caption = markup(texts("show.in_force", date=say.date(shell.as_of)))
        st.html(f'<table class="ct-table"><caption>{caption}</caption><tr>{heads}</tr>{rows}</table>')
    for change in terms.changes:
        if change.after is not None and change.after.fact.evidence:
            label = texts("amendments.see", field=say.field(change.field), document=names[change.amendment])
            shell.link("contract", label, icon=":material/find_in_page:", contract=change.amendment, value=change.field)
    for id_ in terms.coming:
        shell.link("contract", texts("amendments.coming", document=names[id_]), icon=":material/event:", contract=id_)


def _link(shell: Shell, contract: Contract) -> None:
    """Which contract an amendment changes, and saying so by hand."""
    texts = shell.texts
    if contract.link.base:
        if shell.may_edit and st.button(texts("amendments.unlink"), icon=":material/link_off:"):
            _act(shell, lambda: shell.desk.unlink(contract.id))
        return
    said = contract.value("amends")
    st.html(f'<p class="ct-text">{markup(texts("show.waiting", amends=line(said or "?", 200)))}</p>')
    if not shell.may_edit:
        return
    likely = {c.contract: line(c.title or c.contract, 120) for c in contract.link.candidates}
    if not likely:
        found = shell.desk.page(Filters(kind="base"), Sort("title"), shell.as_of, limit=200)
        likely = {summary.id: line(summary.title or summary.stem, 120) for summary in found.lines}
    chosen = st.selectbox(
        texts("amendments.choose"),
        list(likely),
        index=None,
        format_func=likely.__getitem__,
        placeholder=texts("edit.none"),
    )
    if st.button(texts("amendments.link"), icon=":material/link:", disabled=chosen is None):
        _act(shell, lambda: shell.desk.link(contract.id, str(chosen)))


def _act(shell: Shell, act: Callable[[], None]) -> None:
    try:
        act()
    except EXPECTED as error:
        shell.problem(error)
    else:
        st.rerun()
