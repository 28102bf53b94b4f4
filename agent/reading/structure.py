"""The structure of a contract before its sentences: parts, clauses with their heading path, sentences, table rows.

A `ContractView` is what the rules read. A part tells the weight of its words: particular conditions go before general
ones, articles before annexes, unless the contract itself says otherwise; a mail goes with the contract it carries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from agent.documents.pages import Block, Document
from agent.reading.reader import Dossier, Quote

Part = Literal["mail", "front", "particular", "body", "general", "annex", "margin"]
"""``front``: title and parties before the first clause; ``margin``: running heads and feet."""


def fold(text: str) -> str:
    """Lower case, no accents, typographic signs made plain; every character keeps its offset."""
    return "".join(_fold_char(c) for c in text)


def _fold_char(char: str) -> str:
    plain = _PLAIN.get(char)
    if plain is None:
        base = unicodedata.normalize("NFD", char)[0].lower()
        plain = _PLAIN[char] = base if len(base) == 1 else char
    return plain


_PLAIN: dict[str, str] = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "‑": "-",
    "‐": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "œ": "o", "Œ": "o",
}  # fmt: skip


@dataclass(frozen=True)
class Clause:
    """A heading and the blocks below it up to the next heading. ``path`` are the headings above, outermost first."""

    document: int
    part: Part
    number: str
    heading: str
    path: tuple[str, ...]
    blocks: tuple[Block, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(
            Sentence(self, block, start, end)
            for block in self.blocks
            for start, end in sentence_spans(block.text, whole=block.kind in ("heading", "table_row"))
        )

    @cached_property
    def folded_heading(self) -> str:
        return fold(" > ".join((*self.path, self.heading)))


@dataclass(frozen=True)
class Sentence:
    """A sentence of a block, or a whole table row or heading. ``start`` and ``end`` are offsets into the block."""

    clause: Clause
    block: Block
    start: int
    end: int

    @cached_property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    @cached_property
    def folded(self) -> str:
        """The text folded, offset by offset (see `fold`)."""
        return fold(self.text)

    @property
    def part(self) -> Part:
        return self.clause.part

    def quote(self, start: int = 0, end: int | None = None) -> Quote:
        """The words ``text[start:end]`` as evidence, trimmed of white space."""
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip())
        return Quote(words.strip(), self.clause.document, self.block.start + self.start + start + lead)


_ABBREVIATION = re.compile(
    r"(?:\b(?:art|al|cf|ex|env|etc|no|n°|n|m|mm|mme|mlle|me|dr|st|ste|bd|av|p|pp|vol|tel|tél|fax|inc|ltd|corp|co|mr|mrs|ms|"
    r"sect|ref|réf|adm|i\.e|e\.g|[A-Z])|\b\d{1,3})\.$",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(r"(?<=[.;!?…])[\"»)\]]?\s+(?=[\"«(\[☒☐•–-]?\s?[A-ZÀ-ÖØ-Þ0-9«\"(☒☐])|(?<=;)\s+")


def sentence_spans(text: str, *, whole: bool = False) -> list[tuple[int, int]]:
    """(start, end) of the sentences of a block; not after abbreviations, initials and clause numbers."""
    if whole:
        return [(0, len(text))]
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        before = text[max(start, boundary.start() - 12) : boundary.start()]
        if before.endswith(".") and _ABBREVIATION.search(before):
            continue
        spans.append((start, boundary.start()))
        start = boundary.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


_NUMBER = (
    r"(?P<label>articles?|art\.?|clause|section|chapitre|titre|partie|part|volet|annexe|annex|appendix|appendice|schedule|exhibit|"
    r"cadre|cp|cg|cgs|lot)?\s*(?:n°\s*)?(?P<number>\d{1,2}(?:[.-]\d{1,2}){0,3}|[ivxl]{1,6}|[a-z])?"
)
_HEADING = re.compile(rf"^(?:{_NUMBER})\s*[.:)°–—-]*\s*(?P<title>.*)$", re.IGNORECASE)
_TEXTUAL_HEADING = re.compile(
    r"^(?:(?:article|art\.|clause|section|chapitre|titre|annexe|annex|appendix|schedule|exhibit|volet)\s+"
    r"(?:n°\s*)?(?:\d{1,2}(?:\.\d{1,2})*|[ivxl]{1,6}|[a-z]|premier|1er)\b|(?:cp|cg)\s+\d{1,2}\b|\d{1,2}(?:\.\d{1,2}){0,3}\s*[.)–-]?\s+"
    r"(?=[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("annex", re.compile(r"^(?:annexes?|appendi(?:x|ce)|schedule|exhibit|attachment)\b")),
    ("particular", re.compile(r"conditions? particulieres?|special conditions|order form|bon de commande|"
                              r"acte d'engagement|particular conditions|conditions propres")),
    ("general", re.compile(r"conditions? generales?|general (?:terms|conditions)|standard terms|\bcg[suv]\b")),
)  # fmt: skip


def is_heading(block: Block) -> bool:
    """A heading by its format, or a short line that is numbered like an article and does not end like a sentence."""
    if block.kind == "heading":
        return True
    if block.kind not in ("paragraph", "list_item") or len(block.text) > 120:
        return False
    return bool(_TEXTUAL_HEADING.match(block.text)) and not block.text.rstrip().endswith((".", ";", ","))


@dataclass(frozen=True)
class ContractView:
    """A dossier laid out for reading: clauses of all its documents in order."""

    dossier: Dossier
    clauses: tuple[Clause, ...]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for clause in self.clauses for sentence in clause.sentences)

    @cached_property
    def rows(self) -> tuple[Sentence, ...]:
        """Table rows; `block.cells` and `block.heads` give their columns."""
        return tuple(s for s in self.sentences if s.block.kind == "table_row")

    @cached_property
    def front(self) -> tuple[Clause, ...]:
        """Clauses where a contract introduces itself: before the first numbered clause, no annex."""
        return tuple(c for c in self.clauses if c.part == "front")

    def find(self, pattern: re.Pattern[str], *, parts: Sequence[Part] = ()) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Every match of ``pattern`` in the folded sentences (of ``parts``, or of all), in reading order."""
        for sentence in self.sentences:
            if not parts or sentence.part in parts:
                for match in pattern.finditer(sentence.folded):
                    yield sentence, match


