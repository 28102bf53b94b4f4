"""The day's work: alerts are brought to today, and what has to leave leaves. Safe to run twice, and after days off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

import sqlalchemy as sa

from portfolio.alerts.book import AlertBook
from portfolio.alerts.clock import today
from portfolio.alerts.records import RunReport
from portfolio.delivery import digest, hooks, outbox
from portfolio.delivery.models import RelanceRow, TellingRow
from portfolio.delivery.outbox import Delivery
from portfolio.delivery.rehearsal import rehearsal
from portfolio.delivery.relances import book as relances
from portfolio.delivery.relances.missing import missing
from portfolio.delivery.sending import Carrier, Try, send_due
from portfolio.delivery.settings import DeliverySettings
from portfolio.delivery.smtp import Mailer
from portfolio.register.store import Register

Clock = Callable[[], datetime]


def present() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Prepared:
    """What the day's work came to before anything left. ``waiting``: all that is to be sent, oldest first; ``nobody``:
    raises that no person could be found for; ``drafts``: relances that wait for a person; ``dead``: deliveries given
    up that a person has to look at."""

    run: RunReport
    waiting: tuple[Delivery, ...]
    nobody: int
    drafts: int
    dead: int
    mails: bool


@dataclass(frozen=True)
class Done:
    """``tries``: what was tried to be sent, and what became of each."""

    prepared: Prepared
    tries: tuple[Try, ...]


def daily(register: Register, settings: DeliverySettings, clock: Clock = present) -> Done:
    """Brings alerts, digests, webhooks and relances to the day of ``clock`` in France, and sends what is due.

    Without a mail server nothing is lost: what people have to be told is kept for the first digest that can leave.
    """
    if settings.mails:
        settings.checked()
    now = clock()
    prepared = prepare(register, settings, today(now), now, mails=settings.mails)
    return Done(prepared, send(register, settings, clock))


def rehearse(register: Register, settings: DeliverySettings, day: date, now: datetime) -> Prepared:
    """What `daily` would send on ``day``: nothing is sent, nothing written. Mail is shown though no server is set."""
    with rehearsal(register) as stage:
        return prepare(stage, settings, day, now, mails=True)


def send(register: Register, settings: DeliverySettings, clock: Clock = present) -> tuple[Try, ...]:
    """Sends what is due in the outbox and what happened since, without a look at what falls due."""
    carriers: dict[str, Carrier] = {}
    with register.database.reading() as session:
        carriers |= hooks.posters(session, clock)
    if carriers:
        now = clock()
        with register.database.writing() as session:
            hooks.queue(session, today(now), now)
    if settings.mails:
        carriers["mail"] = Mailer(settings, clock)
    return send_due(register, carriers, clock)


def prepare(register: Register, settings: DeliverySettings, day: date, now: datetime, *, mails: bool) -> Prepared:
    """All but the sending. ``mails``: whether mail is written; otherwise it waits to be told."""
    run = AlertBook(register).run(day)
    wanting = missing(register, day)
    with register.database.writing() as session:
        outbox.forget(session, now)
        digest.take_over(session)
        hooks.queue(session, day, now)
        relances.follow(session, wanting, day)
        if mails:
            digest.compose(session, day, now, settings.web_url)
            relances.queue(session, day, now)
        session.flush()
        nobody = sa.select(sa.func.count()).select_from(TellingRow)
        nobody = nobody.where(TellingRow.person_id.is_(None), TellingRow.outbox_id.is_(None))
        drafts = sa.select(sa.func.count()).select_from(RelanceRow).where(RelanceRow.state == "draft")
        return Prepared(
            run,
            outbox.waiting(session),
            session.scalar(nobody) or 0,
            session.scalar(drafts) or 0,
            outbox.count(session, "dead"),
            settings.mails,
        )
