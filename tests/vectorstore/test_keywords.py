"""Search by words alone: forms, accents, elisions, typing mistakes, and nothing that is syntax. On both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vectorstore.conftest import CLEANING, FILLER, document
from vectorstore.embeddings import Embedder, EmbeddingsUnavailable
from vectorstore.keywords import stems, terms
from vectorstore.passages import Passages
from vectorstore.records import About, Filters


def no_model() -> Embedder:
    raise EmbeddingsUnavailable("No embedding model in this test.")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def keyword_only(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Passages]:
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    with Passages.open(tmp_path, url, embedder=no_model) as passages:
        yield passages


def found(passages: Passages, question: str, filters: Filters = Filters()) -> list[str]:  # noqa: B008
    return [hit.passage.path[0] for hit in passages.search(question, filters)]


@pytest.mark.parametrize(
    ("question", "heading"),
    [
        ("nettoyer les vitreries", "Article 1 – Objet"),
        ("PÉNALITES", "Article 3 – Pénalités"),
        ("reconductions", "Article 2 – Durée"),
        ("l’objet", "Article 1 – Objet"),
        ("l'opposition à la reconduction ?", "Article 2 – Durée"),
        ("150", "Article 3 – Pénalités"),
    ],
)
def test_words_find_their_clause_in_any_form(keyword_only: Passages, question: str, heading: str) -> None:
    keyword_only.replace(About("c1"), [document("nettoyage.pdf", *CLEANING)])
    assert found(keyword_only, question)[0] == heading


def test_heading_counts_more_than_a_mention(keyword_only: Passages) -> None:
    keyword_only.replace(
        About("c1"),
        [document("a.pdf", ("Article 1 – Divers", "Voir l'assurance." + FILLER), ("Article 2 – Assurance", FILLER))],
    )
    assert found(keyword_only, "assurances") == ["Article 2 – Assurance", "Article 1 – Divers"]


def test_ligatures_are_two_letters(keyword_only: Passages) -> None:
    keyword_only.replace(About("c1"), [document("a.pdf", ("Article 1", "La main-d'œuvre est comprise."))])
    assert found(keyword_only, "main-d'oeuvre") == found(keyword_only, "main d’œuvres") == ["Article 1"]


def test_mistyped_words_find_their_like(tmp_path: Path) -> None:
    with Passages.open(tmp_path, embedder=no_model) as passages:
        passages.replace(About("c1"), [document("nettoyage.pdf", *CLEANING)])
        assert found(passages, "netoyage")[0] == "Article 1 – Objet"
        assert found(passages, "xylophone") == []


@pytest.mark.parametrize(
    "question",
    [
        '" OR 1=1 --', "headline:objet", "NEAR(nettoyage vitrerie)", "nettoyage NOT vitrerie", "nettoy*", "(", "^objet",
        "{a b}:c", "'; DROP TABLE passages; --", "nettoyage & !vitrerie | <->", "nettoyage:*", "\0", "", "   ", "%_\\",
        "a" * 50_000,
    ],
)  # fmt: skip
def test_a_question_is_never_syntax(keyword_only: Passages, question: str) -> None:
    keyword_only.replace(About("c1"), [document("nettoyage.pdf", *CLEANING)])
    keyword_only.search(question)
    keyword_only.search("objet", Filters(site=question, counterparty=question, contracts=[question.strip("\0")]))
    assert found(keyword_only, "nettoyage NOT vitrerie") == ["Article 1 – Objet"]


@given(st.text(max_size=80))
def test_terms_are_letters_and_digits_only(question: str) -> None:
    assert all(term.isalnum() for term in terms(question))


def test_question_words_do_not_search() -> None:
    assert terms("Quelle est la durée du contrat ?") == ["duree", "contrat"]
    assert terms("qui est-ce ?") == ["qui", "est", "ce"]
    assert not stems("annexe") & stems("annees")


def test_filters_leave_their_contracts_only(keyword_only: Passages) -> None:
    lyon = About("c1", "cleaning", "fr", ("Clinique Saint-Étienne",), ("Société NetClair SAS",))
    keyword_only.replace(lyon, [document("a.pdf", *CLEANING)])
    keyword_only.replace(About("c2", "maintenance", "fr"), [document("b.pdf", *CLEANING)])
    both = {"c1", "c2"}

    def contracts(filters: Filters) -> set[str]:
        return {hit.passage.contract for hit in keyword_only.search("nettoyage", filters)}

    assert contracts(Filters()) == both
    assert contracts(Filters(site="saint etienne")) == {"c1"}
    assert contracts(Filters(counterparty="netclair")) == {"c1"}
    assert contracts(Filters(contract_type="maintenance")) == {"c2"}
    assert contracts(Filters(contracts=["c2", *(f"x{n}" for n in range(40_000))])) == {"c2"}
    assert contracts(Filters(contracts=[])) == set()
    assert contracts(Filters(contracts=["c2"], site="saint etienne")) == set()
    keyword_only.describe(About("c2", "maintenance", "fr", ("Saint-Étienne",)))
    assert contracts(Filters(site="saint etienne")) == both


def test_replacing_and_removing_leaves_no_old_words(keyword_only: Passages) -> None:
    keyword_only.replace(About("c1", sites=("Lyon",)), [document("a.pdf", *CLEANING)])
    keyword_only.replace(About("c1"), [document("a.pdf", CLEANING[1])])
    assert found(keyword_only, "vitrerie") == []
    assert found(keyword_only, "reconduction") == ["Article 2 – Durée"]
    keyword_only.remove("c1")
    assert found(keyword_only, "reconduction") == []
    assert keyword_only.state().contracts == 0


def test_neighbours_are_of_the_same_document(keyword_only: Passages) -> None:
    keyword_only.replace(About("c1"), [document("a.pdf", *CLEANING), document("b.pdf", ("Annexe", "Tarif." + FILLER))])
    middle = keyword_only.search("reconduction")[0].passage
    assert [p.path[0] for p in keyword_only.around(middle)] == [heading for heading, _ in CLEANING]
    assert [p.path[0] for p in keyword_only.around(keyword_only.search("tarif")[0].passage, 5)] == ["Annexe"]


def test_without_a_model_it_says_so(keyword_only: Passages) -> None:
    keyword_only.replace(About("c1"), [document("nettoyage.pdf", *CLEANING)])
    state = keyword_only.state()
    assert (state.passages, state.owed, state.model) == (3, 3, None)
    assert state.unavailable == "No embedding model in this test."
    assert keyword_only.work().blocked == state.unavailable
