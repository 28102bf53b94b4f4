"""Parties in running text: « Entre les soussignés », `by and between`, letters, the place of signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agent.reading.grammar.names import has_legal_form, is_public, name_at
from agent.reading.reader import Quote
from agent.reading.rules.party_mentions import DESCRIBES, Mention, cells_of, described
from agent.reading.rules.roles import Naming, role_of, role_of_label
from agent.reading.structure import Clause, ContractView, Sentence, fold

PARTIES_HEADING = re.compile(
    r"\b(?:parties|contractants?|cocontractants|signataires|qui signe|coordonnees|identification (?:d|de l)|acheteur|"
    r"pouvoir adjudicateur|maitre d'ouvrage|titulaire|preliminaires|comparants|the parties|party|engagement de|"
    r"contracting|designation des|soussignee?s|intervenants|cocontractantes?|partenaires|entre "
    r"nous|partners|who we are|"
    r"qui nous sommes)\b"
)
_STOP = re.compile(
    r"\W*(?:il (?:a ete|est) (?:prealablement |d'abord |tout d'abord )?(?:expose|convenu|arrete|rappele|decide)|"
    r"lesquelles? ont|lesquels ont|ceci (?:etant )?(?:expose|rappele)|expose(?: prealable)?\b|preambule|recitals?\b|"
    r"background\b|whereas|witnesseth|now,? therefore|preliminary statement|ont convenu|considerant|attendu|"
    r"the parties (?:hereby )?agree|it is (?:hereby )?agreed|preamble|article (?:1|premier|i)\b|1\.\s|"
    r"in consideration|definitions|each a \"?party|table (?:des matieres|of contents)|sommaire)"
)
_TRIGGER = re.compile(
    r"\bentre(?: les| la| l'| le)? ?(?:parties )?(?:soussigne|:|$|d'une part)|\bentre\s*:|^entre\b|"
    r"\b(?:by and )?(?:between|among)\b|ont comparu|les soussigne|d'une part|parties (?:au|a l'|a la|to|of)|"
    r"the undersigned|agreement with"
)
_ON_BEHALF = re.compile(
    r"(?:(?:au nom et )?pour le compte de|engage|au nom de)\s+(?=(?:la |l')?(?:societe|entreprise|association)\b)"
)
_NUMBERED = re.compile(r"\W{0,2}(?:\d{1,2}|[a-z])[.)]\s")
_SALUTATION = re.compile(r"(?:ladies and gentlemen|dear |gentlemen|messieurs|madame|monsieur)")
_SPLIT = re.compile(
    r"(?<=[;),\"])\s*(?:et|and|&)\s+(?=\S)|(?<=\d{5})\s+and\s+|(?<=[\"']\))\s*,\s+|[;)]\s+(?=[a-z])|"
    r"(?:,\s*)?d'une part\s*[,;:.]?\s*(?:et\b)?|(?<=\binc\.)\s+and\s+|(?<=\binc)\s+and\s+|(?<=\bllc)\s+and\s+|"
    r"(?<=\bcorp\.)\s+and\s+|(?<=\bltd\.)\s+and\s+|(?<=\bltd)\s+and\s+|(?<=\bl\.p\.)\s+and\s+|"
    r"(?<=\bcorporation)\s+and\s+|(?<=\bcompany)\s+and\s+|(?<=\blimited)\s+and\s+"
)
_ENGLISH_BETWEEN = re.compile(r"\b(?:made|dated|entered|effective|agreement)\b.{0,300}\b(?:between|among)\b")
_BETWEEN = re.compile(
    r"\b(?:entre (?:les|la|le|d'une part|l'|m|mme|monsieur|madame)?|by and (?:between|among)|between|"
    r"among)\b(?:\s*soussigne[es]*)?\s*:?"
)
_NOT_A_PARTY_TERM = re.compile(
    r"agreement|contrat\b|convention|\bbail\b|\bmarche\b|\baccord\b|effective|\bdate\b|part(?:y|ies)\b|partie|"
    r"purpose|territory|products?\b|services?\b|\bsites?\b|\blocaux\b|prestations?|annexe|\bact\b|securities|"
    r"\bexchange|premises|affiliates\b"
)
_AGREE = re.compile(
    r"\b(?:conviennent|ont convenu|sont convenu[es]*|ont arrete|arretent|concluent|se sont accordee?s|"
    r"(?:hereby )?agree "
    r"(?:as follows|that|to))\b"
)
"""Where a contract ends its introduction: who stands before it agrees."""
_COVER = re.compile(r".{0,120}\b(?:by and between|by and among|between|among|entre)\s*:?")
_ACTS_AS = re.compile(r",? as (?:the )?(?P<role>[a-z]+(?: [a-z]+)?)\W*(?:and\W*)?$")
"""`SABLE BRANDS, INC., as Licensor`"""
_AND = re.compile(r"\W*(?:and|et|&)?\W*")


def in_prose(clause: Clause) -> Iterator[Mention]:
    """Descriptions of parties in running text, up to where the contract begins to tell its story."""
    called = role_of(clause.heading)
    opened = called is not None or PARTIES_HEADING.search(fold(clause.heading)) is not None
    opened = opened or (clause.part == "front" and any(_AGREE.search(fold(b.text)) for b in clause.blocks[:8]))
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
        least = 3.5 if numbered else 1.7 if _ENGLISH_BETWEEN.search(folded) else 2.0
        found = [
            mention
            for start, end in _segments(folded)
            for mention in _segment(whole, start, end, opened=opened, called=called, least=least)
        ]
        if len(found) == 1 and _BETWEEN.search(folded):
            found = _two_in_one(found[0], whole) or found
        yield from found
        if len(found) >= 2 and _BETWEEN.search(folded):
            return


def _two_in_one(mention: Mention, whole: Sentence) -> list[Mention]:
    """`between Andy North and Golfers Incorporated` names two, where nobody else is named."""
    halves = re.split(r"\s+(?:and|et)\s+", mention.name)
    if len(halves) != 2:
        return []
    places = [whole.text.find(half) for half in halves]
    found = [
        described(half, place, whole, None, mention.weight, mention.rule)
        for half, place in zip(halves, places, strict=True)
    ]
    return [half for half in found if half is not None] if all(found) else []


def on_cover(zone: Sequence[Clause]) -> Iterator[Mention]:
    """The names that stand alone on a cover's lines below `by and between`."""
    lines = [(clause, block) for clause in zone for block in clause.blocks if block.kind != "table_row"][:40]
    for at, (_, opening) in enumerate(lines):
        if len(opening.text) > 140 or not _COVER.fullmatch(fold(opening.text)):
            continue
        for clause, block in lines[at + 1 : at + 8]:
            folded = fold(block.text)
            if _AND.fullmatch(folded):
                continue
            acts = _ACTS_AS.search(folded)
            text = block.text[: acts.start()] if acts else block.text
            found = name_at(text) if len(text) <= 110 else None
            if found is None or _STOP.match(folded) or len(found.value) < 0.6 * len(text):
                return
            naming = role_of(acts["role"]) if acts else None
            mention = described(text, 0, Sentence(clause, block, 0, len(block.text)), naming, 0.7, "parties.cover")
            if mention:
                yield mention
        return


