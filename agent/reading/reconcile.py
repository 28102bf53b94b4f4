"""From what the readers propose to one set of proven facts: each value typed, located, held against its own words, then
merged with what the other readers say, and with the other fields.

Agreement of two readers raises confidence, disagreement lowers it. What is left out is kept with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from agent.reading import consistency
from agent.reading.locate import locate
from agent.reading.reader import Candidate, Dossier
from agent.reading.sameness import same
from agent.reading.support import contradiction, due_is_said
from portfolio.errors import InvalidValue
from portfolio.evidence import Evidence
from portfolio.facts import Alternative, Fact
from portfolio.schema import FIELDS, Obligation, Party, Site, spec

Reason = Literal["invalid", "no_quote", "not_found", "contradicted", "duplicate", "outvoted", "inconsistent"]
_MISSING_QUOTE = 0.8
_UNSAID_DUE = 0.8
_MOST = 0.999
HYBRID = "hybrid"
"""The reader's name of values that several readers agree on."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that did not become a fact; ``why`` is for people."""

    reader: str
    candidate: Candidate
    reason: Reason
    why: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """``facts`` in the order of `portfolio.schema.FIELDS`, list items in reading order."""

    facts: tuple[Fact, ...]
    rejected: tuple[Rejected, ...]
    weighed: bool = False
    """The facts' confidences are probabilities already (`agent.reading.hybrid`)."""


@dataclass(frozen=True, slots=True)
class _Proven:
    """A candidate whose value has its type and whose quotes were found."""

    reader: str
    candidate: Candidate
    value: Any
    evidence: tuple[Evidence, ...]
    place: tuple[int, int]
    """Document's index and offset of the first evidence."""
    confidence: float


def reconcile(dossier: Dossier, candidates: Mapping[str, Sequence[Candidate]]) -> Reconciled:
    """The facts that ``candidates`` (by reader's name) prove in ``dossier``, and what was left out."""
    rejected: list[Rejected] = []
    by_field: dict[str, list[_Proven]] = defaultdict(list)
    for reader, proposed in candidates.items():
        for candidate in proposed:
            proven = _prove(dossier, reader, candidate)
            if isinstance(proven, Rejected):
                rejected.append(proven)
            else:
                by_field[candidate.field].append(proven)
    facts: dict[str, list[Fact]] = {}
    for name, field in FIELDS.items():
        groups = _groups(name, by_field.get(name, ()))
        others: list[list[_Proven]] = []
        if not field.many:
            groups, others = _elect(groups)
            rejected += [
                _reject(i, "outvoted", f"« {groups[0][0].value} » is surer") for other in others for i in other
            ]
        facts[name] = [_fact(name, group, others) for group in sorted(groups, key=lambda group: group[0].place)]
        rejected += [_reject(p, "duplicate", "the same thing is said surer elsewhere") for g in groups for p in g[1:]]
    doubted = _doubt(facts)
    rejected += [
        Rejected(doubt.fact.reader, _as_candidate(doubt.fact), "inconsistent", doubt.reason) for doubt in doubted
    ]
    return Reconciled(tuple(fact for found in facts.values() for fact in found), tuple(rejected))


def _prove(dossier: Dossier, reader: str, candidate: Candidate) -> _Proven | Rejected:
    def no(reason: Reason, why: str) -> Rejected:
        return Rejected(reader, candidate, reason, why)

    try:
        value = spec(candidate.field).validate(candidate.value)
    except InvalidValue as error:
        return no("invalid", str(error))
    if not candidate.quotes:
        return no("no_quote", "no words were given that prove it")
    located = [locate(quote, dossier) for quote in candidate.quotes]
    found = tuple(evidence for evidence in located if evidence is not None)
    if not found:
        return no("not_found", f"« {candidate.quotes[0].text[:80]} » is not in the document")
    confidence = candidate.confidence * (_MISSING_QUOTE if len(found) < len(located) else 1.0)
    words = "\n".join(evidence.quote for evidence in found)
    if candidate.basis is None:
        why = contradiction(candidate.field, value, words)
        if why is not None:
            return no("contradicted", why)
    if isinstance(value, Obligation):
        value, confidence = _own_words(value, found, words, confidence, computed=candidate.basis is not None)
    index = next((i for i, document in enumerate(dossier.documents) if document.sha256 == found[0].document), 0)
    return _Proven(reader, candidate, value, found, (index, found[0].start), min(max(confidence, 0.0), 1.0))


