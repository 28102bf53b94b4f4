"""Vectors from an endpoint: where a model is named, never of what is confidential; in the account, and not missed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.model.embedding import open_passages
from agent.model.settings import ENVIRONMENT, write
from agent.model.store import ModelStore
from evals.scripted.server import ScriptedServer
from portfolio.register.store import Register
from tests.portfolio.builders import contract
from vectorstore.embeddings import EmbeddingsUnavailable
from vectorstore.records import About, Section, Source

MODEL = "vecteurs-1"


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*ENVIRONMENT.values(), "OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ScriptedServer]:
    with ScriptedServer(lambda request: pytest.fail("no chat was asked for")) as running:
        write(tmp_path, "url", running.url)
        write(tmp_path, "embedding", MODEL)
        yield running


def filled(home: Path) -> tuple[str, str]:
    """A home with two contracts and their passages; their ids."""
    with Register.open(home) as register, open_passages(home) as passages:
        ids = []
        for name, words in (("nettoyage", "nettoyage des vitres du siège"), ("secret", "rachat du concurrent Untel")):
            saved = register.save(contract(f"{name}.pdf", title=name), "rules")
            section = Section(text=f"Le présent contrat porte sur le {words}.", path=("Objet",), page=1, start=0)
            passages.replace(About(saved.contract), [(Source(f"sha-{name}", f"{name}.pdf"), [section])])
            ids.append(saved.contract)
    return ids[0], ids[1]


def sent(server: ScriptedServer) -> str:
    return "\n".join(text for request in server.requests for text in request["input"])


def test_passages_and_questions_go_to_the_model_that_is_named(server: ScriptedServer, tmp_path: Path) -> None:
    write(tmp_path, "price_embedding", "0.1")
    cleaning, _ = filled(tmp_path)
    with open_passages(tmp_path) as passages:
        assert passages.work().done == 2
        best = passages.search("nettoyer les vitrages")[0]
        assert passages.state().model == f"{MODEL}/{server.url.split('/')[2]}"
    assert (best.passage.contract, best.rank_vector) == (cleaning, 1)
    assert {request["model"] for request in server.requests} == {MODEL}
    usage = ModelStore(tmp_path).usage()
    assert usage.calls == len(server.requests)
    assert usage.sent > 0
    assert usage.cost == pytest.approx(usage.sent * 0.1 / 1_000_000)


def test_a_confidential_contract_is_never_sent_and_found_by_its_words(server: ScriptedServer, tmp_path: Path) -> None:
    _, secret = filled(tmp_path)
    with Register.open(tmp_path) as register:
        register.label(secret, "confidentiel")
    with open_passages(tmp_path) as passages:
        passages.work()
        assert passages.owed() == 0
        assert passages.search("concurrent")[0].passage.contract == secret
    assert "vitres" in sent(server)
    assert "rachat" not in sent(server)


def test_where_the_endpoint_is_away_words_are_enough(tmp_path: Path) -> None:
    write(tmp_path, "url", "http://127.0.0.1:9/v1")
    write(tmp_path, "embedding", MODEL)
    cleaning, _ = filled(tmp_path)
    with open_passages(tmp_path) as passages:
        with pytest.raises(EmbeddingsUnavailable, match=r"127\.0\.0\.1:9 cannot be reached"):
            passages.work()
        assert passages.owed() == 2
        assert passages.search("vitres")[0].passage.contract == cleaning


def test_another_model_asks_for_a_new_index(server: ScriptedServer, tmp_path: Path) -> None:
    filled(tmp_path)
    with open_passages(tmp_path) as passages:
        passages.work()
    write(tmp_path, "embedding", "vecteurs-2")
    with open_passages(tmp_path) as passages:
        assert "reindex" in (passages.state().unavailable or "")
        passages.rebuild()
        assert passages.work().done == 2
        assert passages.search("nettoyer les vitrages")[0].rank_vector == 1


def test_with_masking_on_no_text_is_sent_for_vectors(server: ScriptedServer, tmp_path: Path) -> None:
    write(tmp_path, "mask", "true")
    filled(tmp_path)
    with open_passages(tmp_path) as passages:
        blocked = passages.work().blocked
        assert passages.search("vitres")
    assert "CONTRATHEQUE_EMBEDDING_MODEL" in (blocked or "")
    assert not server.requests
