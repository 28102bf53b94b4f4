"""Bringing files in with an endpoint: nothing is lost or doubled when it fails, nothing confidential is sent."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from agent.documents.discover import sources
from agent.model.client import Access, new_run
from agent.model.settings import ModelSettings
from agent.model.store import ModelStore
from agent.pipeline import OWED, Outcome, Pipeline
from evals.scripted.server import MODEL, Reply, ScriptedServer, error
from portfolio.register.records import Contract
from portfolio.register.store import Register
from tests.agent.reading.llm.answers import saying
from tests.road import command, contract_text
from vectorstore.passages import Passages


class Road:
    """A home, a scripted endpoint, and what `ingest` makes of a folder with one contract."""

    def __init__(self, home: Path, folder: Path, server: ScriptedServer) -> None:
        self.home, self.folder, self.server = home, folder, server
        self.settings: dict[str, Any] = {"name": MODEL, "url": server.url, "patience": 0.0}

    def ingest(self, readers: tuple[str, ...] = ("rules", "llm"), **options: Any) -> list[Outcome]:
        access = Access(ModelSettings(**self.settings), self.home, run=new_run())
        with Register.open(self.home) as register, Passages.open(self.home) as passages:
            pipeline = Pipeline(register, passages, 1)
            return list(pipeline.ingest(sources([self.folder]), readers=readers, access=access, **options))

    def contract(self, ref: str = "net") -> Contract:
        with Register.open(self.home) as register:
            return register.contract(ref)

    def label(self, tag: str, ref: str = "net") -> None:
        with Register.open(self.home) as register:
            register.label(ref, tag)


@pytest.fixture
def road(tmp_path: Path) -> Iterator[Road]:
    folder = tmp_path / "contrats"
    folder.mkdir()
    (folder / "net.txt").write_text(contract_text(1), encoding="utf-8")
    with ScriptedServer(saying) as server:
        yield Road(tmp_path / "home", folder, server)


@contextmanager
def failing(road: Road, reply: Reply) -> Iterator[None]:
    kept = road.server.script
    road.server.script = lambda request: reply
    yield
    road.server.script = kept


def test_a_failure_costs_nothing_read_and_the_next_run_makes_up_for_it(road: Road) -> None:
    with failing(road, error(500, "server_error")):
        (outcome,) = road.ingest()
    assert outcome.status == "registered"
    assert outcome.warnings
    assert road.contract().value("duration") is not None
    with Register.open(road.home) as register:
        (line,) = register.ledger()
    assert (line.outcome, line.reason) == ("registered", OWED)
    before = len(road.server.requests)
    (again,) = road.ingest()
    assert again.status == "updated"
    assert not again.warnings
    (known,) = road.ingest()
    assert known.status == "duplicate"
    assert len(road.server.requests) == before + 1


def test_the_model_alone_is_tried_again_as_well(road: Road) -> None:
    with failing(road, error(503, "overloaded")):
        (outcome,) = road.ingest(readers=("llm",))
    assert (outcome.status, outcome.reason) == ("refused", OWED)
    (again,) = road.ingest(readers=("llm",))
    assert again.status == "registered"


def test_what_is_confidential_is_never_sent(road: Road) -> None:
    (outcome,) = road.ingest(confidential=True)
    assert outcome.status == "registered"
    road.ingest(again=True)
    assert road.server.requests == []
    assert "confidentiel" in road.contract().tags


def test_a_tag_set_later_holds_for_readings_to_come_and_for_amendments(road: Road) -> None:
    road.ingest(readers=("rules",))
    road.label("Confidential")
    (road.folder / "av.txt").write_text(
        "AVENANT N° 1 au contrat n° NET-2024-001\n\nEntre Acme Industrie et Net Propre 1.\n\nArticle 1 - Durée\n\n"
        "La durée du contrat n° NET-2024-001 est prolongée jusqu'au 31 mars 2028.\n\nFait à Lyon, le 3 mars 2026.\n",
        encoding="utf-8",
    )
    outcomes = road.ingest(again=True)
    assert road.server.requests == []
    assert any("confidential" in warning for outcome in outcomes for warning in outcome.warnings)


def test_an_amendment_is_read_with_its_bases_terms(road: Road) -> None:
    road.ingest(readers=("rules",))
    (road.folder / "av.txt").write_text(
        "AVENANT N° 1 au contrat n° NET-2024-001\n\nEntre Acme Industrie et Net Propre 1.\n\nArticle 1 - Durée\n\n"
        "La durée du contrat n° NET-2024-001 est prolongée jusqu'au 31 mars 2028.\n\nFait à Lyon, le 3 mars 2026.\n",
        encoding="utf-8",
    )
    road.ingest()
    (request,) = road.server.requests
    system = request["messages"][0]["content"]
    assert "duration: P3Y" in system
    assert "read_base@1" in next(iter(ModelStore(road.home).sent())).prompt


def test_what_was_answered_is_not_asked_again_after_the_register_is_lost(road: Road) -> None:
    road.ingest()
    for name in ("register.db", "register.db-wal", "register.db-shm"):
        (road.home / name).unlink(missing_ok=True)
    (outcome,) = road.ingest()
    assert outcome.status == "registered"
    assert len(road.server.requests) == 1


def test_a_large_run_says_beforehand_what_it_will_take(road: Road) -> None:
    for number in range(2, 27):
        (road.folder / f"c{number}.txt").write_text(contract_text(number), encoding="utf-8")
    settings = {"CONTRATHEQUE_MODEL": MODEL, "CONTRATHEQUE_MODEL_URL": road.server.url,
                "CONTRATHEQUE_PRICE_INPUT": "0.5", "CONTRATHEQUE_PRICE_OUTPUT": "2"}  # fmt: skip
    done = command(road.home, "ingest", str(road.folder), "--vectors", "later", env=settings)
    assert done.returncode == 0, done.stdout + done.stderr
    said = re.search(r"Estimation pour 26 fichiers : environ ([\d\s]+) jetons envoyés", done.stderr)
    assert said
    took = ModelStore(road.home).usage()
    announced = int("".join(filter(str.isdigit, said[1])))
    sent = sum(len(json.dumps(asked)) for asked in road.server.requests) / 4
    assert 0.5 * sent < announced < 2 * sent
    assert took.calls == 26
