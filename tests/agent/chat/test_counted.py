"""What a contract counts in its own words, what it is silent on, and which way a sentence decides."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.chat.chat import Chat
from agent.chat.matching import near
from agent.chat.notions import tied
from agent.chat.planners.counting import Thing, asked_thing
from agent.importing import import_folder
from portfolio.folding import fold
from portfolio.register.records import Company
from portfolio.register.store import Register
from tests.agent.chat.conftest import AS_OF, PORTFOLIOS
from vectorstore.passages import Passages

GIVEN = (
    "tessier/02-location-longue-duree-vehicules",
    "tessier/05-framework-consultancy-agreement",
    "garrigue/05-vente-electricite",
    "habitat/09-convention-formation",
    "valmagne/08-butter-supply-agreement",
)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chat]:
    home, folder = tmp_path_factory.mktemp("mixed"), tmp_path_factory.mktemp("given")
    for given in GIVEN:
        for file in (PORTFOLIOS / given).parent.glob(f"{Path(given).name}.*"):
            shutil.copy(file, folder)
    with Register.open(home) as register, Passages.open(home) as passages:
        register.set_companies([Company("Tessier & Vauban Ingénierie")])
        assert all(outcome.status == "registered" for outcome in import_folder(register, passages, folder, "labels"))
        yield Chat(register, passages, AS_OF)


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("nombre de points de livraison ?", Thing("points", ("livraison",))),
        ("combien de véhicules en LLD", Thing("vehicules")),
        ("combien de postes téléphoniques avons-nous ?", Thing("postes", ("telephoniques",))),
        ("How many named users do we have?", Thing("users", ("named",))),
        ("how many delivery points are there", Thing("points", ("delivery",))),
        ("et de liens fibre ?", Thing("liens", ("fibre",))),
        ("la démarche porte sur combien d'adhérents ?", Thing("adherents")),
    ],
)
def test_what_is_counted_is_the_noun_with_what_its_phrase_ties_to_it(question: str, thing: Thing) -> None:
    assert asked_thing(fold(question)) == thing


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("combien de véhicules chez Arverloc ?", 7),
        ("combien de fourgonnettes chez Arverloc ?", 3),
        ("nombre de points de livraison chez Tramontane ?", 3),
        ("combien de stagiaires dans la formation Ligne Claire ?", 24),
        ("combien de conducteurs chez Arverloc ?", None),
        ("combien de panneaux solaires chez Tramontane ?", None),
    ],
)
def test_a_count_stands_with_its_noun_a_total_or_rows_and_else_there_is_none(
    mixed: Chat, question: str, value: int | None
) -> None:
    assert mixed.ask(question).finding.value == value


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("quelle remise de volume chez Tramontane ?", False),
        ("What commission do we pay the broker on the butter contract?", False),
        ("quelle tolérance de volume chez Tramontane ?", True),
        ("quel dépôt de garantie chez Arverloc ?", True),
    ],
)
def test_a_contract_answers_only_on_the_thing_that_is_asked(mixed: Chat, question: str, said: bool) -> None:
    assert (mixed.ask(question).finding.kind != "none") is said


def test_two_nouns_said_as_one_thing_are_sought_near_each_other() -> None:
    assert tied("quelle remise de volume est prévue ?") == (("remise", "volume"),)
    assert near("remise", "volume", "Une remise annuelle est accordée selon le volume livré.")
    assert not near("remise", "volume", "Une attestation remise avant le 30 avril, " + "puis " * 8 + "le volume.")


def test_leaving_without_a_reason_is_granted_where_no_cause_is_needed(mixed: Chat) -> None:
    assert mixed.ask("Can Calderbrook walk away without giving a reason?").finding.value is True


def test_leaving_free_of_charge_is_granted_where_no_indemnity_is_due(mixed: Chat) -> None:
    first = mixed.ask("quel est le prix plafond du MWh chez Tramontane ?")
    assert mixed.ask("s'il n'est pas respecté on peut sortir sans indemnité ?", first.plan).finding.value is True
