"""What the texts say beyond the fields: the sentences of a contract that speak of a question's words, and whether it
says anything of them at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from agent.chat.holdings import Held
from agent.chat.matching import Rarity, coverage, likeness
from agent.reading.grammar import dates, durations, money
from agent.reading.text import fold, sentence_spans
from portfolio.folding import fold as folded
from vectorstore.passages import Passages
from vectorstore.records import Filters, Passage

_CONTEXT = 0.45
"""What a word is worth that stands in the headings or beside a sentence, not in it."""
_MEANING = 0.12
"""What being first by meaning adds to a sentence's score."""
_WANTED = 0.25
"""What a duration, date or sum adds to a sentence where the question wants one."""
_LATER = 0.04
"""What standing in an amendment adds: it speaks last."""
_BLANK = re.compile(
    r"\.{4,}|…{2,}|_{3,}|\[\s*(?:a completer|à compléter|to be completed|tbc|tbd)?\s*\]|:\s*$|\bnéant\b|\bn/?a\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()]{0,40}\)")
"""What a column's head may say beside its name, figures too: « Kilométrage (48 mois) »."""
_LONGEST = 900


@dataclass(frozen=True)
class Line:
    """A sentence or a table's row, with the passage that it stands in and, of a row, the row of column heads."""

    passage: Passage
    text: str
    start: int
    heads: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """A form's line that nobody filled in."""
        return bool(_BLANK.search(self.text.strip()))

    @property
    def cells(self) -> tuple[str, ...]:
        return tuple(cell.strip() for cell in self.text.split("\t"))


@dataclass(frozen=True)
class Spoken:
    """A line and how far it speaks of the question: ``score`` with its surroundings, ``own`` by its own words;
    ``fits``: it has what an answer has in it (a name, a day, a sum)."""

    line: Line
    score: float
    own: float
    fits: bool = True


def lines_of(passages: Sequence[Passage]) -> list[Line]:
    """The sentences and table rows of passages, in order."""
    found: list[Line] = []
    heads: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    for passage in passages:
        at = 0
        if passage.path != path:
            heads, path = (), passage.path
        for part in passage.text.split("\n"):
            if "\t" in part:
                cells = tuple(cell.strip() for cell in part.split("\t"))
                if not heads or len(cells) != len(heads):
                    heads = (
                        cells
                        if not re.search(r"\d", _ASIDE.sub("", " ".join(cells[1:])))
                        else heads
                        if len(heads) == len(cells)
                        else ()
                    )
                found.append(Line(passage, part, at, heads if heads != cells else ()))
            elif part.strip():
                heads = ()
                found.extend(Line(passage, part[s:e], at + s) for s, e in sentence_spans(part))
            at += len(part) + 1
    return found


_EXPECTED: tuple[tuple[re.Pattern[str], Callable[[str], object]], ...] = (
    (
        re.compile(
            r"\b(?:quel delai|sous combien|combien de (?:temps|jours|mois|"
            r"semaines|ans|annees)|how (?:long|soon|quickly)|what period|"
            r"quelle duree)\b"
        ),
        durations.find,
    ),
    (
        re.compile(r"\b(?:quelle part|pourcentage|pourcent|quel taux|percent\w*|share|a combien|plafonn\w*)\b"),
        lambda text: "%" in text,
    ),
    (
        re.compile(r"\b(?:qui a|qui est|c est qui|par qui|chez quel\w*|quel notaire|nom d\w*|who|whose|name of)\b"),
        lambda text: re.search(r"\b(?:m\.|mme|mr|ms|mrs|me|maitre|monsieur|madame|mlle|signe|represente)\b", text),
    ),
    (
        re.compile(r"\b(?:de quand a quand|from when to when|quelle periode|which period)\b"),
        lambda text: re.search(r"\bd[ue]s? .{2,20} au? .{2,20}|\bfrom .{2,20} to\b", text),
    ),
    (re.compile(r"\b(?:quelle heure|horaires?|what time|heures)\b"), lambda text: re.search(r"\d ?h\b|\d:\d\d", text)),
    (re.compile(r"\b(?:quand|quelle date|quel jour|when|what date|which day)\b"), dates.find),
    (
        re.compile(
            r"\b(?:combien (?:coute|paie|est|sont|ca)|quel (?:montant|prix)|how much|penalite|penalty|plafond|cap)\b"
        ),
        money.find,
    ),
)
"""What an answer has in it, by the question's words."""


class Clauses:
    """Finds what contracts say in their own words."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages

    def best(self, held: Held, words: Sequence[str], question: str, count: int = 5) -> list[Spoken]:
        """The lines of a contract and its amendments that speak of ``words`` best, best first."""
        lines = lines_of(held.passages)
        weight = Rarity(tuple(line.text for line in lines))
        meant = self._meant(held, question)
        wanted = [finder for pattern, finder in _EXPECTED if pattern.search(folded(question))]
        ids = [c.id for c in held.all]
        spoken: list[Spoken] = []
        for line in lines:
            own = coverage(words, f"{line.text} {' '.join(line.heads)}", weight)
            around = coverage(
                [w for w in words if not likeness(w, line.text)], f"{line.passage.headline} {line.passage.text}", weight
            )
            left = 1 - coverage(words, line.text, weight)
            score = own + _CONTEXT * around * max(0.0, left) + _MEANING * meant.get(line.passage.id, 0.0)
            fits = any(found(fold(line.text)) for found in wanted)
            score += _WANTED * fits
            score += _LATER * (ids.index(line.passage.contract) > 0)
            spoken.append(Spoken(line, score, own, fits or not wanted))
        return sorted(spoken, key=lambda s: -s.score)[:count]

    def unsaid(self, held: Held, words: Sequence[str]) -> list[str]:
        """Those of ``words`` that the contract and its amendments hold in no form."""
        texts = tuple(f"{p.headline} {p.text}" for p in held.passages)
        return [word for word in words if not word.isdigit() and not any(likeness(word, text) for text in texts)]

    def _meant(self, held: Held, question: str) -> dict[str, float]:
        """How near the passages are by meaning: 1 for the nearest, falling by rank."""
        hits = self._passages.search(question, Filters(tuple(c.id for c in held.all)), 12)
        ranks = {hit.passage.id: hit.rank_vector or hit.rank_keyword or 12 for hit in hits}
        return {id: 1 / rank**0.5 for id, rank in ranks.items()}


def paragraph(line: Line) -> str:
    """The line with what stands beside it: its paragraph, or the row under its heads; the whole clause where short."""
    text = line.passage.text
    if len(text) <= _LONGEST:
        return text.strip()
    start = text.rfind("\n", 0, line.start) + 1
    end = text.find("\n", line.start)
    part = text[start : end if end > 0 else len(text)].strip()
    return part if len(part) <= _LONGEST else line.text.strip()
