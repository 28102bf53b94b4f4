"""Questions on what came to pass, which contracts do not tell, beside their twins on what was agreed."""

from __future__ import annotations

import pytest

from agent.chat.chat import Chat

HAPPENED = (
    "Combien de litres ont été refusés en octobre ?",
    "combien a coûté le dernier sinistre auto ?",
    "How many hours did they actually work last month?",
)
AGREED = (
    "Quand a été signé le contrat de nettoyage ?",
    "Le contrat de nettoyage a-t-il été modifié par avenant ?",
)


@pytest.mark.parametrize("question", HAPPENED)
def test_what_came_to_pass_is_said_not_to_be_told(clinic: Chat, question: str) -> None:
    answer = clinic.ask(question)
    assert answer.finding.kind == "none"
    assert answer.finding.reason in ("silent", "unclear")


@pytest.mark.parametrize("question", AGREED)
def test_what_was_agreed_is_answered_though_it_lies_in_the_past(clinic: Chat, question: str) -> None:
    assert not clinic.ask(question).plan.event
