"""Sends what is due in the outbox, each lane by its own means. A lane that is down is left alone until next time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from portfolio.delivery import outbox
from portfolio.delivery.outbox import Delivery, State
from portfolio.register.store import Register

_AT_ONCE = 20


class Later(Exception):
    """It could not be delivered now. ``lane``: nor can anything else on the same lane."""

    def __init__(self, message: str, *, lane: bool = False) -> None:
        super().__init__(message)
        self.lane = lane


class Refused(Exception):
    """The other side will never take it."""


class Carrier(Protocol):
    """Takes one delivery to where it goes; raises Later or Refused."""

    def carry(self, delivery: Delivery) -> None: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class Try:
    """What became of a delivery that was tried: ``waiting`` will be tried again."""

    delivery: Delivery
    state: State
    error: str | None = None


def send_due(register: Register, carriers: Mapping[str, Carrier], now: Callable[[], datetime]) -> tuple[Try, ...]:
    """Tries all that is due in the lanes of ``carriers``, once each."""
    tries: list[Try] = []
    up = set(carriers)
    try:
        while up:
            with register.database.writing() as session:
                batch = outbox.claim(session, up, now(), _AT_ONCE)
            if not batch:
                break
            untried: list[int] = []
            for delivery in batch:
                if delivery.lane not in up:
                    untried.append(delivery.id)
                    continue
                tries.append(_try(register, carriers[delivery.lane], delivery, up, now))
            with register.database.writing() as session:
                outbox.release(session, untried)
    finally:
        for carrier in carriers.values():
            carrier.close()
    return tuple(tries)


def _try(register: Register, carrier: Carrier, delivery: Delivery, up: set[str], now: Callable[[], datetime]) -> Try:
    state: State = "sent"
    error: str | None = None
    try:
        carrier.carry(delivery)
    except Later as later:
        state, error = "waiting", str(later)
        if later.lane:
            up.discard(delivery.lane)
    except Refused as refused:
        state, error = "dead", str(refused)
    with register.database.writing() as session:
        if error is None:
            outbox.sent(session, delivery.id, now())
        else:
            state = outbox.failed(session, delivery.id, error, now(), for_good=state == "dead")
    return Try(delivery, state, error)
