"""The sentences of a contract that speak of a subject, and how fully."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from agent.columns.lexicon import Subject, blanked
from agent.reading.structure import ContractView, Sentence, is_blank
from agent.reading.text import fold

_IN_HEAD = 0.6
"""What a facet is worth that stands in the column heads or the headings above, not in the sentence."""
_BEFORE = 0.6
"""And one that stands in the sentence before, in the same paragraph."""
ENOUGH = 0.6
"""Share of a subject's weight that a sentence must hold to speak of it."""
_MEANING = 0.05
_HEADED = 0.15
_TITLE_WORDS = 2

Meaning = Callable[[str, int], float]
"""How near a place of a document (content hash, offset) is to the column by meaning: 1 for the nearest, 0 unknown."""


@dataclass(frozen=True)
class Spoken:
    """``hits`` are the spans of ``sentence.folded`` where facets stand; ``own`` is the share of the subject's weight
    that the sentence itself holds, ``coverage`` what it holds with its surroundings; ``headed``: it stands
    in a clause that is named after the subject; ``rank`` orders."""

    sentence: Sentence
    hits: tuple[tuple[int, int], ...]
    own: float
    coverage: float
    headed: bool
    rank: float

    @property
    def whole(self) -> bool:
        """The sentence says it all by itself."""
        return self.own >= 0.999


def spoken(view: ContractView, subject: Subject, meaning: Meaning = lambda sha, start: 0.0) -> list[Spoken]:
    """The sentences and table rows that speak of every key facet of ``subject``, the fullest first, then the part that
    prevails, then reading order."""
    if not subject.facets:
        return []
    found = list(_spoken(view, subject, meaning))
    order = {id(one.sentence): number for number, one in enumerate(found)}
    return sorted(found, key=lambda one: (-one.rank, view.rank(one.sentence), order[id(one.sentence)]))


def _spoken(view: ContractView, subject: Subject, meaning: Meaning) -> Iterator[Spoken]:
    total = sum(facet.weight for facet in subject.facets)
    before: Sentence | None = None
    for sentence in view.sentences:
        previous = before if before is not None and before.block is sentence.block else None
        before = sentence
        if sentence.part == "margin" or sentence.block.kind == "heading" or _empty(sentence) or _is_title(sentence):
            continue
        text = blanked(sentence.folded)
        heads = blanked(f"{sentence.clause.folded_heading} | {fold(' | '.join(sentence.block.heads))}")
        beside = blanked(previous.folded) if previous is not None else ""
        hits: list[tuple[int, int]] = []
        own = coverage = 0.0
        missing = False
        for facet in subject.facets:
            match = facet.cues.search(text)
            if match is not None:
                hits.append(match.span())
                own += facet.weight
                worth = 1.0
            else:
                worth = _IN_HEAD if facet.cues.search(heads) else _BEFORE if facet.cues.search(beside) else 0.0
            coverage += facet.weight * worth
            missing = missing or (worth == 0.0 and facet in subject.keys)
        if missing or coverage / total < ENOUGH:
            continue
        sha = view.dossier.documents[sentence.clause.document].sha256
        near = meaning(sha, sentence.block.start + sentence.start)
        headed = any(facet.cues.search(blanked(sentence.clause.folded_heading)) for facet in subject.keys)
        rank = coverage / total + _HEADED * headed + _MEANING * near
        yield Spoken(sentence, tuple(hits), own / total, coverage / total, headed, rank)


def _is_title(sentence: Sentence) -> bool:
    """A title at the head of its paragraph (`5. Sous-traitance.`): it speaks for the sentence after it."""
    return sentence.block.kind != "table_row" and len(re.findall(r"[^\W\d_]{2,}", sentence.text)) <= _TITLE_WORDS


def _empty(sentence: Sentence) -> bool:
    """A form's line that nobody filled in."""
    cells = sentence.block.cells
    return len(cells) > 1 and all(is_blank(cell) for cell in cells[1:])