def on_behalf(clause: Clause) -> Iterator[Mention]:
    """`Je soussigné, M. Roy, agissant au nom et pour le compte de la société Beta` names who is bound."""
    for block in clause.blocks:
        folded = fold(block.text)
        if "soussigne" not in folded and "engage" not in folded:
            continue
        for match in _ON_BEHALF.finditer(folded):
            whole = Sentence(clause, block, 0, len(block.text))
            mention = described(
                block.text[match.end() :], match.end(), whole, Naming("supplier"), 0.75, "parties.on_behalf"
            )
            if mention and (mention.registration or has_legal_form(block.text[match.end() : match.end() + 160])):
                yield mention


def _segments(folded: str) -> Iterator[tuple[int, int]]:
    """The stretches of a block that may describe one party each."""
    between = _BETWEEN.search(folded[:2000])
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


def _segment(
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
        + 1.5 * (DESCRIBES.search(folded, found.end) is not None)
        + 0.7 * (has_legal_form(found.value) or is_public(found.value))
    )
    if strength < least or (not opened and not defined):
        return
    mention = described(text, start, whole, naming or called, min(0.95, 0.4 + 0.15 * strength), "parties.prose")
    if mention:
        yield mention


_TERM = re.compile(
    r"\"\s?((?:le |la |les |l'|the )?[^\"]{1,45}?)\s?\"|(?:ci[- ]?apres|hereinafter)[^,;.\"]{0,40}?\b(?:le|la|l'|"
    r"the) ?([a-z-]{3,25})"
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


def signatories(view: ContractView) -> Iterator[Mention]:
    """The names in the place of signature, for contracts whose first page names nobody."""
    for clause in view.signatures:
        for block in clause.blocks:
            if block.kind == "heading" and block is clause.blocks[0]:
                continue
            for cell_start, cell in cells_of(block):
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
