"""The built-in reader and a language model on one dossier: whom to believe where they differ, and how surely.

The built-in reader's confidences are probabilities that were measured; a model's are not, and models differ. So a model
is believed as far as it finds, in this very contract, what the built-in reader is sure of: its share of those values,
drawn towards `MODEL_RIGHT` where there are few, is how often it is taken to be right. From there it is Bayes' rule:
agreement makes a value likelier, silence on a field that the model looked for makes it less likely, of two values the
likelier one is kept and the other stays beside it. A value that only one reader has and that is less likely than not is
left out, but for those that deadlines hang on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from agent.reading.confidence import UNMEASURED, calibrated
from agent.reading.reader import Candidate, Dossier, Statement
from agent.reading.reconcile import HYBRID, Reconciled, Rejected, reconcile
from agent.reading.sameness import same
from portfolio.doubt import STAKES
from portfolio.errors import InvalidValue
from portfolio.facts import Fact
from portfolio.schema import FIELDS, spec

RULES, MODEL = "rules", "llm"

MODEL_RIGHT = 0.9
"""How often a model that nothing is known of is taken to find a value."""
_WEIGHT = 10
"""For how many values that assumption counts."""
_SURE = 0.9
"""Values of the built-in reader from which on the model is measured by them."""
_SAME_MISTAKE = 1 / 3
"""How often a value that is wrong is read by the model as well: both are misled by the same words."""
_LIKELIER = 0.5
_DEADLINES = 8
"""Stake (`portfolio.doubt.STAKES`) from which a value stays for review, however doubtful."""
_OUTVOTED = 0.3
"""What is left of the confidence of a value that the built-in reader itself preferred another to."""
_LIST_WEIGHT = 4
"""For how many items of a list its measured probability counts, beside what the model confirms of that list."""
_PARTS = {"parties": {"role": 0.77}, "obligations": {"debtor": 0.75, "due": 0.95}}
"""How often parts of an item are right in the built-in reader (precision on held-out contracts, leaderboard.md)."""
_MOST = 0.999


def weigh(dossier: Dossier, rules: Sequence[Candidate], model: Statement) -> Reconciled:
    """The facts that both prove together, their confidences probabilities."""
    alone = reconcile(dossier, {RULES: rules})
    measured = calibrated(dossier, alone)
    models = reconcile(dossier, {MODEL: model.candidates})
    right = _believed(measured, models.facts, model.covered)
    both = reconcile(
        dossier,
        {RULES: tuple(_weighed(rules, alone.facts, measured)), MODEL: tuple(_believed_to(model.candidates, right))},
    )
    # a value that was refused is no silence
    silent = model.covered - {c.field for c in model.candidates if c.field in FIELDS and not FIELDS[c.field].many}
    facts: list[Fact] = []
    left_out: list[Rejected] = []
    for fact in both.facts:
        probability = _probability(fact, both.facts, measured, silent, right)
        # of two readings a person chooses: neither is dropped
        if probability < _LIKELIER and not fact.alternatives and STAKES[fact.field] < _DEADLINES:
            why = f"the readers differ; it is right with a probability of {probability:.2f}"
            candidate = Candidate(fact.field, fact.value, (), fact.confidence, fact.rule or fact.reader, fact.basis)
            left_out.append(Rejected(fact.reader, candidate, "outvoted", why))
        else:
            changes = {"confidence": round(probability, 4)} | _parts(fact, models.facts, right)
            facts.append(fact.model_copy(update=changes))
    return Reconciled(tuple(facts), (*both.rejected, *left_out), weighed=True)


def _believed(measured: Sequence[Fact], models: Sequence[Fact], covered: frozenset[str]) -> float:
    """How often the model is right, by the sure values of the fields that it looked for."""
    sure = [fact for fact in measured if fact.confidence >= _SURE and fact.field in covered]
    found = sum(_match(fact.field, fact.value, models) is not None for fact in sure)
    return (found + MODEL_RIGHT * _WEIGHT) / (len(sure) + _WEIGHT)


def _match(field: str, value: object, facts: Iterable[Fact]) -> Fact | None:
    return next((fact for fact in facts if fact.field == field and same(field, fact.value, value)), None)


def _weighed(rules: Iterable[Candidate], raw: Sequence[Fact], measured: Sequence[Fact]) -> Iterator[Candidate]:
    """The candidates of the built-in reader with the measured probability of the fact that they became."""
    pairs = list(zip(raw, measured, strict=True))
    for candidate in rules:
        try:
            value = spec(candidate.field).validate(candidate.value)
        except InvalidValue:
            yield candidate
            continue
        pair = next((p for p in pairs if p[0].field == candidate.field and same(p[0].field, p[0].value, value)), None)
        if pair is None:
            yield replace(candidate, confidence=candidate.confidence * _OUTVOTED)
        else:
            share = min(1.0, candidate.confidence / pair[0].confidence) if pair[0].confidence else 1.0
            yield replace(candidate, confidence=share * pair[1].confidence)


def _believed_to(candidates: Iterable[Candidate], right: float) -> Iterator[Candidate]:
    """The model's candidates, as sure as it is believed; judgements a bit less, as the reader says."""
    for candidate in candidates:
        yield replace(candidate, confidence=min(_MOST, candidate.confidence * right / MODEL_RIGHT))


def _parts(fact: Fact, models: Sequence[Fact], right: float) -> dict[str, Any]:
    """Parts of an item that both found, taken from the model where it is righter than the built-in reader on them."""
    if fact.reader != HYBRID or fact.field not in _PARTS:
        return {}
    theirs = _match(fact.field, fact.value, models)
    wanted = {
        part: getattr(theirs.value, part)
        for part, precision in _PARTS[fact.field].items()
        if theirs is not None and right > precision and getattr(theirs.value, part) is not None
    }
    return {"value": fact.value.model_copy(update=wanted)} if wanted else {}


def _probability(
    fact: Fact, found: Sequence[Fact], measured: Sequence[Fact], silent: frozenset[str], right: float
) -> float:
    """How likely ``fact`` is right, after what the other reader said of it."""
    if fact.reader == MODEL:
        return min(fact.confidence, UNMEASURED)
    own = _match(fact.field, fact.value, measured)
    before = own.confidence if own is not None else fact.confidence
    if fact.reader == HYBRID:
        return _updated(before, right / _SAME_MISTAKE)
    if fact.field in silent and not fact.alternatives:
        if spec(fact.field).many:
            before = _in_list(fact, before, found)
        return _updated(before, (1.0 - right) / (1.0 - _SAME_MISTAKE))
    return fact.confidence


def _in_list(fact: Fact, probability: float, found: Sequence[Fact]) -> float:
    """Mistakes in a list come together (a price list taken for amounts): ``probability`` drawn towards the share of the
    built-in reader's items that the model confirms."""
    own = [other for other in found if other.field == fact.field and other.reader in (RULES, HYBRID)]
    confirmed = sum(other.reader == HYBRID for other in own)
    return min(probability, (confirmed + probability * _LIST_WEIGHT) / (len(own) + _LIST_WEIGHT))


def _updated(probability: float, ratio: float) -> float:
    """Bayes' rule in odds: ``ratio`` is how much likelier the sign is where the value is right."""
    odds = probability / max(1e-6, 1.0 - probability) * ratio
    return min(_MOST, odds / (1.0 + odds))
