import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ui.cli.main import group


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Contrat de nettoyage des locaux de la mairie.\n", encoding="utf-8")
        record = {"document": f"{name}.txt", "language": "fr", "reference": f"REF-{name}"}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> str:
    result = CliRunner().invoke(group, ["eval", *(str(a) for a in arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_json_counts_both_sides(folder: Path) -> None:
    figures = json.loads(run(folder, "--json"))
    fields = figures["folders"][str(folder)]["fields"]
    assert fields["reference"]["development"]["gold"] == fields["reference"]["held_out"]["gold"] == 1


def test_one_side_alone(folder: Path) -> None:
    figures = json.loads(run(folder, "--json", "--development"))
    assert [c["contract"] for c in figures["folders"][str(folder)]["contracts"]] == ["b"]


def test_errors_are_those_of_development_contracts(folder: Path) -> None:
    figures = json.loads(run(folder, "--json", "--errors", "--field", "reference"))
    assert [(e["contract"], e["gold"]) for e in figures["folders"][str(folder)]["errors"]] == [("b", "REF-b")]


def test_errors_of_the_held_out_side_are_wrong_usage(folder: Path) -> None:
    result = CliRunner().invoke(group, ["eval", str(folder), "--errors", "--held-out"])
    assert result.exit_code == 2
    assert "not listed" in result.output


def test_the_run_can_be_kept_as_a_page_that_loads_nothing(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "eval.html"
    run(folder, "--html", page)
    text = page.read_text(encoding="utf-8")
    assert "reference" in text and "<svg" in text
    assert "src=" not in text and "href=" not in text


def test_two_runs_compared_tell_what_got_better_of_development_contracts(folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        record = {"document": f"{name}.txt", "governing_law": "FR"}
        (folder / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    before, after = tmp_path / "before.json", tmp_path / "after.json"
    before.write_text(run(folder, "--json"), encoding="utf-8")
    for name in ("a", "b"):
        with (folder / f"{name}.txt").open("a", encoding="utf-8") as text:
            text.write("\nArticle 9. Droit applicable\n\nLe présent contrat est soumis au droit français.\n")
    after.write_text(run(folder, "--json"), encoding="utf-8")
    gone = run("--compare", before, after).partition("Better")[2].partition("Worse")[0]
    lines = [line.split() for line in gone.splitlines()]
    assert ["b", "governing_law", "FR"] in lines
    assert ["a", "governing_law", "FR"] not in lines


def test_folders_or_runs_but_not_both() -> None:
    assert CliRunner().invoke(group, ["eval"]).exit_code == 2
