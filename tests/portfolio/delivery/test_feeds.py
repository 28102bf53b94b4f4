"""Private calendar addresses: what each opens, that the register holds no secret, that one taken back opens nothing."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa
from icalendar import Calendar

from portfolio.delivery.feeds import Feeds
from portfolio.delivery.models import CalendarFeedRow
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.store import Register

DAY = date(2030, 12, 1)


def _events(content: bytes) -> list[str]:
    return [str(event["uid"]) for event in Calendar.from_ical(content).walk("VEVENT")]


def _token(path: str) -> str:
    return path.removeprefix("/calendar/").removesuffix(".ics")


def test_each_address_opens_its_own_calendar(nettoyage: Register) -> None:
    feeds = Feeds(nettoyage)
    everything = _events(feeds.calendar(_token(feeds.add("Tout", "Marie")[1]), DAY))
    obligations = _events(feeds.calendar(_token(feeds.add("Obligations", "Marie", kinds=("obligation",))[1]), DAY))
    leases = _events(feeds.calendar(_token(feeds.add("Baux", "Marie", contract_types=("lease",))[1]), DAY))
    assert leases == []
    assert obligations and set(obligations) < set(everything)
    assert all(":obligation:" in uid for uid in obligations)


def test_the_secret_is_kept_nowhere_and_can_be_taken_back(nettoyage: Register) -> None:
    feeds = Feeds(nettoyage)
    made, path = feeds.add("Tout", "Marie")
    token = _token(path)
    with nettoyage.database.reading() as session:
        kept = session.execute(sa.select(*CalendarFeedRow.__table__.columns)).one()
    assert token not in repr(kept) and len(token) >= 43
    feeds.calendar(token, DAY)
    assert feeds.all()[0].used_at is not None
    feeds.revoke(made.id)
    for unknown in (token, "", "x" * 5000, "\udcff"):
        with pytest.raises(NotFound):
            feeds.calendar(unknown, DAY)


def test_what_cannot_be_is_said(nettoyage: Register) -> None:
    with pytest.raises(NotFound):
        Feeds(nettoyage).add("A", "Marie", person="Personne")
    with pytest.raises(InvalidValue):
        Feeds(nettoyage).add(" ", "Marie")
