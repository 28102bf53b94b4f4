"""What commands that ask questions have in common: the conversation opened on the register, and who asks."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from ui.cli.app import App

if TYPE_CHECKING:
    from agent.chat.actions import ActionDesk
    from agent.chat.chat import Chat
    from agent.chat.talk import TalkStore


def person(who: str | None) -> str:
    return who or getpass.getuser()


def change_line(app: App, change: Mapping[str, str | None]) -> str:
    """What a proposal would change, from what to what."""
    return app.texts("ask.change", what=change["what"], before=change["before"] or "—", after=change["after"])


@contextmanager
def opened(app: App, as_of: date | None, rules: bool = False) -> Iterator[tuple[Chat, ActionDesk]]:
    """The chat and the desk; the language model plans where an endpoint is configured and ``rules`` does not forbid."""
    from agent.chat.actions import ActionDesk
    from agent.chat.chat import Chat
    from agent.model.client import Access, ModelClient, new_run
    from agent.model.settings import load

    day = as_of or date.today()
    settings = load(app.settings.home)
    access = Access(settings, app.settings.home, app.settings.database_url, new_run())
    client = ModelClient(access) if settings.configured and not rules else None
    with app.register() as register, app.passages() as passages:
        yield (
            Chat(register, passages, day, client=client),
            ActionDesk(register, app.settings.home, day, app.texts.language),
        )


@contextmanager
def talk(app: App) -> Iterator[TalkStore]:
    from agent.chat.talk import TalkStore

    store = TalkStore(app.settings.home, app.settings.database_url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def desk(app: App, as_of: date | None = None) -> Iterator[ActionDesk]:
    """What was proposed, without a chat."""
    from agent.chat.actions import ActionDesk

    with app.register() as register:
        yield ActionDesk(register, app.settings.home, as_of or date.today(), app.texts.language)
