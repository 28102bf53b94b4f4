"""The deadlines of a register: what of each contract falls due, and what has no date yet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portfolio.calendar.told import tell
from portfolio.deadlines import ContractDeadlines, deadlines
from portfolio.events import Event
from portfolio.exports.deadlines import as_json
from portfolio.register.records import Company, Filters
from portfolio.register.store import Register
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.builders import US, contract, party, sample

TACIT: dict[str, Any] = {
    "start_date": "2024-01-01", "duration": "P1Y", "renewal__kind": "tacit", "renewal__period": "P1Y",
    "notice_period": "P3M",
}  # fmt: skip
FRENCH, ENGLISH = Wording(Texts("fr")), Wording(Texts("en"))


@pytest.fixture
def one(tmp_path: Path, empty_sqlite: Path) -> Register:
    (tmp_path / "register.db").write_bytes(empty_sqlite.read_bytes())
    return Register.open(tmp_path)


def only(register: Register, as_of: date, days: int = 90) -> ContractDeadlines:
    (found,) = deadlines(register, as_of, days).contracts
    return found


def term(found: ContractDeadlines) -> list[tuple[str, str, date]]:
    return [(e.key.partition(":")[2], e.kind, e.on) for e in found.events if e.kind not in ("revision", "obligation")]


def said(event: Event) -> list[str]:
    return [step.say(FRENCH) for step in event.steps]


def test_a_notice_tells_its_facts_its_rule_and_its_arithmetic(one: Register) -> None:
    one.save(contract("a.pdf", **TACIT), "rules")
    found = only(one, date(2026, 8, 1))
    (notice,) = (e for e in found.events if e.kind == "notice")
    assert (notice.on, notice.key.partition(":")[2]) == (date(2026, 9, 30), "notice:2")
    assert said(notice) == [
        "Début : 01/01/2024.",
        "01/01/2024 + 1 an − 1 jour = 31/12/2024.",
        "Tacite reconduction par périodes de 1 an, sans limite de nombre indiquée.",
        "Reconduction n° 1 : du 01/01/2025, pour 1 an, jusqu'au 31/12/2025.",
        "Reconduction n° 2 : du 01/01/2026, pour 1 an, jusqu'au 31/12/2026.",
        "Préavis : 31/12/2026 − 3 mois = 30/09/2026 au plus tard.",
    ]


def test_an_event_keeps_its_key_when_a_fact_moves_it(one: Register) -> None:
    saved = one.save(contract("a.pdf", **TACIT), "rules").contract
    one.correct(saved, "notice_period", "P4M", "Durand")
    assert ("notice:2", "notice", date(2026, 8, 31)) in term(only(one, date(2026, 8, 1)))


def test_every_end_in_the_window_says_how_it_goes_on(one: Register) -> None:
    one.save(contract("a.pdf", **TACIT, renewal__max_count=1), "rules")
    assert term(only(one, date(2024, 1, 1), days=1000)) == [
        ("start", "start", date(2024, 1, 1)),
        ("notice:0", "notice", date(2024, 9, 30)),
        ("renewal:0", "renewal", date(2024, 12, 31)),
        ("end:1", "final_end", date(2025, 12, 31)),
    ]


def test_a_renewal_by_decision_is_an_end_until_somebody_decides(one: Register) -> None:
    facts = TACIT | {"renewal__kind": "express", "renewal__max_count": 1}
    saved = one.save(contract("a.pdf", **facts), "rules").contract
    assert term(only(one, date(2024, 12, 1))) == [("end:0", "end", date(2024, 12, 31))]
    assert [u.missing.key for u in only(one, date(2025, 1, 15)).undated] == ["calendar.missing_decision"]
    tell(one, saved, "renewal", date(2024, 12, 20), "Durand")
    assert term(only(one, date(2025, 12, 1))) == [("end:1", "final_end", date(2025, 12, 31))]


def test_short_periods_give_every_notice_of_the_window(one: Register) -> None:
    one.save(
        contract("a.pdf", **TACIT | {"duration": "P1M", "renewal__period": "P1M", "notice_period": "P5D"}), "rules"
    )
    found = [e.on for e in only(one, date(2026, 1, 1)).events if e.kind == "notice"]
    assert found == [date(2026, 1, 26), date(2026, 2, 23), date(2026, 3, 26)]


def test_values_that_nobody_checked_make_a_deadline_unsure(one: Register) -> None:
    saved = one.save(contract("a.pdf", **TACIT), "rules").contract
    assert all(e.unsure for e in only(one, date(2026, 8, 1)).events)
    one.confirm_all(saved, "Durand")
    assert not any(e.unsure for e in only(one, date(2026, 8, 1)).events)


def test_what_waits_for_an_event_says_what_to_tell(one: Register) -> None:
    saved = one.save(contract("a.pdf", duration="P14M", signature_date="2026-10-06"), "rules").contract
    found = only(one, date(2026, 11, 24))
    assert found.events == ()
    assert [u.missing.say(FRENCH) for u in found.undated] == [
        "le contrat court à compter d'un événement dont la date n'est pas connue : indiquez son début"
    ]
    tell(one, saved, "event", date(2026, 11, 30), "Durand", event="ordre de service n° 1")
    assert term(only(one, date(2026, 11, 24), days=500))[-1] == ("end:0", "end", date(2028, 1, 29))


def test_dates_outside_the_calendar_are_said_and_harm_no_other_contract(one: Register) -> None:
    one.save(contract("a.pdf", start_date="2024-01-01", duration="P9000Y"), "rules")
    one.save(contract("b.pdf", **TACIT), "rules")
    broken, whole = deadlines(one, date(2026, 8, 1)).contracts
    assert [u.missing.key for u in broken.undated] == ["calendar.missing_outside"]
    assert [e.kind for e in whole.events] == ["notice"]


def test_the_buyer_of_a_public_contract_alone_refuses_its_renewal(one: Register) -> None:
    one.set_companies([Company(US.name)])
    one.save(contract("a.pdf", **TACIT, legal_nature__sector="public"), "rules")
    (notice,) = only(one, date(2026, 8, 1)).events
    assert notice.side == "us"
    holder = [US.model_copy(update={"role": "supplier"}), party("Ville de Tarbes", role="client")]
    one.save(contract("a.pdf", **TACIT, legal_nature__sector="public", parties=holder), "rules")
    (notice,) = only(one, date(2026, 8, 1)).events
    assert notice.side == "them"


def test_a_commercial_lease_gives_its_breaks(one: Register) -> None:
    lease = {"contract_type": "lease", "title": "Bail commercial", "start_date": "2021-07-01", "duration": "P9Y"}
    one.save(contract("a.pdf", **lease), "rules")
    found = term(only(one, date(2023, 12, 1), days=1200))
    assert found == [("break:1", "notice", date(2023, 12, 30)), ("break:2", "notice", date(2026, 12, 30))]


def test_an_amendment_belongs_to_its_base_however_it_is_asked_for(one: Register) -> None:
    one.save(sample("02-bionettoyage"), "rules")
    one.save(sample("03-avenant-bionettoyage"), "rules")
    for filters in (Filters(), Filters(text="avenant-bionettoyage"), Filters(kind="base")):
        (found,) = deadlines(one, date(2026, 11, 24), filters=filters).contracts
        assert (found.stem, found.amendments) == ("02-bionettoyage", ("03-avenant-bionettoyage",))


def test_kinds_and_sides_can_be_asked_for_alone(one: Register) -> None:
    one.save(sample("02-bionettoyage"), "rules")
    found = deadlines(one, date(2026, 3, 1), 400).only(["notice"])
    assert {e.kind for e in found.events} == {"notice"} and not found.undated


def test_the_json_of_a_register_has_the_agreed_form(one: Register) -> None:
    one.save(contract("a.pdf", **TACIT), "rules")
    found = as_json(deadlines(one, date(2026, 10, 1), 91), ENGLISH)
    record = found["contracts"]["a"]
    basis = record.pop("basis")
    assert record == {
        "amended_by": [], "current_end": "2026-12-31", "status_by_dates": "active",
        "next_notice_deadline": "2026-09-30", "notice_missed": True, "following_notice_deadline": "2027-09-30",
        "final_end": None, "renewals_used": 2, "next_price_revision": None, "obligations_next": [],
    }  # fmt: skip
    assert "Renewal no. 2: from 2026-01-01" in basis
    (end,) = found["events"]
    assert (end["date"], end["kind"], end["contract"]) == ("2026-12-31", "renewal", "a")
