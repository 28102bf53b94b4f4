"""Parties in forms: labels with a value, tables with a column or a row for each party."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from agent.reading.grammar.names import has_legal_form, is_public, registrations
from agent.reading.reader import Quote
from agent.reading.rules.party_mentions import DESCRIBES, Mention, cells_of, described
from agent.reading.rules.party_papers import NAME_OF
from agent.reading.rules.roles import Naming, is_third, role_of, role_of_label
from agent.reading.structure import Clause, ContractView, Field, Sentence, fold, is_blank

_NAME_LABEL = re.compile(
    r"(?:denomination|raison sociale|nom|name|societe|entite|organisme|company|party|partie|identite|legal name|"
    r"designation)(?: sociale| commerciale?| legale?| complete?| et forme.{0,20}| ou .{0,25}| de .{0,25})?\s*:?"
)
_PARTY_HEAD = re.compile(
    r"(?:les )?(?:co-?contractants?|contractants?|parties?|signataires?|part(?:y|ies)|membres? du groupement)"
)
_PRICED = re.compile(
    r"\b(?:quantites?|qte|prix|montant|total|unites?|p\.?u\b|taux|tva|quantity|qty|price|amount|rate)\b"
)
"""Heads of a price list: `Désignation` is no name there."""
_NUMBER_LABEL = re.compile(
    r"siren|siret|rcs|immatricul|identifiant|identifier|registration|etablissement|n\s?° d'identification"
)


def in_forms(view: ContractView, zone: Sequence[Clause]) -> Iterator[Mention]:
    """The parties that the forms of ``zone`` name, columns first."""
    yield from _tables(zone)
    yield from _labels(view, zone)
    yield from _headed(zone)


def _tables(zone: Sequence[Clause]) -> Iterator[Mention]:
    for clause in zone:
        rows = [s for s in clause.sentences if s.block.kind == "table_row"]
        for _, group in groupby(rows, key=lambda s: s.block.table):
            yield from _table(list(group))


def _table(rows: list[Sentence]) -> Iterator[Mention]:
    heads = rows[0].block.heads or rows[0].block.cells
    if any(_PRICED.search(fold(head)) for head in heads[1:]):
        return
    named = [role_of(head) for head in heads]
    wide = len(heads) >= 3 or (len(heads) == 2 and all(named))
    if _PARTY_HEAD.fullmatch(fold(heads[0]).strip(" :")) and len(heads) >= 2 and not any(named[1:]):
        for row in rows:
            if row.block.cells != heads:
                mention = described(row.text.replace("\t", ", ", 1), 0, row, None, 0.9, "parties.table_rows")
                if mention:
                    yield mention
        return
    if not wide:
        return
    by_name = next((r for r in rows if _NAME_LABEL.fullmatch(fold(r.block.cells[0]).strip())), None)
    columns = (
        [c for c in range(len(heads)) if named[c]] if by_name is None else list(range(1, len(by_name.block.cells)))
    )
    if len(columns) < 2 or (by_name is None and sum(n is not None for n in named) < 2):
        return
    for column in columns:
        below = (r for r in rows if r.block.cells != heads and column < len(r.block.cells))
        source = by_name or next(below, None)
        if source is None:
            continue
        start, cell = list(cells_of(source.block))[column]
        naming = named[column] if column < len(named) else None
        mention = described(cell, start, source, naming, 0.95, "parties.table_columns", _column_numbers(rows, column))
        if mention:
            yield mention


def _column_numbers(rows: list[Sentence], column: int) -> Iterator[tuple[str, Quote]]:
    for row in rows:
        cells = list(cells_of(row.block))
        if column >= len(cells):
            continue
        start, cell = cells[column]
        label = fold(cells[0][1])
        text = f"siren {cell}" if _NUMBER_LABEL.search(label) else cell
        for found in registrations(fold(text)):
            shift = start - (len(text) - len(cell))
            yield found.value.digits, row.quote(shift + found.start, shift + found.end)


def _labels(view: ContractView, zone: Sequence[Clause]) -> Iterator[Mention]:
    """`Le Mainteneur : Oréva…`, `Maître de l'ouvrage | Ville de…`."""
    clauses = {id(c) for c in zone}
    for position, item in enumerate(view.fields):
        clause = item.sentence.clause
        in_zone = id(clause) in clauses
        if clause.is_signature or not (in_zone or clause.part == "particular") or is_blank(item.value):
            continue
        if item.sentence.block.kind == "table_row" and len(item.sentence.block.cells) != 2:
            continue
        if role_of(item.column):
            continue
        naming = role_of_label(item.label)
        told_apart = is_third(item.label) or _ABOUT_A_PARTY.search(item.folded_label)
        if naming is None and (not in_zone or told_apart or not _describes_strongly(item.value)):
            continue
        more = _numbers_below(view.fields[position + 1 : position + 6])
        mention = described(item.value, item.start, item.sentence, naming, 0.9, "parties.label", more)
        if mention and (
            (in_zone and naming and item.sentence.block.kind == "table_row") or _looks_like_party(item.value, mention)
        ):
            yield mention


_ABOUT_A_PARTY = re.compile(r"\b(?:r\.?c\.?s|registre|siege|adresse|capital|immatricul|inscri|siren|siret|register)")


def _describes_strongly(value: str) -> bool:
    """A company's or person's whole description, whatever the label calls it."""
    folded = fold(value)
    return len(folded) >= 40 and len(set(DESCRIBES.findall(folded))) >= 2 and any(registrations(folded))


def _looks_like_party(value: str, mention: Mention) -> bool:
    return (
        mention.registration is not None
        or len(value) <= len(mention.name) + 3
        or DESCRIBES.search(fold(value)) is not None
        or has_legal_form(mention.name)
        or is_public(mention.name)
        or _PLACED.match(fold(value)[len(mention.name) :]) is not None
    )


_PLACED = re.compile(r"(?: \([^)]{2,40}\))?(?:,| [–—-]) ?(?:\d{5}\b|\d{1,4},? (?:bis |ter )?(?:rue|avenue|place|"
                     r"boulevard|chemin|quai|route|impasse|allee)|[^,]{3,40}, \d{5})")  # fmt: skip
"""An address right after a name: `, 85300 Challans`."""


def _numbers_below(fields: Iterable[Field]) -> Iterator[tuple[str, Quote]]:
    """Registration numbers in the lines below a party's, up to the next party's."""
    for item in fields:
        if (
            NAME_OF.fullmatch(item.folded_label)
            or role_of_label(item.label) is not None
            or re.search(r"courtier|intermediaire|sous-traitant", item.folded_label)
        ):
            return
        if _NUMBER_LABEL.search(item.folded_label):
            for found in registrations(fold(f"siren {item.value}")):
                shift = item.start - len("siren ")
                yield found.value.digits, item.sentence.quote(shift + found.start, shift + found.end)


def _headed(zone: Sequence[Clause]) -> Iterator[Mention]:
    """A label alone on its line, and the party on the next: `Maître d'ouvrage :` / `MAIRIE DE CUZIEU`."""
    naming: Naming | None = None
    for clause in zone:
        for place, block in enumerate(clause.blocks):
            if naming is not None and block.kind != "table_row" and len(block.text) <= 200:
                line = Sentence(clause, block, 0, len(block.text))
                more = _numbers_under(clause, place)
                mention = described(block.text, 0, line, naming, 0.8, "parties.headed", more)
                if mention and (mention.registration or has_legal_form(mention.name) or is_public(mention.name)):
                    yield mention
            alone = len(block.text) <= 60 and block.kind != "table_row"
            naming = role_of_label(block.text) if alone else None


def _numbers_under(clause: Clause, place: int) -> Iterator[tuple[str, Quote]]:
    """Registration numbers in the lines below the party's name, up to the next label."""
    for block in clause.blocks[place + 1 : place + 6]:
        if block.kind == "table_row" or (len(block.text) <= 60 and role_of_label(block.text)):
            return
        for found in registrations(fold(block.text)):
            yield found.value.digits, Sentence(clause, block, 0, len(block.text)).quote(found.start, found.end)
