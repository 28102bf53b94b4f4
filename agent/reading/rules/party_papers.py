"""Parties of papers that introduce nobody: letters and quotations by their heads, forms by the labels of their lines.

A letterhead is a name with an address below it. Who writes and who is written to is told by their order; which of them
buys, by what the letter does (`nous vous confions`, `our fees`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agent.documents.pages import Block
from agent.reading.grammar.names import has_legal_form, is_public, name_at, registrations
from agent.reading.reader import Quote
from agent.reading.rules.party_mentions import Mention, described, is_word_for_party
from agent.reading.rules.roles import Naming, role_of_label
from agent.reading.structure import Clause, ContractView, Field, Sentence, fold, is_blank
from portfolio.schema import Role

_HEAD_LINES = 34
_LINE = 90
_SALUTATION = re.compile(
    r"\W*(?:chere?s? )?(?:ladies and gentlemen|dear\b|gentlemen|mesdames|messieurs|madame|monsieur|maitre|docteur|"
    r"bonjour)\b[^.:;]{0,50}[,:]\W*$"
)
_STREET = (
    r"rue|avenue|av\.|place|boulevard|bd|chemin|allees?|quai|route|impasse|cours|square|promenade|esplanade|passage|"
    r"faubourg|zone|z\.?[ia]\.?c?\.?\b|zac|lieu-dit|parc|street|st\.|road|rd\.|drive|suite|lane|floor|avenue|"
    r"parkway|plaza|"
    r"blvd"
)
_ADDRESS = re.compile(
    rf"(?:\d{{1,5}}(?:[ -]?(?:bis|ter|[a-d]|\d+))?,? (?:[a-z.' -]{{1,40}} )?(?:{_STREET})|(?:{_STREET}) |"
    rf"\d{{5}}[ ,]+[a-z]|"
    r"(?:bp|cs|p\.?o\.? box) ?\d|.{0,60}\b(?:[a-z]{2} )?\d{5}(?:-\d{4})?(?: cedex)?(?: \d+)?$|"
    r".{0,60}[–—-] ?\d{5} [a-z]|.{0,40}\b[a-z]{1,2}\d{1,2}[a-z]? \d[a-z]{2}$)"
)
_ABOUT_IT = re.compile(
    r"(?:tel|telephone|phone|fax|mail|courriel|siren|siret|r\.?c\.?s|n\s?° (?:siret|siren|tva)|tva|web)\b"
)
_PERSON = re.compile(
    r"(?:(?:a l'attention d|attention|attn)|(?:m|mr|mrs|ms|mme|mlle)\.? |monsieur|madame|messieurs|docteur|maitre )"
)
_NO_HEAD = re.compile(
    r"(?:objet|re|subject|ref|vos? ref|nos? ref|date|copie|p\.?j|logo|confidential|exhibit|ex-|lettre|letter|devis|"
    r"quotation|quote|proposition|offre|commande|bon de|contrat|contract|agreement|convention|facture|page|"
    r"recommande|par (?:courrier|mail))\b"
)
_FUNCTION = re.compile(
    r"(?:(?:(?:monsieur|madame|m\.|mme) )?(?:le |la |l')?)(?:direct(?:eur|rice)|gerante?|president(?:e)?|"
    r"responsable|chef|"
    r"maire|proviseure?|secretaire)(?: general(?:e)?| adjointe?| des achats| technique)* (?:de |du |d')"
    r"(?=(?:la |l'|le )?(?:(?:societe|association|entreprise) )?[a-z])"
)
_TO = re.compile(r"(?:a|to|et)\W*")
_SENDER_BUYS = re.compile(
    r"\b(?:(?:nous|je) vous (?:confi(?:ons|e)|command(?:ons|e)|pass(?:ons|e) (?:la )?commande|mandat(?:ons|e)|"
    r"charge(?:ons)?|attribu(?:ons|e)|ret(?:enons|iens))|vous notifi(?:er|ons)|j'accepte votre|nous acceptons votre|"
    r"votre (?:offre|devis|proposition) (?:du|n)|we (?:hereby )?(?:order|appoint you|engage you|"
    r"accept your (?:offer|quote)))"
)
_SENDER_SELLS = re.compile(
    r"\b(?:nous (?:confier|consulter|mandater|solliciter)|"
    r"nous (?:vous )?(?:livr|assur|entretiendr|interviendr|realiser|"
    r"nettoier|fournir|installer|effectuer|hebergeon)[a-z]*ons|vous (?:propos(?:ons|er)|confirm(?:ons|er) "
    r"(?:notre|nos)|remerci(?:ons|er) de (?:votre|la) (?:confiance|commande|demande)|adress(?:ons|er) notre)|"
    r"votre (?:demande|commande|consultation)|notre (?:offre|proposition|engagement|mission|intervention)|"
    r"nos (?:honoraires|prestations|services|tarifs)|our (?:fees|services|charges|quote|proposal))\b"
)


def in_letterheads(view: ContractView, *, english: bool = False) -> Iterator[Mention]:
    """Sender and addressee of a letter that is the contract; nobody where no salutation opens one.

    English letters are headed by advisers' and places' names too: there only companies, and the one who is greeted.
    """
    for index in range(len(view.dossier.documents)):
        blocks = [
            (c, b) for c in view.clauses if c.document == index and c.part not in ("mail", "annex") for b in c.blocks
        ][:_HEAD_LINES]
        end = next((i for i, (_, b) in enumerate(blocks) if _SALUTATION.match(fold(b.text))), None)
        if end is None:
            continue
        sides = _sides(" ".join(fold(b.text) for _, b in blocks[end:]))
        found = list(_heads(blocks[:end]))
        if english:
            greeted = fold(blocks[end][1].text)
            found = [m for m in found if has_legal_form(m.name) or f" {fold(m.name).split()[-1]}" in greeted]
        for place, mention in enumerate(found[:2]):
            yield mention if sides is None else _named(mention, sides[place])


def in_heads(view: ContractView) -> Iterator[Mention]:
    """The supplier at the head of a paper of its own (quotation, offer): a name with an address below it."""
    first = next(iter(view.clauses), None)
    if first is None:
        return
    blocks = [(c, b) for c in view.clauses if c.document == first.document and c.part != "margin" for b in c.blocks][
        :14
    ]
    if any(_OFFER.match(fold(b.text)) for _, b in blocks[:6]):
        for mention in list(_heads(blocks))[:1]:
            yield _named(mention, "supplier")


_OFFER = re.compile(r"\W*(?:devis|proposition|offre|quotation|quote|proposal|estimate)\b")


def _named(mention: Mention, role: Role) -> Mention:
    return replace(mention, naming=mention.naming or Naming(role, firm=False))


def _sides(body: str) -> tuple[Role, Role] | None:
    """(sender's role, addressee's), by what the letter does."""
    buys, sells = _SENDER_BUYS.search(body), _SENDER_SELLS.search(body)
    if buys and (sells is None or buys.start() < sells.start()):
        return "client", "supplier"
    return ("supplier", "client") if sells else None


def _heads(blocks: Sequence[tuple[Clause, Block]]) -> Iterator[Mention]:
    """The names that stand over an address, that somebody acts for, or on both sides of `à`."""
    reached = 0
    for place, (clause, block) in enumerate(blocks):
        folded = fold(block.text).strip()
        if place < reached or block.kind == "table_row" or not 2 < len(folded) <= _LINE or _NO_HEAD.match(folded):
            continue
        whole = Sentence(clause, block, 0, len(block.text))
        acting = _FUNCTION.match(folded)
        if acting:
            named = re.sub(r"\s(?:à|to)\s*$", "", block.text[acting.end() :])
            mention = described(named, acting.end(), whole, None, 0.7, "parties.letterhead")
            if mention:
                yield mention
            continue
        below = _address_below(blocks, place)
        beside = place + 1 < len(blocks) and _TO.fullmatch(fold(blocks[place + 1][1].text).strip()) is not None
        after = place > 0 and _TO.fullmatch(fold(blocks[place - 1][1].text).strip()) is not None
        if not (below or beside or after) or _PERSON.match(folded) or _ADDRESS.match(folded) or _ABOUT_IT.match(folded):
            continue
        found = name_at(block.text)
        if found is None or is_word_for_party(found.value) or (below and len(found.value) < 0.6 * len(folded)):
            continue
        numbers = (
            (r.value.digits, Sentence(c, b, 0, len(b.text)).quote(r.start, r.end))
            for c, b in blocks[place + 1 : (below or place) + 3]
            for r in registrations(fold(b.text))
        )
        mention = described(block.text, 0, whole, None, 0.7, "parties.letterhead", numbers)
        if mention:
            yield mention
            reached = (below or place) + 1


def _address_below(blocks: Sequence[tuple[Clause, Block]], place: int) -> int | None:
    """The last line's place of the address right below, with at most two lines about the name between."""
    at = None
    for index in range(place + 1, min(place + 5, len(blocks))):
        folded = fold(blocks[index][1].text).strip()
        if len(folded) > _LINE or _NO_HEAD.match(folded):
            break
        if _ADDRESS.match(folded) or (at is not None and _ABOUT_IT.match(folded)):
            at = index
        elif at is not None:
            break
    return at


