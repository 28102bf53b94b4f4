"""What readers propose becomes facts only with words that say it, and only together with facts that fit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agent.documents.pages import Draft, assemble
from agent.reading.reader import Candidate, Dossier, Quote
from agent.reading.reconcile import Reconciled, reconcile
from agent.reading.support import contradiction
from portfolio.facts import Fact
from portfolio.schema import Amount, Obligation, Party, Site, spec
from portfolio.values import Duration, Every, FromEvent, OnDate

TEXT = (
    "ENTRE la SAS ALPHA PROPRETÉ (SIREN 552 100 554), le Prestataire, et la Clinique des Lilas, le Client.",
    "Le contrat prend effet le 1er avril 2024 pour une durée de trois (3) ans.",
    "Il est reconduit tacitement par périodes d'un an, deux fois au plus, sauf préavis de trois mois.",
    "Prix : 48 000 € HT par an, soit 57 600 € TTC, payables à 30 jours. La part variable est plafonnée à 2,5 %.",
    "Le Prestataire remet chaque année au Client une attestation d'assurance.",
    "Le Prestataire informe le Client un mois avant tout changement.",
    "Fin au 31 mars 2024. Sites : Lyon et Vienne.",
)


def run(*candidates: Candidate, **readers: list[Candidate]) -> Reconciled:
    dossier = Dossier((assemble("c.txt", b"", "text/plain", [Draft("paragraph", line) for line in TEXT]),))
    return reconcile(dossier, readers or {"rules": list(candidates)})


def says(field: str, value: Any, *quotes: str, confidence: float = 0.9, basis: str | None = None) -> Candidate:
    return Candidate(field, value, tuple(Quote(q) for q in quotes), confidence, "test", basis)


def values(reconciled: Reconciled, field: str) -> list[Any]:
    return [fact.value for fact in reconciled.facts if fact.field == field]


def only(reconciled: Reconciled) -> Fact:
    (fact,) = reconciled.facts
    return fact


def test_a_proven_value_becomes_a_fact_with_its_words() -> None:
    fact = only(run(says("start_date", "2024-04-01", "prend effet le 1er avril 2024")))
    assert (fact.value, fact.reader, fact.review) == (date(2024, 4, 1), "rules", "to_review")
    assert fact.evidence[0].quote == "prend effet le 1er avril 2024"


@pytest.mark.parametrize(
    ("candidate", "reason"),
    [
        (says("start_date", "demain", "1er avril 2024"), "invalid"),
        (says("start_date", "2024-04-01"), "no_quote"),
        (says("start_date", "2024-04-01", "commence le 1er avril 2024"), "not_found"),
        (says("start_date", "2024-04-02", "prend effet le 1er avril 2024"), "contradicted"),
        (says("duration", "P36D", "une durée de trois (3) ans"), "contradicted"),
        (says("payment_days", 45, "payables à 30 jours"), "contradicted"),
        (says("price_revision.cap_percent", 2.0, "plafonnée à 2,5 %"), "contradicted"),
        (says("amounts", {"label": "Prix", "value": 480000}, "48 000 € HT par an"), "contradicted"),
        (says("parties", {"name": "Clinique des Roses", "role": "client"}, "le Prestataire"), "contradicted"),
        (says("reference", "2024-12", "SIREN 552 100 554"), "contradicted"),
    ],
)
def test_a_value_that_is_not_proven_is_left_out_with_the_reason(candidate: Candidate, reason: str) -> None:
    result = run(candidate)
    assert result.facts == ()
    assert [rejected.reason for rejected in result.rejected] == [reason]
    assert result.rejected[0].why


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("start_date", "2024-04-01", "à effet du 01/04/2024"),
        ("start_date", "2024-04-01", "L'an deux mille vingt-quatre, le premier avril"),
        ("signature_date", "2024-05-03", "Fait à Lyon, le 3 mai\n2024"),
        ("duration", "P36M", "trente-six mois"),
        ("duration", "P3Y", "trente-six mois"),
        ("notice_period", "P90D", "ninety (90) days"),
        ("renewal.period", "P1Y", "d'année en année"),
        ("renewal.max_count", 2, "reconductible deux fois"),
        ("renewal.max_count", 1, "renouvelable une fois"),
        ("amounts", {"label": "Plafond", "value": 2_000_000}, "un plafond de 2 M€"),
        ("amounts", {"label": "Price", "value": 1250.5, "currency": "USD"}, "$1,250.50 per month"),
        ("amounts", {"label": "Loyer", "value": 12000}, "douze mille euros"),
        ("amounts", {"label": "Loyer", "value": 12000}, "12 000,00"),
        ("payment_days", 0, "payable à réception de facture"),
        ("payment_days", 30, "sous trente jours"),
        ("price_revision.month_day", "07-01", "chaque 1er juillet"),
        ("price_revision.indices", "ICHTrev-TS", "l'indice ICHT rev-TS"),
        ("price_revision.cap_percent", 2.5, "2,5 % par an"),
        ("jurisdiction", "tribunal judiciaire de Lyon", "compétence du Tribunal judiciaire de Lyon"),
        ("renewal.kind", "tacit", "reconduit"),
    ],
)
def test_words_that_say_a_value_do_not_contradict_it(field: str, value: Any, words: str) -> None:
    assert contradiction(field, spec(field).validate(value), words) is None


def test_a_computed_value_needs_its_arithmetic_not_its_digits() -> None:
    quotes = ("prend effet le 1er avril 2024", "une durée de trois (3) ans")
    assert run(says("end_date", "2027-03-31", *quotes)).facts == ()
    assert only(run(says("end_date", "2027-03-31", *quotes, basis="2024-04-01 + P3Y - 1 day"))).basis


def test_the_surest_value_wins_and_of_equals_the_first_in_the_document() -> None:
    early, late = (
        says("payment_days", 30, "30 jours"),
        says("payment_days", 3, "durée de trois (3) ans", confidence=0.8),
    )
    assert values(run(late, early), "payment_days") == [30]
    equal = says("payment_days", 3, "durée de trois (3) ans")
    result = run(early, equal)
    assert values(result, "payment_days") == [3]
    assert [r.reason for r in result.rejected] == ["outvoted"]


def test_agreement_of_two_readers_raises_confidence_and_disagreement_lowers_it() -> None:
    right = says("payment_days", 30, "payables à 30 jours", confidence=0.8)
    wrong = says("payment_days", 3, "durée de trois (3) ans", confidence=0.5)
    agreed = only(run(rules=[right], llm=[right]))
    assert agreed.confidence > 0.9 and agreed.reader == "hybrid"
    doubtful = only(run(rules=[right], llm=[wrong]))
    assert doubtful.value == 30 and doubtful.confidence < 0.7 and doubtful.reader == "rules"


def test_one_party_said_twice_is_one_with_all_that_is_known() -> None:
    result = run(
        says("parties", Party(name="SAS ALPHA PROPRETÉ", role="other", registration="552100554"), TEXT[0]),
        says("parties", Party(name="Alpha Propreté", role="supplier"), TEXT[0], confidence=0.7),
        says("parties", Party(name="Clinique des Lilas", role="client"), "la Clinique des Lilas"),
    )
    assert values(result, "parties") == [
        Party(name="SAS ALPHA PROPRETÉ", role="supplier", registration="552100554"),
        Party(name="Clinique des Lilas", role="client"),
    ]


def test_amounts_with_and_without_tax_are_two_and_the_same_amount_is_one() -> None:
    result = run(
        says("amounts", Amount(label="Prix", value=48000, tax="excl", period="year"), "48 000 € HT par an"),
        says("amounts", Amount(label="Prix annuel", value=48000), "48 000 €", confidence=0.5),
        says("amounts", Amount(label="Prix", value=57600, tax="incl"), "57 600 € TTC"),
    )
    assert [(a.value, a.tax) for a in values(result, "amounts")] == [(48000, "excl"), (57600, "incl")]


def test_sites_are_one_a_city() -> None:
    lyon, vienne = Site(name=None, city="Lyon"), Site(name=None, city="Vienne")
    result = run(
        says("sites", lyon, "Lyon"),
        says("sites", Site(name="Sites", city="LYON"), "Sites : Lyon", confidence=0.5),
        says("sites", vienne, "Vienne"),
    )
    assert [site.city for site in values(result, "sites")] == ["Lyon", "Vienne"]


def test_an_obligation_keeps_a_due_rule_only_where_its_words_say_it() -> None:
    sentence = TEXT[4]

    def due(rule: OnDate | Every | FromEvent) -> Any:
        item = Obligation(action="remettre une attestation", document="attestation d'assurance", due=rule, quote="?")
        (found,) = values(run(says("obligations", item, sentence)), "obligations")
        assert found.quote == sentence
        return found.due

    assert due(Every(every=Duration(years=1))) == Every(every=Duration(years=1))
    assert due(Every(every=Duration(months=6))) is None
    assert due(OnDate(date=date(2024, 4, 1))) is None


def test_an_obligation_that_two_readers_cut_out_differently_is_one() -> None:
    def item(quote: str) -> Candidate:
        doc = Obligation(action="remettre une attestation", document="attestation d'assurance", quote=quote)
        return says("obligations", doc, quote)

    assert (
        len(run(rules=[item(TEXT[4])], llm=[item("remet chaque année au Client une attestation d'assurance")]).facts)
        == 1
    )


def test_facts_that_cannot_be_true_together_lose_the_less_sure_one() -> None:
    start = says("start_date", "2024-04-01", "1er avril 2024")
    before = says("end_date", "2024-03-31", "31 mars 2024", confidence=0.6)
    assert values(run(start, before), "end_date") == []
    ruled_out = says("renewal.kind", "none", TEXT[2])
    notice = says("notice_period", "P3M", "préavis de trois mois")
    assert [fact.field for fact in run(ruled_out, notice).facts] == ["renewal.kind"]
    assert run(says("renewal.period", "P1Y", "périodes d'un an")).facts == ()
    lengths = run(
        start,
        says("duration", "P3Y", "trois (3) ans"),
        says("end_date", "2025-03-31", "Fin", confidence=0.8, basis="?"),
    )
    assert next(fact for fact in lengths.facts if fact.field == "end_date").confidence < 0.5
