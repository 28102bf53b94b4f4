"""Documents as the passage store wants them: their blocks in order, each under the headings that it stands under."""

from __future__ import annotations

from agent.documents.pages import Document
from agent.reading.clauses import clauses
from vectorstore.records import Section


def sections_of(document: Document) -> tuple[Section, ...]:
    """Every block of ``document`` that holds, in reading order, with its heading path; struck ones are left out."""
    return tuple(
        Section(
            text=block.text,
            path=(*clause.path, clause.heading) if clause.heading else clause.path,
            page=block.page,
            start=block.start,
            kind=block.kind,
            heads=block.heads,
        )
        for clause in clauses(document)
        for block in clause.blocks
    )