# --- forms -----------------------------------------------------------------------------------------------------------

NAME_OF = re.compile(
    r"(?:.{0,40}\b)?(?:denomination(?: sociale)?|raison sociale|nom commercial(?: et .{0,30})?|nom de (?:la societe|"
    r"l'entreprise|l'organisme|l'acheteur)|societe|compte de(?: la societe| l'entreprise)?|company name|legal name|"
    r"entity)"
    r"\W*(?:\([^)]*\))?"
)
_BUYS = re.compile(r"acheteur|adjudicat|personne publique|maitre d'ouvrage|client|organisme|collectivite|commanditaire")
_SELLS = re.compile(
    r"contractant|candidat|titulaire|entreprise|engagement|prestataire|fournisseur|soumissionnaire|attributaire|"
    r"supplier|"
    r"contractor|vendor"
)
_FROM = re.compile(
    r"(?:de|from|emetteur|expediteur|(?:prepare|etabli|propose|presente|emis|redige|prepared|issued|"
    r"submitted)e?s? (?:par|by))"
)
_FOR = re.compile(
    r"(?:a|to|pour|for|destinataire|adressee? a|a l'attention de|(?:prepare|etabli|propose|prepared|"
    r"issued)e?s? (?:pour|for))"
)


def in_fields(view: ContractView) -> Iterator[Mention]:
    """`Dénomination sociale : Mediloc` under « Le candidat »; `Préparée par : …`, `Pour : …` on a quotation's head."""
    yield from _named_fields(view)
    yield from _between_fields(view)


