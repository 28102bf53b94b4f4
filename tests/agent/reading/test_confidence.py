"""Confidences are probabilities: what lessens trust lowers them, what was never measured is never certain."""

from __future__ import annotations

from typing import Any

import pytest

from agent.documents.pages import Draft, assemble
from agent.reading.confidence import Calibration, bundled, calibrated, signs
from agent.reading.reader import Candidate, Dossier, Quote
from agent.reading.reconcile import Reconciled, reconcile
from evals.trust import PRECISION
from portfolio.facts import CERTAIN
from portfolio.schema import FIELDS, Obligation, Party

LINE = (
    "La SAS Alpha (SIREN 552 100 554) remet un rapport à la société Beta chaque année ; le prix est payable à 30 jours "
    "ou 45 jours."
)
DOSSIER = Dossier((assemble("c.txt", b"", "text/plain", [Draft("paragraph", LINE)]),))


def says(field: str, value: Any, quote: str = LINE, confidence: float = 0.9) -> Candidate:
    return Candidate(field, value, (Quote(quote),), confidence, "test")


def read(*candidates: Candidate, reader: str = "rules") -> Reconciled:
    return reconcile(DOSSIER, {reader: list(candidates)})


def test_the_confidence_is_the_probability_that_the_weights_give() -> None:
    found = read(says("payment_days", 30, "payable à 30 jours"))
    (fact,) = calibrated(DOSSIER, found, Calibration(frozenset(["rules"]), {"field:payment_days": 1.0986}))
    assert fact.confidence == pytest.approx(0.75, abs=0.001)
    assert fact.evidence == found.facts[0].evidence


def test_signs_that_the_fit_has_not_seen_weigh_nothing() -> None:
    found = read(says("payment_days", 30, "payable à 30 jours"))
    (fact,) = calibrated(DOSSIER, found, Calibration(frozenset(["rules"]), {"rule:another": 5.0}))
    assert fact.confidence == 0.5


def test_a_reader_that_was_never_measured_is_never_certain() -> None:
    found = read(says("payment_days", 30, "payable à 30 jours", 0.99), reader="another")
    (fact,) = calibrated(DOSSIER, found)
    assert not fact.certain and fact.confidence < CERTAIN


def test_a_contradicted_value_shows_it() -> None:
    alone = read(says("payment_days", 30, "payable à 30 jours"))
    rivalled = read(says("payment_days", 30, "payable à 30 jours"), says("payment_days", 45, "45 jours", 0.6))
    assert signs(DOSSIER, alone)[0]["other values proposed"] == 0
    assert signs(DOSSIER, rivalled)[0]["other values proposed"] == 1


def test_items_tell_how_complete_they_are() -> None:
    found = read(
        says("parties", Party(name="Alpha", role="other", registration="552100554")),
        says("obligations", Obligation(debtor="Alpha", action="remettre un rapport", quote=LINE)),
    )
    party, obligation = signs(DOSSIER, found)
    assert (party["party without registration"], party["party without role"]) == (0, 1)
    assert (obligation["obligation without debtor"], obligation["obligation without due rule"]) == (0, 1)


def test_the_bundled_calibration_speaks_of_fields_that_there_are() -> None:
    fields = {name.partition(":")[2] for name in bundled().weights if name.startswith(("field:", "en:"))}
    assert fields and fields <= set(FIELDS)


def test_a_surer_reading_is_never_less_probable() -> None:
    assert bundled().weights["raw confidence"] > 0
    assert PRECISION > CERTAIN
