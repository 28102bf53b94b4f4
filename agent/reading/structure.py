"""The structure of a contract before its sentences: parts, clauses with their heading path, sentences, table rows.

A `ContractView` is what the rules read. A part tells the weight of its words: particular conditions go before general
ones, articles before annexes, unless the contract itself says otherwise; a mail goes with the contract it carries.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.reading.clauses import MAIL_TYPES, Clause, Part, Sentence, clauses, is_heading
from agent.reading.definitions import Definition, definitions
from agent.reading.forms import Field, checked, fields, has_blank, is_blank, options
from agent.reading.precedence import CUSTOM, precedence
from agent.reading.reader import Dossier
from agent.reading.text import fold, sentence_spans

__all__ = [
    "CUSTOM",
    "MAIL_TYPES",
    "Clause",
    "ContractView",
    "Definition",
    "Field",
    "Part",
    "Sentence",
    "checked",
    "clauses",
    "fold",
    "has_blank",
    "is_blank",
    "is_heading",
    "options",
    "sentence_spans",
    "view",
]


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

    @cached_property
    def signatures(self) -> tuple[Clause, ...]:
        """Where the contract is dated and signed."""
        return tuple(c for c in self.clauses if c.is_signature)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Labels with their values: `Label : value` lines and the cells of tables, in reading order."""
        return tuple(fields(self.sentences))

    @cached_property
    def defined(self) -> tuple[Definition, ...]:
        """Every defined term, in reading order."""
        return tuple(definitions(s for s in self.sentences if s.part != "margin"))

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """Defined terms by folded name (`client`, `periode`); the first definition of a name counts."""
        found: dict[str, Definition] = {}
        for definition in self.defined:
            found.setdefault(definition.folded_name, definition)
        return found

    @cached_property
    def precedence(self) -> tuple[Part, ...]:
        """All parts, the one that prevails first (`agent.reading.precedence`)."""
        return precedence(self.clauses)

    def rank(self, sentence: Sentence) -> int:
        """The weight of a sentence's part: 0 prevails over 1, and so on."""
        return self.precedence.index(sentence.part)

    def find(self, pattern: re.Pattern[str], *, parts: Sequence[Part] = ()) -> Iterator[tuple[Sentence, re.Match[str]]]:
        """Every match of ``pattern`` in the folded sentences (of ``parts``, or of all), in reading order."""
        for sentence in self.sentences:
            if not parts or sentence.part in parts:
                for match in pattern.finditer(sentence.folded):
                    yield sentence, match


def view(dossier: Dossier) -> ContractView:
    """Lays a dossier out: every document's blocks grouped into clauses with their heading path and part."""
    covering = any(document.media_type not in MAIL_TYPES for document in dossier.documents)
    found = (c for index, doc in enumerate(dossier.documents) for c in clauses(doc, index, covering=covering))
    return ContractView(dossier, tuple(found))
