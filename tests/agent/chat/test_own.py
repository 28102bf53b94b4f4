"""Questions on columns and tags of the user's own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.chat.chat import Chat
from portfolio.columns.book import Columns
from portfolio.register.store import Register
from portfolio.schema import Amount
from tests.agent.chat.conftest import AS_OF
from vectorstore.passages import Passages

LEASE, HOSTING, CLEANING = "05-bail-professionnel", "06-hebergement-donnees-sante", "02-bionettoyage"


@pytest.fixture(scope="module")
def own(clinic_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    """The hospital's contracts with columns of a user, filled for some of them, and a tag."""
    home = tmp_path_factory.mktemp("own") / "clinic"
    shutil.copytree(clinic_home, home)
    with Register.open(home) as register, Passages.open(home) as passages:
        columns = Columns(register)
        columns.add("Plafond de responsabilité", "amount", "Anne")
        columns.add("Sous-traitance autorisée", "yes_no", "Anne")
        columns.add("Criticité", "choice", "Anne", ("haute", "basse"))
        for stem, cap, allowed, critical in (
            (LEASE, 100_000, False, "basse"),
            (HOSTING, 500_000, True, "haute"),
            (CLEANING, None, True, "haute"),
        ):
            if cap:
                columns.correct(stem, "plafond-de-responsabilite", Amount(label="plafond", value=cap), "Anne")
            columns.correct(stem, "sous-traitance-autorisee", allowed, "Anne")
            columns.correct(stem, "criticite", critical, "Anne")
        register.label(HOSTING, "stratégique")
        yield Chat(register, passages, AS_OF)


@pytest.mark.parametrize(
    ("question", "stems"),
    [
        ("Quels contrats ont un plafond de responsabilité supérieur à 200 000 € ?", {HOSTING}),
        ("Quels contrats ont un plafond de responsabilité ?", {LEASE, HOSTING}),
        ("Dans quels contrats la sous-traitance est-elle autorisée ?", {HOSTING, CLEANING}),
        ("Quels contrats ont une criticité haute ?", {HOSTING, CLEANING}),
        ("Quels contrats de criticité haute finissent en 2026 ?", {CLEANING}),
        ("Quels contrats sont étiquetés stratégique ?", {HOSTING}),
    ],
)
def test_contracts_are_listed_by_what_they_say_to_a_column(own: Chat, question: str, stems: set[str]) -> None:
    finding = own.ask(question).finding
    assert (finding.kind, set(finding.value)) == ("list", stems)


def test_contracts_that_say_nothing_to_a_column_are_named_apart(own: Chat) -> None:
    answer = own.ask("Quels contrats ont un plafond de responsabilité supérieur à 200 000 € ?")
    assert f"{len(own.holdings.contracts) - 2} contrat(s) ne le disent pas" in answer.text


def test_one_contract_says_the_value_of_a_column(own: Chat) -> None:
    answer = own.ask("Quel est le plafond de responsabilité du bail de l'Imagerie ?")
    assert answer.finding.value.value == 100_000
    assert "100\u202f000 €" in answer.text
