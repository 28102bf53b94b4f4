"""What a person tells of a contract, in the register."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.calendar.given import given
from portfolio.calendar.told import all_given, tell, told, withdraw
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.store import Register
from tests.portfolio.builders import contract, sample

ON = date(2026, 12, 1)


@pytest.fixture
def ref(register: Register) -> str:
    return register.save(contract("travaux.pdf", duration="P14M"), "rules").contract


def test_a_start_that_is_told_again_replaces_the_first_and_both_stay_in_the_history(
    register: Register, ref: str
) -> None:
    tell(register, ref, "start", ON, "Durand")
    tell(register, ref, "start", date(2026, 12, 8), "Martin")
    first, second = told(register, ref)
    assert (first.who, first.withdrawn_by) == ("Durand", "Martin")
    assert (second.on, second.withdrawn_by) == (date(2026, 12, 8), None)
    with register.database.reading() as session:
        assert all_given(session)[ref].start == date(2026, 12, 8)


def test_events_are_told_apart_by_their_words(register: Register, ref: str) -> None:
    tell(register, ref, "event", ON, "Durand", event="Réception des travaux")
    tell(register, ref, "event", date(2027, 1, 5), "Durand", event="livraison")
    tell(register, ref, "event", date(2027, 1, 9), "Durand", event="réception  des travaux")
    held = given(told(register, ref))
    assert [(e.event, e.on) for e in held.events] == [
        ("livraison", date(2027, 1, 5)),
        ("réception des travaux", date(2027, 1, 9)),
    ]


def test_the_same_word_twice_is_one(register: Register, ref: str) -> None:
    assert tell(register, ref, "notice", ON, "Durand", by="us") == tell(register, ref, "notice", ON, "Martin", by="us")
    assert len(told(register, ref)) == 1


def test_what_was_told_can_be_taken_back_once(register: Register, ref: str) -> None:
    entry = tell(register, ref, "notice", ON, "Durand")
    assert withdraw(register, entry.id, "Martin").withdrawn_by == "Martin"
    assert given(told(register, ref)).notices == ()
    with pytest.raises(NotFound):
        withdraw(register, entry.id, "Martin")


def test_what_is_told_of_an_amendment_is_told_of_its_base(register: Register) -> None:
    base = register.save(sample("02-bionettoyage"), "rules").contract
    amendment = register.save(sample("03-avenant-bionettoyage"), "rules").contract
    tell(register, amendment, "end", ON, "Durand")
    assert [entry.contract for entry in told(register, base)] == [base]


def test_an_event_needs_words_and_nothing_else_has_any(register: Register, ref: str) -> None:
    with pytest.raises(InvalidValue):
        tell(register, ref, "event", ON, "Durand", event=" … ")
    with pytest.raises(InvalidValue):
        tell(register, ref, "start", ON, "Durand", event="notification")
    with pytest.raises(InvalidValue):
        tell(register, ref, "start", ON, "Durand", by="us")
