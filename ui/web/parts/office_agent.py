"""The endpoint of the language model: its settings without their secrets, and whether it answers."""

from __future__ import annotations

import streamlit as st

from portfolio.accounts.office import Office
from ui.web.parts.office import act
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_WRITTEN = ("name", "url", "context", "price_input", "price_output", "currency", "spending_limit", "mask")
"""What is changed here; the rest is for `contratheque config`."""


def endpoint(shell: Shell, office: Office) -> None:
    texts = shell.texts
    st.caption(texts("settings.endpoint_about"))
    found = {one.name: one for one in shell.agent.endpoint()}
    rows = "".join(
        f"<tr><td>{markup(texts(f'endpoint.{one.name}'))}</td>"
        f"<td>{markup(line(_value(shell, one.value, one.secret), 200))}</td>"
        f"<td>{_from(shell, one.fixed)} <code>{markup(one.variable)}</code></td>"
        "</tr>"
        for one in found.values()
        if one.name in _WRITTEN or one.secret
    )
    heads = "".join(f'<th scope="col">{markup(texts(f"settings.{h}"))}</th>' for h in ("setting", "value", "variable"))
    st.html(f'<table class="ct-table"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>')
    free = [name for name in _WRITTEN if not found[name].fixed]
    with st.form("settings-endpoint"):
        columns = st.columns([2, 3])
        name = columns[0].selectbox(
            texts("settings.setting"),
            free,
            format_func=lambda key: texts(f"endpoint.{key}"),
            key="settings-endpoint-name",
        )
        value = columns[1].text_input(texts("settings.new_value"), key="settings-endpoint-value", max_chars=500)
        if st.form_submit_button(texts("settings.save"), key="settings-endpoint-save") and name:
            act(shell, lambda: shell.agent.set(name, value.strip() or None), texts("settings.saved"))
    if shell.agent.configured() and st.button(texts("settings.check"), icon=":material/network_check:"):
        _check(shell)


def _value(shell: Shell, value: str | None, secret: bool) -> str:
    if secret:
        return shell.texts("settings.secret_there" if value else "settings.secret_none")
    return value or "—"


def _check(shell: Shell) -> None:
    texts = shell.texts
    try:
        with st.spinner(texts("settings.checking"), show_time=False):
            found = shell.agent.check()
    except EXPECTED as error:
        shell.problem(error)
        return
    if found.problem:
        st.error(md(found.problem, 800))
    else:
        st.success(texts("settings.check_good", model=md(found.answered_by or "?", 120)))


def _from(shell: Shell, fixed: bool) -> str:
    return markup(shell.texts("settings.from_environment")) if fixed else ""
