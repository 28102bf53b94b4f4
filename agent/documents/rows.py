"""Rows of a table as drafts: cells joined by one tab, under the heads of their columns where it has any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agent.documents.pages import Draft
from agent.documents.words import clean

_HEAD_WORDS = re.compile(
    r"(?:d[ée]signation|libell[ée]|montant|prix|tarif|date|site|adresse|rubrique|sujet|condition|poste|quantit[ée]|unit[ée]|"
    r"objet|lieu|taux|dur[ée]e|p[ée]riod|fr[ée]quence|[ée]ch[ée]ance|prestation|document|livrable|indice|nom|fonction|"
    r"surface|total|ann[ée]e|mois|lot|article|description|caract[ée]ristique|valeur|garantie|limite|franchise|"
    r"[ée]v[ée]nement|indicateur|p[ée]nalit[ée]|seuil|d[ée]lai|responsable|charge|contact|item|amount|price|rate|fee|unit|"
    r"quantity|name|title|address|term|value|deliverable|territory|product|service|year|month|due|milestone|number|n°|r[ée]f|"
    r"particular|detail|subject|topic|qualit[ée]|mentions?|r[ée]ponse|par (?:an|mois|jour)|[ée]l[ée]ment|composante|"
    r"nature|point|crit[èe]re|information|champ|intitul[ée]|commentaire|observation|remarque|cat[ée]gorie|type|statut|role)",
    re.IGNORECASE,
)
"""Words that head columns in contracts, in French and English."""

_FIGURES = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row in column order; ``head`` where the format marks it as the table's head."""

    cells: tuple[str, ...]
    head: bool = False
    page: int = 1
    struck: bool = False


def heads(rows: Sequence[Row]) -> tuple[str, ...]:
    """The column heads that the first row gives, or nothing where it is a row like the others.

    Marked by the format, or: short words without figures over every column, above rows that do have figures; of a
    table of two columns, which is more often a list of terms and values, only if both are words that head columns.
    """
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return ()
    first = rows[0]
    if first.head:
        return first.cells
    filled = [cell for cell in first.cells if cell]
    short = all(len(cell) <= 60 and not cell.endswith((":", ".", ";")) for cell in filled)
    if not short or len(filled) < max(2, len(first.cells) - 1) or any(map(_FIGURES.search, filled)):
        return ()
    named = sum(_HEAD_WORDS.match(cell) is not None for cell in filled)
    below = any(_FIGURES.search(cell) for row in rows[1:] for cell in row.cells)
    if len(first.cells) == 2:
        return first.cells if named == 2 else ()
    return first.cells if below or named * 2 >= len(filled) else ()


def row_drafts(rows: Sequence[Row], number: int) -> Iterator[Draft]:
    """Table ``number`` of a document. A row that fills one cell only (a title within the table) is one cell."""
    columns = heads(rows)
    for index, row in enumerate(rows):
        cells = tuple(map(clean, row.cells))
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        if len(filled) == 1 and cells[0]:
            cells = (cells[0],)
        under = columns if index and len(columns) == len(cells) else ()
        yield Draft("table_row", "\t".join(cells), page=row.page, heads=under, table=number, struck=row.struck)
