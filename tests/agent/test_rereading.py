"""Contracts registered without a model are read by one later: live, or handed over in a batch and collected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.documents.discover import sources
from agent.model.client import Access, new_run
from agent.model.settings import ModelSettings
from agent.model.store import ModelStore
from agent.pipeline import Pipeline
from agent.readers import Readers
from agent.rereading import collect, hand_over, read_again, unread
from evals.scripted.server import MODEL, ScriptedServer
from portfolio.register.store import Register
from tests.agent.reading.llm.answers import said, saying
from tests.road import contract_text
from vectorstore.passages import Passages

SAYS = [said("notice_period", "P3M", "sauf dénonciation trois mois avant l'échéance")]


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer(lambda request: saying(request, lines=SAYS)) as running:
        yield running


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database(request: pytest.FixtureRequest) -> str | None:
    return request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None


def test_a_batch_is_handed_over_collected_and_read_without_a_live_request(
    server: ScriptedServer, tmp_path: Path, database: str | None
) -> None:
    folder, home = tmp_path / "contrats", tmp_path / "home"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"c{number}.txt").write_text(contract_text(number), encoding="utf-8")
    settings = ModelSettings(name=MODEL, url=server.url, patience=0.0, price_input=1.0, price_output=1.0)
    readers = Readers("hybrid", ("rules", "llm"), Access(settings, home, database, new_run()))
    assert readers.access is not None
    with Register.open(home, database) as register, Passages.open(home, database) as passages:
        pipeline = Pipeline(register, passages, 1)
        list(pipeline.ingest(sources([folder])))
        register.label("c3", "confidentiel")
        waiting = unread(register, readers)
        assert [contract.stem for contract in waiting] == ["c1", "c2"]

        server.batch_fails = frozenset([1])
        (sent,) = hand_over(register, pipeline, waiting, readers.access)
        assert sent.total == 2
        assert hand_over(register, pipeline, waiting, readers.access) == [], "nothing is handed over twice"
        (done,) = collect(readers.access)
        assert (done.status, done.kept) == ("completed", 1)

        server.batch_fails = frozenset()
        (again,) = hand_over(register, pipeline, waiting, readers.access)
        assert again.total == 1, "what failed is asked anew"
        collect(readers.access)
        outcomes = list(read_again(register, pipeline, waiting, readers))
        assert [outcome.status for outcome in outcomes] == ["updated", "updated"]
        assert server.requests == [], "all answers came by batch"
        notice = next(s.fact for s in register.contract("c1").facts if s.fact.field == "notice_period")
        assert notice.reader == "hybrid"
        assert unread(register, readers) == []
    usage = ModelStore(home, database).usage()
    assert (usage.calls, usage.failed) == (2, 0)
    assert usage.cost > 0
