"""The whole of it on both engines: looked at first, then sent, run again, answered."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from portfolio.delivery.daily import daily, rehearse
from portfolio.delivery.hooks import Hooks
from portfolio.delivery.models import OutboxRow
from portfolio.delivery.people import People, Person
from portfolio.delivery.relances.book import RelanceBook
from portfolio.delivery.settings import DeliverySettings
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.delivery.conftest import Clock, filled
from tests.portfolio.delivery.servers import HookServer, MailServer


def test_from_a_look_to_a_relance(
    register: Register, settings: DeliverySettings, clock: Clock, mail: MailServer, hook: HookServer
) -> None:
    filled(register).correct("nettoyage", "duration", Duration(years=3), "Marie")
    People(register).put(Person("Marie", "marie@example.org", general=True, deputy=None))
    People(register).charge("Marie", "site", "Évry")
    Hooks(register).add(hook.url, "Marie")
    day = date(2030, 12, 18)
    clock.set(day)
    looked = rehearse(register, settings, day, clock())
    assert len(looked.waiting) == 2
    with register.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(OutboxRow)) == 0
    for _ in range(2):
        daily(register, settings, clock)
    assert (len(mail.mails), len(hook.took)) == (1, 1)
    clock.later(timedelta(days=4))
    assert daily(register, settings, clock).prepared.drafts == 1
    book = RelanceBook(register)
    (draft,) = book.all()
    book.contact(str(draft.id), "contact@netisol.example", "Marie")
    book.approve(draft.id, "Marie", clock().date())
    daily(register, settings, clock)
    daily(register, settings, clock)
    assert [str(one["to"]) for one in mail.mails] == [
        "Marie <marie@example.org>", "Marie <marie@example.org>", "Netisol Propreté <contact@netisol.example>",
    ]  # fmt: skip
    People(register).remove("Marie")
    assert book.get(draft.id).sent == 1