def view(dossier: Dossier) -> ContractView:
    """Lays a dossier out: every document's blocks grouped into clauses with their heading path and part."""
    return ContractView(dossier, tuple(c for index, doc in enumerate(dossier.documents) for c in clauses(doc, index)))


def clauses(document: Document, index: int = 0) -> Iterator[Clause]:
    """The clauses of one document, in order; text before the first heading is a clause without heading."""
    mail = document.media_type in ("message/rfc822", "application/vnd.ms-outlook")
    part: Part = "mail" if mail else "front"
    stack: list[tuple[int, str]] = []
    number = heading = ""
    path: tuple[str, ...] = ()
    blocks: list[Block] = []
    margins: list[Block] = []

    for block in document.blocks:
        if block.kind in ("header", "footer"):
            margins.append(block)
        elif not mail and is_heading(block):
            if blocks:
                yield Clause(index, part, number, heading, path, tuple(blocks))
            number, level = _number(block)
            stack = [(depth, text) for depth, text in stack if depth < level]
            path = tuple(text for _, text in stack)
            heading = block.text
            stack.append((level, heading))
            part = _part(heading, number, level, part)
            blocks = [block]
        else:
            blocks.append(block)
    if blocks:
        yield Clause(index, part, number, heading, path, tuple(blocks))
    if margins:
        yield Clause(index, "mail" if mail else "margin", "", "", (), tuple(margins))


def _number(block: Block) -> tuple[str, int]:
    """A heading's number, and its depth: the format's level where it has one, else by its numbering."""
    match = _HEADING.match(block.text)
    number = (match["number"] or "") if match else ""
    dots = number.count(".") + number.count("-")
    return number, block.level or (2 + dots if number else 1)


def _part(heading: str, number: str, level: int, before: Part) -> Part:
    folded = fold(heading)
    for part, pattern in _PARTS:
        if pattern.search(folded):
            return part
    if before == "front" and number:
        return "body"
    return before
