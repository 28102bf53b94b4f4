"""What is owed under registered contracts, in which state, and what persons say about it."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.calendar.told import tell
from portfolio.deadlines import deadlines
from portfolio.errors import InvalidValue, NotFound
from portfolio.obligations.book import Listed, ObligationBook, Occurrence
from portfolio.obligations.log import HandedOver
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import Amount, Obligation, Party
from portfolio.values import DueRule, Duration, Every, FromEvent
from portfolio.words.phrases import phrase
from tests.portfolio.builders import NETISOL, US, contract

AS_OF = date(2026, 11, 24)
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)


def owes(document: str, due: DueRule | None, quote: str = "x", debtor: str = "Netisol") -> Obligation:
    return Obligation(debtor=debtor, action=f"Remettre : {document}", document=document, due=due, quote=quote)


HALF_YEARLY = Every(every=Duration(months=6))
VIGILANCE = owes("attestation de vigilance URSSAF", HALF_YEARLY, "à la conclusion puis tous les six mois")
TERM = {"signature_date": date(2025, 12, 10), "start_date": date(2026, 1, 1), "duration": Duration(years=2)}


def service(register: Register, *obligations: Obligation, name: str = "nettoyage", **changes: object) -> ObligationBook:
    register.set_companies([Company(US.name)])
    values = {"contract_type": "cleaning", "governing_law": "FR", **TERM, "obligations": list(obligations)} | changes
    register.import_contract(contract(f"{name}.pdf", **values), "Durand")
    return ObligationBook(register)


def listed(book: ObligationBook, as_of: date = AS_OF) -> Listed:
    return book.list(as_of, FIRST, LAST)


def of_the_contract(book: ObligationBook, as_of: date = AS_OF) -> list[Occurrence]:
    return [o for o in listed(book, as_of).occurrences if o.law is None]


def by_law(book: ObligationBook) -> set[str]:
    return {o.event.key.split(":")[2] for o in listed(book).occurrences if o.law}


def test_debtors_stand_on_their_side(register: Register) -> None:
    book = service(
        register, owes("bilan", Every(every=Duration(years=1), month_day="03-31")),
        owes("plans", Every(every=Duration(years=1), month_day="04-30"), debtor=US.name),
    )  # fmt: skip
    assert {(o.event.side, o.event.debtor) for o in of_the_contract(book)} == {("them", "Netisol"), ("us", US.name)}


def test_what_is_past_is_late_from_the_day_the_contract_came_in(register: Register) -> None:
    book = service(register, VIGILANCE)
    came = register.contract("nettoyage").created_at.date()
    later = date(came.year + 1, came.month, 28)
    states = {o.event.on: o.state for o in of_the_contract(book, later)}
    assert states
    for day, state in states.items():
        assert day >= came
        assert state == ("late" if day < later else "to_do")


def test_done_with_a_document_waived_with_a_reason_and_taken_back(register: Register) -> None:
    book = service(register, VIGILANCE)
    first, second, *_ = of_the_contract(book)
    done, wrong = book.done(
        first.handle, "Martin", first.event.on, HandedOver("URSSAF mai.pdf", dated=date(2026, 5, 10))
    )
    assert done.handed is not None
    assert done.handed.valid_until == date(2026, 11, 9), "an URSSAF certificate is valid for six months"
    assert wrong is not None and wrong.key == "document.expired"
    waived = book.waive(second.handle, "Durand", "le chantier est arrêté", AS_OF)
    assert [o.state for o in of_the_contract(book)][:2] == ["done", "waived"]
    assert [(e.who, e.action, e.reason) for e in book.history("nettoyage")][-1] == (
        "Durand", "waived", "le chantier est arrêté",
    )  # fmt: skip
    with pytest.raises(InvalidValue):
        book.done(second.handle, "Martin", AS_OF)
    book.undo(waived.id, "Martin")
    assert [o.state for o in of_the_contract(book)][:2] == ["done", "to_do"]
    with pytest.raises(InvalidValue):
        book.undo(waived.id, "Martin")
    with pytest.raises(InvalidValue):
        book.waive(second.handle, "Durand", "  ", AS_OF)
    with pytest.raises(NotFound):
        book.done("ffffffff", "Durand", AS_OF)


def test_what_is_done_falls_due_no_more_and_its_document_expires(register: Register) -> None:
    book = service(register, VIGILANCE)
    (first, *_) = of_the_contract(book)
    assert first.event.key in {e.key for e in deadlines(register, AS_OF, 60).events}
    book.done(first.handle, "Martin", AS_OF, HandedOver("URSSAF", dated=date(2026, 6, 15)))
    found = {e.kind: e for e in deadlines(register, AS_OF, 60).events if e.kind in ("obligation", "document_expiry")}
    assert found["document_expiry"].on == date(2026, 12, 15)
    assert found["document_expiry"].steps[-1] == phrase("document.valid_until", date=date(2026, 12, 14))
    assert first.event.key not in {e.key for e in deadlines(register, AS_OF, 60).events}


def test_a_newer_document_takes_the_place_of_the_older_one(register: Register) -> None:
    book = service(register, VIGILANCE)
    first, second, *_ = of_the_contract(book)
    book.done(first.handle, "Martin", AS_OF, HandedOver("ancienne", valid_until=date(2026, 12, 14)))
    book.done(second.handle, "Martin", AS_OF, HandedOver("nouvelle", valid_until=date(2027, 5, 31)))
    expiring = [e for e in deadlines(register, AS_OF, 400).events if e.kind == "document_expiry"]
    assert [e.on for e in expiring] == [date(2027, 6, 1)]


def test_an_event_that_a_person_tells_dates_what_follows_from_it(register: Register) -> None:
    claim = owes("analyse 8D", FromEvent(event="réclamation qualité", offset=Duration(days=10)))
    book = service(register, claim)
    ((_, waiting),) = listed(book).undated
    assert waiting.missing == phrase("obligation.event_unknown", event="réclamation qualité")
    tell(register, "nettoyage", "event", AS_OF, "Durand", event="Réclamation qualité")
    assert [o.event.on for o in of_the_contract(book)] == [date(2026, 12, 4)]
    assert listed(book).undated == ()


def test_the_law_asks_where_the_contract_is_silent(register: Register) -> None:
    book = service(register)
    assert by_law(book) == {"law-vigilance", "law-kbis"}
    (first, *_) = [o for o in listed(book).occurrences if o.event.key.split(":")[2] == "law-vigilance"]
    assert first.law == "C. trav. art. L8222-1, D8222-5 et D8222-7"
    assert first.event.unsure
    assert first.event.debtor == NETISOL.name
    assert first.event.on in (date(2026, 6, 10), date(2026, 12, 10))


@pytest.mark.parametrize(
    ("changes", "proposed"),
    [
        ({"obligations": [VIGILANCE]}, {"law-kbis"}),
        ({"amounts": [Amount(label="Prix", value=4999, tax="excl", period="total")]}, set()),
        ({"amounts": [Amount(label="Prix", value=500, tax="excl", period="month")]}, {"law-vigilance", "law-kbis"}),
        ({"amounts": [Amount(label="Heure", value=50, period="hour")]}, {"law-vigilance", "law-kbis"}),
        ({"contract_type": "lease"}, set()),
        ({"governing_law": "GB"}, set()),
        ({"contract_type": "works"}, {"law-vigilance", "law-kbis", "law-ten_year_insurance"}),
        ({"parties": [US, Party(name="Netisol", role="partner")]}, set()),
    ],
)  # fmt: skip
def test_whom_the_law_asks(register: Register, changes: dict[str, object], proposed: set[str]) -> None:
    assert by_law(service(register, **changes)) == proposed


def test_a_legal_rule_is_switched_for_the_whole_register(register: Register) -> None:
    book = service(register)
    book.switch("kbis", False, "Durand")
    book.switch("foreign_workers", True, "Durand")
    assert by_law(book) == {"law-vigilance", "law-foreign_workers"}
    assert {rule.id: rule.enabled for rule in book.rules()}["kbis"] is False
    with pytest.raises(NotFound):
        book.switch("unknown", True, "Durand")


def test_what_only_the_law_asks_is_no_part_of_the_contracts_own_record(register: Register) -> None:
    service(register)
    (contract_,) = deadlines(register, AS_OF, 60).contracts
    assert contract_.next_obligations == ()
    assert any(event.kind == "obligation" for event in contract_.events)
