"""What commands say of a language model: estimates before a large run, what a run took."""

from __future__ import annotations

import sys

import click

from agent.model.client import Access
from agent.model.estimate import Estimate
from agent.model.settings import ModelSettings
from agent.model.store import ModelStore, Usage
from ui.cli.app import App, errors

LARGE = 25
"""Files from which a run of the model is announced with what it will cost."""


def usage_of(access: Access) -> Usage:
    """What the run of ``access`` took."""
    store = ModelStore(access.home, access.url)
    try:
        return store.usage(run=access.run)
    finally:
        store.close()


def usage_line(app: App, key: str, usage: Usage, settings: ModelSettings) -> str:
    """What some requests took, on one line; ``key`` of the section `model` says which."""
    texts = app.texts
    price = (
        texts("model.cost", cost=usage.cost, currency=settings.currency) if settings.priced else texts("model.no_price")
    )
    return texts(
        f"model.{key}", calls=usage.calls, failed=usage.failed, sent=usage.sent, received=usage.received,
        seconds=usage.seconds, price=price,
    )  # fmt: skip


def announce(app: App, estimate: Estimate, access: Access, *, ask: bool) -> None:
    """Says what a run will take; asks a person at a terminal, and stops where the answer is no."""
    texts, settings = app.texts, access.settings
    cost = settings.cost(estimate.sent, estimate.received)
    price = texts("model.no_price") if cost is None else texts("model.cost", cost=cost, currency=settings.currency)
    said = texts(
        "model.estimate", files=estimate.files, sent=estimate.sent, received=estimate.received, price=price,
        model=settings.name, host=settings.host,
    )  # fmt: skip
    errors().print(said, soft_wrap=True)
    if ask and sys.stdin.isatty() and not click.confirm(texts("model.go_on"), err=True):
        raise click.exceptions.Abort
