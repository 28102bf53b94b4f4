"""Questions over the portfolio: groups, sums, alternatives, several days, what contracts do not say."""

from __future__ import annotations

from collections import Counter

import pytest

from agent.chat.chat import Chat
from agent.chat.planners.dated import dated_in
from agent.chat.planners.grouping import grouped
from agent.chat.planners.reading import Read
from agent.chat.wording import Question, language_of, tokens_of
from tests.agent.chat.conftest import AS_OF


def _read(text: str) -> Read:
    return Read(Question(text, language_of(text), tokens_of(text)))


@pytest.mark.parametrize(
    ("text", "by", "money", "top"),
    [
        ("Combien de contrats par type ?", "type", False, None),
        ("Total annuel par site", "sites", True, None),
        ("ventilation des dépenses selon le fournisseur", "counterparty", True, None),
        ("Which month has the most contract ends?", "month", False, True),
        ("Combien de contrats se terminent chaque année ?", "year", False, None),
        ("number of agreements by kind of renewal", "renewal", False, None),
        ("Quel fournisseur a le moins de contrats ?", "counterparty", False, False),
        ("Combien de contrats par tribunal compétent ?", "jurisdiction", False, None),
    ],
)
def test_a_question_puts_contracts_together(text: str, by: str, money: bool, top: bool | None) -> None:
    found = grouped(_read(text))
    assert found is not None
    assert (found.by, found.money, found.top) == (by, money, top)


@pytest.mark.parametrize(
    "text",
    [
        "Combien payons-nous par an pour le nettoyage ?",
        "Quel est le loyer par mois ?",
        "combien ça coûte par trimestre ?",
        "Quels contrats sont révisés chaque année ?",
        "Quel contrat coûte le plus cher ?",
        "Quel tribunal est compétent ?",
    ],
)
def test_a_period_of_payment_or_a_fact_is_no_group(text: str) -> None:
    assert grouped(_read(text)) is None


def test_groups_hold_every_contract_and_those_of_none_are_named(clinic: Chat) -> None:
    answer = clinic.ask("Combien de contrats par mode de reconduction ?")
    kinds = Counter(h.terms.value("renewal.kind") for h in clinic.holdings.contracts)
    unsaid = kinds.pop(None, 0)
    assert {row["key"]: row["count"] for row in answer.finding.rows} == kinds
    assert sum(len(row["contracts"]) for row in answer.finding.rows) + unsaid == len(clinic.holdings.contracts)
    assert answer.text.startswith(f"{len(clinic.holdings.contracts)} contrat(s)")
    assert ("ne le disent pas" in answer.text) == bool(unsaid)


def test_a_group_of_costs_sums_its_contracts(clinic: Chat) -> None:
    answer = clinic.ask("Montant annuel par fournisseur")
    rows = {row["group"]: row["value"] for row in answer.finding.rows}
    assert rows["Imagerie des Belles-Croix"] == 41400
    assert "41\u202f400 € HT par an" in answer.text


def test_days_stand_with_their_events() -> None:
    found = dated_in("Quels contrats signés en 2025 courent encore après 2027 ?", AS_OF)
    assert [(topic, w.start and w.start.isoformat(), w.end and w.end.isoformat()) for topic, w in found] == [
        ("signature", "2025-01-01", "2025-12-31"),
        ("end", "2028-01-01", None),
    ]


def _stems(chat: Chat, question: str) -> set[str]:
    finding = chat.ask(question).finding
    assert finding.kind == "list"
    return set(finding.value)


def test_alternatives_any_of_which_will_do_and_denials_none_of_which_may_hold(clinic: Chat) -> None:
    def kinds(revision: bool) -> set[str]:
        return {
            h.stem
            for h in clinic.holdings.contracts
            if ((h.terms.value("price_revision.kind") == "indexed") or (h.terms.value("renewal.kind") == "tacit"))
            is revision
        }

    assert _stems(clinic, "Quels contrats sont indexés ou à tacite reconduction ?") == kinds(True)
    assert _stems(clinic, "Quels contrats ne sont ni indexés ni à tacite reconduction ?") == kinds(False)


def test_contracts_that_do_not_say_are_named_apart(clinic: Chat) -> None:
    answer = clinic.ask("Quels contrats coûtent plus de 50 000 € par an ?")
    silent = [h for h in clinic.holdings.contracts if not any(a.period for a in h.terms.values("amounts"))]
    assert all(held.title not in answer.text.split("ne le disent pas")[0] for held in silent)
    assert answer.finding.value


def test_contracts_that_speak_of_words_prove_it(clinic: Chat) -> None:
    answer = clinic.ask("Quels contrats parlent de force majeure ?")
    said = {h.stem for h in clinic.holdings.contracts if any("force majeure" in p.text.lower() for p in h.passages)}
    assert set(answer.finding.value) == said
    assert all("force majeure" in c.quote.lower() for c in answer.citations)


def test_what_was_not_understood_is_said(clinic: Chat) -> None:
    answer = clinic.ask("Quels contrats indexés sont plutôt barbecue ?")
    assert answer.text.startswith("À vérifier")
    assert "barbecue" in answer.text


@pytest.mark.parametrize(
    ("question", "condition"),
    [
        ("Quels contrats n'ont pas de référence ?", ("reference", "unknown", None)),
        ("Quels contrats se renouvellent pour un an ?", ("renewal_period", "equals", 12.0)),
        ("Which contracts are indexed and uncapped?", ("cap_percent", "unknown", None)),
        ("Which agreements can be renewed at most twice?", ("renewals_max", "at_most", 2.0)),
        ("Quels contrats coûtent entre 10 000 et 60 000 € par an ?", ("amounts", "at_most", 60_000.0)),
        ("Quels contrats parlent de sous-traitance ?", ("clause", "contains", "sous traitance")),
    ],
)
def test_a_fact_a_comparison_and_a_value_make_a_condition(
    clinic: Chat, question: str, condition: tuple[str, str, str | float | None]
) -> None:
    plan = clinic.plan(question).plan
    assert condition in [(c.topic, c.is_, c.value) for c in plan.conditions]
    assert plan.operation == "list"
    assert not plan.rest


def test_an_average_of_lengths_is_told_in_their_unit(clinic: Chat) -> None:
    stated = [h.terms.value("payment_days") for h in clinic.holdings.contracts if h.terms.value("payment_days")]
    answer = clinic.ask("Quel est le délai de paiement moyen de nos contrats ?")
    assert answer.finding.value == f"{sum(stated) / len(stated):.1f} jours".replace(".0", "").replace(".", ",")
