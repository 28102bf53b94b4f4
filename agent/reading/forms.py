"""Forms inside contracts: labels with their values, tick boxes, blanks that were never filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agent.reading.clauses import Sentence
from agent.reading.reader import Quote
from agent.reading.text import BOX, CHECKED, fold

_BLANK = re.compile(
    r"(?:[\s._…/:|-]|a completer(?: par l[ea' ]+\w+)?|a preciser|a renseigner|a definir|\[[^\]]{0,40}\]|<[^>]{0,40}>|"
    r"x{3,}|tbd|to be (?:completed|determined|confirmed|agreed)|neant|sans objet|n/?a\b|non communique|"
    r"not applicable|(?:jj|dd|mm|aaaa|yyyy)\b|le\b|€|euros?)*"
)
_DOTS = re.compile(r"_{3,}|\.{5,}|…{2,}|(?:\.\s){5,}|\[(?:…|\.{3}|\s{2,}|●|•)\]|\[\s*(?:a completer|to be "
                   r"completed|date|nom|name|"
                   r"montant|amount|adresse|address|insert[^\]]*|xx+)\s*\]")  # fmt: skip
_LABEL = re.compile(
    r"\s*[•–-]?\s*(?P<label>[A-ZÀ-Þ\"«(][^:;.?!\t]{1,58}?(?:n\s?°)?)\s*(?::|\.{4,}|…{2,}|\s\|)\s+(?=\S)"
)
_LEADERS = re.compile(r"\s*[A-ZÀ-Þ][^:;.?!\t…_]{1,58}?\s?(?:\.{4,}|…{2,})\s(?=.*[^\W_])")
"""Dots that lead from a label to its value are no blank: `Durée ........ soixante mois`."""
_PHRASE = re.compile(
    r"\b(?:qui suit|comme suit|suivante?s?|ci-apres|ci-dessous|a savoir|notamment|as follows|including|following)$"
)


@dataclass(frozen=True)
class Field:
    """A value with its label: `Label : value`, a two-column table row, or a cell under its column's head.

    ``column`` is the head of the value's column (empty on lines and in two-column tables without heads);
    ``start`` and ``end`` are the value's offsets into ``sentence``.
    """

    label: str
    value: str
    sentence: Sentence
    start: int
    end: int
    column: str = ""

    @property
    def folded_label(self) -> str:
        return fold(self.label)

    @property
    def quote(self) -> Quote:
        """The value's words alone."""
        return self.sentence.quote(self.start, self.end)

    @property
    def whole(self) -> Quote:
        """The line or row, label included."""
        return self.sentence.quote()


def is_blank(text: str) -> bool:
    """A field that nobody filled in, or filled with « néant »: dots, underscores, `[à compléter]`, an empty date."""
    return _BLANK.fullmatch(fold(text).strip()) is not None


def has_blank(text: str) -> bool:
    """The text holds a place left to fill in, so that what it says is not settled."""
    return _DOTS.search(fold(_LEADERS.sub("", text, count=1))) is not None


def options(text: str) -> Iterator[tuple[str, bool, int, int]]:
    """(label, checked, start, end) of every tick box's label: what follows the box up to the next one or a tab."""
    marks = list(BOX.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        start = mark.end()
        tab = text.find("\t", start, end)
        end = end if tab < 0 else tab
        label = text[start:end]
        lead = len(label) - len(label.lstrip())
        stripped = label.strip().rstrip(";,").rstrip()
        yield stripped, _is_checked(mark[1]), start + lead, start + lead + len(stripped)


def checked(text: str) -> list[str]:
    """The labels of the checked boxes: '☒ global et forfaitaire ☐ unitaire' gives ['global et forfaitaire']."""
    return [label for label, is_checked, _, _ in options(text) if is_checked and label]


def _is_checked(mark: str) -> bool:
    return mark in CHECKED or "x" in mark.lower() or "✓" in mark


def fields(sentences: Iterable[Sentence]) -> Iterator[Field]:
    """Every label with its value, in reading order; blank values too (see `is_blank`)."""
    for sentence in sentences:
        if sentence.block.kind == "table_row":
            yield from _row(sentence)
        elif (":" in sentence.text or " | " in sentence.text or _LEADERS.match(sentence.text)) and (
            match := _LABEL.match(sentence.text)
        ):
            label = match["label"].strip()
            if not _PHRASE.search(fold(label)):
                end = sentence.block.end - sentence.block.start - sentence.start
                value = sentence.block.text[sentence.start + match.end() : sentence.start + end]
                value = value if len(value) <= 600 else sentence.text[match.end() :]
                yield Field(label, value.strip(), sentence, match.end(), match.end() + len(value))


def _row(sentence: Sentence) -> Iterator[Field]:
    cells = sentence.block.cells
    heads = sentence.block.heads
    offset = len(cells[0]) + 1
    for column, cell in enumerate(cells[1:], start=1):
        head = heads[column] if column < len(heads) else ""
        if cell.strip():
            yield Field(cells[0].strip(), cell.strip(), sentence, offset, offset + len(cell), head.strip())
        offset += len(cell) + 1
