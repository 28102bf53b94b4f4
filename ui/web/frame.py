"""The frame of every page: the person, the language, the day, the menu, and the page that was asked for."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import streamlit as st

from agent.asking import Asking
from agent.office import AgentOffice
from agent.settings import Settings
from agent.viewing import Viewer
from portfolio.accounts.board import Board
from portfolio.accounts.desk import Desk
from portfolio.accounts.duties import Duties
from portfolio.accounts.owing import Owing
from portfolio.accounts.own import Own
from portfolio.accounts.prices import Prices
from portfolio.accounts.records import Account
from portfolio.words.texts import LANGUAGES
from portfolio.words.values import Wording
from ui.texts import Texts
from ui.web import opened, signin, who
from ui.web.pages import DEFAULT, PAGES, Entry
from ui.web.parts import address
from ui.web.parts.style import DARK, STYLE
from ui.web.shell import EXPECTED, Shell


def main() -> None:
    st.set_page_config(page_title="Contrathèque", page_icon="📑", layout="wide")
    st.html(STYLE)
    if st.context.theme.type == "dark":
        st.html(DARK)
    st.logo(str(Path(__file__).with_name("logo.svg")), size="large")
    wanted = Settings().lang
    default = wanted if wanted in LANGUAGES else LANGUAGES[0]
    said = st.query_params.get("lang")
    texts = Texts(st.session_state.get("lang") or (said if said in LANGUAGES else default))
    register = opened.register()
    account = who.account(register)
    if account is None:
        _language(texts, default)
        signin.page(texts)
        return
    desk = Desk(register, account)
    pages: dict[str, st.Page] = {}
    shown = [entry for entry in PAGES if account.may(entry.role)]
    for entry in shown:
        run = partial(_run, entry, pages, texts, desk, default)
        pages[entry.key] = st.Page(
            run,
            title=texts(f"page.{entry.key}"),
            icon=entry.icon,
            url_path=entry.key,
            default=entry.key == DEFAULT,
        )
    menu: dict[str, list[st.Page]] = {}
    for entry in shown:
        menu.setdefault(texts(f"menu.{entry.section}"), []).append(pages[entry.key])
    current = st.navigation(menu)
    with st.sidebar:
        _frame(texts, account, default)
    current.run()


def _frame(texts: Texts, account: Account, default: str) -> None:
    """What stands under the menu on every page: the day, the language, the person."""
    st.date_input(
        texts("shell.as_of"),
        date.today(),
        key="on",
        bind="query-params",
        format="DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD",
        help=texts("shell.as_of_help"),
    )
    _language(texts, default)
    signin.whoami(texts, account)


def _language(texts: Texts, default: str) -> None:
    """The switch; the address names the language where it is not the usual one."""
    st.session_state["lang"] = texts.language
    st.segmented_control(
        texts("shell.language"),
        sorted(LANGUAGES, key=lambda language: language != default),
        required=True,
        format_func={"fr": "Français", "en": "English"}.__getitem__,
        key="lang",
        label_visibility="collapsed",
    )
    address.carry("lang", texts.language if texts.language != default else None)


def _run(entry: Entry, pages: dict[str, st.Page], texts: Texts, desk: Desk, default: str) -> None:
    as_of = st.session_state.get("on")
    settings, register, passages = Settings(), opened.register(), opened.passages()
    shell = Shell(
        texts,
        desk,
        Duties(register, desk),
        Owing(register, desk),
        Prices(register, desk),
        Board(register, desk),
        Own(register, desk),
        Viewer(desk, register, passages),
        Asking(desk, register, passages, settings.home, settings.database_url, Wording(texts)),
        opened.intake(),
        lambda: AgentOffice(desk, passages, settings.home, settings.database_url),
        as_of if isinstance(as_of, date) else date.today(),
        default,
        pages,
    )
    try:
        desk.require(entry.role)
        entry.show(shell)
    except EXPECTED as error:
        shell.problem(error)
