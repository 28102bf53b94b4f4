"""Places of performance by what stands around an address: a noun for a place, a heading, a verb, a list, a label.

For contracts that give their sites in a way that the surer rules of `sites` do not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.reading.grammar.found import Found
from agent.reading.grammar.places import Place, places
from agent.reading.reader import Quote
from agent.reading.structure import Clause, ContractView, Field, Sentence, is_blank, options

_LEAST = 2.0
_NOUN = re.compile(
    r"\b(?:communes?|quartiers?|usines?|entrepots?|agences?|ateliers?|laiteries?|fromageries?|batiments?|"
    r"immeubles?|residences?|ecoles?|"
    r"colleges?|lycees?|gymnases?|stades?|piscines?|mediatheques?|bibliotheques?|magasins?|boutiques?|depots?|"
    r"plateformes?|plates?-formes?|sites?|locaux|bureaux|laboratoires?|cliniques?|hopita(?:l|ux)|centres?|chantiers?|"
    r"hangars?|hotels?|musees?|theatres?|salles?|mairie|creches?|ehpad|campus|terrains?|parcelles?|quais?|stations?|"
    r"points? de livraison|bakery|factory|plant|warehouse|premises|depot|dock|office|store|school|unit|hall|yard|"
    r"laboratory|hospital|campus|building|facility|facilities)\b"
)
_HEADING = re.compile(
    r"\b(?:lieux?|sites?|locaux|etablissements?|perimetre|designation|implantations?|premises|locations?|livraisons?|"
    r"deliver(?:y|ies)|points? de|biens|situation|adresses?|where|desserte|chantiers?|place of)\b"
)
_HERE = re.compile(
    r"\b(?:a usage d[e']|(?:entre|font partie|fait partie)\w* d\w+ le "
    r"perimetre|depot\w+|decharg\w+|enlev\w+|ramass\w+|"
    r"collect\w+|sise?s?|situee?s?|implantee?s?|installee?s?|livr(?:e|es|ent|ee|ees|er|aison)|execut\w+|intervien\w+|"
    r"entretien\w*|nettoy\w+|maintien\w*|occup\w+|exploit\w+|travaille\w*|affecte\w*|located|deliver\w*|performed|"
    r"clean\w*|maintain\w*|works? at|based at|donne a bail|loue|rattache\w*|desser\w+|realise\w*)\b|"
    r"\"\s?(?:le |les |the )?(?:sites?|locaux|premises)\s?\""
)
_SOMEBODYS = re.compile(
    r"siege|registered office|domicili|demeurant|\brcs\b|\bsiren\b|siret|capital|represent|notif(?:i|y)|notices?\b|"
    r"correspondance|factur|invoic|courriers?\b|courriel|tribuna|greffe|mediat(?:eur|ion)|assur(?:e|ee|eur) (?:par|"
    r"aupres|chez)|assureur|sous-traitant|subcontractor|courtier|banque|\bbank\b|agreee? sous|plis\b|recours|"
    r"delegue a|protection des donnees|notaire|huissier|expert|conserve|prefecture|ci-apres|denommee?|reclamation"
)
_LABEL = re.compile(
    r"(?:lieux?|sites?|adresses? (?:d[eu]s? |de la |de l')?(?:sites?|travaux|livraison|prestations?|intervention|"
    r"execution|locaux|biens?|points?|chantier|logement|immeuble)|livraison|locaux|points? de livraison|"
    r"place of (?:work|performance|delivery)|premises|(?:delivery|site|service) address|locations?|"
    r"situation d[ue]s? [a-z]+|immeuble|chantier)\b.{0,50}"
)
LEFT_OUT = re.compile(
    r"\b(?:non levee|exclu|n'est pas|n'entre pas|ne fait pas|hors perimetre|not included|excluded|n'a pas|"
    r"non retenue?|pas un lieu|autres (?:batiments|sites))\b"
)
_BULLET = re.compile(r"\s*[-–—•*▪o]\s")
_PLACE_OF_WORK = re.compile(
    r"lieux? (?:d'execution|d[eu] (?:la |l')?(?:travail|prestation|intervention|livraison))|place of"
)
_TOWN = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[ '’-](?:[A-ZÀ-Þ]?[a-zà-ÿ]+)){0,5}")


@dataclass(frozen=True)
class Address:
    """A place of performance: where it stands, its words as evidence, and how surely it is one."""

    sentence: Sentence
    found: Found[Place]
    quote: Quote
    confidence: float


def addresses(view: ContractView, offices: set[str]) -> Iterator[Address]:
    """Labelled places first, then rows and sentences; ``offices``: folded streets of the parties' head offices."""
    for item in view.fields:
        yield from _labelled(item)
    unnumbered = not any(clause.part in ("body", "particular") for clause in view.clauses)
    for clause in view.clauses:
        if clause.part in ("margin", "mail", "general", "annex") or clause.is_signature:
            continue
        if clause.part == "front" and not unnumbered and not _SITE.search(_words(clause)):
            continue
        yield from _in_clause(clause, offices)


