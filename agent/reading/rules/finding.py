"""What a rule finds, weighed: a value, the words that say it, and how surely they say it.

The weight of the words' part of the contract is taken off here, once for all subjects: particular conditions before
general ones, articles before annexes, or as the contract's own order of precedence has it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from agent.reading.clauses import Part
from agent.reading.grammar import seasons
from agent.reading.reader import Candidate, Quote
from agent.reading.structure import ContractView, Sentence, options

T = TypeVar("T")
S = TypeVar("S")

_PART_PENALTY = 0.05
FLOOR = 0.5
"""Below it, a gap is better than the value."""
_LONG = 320


@dataclass(frozen=True)
class Finding(Generic[T]):
    """``start`` and ``end`` of the telling words are offsets into ``sentence``; ``weight`` is between 0 and 1."""

    value: T
    sentence: Sentence
    start: int
    end: int
    weight: float
    rule: str

    def of(self, value: S, rule: str) -> Finding[S]:
        """What follows from it, with the same words and weight."""
        return Finding(value, self.sentence, self.start, self.end, self.weight, rule)

    @property
    def quote(self) -> Quote:
        """The sentence, or of a long one the words around the value."""
        text = self.sentence.text
        if len(text) <= _LONG:
            return self.sentence.quote()
        left = max((m.end() for m in _PAUSE.finditer(text, 0, max(0, self.start - 40))), default=0)
        right = next((m.start() for m in _PAUSE.finditer(text, self.end)), len(text))
        return self.sentence.quote(max(left, self.start - 240), min(right, self.end + 160))


_PAUSE = re.compile(r"[,;:]\s|\t")
_REMARK = re.compile(r"\s[–—-]\s|[;:]\s")
"""Ends a box's label: what follows speaks of the checked one (`☒ tacite ☐ exclue – par années entières`)."""


def said(sentence: Sentence) -> str:
    """The folded sentence as it counts: the labels of boxes left empty are blanked out, offsets stay."""
    folded = sentence.folded
    if not sentence.boxed:
        return folded
    for label, is_checked, start, end in options(sentence.text):
        if not is_checked:
            if remark := _REMARK.search(label):
                end = start + remark.start()
            folded = folded[:start] + " " * (end - start) + folded[end:]
    return folded


OF_THE_TERM = re.compile(
    r"\b(?:term of (?:this|the)|this (?:[a-z-]+ ){0,3}(?:agreement|contract|lease|engagement|letter)\b|\"term\"|"
    r"initial term|"
    r"(?:the )?(?:engagement|agreement|contract) (?:shall|will|begins?|runs?|commences?|takes?|enters?|is in)|"
    r"duree (?:initiale |totale )?(?:du|de la|de l')|(?:le|la|du|de la) presente? (?:[a-z-]+ ){0,2}|l'execution\b|"
    r"(?:le|du) (?:contrat|marche|bail)\b|la (?:convention|police|delegation|concession|mission|periode)\b|"
    r"l'(?:accord|accord-cadre|abonnement|engagement|adhesion|autorisation)\b|(?:ce|le|du) (?:mandat|pret|"
    r"delai d'execution)\b|"
    r"la (?:reservation|licence|location|location-gerance|surveillance)\b)"
)
"""Speaks of the contract itself, not of one of its duties."""


def spoken(view: ContractView) -> Iterator[tuple[Sentence, str, str]]:
    """(sentence, its folded words, its clause's folded headings) of all but running heads, in reading order."""
    for clause in view.clauses:
        if clause.part != "margin":
            for sentence in clause.sentences:
                yield sentence, said(sentence), clause.folded_heading


def cover_parts(view: ContractView) -> frozenset[Part]:
    """The parts that only announce the contract. None where most is front: articles have no numbers."""
    length = Counter[Part]()
    for clause in view.clauses:
        length[clause.part] += sum(len(block.text) for block in clause.blocks)
    told = length["body"] + length["particular"] + length["general"]
    return frozenset({"front"} if told > length["front"] else ())


