"""The agenda gives what computing gives, on every day and after every change; only what changed is computed again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from portfolio.agenda.keeping import Agenda, renew, upcoming
from portfolio.agenda.models import AgendaRow
from portfolio.calendar.told import tell, told, withdraw
from portfolio.deadlines import deadlines
from portfolio.register.records import Company, Filters
from portfolio.register.store import Register
from portfolio.revision.rules import RevisionSetting
from portfolio.revision.settings import RevisionSettingRow
from tests.portfolio.builders import SAMPLE, US, contract, sample

DAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("agenda")
    with Register.open(home) as register:
        register.set_companies([Company(US.name)])
        for path in sorted(SAMPLE.glob("*.json")):
            if "document" in path.read_text(encoding="utf-8"):
                register.save(sample(path.stem), "rules")
        register.save(contract("monthly.pdf", start_date="2025-01-31", duration="P1M", renewal__kind="tacit",
                               renewal__period="P1M", notice_period="P10D"), "rules")  # fmt: skip
    return home


@pytest.fixture
def register(filled: Path, tmp_path: Path) -> Iterator[Register]:
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    with Register.open(tmp_path) as opened:
        yield opened


def agrees(register: Register, day: date = DAY, days: int = 90, **filters: Any) -> Agenda:
    """The agenda of ``day``, after making sure that it is what computing gives."""
    chosen = Filters(**filters)
    kept = upcoming(register, day, days, chosen, today=day)
    computed = deadlines(register, day, days, chosen)
    assert _sorted(kept.events) == _sorted(replace(e, steps=()) for e in computed.events)
    assert [e.on for e in kept.events] == [e.on for e in computed.events]
    assert _sorted(kept.undated) == _sorted(computed.undated)
    return kept


def _sorted(items: Iterable[Any]) -> list[Any]:
    return sorted(items, key=lambda item: item.key)


def test_any_day_of_a_year_gives_what_computing_gives(register: Register) -> None:
    for n in range(0, 365, 7):
        agrees(register, DAY + timedelta(days=n))


def test_a_day_later_almost_nothing_is_computed_again(register: Register) -> None:
    assert renew(register, DAY) == len(deadlines(register, DAY).contracts)
    assert renew(register, DAY) == 0
    assert renew(register, DAY + timedelta(days=1)) <= 1


def test_whatever_a_person_changes_shows_at_once(register: Register) -> None:
    agrees(register)
    register.correct("05-bail-professionnel", "notice_period", "P2M", "Durand")
    agrees(register)
    entry = tell(register, "05-bail-professionnel", "notice", date(2026, 4, 1), "Durand")
    agrees(register, date(2026, 4, 2))
    withdraw(register, entry.id, "Durand")
    agrees(register, date(2026, 4, 2))
    assert told(register, "05-bail-professionnel")[0].withdrawn_by == "Durand"
    register.unlink("03-avenant-bionettoyage", "Durand")
    agrees(register, date(2026, 4, 2))
    register.set_companies([Company("Imagerie des Belles-Croix")])
    agrees(register, date(2026, 4, 2))


def test_what_a_person_sets_for_a_revision_shows_at_once(register: Register) -> None:
    agrees(register)
    (id_,) = (c.id for c in deadlines(register, DAY).contracts if c.stem == "05-bail-professionnel")
    setting = RevisionSetting(first=date(2026, 4, 15))
    with register.database.writing() as session:
        session.add(
            RevisionSettingRow(
                contract_id=id_, setting=setting.model_dump(mode="json"), who="Durand", at=datetime.now(UTC)
            )
        )
    kept = agrees(register)
    assert (date(2026, 4, 15), id_) in [(e.on, e.contract) for e in kept.events if e.kind == "revision"]


def test_a_new_contract_is_in_it_and_a_wider_window_too(register: Register) -> None:
    agrees(register)
    register.save(contract("new.pdf", start_date="2026-04-01", duration="P1Y"), "rules")
    assert any(e.kind == "start" for e in agrees(register).events)
    assert len(agrees(register, days=700).events) > len(agrees(register).events)


def test_filters_and_names(register: Register) -> None:
    kept = agrees(register, text="bionettoyage")
    assert set(kept.names.values()) == {"02-bionettoyage"}


def test_another_day_than_today_keeps_nothing(register: Register) -> None:
    found = upcoming(register, date(2024, 1, 1), today=DAY)
    assert found.events and all(e.on >= date(2024, 1, 1) for e in found.events)
    with register.database.reading() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AgendaRow)) == 0
