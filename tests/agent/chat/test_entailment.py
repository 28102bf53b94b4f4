"""Whether clauses grant or deny, and what they answer to yes-or-no questions."""

from __future__ import annotations

import pytest

from agent.chat.asks_whether import asks_whether
from agent.chat.clauses import Line
from agent.chat.entailment import question_of, verdict
from agent.chat.matching import LIKE, likeness, without_left_out
from agent.chat.measures import held_against
from agent.chat.polarity import opposed, polarity
from agent.chat.sides import Sides
from vectorstore.keywords import STOP_WORDS
from vectorstore.records import Passage, Source

SIDES = Sides(
    frozenset({"acheteur", "client", "customer", "nous"}),
    frozenset({"titulaire", "fournisseur", "supplier", "netbrio"}),
)


def answer(question: str, clause: str) -> bool:
    passage = Passage("p", "c", Source("0" * 64, "a.pdf"), 0, 1, 1, 0, len(clause), (), "", clause, clause, "")
    words = [w for w in polarity(question, asking=True).text.split() if w not in STOP_WORDS and not SIDES.of(w)]
    asked = question_of(question, words, SIDES)
    return verdict(asked, Line(passage, clause, 0), SIDES, lambda _: 1.0).value


@pytest.mark.parametrize(
    ("question", "clause", "value"),
    [
        ("le titulaire peut refuser la reconduction ?", "Le titulaire ne peut la refuser (la reconduction).", False),
        ("Netbrio peut sous-traiter ?", "Toute sous-traitance est interdite.", False),
        ("la sous-traitance est-elle interdite ?", "Toute sous-traitance est interdite.", True),
        ("on peut résilier sans indemnité ?", "Le client peut résilier à tout moment, sans indemnité.", True),
        ("on doit une indemnité ?", "Le client peut résilier à tout moment, sans indemnité.", False),
        ("do we need a reason?", "Either party may end it by notice. We need no reason.", False),
        ("y a-t-il une retenue de garantie ?", "Retenue de garantie : sans objet.", False),
        ("les pénalités sont-elles plafonnées ?", "Les pénalités se cumulent sans plafond.", False),
        ("la formation est payante ?", "La formation est offerte.", False),
        ("Do the duties stop at expiry?", "The duties outlive expiry by five years.", False),
        ("l'huile est comprise ?", "Tous les produits sont compris, sauf l'huile.", False),
        ("les prix peuvent augmenter de 8 % ?", "La hausse des prix ne dépassera pas 5 %.", False),
        ("les prix peuvent augmenter de 4 % ?", "La hausse des prix ne dépassera pas 5 %.", True),
        ("le contrôle annuel, c'est à nous de le faire ?", "Le titulaire fait réaliser le contrôle annuel.", False),
        ("le contrôle annuel, c'est à nous de le faire ?", "L'acheteur fait réaliser le contrôle annuel.", True),
        ("le titulaire peut mettre fin au contrat ?", "Le client seul peut mettre fin au contrat.", False),
        ("le matériel nous appartient ?", "Le matériel reste la propriété du fournisseur.", False),
        ("ne peut-on pas céder le contrat ?", "Le contrat peut être cédé librement.", True),
        ("le contrat peut être renouvelé deux fois ?", "Il pourra être renouvelé une fois, par avenant.", False),
    ],
)
def test_a_clause_answers_by_its_negations_values_and_sides(question: str, clause: str, value: bool) -> None:
    assert answer(question, clause) is value


def test_what_sets_a_limit_denies_nothing() -> None:
    assert not polarity("La hausse ne pourra excéder 3 %.").denied
    assert not polarity("which shall not exceed 4%").denied
    assert polarity("Le loyer ne sera pas révisé.").denied


def test_a_condition_is_kept_apart_from_what_holds_under_it() -> None:
    said = polarity("Le client peut résilier si le plafond n'est pas respecté.")
    assert not said.denied
    assert said.conditional


@pytest.mark.parametrize(
    ("question", "clause", "agrees"),
    [
        ("c'est bien 45 jours ?", "payable à 30 jours", False),
        ("c'est bien 30 jours ?", "payable à 30 jours", True),
        ("peut dépasser 3 % ?", "limitée à 3 %", False),
        ("gratuit après quatre mois ?", "plus de trois mois est gratuite", True),
    ],
)
def test_values_are_held_against_bounds(question: str, clause: str, agrees: bool) -> None:
    found = held_against(question, clause)
    assert found is not None
    assert found[0] is agrees


def test_opposites_are_heard_both_ways() -> None:
    assert opposed("payante", "la formation est offerte")
    assert opposed("gratuite", "la formation est facturee")
    assert not opposed("gratuite", "la formation est gratuite")


@pytest.mark.parametrize(
    ("question", "whether"),
    [
        ("Can the supplier raise its fee?", True),
        ("Doit-on prévenir le bailleur ?", True),
        ("le titulaire peut-il refuser ?", True),
        ("la fin, c'est bien le 30 juin ?", True),
        ("Can you tell me the end date?", False),
        ("quand peut-on partir ?", False),
        ("combien doit-on payer ?", False),
        ("liste des contrats", False),
    ],
)
def test_an_inverted_verb_asks_for_a_yes_or_a_no(question: str, whether: bool) -> None:
    assert asks_whether(question) is whether


def test_clipped_words_and_labels_that_leave_something_out() -> None:
    assert likeness("labo", "le laboratoire du sous-sol") >= LIKE
    assert not likeness("port", "le portail est fermé")
    assert not likeness("charges", without_left_out("Loyer annuel hors charges", "montant des charges ?"))
    assert likeness("charges", without_left_out("Loyer annuel hors charges", "le loyer hors charges ?"))
