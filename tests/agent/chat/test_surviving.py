"""What amendments, breaks, table titles and duties that outlive a contract make of days and amounts."""

import shutil
from collections.abc import Iterator
from datetime import date

import pytest

from agent.chat.chat import Chat
from agent.importing import import_folder
from portfolio.register.records import Company
from portfolio.register.store import Register
from tests.agent.chat.conftest import PORTFOLIOS
from vectorstore.passages import Passages

GIVEN = ("03-", "05-", "04-", "08-", "09-")
AS_OF = date(2027, 1, 5)


@pytest.fixture(scope="module")
def engineers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    home, folder = tmp_path_factory.mktemp("surviving"), tmp_path_factory.mktemp("given")
    for file in (PORTFOLIOS / "tessier").iterdir():
        if file.name.startswith(GIVEN):
            shutil.copy(file, folder)
    with Register.open(home) as register, Passages.open(home) as passages:
        register.set_companies([Company("Tessier & Vauban Ingénierie")])
        assert all(outcome.status == "registered" for outcome in import_folder(register, passages, folder, "labels"))
        yield Chat(register, passages, AS_OF)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("jusqu'à quand le secret est-il dû avec Hydralpe ?", date(2033, 4, 12)),
        ("le secret nous lie jusqu'à quand envers Hydralpe ?", date(2033, 4, 12)),
        ("quand se termine l'accord de confidentialité Hydralpe ?", date(2028, 4, 12)),
        ("l'inventaire des équipements de l'atelier-relais, il fallait le remettre pour quand ?", date(2026, 8, 15)),
        ("What is the last day to ask Calderbrook for lengthening the framework?", date(2026, 12, 30)),
    ],
)
def test_days_are_counted_from_the_event_that_the_words_mean(engineers: Chat, question: str, day: date) -> None:
    assert engineers.ask(question).finding.value == day


def test_what_outlives_the_contract_is_to_be_verified(engineers: Chat) -> None:
    assert not engineers.ask("jusqu'à quand le secret est-il dû avec Hydralpe ?").finding.sure


def test_the_letter_for_a_break_is_due_before_that_break(engineers: Chat) -> None:
    action = engineers.ask("prépare le congé pour la triennale de Dijon").pending_action
    assert action is not None
    assert action.on == date(2027, 2, 28)


@pytest.mark.parametrize(("grade", "rate"), [("director", 1120), ("principal engineer", 895)])
def test_a_rate_has_the_tax_and_the_period_of_its_tables_title(engineers: Chat, grade: str, rate: int) -> None:
    found = engineers.ask(f"What is our day rate for a {grade} under the Calderbrook framework?").finding.value
    assert (found.value, found.currency, found.tax, found.period) == (rate, "GBP", "excl", "day")


def test_a_rent_without_charges_is_not_surely_the_charges(engineers: Chat) -> None:
    finding = engineers.ask("montant de la provision trimestrielle pour charges à Dijon ?").finding
    assert finding.value is None or not finding.sure
