import json
from pathlib import Path

import pytest

from agent.reading.facts import Found
from agent.reading.reader import Candidate, Dossier, Quote
from agent.reading.reconcile import Reconciled, reconcile
from evals import mistakes, report
from evals.metrics import Score
from evals.run import Result, read_folder, read_set

TEXT = "Contrat de nettoyage\n\nLe contrat est conclu pour trois ans. Il est soumis au droit français.\n"
RECORD = {
    "title": "Contrat de nettoyage",
    "duration": "P3Y",
    "governing_law": "FR",
    "perspective": "Orsel SAS",
    "quotes": {"duration": "conclu pour trois ans", "title": "Contrat de ménage"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
        (tmp_path / f"{name}.json").write_text(json.dumps({"document": f"{name}.txt"} | RECORD), encoding="utf-8")
    return tmp_path


def planted(dossier: Dossier) -> Found:
    """Reads the term right, the law wrong, and proposes a title that is not there."""
    candidates = (
        Candidate("duration", "P36M", (Quote("conclu pour trois ans"),), 0.9, "planted"),
        Candidate("governing_law", "BE", (Quote("soumis au droit français"),), 0.9, "planted", basis="planted"),
        Candidate("title", "Contrat", (Quote("words that stand nowhere"),), 0.9, "planted"),
    )
    return Found(dossier, reconcile(dossier, {"planted": candidates}))


def test_a_folder_is_read_and_judged_contract_by_contract(folder: Path) -> None:
    results = list(read_folder(folder, planted))
    assert [(r.contract.name, r.contract.split) for r in results] == [
        ("a", "held_out"),
        ("b", "development"),
        ("c", "development"),
    ]
    assert {r.score for r in results} == {Score(right=1, read=2, gold=3)}
    assert {r.quotes for r in results} == {(2, 2)}
    assert {r.gold_quotes for r in results} == {(1, 2)}


def test_the_reader_is_told_whose_portfolio_it_is(folder: Path) -> None:
    seen: list[tuple[str, ...]] = []

    def reader(dossier: Dossier) -> Found:
        seen.append(dossier.companies)
        return Found(dossier, Reconciled((), ()))

    list(read_folder(folder, reader))
    assert seen == [("Orsel SAS",)] * 3


def test_only_the_wanted_contracts_are_read(folder: Path) -> None:
    results = read_set(folder, planted, lambda contract: contract.name == "b")
    assert [r.contract.name for r in results] == ["b"]


def test_a_file_that_cannot_be_opened_is_a_result_without_facts(folder: Path) -> None:
    (folder / "b.txt").write_bytes(b"")
    broken = next(r for r in read_folder(folder, planted) if r.contract.name == "b")
    assert broken.reading.problem
    assert broken.score == Score(gold=3)


def test_a_reader_that_fails_on_one_contract_does_not_end_the_run(folder: Path) -> None:
    def failing(dossier: Dossier) -> Found:
        if dossier.documents[0].name == "b.txt":
            raise KeyError("durée")
        return planted(dossier)

    assert [r.reading.problem for r in read_folder(folder, failing)] == [None, "KeyError: 'durée'", None]


def development(folder: Path) -> list[Result]:
    return [r for r in read_folder(folder, planted) if r.contract.split == "development"]


def test_mistakes_show_both_values_the_words_and_why_a_candidate_was_turned_down(folder: Path) -> None:
    rows = mistakes.errors(development(folder)[:1])
    title, law = rows
    assert (title["field"], title["gold"], title["read"]) == ("title", "Contrat de nettoyage", "")
    assert title["quote"] == "Contrat de ménage"
    assert "not_found" in title["turned down"]
    assert (law["field"], law["gold"], law["read"], law["quote"]) == (
        "governing_law",
        "FR",
        "BE",
        "soumis au droit français",
    )


def test_mistakes_of_held_out_contracts_are_refused_unless_forced(folder: Path) -> None:
    results = list(read_folder(folder, planted))
    with pytest.raises(mistakes.HeldOut, match="held out"):
        mistakes.errors(results)
    assert {row["contract"] for row in mistakes.errors(results, spoil_held_out=True)} == {"a", "b", "c"}


def test_both_sides_are_counted_apart(folder: Path) -> None:
    rows = report.by_group(read_folder(folder, planted))
    assert rows["all"]["development"] == Score(right=2, read=4, gold=6)
    assert rows["all"]["held_out"] == Score(right=1, read=2, gold=3)
    assert rows["law"]["development"] == Score(right=0, read=2, gold=2)


def test_what_went_wrong_in_a_held_out_contract_is_told_without_its_words(folder: Path) -> None:
    def failing(dossier: Dossier) -> Found:
        raise ValueError(dossier.documents[0].text)

    problems = {c["contract"]: c["problem"] for c in report.as_json(list(read_folder(folder, failing)))["contracts"]}
    assert problems["a"] == "ValueError"
    assert "nettoyage" in problems["b"]