def _own_words(
    value: Obligation, found: Sequence[Evidence], words: str, confidence: float, *, computed: bool
) -> tuple[Obligation, float]:
    """The obligation with the document's own words as its quote, and without a due rule that they do not say."""
    value = value.model_copy(update={"quote": found[0].quote[:4000]})
    if value.due is None or computed or due_is_said(value.due, words):
        return value, confidence
    return value.model_copy(update={"due": None}), confidence * _UNSAID_DUE


def _groups(name: str, proven: Iterable[_Proven]) -> list[list[_Proven]]:
    """The candidates that say the same, surest first within a group, of equals the one that stands first."""
    groups: list[list[_Proven]] = []
    for item in sorted(proven, key=lambda p: (-p.confidence, p.place)):
        for group in groups:
            if same(name, group[0].value, item.value):
                group.append(item)
                break
        else:
            groups.append([item])
    return groups


def _support(group: Sequence[_Proven]) -> float:
    """How sure a group is: its readers' best confidences, each an independent witness."""
    doubt = 1.0
    for reader in {item.reader for item in group}:
        doubt *= 1.0 - max(item.confidence for item in group if item.reader == reader)
    return min(1.0 - doubt, max(_MOST, group[0].confidence))


def _elect(groups: list[list[_Proven]]) -> tuple[list[list[_Proven]], list[list[_Proven]]]:
    """The surest group of a scalar field, less sure where another reader says otherwise; and all others, by support."""
    if not groups:
        return [], []
    ranked = sorted(groups, key=lambda group: (-_support(group), group[0].place))
    best, others = ranked[0], ranked[1:]
    readers = {item.reader for item in best}
    dissent = max((item.confidence for group in others for item in group if item.reader not in readers), default=0.0)
    if dissent:
        best = [replace(item, confidence=item.confidence * (1.0 - dissent / 2)) for item in best]
    return [best], others


def _fact(name: str, group: Sequence[_Proven], others: Iterable[Sequence[_Proven]] = ()) -> Fact:
    """The fact of ``group``; what readers that do not agree to it said instead (``others``) stays beside it."""
    first = group[0]
    readers = {item.reader for item in group}
    value = first.value
    for other in group[1:]:
        value = _completed(value, other.value)
    return Fact(
        field=name,
        value=value,
        evidence=first.evidence,
        confidence=round(_support(group), 4),
        reader=first.reader if len(readers) == 1 else HYBRID,
        rule=first.candidate.rule,
        basis=first.candidate.basis,
        alternatives=tuple(_alternative(other[0]) for other in others if not {i.reader for i in other} & readers),
    )


def _alternative(item: _Proven) -> Alternative:
    candidate = item.candidate
    return Alternative(
        value=item.value,
        evidence=item.evidence,
        confidence=round(item.confidence, 4),
        reader=item.reader,
        rule=candidate.rule,
        basis=candidate.basis,
    )


def _completed(value: Any, other: Any) -> Any:
    """A list item with what only its double says: a party's registration, a site's postal code, a due rule."""
    if not isinstance(value, Party | Site | Obligation):
        return value
    gaps: dict[str, Any] = {
        key: filled
        for key in type(value).model_fields
        if getattr(value, key) is None and (filled := getattr(other, key)) is not None
    }
    if isinstance(value, Party) and value.role == "other":
        gaps["role"] = other.role
    return value.model_copy(update=gaps) if gaps else value


def _doubt(facts: dict[str, list[Fact]]) -> list[consistency.Doubt]:
    """Applies the rules of consistency to ``facts``; gives what was dropped."""
    dropped: list[consistency.Doubt] = []
    for rule in consistency.RULES:
        for doubt in tuple(rule(facts)):
            kept = facts[doubt.fact.field]
            at = next((i for i, fact in enumerate(kept) if fact is doubt.fact), None)
            if at is None:
                continue
            if doubt.factor:
                kept[at] = doubt.fact.model_copy(update={"confidence": round(doubt.fact.confidence * doubt.factor, 4)})
            else:
                del kept[at]
                dropped.append(doubt)
    return dropped


def _reject(item: _Proven, reason: Reason, why: str) -> Rejected:
    return Rejected(item.reader, item.candidate, reason, why)


def _as_candidate(fact: Fact) -> Candidate:
    return Candidate(fact.field, fact.value, (), fact.confidence, fact.rule or fact.reader, fact.basis)
