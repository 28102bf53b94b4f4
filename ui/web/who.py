"""Who sits before the browser: a signed-in account, or the one local user of a portfolio without accounts."""

from __future__ import annotations

import ipaddress
import os

import streamlit as st

from portfolio.accounts.records import Account, local_account
from portfolio.accounts.store import Accounts
from portfolio.register.store import Register

COOKIE = "contratheque_session"
"""The cookie that holds a sign-in's token; set by `ui.web.signin`, out of reach of scripts."""
LOCAL = "CONTRATHEQUE_LOCAL"
"""The environment variable by which `contratheque web` says that it listens on this machine alone."""


def account(register: Register) -> Account | None:
    """The account of this session, or None where the person has to sign in (or is known to nobody)."""
    accounts = Accounts(register)
    if company_sign_in():
        if st.user.get("is_logged_in"):
            return accounts.by_email(str(st.user.get("email") or "")) if st.user.get("email_verified", True) else None
    elif not accounts.configured():
        return local_account() if os.environ.get(LOCAL) == "1" else None
    token = cookie()
    return accounts.signed_in(token) if token else None


def company_sign_in() -> bool:
    """Whether sign-in by OpenID Connect is set up (the `[auth]` section of secrets.toml)."""
    try:
        return "auth" in st.secrets
    except FileNotFoundError:
        return False


def cookie() -> str | None:
    return st.context.cookies.get(COOKIE)


def is_loopback(address: str) -> bool:
    """Whether only this machine can reach what listens on ``address``."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return False