def _named_fields(view: ContractView) -> Iterator[Mention]:
    form = any("acte d'engagement" in c.folded_heading for c in view.clauses[:6])
    for position, item in enumerate(view.fields):
        clause = item.sentence.clause
        if clause.part not in ("front", "particular", "body") or is_blank(item.value) or item.column:
            continue
        if not NAME_OF.fullmatch(item.folded_label):
            continue
        around = f"{clause.folded_heading} {_label_above(item)} {item.folded_label}"
        role: Role | None = "supplier" if _SELLS.search(around) else "client" if _BUYS.search(around) else None
        if role is None and not form:
            continue
        more = _numbers_near(view.fields[position + 1 : position + 7])
        mention = described(
            item.value, item.start, item.sentence, Naming(role or "supplier"), 0.85, "parties.named_field", more
        )
        if mention:
            yield mention


def _label_above(item: Field) -> str:
    """The folded lines right above a field that stand alone: `Contractant`."""
    blocks = item.sentence.clause.blocks
    place = next((i for i, b in enumerate(blocks) if b is item.sentence.block), 0)
    return " ".join(fold(b.text) for b in blocks[max(0, place - 3) : place] if len(b.text) <= 60)


def _numbers_near(items: Sequence[Field]) -> Iterator[tuple[str, Quote]]:
    for item in items:
        if NAME_OF.fullmatch(item.folded_label) or role_of_label(item.label):
            return
        if re.search(r"siren|siret|rcs|immatricul", item.folded_label):
            for found in registrations(fold(f"siren {item.value}")):
                yield found.value.digits, item.sentence.quote(item.start + found.start - 6, item.start + found.end - 6)


