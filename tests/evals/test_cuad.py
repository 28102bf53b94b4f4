from datetime import date
from pathlib import Path

import pytest

from evals import cuad
from evals.loaders import CuadContract, CuadLabel, Span
from evals.metrics import Outcome
from portfolio.schema import ContractRecord
from portfolio.values import Duration


def contract(**labels: CuadLabel) -> CuadContract:
    return CuadContract("a.txt", Path("a.txt"), {k.replace("_", " "): v for k, v in labels.items()}, "development")


def judged(answer: str | None, **record: object) -> list[Outcome]:
    spans = (Span("x", 0, 1),) if answer is not None else ()
    gold = contract(
        Agreement_Date=CuadLabel(spans, answer),
        Renewal_Term=CuadLabel(spans, answer),
        Governing_Law=CuadLabel(spans, answer),
    )
    outcomes = cuad.compare(gold, ContractRecord.model_validate({"document": "a"} | record))
    return [o for o in outcomes if o.read is not None]


@pytest.mark.parametrize(
    ("answer", "record", "right"),
    [
        ("7/11/06", {"signature_date": "2006-07-11"}, True),
        ("7/11/99", {"signature_date": "1999-07-11"}, True),
        ("7/22/2019; 7/22/2022", {"signature_date": "2022-07-22"}, True),
        ("7/11/06", {"signature_date": "2006-11-07"}, False),
        ("successive 1 year", {"renewal": {"period": "P12M"}}, True),
        ("180 days / 6 months", {"renewal": {"period": "P6M"}}, True),
        ("three (3) years", {"renewal": {"period": "P3Y"}}, True),
        ("5 years", {"renewal": {"period": "P1Y"}}, False),
        ("New York", {"governing_law": "US-NY"}, True),
        ("Ontario, Canada", {"governing_law": "CA"}, True),
        ("England, United Kingdom; Wales, United Kingdom", {"governing_law": "GB"}, True),
        ("People's Republic of China", {"governing_law": "CN"}, True),
        ("California", {"governing_law": "US"}, False),
    ],
)
def test_answers(answer: str, record: dict[str, object], right: bool) -> None:
    assert [o.right for o in judged(answer, **record)] == [right]


@pytest.mark.parametrize(
    ("answer", "record"),
    [
        ("[]/[]/2020", {"signature_date": "2020-01-01"}),
        ("perpetual", {"renewal": {"period": "P1Y"}}),
        ("the state in which the breach occurs", {"governing_law": "US-NY"}),
    ],
)
def test_answers_that_no_record_can_hold_are_passed_over(answer: str, record: dict[str, object]) -> None:
    assert judged(answer, **record) == []


def test_a_value_where_the_lawyers_found_none_is_a_false_fill() -> None:
    (outcome,) = judged(None, governing_law="US-NY")
    assert outcome.false_fill
    assert not outcome.right


@pytest.mark.parametrize(("read", "right"), [("2010-06-30", True), ("2010-06-29", True), ("2010-07-01", False)])
def test_a_term_may_end_on_the_day_before_its_anniversary(read: str, right: bool) -> None:
    label = CuadLabel((Span("x", 0, 1),), "6/30/10")
    outcomes = cuad.compare(
        contract(Expiration_Date=label), ContractRecord.model_validate({"document": "a", "end_date": read})
    )
    assert [o.right for o in outcomes if o.read is not None] == [right]


def test_units_and_dates_of_answers() -> None:
    assert cuad.durations("0.5 year") == []
    assert cuad.durations("(6) months") == [Duration(months=6)]
    assert cuad.dates("09/05/2019; perpetual") == [date(2019, 9, 5)]


@pytest.mark.parametrize(("record", "filled"), [({}, False), ({"renewal": {"kind": "tacit"}}, True)])
def test_the_notice_of_an_open_ended_contract_answers_nothing(record: dict[str, object], filled: bool) -> None:
    read = ContractRecord.model_validate({"document": "a", "notice_period": "P30D"} | record)
    assert any(outcome.false_fill for outcome in cuad.compare(contract(), read)) == filled