def ranked(view: ContractView, findings: Iterable[Finding[T]]) -> list[Finding[T]]:
    """The findings by weight, the surest first, each lessened by the rank of its part; the first of equals leads."""
    weighed = (
        replace(f, weight=f.weight - _PART_PENALTY * view.rank(f.sentence) - _recalled(f.sentence)) for f in findings
    )
    return sorted(weighed, key=lambda f: -f.weight)


_RECALLS = re.compile(
    r"(?:^|> )\W*(?:[\da-z]{1,4}[\s.)/°-]+)*(?:rappels?\b|recall of|reminder of|historique|situation (?:anterieure|"
    r"initiale)|"
    r"(?:contrat|marche|convention) (?:initiale?|d'origine)|original (?:agreement|contract))"
)


def _recalled(sentence: Sentence) -> float:
    """What is told again of another contract, or of this one as it was, weighs less."""
    return 0.4 if _RECALLS.search(sentence.clause.folded_heading) else 0.0


def merged(
    view: ContractView, findings: Iterable[Finding[T]], same: Callable[[T, T], bool] | None = None
) -> list[Finding[T]]:
    """The sure enough findings without those that repeat a surer one; what others repeat is a little surer."""
    equal = same or (lambda a, b: a == b)
    kept: list[Finding[T]] = []
    repeats: list[int] = []
    for finding in ranked(view, findings):
        at = next((i for i, other in enumerate(kept) if equal(finding.value, other.value)), None)
        if at is not None:
            repeats[at] += 1
        elif finding.weight >= FLOOR:
            kept.append(finding)
            repeats.append(0)
    return [replace(f, weight=min(0.97, f.weight + 0.03 * min(n, 2))) for f, n in zip(kept, repeats, strict=True)]


def best(
    view: ContractView, findings: Iterable[Finding[T]], same: Callable[[T, T], bool] | None = None
) -> Finding[T] | None:
    """The surest finding, where one is sure enough; one that others repeat is a little surer."""
    order = ranked(view, findings)
    if not order or order[0].weight < FLOOR:
        return None
    equal = same or (lambda a, b: a == b)
    repeats = sum(equal(f.value, order[0].value) for f in order[1:])
    return replace(order[0], weight=min(0.97, order[0].weight + 0.03 * min(repeats, 2)))


def season_spans(view: ContractView) -> Iterator[Finding[seasons.Span]]:
    """First and last day of the named years that the contract covers: `vaut pour l'année scolaire 2026-2027`."""
    lines = list(spoken(view))
    defined = next((found for _, text, _ in lines if (found := seasons.defined(text))), None)
    for sentence, text, heading in lines:
        for span in (*seasons.find(text), *(seasons.used(text, *defined) if defined else ())):
            about = OF_THE_TERM.search(text[: span.start]) or _COVERS.search(text[: span.start])
            if about and not _OTHER_YEARS.search(text[max(0, span.start - 60) : span.start]):
                weight = 0.86 if _PERIOD_HEAD.search(heading) else 0.74
                yield Finding(span.value, sentence, span.start, span.end, weight, "dates.season")


_COVERS = re.compile(r"\b(?:couvre|vaut|conclue?|valable|porte|pour|covers?|valid)\b")
_PERIOD_HEAD = re.compile(r"\b(?:dure|periode|terme?\b|effet|calendrier|quand|duration|temps)")
_OTHER_YEARS = re.compile(
    r"\b(?:budget|suivante?|prochaine|preced|compte|bilan|rapport|ajouter|prolong|renouvel|tarif|prix)[^.;]{0,60}$"
)


def candidate(field: str, finding: Finding[T], *, quotes: Sequence[Quote] = (), basis: str | None = None) -> Candidate:
    """The finding as a candidate for ``field``, with the further ``quotes`` that it rests on."""
    confidence = round(max(0.05, min(0.99, finding.weight)), 3)
    return Candidate(field, finding.value, (finding.quote, *quotes), confidence, finding.rule, basis)
