"""Whom to believe where the built-in reader and a model differ."""

from __future__ import annotations

from agent.documents.read import read as read_document
from agent.reading.hybrid import weigh
from agent.reading.llm.themes import THEMES
from agent.reading.reader import Candidate, Dossier, Quote, Statement
from agent.reading.reconcile import Reconciled
from agent.reading.rules import RulesReader
from portfolio.facts import CERTAIN, Fact
from tests.road import contract_text

DOSSIER = Dossier((read_document("contrat.txt", contract_text(1).encode()),))
RULES = tuple(RulesReader().read(DOSSIER))
ALL = frozenset(field for theme in THEMES for field in theme.fields)


def said(field: str, value: object, *quotes: str) -> Candidate:
    return Candidate(field, value, tuple(map(Quote, quotes)), 0.9, "read@1")


def agreeing(*but: str) -> tuple[Candidate, ...]:
    """A model that says what the built-in reader says, but on the fields ``but``."""
    found = weigh(DOSSIER, RULES, Statement()).facts
    return tuple(
        Candidate(fact.field, fact.value, tuple(Quote(e.quote) for e in fact.evidence), 0.9, "read@1", fact.basis)
        for fact in found
        if fact.field not in but
    )


def one(found: Reconciled, field: str) -> Fact | None:
    return next((fact for fact in found.facts if fact.field == field), None)


def test_agreement_makes_surer_and_says_who() -> None:
    alone, both = weigh(DOSSIER, RULES, Statement()), weigh(DOSSIER, RULES, Statement(agreeing(), ALL))
    for fact in alone.facts:
        with_model = one(both, fact.field)
        assert with_model is not None
        assert with_model.confidence >= fact.confidence
        assert with_model.reader == "hybrid"


def test_the_silence_of_a_model_that_finds_the_rest_counts_against_a_value() -> None:
    field = "termination" if one(weigh(DOSSIER, RULES, Statement()), "termination") else "payment_days"
    before = one(weigh(DOSSIER, RULES, Statement()), field)
    after = one(weigh(DOSSIER, RULES, Statement(agreeing(field), ALL)), field)
    assert before is not None
    assert after is None or after.confidence < before.confidence


def test_silence_never_drops_what_deadlines_hang_on() -> None:
    for field in ("notice_period", "duration", "renewal.kind"):
        after = one(weigh(DOSSIER, RULES, Statement(agreeing(field), ALL)), field)
        assert after is not None
        assert after.confidence < CERTAIN


def test_of_a_field_that_the_model_did_not_look_for_silence_says_nothing() -> None:
    before = one(weigh(DOSSIER, RULES, Statement()), "payment_days")
    after = one(weigh(DOSSIER, RULES, Statement(agreeing("payment_days"), ALL - {"payment_days"})), "payment_days")
    assert before == after


def test_both_readings_of_a_disagreement_stay_whichever_wins() -> None:
    other = said("payment_days", 31, "payable à trente jours")
    refused = weigh(DOSSIER, RULES, Statement((*agreeing("payment_days"), other), ALL))
    kept = one(refused, "payment_days")
    assert kept is not None, "a value that contradicts its own words is no other reading"
    assert (kept.value, kept.alternatives) == (30, ())
    one_year = said("duration", "P1Y", "par périodes d'un an")
    disputed = one(weigh(DOSSIER, RULES, Statement((*agreeing("duration"), one_year), ALL)), "duration")
    assert disputed is not None
    assert {str(disputed.value), *(str(other.value) for other in disputed.alternatives)} == {"P3Y", "P1Y"}
    assert disputed.confidence < CERTAIN


def test_what_the_model_alone_says_goes_to_review() -> None:
    law = said("governing_law", "FR", "Le Prestataire assure le nettoyage")
    found = one(weigh(DOSSIER, RULES, Statement((*agreeing("governing_law"), law), ALL)), "governing_law")
    assert found is not None
    assert found.reader == "llm"
    assert found.confidence < CERTAIN
