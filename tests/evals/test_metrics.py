import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.metrics import SCORED, Outcome, Score, compare
from portfolio.schema import FIELDS, Amount, ContractRecord, Obligation, Party, PriceRevision, Renewal, Site, flatten
from portfolio.values import Duration, Every, FromEvent, OnDate

texts = st.text("abcdé 'XYZ12.-€", min_size=1, max_size=25).filter(lambda text: bool(text.strip()))
durations = st.builds(
    Duration,
    years=st.integers(0, 9),
    months=st.integers(0, 24),
    days=st.integers(0, 90),
    hours=st.integers(0, 48),
    negative=st.booleans(),
)
dates = st.dates(date(1990, 1, 1), date(2060, 1, 1))
maybe = st.none
dues = (
    st.builds(OnDate, date=dates)
    | st.builds(Every, every=durations)
    | st.builds(FromEvent, event=texts, offset=durations)
)
records = st.builds(
    ContractRecord,
    document=st.just("a.pdf"),
    language=st.sampled_from(["fr", "en"]) | maybe(),
    title=texts | maybe(),
    reference=texts | maybe(),
    status=st.sampled_from(["active", "expired"]) | maybe(),
    parties=st.lists(
        st.builds(
            Party,
            name=texts,
            role=st.sampled_from(["client", "supplier"]),
            registration=st.sampled_from(["812345678", "81234567800015"]) | maybe(),
        ),
        max_size=4,
    ),
    sites=st.lists(
        st.builds(Site, name=texts | maybe(), city=texts | maybe(), postal_code=st.just("75001") | maybe()), max_size=3
    ),
    end_date=dates | maybe(),
    duration=durations | maybe(),
    renewal=st.builds(Renewal, kind=st.just("tacit") | maybe(), period=durations | maybe()) | maybe(),
    amounts=st.lists(
        st.builds(
            Amount,
            label=texts,
            value=st.sampled_from([10.0, 10.004, 12.5, 1e6]),
            tax=st.sampled_from(["excl", "incl"]) | maybe(),
            period=st.sampled_from(["year", "month"]) | maybe(),
        ),
        max_size=5,
    ),
    price_revision=st.builds(
        PriceRevision, formula=texts | maybe(), indices=st.lists(texts, max_size=3), cap_percent=st.just(3.2) | maybe()
    )
    | maybe(),
    obligations=st.lists(
        st.builds(
            Obligation,
            debtor=texts | maybe(),
            action=texts,
            document=texts | maybe(),
            due=dues | maybe(),
            quote=texts,
        ),
        max_size=4,
    ),
)  # fmt: skip


def shuffled(record: ContractRecord, seed: int) -> ContractRecord:
    chance = random.Random(seed)
    lists = {name: list(getattr(record, name)) for name in ("parties", "sites", "amounts", "obligations")}
    for items in lists.values():
        chance.shuffle(items)
    return record.model_copy(update={name: tuple(items) for name, items in lists.items()})


def judged(gold: dict[str, object], read: dict[str, object]) -> dict[str, list[Outcome]]:
    outcomes: dict[str, list[Outcome]] = {}
    for outcome in compare(ContractRecord(document="a", **gold), ContractRecord(document="a", **read)):
        outcomes.setdefault(outcome.field, []).append(outcome)
    return outcomes


@given(records)
@settings(max_examples=200, deadline=None)
def test_labels_against_themselves_are_all_right(record: ContractRecord) -> None:
    outcomes = compare(record, record)
    score = Score.of(outcomes)
    assert all(outcome.right for outcome in outcomes)
    assert score.right == score.gold == score.read
    assert score.gold >= len(flatten(record))
    assert score.false_fills == 0


@given(records)
@settings(max_examples=50, deadline=None)
def test_reading_nothing_has_no_recall_and_no_false_fill(record: ContractRecord) -> None:
    score = Score.of(compare(record, ContractRecord(document="a.pdf")))
    assert (score.right, score.read, score.false_fills) == (0, 0, 0)
    assert score.gold == len(flatten(record))
    assert score.precision is None


@given(records)
@settings(max_examples=50, deadline=None)
def test_against_empty_labels_every_fact_is_a_false_fill(record: ContractRecord) -> None:
    score = Score.of(compare(ContractRecord(document="a.pdf"), record))
    assert score.false_fills == score.read == len(flatten(record))


@given(records, records, st.integers())
@settings(max_examples=100, deadline=None)
def test_the_order_of_items_says_nothing(gold: ContractRecord, read: ContractRecord, seed: int) -> None:
    assert Score.of(compare(gold, read)) == Score.of(compare(shuffled(gold, seed), shuffled(read, seed + 1)))


@given(records, records)
@settings(max_examples=100, deadline=None)
def test_counts_are_consistent(gold: ContractRecord, read: ContractRecord) -> None:
    outcomes = compare(gold, read)
    score = Score.of(outcomes)
    assert score.right <= min(score.read, score.gold)
    assert score.false_fills <= score.read - score.right
    assert {outcome.field for outcome in outcomes} <= set(SCORED)


