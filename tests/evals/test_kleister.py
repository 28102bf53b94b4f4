import pytest

from evals import kleister
from evals.loaders import NdaContract
from evals.metrics import Score
from portfolio.schema import ContractRecord
from portfolio.values import Duration


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("Kite Pharma, Inc.", "Kite_Pharma_Inc."),
        ("Gilead Sciences Inc", "Gilead_Sciences_Inc."),
        ("W&L Enterprises Ltd", "W_and_L_Enterprises_Ltd."),
        ("Leonard Green & Partners, L.P.", "Leonard_Green_and_Partners_LP"),
        ("Georgia-Pacific LLC", "Georgia-Pacific_LLC"),
        ("Intel Corporation", "Intel_Corporation"),
    ],
)
def test_parties_are_written_as_the_set_writes_them(written: str, value: str) -> None:
    assert kleister.party_value(written) == value


@pytest.mark.parametrize(
    ("duration", "value"),
    [("P7Y", "7_years"), ("P1Y", "1_year"), ("P18M", "18_months"), ("P12M", "12_months"), ("P16D", "16_days")],
)
def test_terms_keep_the_unit_they_were_written_in(duration: str, value: str) -> None:
    assert kleister.term_value(Duration.parse(duration)) == value


def test_pairs_are_compared_whatever_their_case_and_a_key_without_gold_is_a_false_fill() -> None:
    gold = frozenset({("party", "KITE_PHARMA_INC."), ("party", "Gilead"), ("jurisdiction", "New_York")})
    read = ContractRecord.model_validate(
        {
            "document": "a",
            "parties": [{"name": "Kite Pharma, Inc.", "role": "partner"}, {"name": "Kite", "role": "partner"}],
            "governing_law": "US-NY",
            "signature_date": "2017-02-10",
        }
    )
    outcomes = kleister.compare(NdaContract("a", gold, "", "development"), read)
    assert Score.of(outcomes) == Score(right=2, read=4, gold=3, false_fills=1)


def test_the_date_of_effect_goes_before_the_date_of_signature() -> None:
    record = ContractRecord.model_validate(
        {"document": "a", "signature_date": "2017-02-10", "start_date": "2017-03-01"}
    )
    assert kleister.pairs(record) == {("effective_date", "2017-03-01")}
