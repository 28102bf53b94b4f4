"""What questions leave out, and what they ask for in a contract's words."""

from __future__ import annotations

import pytest

from agent.chat.notions import happened, heads
from agent.chat.planners.exceptions import parted


@pytest.mark.parametrize(
    ("text", "kept", "out"),
    [
        ("contrats reconduits tacitement, sauf l'assurance", "contrats reconduits tacitement", ("l'assurance",)),
        ("L'avenant mis à part, combien de contrats signés ?", "combien de contrats signés ?", ("L'avenant",)),
        ("which contracts end in 2027, not counting the lease?", "which contracts end in 2027 ?", ("the lease",)),
        ("on a signé combien de contrats, avenants non compris ?", "on a signé combien de contrats", ("avenants",)),
        ("How many were signed in 2026, amendments aside?", "How many were signed in 2026", ("amendments",)),
        ("What did we sign? Leave amendments out", "What did we sign?", ("amendments",)),
        ("liste des contrats sans échéance (hors CDI)", "liste des contrats sans échéance", ("CDI",)),
        ("le forfait hors taxes ?", "le forfait hors taxes ?", ()),
    ],
)
def test_exceptions_are_parted_from_the_question(text: str, kept: str, out: tuple[str, ...]) -> None:
    found = parted(text)
    assert (found.kept, found.left_out) == (kept, out)


def test_what_is_asked_for_is_the_noun_after_a_word_that_says_nothing() -> None:
    assert heads("quelle est la marque des pressoirs ?")[0] == "marque"
    assert heads("quel est le nom du technicien ?") == ("technicien",)


def test_what_came_to_pass_is_told_from_what_is_agreed() -> None:
    assert happened("combien d'heures ont été facturées en septembre ?")
    assert not happened("quand le marché a-t-il été notifié ?")


def test_what_anybody_ever_did_is_no_term_but_what_was_signed_is() -> None:
    assert happened("did the board ever vote a higher ceiling, and how high?")
    assert not happened("did the parties ever sign an amendment?")
