"""The clauses of one document: headings recognised, paths built, each clause given the part whose weight it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from agent.documents.pages import Block, Document
from agent.reading.reader import Quote
from agent.reading.text import BOX, fold, sentence_spans

Part = Literal["mail", "front", "particular", "body", "general", "annex", "margin"]
"""``front``: title and parties before the first clause; ``margin``: running heads and feet."""

MAIL_TYPES = ("message/rfc822", "application/vnd.ms-outlook")


@dataclass(frozen=True)
class Clause:
    """A heading and the blocks below it up to the next heading. ``path`` are the headings above, outermost first.

    ``blocks`` begin with the heading's own block, where there is a heading. ``is_signature``: the place where a
    contract is dated and signed.
    """

    document: int
    part: Part
    number: str
    heading: str
    path: tuple[str, ...]
    blocks: tuple[Block, ...]
    is_signature: bool = False

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

    @cached_property
    def boxed(self) -> bool:
        """The text holds tick boxes, checked or not."""
        return BOX.search(self.text) is not None

    @property
    def part(self) -> Part:
        return self.clause.part

    def quote(self, start: int = 0, end: int | None = None) -> Quote:
        """The words ``text[start:end]`` as evidence, trimmed of white space."""
        words = self.text[start:end]
        lead = len(words) - len(words.lstrip())
        return Quote(words.strip(), self.clause.document, self.block.start + self.start + start + lead)


_LABEL = (
    r"(?:article|art\.?|clause|section|chapitre|titre|partie|part|volet|cadre|annexe|annex|appendix|appendice|"
    r"schedule|exhibit|attachment|cp|cg|cgs|lot|§)"
)
_DOTTED = r"(?:\d{1,2}|[a-z]|[ivxl]{1,5})(?:[.-]\d{1,2}){1,3}"
_NOT_A_TITLE = (
    r"rue|avenue|av|place|bd|boulevard|chemin|allee|quai|route|impasse|cours|square|street|road|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|days|months|years"
)
_NUMBERED = re.compile(
    rf"^(?:{_LABEL}(?![a-z])\s*(?:n\s?°\s*)?(?P<labelled>{_DOTTED}|\d{{1,2}}|[ivxl]{{1,6}}|[a-z]|premier|"
    rf"1er)(?![\w°']|\.?\s?\d)"
    rf"|(?P<dotted>{_DOTTED})(?=[\s.):-])|(?P<plain>\d{{1,2}}|[ivxl]{{1,5}}|[a-z])(?=\s*[.):-]\s)|"
    rf"(?P<bare>\d{{1,2}})(?=\s(?!(?:bis|ter|{_NOT_A_TITLE})\b)))"
    r"[\s.:)°-]*"
)
"""At the start of a folded line: `article 5 -`, `5.2`, `iv.`, `a)`, `cp 3.`, `b.1.2`, `7 `."""
_RUN_IN = re.compile(r"^(?P<title>[A-ZÀ-Þ\"«“][^.:;\t]{2,70}?)\s*(?:[.:]|\s[–—-])\s+(?=[A-ZÀ-Þ\"«“(])")
"""A title at the start of its own paragraph: `5. Term. This Agreement…`, `Article 3 – Durée : Le contrat…`."""
_SENTENCE_START = re.compile(
    r"(?:il|elle|ils|elles|le|la|les|l'|chacun|chacune|toute?s?|tous|aucune?|si|en cas|a|un|une|des|this|it|each|no|"
    r"any|neither|either|all|if|in|upon|such|the|nous|vous|we|you|he|she|except|unless|during|as|for)\b"
)
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,3}\s*$|…{2,}\s*\d{1,3}\s*$")
_CONTENTS_TITLE = re.compile(r"(?:table of contents|table des matieres|sommaire|contents)\b")
_PAGE_NUMBER = re.compile(r"[\s.…]\d{1,3}\s*$")
_BARE_HEADING = re.compile(
    r"(?:preambule|expose(?: (?:prealable|des motifs))?|preliminaires|les parties|parties|definitions?|recitals?|"
    r"background|preamble|whereas|signatures?|annexes?|conditions (?:generales|particulieres)(?: .{0,40})?|"
    r"general (?:terms|conditions).{0,40}|bon de commande|order form|acte d'engagement)\s*:?"
)
_SIGNATURE = re.compile(
    r"(?:fait (?:a|le|en)\b|signatures?(?: des parties| electroniques?)?\s*:?$|in witness whereof|dont acte\b|"
    r"signed (?:by|for|on|in)\b|executed (?:as|by|in)\b|lu et approuve|agreed and accepted|accepted and agreed|(?:a |"
    r"aux? )?[a-z' -]{2,40},? le \d{1,2}(?:er)? [a-z]{3,9} \d{4}\s*$|pour l(?:e|a|es|') ?[^.]{2,60}pour l(?:e|a|es|"
    r"')|signature page)"
)
_ORDINAL = (
    r"(?:(?:premiere?|deuxieme|seconde?|troisieme|quatrieme|first|second|third|volet|partie|part|titre|title|section|"
    r"cadre|chapitre|cahier|piece|[ivx]{1,4}|[a-z]|\d)[\s.:)°-]+)*"
)
_ANNEX = re.compile(
    _ORDINAL + r"(?:annexes?|appendi(?:x|ces?)|schedules?|exhibits?|attachments?)(?:\s*$|\s*[:(-]|\s*(?:n\s?°\s*)?"
    r"(?:\d{1,2}|[a-z]|[ivx]{1,4})\b(?!\s*['°]))|.{0,40}\bannexes \("
)
_PARTS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("particular", re.compile(
        _ORDINAL + r"(?:les )?(?:(?:conditions|clauses) (?:particulieres|propres|speciales)|special (?:terms|"
                   r"conditions)|"
        r"particular (?:terms|conditions)|order form|purchase order|statement of work|bon de commande|"
        r"acte d'engagement|commercial (?:terms|conditions)|key terms|conditions (?:commerciales|"
        r"financieres) particulieres)")),
    ("general", re.compile(
        _ORDINAL + r"(?:les |nos |our )?(?:conditions generales|general (?:terms|conditions)|standard (?:terms|"
                   r"conditions)|"
        r"terms and conditions|cg[suva]?\b)")),
    ("body", re.compile(_ORDINAL + r"(?:cahier des )?(?:clauses|prescriptions) (?:administratives|techniques)|"
                                   r"cahier des clauses|"
                        + _ORDINAL + r"c\.?c\.?[at]\.?[tp]\.?p?\.?\b")),
)  # fmt: skip
_TOPIC = re.compile(
    r"(?:\W|\d|[ivx]{1,4}\b|(?:rubrique|point|volet|bloc|fiche|partie|titre|chapitre)\s\S{1,4}\b|l'|d'|la\b|les?\b|"
    r"notre\b|"
    r"vo(?:tre|s)\b|nos\b|the\b|our\b|your\b|date d[eu']\s?)*"
    r"(?:duree|quand\b|prix\b|tarif|honoraires|remuneration|redevances?\b|loyer|depot de garantie|paiement|"
    r"reglement des|"
    r"factur|resiliation|rupture|cesser\b|fin (?:du|de|anticipee)|si nous devons|delais?\b|calendrier|periode|"
    r"prise d'effet|effet\b|entree en|reconduction|renouvellement|responsabilite|(?:clause de )?confidentialite\W*$|"
    r"obligations|"
    r"ce que (?:nous|vous|l'|le|la|fait|font|doit)|qui fait quoi|engagements? (?:de|du|des|propres)|litiges?\b|"
    r"differends?\b|"
    r"droit applicable|penalites|revision|indexation|conditions financieres|modalites|"
    r"(?!.*\b(?:agreement|sheet|deed|policy)\b)(?:term\b|duration|fees?\b|charges\b|prices?\b|payment|termination|"
    r"ending\b|liability|confidential|governing law|law\b|jurisdiction|disputes?\b|when (?:the|we|it)|"
    r"what (?:we|you|the)|obligations|insurance\b|warrant))"
)
"""An article's heading without a number: what comes from here on is no introduction any more."""
_ARTICLE_NUMBER = re.compile(r"(?:article|art\.|clause|section)\s|\d{1,2}[.)]\s|\d{1,2}\.\d")


