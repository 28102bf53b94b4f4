"""Contracts told apart by their currency, by amounts of a kind, by days to pay and by what happens if nobody acts."""

from __future__ import annotations

from datetime import date

import pytest

from agent.chat.kinds import kinds_in, of_kind
from agent.chat.plan import Condition
from agent.chat.planners.conditions import conditions_of
from agent.chat.planners.reading import Read
from agent.chat.windows import window_of
from agent.chat.wording import Question, language_of, tokens_of

AS_OF = date(2026, 11, 24)


def _conditions(text: str) -> list[Condition]:
    question = Read(Question(text, language_of(text), tokens_of(text)))
    return [said.condition for said in conditions_of(question, None, window_of(text, AS_OF), "list")]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Which contracts are priced in US dollars?", "USD"),
        ("quels contrats sont payables en livres sterling ?", "GBP"),
        ("contrats libellés en CHF", "CHF"),
        ("quels contrats sont libellés en euros ?", "EUR"),
    ],
)
def test_a_currency_is_a_condition(text: str, currency: str) -> None:
    assert [(c.is_, c.currency) for c in _conditions(text) if c.topic == "amounts"] == [("known", currency)]


def test_the_currency_of_a_sum_is_no_condition_of_its_own() -> None:
    (found,) = [c for c in _conditions("contrats à plus de 10 000 euros par an") if c.topic == "amounts"]
    assert (found.is_, found.value, found.currency, found.kinds) == ("over", 10000.0, "EUR", ())


def test_a_supplier_is_no_currency() -> None:
    assert not [c for c in _conditions("quels contrats avec ce fournisseur ou bailleur ?") if c.currency]


@pytest.mark.parametrize(
    ("text", "kinds", "is_", "value"),
    [
        ("contrats avec un dépôt de garantie de plus de 2 000 €", ("deposit",), "over", 2000.0),
        ("quels contrats ont une franchise de moins de 500 € ?", ("excess",), "under", 500.0),
        ("which contracts have penalties of over £100?", ("penalty",), "over", 100.0),
    ],
)
def test_a_threshold_is_of_the_kind_of_amount_beside_it(
    text: str, kinds: tuple[str, ...], is_: str, value: float
) -> None:
    (found,) = [c for c in _conditions(text) if c.topic == "amounts"]
    assert (found.kinds, found.is_, found.value) == (kinds, is_, value)


def test_labels_say_their_kind() -> None:
    assert of_kind("dépôt de garantie", ("deposit",)) and of_kind("security deposit", ("deposit",))
    assert not of_kind("loyer annuel", ("deposit", "guarantee"))
    assert "excess" not in kinds_in("contrat de franchise du magasin")


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("lesquels s'arrêtent fin 2026 si personne ne fait rien ?", True),
        ("si on ne fait rien, quels contrats prennent fin en 2027 ?", True),
        ("quels contrats continuent si personne ne bouge ?", False),
        ("which contracts lapse if nobody does anything?", True),
    ],
)
def test_what_ends_if_nobody_acts_does_not_renew_tacitly(text: str, negated: bool) -> None:
    assert [(c.value, c.negated) for c in _conditions(text) if c.topic == "renewal"] == [("tacit", negated)]


@pytest.mark.parametrize("text", ["payables à 45 jours fin de mois", "a 45-day payment term, end of month or not"])
def test_end_of_month_after_days_to_pay_is_no_window(text: str) -> None:
    assert window_of(text, AS_OF) is None
    assert ("payment_days", 45.0) in [(c.topic, c.value) for c in _conditions(text)]


def test_what_a_clause_imposes_narrows_beside_other_conditions() -> None:
    found = _conditions("parmi les contrats rédigés en français, lesquels imposent une non-concurrence après la fin ?")
    assert {(c.topic, c.value) for c in found} == {("language", "fr"), ("clause", "non concurrence")}


def test_rentals_are_no_places() -> None:
    assert not [c for c in _conditions("le total des loyers des quatre locations") if c.topic == "sites"]


def test_net_days_are_days_to_pay() -> None:
    found = _conditions("which contracts have net 30 payment terms?")
    assert ("payment_days", 30.0) in [(c.topic, c.value) for c in found]
