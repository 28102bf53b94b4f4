"""Which words answer a category of CUAD, and the set's own metric over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.cuad_spans import SpanScore, spans
from evals.loaders import CuadContract, CuadLabel, Span
from portfolio.evidence import Evidence
from portfolio.facts import Fact
from portfolio.schema import Amount, Obligation, Party

LAW = "This Agreement shall be governed by the laws of New York"


def contract(**marked: tuple[str, ...]) -> CuadContract:
    labels = {
        category.replace("_", " "): CuadLabel(tuple(Span(text, 0, len(text)) for text in texts), None)
        for category, texts in marked.items()
    }
    return CuadContract("a.txt", Path("a.txt"), labels, "development")


def fact(field: str, value: object, *quotes: str, confidence: float = 0.9) -> Fact:
    evidence = tuple(Evidence(document="0" * 64, quote=q, page=1, start=0, end=len(q)) for q in quotes)
    return Fact(field=field, value=value, evidence=evidence, confidence=confidence, reader="test")


@pytest.mark.parametrize(("quote", "found"), [("governed by the laws of New York", 1), ("the laws of New York", 0)])
def test_words_find_a_span_from_half_of_all_their_words_on(quote: str, found: int) -> None:
    score = spans(contract(Governing_Law=(LAW,)), [fact("governing_law", "US-NY", quote)])["Governing Law"]
    assert (len(score.found), len(score.wrong), score.marked) == (found, 1 - found, 1)


def test_of_a_date_the_words_that_say_it_count() -> None:
    read = fact("signature_date", "2017-11-27", "This Agreement is entered into as of November 27, 2017 by and between")
    assert spans(contract(Agreement_Date=("November 27, 2017",)), [read])["Agreement Date"].recall == 1


def test_words_that_contain_a_party_find_it() -> None:
    read = fact("parties", Party(name="Alpha LLC", role="client"), "by and between Alpha LLC, a company of Delaware")
    score = spans(contract(Parties=("Alpha LLC", "Delaware", "Beta Inc.")), [read])["Parties"]
    assert (score.recall, score.precision) == (pytest.approx(2 / 3), 1)


def test_the_sentences_behind_the_arithmetic_are_no_guesses() -> None:
    read = fact("end_date", "2016-11-30", "shall expire one year after its start", "starts on December 1st, 2015")
    score = spans(contract(Expiration_Date=("shall expire one year after its start",)), [read])["Expiration Date"]
    assert (score.recall, score.precision) == (1, 1)


def test_obligations_and_amounts_answer_by_what_they_are_about() -> None:
    insured = "Contractor shall maintain public liability insurance of $500,000"
    cap = "liability shall not exceed $500,000"
    facts = [
        fact("obligations", Obligation(action="maintain public liability insurance", quote=insured), insured),
        fact("obligations", Obligation(action="report monthly", quote="shall report monthly"), "shall report monthly"),
        fact("amounts", Amount(label="Cap", value=500000, currency="USD", bound="max"), cap),
    ]
    found = spans(contract(Insurance=(insured,), Cap_On_Liability=(cap,)), facts)
    assert (found["Insurance"].precision, found["Cap On Liability"].recall) == (1, 1)
    assert found["Audit Rights"] == SpanScore()


def test_the_curve_follows_the_confidence_and_a_precision_is_the_best_that_follows() -> None:
    score = SpanScore(found=(0.9, 0.5), wrong=(0.7, 0.5), marked=4)
    assert score.curve() == [(0.25, 1.0), (0.25, 0.5), (0.5, 0.5)]
    assert score.area == pytest.approx(0.25 * 1.0 + 0.25 * 0.5)
    assert (score.precision_at(0.5), score.precision_at(0.8)) == (0.5, 0.0)
