"""Webhooks: who is told of what happens, what was sent, and sending again what was given up."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from portfolio.delivery import outbox
from portfolio.delivery.hooks import Hook, Hooks
from portfolio.delivery.outbox import Delivery, State
from portfolio.events import EventKind
from ui.api.route import router
from ui.api.seat import At, Number

routes = router("/v1", "webhooks")


class HookIn(BaseModel):
    """``kinds``: only events of these kinds; none: all."""

    model_config = ConfigDict(extra="forbid")
    url: str = Field(max_length=2000, examples=["https://erp.example.org/hooks/contracts"])
    language: Literal["fr", "en"] = "fr"
    kinds: list[EventKind] = Field(default=[], max_length=20)


class HookOut(BaseModel):
    """``where``: the address without what could be secret in it."""

    id: int
    where: str
    language: str
    kinds: list[str]
    active: bool


class NewHook(HookOut):
    """``secret`` verifies signatures (Standard Webhooks); it is shown once."""

    secret: str


class DeliveryOut(BaseModel):
    """``state``: waiting, sent, dead (given up), withdrawn; ``error``: what the last try met."""

    id: int
    recipient: str
    subject: str
    state: State
    tries: int
    next_at: datetime
    sent_at: datetime | None
    error: str | None


@routes.get("/webhooks")
def list_hooks(at: At) -> list[HookOut]:
    """The addresses that are told."""
    return [HookOut(**_shown(hook)) for hook in Hooks(at.desk.register_for("administrator")).all()]


@routes.post("/webhooks", status_code=201)
def add_hook(at: At, body: HookIn) -> NewHook:
    """A new address, told of what happens from now on."""
    hooks = Hooks(at.desk.register_for("administrator"))
    hook, secret = hooks.add(body.url, at.account.name, body.language, body.kinds)
    return NewHook(**_shown(hook), secret=secret)


@routes.delete("/webhooks/{hook}", status_code=204)
def remove_hook(at: At, hook: Number) -> None:
    """Takes an address off; what waits for it is withdrawn."""
    Hooks(at.desk.register_for("administrator")).remove(hook)


@routes.get("/deliveries")
def list_deliveries(
    at: At, state: State | None = None, limit: Annotated[int, Query(ge=1, le=500)] = 100
) -> list[DeliveryOut]:
    """What left to webhooks, or waits to, the newest first."""
    with at.desk.register_for("administrator").database.reading() as session:
        found = outbox.deliveries(session, state, limit)
    return [_delivery(one) for one in found if one.lane.startswith("hook:")]


@routes.post("/deliveries/{delivery}/replay")
def replay_delivery(at: At, delivery: Number) -> DeliveryOut:
    """Sends one again that was given up."""
    with at.desk.register_for("administrator").database.writing() as session:
        return _delivery(outbox.replay(session, delivery, datetime.now(UTC)))


def _shown(hook: Hook) -> dict[str, object]:
    return {
        "id": hook.id, "where": hook.where, "language": hook.language, "kinds": list(hook.kinds), "active": hook.active
    }  # fmt: skip


def _delivery(one: Delivery) -> DeliveryOut:
    return DeliveryOut(
        id=one.id, recipient=one.recipient, subject=one.subject, state=one.state, tries=one.tries,
        next_at=one.next_at, sent_at=one.sent_at, error=one.error,
    )  # fmt: skip
