"""The values that a contract's words state, and which of them a question means."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agent.chat.chat import Chat
from agent.chat.stated import Stated, text_of
from agent.importing import import_folder
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import Amount
from tests.agent.chat.conftest import AS_OF, PORTFOLIOS
from vectorstore.passages import Passages
from vectorstore.records import Passage, Source

GIVEN = (
    "garrigue/02-travail-temporaire-campagnes",
    "garrigue/03-transport-citernes",
    "garrigue/12-partenariat-lycee-agricole",
    "valmagne/06-maintenance-froid",
)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    home, folder = tmp_path_factory.mktemp("stated"), tmp_path_factory.mktemp("given")
    for given in GIVEN:
        for file in (PORTFOLIOS / given).parent.glob(f"{Path(given).name}.*"):
            shutil.copy(file, folder)
    with Register.open(home) as register, Passages.open(home) as passages:
        register.set_companies([Company("Coopérative Les Coteaux de Garrigue")])
        assert all(outcome.status == "registered" for outcome in import_folder(register, passages, folder, "labels"))
        yield Chat(register, passages, AS_OF)


def stated(text: str) -> list[Stated]:
    passage = Passage(
        id="p", contract="c", source=Source("s", "n"), position=0, page=1, last_page=1, start=0, end=len(text), path=(),
        headline="Prix", text=text, embed_text=text, text_hash="h",
    )  # fmt: skip
    return list(text_of((passage,)).values)


def test_each_number_has_the_words_of_its_own_part() -> None:
    found = stated("Juvisy 17 agents le matin et 6 l'après-midi ; Brétigny 8 agents le matin.")
    own = {v.value: v.own for v in found if v.kind == "count"}
    assert "Juvisy" in own[17] and "Brétigny" not in own[17]
    assert "Brétigny" in own[8] and "Juvisy" not in own[8]


def test_a_cell_has_its_rows_label_and_its_columns_head_with_tax_and_period() -> None:
    [amount] = [v for v in stated("Poste\tSalaire / h\tFacturé HT / h\nCariste\t–\t26,14 €") if v.kind == "amount"]
    assert isinstance(amount.value, Amount)
    assert (amount.value.value, amount.value.tax, amount.value.period) == (26.14, "excl", "hour")
    assert "Cariste" in amount.own and "Facturé" in amount.own


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Valable jusqu'au 22 mai 2027.", {"date"}),
        ("Chaque année, le 15 juillet.", {"month_day"}),
        ("Une freinte de 0,2 % est admise.", {"percent"}),
        ("Intervention en 1 h 30.", {"time"}),
        ("Joignable au 01 69 00 00 41, 27 avenue de la Cour.", set()),
        ("Voir l'article 12 et la clause 3.", set()),
    ],
)
def test_values_are_told_by_kind_and_numbers_that_name_something_are_none(text: str, kinds: set[str]) -> None:
    assert {v.kind for v in stated(text)} == kinds


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("combien de bouteilles dans la cuvée des Trois Rivières ?", 600),
        ("combien d'évaporateurs à Naucelle chez Polaire ?", 11),
        ("combien coûte l'attente au quai de l'heure chez Rouquairol ?", 52.0),
        ("combien nous facture Vendémia pour un cariste CACES 3 de l'heure ?", 26.14),
        ("jusqu'à quand l'attestation de capacité fluides de Polaire est-elle valable ?", date(2027, 5, 22)),
        ("combien de conteneurs à marc chez Rouquairol ?", None),
    ],
)
def test_what_no_field_holds_is_answered_from_the_words_that_state_it(
    mixed: Chat, question: str, value: object
) -> None:
    answer = mixed.ask(question)
    found = answer.finding.value
    assert (found.value if isinstance(found, Amount) else found) == value
    assert value is None or answer.finding.citations


def test_rows_that_a_question_names_are_added_up_to_be_verified(mixed: Chat) -> None:
    found = mixed.ask("combien coûtent P2 et P3 au total chez Polaire ?").finding
    assert isinstance(found.value, Amount) and found.value.value == 68400.0
