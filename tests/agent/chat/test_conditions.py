"""What contracts must be, as questions say it: one fact in many wordings, negations, numbers, quantifiers."""

from __future__ import annotations

import pytest

from agent.chat.plan import Condition
from agent.chat.planners.counting import of_contracts
from agent.chat.planners.extremes import extreme_of
from agent.chat.planners.grammar import said_in
from agent.chat.planners.quantifiers import quantifier_of
from agent.chat.planners.reading import Read
from agent.chat.wording import Question, language_of, tokens_of


def _read(text: str) -> Read:
    return Read(Question(text, language_of(text), tokens_of(text)))


def _conditions(text: str) -> set[tuple[str, str, str | float | None, bool]]:
    conditions: list[Condition] = [said.condition for said in said_in(_read(text))]
    return {(c.topic, c.is_, c.value, c.negated) for c in conditions}


@pytest.mark.parametrize(
    "text",
    [
        "Quels contrats sont payables à 45 jours ?",
        "contrats avec un délai de paiement de 45 jours",
        "chez qui on paie sous 45j ?",
        "Which agreements must be paid within 45 days?",
        "Which agreements work with a forty-five-day payment term?",
    ],
)
def test_days_to_pay_are_one_fact_in_any_wording(text: str) -> None:
    assert _conditions(text) == {("payment_days", "equals", 45.0, False)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Quels contrats durent plus de trois ans ?", ("duration", "over", 36.0, False)),
        ("which contracts run for less than two years?", ("duration", "under", 24.0, False)),
        ("contrats dont le préavis ne dépasse pas 3 mois", ("notice_period", "at_most", 3.0, False)),
        ("contrats avec au moins six mois de préavis", ("notice_period", "at_least", 6.0, False)),
        ("contrats indexés sur plus de deux indices", ("indices", "over", 2.0, False)),
        ("Contrats dont le prix est révisé tous les trimestres", ("frequency", "equals", 3.0, False)),
        ("prices that are revised on 1 January", ("month_day", "equals", "01-01", False)),
    ],
)
def test_a_number_measures_the_fact_beside_it(text: str, wanted: tuple[str, str, float | str, bool]) -> None:
    assert wanted in _conditions(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("contrats à reconduction tacite", ("renewal", "equals", "tacit", False)),
        ("contrats qui ne sont pas à reconduction tacite", ("renewal", "equals", "tacit", True)),
        ("contrats sans tacite reconduction", ("renewal", "equals", "tacit", True)),
        ("contrats qui ne se reconduisent pas tout seuls", ("renewal", "equals", "tacit", True)),
        ("lesquels s'arrêtent sans se reconduire d'eux-mêmes", ("renewal", "equals", "tacit", True)),
        ("contrats (en cours ou pas) payables à 30 jours", ("payment_days", "equals", None, False)),
        ("contrats non renouvelables", ("renewal", "equals", "none", False)),
        ("contrats qui n'ont pas de plafond de hausse", ("cap_percent", "unknown", None, False)),
        ("contrats sans clause de révision", ("revision", "not", "indexed", False)),
        ("contrats qui n'ont jamais fait l'objet d'un avenant", ("amendments", "unknown", None, False)),
        ("contracts without any liability cap", ("amounts", "contains", None, True)),
    ],
)
def test_a_negation_turns_the_fact_that_follows_it(text: str, wanted: tuple[str, str, str | None, bool]) -> None:
    found = _conditions(text)
    assert any(c[0] == wanted[0] and c[1] == wanted[1] and c[3] == wanted[3] for c in found), found
    assert wanted[2] is None or wanted in found


def test_each_statement_has_its_own_negation_and_number() -> None:
    assert _conditions("contrats indexés mais pas plafonnés et payables à 30 jours") == {
        ("revision", "equals", "indexed", False),
        ("cap_percent", "unknown", None, False),
        ("payment_days", "equals", 30.0, False),
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Y a-t-il un contrat à durée indéterminée ?", "any"),
        ("Do any of our contracts cap the price revision?", "any"),
        ("Certains de nos contrats ont-ils un prix ferme ?", "any"),
        ("Tous nos contrats sont-ils payables à 30 jours ?", "all"),
        ("Are all our contracts public?", "all"),
        ("Aucun de nos contrats n'est en litige ?", "none"),
        ("Le contrat Otis est-il renouvelable ?", None),
        ("Quels contrats sont publics ?", None),
        ("Combien de contrats avons-nous ?", None),
        ("Tout ce qu'on a de contrats à Lyon ?", None),
    ],
)
def test_of_how_many_contracts_something_is_asked(text: str, wanted: str | None) -> None:
    assert quantifier_of(_read(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Quel contrat a la durée la plus longue ?", ("duration", True)),
        ("Which contract has the shortest notice period?", ("notice_period", False)),
        ("Quel est notre contrat le plus ancien ?", ("start", False)),
        ("Quel contrat a été signé en dernier ?", ("signature", True)),
        ("Quel contrat coûte le plus cher ?", None),
    ],
)
def test_contracts_are_ranked_by_the_fact_that_is_asked_for(text: str, wanted: tuple[str, bool] | None) -> None:
    found = extreme_of(_read(text))
    assert (found[:2] if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("Parmi les marchés dont le prix suit un indice, lesquels sont plafonnés ?", True),
        ("Quels dossiers concernent Rignac ?", True),
        ("combien d'accords signés en 2024 ?", True),
        ("Tout ce qu'on a de contrats à Lyon ?", True),
        ("d'ici juin il y en a combien qui s'achèvent ?", True),
        ("Quelle est la durée du contrat Otis ?", False),
        ("Quel est le délai de paiement du marché de voirie ?", False),
    ],
)
def test_a_question_over_contracts_is_told_from_one_on_a_contract(text: str, many: bool) -> None:
    assert of_contracts(_read(text)) is many
