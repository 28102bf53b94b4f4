"""Small contracts for tests of the rules: lines of text laid out as a document, read by chosen subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from agent.documents.pages import Draft, assemble
from agent.reading.reader import Dossier
from agent.reading.rules import Subject, amounts, dates, language, notice, payment, renewal, revision, term
from agent.reading.rules.known import Known
from agent.reading.structure import view

SUBJECTS: Sequence[Subject] = (language, dates, term, renewal, notice, amounts, revision, payment)


def known(text: str, *, companies: tuple[str, ...] = (), **told: Any) -> Known:
    """What the rules read in ``text``, a block a line; a line with tabs is a table row. ``told`` is known
    beforehand."""
    drafts = [Draft("table_row" if "\t" in line else "paragraph", line) for line in text.strip().splitlines()]
    document = assemble("contract.txt", text.encode(), "text/plain", drafts)
    laid_out = view(Dossier((document,), companies))
    found = Known(companies)
    for subject in SUBJECTS:
        for candidate in tuple(subject.read(laid_out, found)):
            found.add(candidate)
            for quote in candidate.quotes:
                assert quote.text in document.text, f"{candidate.field}: the quote is not in the document"
    return found


def value(text: str, field: str, **options: Any) -> str | None:
    """The surest value of ``field`` as text."""
    found = known(text, **options).value(field)
    return None if found is None else str(found)


def clause(heading: str, body: str, before: str = "", after: str = "") -> str:
    """A contract of three clauses whose second one is ``body`` under ``heading``."""
    return "\n".join(
        line
        for line in (
            "Contrat de prestations de services"
            if not heading.isascii() or "Article" in heading
            else "Services Agreement",
            before,
            "Article 1 - Objet",
            "Le prestataire assure pour le client les prestations décrites en annexe.",
            heading,
            body,
            "Article 9 - Divers",
            "Les parties élisent domicile en leur siège.",
            after,
        )
        if line
    )
