"""Questions that can be taken in two ways are asked back, and the choice is understood."""

from __future__ import annotations

import pytest

from agent.chat.chat import Chat
from agent.chat.plan import QueryPlan
from agent.chat.planners.asking_back import between, chosen
from agent.chat.planners.intended import Meant
from agent.chat.planners.intents import Reading
from agent.chat.planners.reading import read


class Nobody:
    def knows(self, word: str) -> bool:
        return False

    def nearest(self, word: str) -> str | None:
        return word


def meant(sure: float, rival: float) -> Meant:
    other = Reading("date", "fact", "end", "one", rival, rival, 1.0)
    return Meant("amount", "fact", "amounts", False, sure, sure, rival=other)


def test_only_what_is_about_as_likely_is_asked_back() -> None:
    assert between(meant(0.4, 0.38)) == ("amount", "date")
    assert between(meant(0.4, 0.1)) == ()
    assert between(meant(0.6, 0.39)) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2", "date"),
        ("le montant", "amount"),
        ("la date stp", "date"),
        ("the amount please", "amount"),
        ("3", None),
        ("et le contrat de nettoyage de l'agence, il finit quand au juste ?", None),
    ],
)
def test_a_choice_is_understood_by_its_number_or_word(text: str, kind: str | None) -> None:
    assert chosen(read(text, Nobody()), ("amount", "date")) == kind


def test_the_choice_is_answered_and_another_question_is_a_new_one(clinic: Chat) -> None:
    asked = QueryPlan(operation="ask_back", readings=("amount", "date"), question="échéance du contrat Nuagéis")
    answer = clinic.answer(asked)
    assert answer.finding.kind == "none" and "(1) un montant" in answer.text and "(2) une date" in answer.text
    plan = clinic.plan("la date", asked).plan
    assert (plan.answer, plan.subject.contracts) == ("date", ("06-hebergement-donnees-sante",))
    anew = clinic.plan("Quel est le délai de paiement de Nuagéis ?", asked).plan
    assert (anew.answer, anew.topic) == ("text", "payment_days")