@dataclass(frozen=True, slots=True)
class _Heading:
    text: str
    number: str
    level: int


def is_heading(block: Block) -> bool:
    """A heading by its format, a short line numbered like an article, or a short line in capitals."""
    return _heading(block, fold(block.text[:200])) is not None


def clauses(document: Document, index: int = 0, *, covering: bool = True) -> Iterator[Clause]:
    """The clauses of one document, in order; text before the first heading is a clause without heading.

    Struck blocks are left out: they are not the contract any more. A mail that is ``covering`` another document is one
    clause; a mail that is itself the contract is laid out like any document.
    """
    mail = covering and document.media_type in MAIL_TYPES
    margins = tuple(b for b in document.blocks if b.kind in ("header", "footer") and not b.struck)
    draft = _Draft(index, "mail" if mail else "front")
    contents = _Contents()
    letterhead = _letterhead(document.blocks)
    for place, block in enumerate(document.blocks):
        if block.struck or block.kind in ("header", "footer"):
            continue
        start = fold(block.text[:200])
        listed = contents.lists(block, start)
        heading = None if mail or listed else _heading(block, start)
        signs = place >= letterhead and not mail and not listed and block.kind != "table_row" and _signs(block, start)
        if heading is not None:
            yield from draft.close()
            draft.open(heading, block, signs)
        elif signs and not draft.is_signature:
            yield from draft.close()
            draft.sign(block)
        else:
            draft.blocks.append(block)
    yield from draft.close()
    if margins:
        yield Clause(index, "mail" if mail else "margin", "", "", (), margins)


