"""What the server does before it listens, so that nobody's first look waits for it."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from starlette.concurrency import run_in_threadpool

from agent.asking import keep_ready
from portfolio.accounts.desk import Desk
from portfolio.accounts.duties import Duties
from portfolio.accounts.records import local_account
from portfolio.alerts.clock import today
from portfolio.words.texts import LANGUAGES
from ui.texts import Texts
from ui.web import opened
from ui.web.shell import EXPECTED

_LATE = ("streamlit.emojis", "streamlit.material_icon_names", "PIL.ImageFile")
"""Modules that Streamlit loads at the first icon or picture."""


def warm() -> None:
    """Does once what a first look would wait for: modules loaded late, the place of each module's source (Streamlit
    asks for its caller's), catalogues, parts opened, home's queries put into words and the database read.

    What goes wrong here goes wrong again on the page, which says it in words.
    """
    with suppress(ImportError):
        for module in _LATE:
            importlib.import_module(module)
    inspect.stack()
    for language in LANGUAGES:
        Texts(language)
    with suppress(*EXPECTED):
        register = opened.register()
        opened.passages()
        desk = Desk(register, local_account())
        desk.totals()
        Duties(register, desk).today(today(), named=0)


@asynccontextmanager
async def warmed(_app: object) -> AsyncIterator[None]:
    """The server's life, warm from its beginning."""
    await run_in_threadpool(warm)
    stop: Callable[[], None] | None = None
    with suppress(*EXPECTED):
        stop = await run_in_threadpool(lambda: keep_ready(opened.register(), opened.passages()))
    yield
    if stop is not None:
        stop()
