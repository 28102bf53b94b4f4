import json
from pathlib import Path

import pytest

from evals import loaders
from evals.splits import held_out

CLINIQUE = Path("evals/portfolios/clinique")


def write(folder: Path, name: str, **record: object) -> None:
    (folder / f"{name}.json").write_text(json.dumps({"document": f"{name}.txt"} | record), encoding="utf-8")
    (folder / f"{name}.txt").write_text("Contrat", encoding="utf-8")


def test_the_first_fourth_and_seventh_contract_of_a_folder_are_held_out() -> None:
    contracts = loaders.labelled(CLINIQUE)
    assert [c.name[:2] for c in contracts if c.split == "held_out"] == ["01", "04", "07"]
    assert [c.name[:2] for c in contracts if c.split == "development"] == ["02", "03", "05", "06", "08"]
    assert all(file.is_file() for c in contracts for file in c.files)


def test_the_rule_of_the_splits() -> None:
    assert [i for i in range(10) if held_out(i)] == [0, 3, 6, 9]


def test_other_json_is_passed_over_and_counts_for_nothing(tmp_path: Path) -> None:
    write(tmp_path, "b")
    write(tmp_path, "c")
    (tmp_path / "a.json").write_text('{"portfolio": "x"}', encoding="utf-8")
    (tmp_path / "z.json").write_text("not json", encoding="utf-8")
    assert [(c.name, c.split) for c in loaders.labelled(tmp_path)] == [("b", "held_out"), ("c", "development")]
    assert loaders.kind_of(tmp_path) == "labelled"


def test_one_contract_may_lie_in_several_files(tmp_path: Path) -> None:
    write(tmp_path, "a", document=["a.txt", "annexe.txt"])
    (tmp_path / "annexe.txt").write_text("Annexe", encoding="utf-8")
    (contract,) = loaders.labelled(tmp_path)
    assert [file.name for file in contract.files] == ["a.txt", "annexe.txt"]


def test_a_record_with_a_mistake_is_named_with_its_field(tmp_path: Path) -> None:
    write(tmp_path, "a", duration="three years")
    with pytest.raises(loaders.LabelsNotFound, match=r"a\.json.*duration"):
        loaders.labelled(tmp_path)


def test_a_missing_document_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a", document="elsewhere.pdf")
    with pytest.raises(loaders.LabelsNotFound, match=r"elsewhere\.pdf"):
        loaders.labelled(tmp_path)


def test_a_folder_without_labels_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(loaders.LabelsNotFound, match="JSON records beside their documents"):
        loaders.kind_of(tmp_path)


def test_kleister_pairs_every_value_with_its_key(tmp_path: Path) -> None:
    line = {
        "document": "a.pdf",
        "keys": [],
        "gold": {"party": ["A_Inc.", "B"], "term": ["2_years"]},
        "text": "x\\ny\\fz",
    }
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (contract,) = loaders.kleister(tmp_path)
    assert contract.pairs == {("party", "A_Inc."), ("party", "B"), ("term", "2_years")}
    assert contract.text == "x\ny\fz"
    assert loaders.kind_of(tmp_path) == "kleister"


def test_cuad_keeps_spans_and_answers(tmp_path: Path) -> None:
    label = {"spans": [{"text": "New York", "start": 4, "end": 12}], "answer": "New York"}
    line = {"document": "a.txt", "labels": {"Governing Law": label}}
    (tmp_path / "gold.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (contract,) = loaders.cuad(tmp_path)
    assert contract.labels["Governing Law"] == loaders.CuadLabel((loaders.Span("New York", 4, 12),), "New York")
    assert contract.file == tmp_path / "contracts" / "a.txt"
    assert loaders.kind_of(tmp_path) == "cuad"
