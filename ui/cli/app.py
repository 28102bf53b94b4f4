"""What every command is given: settings, texts, and the parts of the product opened when they are needed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
from rich.console import Console

from agent.settings import Settings
from ui.texts import Texts

if TYPE_CHECKING:
    from portfolio.register.store import Register
    from vectorstore.passages import Passages

T = TypeVar("T")


@dataclass(frozen=True)
class App:
    settings: Settings
    texts: Texts

    @classmethod
    def from_environment(cls, home: Path | None, lang: str | None) -> App:
        """Settings of the environment; ``home`` and ``lang`` are the command line's and go before."""
        given = {key: value for key, value in (("home", home), ("lang", lang)) if value is not None}
        settings = Settings().model_copy(update=given)
        return cls(settings, Texts(settings.lang))

    @contextmanager
    def register(self) -> Iterator[Register]:
        from portfolio.register.store import Register

        with Register.open(self.settings.home, self.settings.database_url) as register:
            yield register

    @contextmanager
    def passages(self) -> Iterator[Passages]:
        from agent.model.embedding import open_passages

        with open_passages(self.settings.home, self.settings.database_url, self.settings.chroma_url) as passages:
            yield passages


json_option = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for other programs.")


def print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def tell_each(
    found: Sequence[T], as_json: bool, record: Callable[[T], Any], line: Callable[[T], str], none: str
) -> None:
    """Prints what was ``found``, one a line or as JSON records; ``none`` where there is nothing."""
    if as_json:
        print_json([record(one) for one in found])
        return
    for one in found:
        console().print(line(one), soft_wrap=True)
    if not found:
        console().print(none)


def console() -> Console:
    """Where people read: no markup from contracts is ever interpreted."""
    return Console(markup=False, highlight=False, emoji=False, soft_wrap=False)


def errors() -> Console:
    return Console(stderr=True, markup=False, highlight=False, emoji=False)
