"""How likely a fact is right, from how it was read: raw confidences turned into probabilities that were measured.

A logistic model over few signs, its weights in `calibration.json`, fitted by `evals.calibrate` on labelled contracts
(docs/decisions/0009-confidence.md). A sign that the fit has not seen, such as a new rule, weighs nothing.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from agent.reading.reader import Dossier
from agent.reading.reconcile import Reconciled
from agent.reading.rules.day_roles import SECONDED
from portfolio.facts import Fact
from portfolio.schema import Amount, Obligation, Party

UNMEASURED = 0.9
"""The most that a value can have whose reader was never measured: it always goes to review."""

_CORE = (
    "title", "reference", "contract_type", "parties", "signature_date", "start_date", "duration", "amounts",
    "governing_law",
)  # fmt: skip
"""What most contracts say; where much of it was not found, the document is of a kind that is read less well."""
_MOST, _LEAST = 0.999, 0.001

Signs = Mapping[str, float]
"""Sign to its strength. `field:…`, `rule:…`, `reader:…` and `en:…` are there (1) or not."""


@dataclass(frozen=True)
class Calibration:
    """``readers`` are those it was fitted for; ``weights`` by sign."""

    readers: frozenset[str]
    weights: Mapping[str, float]

    def probability(self, signs: Signs) -> float:
        score = sum(self.weights.get(sign, 0.0) * strength for sign, strength in signs.items())
        return min(_MOST, max(_LEAST, 1.0 / (1.0 + math.exp(-score))))


@cache
def bundled() -> Calibration:
    """The calibration that comes with the package."""
    content = json.loads(files("agent.reading").joinpath("calibration.json").read_text(encoding="utf-8"))
    return Calibration(frozenset(content["readers"]), content["weights"])


def calibrated(dossier: Dossier, found: Reconciled, calibration: Calibration | None = None) -> tuple[Fact, ...]:
    """The facts of ``found`` in their order, each with the probability that it is right as its confidence.

    Of a reader that the calibration was not fitted for, the raw confidence stays, at most `UNMEASURED`. What was
    weighed already stays as it is.
    """
    if found.weighed:
        return found.facts
    table = calibration or bundled()
    facts = []
    for fact, how in zip(found.facts, signs(dossier, found), strict=True):
        known = fact.reader in table.readers
        confidence = table.probability(how) if known else min(fact.confidence, UNMEASURED)
        facts.append(fact.model_copy(update={"confidence": round(confidence, 4)}))
    return tuple(facts)


def signs(dossier: Dossier, found: Reconciled) -> list[Signs]:
    """The signs of each fact of ``found``, whose confidences are still raw."""
    by_field: dict[str, list[Fact]] = defaultdict(list)
    for fact in found.facts:
        by_field[fact.field].append(fact)
    rivals = {rejected.candidate.field for rejected in found.rejected if rejected.reason == "outvoted"}
    scanned = {
        (document.sha256, page.number)
        for document in dossier.documents
        for page in document.pages
        if page.origin == "ocr"
    }
    contract = _of_contract(by_field)
    return [_of_fact(fact, by_field, scanned, fact.field in rivals) | contract for fact in found.facts]


def _of_contract(by_field: Mapping[str, Sequence[Fact]]) -> dict[str, float]:
    missing = sum(not by_field.get(field) for field in _CORE)
    return {
        "always": 1.0,
        "core fields missing": missing / len(_CORE),
        "fewer than two parties": float(len(by_field.get("parties", ())) < 2),
    }


def _of_fact(
    fact: Fact, by_field: Mapping[str, Sequence[Fact]], scanned: set[tuple[str, int]], rivals: bool
) -> dict[str, float]:
    found = {
        "raw confidence": _logit(fact.confidence),
        f"field:{fact.field}": 1.0,
        f"reader:{fact.reader}": 1.0,
        **_of_rule(fact),
        "computed": float(fact.basis is not None),
        "other values proposed": float(rivals),
        "several quotes": float(len(fact.evidence) > 1),
        "quote not letter by letter": float(any(evidence.alignment != "exact" for evidence in fact.evidence)),
        "scanned": float(any((evidence.document, evidence.page) in scanned for evidence in fact.evidence)),
        **_of_item(fact.value, len(by_field[fact.field])),
    }
    if any(language.value == "en" for language in by_field.get("language", ())):
        found[f"en:{fact.field}"] = 1.0
    return found


def _of_rule(fact: Fact) -> dict[str, float]:
    """The rule, and whether the ranker of days says the same (docs/decisions/0015-days-ranked.md)."""
    rule, seconded, rest = (fact.rule or "").partition(SECONDED)
    return {f"rule:{rule}{rest}": 1.0} | ({f"seconded:{fact.field}": 1.0} if seconded else {})


def _of_item(value: Any, count: int) -> dict[str, float]:
    """Signs of a list's item: how complete it is, among how many (``count``)."""
    match value:
        case Party():
            return {
                "party without registration": float(value.registration is None),
                "party without role": float(value.role == "other"),
                "not two parties": float(count != 2),
            }
        case Amount():
            return {
                "amount without period": float(value.period is None),
                "amount without tax": float(value.tax is None),
                "amounts": math.log(count),
            }
        case Obligation():
            return {
                "obligation without document": float(value.document is None),
                "obligation without due rule": float(value.due is None),
                "obligation without debtor": float(value.debtor is None),
                "obligations": math.log(count),
            }
    return {}


def _logit(confidence: float) -> float:
    bounded = min(0.99, max(0.02, confidence))
    return math.log(bounded / (1.0 - bounded))
