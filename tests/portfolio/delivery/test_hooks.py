"""Webhooks as a receiver sees them, with its own check of the signature."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from datetime import UTC, date, datetime, timedelta

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from portfolio.alerts.book import AlertBook
from portfolio.delivery import outbox
from portfolio.delivery.daily import daily, send
from portfolio.delivery.happenings import Topic
from portfolio.delivery.hooks import Hooks
from portfolio.delivery.settings import DeliverySettings
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.builders import contract
from tests.portfolio.delivery.conftest import Clock
from tests.portfolio.delivery.servers import HookServer

NO_MAIL = DeliverySettings(smtp_host=None)
WARNED = date(2030, 12, 6)
"""Both the end and the certificate are to be told."""


def test_a_receiver_that_fails_five_times_gets_everything_once(
    nettoyage: Register, hook: HookServer, clock: Clock
) -> None:
    _, secret = Hooks(nettoyage).add(hook.url, "Marie")
    hook.failures = 5
    clock.set(WARNED)
    assert [t.state for t in daily(nettoyage, NO_MAIL, clock).tries] == ["waiting"]
    waited = timedelta()
    while len(hook.took) < 2 and waited < timedelta(hours=3):
        clock.later(timedelta(minutes=1))
        waited += timedelta(minutes=1)
        send(nettoyage, NO_MAIL, clock)
    assert timedelta(minutes=3) <= waited <= timedelta(minutes=40)
    assert len(hook.seen) == 7
    ids = [headers["webhook-id"] for headers, _ in hook.took]
    assert len(set(ids)) == 2
    for headers, body in hook.took:
        signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
        key = base64.b64decode(secret.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        assert headers["webhook-signature"] == f"v1,{expected}"
    kinds = {json.loads(body)["data"]["alert"]["kind"] for _, body in hook.took}
    assert kinds == {"final_end", "obligation"}
    daily(nettoyage, NO_MAIL, clock)
    assert len(hook.took) == 2


def test_waiting_grows_each_time_up_to_six_hours() -> None:
    minutes = [outbox.back_off(n) // timedelta(minutes=1) for n in range(1, 12)]
    assert minutes == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]


def test_the_standards_own_library_accepts_it_and_notices_a_change(nettoyage: Register, hook: HookServer) -> None:
    _, secret = Hooks(nettoyage).add(hook.url, "Marie", language="en")
    AlertBook(nettoyage).run(WARNED)
    daily(nettoyage, NO_MAIL, lambda: datetime.now(UTC))
    headers, body = hook.took[0]
    content = Webhook(secret).verify(body, headers)
    assert content["type"] == "alert.raised"
    assert content["data"]["alert"]["contract"]["stem"] == "nettoyage"
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", headers)


def test_an_address_is_told_what_comes_after_it(nettoyage: Register, hook: HookServer, clock: Clock) -> None:
    clock.set(date(2030, 12, 1))
    daily(nettoyage, NO_MAIL, clock)
    Hooks(nettoyage).add(hook.url, "Marie", kinds=["obligation"])
    clock.set(WARNED)
    daily(nettoyage, NO_MAIL, clock)
    assert [json.loads(body)["data"]["alert"]["date"] for _, body in hook.took] == ["2030-12-20"]


def test_what_is_given_up_is_seen_and_sent_again(nettoyage: Register, hook: HookServer, clock: Clock) -> None:
    Hooks(nettoyage).add(hook.url, "Marie")
    hook.status = 404
    clock.set(WARNED)
    daily(nettoyage, NO_MAIL, clock)
    for _ in range(outbox.TRIES):
        clock.later(timedelta(hours=7))
        send(nettoyage, NO_MAIL, clock)
    with nettoyage.database.reading() as session:
        dead = outbox.deliveries(session, "dead")
    assert [(d.tries, d.error) for d in dead] == [(outbox.TRIES, f"http://127.0.0.1:{hook.port}/… answered 404")] * 2
    hook.status = 200
    with nettoyage.database.writing() as session:
        for one in dead:
            outbox.replay(session, one.id, clock())
    assert {t.state for t in send(nettoyage, NO_MAIL, clock)} == {"sent"}
    with nettoyage.database.writing() as session, pytest.raises(InvalidValue):
        outbox.replay(session, dead[0].id, clock())
    with nettoyage.database.writing() as session, pytest.raises(NotFound):
        outbox.replay(session, 999_999, clock())


def test_it_is_sent_to_the_address_alone(
    nettoyage: Register, hook: HookServer, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    added, secret = Hooks(nettoyage).add(hook.url, "Marie")
    hook.status = 302  # a redirection leads nowhere
    clock.set(WARNED)
    daily(nettoyage, NO_MAIL, clock)
    assert len(hook.seen) == 2 and hook.took == []
    for said in (caplog.text, repr(added), repr(Hooks(nettoyage).all())):
        assert "jeton-secret" not in said and secret not in said


def test_one_that_is_taken_off_gets_nothing_more(nettoyage: Register, hook: HookServer, clock: Clock) -> None:
    added, _ = Hooks(nettoyage).add(hook.url, "Marie")
    hook.failures = 1
    clock.set(WARNED)
    daily(nettoyage, NO_MAIL, clock)
    Hooks(nettoyage).remove(added.id)
    clock.later(timedelta(hours=1))
    assert send(nettoyage, NO_MAIL, clock) == ()
    again, _ = Hooks(nettoyage).add(hook.url, "Marie")
    assert again.id != added.id
    with pytest.raises(NotFound):
        Hooks(nettoyage).remove(added.id)


@pytest.mark.parametrize(
    "url",
    ["", "ftp://a.example", "http://erp.example.org/x", "https://u:p@a.example", "https://", "https://a b", "https://a\n.example",
     "file:///etc/passwd", "https://a.example:port/", "https://é.example/", "https://a.example/" + "x" * 2000],
)  # fmt: skip
def test_addresses_that_are_refused(nettoyage: Register, url: str) -> None:
    with pytest.raises(InvalidValue):
        Hooks(nettoyage).add(url, "Marie")


def test_what_happens_in_the_register_is_told_once_by_topic(
    nettoyage: Register, hook: HookServer, clock: Clock
) -> None:
    topics: tuple[Topic, ...] = ("contract.registered", "value.confirmed", "price.revised")
    added, _ = Hooks(nettoyage).add(hook.url, "Marie", topics=topics)
    nettoyage.save(contract("bail.pdf", title="Bail", contract_type="lease"), "rules")
    ref = nettoyage.contract("bail").id
    nettoyage.confirm(ref, "title", "Marie")
    clock.set(WARNED)
    send(nettoyage, NO_MAIL, clock)
    daily(nettoyage, NO_MAIL, clock)
    told = [json.loads(body) for _, body in hook.took]
    assert [one["type"] for one in told] == ["contract.registered", "value.confirmed"]
    assert told[0]["data"]["contract"] == {"id": ref, "stem": "bail", "title": "Bail"}
    assert "title" in told[0]["data"]["fields"]
    assert told[1]["data"]["value"]["field"] == "title" and told[1]["data"]["who"] == "Marie"
    assert [one.state for one in Hooks(nettoyage).deliveries(added.id)] == ["sent", "sent"]


def test_a_revision_that_was_applied_is_told(nettoyage: Register, hook: HookServer, clock: Clock) -> None:
    nettoyage.save(
        contract(
            "indexe.pdf", title="Indexé", start_date=date(2030, 1, 1), duration=Duration(years=4),
            price_revision__kind="indexed", price_revision__frequency="P1Y", price_revision__month_day="12-20",
        ), "rules",
    )  # fmt: skip
    Hooks(nettoyage).add(hook.url, "Marie", topics=("price.revised",))
    book = AlertBook(nettoyage)
    book.run(WARNED)
    [alert] = [one for one in book.alerts() if one.kind == "revision"][:1]
    book.done(alert.id, "Marie", WARNED)
    clock.set(WARNED)
    daily(nettoyage, NO_MAIL, clock)
    [(_, body)] = hook.took
    assert json.loads(body)["data"]["alert"]["id"] == alert.id


def test_a_delivery_is_sent_again_under_its_own_id(nettoyage: Register, hook: HookServer, clock: Clock) -> None:
    added, _ = Hooks(nettoyage).add(hook.url, "Marie")
    clock.set(WARNED)
    daily(nettoyage, NO_MAIL, clock)
    before = [headers["webhook-id"] for headers, _ in hook.took]
    replayed = Hooks(nettoyage).replay(Hooks(nettoyage).deliveries(added.id)[0].id)
    clock.now = datetime.now(UTC) + timedelta(minutes=1)
    send(nettoyage, NO_MAIL, clock)
    assert [headers["webhook-id"] for headers, _ in hook.took] == [*before, replayed.key]
    with pytest.raises(NotFound):
        Hooks(nettoyage).replay(999)
