"""Alerts over the days: what is told when, and what happens when facts change or a person reacts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portfolio.alerts.book import AlertBook
from portfolio.alerts.records import Alert, AlertFilters, Raise
from portfolio.errors import InvalidValue, NotFound
from portfolio.obligations.book import ObligationBook
from portfolio.obligations.log import HandedOver
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import Obligation
from portfolio.values import Duration, Every
from portfolio.words.phrases import phrase
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.builders import US, contract

FRENCH = Wording(Texts("fr"))
END = date(2026, 12, 31)
TERM = {"start_date": date(2024, 1, 1), "duration": Duration(years=3), "renewal__kind": "none"}
REPORT = Obligation(
    debtor="Netisol", action="Remettre le bilan", document="bilan",
    due=Every(every=Duration(years=1), month_day="10-15"), quote="le 15 octobre de chaque année",
)  # fmt: skip


@pytest.fixture
def book(register: Register) -> AlertBook:
    register.set_companies([Company(US.name)])
    register.import_contract(contract("bail.pdf", contract_type="other", **TERM), "Durand")
    return AlertBook(register)


def told(raises: tuple[Raise, ...]) -> list[tuple[str, int]]:
    return [(one.reason, one.days) for one in raises]


def the(book: AlertBook, kind: str = "final_end") -> Alert:
    (found,) = book.alerts(AlertFilters(states=ALL, kinds=(kind,)))  # type: ignore[arg-type]
    return found


ALL = ("proposed", "confirmed", "snoozed", "done", "dismissed", "past", "gone")


def test_each_lead_time_is_told_once_on_its_day(book: AlertBook) -> None:
    days = {left: END - timedelta(days=left) for left in (181, 180, 179, 90, 30)}
    assert told(book.run(days[181]).raised) == []
    assert told(book.run(days[180]).raised) == [("lead", 180)]
    assert told(book.run(days[180]).raised) == []
    assert told(book.run(days[179]).raised) == []
    book.confirm(the(book).id, "Durand", days[179])
    assert told(book.run(days[90]).raised) == [("lead", 90)]
    assert told(book.run(days[30]).raised) == [("lead", 30)]
    assert len(book.alerts()) == 1


def test_a_contract_that_comes_in_late_is_told_once_for_all_lead_times_gone_by(book: AlertBook) -> None:
    assert told(book.run(END - timedelta(days=20)).raised) == [("lead", 20)]
    assert told(book.run(END - timedelta(days=19)).raised) == []


def test_the_event_of_a_value_that_nobody_decided_on_is_told_as_to_be_verified(register: Register) -> None:
    register.save(contract("lu.pdf", contract_type="other", **TERM), "rules")
    book = AlertBook(register)
    (told_,) = book.run(END - timedelta(days=30)).raised
    assert told_.alert.to_verify
    assert not book.confirm(told_.alert.id, "Durand", END).to_verify


def test_an_event_that_moves_takes_its_alert_along_and_says_why(book: AlertBook, register: Register) -> None:
    day = END - timedelta(days=90)
    book.run(day)
    before = book.confirm(the(book).id, "Durand", day)
    register.correct("bail", "duration", Duration(years=3, months=2), "Martin")
    report = book.run(day + timedelta(days=1))
    after = the(book)
    assert (report.moved, told(report.raised)) == (1, [("moved", (date(2027, 2, 28) - day).days - 1)])
    assert (after.id, after.on, after.state) == (before.id, date(2027, 2, 28), "proposed")
    assert after.moved is not None
    assert after.moved.say(FRENCH) == (
        "Déplacé du 31/12/2026 au 28/02/2027 : Durée était 3 ans, est 3 ans 2 mois (Martin)."
    )
    assert [entry.action for entry in book.history(after.id)] == ["confirmed", "moved"]


def test_an_event_that_moves_years_away_is_found_there(book: AlertBook, register: Register) -> None:
    day = END - timedelta(days=90)
    book.run(day)
    register.correct("bail", "duration", Duration(years=8), "Martin")
    assert book.run(day).moved == 1
    assert the(book).on == date(2031, 12, 31)


def test_an_amendment_is_named_as_the_reason(book: AlertBook, register: Register) -> None:
    day = END - timedelta(days=90)
    register.import_contract(contract("bail-a.pdf", reference="CT-2024-0173", contract_type="other", **TERM), "Durand")
    book.run(day)
    register.import_contract(
        contract("avenant.pdf", amends="CT-2024-0173", start_date=day, end_date=date(2027, 6, 30)), "Durand"
    )
    book.run(day + timedelta(days=1))
    (moved,) = [alert for alert in book.alerts() if alert.on == date(2027, 6, 30)]
    assert moved.moved == phrase(
        "alert.moved", before=END, after=date(2027, 6, 30), why=phrase("alert.because_amendment", document="avenant")
    )


def test_what_no_longer_falls_due_is_gone_and_comes_back_with_its_fact(book: AlertBook, register: Register) -> None:
    day = END - timedelta(days=90)
    book.run(day)
    register.correct("bail", "start_date", date(2010, 1, 1), "Martin")
    assert book.run(day).gone == 1
    assert the(book).state == "gone"
    assert book.alerts() == ()
    register.correct("bail", "start_date", date(2024, 1, 1), "Martin")
    book.run(day)
    assert the(book).state == "proposed"


def test_a_dismissed_alert_stays_silent_unless_its_day_moves(book: AlertBook, register: Register) -> None:
    day = END - timedelta(days=180)
    book.run(day)
    book.dismiss(the(book).id, "sera renégocié", "Durand", day)
    assert told(book.run(END - timedelta(days=90)).raised) == []
    register.correct("bail", "duration", Duration(years=3, months=1), "Martin")
    assert told(book.run(END - timedelta(days=89)).raised) == [("moved", 120)]
    assert the(book).state == "proposed"


def test_days_without_a_run_lose_nothing(book: AlertBook) -> None:
    book.run(END - timedelta(days=200))
    report = book.run(END - timedelta(days=85))
    assert told(report.raised) == [("lead", 85)]
    assert report.skipped_days == 114


def test_what_fell_due_while_nothing_ran_is_told_afterwards(book: AlertBook) -> None:
    book.run(END - timedelta(days=200))
    assert told(book.run(END + timedelta(days=9)).raised) == [("overdue", -9)]
    assert told(book.run(END + timedelta(days=10)).raised) == []
    assert the(book).state == "past"


def test_nobody_reacts(book: AlertBook) -> None:
    first = END - timedelta(days=90)
    book.run(first)
    assert told(book.run(first + timedelta(days=6)).raised) == []
    assert told(book.run(first + timedelta(days=7)).raised) == [("escalated", 83)]
    assert the(book).escalated
    assert told(book.run(first + timedelta(days=30)).raised) == []
    assert told(book.run(END - timedelta(days=30)).raised) == [("lead", 30)]


def test_whoever_takes_it_on_is_not_passed_over(book: AlertBook) -> None:
    first = END - timedelta(days=90)
    book.run(first)
    book.assign(the(book).id, "Martin", "Durand", first)
    assert told(book.run(first + timedelta(days=10)).raised) == []


def test_a_snoozed_alert_sleeps_until_its_day(book: AlertBook) -> None:
    first, wakes = END - timedelta(days=95), END - timedelta(days=80)
    book.run(first)
    assert book.snooze(the(book).id, wakes, "Durand", first).state == "snoozed"
    assert told(book.run(END - timedelta(days=90)).raised) == []
    assert told(book.run(wakes).raised) == [("woken", 80)]
    assert the(book).state == "proposed"
    with pytest.raises(InvalidValue, match="2026-12-31"):
        book.snooze(the(book).id, date(2027, 1, 1), "Durand", wakes)


def test_a_persons_word_is_kept_with_its_history_and_can_be_taken_back(book: AlertBook) -> None:
    day = END - timedelta(days=90)
    book.run(day)
    id_ = the(book).id
    book.confirm(id_, "Durand", day)
    book.done(id_, "Martin", day, note="congé donné")
    with pytest.raises(InvalidValue):
        book.confirm(id_, "Durand", day)
    line = book.history(id_)[-1]
    assert (line.who, line.action, line.reason, line.undoable) == ("Martin", "done", "congé donné", True)
    assert book.undo(line.id, "Durand", day).state == "confirmed"
    with pytest.raises(InvalidValue):
        book.undo(line.id, "Durand", day)
    with pytest.raises(NotFound):
        book.confirm(12345, "Durand", day)
    for nobody in ("", "x" * 201):
        with pytest.raises(InvalidValue):
            book.assign(id_, nobody, "Durand", day)
        with pytest.raises(InvalidValue):
            book.confirm(id_, nobody, day)
    with pytest.raises(InvalidValue):
        book.dismiss(id_, " ", "Durand", day)


def test_lead_times_of_a_contract_go_before_its_types_and_the_general_ones(book: AlertBook) -> None:
    book.set_lead_times("final_end", [365], "Durand")
    assert book.lead_times().of("final_end", "any", "lease") == (365,)
    book.set_lead_times("final_end", [20, 200], "Durand", contract_type="other")
    assert told(book.run(END - timedelta(days=201)).raised) == []
    assert told(book.run(END - timedelta(days=200)).raised) == [("lead", 200)]
    book.set_lead_times("final_end", [100], "Durand", contract="bail")
    assert told(book.run(END - timedelta(days=100)).raised) == [("lead", 100)]
    book.set_lead_times("final_end", None, "Durand")
    assert book.lead_times().of("final_end", "any", "lease") == (180, 90, 30)
    with pytest.raises(InvalidValue):
        book.set_lead_times("final_end", [-1], "Durand")


@pytest.fixture
def owing(book: AlertBook, register: Register) -> AlertBook:
    register.add("bail", "obligations", REPORT, "Durand")
    return book


def test_an_obligation_that_is_not_done_is_told_as_overdue_until_it_is(owing: AlertBook, register: Register) -> None:
    owing.run(date(2026, 10, 12))
    assert told(owing.run(date(2026, 10, 16)).raised) == [("overdue", -1)]
    alert = the(owing, "obligation")
    assert (alert.state, alert.debtor, alert.side) == ("proposed", "Netisol", "them")
    owing.done(alert.id, "Durand", date(2026, 10, 20), handed=HandedOver("bilan 2026.pdf", date(2026, 10, 18)))
    listed = ObligationBook(register).list(date(2026, 10, 20), date(2026, 10, 1), date(2026, 10, 31))
    assert [o.state for o in listed.occurrences] == ["done"]
    owing.undo(owing.history(alert.id)[-1].id, "Durand", date(2026, 10, 20))
    listed = ObligationBook(register).list(date(2026, 10, 1), date(2026, 10, 1), date(2026, 10, 31))
    assert [o.state for o in listed.occurrences] == ["to_do"]


def test_an_obligation_done_in_its_own_book_closes_its_alert(owing: AlertBook, register: Register) -> None:
    owing.run(date(2026, 10, 12))
    obligations = ObligationBook(register)
    (occurrence,) = obligations.list(date(2026, 10, 12), date(2026, 10, 1), date(2026, 10, 31)).occurrences
    entry, _ = obligations.done(occurrence.handle, "Martin", date(2026, 10, 13))
    assert told(owing.run(date(2026, 10, 13)).raised) == []
    assert the(owing, "obligation").state == "done"
    obligations.undo(entry.id, "Martin")
    owing.run(date(2026, 10, 13))
    assert the(owing, "obligation").state == "proposed"
    waived = obligations.waive(occurrence.handle, "Martin", "sans objet", date(2026, 10, 13))
    owing.run(date(2026, 10, 14))
    assert (the(owing, "obligation").state, the(owing, "obligation").moved) == (
        "gone", phrase("alert.waived", who="Martin", reason="sans objet"),
    )  # fmt: skip
    obligations.undo(waived.id, "Martin")
    assert told(owing.run(date(2026, 10, 16)).raised) == [("overdue", -1)]


def test_an_expired_document_is_told_at_once(owing: AlertBook, register: Register) -> None:
    obligations = ObligationBook(register)
    (occurrence,) = obligations.list(date(2026, 10, 12), date(2026, 10, 1), date(2026, 10, 31)).occurrences
    obligations.done(
        occurrence.handle, "Martin", date(2026, 10, 13), HandedOver("bilan", valid_until=date(2026, 11, 20))
    )
    assert told(owing.run(date(2026, 11, 20)).raised) == [("lead", 41)]
    (expired,) = owing.run(date(2026, 11, 21)).raised
    assert (expired.alert.kind, expired.alert.on) == ("document_expiry", date(2026, 11, 21))


def test_who_delivers_gets_every_raise_once_and_in_order(book: AlertBook) -> None:
    book.run(END - timedelta(days=180))
    first = book.raised()
    book.run(END - timedelta(days=90))
    later = book.raised(after=first[-1].id)
    assert [one.on for one in (*first, *later)] == [
        END - timedelta(days=180), END - timedelta(days=90),
    ]  # fmt: skip
    assert book.raised(since=END - timedelta(days=89)) == ()


def test_a_new_certificate_answers_the_expired_one(owing: AlertBook, register: Register) -> None:
    register.correct("bail", "obligations", REPORT.model_copy(update={"document": "attestation URSSAF"}), "Durand")
    owing.run(date(2026, 10, 12))
    owing.done(the(owing, "obligation").id, "Durand", date(2026, 10, 12), handed=HandedOver("a", date(2026, 5, 1)))
    owing.run(date(2026, 11, 1))
    expired = the(owing, "document_expiry")
    assert expired.on == date(2026, 11, 1)
    owing.done(expired.id, "Durand", date(2026, 11, 2), handed=HandedOver("b", date(2026, 11, 2)))
    assert owing.run(date(2026, 11, 3)).raised == ()
    kept = [e.handed.valid_until for e in ObligationBook(register).history("bail") if e.handed]
    assert kept == [date(2026, 10, 31), date(2027, 5, 1)]
    owing.undo(owing.history(expired.id)[-1].id, "Durand", date(2026, 11, 3))
    assert [e.action for e in ObligationBook(register).history("bail")] == ["done", "done", "undone"]
