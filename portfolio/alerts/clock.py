"""Which day it is where the contracts are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


def today(now: datetime | None = None, zone: ZoneInfo = PARIS) -> date:
    """The civil day at the moment ``now`` (with its zone; the present unless told), in France unless told: a server's
    own zone does not move deadlines."""
    return (now or datetime.now(UTC)).astimezone(zone).date()
