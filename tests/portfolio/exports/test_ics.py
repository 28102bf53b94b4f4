"""The calendar, as two programs that know nothing of one another read it."""

from datetime import date, timedelta

import icalendar
import pytest
import vobject

from portfolio.deadlines import deadlines
from portfolio.exports import ics
from portfolio.register.store import Register
from portfolio.words.values import Wording
from tests.portfolio.builders import contract
from tests.portfolio.exports.portfolios import AS_OF, ENGLISH, FRENCH


@pytest.mark.parametrize("say", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_two_programs_read_every_event_with_its_day_and_words(filled: Register, say: Wording) -> None:
    content = ics.calendar(filled, AS_OF, say)
    events = deadlines(filled, AS_OF, ics.DAYS).events
    assert len(events) > 10
    expected = {f"{event.key}@contratheque": event.on for event in events}
    one = icalendar.Calendar.from_ical(content)
    assert {str(e["uid"]): e.decoded("dtstart") for e in one.walk("VEVENT")} == expected
    other = vobject.readOne(content.decode())
    assert {e.uid.value: e.dtstart.value for e in other.vevent_list} == expected
    summaries = {e.uid.value: e.summary.value for e in other.vevent_list}
    notice = next(event for event in events if event.kind == "notice")
    assert notice.what.say(say) in summaries[f"{notice.key}@contratheque"]
    assert not one.errors and not any(e.errors for e in one.walk("VEVENT"))


def test_lines_are_folded_and_marked_as_the_standard_asks(filled: Register) -> None:
    content = ics.calendar(filled, AS_OF, FRENCH)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    for event in icalendar.Calendar.from_ical(content).walk("VEVENT"):
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert event["dtstamp"].dt.tzinfo is not None


def test_a_notice_reminds_in_time_and_says_that_it_is_to_be_verified(filled: Register) -> None:
    calendar = icalendar.Calendar.from_ical(ics.calendar(filled, AS_OF, FRENCH))
    (notice,) = [
        e
        for e in calendar.walk("VEVENT")
        if str(e["uid"]).endswith(":notice:0@contratheque") and "hostile" in str(e["description"])
    ]
    assert notice.decoded("dtstart") == date(2027, 3, 30)
    assert str(notice["summary"]).startswith("[à vérifier] ")
    assert (str(notice["status"]), str(notice["transp"])) == ("TENTATIVE", "TRANSPARENT")
    alarms = [alarm["trigger"].dt for alarm in notice.walk("VALARM")]
    assert alarms == [timedelta(days=-60), timedelta(days=-30), timedelta(days=-7)]


def test_an_event_whose_day_moves_keeps_its_name(register: Register) -> None:
    register.save(contract("a.pdf", start_date="2026-01-01", end_date="2026-12-31", renewal__kind="none"), "rules")

    def ends() -> dict[str, date]:
        calendar = icalendar.Calendar.from_ical(ics.calendar(register, AS_OF, FRENCH))
        return {str(event["uid"]): event.decoded("dtstart") for event in calendar.walk("VEVENT")}

    before = ends()
    register.correct("a", "end_date", "2027-06-30", "Marie")
    after = ends()
    assert before.keys() == after.keys()
    assert (*before.values(), *after.values()) == (date(2026, 12, 31), date(2027, 6, 30))


def test_texts_cannot_add_events(register: Register) -> None:
    title = "Contrat\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:autre"
    register.save(contract("a.pdf", title=title, end_date="2026-12-31", start_date="2026-01-01"), "rules")
    content = ics.calendar(register, AS_OF, FRENCH)
    assert [
        str(e["uid"]) for e in icalendar.Calendar.from_ical(content).walk("VEVENT") if "autre" in str(e["uid"])
    ] == []
    assert content.count(b"BEGIN:VEVENT") == len(vobject.readOne(content.decode()).vevent_list) == 1
