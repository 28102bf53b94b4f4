"""Where a contract names its parties: prose of the first page, forms, tables, and the place of signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from agent.documents.pages import Block
from agent.reading.grammar.names import has_legal_form, is_public, name_at, registrations
from agent.reading.reader import Quote
from agent.reading.rules.roles import Naming, is_third, role_of, role_of_label
from agent.reading.structure import Clause, ContractView, Field, Sentence, fold, is_blank


@dataclass(frozen=True)
class Mention:
    """A party as one place names it; ``naming`` is what that place calls it, ``quotes`` its name and its number."""

    name: str
    quotes: tuple[Quote, ...]
    naming: Naming | None
    registration: str | None
    weight: float
    """Between 0 and 1: how surely this names a party."""
    rule: str


PARTIES_HEADING = re.compile(
    r"\b(?:parties|contractants?|cocontractants|signataires|qui signe|coordonnees|identification (?:d|de l)|acheteur|"
    r"pouvoir adjudicateur|maitre d'ouvrage|titulaire|preliminaires|comparants|the parties|party|engagement de|"
    r"contracting|"
    r"designation des|entre les soussignes|intervenants)\b"
)
_STOP = re.compile(
    r"\W*(?:il (?:a ete|est) (?:prealablement |d'abord |tout d'abord )?(?:expose|convenu|arrete|rappele|decide)|"
    r"lesquelles? ont|lesquels ont|ceci (?:etant )?(?:expose|rappele)|expose(?: prealable)?\b|preambule|"
    r"recitals?\b|background\b|"
    r"whereas|witnesseth|now,? therefore|preliminary statement|ont convenu|considerant|attendu|the parties "
    r"(?:hereby )?agree|"
    r"it is (?:hereby )?agreed|preamble|article (?:1|premier|i)\b|1\.\s|in consideration|definitions|each a \"?party|"
    r"table (?:des matieres|of contents)|sommaire)"
)
_TRIGGER = re.compile(
    r"\bentre(?: les| la| l'| le)? ?(?:parties )?(?:soussigne|:|$|d'une part)|\bentre\s*:|^entre\b|\b(?:by and "
    r")?(?:between|among)\b|"
    r"ont comparu|les soussigne|d'une part|parties (?:au|a l'|a la|to|of)|the undersigned|agreement with"
)
_DESCRIBES = re.compile(
    r"societe (?:par|a |anonyme|civile|en |d'|de droit|cooperative|d'economie)|au capital|dont le siege|ayant "
    r"son siege|siege social|"
    r"represente|immatricul|association|collectivite|etablissement public|demeurant|domicili|corporation|"
    r"limited|organi[sz]ed|"
    r"principal place|registered (?:office|in)|having (?:its|an?)|whose|an individual|a company|siren|siret|rcs|"
    r"nee? (?:le|a) |"
    r"agissant|ci[- ]apres|d'une part|d'autre part|hereinafter|residing|partnership|located at|with (?:its |an? "
    r")?(?:offices|address)"
)
_NUMBERED = re.compile(r"\W{0,2}(?:\d{1,2}|[a-z])[.)]\s")
_SALUTATION = re.compile(r"(?:ladies and gentlemen|dear |gentlemen|messieurs|madame|monsieur)")
_SPLIT = re.compile(
    r"(?<=[;),\"])\s*(?:et|and|&)\s+(?=\S)|(?<=[\"']\))\s*,\s+|[;)]\s+(?=[a-z])|(?:,\s*)?d'une "
    r"part\s*[,;:.]?\s*(?:et\b)?|"
    r"(?<=\binc\.)\s+and\s+|(?<=\binc)\s+and\s+|(?<=\bllc)\s+and\s+|(?<=\bcorp\.)\s+and\s+|(?<=\bltd\.)\s+and\s+|"
    r"(?<=\bltd)\s+and\s+|(?<=\bl\.p\.)\s+and\s+|(?<=\bcorporation)\s+and\s+|(?<=\bcompany)\s+and\s+|"
    r"(?<=\blimited)\s+and\s+"
)
_BETWEEN = re.compile(
    r"\b(?:entre (?:les|la|le|d'une part|l'|m|mme|monsieur|madame)?|by and (?:between|among)|between|"
    r"among)\b(?:\s*soussigne[es]*)?\s*:?"
)
_NAME_LABEL = re.compile(
    r"(?:denomination|raison sociale|nom|name|societe|entite|organisme|company|party|partie|identite|legal name|"
    r"designation)"
    r"(?: sociale| commerciale?| legale?| complete?| et forme.{0,20}| ou .{0,25}| de .{0,25})?\s*:?"
)
_PARTY_HEAD = re.compile(
    r"(?:les )?(?:co-?contractants?|contractants?|parties?|signataires?|part(?:y|ies)|"
    r"membres? du groupement)"
)
_NUMBER_LABEL = re.compile(
    r"siren|siret|rcs|immatricul|identifiant|identifier|registration|etablissement|n\s?° "
    r"d'identification"
)
_NOT_A_PARTY_TERM = re.compile(
    r"agreement|contrat|convention|bail|marche|accord|effective|date|part(?:y|ies)\b|partie|purpose|territory|"
    r"product|services?\b|"
    r"site|locaux|prestations?|annexe|act|securities|commission|exchange|premises|locaux|affiliate"
)


def mentions(view: ContractView) -> Iterator[Mention]:
    """Every place where the contract names a party, surest kinds first; the same party may come several times."""
    zone = _zone(view)
    yield from _tables(zone)
    yield from _labels(view, zone)
    for clause in zone:
        yield from _prose(clause, view)


def signatories(view: ContractView) -> Iterator[Mention]:
    """The names in the place of signature, for contracts whose first page names nobody."""
    for clause in view.signatures:
        for block in clause.blocks:
            if block.kind == "heading" and block is clause.blocks[0]:
                continue
            for cell_start, cell in _cells(block):
                folded = fold(cell)
                by = re.search(r"\bby:|\bpar :|\bsigned by\b|\bname:", folded)
                found = name_at(cell[: by.start()] if by else cell)
                if found and len(found.value) <= 70 and has_legal_form(found.value):
                    quote = Quote(found.value, clause.document, block.start + cell_start + found.start)
                    yield Mention(found.value, (quote,), None, None, 0.5, "parties.signature")


def correspondents(view: ContractView) -> Iterator[Mention]:
    """The companies at the head of a letter: between whom it is, where the letter is the contract."""
    for index in range(len(view.dossier.documents)):
        blocks = [
            (c, b) for c in view.clauses if c.document == index and c.part in ("front", "body") for b in c.blocks
        ][:30]
        end = next((i for i, (_, b) in enumerate(blocks) if _SALUTATION.match(fold(b.text[:40]))), 0)
        for clause, block in blocks[:end]:
            found = name_at(block.text) if len(block.text) <= 70 and block.kind != "table_row" else None
            if found and has_legal_form(found.value) and found.end >= len(block.text.rstrip()) - 1:
                quote = Quote(found.value, clause.document, block.start + found.start)
                yield Mention(found.value, (quote,), None, None, 0.5, "parties.letter")


def _zone(view: ContractView) -> tuple[Clause, ...]:
    """The clauses that introduce the parties, of every document but mails; annexes and general conditions do not."""
    zone: list[Clause] = []
    for index in range(len(view.dossier.documents)):
        clauses = [
            c for c in view.clauses if c.document == index and c.part not in ("mail", "margin", "annex", "general")
        ]
        front = [c for c in clauses if c.part == "front" and not c.is_signature]
        zone.extend(front)
        zone.extend(
            c for c in clauses[:25] if c not in front and PARTIES_HEADING.search(fold(c.heading)) and not c.is_signature
        )
        if sum(len(c.blocks) for c in front) <= 2 and not any(c in zone for c in clauses[len(front) : len(front) + 1]):
            zone.extend(c for c in clauses[len(front) : len(front) + 2] if c not in zone and not c.is_signature)
    return tuple(zone)


def _cells(block: Block) -> Iterator[tuple[int, str]]:
    offset = 0
    for cell in block.cells:
        yield offset, cell
        offset += len(cell) + 1


def _mention(
    text: str,
    start: int,
    sentence: Sentence,
    naming: Naming | None,
    weight: float,
    rule: str,
    more: Iterable[tuple[str, Quote]] = (),
) -> Mention | None:
    """The party described by ``text``, which begins at ``start`` of the sentence; ``more``: numbers found elsewhere."""
    found = name_at(text)
    if found is None or is_blank(found.value) or _is_word_for_party(found.value):
        return None
    quotes = [sentence.quote(start + found.start, start + found.end)]
    number: str | None = None
    for registration in registrations(fold(text)):
        number = registration.value.digits
        quotes.append(sentence.quote(start + registration.start, start + registration.end))
        break
    else:
        for number, quote in more:  # noqa: B007 - the first one is taken
            quotes.append(quote)
            break
    return Mention(found.value, tuple(quotes), naming, number, weight, rule)


def _is_word_for_party(name: str) -> bool:
    """`le Client` is no name, nor `the Coordinator and the Foundation`; `Ville de Pau` is."""
    return all(role_of(word) or role_of_label(word) for word in re.split(r"\s+(?:et|and)\s+|\s*/\s*", name))


def _tables(zone: Sequence[Clause]) -> Iterator[Mention]:
    for clause in zone:
        rows = [s for s in clause.sentences if s.block.kind == "table_row"]
        for _, group in groupby(rows, key=lambda s: s.block.table):
            yield from _table(list(group))


def _table(rows: list[Sentence]) -> Iterator[Mention]:
    heads = rows[0].block.heads or rows[0].block.cells
    named = [role_of(head) for head in heads]
    wide = len(heads) >= 3 or (len(heads) == 2 and all(named))
    if _PARTY_HEAD.fullmatch(fold(heads[0]).strip(" :")) and len(heads) >= 2 and not any(named[1:]):
        for row in rows:
            if row.block.cells != heads:
                mention = _mention(row.text.replace("\t", ", ", 1), 0, row, None, 0.9, "parties.table_rows")
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
        described = (r for r in rows if r.block.cells != heads and column < len(r.block.cells))
        source = by_name or next(described, None)
        if source is None:
            continue
        start, cell = list(_cells(source.block))[column]
        naming = named[column] if column < len(named) else None
        mention = _mention(cell, start, source, naming, 0.95, "parties.table_columns", _column_numbers(rows, column))
        if mention:
            yield mention


def _column_numbers(rows: list[Sentence], column: int) -> Iterator[tuple[str, Quote]]:
    for row in rows:
        cells = list(_cells(row.block))
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
        if naming is None and (not in_zone or is_third(item.label) or not _describes_strongly(item.value)):
            continue
        more = _numbers_below(view.fields[position + 1 : position + 6])
        mention = _mention(item.value, item.start, item.sentence, naming, 0.9, "parties.label", more)
        if mention and (
            (in_zone and naming and item.sentence.block.kind == "table_row") or _looks_like_party(item.value, mention)
        ):
            yield mention


def _describes_strongly(value: str) -> bool:
    """A company's or person's whole description, whatever the label calls it."""
    folded = fold(value)
    return len(folded) >= 40 and len(set(_DESCRIBES.findall(folded))) >= 2 and any(registrations(folded))


def _looks_like_party(value: str, mention: Mention) -> bool:
    return (
        mention.registration is not None
        or len(value) <= len(mention.name) + 3
        or _DESCRIBES.search(fold(value)) is not None
        or has_legal_form(mention.name)
        or is_public(mention.name)
    )


def _numbers_below(fields: Iterable[Field]) -> Iterator[tuple[str, Quote]]:
    """Registration numbers in the lines below a party's, up to the next party's."""
    for item in fields:
        if role_of_label(item.label) is not None or re.search(
            r"courtier|intermediaire|sous-traitant", item.folded_label
        ):
            return
        if _NUMBER_LABEL.search(item.folded_label):
            for found in registrations(fold(f"siren {item.value}")):
                shift = item.start - len("siren ")
                yield found.value.digits, item.sentence.quote(shift + found.start, shift + found.end)


def _prose(clause: Clause, view: ContractView) -> Iterator[Mention]:
    """Descriptions of parties in running text, up to where the contract begins to tell its story."""
    called = role_of(clause.heading)
    opened = called is not None or PARTIES_HEADING.search(fold(clause.heading)) is not None
    for block in clause.blocks:
        if block.kind == "table_row":
            continue
        folded = fold(block.text)
        if _STOP.match(folded) and block is not clause.blocks[0]:
            return
        if block.kind == "heading" and not _TRIGGER.search(folded):
            continue
        opened = opened or _TRIGGER.search(folded) is not None
        numbered = _NUMBERED.match(folded) is not None
        whole = Sentence(clause, block, 0, len(block.text))
        found = 0
        for start, end in _segments(folded):
            for mention in _described(whole, start, end, opened=opened, called=called, least=3.5 if numbered else 2.0):
                found += 1
                yield mention
        if found >= 2 and _BETWEEN.search(folded):
            return


def _segments(folded: str) -> Iterator[tuple[int, int]]:
    """The stretches of a block that may describe one party each."""
    between = _BETWEEN.search(folded[:600])
    start = between.end() if between else 0
    end = len(folded)
    stop = re.search(
        r"(?:\bwhereas\b|witnesseth|il a ete |il est (?:convenu|arrete)|ont convenu|collectively)", folded[start:]
    )
    if stop:
        end = start + stop.start()
    for match in _SPLIT.finditer(folded, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _described(
    whole: Sentence, start: int, end: int, *, opened: bool, called: Naming | None, least: float
) -> Iterator[Mention]:
    text = whole.text[start:end]
    label = re.match(r"\s*([^:]{2,60}?)\s*:\s+", text)
    if label and role_of_label(label[1]):
        return
    folded = fold(text)
    found = name_at(text)
    if found is None:
        return
    around = whole.folded[start : end + 90]
    naming, defined = _called(around, len(folded))
    strength = (
        1.0 * opened
        + 1.5 * defined
        + 1.5 * (_DESCRIBES.search(folded, found.end) is not None)
        + 0.7 * (has_legal_form(found.value) or is_public(found.value))
    )
    if strength < least or (not opened and not defined):
        return
    mention = _mention(text, start, whole, naming or called, min(0.95, 0.4 + 0.15 * strength), "parties.prose")
    if mention:
        yield mention


_TERM = re.compile(
    r"\"\s?((?:le |la |les |l'|the )?[^\"]{1,45}?)\s?\"|(?:ci[- ]?apres|"
    r"hereinafter)[^,;.\"]{0,40}?\b(?:le|la|l'|the) ?([a-z-]{3,25})"
)


def _called(folded: str, length: int) -> tuple[Naming | None, bool]:
    """What the description says the party is called further on, and whether it says so at all."""
    defined, best = False, None
    for match in _TERM.finditer(folded):
        if match.start() > length + 40:
            break
        term = match[1] or match[2]
        if _NOT_A_PARTY_TERM.search(term):
            continue
        defined = True
        naming = role_of(term)
        if naming and (best is None or (naming.firm and not best.firm)):
            best = naming
    return best, defined