def test_every_field_of_the_schema_is_scored() -> None:
    assert set(FIELDS) <= set(SCORED)


@pytest.mark.parametrize(
    ("field", "gold", "read", "right"),
    [
        ("duration", "P3Y", "P36M", True),
        ("duration", "P90D", "P3M", False),
        ("notice_period", "P1D", "PT24H", True),
        ("start_date", "2024-04-01", "2024-04-02", False),
        ("title", "Contrat de nettoyage des locaux", "Nettoyage des locaux", True),
        ("reference", "N° 2024-17", "n°2024/17", True),
        ("governing_law", "US-NY", "US-CA", False),
        ("payment_days", 30, 45, False),
    ],
)
def test_scalars(field: str, gold: object, read: object, right: bool) -> None:
    (outcome,) = judged({field: gold}, {field: read})[field]
    assert outcome.right is right
    assert not outcome.false_fill


def test_nested_leaves_are_facts_of_their_own() -> None:
    outcomes = judged(
        {"renewal": {"kind": "tacit", "period": "P1Y"}}, {"renewal": {"kind": "tacit", "period": "P2Y", "max_count": 3}}
    )
    assert outcomes["renewal.kind"][0].right
    assert not outcomes["renewal.period"][0].right
    assert outcomes["renewal.max_count"][0].false_fill


def test_role_and_registration_count_for_a_matched_party_only() -> None:
    gold = {
        "parties": [
            Party(name="Orsel SAS", role="client", registration="812345678"),
            Party(name="Néréa", role="supplier"),
        ]
    }
    read = {
        "parties": [
            Party(name="ORSEL", role="supplier", registration="81234567800015"),
            Party(name="Autre", role="other"),
        ]
    }
    outcomes = judged(gold, read)
    assert Score.of(outcomes["parties"]) == Score(right=1, read=2, gold=2)
    assert Score.of(outcomes["parties.role"]) == Score(right=0, read=1, gold=1)
    assert Score.of(outcomes["parties.registration"]) == Score(right=1, read=1, gold=1)


def test_of_two_amounts_of_one_value_the_one_that_fits_is_matched() -> None:
    gold = {"amounts": [Amount(label="Loyer", value=100, period="month"), Amount(label="Dépôt", value=100, tax="incl")]}
    read = {
        "amounts": [
            Amount(label="Dépôt de garantie", value=100, tax="incl"),
            Amount(label="Loyer", value=100, period="month"),
        ]
    }
    assert Score.of(o for outcomes in judged(gold, read).values() for o in outcomes) == Score(right=4, read=4, gold=4)


def test_an_amount_in_another_currency_is_another_amount() -> None:
    outcomes = judged(
        {"amounts": [Amount(label="Fee", value=5)]}, {"amounts": [Amount(label="Fee", value=5, currency="GBP")]}
    )
    assert Score.of(outcomes["amounts"]) == Score(right=0, read=1, gold=1)


def test_one_sentence_read_twice_proves_one_obligation() -> None:
    quote = "Le prestataire remet chaque mois un rapport d'activité"
    due = Every(every=Duration(months=1))
    gold = {"obligations": [Obligation(debtor="Orsel", action="Remettre le rapport", due=due, quote=quote)]}
    once = Obligation(debtor="ORSEL SAS", action="Remise", due=due, quote=quote)
    again = Obligation(debtor="Néréa", action="Rapport", due=None, quote="remet chaque mois un rapport")
    outcomes = judged(gold, {"obligations": [again, once]})
    assert Score.of(outcomes["obligations"]) == Score(right=1, read=2, gold=1)
    assert outcomes["obligations.debtor"][0].right
    assert outcomes["obligations.due"][0].right


@pytest.mark.parametrize(
    ("gold", "read", "right"),
    [
        (OnDate(date=date(2025, 1, 31)), OnDate(date=date(2025, 1, 31)), True),
        (Every(every=Duration(years=1), month_day="01-31"), Every(every=Duration(months=12)), True),
        (FromEvent(event="fin", offset=Duration.parse("-P15D")), FromEvent(event="x", offset=Duration(days=15)), False),
        (FromEvent(event="fin", offset=Duration(hours=24)), FromEvent(event="x", offset=Duration(days=1)), True),
        (Every(every=Duration(years=1)), FromEvent(event="fin", offset=Duration(years=1)), False),
    ],
)  # fmt: skip
def test_due_rules(gold: object, read: object, right: bool) -> None:
    def one(due: object) -> dict[str, object]:
        return {"obligations": [Obligation(action="Remettre le bilan annuel", quote="remet le bilan annuel", due=due)]}

    assert judged(one(gold), one(read))["obligations.due"][0].right is right


def test_pooled_scores_weigh_every_fact_alike() -> None:
    pooled = Score(right=1, read=2, gold=4, false_fills=1) + Score(right=3, read=3, gold=4)
    assert (pooled.precision, pooled.recall, pooled.false_fill_share) == (0.8, 0.5, 0.2)
    assert pooled.f1 == pytest.approx(2 * 0.8 * 0.5 / 1.3)
