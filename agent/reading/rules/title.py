"""The title: what the first page says that a contract is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.documents.pages import Block
from agent.reading.grammar.names import has_legal_form, is_public
from agent.reading.reader import Candidate, Quote
from agent.reading.rules.known import Known
from agent.reading.structure import Clause, ContractView, fold

_FIRST_BLOCKS = 40
_GENRE = re.compile(
    r"\b(?:contrat|convention|bail|accord|accord-cadre|marche|avenant|additif|protocole|pacte|police|"
    r"lettre de mission|cession|acte (?:d'engagement|modificatif)|agreement|contract|lease|amendment|addendum|"
    r"license|licence|memorandum|charter|statement of work|terms and conditions|deed|delegation de service public|"
    r"concession|cahier des (?:clauses|charges)|mandat|abonnement)\b"
)
_FORM_NAME = re.compile(
    r"(?:cahier des (?:clauses|charges)|acte d'engagement|c\.?c\.?[ait]?\.?[pt]|conditions (?:generales|"
    r"particulieres)|bon de commande|order form|marche (?:public|a tranches|a procedure|ordinaire|de (?:travaux|"
    r"services|fournitures|prestation))|reglement de (?:la )?consultation|lot (?:unique|n)|formulaire|"
    r"dossier de consultation|accord-cadre (?:a|mono|multi)|marches publics?|procedure|page de garde|[a-z]\. acte|"
    r"exhibit|execution (?:version|copy)|confidential|contrat$)"
)
_ONLY_FORM = re.compile(
    r"(?:(?:cahier|clauses|charges|administratives|techniques|particulieres|generales|communes|conditions|acte|"
    r"engagement|valant|tenant|lieu|document|unique|marche|marches|publics?|ccap|cctp|ccp|ae|procedure|adaptee|"
    r"formalisee|services?|fournitures?|travaux|et|ou|a|de|des|du|la|le|d|n|\w*\d[\w-]*)(?:[\s'()°./:,-]+|$))+"
)
_LETTERHEAD = re.compile(
    r"\b(?:dossier suivi|service (?:achats|juridique|marches)|direction (?:de|des|du|generale)|formulaire|"
    r"espace client|genere le|avocats|notaires?|tel(?:ephone)?\b|siege social|page \d|capital|www\.|https?:|@|fax\b|"
    r"imprime le|version signee|original|exemplaire|counterpart|strictly private|notre (?:offre|dossier)|"
    r"vos references|chemise|recu en prefecture|certifie|siret|siren|devis|proposition|offre|consultation lancee|"
    r"notifie le|execution version|conformed copy|table of contents|sommaire)\b|[›>]|\d{2}(?: \d{2}){4}"
)
_STOP = re.compile(
    r"(?:entre\b|between\b|les parties|l'an deux|ont comparu|d'une part|table of contents|sommaire|"
    r"this .{3,80}agreement.{0,40}(?:is|dated|made|entered)|preambule|expose\b|whereas|recitals|background)"
)
_NUMBER_TAIL = re.compile(
    r"[\s,;:(–—-]*(?:(?:marche|contrat|dossier|convention|agreement|contract|ref(?:erence)?|"
    r"reference)?\s*(?:n\s?°|no\.|nr\.|#|num[eé]ro|ref\.?\s*:?)\s*(?=\S*\d)[A-Z0-9][\w/.-]*\)?)\s*$",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"\b(?i:this|the present)\s+(?P<title>(?:[A-Z][\w&,/'’-]*(?:\s+(?:and|of|for|to|&|the|in))?\s+){1,9}(?:Agreement|"
    r"AGREEMENT|Contract|Lease|LEASE|Amendment|License|Addendum|Deed))\b"
)
_EXHIBIT = re.compile(
    r"^(?:(?:exhibit\s+|ex-)[\w.()]+\s+)?(?:execution (?:copy|version)\s+|attachment \w\s+)?(?=\S)", re.IGNORECASE
)
_PARTIES = re.compile(
    r"\s(?:(?:entered into )?(?:by and )?between|(?:made|dated|entered)\b|entre (?:la|le|les)\b|effective)"
)
_JOINS = re.compile(r"(?:\b(?:and|et|of|for|de|du|des|d'|a la|au|pour|sur|la|le|les|en|to|with)|[,/-])\s*$")
_BARS = re.compile(r"\s[|·•]\s")
_TWO_SENTENCES = re.compile(r"[a-zà-ÿ]{3}\.\s+[A-Z]")
_NO_TITLE = re.compile(
    r"(?:n\s?°|ref|page|\d{1,2}[/.]|exhibit|ex-\d|le \d|date|annexe|article|titre|partie|chapitre|section|"
    r"[a-z\d][.)]|table of|territory|term\b|this |the present |le present|la presente|entre )"
)
_AMENDMENT = re.compile(
    r"\b(?:avenants?|additif|acte modificatif|amendment|addendum|modification n|amended? (?:no|number)|novation)\b"
)
_SUBJECT_NOISE = re.compile(r"^(?:(?:re|tr|fw|fwd|ref)\s*:\s*)+", re.IGNORECASE)


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`title`, at most once."""
    title = _on_first_page(view) or _from_mail(view)
    if title is not None:
        yield title


def is_amendment(title: str) -> bool:
    """The title of a document that changes another contract."""
    return _AMENDMENT.search(fold(title)[:60]) is not None


@dataclass(frozen=True)
class FirstBlock:
    """A block of a document's first page, with its place from the top."""

    block: Block
    place: int
    clause: Clause


