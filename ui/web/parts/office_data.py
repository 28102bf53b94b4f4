"""Index values brought in; the whole portfolio taken out; a contract erased by a typed confirmation."""

from __future__ import annotations

import streamlit as st

from portfolio.accounts.office import Office
from ui.web.parts.office import act
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_MOST = 20
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def indices(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.caption(texts("settings.indices_about"))
    given = st.file_uploader(texts("settings.indices_file"), type=["csv", "txt"], key="settings-indices-file")
    series = st.text_input(texts("settings.indices_series"), key="settings-indices-series", max_chars=100)
    go = st.button(texts("settings.indices_go"), type="primary", disabled=given is None, key="settings-indices-go")
    if go and given is not None:
        _import(shell, office, given.getvalue(), given.name, series.strip() or None)
    known = office.indices()
    heads = "".join(
        f'<th scope="col">{markup(texts(f"indices_cli.{h}"))}</th>'
        for h in ("series", "name", "values", "first", "last")
    )
    rows = "".join(
        f"<tr><td>{markup(line(one.code, 60))}</td><td>{markup(line(one.name, 160))}</td>"
        f'<td class="ct-number">{one.values or ""}</td>'
        f"<td>{markup(one.first or '')}</td><td>{markup(one.last or '')}</td></tr>"
        for one in known
    )
    st.html(f'<table class="ct-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')


def _import(shell: Shell, office: Office, content: bytes, name: str, series: str | None) -> None:
    texts = shell.texts
    try:
        found = office.import_indices(content, name, series)
    except EXPECTED as error:
        shell.problem(error)
        return
    for code, stored in found.stored.items():
        st.success(texts("indices_cli.stored", series=md(code, 60), **vars(stored)))
    for problem in found.problems[:_MOST]:
        st.warning(texts("indices_cli.line", line=problem.line, why=md(problem.why.say(shell.say), 300)))
    if len(found.problems) > _MOST:
        st.caption(texts("owed.more", count=len(found.problems) - _MOST))
    if not found.stored and not found.problems:
        st.info(texts("indices_cli.nothing", file=md(name, 120)))


def data(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.subheader(texts("settings.export"), anchor=False)
    st.caption(texts("settings.export_about"))
    with st.container(horizontal=True):
        st.download_button(
            texts("settings.export_json"),
            office.everything,
            f"contratheque-{shell.as_of.isoformat()}.json",
            "application/json",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            texts("settings.export_excel"),
            lambda: office.workbook(shell.as_of, shell.say),
            f"contratheque-{shell.as_of.isoformat()}.xlsx",
            _EXCEL,
            icon=":material/download:",
            on_click="ignore",
        )
    _erase(shell)


def _erase(shell: Shell) -> None:
    texts = shell.texts
    st.subheader(texts("settings.erase"), anchor=False)
    st.caption(texts("settings.erase_about"))
    ref = st.text_input(texts("settings.erase_ref"), key="settings-erase-ref", max_chars=500).strip()
    if not ref:
        return
    try:
        contract = shell.desk.contract(ref)
    except EXPECTED as error:
        shell.problem(error)
        return
    title = line(contract.value("title") or contract.stem, 160)
    st.warning(
        texts(
            "settings.erase_what", title=md(title), amendments=len(contract.amendments), files=len(contract.documents)
        ),
        icon=":material/delete_forever:",
    )
    st.html(f'<p class="ct-text">{markup(texts("settings.erase_type"))} <code>{markup(contract.stem)}</code></p>')
    with st.form("settings-erase", border=False):
        typed = st.text_input(texts("settings.erase_typed"), key="settings-erase-typed", max_chars=500)
        if st.form_submit_button(texts("settings.erase_go"), key="settings-erase-go"):
            act(shell, lambda: shell.agent.erase(contract.id, typed), texts("settings.erased", title=md(title)))