_SITE = re.compile(r"\"\s?(?:le |les |the )?(?:sites?|locaux|premises)\s?\"")


def _words(clause: Clause) -> str:
    return " ".join(sentence.folded for sentence in clause.sentences)


def is_left_out(row: Sentence) -> bool:
    """A row that says so, or whose boxes are all unchecked."""
    boxes = [cell.strip() for cell in row.block.cells if cell.strip() in ("☐", "☒", "☑", "□", "✓", "X", "x")]
    return LEFT_OUT.search(row.folded) is not None or (bool(boxes) and all(b in ("☐", "□") for b in boxes))


def _labelled(item: Field) -> Iterator[Address]:
    """`Lieu d'exécution : Rennes`, `Livraison | ☐ siège ☒ agence de Dijon, 6 rue…, 21000 Dijon`."""
    sentence = item.sentence
    if (
        sentence.part in ("margin", "mail", "general")
        or sentence.clause.is_signature
        or is_blank(item.value)
        or _LABEL.fullmatch(item.folded_label) is None
        or _SOMEBODYS.search(item.folded_label)
        or (sentence.block.kind == "table_row" and len(sentence.block.cells) != 2)
    ):
        return
    left_out = [(s, e) for _, kept, s, e in options(sentence.text) if not kept] if sentence.boxed else []
    any_found = False
    for found in places(sentence.text):
        if found.start >= item.start and not any(s <= found.start < e for s, e in left_out):
            any_found = True
            yield Address(sentence, found, sentence.quote(), 0.8)
    town = item.value.rstrip(" .")
    if not any_found and _PLACE_OF_WORK.match(item.folded_label) and len(town) <= 40 and _TOWN.fullmatch(town):
        place = Found(Place(town, ""), item.start, item.start + len(town))
        yield Address(sentence, place, sentence.quote(), 0.65)


def _in_clause(clause: Clause, offices: set[str]) -> Iterator[Address]:
    about = 1.0 * (_HEADING.search(clause.folded_heading) is not None)
    led = introduced = False
    for sentence in clause.sentences:
        folded = sentence.folded
        row = sentence.block.kind == "table_row"
        if not row and folded.rstrip().endswith(":"):
            introduced = True
            led = (_NOUN.search(folded) or _HERE.search(folded) or _HEADING.search(folded)) is not None or bool(about)
        if _SOMEBODYS.search(folded) or LEFT_OUT.search(folded) or (row and is_left_out(sentence)):
            continue
        bullet = sentence.block.kind == "list_item" or _BULLET.match(sentence.block.text) is not None
        listed = led or row or (bullet and about > 0)
        start = 0
        for found in places(sentence.text):
            before = folded[max(start, found.start - 110) : found.start]
            start = found.end
            noun = _NOUN.search(before) is not None
            inside = listed or (bullet and introduced and noun)
            score = about + 1.0 * noun + 1.0 * (_HERE.search(folded) is not None) + 1.0 * inside
            at_office = any(office in before for office in offices)
            if score >= _LEAST + at_office * (9.0 if not noun else 0.0 if inside else 1.0):
                yield Address(sentence, found, sentence.quote(), min(0.75, 0.4 + 0.12 * score))
