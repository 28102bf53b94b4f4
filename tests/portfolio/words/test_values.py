"""Values are said as people write them."""

from datetime import date

import pytest

from portfolio.facts import Fact, Review
from portfolio.schema import Amount, Obligation, Party, Site
from portfolio.values import Duration, Every, FromEvent, OnDate
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

FRENCH = Wording(Texts("fr"))
ENGLISH = Wording(Texts("en"))


@pytest.mark.parametrize(
    ("field", "value", "french", "english"),
    [
        ("start_date", date(2023, 7, 1), "01/07/2023", "2023-07-01"),
        ("duration", Duration(years=1), "1 an", "1 year"),
        ("duration", Duration(months=36), "36 mois", "36 months"),
        ("notice_period", Duration(days=90), "90 jours", "90 days"),
        ("contract_type", "lease", "bail", "lease"),
        ("renewal.kind", "tacit", "tacite", "tacit"),
        ("payment_days", 30, "30", "30"),
        ("price_revision.cap_percent", 2.5, "2,50", "2.50"),
        (
            "amounts",
            Amount(label="Forfait", value=612480, tax="excl", period="year"),
            "Forfait : 612\u202f480 € HT par an",
            "Forfait: 612,480 € excl. tax a year",
        ),
        (
            "amounts",
            Amount(label="Cap", value=1.5, currency="CHF", bound="max"),
            "Cap : 1,50 CHF maximum",
            "Cap: 1.50 CHF maximum",
        ),
        (
            "parties",
            Party(name="Netisol", role="supplier", registration="449777747"),
            "Netisol (prestataire, 449777747)",
            "Netisol (supplier, 449777747)",
        ),
        (
            "sites",
            Site(name="Hôpital", city="Juvisy", postal_code="91260"),
            "Hôpital, 91260 Juvisy",
            "Hôpital, 91260 Juvisy",
        ),
    ],
)
def test_values(field: str, value: object, french: str, english: str) -> None:
    assert FRENCH.value(field, value) == french
    assert ENGLISH.value(field, value) == english


@pytest.mark.parametrize(
    ("review", "confidence", "said"),
    [("to_review", 0.99, "sûr"), ("to_review", 0.6, "à vérifier"), ("confirmed", 0.6, "confirmé")],
)
def test_how_far_a_value_can_be_relied_on(review: Review, confidence: float, said: str) -> None:
    fact = Fact(field="payment_days", value=30, review=review, confidence=confidence, reader="rules")
    assert FRENCH.state(fact) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Every(every=Duration(months=18)), "tous les 18 mois"),
        (OnDate(date=date(2026, 9, 30)), "le 30/09/2026"),
        (Every(every=Duration(months=6)), "chaque semestre"),
        (Every(every=Duration(years=1), month_day="03-31"), "chaque année, le 31/03"),
        (FromEvent(event="fin du contrat", offset=Duration(days=15, negative=True)), "15 jours avant : fin du contrat"),
        (FromEvent(event="notification", offset=Duration(days=30)), "30 jours après : notification"),
    ],
)
def test_due_rules(rule: object, said: str) -> None:
    obligation = Obligation(action="Remettre", due=rule, quote="x")
    assert said in FRENCH.obligation(obligation)


def test_a_colon_is_written_as_the_language_has_it() -> None:
    assert FRENCH.about("Motif", "déjà dénoncé") == "Motif\u00a0: déjà dénoncé"
    assert ENGLISH.about("Reason", "already given notice") == "Reason: already given notice"
