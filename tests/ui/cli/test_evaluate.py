import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ui.cli.evaluate import command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("Contrat de nettoyage des locaux de la mairie.\n", encoding="utf-8")
        record = {"document": f"{name}.txt", "language": "fr", "reference": f"REF-{name}"}
        (tmp_path / f"{name}.json").write_text(json.dumps(record), encoding="utf-8")
    return tmp_path


def run(*arguments: object) -> str:
    result = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)
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
    result = CliRunner().invoke(command, [str(folder), "--errors", "--held-out"])
    assert result.exit_code == 2
    assert "not listed" in result.output


def test_the_tables_can_be_kept_as_a_page(folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "eval.html"
    run(folder, "--html", page)
    assert "reference" in page.read_text(encoding="utf-8")
