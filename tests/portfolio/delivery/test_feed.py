"""Persons' calendars, as two programs that know nothing of one another read them."""

from __future__ import annotations

from datetime import date, timedelta

import icalendar
import pytest
import vobject

from portfolio.alerts.book import AlertBook
from portfolio.delivery.feed import feed
from portfolio.delivery.people import People, Person
from portfolio.errors import NotFound
from portfolio.register.store import Register
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

FRENCH = Wording(Texts("fr"))
DAY = date(2030, 12, 1)


def kinds(register: Register, person: str | None) -> dict[str, date]:
    content = feed(register, DAY, FRENCH, person)
    one = {str(e["uid"]): e.decoded("dtstart") for e in icalendar.Calendar.from_ical(content).walk("VEVENT")}
    other = getattr(vobject.readOne(content.decode()), "vevent_list", [])
    assert {e.uid.value: e.dtstart.value for e in other} == one
    return {uid.partition(":")[2].partition(":")[0].partition("@")[0]: on for uid, on in one.items()}


def test_each_sees_what_they_would_be_told(nettoyage: Register) -> None:
    people = People(nettoyage)
    for name in ("Marie", "Paul", "Liste"):
        people.put(Person(name, "x@example.org", general=name == "Liste"))
    everything = {"end": date(2030, 12, 31), "obligation": date(2030, 12, 20)}
    assert kinds(nettoyage, None) == kinds(nettoyage, "liste") == everything
    assert kinds(nettoyage, "Marie") == {}
    people.charge("Marie", "contract", "nettoyage")
    assert (kinds(nettoyage, "Marie"), kinds(nettoyage, "Liste")) == (everything, {})
    book = AlertBook(nettoyage)
    book.run(DAY)
    (alert,) = book.alerts()
    book.assign(alert.id, "Paul", "Marie", DAY)
    assert kinds(nettoyage, "Paul") == {"end": date(2030, 12, 31)}
    book.dismiss(alert.id, "sera prolongé", "Paul", DAY)
    assert (kinds(nettoyage, "Paul"), set(kinds(nettoyage, None))) == ({}, {"obligation"})
    with pytest.raises(NotFound):
        feed(nettoyage, DAY, FRENCH, "personne")


def test_it_reminds_at_the_lead_times_and_keeps_its_name_when_the_day_moves(nettoyage: Register) -> None:
    AlertBook(nettoyage).set_lead_times("final_end", [20, 5], "Marie", contract="nettoyage")

    def the_end() -> icalendar.Event:
        calendar = icalendar.Calendar.from_ical(feed(nettoyage, DAY, FRENCH))
        (found,) = [e for e in calendar.walk("VEVENT") if ":end:" in str(e["uid"])]
        return found

    before = the_end()
    assert [alarm["trigger"].dt for alarm in before.walk("VALARM")] == [timedelta(days=-20), timedelta(days=-5)]
    nettoyage.correct("nettoyage", "start_date", date(2030, 2, 1), "Marie")
    after = the_end()
    assert (after["uid"], after.decoded("dtstart")) == (before["uid"], date(2031, 1, 31))