def first_blocks(view: ContractView) -> Iterator[FirstBlock]:
    """The blocks of every document's first page (a covering mail's own text left out), up to the parties."""
    for index in range(len(view.dossier.documents)):
        place = 0
        for clause in (c for c in view.clauses if c.document == index and c.part not in ("margin", "mail")):
            for block in clause.blocks:
                if place >= _FIRST_BLOCKS or (place > 0 and block.page > 2):
                    break
                if place > 0 and block.kind != "heading" and _STOP.match(fold(block.text[:120]).lstrip()):
                    place = _FIRST_BLOCKS
                    break
                yield FirstBlock(block, place, clause)
                place += 1


def _on_first_page(view: ContractView) -> Candidate | None:
    firsts = list(first_blocks(view))
    scores = [_score(first.block, first.place) for first in firsts]
    best = max(range(len(firsts)), key=lambda at: scores[at], default=None)
    if best is None or scores[best] < 2.5:
        named = _named_in_preamble(view)
        if named is not None and (best is None or scores[best] < 2):
            return named
    if best is None or scores[best] <= 0:
        return None
    top, bottom = _lines(firsts, best)
    first, last = firsts[top].block, firsts[bottom].block
    document = view.dossier.documents[firsts[best].clause.document]
    text = document.text[first.start : last.end]
    title = _cut(text)
    quote = Quote(title, firsts[best].clause.document, first.start + text.find(title))
    return Candidate(
        "title", " ".join(title.split()), (quote,), min(0.95, 0.45 + 0.1 * scores[best]), "title.first_page"
    )


def _lines(firsts: list[FirstBlock], best: int) -> tuple[int, int]:
    """The first and last block of a title that was set on several lines."""
    top = bottom = best
    while top > 0 and _goes_on(firsts[top - 1].block, firsts[top].block):
        top -= 1
    while bottom + 1 < len(firsts) and _goes_on(firsts[bottom].block, firsts[bottom + 1].block):
        bottom += 1
    return top, bottom


def _goes_on(above: Block, below: Block) -> bool:
    """Two lines of one title: the first ends with a joining word, the second goes on in small letters or is a bare
    `AGREEMENT`, or both are one word in capitals."""
    if above.kind == "table_row" or below.kind == "table_row" or len(above.text) + len(below.text) > 260:
        return False
    if above.end + 1 != below.start or above.text.rstrip().endswith((".", ":", ";")):
        return False
    if _JOINS.search(fold(above.text)) or (below.text[:1].islower() and len(above.text.split()) <= 12):
        return True
    if above.text.isupper() != below.text.isupper() or len(below.text.split()) > 1:
        return False
    stacked = below.text.isupper() and len(above.text.split()) == 1
    return stacked or _GENRE.fullmatch(fold(below.text)) is not None


def _score(block: Block, place: int) -> float:
    """How much a block looks like the title: its place, its format, its words."""
    text = _cut(block.text)
    folded = fold(text)
    if block.kind == "table_row" or not 4 <= len(text) <= 260 or text.startswith("|"):
        return 0.0
    if _NO_TITLE.match(folded):
        return 0.0
    words = len(text.split())
    score = 3.0 - 0.1 * place
    if block.kind == "heading":
        score += 1.5 if block.level <= 1 else 0.5
    elif text.isupper():
        score += 0.7
    genre = _GENRE.search(folded)
    if genre:
        score += 2.0 if genre.start() < 30 else 0.8
    elif block.kind != "heading":
        score -= 1.5
    if _FORM_NAME.match(folded) and (words <= 7 or _ONLY_FORM.fullmatch(folded)):
        score -= 2.5
    if genre is None and words <= 8 and (has_legal_form(text) or is_public(text)):
        score -= 2.5
    if block.text.startswith("("):
        score -= 3.0
    if _BARS.search(block.text):
        score -= 2.0
    if _LETTERHEAD.search(fold(block.text)):
        score -= 3.0
    if text.endswith((".", ";", ",")) and words > 9:
        score -= 2.5
    if block.kind != "heading" and _TWO_SENTENCES.search(block.text):
        score -= 2.0
    if words == 1:
        score -= 0.3 if genre and len(text) + 2 >= len(block.text.strip()) else 2.0
    return score


def _cut(text: str) -> str:
    """A title without the exhibit number before it, and the reference number or the parties after it."""
    text = _EXHIBIT.sub("", text.strip())
    if is_amendment(text):
        return text.strip(" \t*#")
    genre = _GENRE.search(fold(text))
    parties = _PARTIES.search(fold(text), genre.end()) if genre else None
    return _NUMBER_TAIL.sub("", text[: parties.start()] if parties else text).strip(" \t–—-:;,*#")


def _named_in_preamble(view: ContractView) -> Candidate | None:
    """`This Distributor Agreement (the "Agreement") is made…` names the contract."""
    for clause in view.clauses[:6]:
        for sentence in clause.sentences[:8]:
            if clause.part != "mail" and (match := _PREAMBLE.search(sentence.text)):
                start, end = match.span("title")
                return Candidate("title", match["title"], (sentence.quote(start, end),), 0.6, "title.preamble")
    return None


def _from_mail(view: ContractView) -> Candidate | None:
    """The mail's subject, where there is no other document."""
    for index, document in enumerate(view.dossier.documents):
        subject = _SUBJECT_NOISE.sub("", document.properties.get("subject", "")).strip()
        if subject:
            at = document.text.find(subject)
            quotes = (Quote(subject, index, at),) if at >= 0 else ()
            return Candidate("title", subject, quotes, 0.3, "title.mail_subject")
    return None
