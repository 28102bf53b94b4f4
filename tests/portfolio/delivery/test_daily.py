"""Digests over days, restarts and days off; what fails is tried again; a dry run leaves no trace."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from portfolio.alerts.book import AlertBook
from portfolio.alerts.records import AlertFilters
from portfolio.delivery import outbox
from portfolio.delivery.daily import daily, rehearse, send
from portfolio.delivery.models import OutboxRow
from portfolio.delivery.people import People, Person
from portfolio.delivery.settings import DeliverySettings
from portfolio.register.models import Table
from portfolio.register.store import Register
from tests.portfolio.delivery.conftest import Clock, settings_for
from tests.portfolio.delivery.servers import MailServer

MARIE = Person("Marie Durand", "marie@example.org", general=True)
WARNED = date(2030, 12, 1)
"""The final end is 30 days ahead: within its last lead time."""


@pytest.fixture
def told(nettoyage: Register) -> Register:
    People(nettoyage).put(MARIE)
    return nettoyage


def test_one_digest_a_day_and_person_however_often_it_runs(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    clock.set(WARNED)
    assert [t.state for t in daily(told, settings, clock).tries] == ["sent"]
    assert daily(told, settings, clock).tries == ()
    clock.later(timedelta(hours=3))
    AlertBook(told).set_lead_times("obligation", [30], "Marie")
    assert daily(told, settings, clock).tries == ()
    clock.later(timedelta(days=1))
    daily(told, settings, clock)
    first, second = mail.mails
    assert first["to"] == "Marie Durand <marie@example.org>"
    assert first["subject"] == "Échéances du 01/12/2030 : 1 échéance"
    assert "31/12/2030 · dans 30 jours · Fin" in text_of(first)
    assert "20/12/2029 + 2 × 6 mois = 20/12/2030" in text_of(second)
    assert "attestation de vigilance" in text_of(second) and "Fin définitive" not in text_of(second)
    assert first["message-id"] != second["message-id"]


def test_every_raise_arrives_once_day_by_day(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    day = date(2030, 11, 15)
    while day < date(2031, 1, 5):
        if day.weekday() < 5:  # nothing runs at weekends
            clock.set(day)
            daily(told, settings, clock)
            daily(told, settings, clock)
        day += timedelta(days=1)
    raised = AlertBook(told).raised()
    assert len(raised) >= 5
    lines = [line for one in mail.mails for line in text_of(one).splitlines() if line.startswith("Signalée", 2)]
    assert len(lines) == len(raised)
    days = [one["date"] for one in mail.mails]
    assert len(days) == len({str(d)[:16] for d in days})


def test_days_off_come_in_one_digest(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    clock.set(date(2030, 6, 1))
    daily(told, settings, clock)
    mail.mails.clear()
    clock.set(date(2030, 12, 24))
    daily(told, settings, clock)
    (one,) = mail.mails
    assert "20/12/2030 · il y a 4 jours" in text_of(one) and "31/12/2030 · dans 7 jours" in text_of(one)


def test_a_server_that_is_down_loses_nothing(told: Register, clock: Clock) -> None:
    server = MailServer()
    settings = settings_for(server.port)
    clock.set(WARNED)
    (tried,) = daily(told, settings, clock).tries
    assert (tried.state, "cannot be used" in (tried.error or "")) == ("waiting", True)
    server.start()
    try:
        assert send(told, settings, clock) == ()  # not before its time
        clock.later(timedelta(minutes=2))
        assert [t.state for t in send(told, settings, clock)] == ["sent"]
        assert send(told, settings, clock) == ()
    finally:
        server.stop()
    assert len(server.mails) == 1


def test_a_mail_that_is_put_off_is_tried_again_and_one_refused_is_for_a_person(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    People(told).put(Person("Parti", "parti@example.org", general=True))
    mail.refused.add("parti@example.org")
    mail.answers += ["451 come back later"] * 3
    clock.set(WARNED)
    states = [t.state for t in daily(told, settings, clock).tries]
    assert states == ["waiting", "dead"]
    for _ in range(3):
        clock.later(timedelta(minutes=10))
        send(told, settings, clock)
    assert mail.envelopes == [("marie@example.org",)]
    with told.database.writing() as session:
        (dead,) = outbox.deliveries(session, "dead")
        assert "550" in (dead.error or "")
        outbox.replay(session, dead.id, clock())
    mail.refused.clear()
    assert [t.state for t in send(told, settings, clock)] == ["sent"]
    assert mail.envelopes[-1] == ("parti@example.org",)


def test_a_delivery_is_given_up_after_its_last_try(told: Register, clock: Clock) -> None:
    nowhere = settings_for(MailServer().port)
    clock.set(WARNED)
    daily(told, nowhere, clock)
    for _ in range(outbox.TRIES):
        clock.later(timedelta(hours=7))
        send(told, nowhere, clock)
    with told.database.reading() as session:
        assert [(d.state, d.tries) for d in outbox.deliveries(session)] == [("dead", outbox.TRIES)]


def test_without_a_server_it_is_kept_for_the_first_digest(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    clock.set(date(2030, 7, 10))
    for _ in range(3):
        assert daily(told, DeliverySettings(smtp_host=None), clock).tries == ()
        clock.later(timedelta(days=50))
    daily(told, settings, clock)
    (one,) = mail.mails
    assert text_of(one).count("* 31/12/2030") == 1


def test_nobody_to_tell_waits_until_there_is_somebody(
    nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    clock.set(WARNED)
    assert daily(nettoyage, settings, clock).prepared.nobody == 1
    People(nettoyage).put(MARIE)
    assert daily(nettoyage, settings, clock).prepared.nobody == 0
    assert len(mail.mails) == 1
    People(nettoyage).remove("marie durand")
    assert daily(nettoyage, settings, clock).prepared.nobody == 0  # what was told was told


def test_what_somebody_has_dealt_with_is_not_told(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    AlertBook(told).run(WARNED)
    (alert,) = AlertBook(told).alerts(AlertFilters())
    AlertBook(told).dismiss(alert.id, "sera remplacé", "Marie", WARNED)
    clock.set(WARNED)
    assert daily(told, settings, clock).tries == ()
    assert mail.mails == []


def test_a_dry_run_sends_nothing_and_writes_nothing(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    def rows() -> dict[str, int]:
        with told.database.reading() as session:
            return {t.name: session.scalar(sa.select(sa.func.count()).select_from(t)) or 0 for t in tables}

    tables = Table.metadata.sorted_tables
    before = rows()
    clock.set(WARNED)
    prepared = rehearse(told, settings, WARNED, clock())
    assert [d.recipient for d in prepared.waiting] == ["Marie Durand <marie@example.org>"]
    assert (len(prepared.run.raised), rows(), mail.mails) == (1, before, [])
    assert rehearse(told, DeliverySettings(smtp_host=None), WARNED, clock()).waiting[0].body == prepared.waiting[0].body
    assert rows() == before
    assert [t.state for t in daily(told, settings, clock).tries] == ["sent"]


def test_two_processes_never_send_the_same(told: Register, clock: Clock) -> None:
    clock.set(WARNED)
    nowhere = settings_for(MailServer().port)
    with told.database.writing() as session:
        outbox.put(session, outbox.Draft("x", "mail", "a", "b", {}), WARNED, clock())
        assert len(outbox.claim(session, ["mail"], clock(), 10)) == 1
    assert send(told, nowhere, clock) == ()
    clock.later(timedelta(minutes=11))  # the first one died
    with told.database.writing() as session:
        assert len(outbox.claim(session, ["mail"], clock(), 10)) == 1


def test_a_process_that_dies_while_it_sends_leaves_the_rest_to_the_next(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    People(told).put(Person("Paul", "paul@example.org", general=True))
    clock.set(WARNED)
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            daily(told, settings, clock)
    clock.later(timedelta(minutes=11))
    assert len(daily(told, settings, clock).tries) == 2
    ids = [one["message-id"] for one in mail.mails]
    assert len(mail.mails) == 3 and len(set(ids)) == 2  # the one in doubt came twice, under the same Message-ID
    with told.database.reading() as session:
        assert set(session.scalars(sa.select(OutboxRow.state))) == {"sent"}


def text_of(one: object) -> str:
    content = one.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert isinstance(content, str)
    return content


def test_the_content_of_what_was_sent_is_forgotten_in_time_and_not_that_it_was(
    told: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    clock.set(WARNED)
    daily(told, settings, clock)
    clock.later(timedelta(days=200))
    daily(told, settings, clock)
    with told.database.reading() as session:
        (old,) = [one for one in outbox.deliveries(session) if one.day == WARNED]
    assert (old.state, old.body, old.subject) == ("sent", {}, "")
    assert old.recipient == "Marie Durand <marie@example.org>"
