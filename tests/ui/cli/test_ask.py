import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from agent.importing import import_folder
from portfolio.register.store import Register
from ui.cli.main import group
from vectorstore.passages import Passages

TEXT = """Contrat de nettoyage des bureaux
Entre la société Alpha Services, cliente, et la société Brillance, prestataire.
Le contrat prend effet le 1er janvier 2026 pour trois ans.
Le prix est de 12 000 euros HT par an. La sous-traitance est interdite sans accord écrit du client.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "nettoyage.txt").write_text(TEXT, encoding="utf-8")
    record = {
        "document": "nettoyage.txt",
        "language": "fr",
        "perspective": "Alpha Services",
        "title": "Contrat de nettoyage des bureaux",
        "contract_type": "cleaning",
        "parties": [{"name": "Alpha Services", "role": "client"}, {"name": "Brillance", "role": "supplier"}],
        "start_date": "2026-01-01",
        "end_date": "2028-12-31",
        "duration": "P3Y",
        "amounts": [{"label": "Prix annuel", "value": 12000, "tax": "excl", "period": "year"}],
    }
    (folder / "nettoyage.json").write_text(json.dumps(record), encoding="utf-8")
    home = tmp_path / "home"
    with Register.open(home) as register, Passages.open(home) as passages:
        list(import_folder(register, passages, folder, "labels"))
    return home


def ask(home: Path, *arguments: str) -> str:
    result = CliRunner().invoke(
        group, ["--home", str(home), "ask", "--as-of", "2026-11-24", *arguments], catch_exceptions=False
    )
    assert result.exit_code == 0, result.output
    return result.stdout


def test_an_amount_without_a_quote_is_proved_by_the_sentence_that_states_it(home: Path) -> None:
    answer = json.loads(ask(home, "combien coûte le ménage par an ?", "--json"))
    assert answer["value"] == {"value": 12000.0, "currency": "EUR", "tax": "excl", "period": "year"}
    assert "12 000 euros" in answer["citations"][0]["quote"]


def test_a_clause_is_quoted_where_no_field_holds_what_is_asked(home: Path) -> None:
    assert "interdite sans accord écrit" in ask(home, "que dit le contrat Brillance sur la sous-traitance ?")


def test_a_session_remembers_the_question_before(home: Path) -> None:
    ask(home, "combien coûte le ménage par an ?", "--session", "s")
    assert "31/12/2028" in ask(home, "et il finit quand ?", "--session", "s")
    assert "31/12/2028" not in ask(home, "et il finit quand ?", "--session", "autre; ../..")
