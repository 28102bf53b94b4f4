"""Signing in and out, as the application shows it."""

from __future__ import annotations

import streamlit as st

from portfolio.accounts.records import Account
from ui.texts import Texts
from ui.web import who
from ui.web.plain import markup


def page(texts: Texts) -> None:
    """What somebody sees who is not signed in, or whom the portfolio does not know."""
    st.title("Contrathèque", anchor=False)
    if who.company_sign_in():
        if st.user.get("is_logged_in"):
            st.warning(texts("signin.unknown"))
            st.button(texts("signin.out"), on_click=st.logout)
            return
        st.button(texts("signin.company"), type="primary", on_click=st.login)
        st.html(_link("sign-in", texts("signin.with_password")))
    else:
        st.info(texts("signin.not_set_up"))


def whoami(texts: Texts, account: Account) -> None:
    """The person's name and role, and the way out where there is one."""
    local = not account.has_password and not who.company_sign_in()
    role = texts("signin.local") if local else texts(f"account_role.{account.role}")
    st.html(f'<p class="ct-who">{markup(account.shown, 80)} · {markup(role)}</p>')
    if who.company_sign_in() and st.user.get("is_logged_in"):
        st.button(texts("signin.out"), on_click=st.logout, type="tertiary")
    elif not local:
        st.html(_link("sign-out", texts("signin.out")))


def _link(address: str, label: str) -> str:
    return f'<a class="ct-link" href="{address}" target="_self">{markup(label)}</a>'