_SALUTATION = re.compile(
    r"\W*(?:chere?s? )?(?:ladies and gentlemen|dear\b|gentlemen|mesdames|messieurs|madame|monsieur|maitre|docteur|"
    r"bonjour)\b[^.:;]{0,50}[,:]\W*$"
)
_LETTERHEAD = 40


def _letterhead(blocks: Sequence[Block]) -> int:
    """The place of the salutation that opens a letter: the place and day above it are no signature. 0 where none is."""
    opening = enumerate(blocks[:_LETTERHEAD])
    return next((i for i, b in opening if len(b.text) <= 90 and _SALUTATION.match(fold(b.text))), 0)


@dataclass
class _Contents:
    """The table of contents: its lines look like headings and open no clause."""

    lines: int | None = None

    def lists(self, block: Block, start: str) -> bool:
        """Whether ``block`` is a line of the table of contents (or its title)."""
        if _CONTENTS_TITLE.match(start):
            self.lines = 0
            return len(start) < 60
        if self.lines is None:
            return False
        if _PAGE_NUMBER.search(block.text) and len(block.text) <= 200:
            self.lines += 1
            return True
        number = _NUMBERED.match(start)
        if len(block.text) > 80 or (number and self.lines >= 2 and not _ANNEX.match(start)):
            self.lines = None
            return False
        return _ANNEX.match(start) is not None


@dataclass
class _Draft:
    """The clause being gathered."""

    index: int
    part: Part
    number: str = ""
    heading: str = ""
    is_signature: bool = False
    stack: list[tuple[int, str]] = field(default_factory=list)
    path: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)

    def open(self, heading: _Heading, block: Block, signs: bool) -> None:
        self.stack = [(depth, text) for depth, text in self.stack if depth < heading.level]
        self.path = tuple(text for _, text in self.stack)
        self.stack.append((heading.level, heading.text))
        self.part = _part(heading, self.part)
        self.number, self.heading, self.blocks, self.is_signature = heading.number, heading.text, [block], signs

    def sign(self, block: Block) -> None:
        self.number, self.heading, self.path, self.blocks, self.is_signature = "", "", (), [block], True

    def close(self) -> Iterator[Clause]:
        if self.blocks:
            blocks = tuple(self.blocks)
            yield Clause(self.index, self.part, self.number, self.heading, self.path, blocks, self.is_signature)
        self.blocks = []


def _heading(block: Block, start: str) -> _Heading | None:
    text = block.text
    match = _NUMBERED.match(start)
    number = next(filter(None, match.groups()), "") if match else ""
    dots = number.count(".") + number.count("-")
    level = block.level or (2 + dots if number else 1)
    if _CONTENTS.search(text):
        return None
    if block.kind == "heading":
        return _Heading(text, number, level)
    if block.kind not in ("paragraph", "list_item"):
        return None
    if match is not None and not (match["plain"] and text[:1].islower()):
        ends = text.rstrip().endswith((".", ";", ",")) or (text.rstrip().endswith(":") and len(text) > 60)
        after = text[match.end() : match.end() + 1]
        if len(text) <= 120 and not ends and (match["labelled"] or after.isupper()):
            return _Heading(text, number, level)
        if (
            match["bare"] is None
            and (title := _RUN_IN.match(text[match.end() : match.end() + 90]))
            and (match["labelled"] or _is_title(title["title"]))
        ):
            return _Heading(text[: match.end() + title.end("title")], number, level)
        if match["labelled"] and start.startswith(("article", "section")) and len(text) <= 200:
            return _Heading(text, number, level)
        return None
    if len(text) <= 90 and (_BARE_HEADING.fullmatch(start) or _in_capitals(text)):
        return _Heading(text, "", level)
    return None


def _is_title(text: str) -> bool:
    """A few words that are no sentence: `Limitation of Liability`, `Durée et reconduction`."""
    words = len(text.split())
    return words <= 3 or (words <= 7 and _SENTENCE_START.match(fold(text)) is None)


def _in_capitals(text: str) -> bool:
    """A line set in capitals that says something: two words, or one long one, and no sentence."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and text.isupper() and len(letters) >= 0.6 * len(text) and not text.endswith((",", ";"))


def _signs(block: Block, start: str) -> bool:
    number = _NUMBERED.match(start) if len(block.text) <= 60 else None
    return _SIGNATURE.match(start, number.end() if number else 0) is not None


def _part(heading: _Heading, before: Part) -> Part:
    folded = fold(heading.text)
    if _ANNEX.match(folded) and (before != "front" or folded.startswith("annex")):
        return "annex"
    if not _ARTICLE_NUMBER.match(folded):
        for part, pattern in _PARTS:
            if pattern.match(folded):
                return "front" if part == "body" and before == "front" and not heading.number else part
    if before == "front" and (heading.number or _TOPIC.match(folded)) and not _ANNEX.match(folded):
        return "body"
    return before
