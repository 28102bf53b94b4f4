"""`contratheque deadlines` and `contratheque tell` as people type them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from portfolio.register.store import Register
from tests.portfolio.builders import contract
from ui.cli.main import group

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    with Register.open(tmp_path) as register:
        register.save(
            contract("nettoyage.pdf", start_date="2024-01-01", duration="P1Y", renewal__kind="tacit",
                     renewal__period="P1Y", notice_period="P3M"), "rules",
        )  # fmt: skip
        register.save(contract("travaux.pdf", duration="P14M", signature_date="2026-05-01"), "rules")

    def call(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(
            group, ["--home", str(tmp_path), "--lang", "fr", *arguments], env={"COLUMNS": "160"}
        )
        assert result.exit_code == code, result.output
        return result.output

    return call


def test_the_list_shows_what_falls_due_and_what_is_missing(run: Run) -> None:
    shown = run("deadlines", "--as-of", "2026-08-01")
    assert "30/09/2026" in shown and "Dernier jour pour empêcher la reconduction (à vérifier)" in shown
    assert "31/12/2026 −" not in shown
    assert "indiquez son début" in shown


def test_why_shows_the_arithmetic(run: Run) -> None:
    assert "Préavis : 31/12/2026 − 3 mois = 30/09/2026 au plus tard." in run(
        "deadlines", "nettoyage", "--as-of", "2026-08-01", "--why"
    )


def test_contracts_shows_where_each_stands(run: Run) -> None:
    shown = run("deadlines", "--contracts", "--as-of", "2026-10-15")
    assert "30/09/2026 manqué" in shown and "puis 30/09/2027" in shown and "à venir" in shown


def test_json_for_one_kind(run: Run) -> None:
    found = json.loads(run("deadlines", "--json", "--as-of", "2026-08-01", "--kind", "notice"))
    assert [(e["date"], e["kind"], e["contract"]) for e in found["events"]] == [("2026-09-30", "notice", "nettoyage")]
    assert found["contracts"]["travaux"]["status_by_dates"] == "future"


def test_what_is_told_dates_a_contract_and_can_be_taken_back(run: Run) -> None:
    run("tell", "travaux", "notification", "01/06/2026", "--who", "Durand")
    found = json.loads(run("deadlines", "--json", "--as-of", "2026-08-01"))
    assert found["contracts"]["travaux"]["current_end"] == "2027-07-31"
    (entry,) = json.loads(run("tell", "travaux", "--json"))
    assert (entry["event"], entry["on"], entry["who"]) == ("notification", "2026-06-01", "Durand")
    run("tell", "nettoyage", "--withdraw", str(entry["id"]), code=2)
    assert "retiré par Martin" in run("tell", "travaux", "--withdraw", str(entry["id"]), "--who", "Martin")


def test_french_words_for_what_can_be_told(run: Run) -> None:
    run("tell", "nettoyage", "préavis", "2026-09-30", "--by", "us")
    found = json.loads(run("deadlines", "--json", "--as-of", "2026-10-15"))
    assert found["contracts"]["nettoyage"]["final_end"] == "2026-12-31"


def test_a_thing_without_its_day_is_wrong_usage(run: Run) -> None:
    run("tell", "travaux", "notification", code=2)


def test_the_register_is_compared_with_expected_deadlines(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("deadlines", "--json", "--as-of", "2026-10-15"))["contracts"]
    found["travaux"]["current_end"] = "2027-07-31"
    folder = tmp_path / "expected"
    folder.mkdir()
    (folder / "deadlines.json").write_text(json.dumps(found), encoding="utf-8")
    (folder / "portfolio.json").write_text(json.dumps({"as_of": "2026-10-15"}), encoding="utf-8")
    compared = json.loads(run("eval", "--deadlines", str(folder / "deadlines.json"), "--json"))
    assert compared["counts"]["current_end"] == [1, 2] and compared["counts"]["final_end"] == [2, 2]
    assert [(d["contract"], d["key"]) for d in compared["differences"]] == [("travaux", "current_end")]


def test_a_long_list_is_cut_and_says_how_to_see_the_rest(run: Run) -> None:
    whole = run("deadlines", "--as-of", "2026-08-01", "--days", "400", "--rows", "0")
    cut = run("deadlines", "--as-of", "2026-08-01", "--days", "400", "--rows", "1")
    assert "30/09/2026" in whole and "autres lignes" not in whole
    assert "Reconduction tacite" in whole and "Reconduction tacite" not in cut
    assert "autres lignes" in cut and "--rows 0" in cut
