"""Requests to suppliers: drafted, approved, repeated every week until the document is in; never sent without a yes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portfolio.delivery.daily import daily
from portfolio.delivery.people import People, Person
from portfolio.delivery.relances.book import RelanceBook
from portfolio.delivery.settings import DeliverySettings
from portfolio.errors import InvalidValue, NotFound
from portfolio.obligations.book import ObligationBook
from portfolio.obligations.log import HandedOver
from portfolio.register.store import Register
from portfolio.values import Duration
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.delivery.conftest import Clock
from tests.portfolio.delivery.servers import MailServer

FRENCH = Wording(Texts("fr"))
DUE = date(2030, 12, 20)
LATE = date(2030, 12, 21)


@pytest.fixture
def book(nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer) -> RelanceBook:
    """The certificate of 20 June 2030 is in, that of December is one day late."""
    june = date(2030, 6, 18)
    clock.set(june)
    nettoyage.correct("nettoyage", "duration", Duration(years=3), "Marie")
    daily(nettoyage, settings, clock)
    hand_over(nettoyage, date(2030, 6, 20), june, june)
    clock.set(LATE)
    daily(nettoyage, settings, clock)
    mail.mails.clear()
    return RelanceBook(nettoyage)


def hand_over(register: Register, due: date, dated: date, today: date) -> None:
    obligations = ObligationBook(register)
    (occurrence,) = [
        o for o in obligations.list(today, due, due).occurrences if "vigilance" in o.event.key or o.law is None
    ]
    obligations.done(occurrence.handle, "Marie", today, HandedOver("URSSAF.pdf", dated))


def test_a_draft_waits_for_a_person(
    book: RelanceBook, nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    (draft,) = book.all()
    assert (draft.state, draft.name, [ask.obligation[0] for ask in draft.asks]) == ("draft", "Netisol Propreté", ["r"])
    text = book.letter(draft.id).text
    assert "Votre attestation de vigilance a expiré le 17/12/2030" in text
    assert "script" in text and "http[:]//evil.example" in text  # the contract's title, as text
    for _ in range(4):
        clock.later(timedelta(days=7))
        daily(nettoyage, settings, clock)
    assert [one for one in mail.mails if "Netisol" in str(one["to"])] == []
    assert len(book.all()) == 1
    with pytest.raises(InvalidValue, match="no address"):
        book.approve(draft.id, "Marie", LATE)


def test_approved_it_goes_out_every_week_until_the_document_is_in(
    book: RelanceBook, nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    People(nettoyage).put(Person("Marie", "marie@example.org"))
    (draft,) = book.all()
    book.contact(str(draft.id), "contact@netisol.example", "Marie")
    book.approve(draft.id, "Marie", LATE, note="Votre interlocutrice\r\nest Marie.")
    for _ in range(9):
        daily(nettoyage, settings, clock)
        daily(nettoyage, settings, clock)
        clock.later(timedelta(days=2))
    sent = [one for one in mail.mails if "netisol" in str(one["to"])]
    assert [one["subject"] for one in sent] == [
        "Clinique du Val d'Orge : documents attendus",
        "Clinique du Val d'Orge : documents attendus (rappel n° 1)",
        "Clinique du Val d'Orge : documents attendus (rappel n° 2)",
    ]
    assert [str(one["date"])[5:16] for one in sent] == ["21 Dec 2030", "29 Dec 2030", "06 Jan 2031"]
    assert sent[0]["reply-to"] == "marie@example.org"
    assert "Marie." in sent[0].get_content()
    hand_over(nettoyage, DUE, clock().date(), clock().date())
    for _ in range(3):
        clock.later(timedelta(days=4))
        daily(nettoyage, settings, clock)
    assert len([one for one in mail.mails if "netisol" in str(one["to"])]) == 3
    assert book.get(draft.id).state == "closed"


def test_what_waits_to_be_sent_is_withdrawn_when_the_document_comes_or_a_person_stops_it(
    book: RelanceBook, nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    (draft,) = book.all()
    book.contact("Netisol Propreté", "contact@netisol.example", "Marie")
    book.approve(draft.id, "Marie", LATE)
    mail.answers += ["451 later"] * 2
    daily(nettoyage, settings, clock)
    hand_over(nettoyage, DUE, LATE, LATE)
    clock.later(timedelta(hours=2))
    daily(nettoyage, settings, clock)
    assert (mail.mails, book.get(draft.id).state) == ([], "closed")


def test_refused_it_is_not_proposed_again_until_it_is_due_anew(
    book: RelanceBook, nettoyage: Register, settings: DeliverySettings, clock: Clock
) -> None:
    (draft,) = book.all()
    with pytest.raises(InvalidValue):
        book.refuse(draft.id, "Marie", " ")
    book.refuse(draft.id, "Marie", "reçue par courrier")
    clock.later(timedelta(days=3))
    daily(nettoyage, settings, clock)
    assert book.all() == ()
    for wrong in (lambda: book.approve(draft.id, "Marie", LATE), lambda: book.stop(draft.id, "Marie", "x")):
        with pytest.raises(InvalidValue):
            wrong()
    with pytest.raises(NotFound):
        book.get(999)


def test_stopped_it_goes_out_no_more(
    book: RelanceBook, nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    (draft,) = book.all()
    book.contact(str(draft.id), "contact@netisol.example", "Marie", language="en")
    book.approve(draft.id, "Marie", LATE)
    daily(nettoyage, settings, clock)
    assert [one["subject"] for one in mail.mails] == ["Clinique du Val d'Orge: documents awaited"]
    book.stop(draft.id, "Marie", "contrat rompu")
    clock.later(timedelta(days=8))
    daily(nettoyage, settings, clock)
    assert len(mail.mails) == 1


def test_what_the_law_alone_asks_for_is_marked_and_can_be_left_out(
    book: RelanceBook, nettoyage: Register, settings: DeliverySettings, clock: Clock, mail: MailServer
) -> None:
    nettoyage.correct("nettoyage", "contract_type", "services", "Marie")
    clock.set(date(2031, 1, 2))
    daily(nettoyage, settings, clock)
    (draft,) = book.all()
    said = {ask.what.say(FRENCH): ask.unsure for ask in draft.asks}
    assert len(said) > 1 and all(said.values())
    assert "extrait Kbis" in said
    book.contact(str(draft.id), "contact@netisol.example", "Marie")
    kept = [n for n, ask in enumerate(draft.asks, 1) if "vigilance" in ask.what.key]
    others = [n for n in range(1, len(draft.asks) + 1) if n not in kept]
    for wrong in ([99], range(1, len(draft.asks) + 1)):
        with pytest.raises(InvalidValue):
            book.approve(draft.id, "Marie", clock().date(), without=wrong)
    book.approve(draft.id, "Marie", clock().date(), without=others)
    clock.later(timedelta(days=1))
    daily(nettoyage, settings, clock)
    assert "Kbis" not in mail.mails[-1].get_content()
    assert [one.state for one in book.all()] == ["approved"]


def test_a_contract_that_is_over_asks_for_no_certificate_any_more(
    book: RelanceBook, nettoyage: Register, settings: DeliverySettings, clock: Clock
) -> None:
    (draft,) = book.all()
    nettoyage.correct("nettoyage", "duration", Duration(years=1), "Marie")
    clock.set(date(2031, 1, 1))
    daily(nettoyage, settings, clock)
    assert book.get(draft.id).state == "closed"
