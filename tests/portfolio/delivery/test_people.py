"""Whom a raise is told to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portfolio.accounts.store import Accounts
from portfolio.alerts.book import AlertBook
from portfolio.delivery.daily import rehearse
from portfolio.delivery.people import People, Person
from portfolio.delivery.settings import DeliverySettings
from portfolio.errors import InvalidValue, NotFound
from portfolio.register.store import Register
from tests.portfolio.delivery.conftest import Clock

WARNED = date(2030, 12, 1)


def told(register: Register, day: date = WARNED) -> list[str]:
    """The first names of those who would be written to."""
    waiting = rehearse(register, DeliverySettings(smtp_host=None), day, Clock().now).waiting
    return sorted(delivery.recipient.split()[0] for delivery in waiting)


def person(name: str, **more: object) -> Person:
    return Person(name, f"{name.lower()}@example.org", **more)  # type: ignore[arg-type]


@pytest.fixture
def people(nettoyage: Register) -> People:
    book = People(nettoyage)
    for one in (person("Liste", general=True), person("Marie"), person("Paul"), person("Zoe")):
        book.put(one)
    return book


def test_the_nearest_who_answers_for_the_contract(people: People, nettoyage: Register) -> None:
    nettoyage.label("nettoyage", "Hôtellerie", "Direction")
    nettoyage.label("nettoyage", "urgent")
    assert told(nettoyage) == ["Liste"]
    people.charge("Marie", "type", "other")
    assert told(nettoyage) == ["Marie"]
    people.charge("Paul", "site", "evry")
    assert told(nettoyage) == ["Paul"]
    people.charge("Zoe", "tag", "Urgent")
    assert told(nettoyage) == ["Zoe"]
    people.charge("Marie", "category:Direction", "hotellerie")
    assert told(nettoyage) == ["Marie"]
    people.charge("Zoe", "contract", "nettoyage")
    people.charge("Paul", "contract", "nettoyage")
    assert told(nettoyage) == ["Paul", "Zoe"]
    people.discharge("paul", "contract", "nettoyage")
    assert told(nettoyage) == ["Zoe"]


def test_whoever_it_is_assigned_to_goes_first(people: People, nettoyage: Register) -> None:
    people.charge("Marie", "contract", "nettoyage")
    book = AlertBook(nettoyage)
    book.run(WARNED)
    (alert,) = book.alerts()
    book.assign(alert.id, "PAUL", "Marie", WARNED)
    assert told(nettoyage) == ["Paul"]
    Accounts(nettoyage).add("Inès", "editor", email="ines@example.org", password="un mot de passe assez long")
    book.assign(alert.id, "ines", "Marie", WARNED)
    assert told(nettoyage) == ["Inès"]
    book.assign(alert.id, "un inconnu", "Marie", WARNED)
    assert told(nettoyage) == ["Marie"]


def test_preferences_and_absence_never_silence_an_alert(people: People, nettoyage: Register) -> None:
    people.charge("Marie", "contract", "nettoyage")
    people.put(person("Marie", kinds=("revision",)))
    assert told(nettoyage) == ["Liste"]
    people.put(person("Marie", away=True, deputy="Paul"))
    assert told(nettoyage) == ["Paul"]
    people.put(person("Paul", away=True, deputy="Marie"))
    assert told(nettoyage) == ["Liste"]
    people.put(person("Liste"))
    assert told(nettoyage) == []
    assert rehearse(nettoyage, DeliverySettings(smtp_host=None), WARNED, Clock().now).nobody == 1


def test_when_nobody_reacts_a_second_person_is_told(people: People, nettoyage: Register) -> None:
    people.charge("Marie", "contract", "nettoyage")
    people.put(person("Marie", deputy="Paul"))
    AlertBook(nettoyage).run(WARNED)
    week = WARNED + timedelta(days=7)
    waiting = rehearse(nettoyage, DeliverySettings(smtp_host=None), week, Clock().now).waiting
    said = {delivery.recipient.split()[0]: delivery.body["text"] for delivery in waiting}
    assert sorted(said) == ["Marie", "Paul"]
    assert "À TRAITER VITE" in said["Paul"] and "personne n'a réagi" in said["Paul"]
    people.put(person("Marie"))
    assert told(nettoyage, week) == ["Liste", "Marie"]


def test_each_reads_their_own_language(people: People, nettoyage: Register) -> None:
    people.put(person("Liste", general=True, language="en"))
    (delivery,) = rehearse(nettoyage, DeliverySettings(smtp_host=None), WARNED, Clock().now).waiting
    assert delivery.subject == "Deadlines of 2030-12-01: 1 deadline"
    assert "in 30 days" in delivery.body["text"] and "TO BE VERIFIED" in delivery.body["text"]


def test_what_cannot_be_is_refused(people: People) -> None:
    for wrong in (
        person(" "), Person("Max", "max"), person("Max", language="de"), person("Max", kinds=("x",)),
        person("Max", deputy="max"), Person("x" * 201, "x@example.org"),
    ):  # fmt: skip
        with pytest.raises((InvalidValue, NotFound)):
            people.put(wrong)
    for scope, value in (("planète", "Terre"), ("tag", " "), ("category:", "x"), ("contract", "inconnu")):
        with pytest.raises((InvalidValue, NotFound)):
            people.charge("Marie", scope, value)
    with pytest.raises(NotFound):
        people.remove("Max")
