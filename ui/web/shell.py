"""What every page is given: the person and their portfolio, the language, the day, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import streamlit as st

from agent.asking import Asking
from agent.intake import Intake
from agent.office import AgentOffice
from agent.viewing import Viewer
from portfolio.accounts.board import Board
from portfolio.accounts.desk import Desk
from portfolio.accounts.duties import Duties
from portfolio.accounts.owing import Owing
from portfolio.accounts.own import Own
from portfolio.accounts.prices import Prices
from portfolio.errors import ContrathequeError, NotAllowed
from portfolio.words.errors import said
from portfolio.words.values import Wording
from ui.texts import Texts
from ui.web.plain import md
from vectorstore.records import PassagesError

EXPECTED = (ContrathequeError, PassagesError)
"""Errors that a person is told in words."""


@dataclass(frozen=True)
class Shell:
    """``as_of`` is the day on which terms are shown; ``settings_lang`` the language that the address need not name."""

    texts: Texts
    desk: Desk
    duties: Duties
    owing: Owing
    prices: Prices
    board: Board
    own: Own
    viewer: Viewer
    asking: Asking
    intake: Intake
    agent_office: Callable[[], AgentOffice]
    as_of: date
    default_language: str
    pages: Mapping[str, st.Page]

    @cached_property
    def say(self) -> Wording:
        return Wording(self.texts)

    @property
    def agent(self) -> AgentOffice:
        """What administrators set of the agent. Raises NotAllowed for anybody else."""
        return self.agent_office()

    @property
    def may_edit(self) -> bool:
        return self.desk.account.may("editor")

    def go(self, page: str, **address: str) -> None:
        """Leaves for another page (a key of `ui.web.pages.PAGES`), with what its address is to say."""
        st.switch_page(self.pages[page], query_params=self._kept() | address)

    def link(self, page: str, label: str, *, icon: str | None = None, **address: str) -> None:
        """A link to another page; ``label`` may hold words from documents."""
        st.page_link(self.pages[page], label=md(label), icon=icon, query_params=self._kept() | address)

    def problem(self, error: Exception) -> None:
        """Says an expected error in words."""
        if isinstance(error, NotAllowed):
            st.error(self.texts("shell.not_allowed", role=self.texts(f"account_role.{error.needs}")))
        else:
            st.error(md(self.said(error), 2000))

    def said(self, error: Exception) -> str:
        """The text of an expected error in the language of the page."""
        return said(error, self.say)

    def _kept(self) -> dict[str, str]:
        """What every address carries on: the language and the day, where they are not the usual ones."""
        kept = {} if self.texts.language == self.default_language else {"lang": self.texts.language}
        return kept if self.as_of == date.today() else kept | {"on": self.as_of.isoformat()}
