"""The pages of the application, in the order of the menu: one line a page, one module a page.

A module's `page(shell)` shows it. ``section`` is a key of the catalogue's `[menu]`; ``role`` the least that sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from portfolio.accounts.records import AccountRole
from ui.web import alerts, chat, contract, deadlines, home, import_, overview, review, search, settings
from ui.web.dashboards import page as dashboards
from ui.web.shell import Shell


@dataclass(frozen=True)
class Entry:
    """``key`` is the page's name in addresses (`/portfolio`) and in the catalogue (`page.portfolio`)."""

    key: str
    show: Callable[[Shell], None]
    icon: str
    section: str
    role: AccountRole = "reader"


PAGES: tuple[Entry, ...] = (
    Entry("home", home.page, ":material/home:", "look"),
    Entry("portfolio", overview.page, ":material/folder_open:", "look"),
    Entry("contract", contract.page, ":material/description:", "look"),
    Entry("deadlines", deadlines.page, ":material/calendar_month:", "look"),
    Entry("dashboards", dashboards.page, ":material/bar_chart:", "look"),
    Entry("chat", chat.page, ":material/forum:", "look"),
    Entry("search", search.page, ":material/search:", "look"),
    Entry("alerts", alerts.page, ":material/notifications:", "work"),
    Entry("import", import_.page, ":material/upload_file:", "work", "editor"),
    Entry("review", review.page, ":material/fact_check:", "work"),
    Entry("settings", settings.page, ":material/settings:", "set", "administrator"),
)
DEFAULT = "home"
"""The page behind the bare address."""