@dataclass(frozen=True)
class _Side:
    mention: Mention
    sender: bool


def _between_fields(view: ContractView) -> Iterator[Mention]:
    """`De : …` and `À : …` at the head of the first page, where both stand there."""
    sides: list[_Side] = []
    for item in view.fields[:6]:
        sender = _FROM.fullmatch(item.folded_label) is not None
        if item.sentence.block.kind == "table_row" or not (sender or _FOR.fullmatch(item.folded_label)):
            continue
        mention = described(item.value, item.start, item.sentence, None, 0.75, "parties.from_to")
        if mention and "@" not in item.value:
            sides.append(_Side(mention, sender))
    if len({side.sender for side in sides}) < 2 or len(sides) != 2:
        return
    said = " ".join(s.folded for s in view.sentences[:60])
    offered = any(_OFFER.match(s.folded) for s in view.sentences[:6])
    roles: tuple[Role, Role] | None = ("supplier", "client") if offered else _sides(said)
    for side in sides:
        role: Role | None = None if roles is None else roles[0] if side.sender else roles[1]
        yield side.mention if role is None else _named(side.mention, role)


def headed_by_label(zone: Sequence[Clause]) -> Iterator[Mention]:
    """`Client :` alone on its line, the name on the next, an address below it."""
    lines = [(c, b) for c in zone for b in c.blocks]
    for place, (_, label) in enumerate(lines[:-1]):
        naming = role_of_label(label.text) if len(label.text) <= 60 and label.kind != "table_row" else None
        clause, block = lines[place + 1]
        if naming is None or block.kind == "table_row" or len(block.text) > _LINE:
            continue
        below = _address_below(lines, place + 1)
        known = has_legal_form(block.text) or is_public(block.text)
        if not (below or known):
            continue
        whole = Sentence(clause, block, 0, len(block.text))
        numbers = (
            (r.value.digits, Sentence(c, b, 0, len(b.text)).quote(r.start, r.end))
            for c, b in lines[place + 2 : (below or place) + 3]
            for r in registrations(fold(b.text))
        )
        mention = described(block.text, 0, whole, naming, 0.8, "parties.headed", numbers)
        if mention:
            yield mention


_BOTH = re.compile(
    r"(?:les )?(?:signataires|parties(?: contractantes| au contrat| signataires)?|contractants|cocontractants|"
    r"partenaires|"
    r"entre|between|parties to (?:this|the) (?:agreement|contract))"
)
_APART = re.compile(r"\s+(?:et|and)\s+|\s*[;/]\s*")
_TOGETHER = re.compile(r",? ?\(?(?:ci-apres |hereinafter |together |collectively |ensemble )")


def both_in_field(view: ContractView) -> Iterator[Mention]:
    """`Les signataires : Alpha SAS (Nantes) et Institut Beta (Rennes)`: two names after one label."""
    for item in view.fields[:10]:
        if not _BOTH.fullmatch(item.folded_label) or item.sentence.block.kind == "table_row":
            continue
        told = item.value
        if together := _TOGETHER.search(fold(told)):
            told = told[: together.start()]
        cut = _APART.search(told)
        if cut is None:
            continue
        halves = ((0, told[: cut.start()]), (cut.end(), told[cut.end() :]))
        found = [
            described(half, item.start + start, item.sentence, None, 0.75, "parties.both") for start, half in halves
        ]
        yield from (mention for mention in found if mention is not None and all(found))
