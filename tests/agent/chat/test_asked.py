"""The same thing asked in many words: what was agreed at first, what changed, the last day to stop, several facts."""

from __future__ import annotations

from typing import Any

import pytest

from agent.chat.chat import Chat
from agent.chat.notions import named
from agent.chat.origins import before_amendment, difference, from_to
from agent.chat.plan import QueryPlan


@pytest.mark.parametrize(
    "text",
    [
        "combien payait-on avant l'avenant ?",
        "et avant c'était combien ?",
        "Elle s'arrêtait quand avant qu'on signe ça ?",
        "c'était combien à la signature du contrat ?",
        "what was the fee before the amendment?",
        "quel était le montant initial ?",
    ],
)
def test_what_was_agreed_at_first_is_asked_for(text: str) -> None:
    assert before_amendment(QueryPlan(question=text))


@pytest.mark.parametrize(
    "text",
    [
        "depuis l'avenant, quand se termine la durée initiale ?",
        "avant quand faut-il prévenir ?",
        "quel est désormais le plafond sur la durée initiale ?",
        "what must we send before the end?",
    ],
)
def test_a_limit_or_a_first_period_is_no_time_before_an_amendment(text: str) -> None:
    assert not before_amendment(QueryPlan(question=text))


@pytest.mark.parametrize(
    ("text", "apart", "moved"),
    [
        ("de combien le forfait a-t-il grimpé avec l'avenant ?", True, False),
        ("écart entre le loyer de Gignac et le forfait de Cazals ?", True, False),
        ("by how much did the fee go up?", True, False),
        ("le délai de paiement passe de combien à combien de jours ?", True, True),
        ("quel est le forfait ?", False, False),
    ],
)
def test_differences_and_changes_are_told_from_values(text: str, apart: bool, moved: bool) -> None:
    plan = QueryPlan(question=text)
    assert (difference(plan), from_to(plan)) == (apart, moved)


def test_what_follows_a_pronoun_names_nothing() -> None:
    things = named("je comptabilise quoi pour le ménage de l'agence ?")
    assert {"menage", "agence"} <= things and "comptabilise" not in things


@pytest.mark.parametrize(
    "text",
    [
        "À quelle date au plus tard dire à Orvalie que nous ne prolongeons pas ?",
        "Dernier délai pour quitter Orvalie ?",
        "By when must we tell Orvalie that we will not renew?",
        "jusqu'à quand peut-on résilier Orvalie",
    ],
)
def test_the_last_day_to_stop_is_found_in_any_words(clinic: Chat, text: str) -> None:
    plan = clinic.plan(text).plan
    assert (plan.topic, plan.answer) == ("notice_deadline", "date")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Augmente le loyer du bail de 5 %", "none"),
        ("Règle la facture de Limpidea de novembre", "none"),
        ("Rappel stp pour l'attestation d'assurance de Nuagéis", "action"),
        ("L'attestation RC et cyber de Nuagéis est arrivée : marque l'obligation comme remplie.", "action"),
        ("Hand the Nuagéis deadline over to Maud Cassan.", "action"),
        ("Notre contrat de téléphonie mobile se termine quand ?", "none"),
    ],
)
def test_orders_are_proposed_or_refused_and_strangers_not_known(clinic: Chat, text: str, kind: str) -> None:
    answer: dict[str, Any] = clinic.ask(text).to_json()
    assert answer["kind"] == kind and answer["value"] is None
