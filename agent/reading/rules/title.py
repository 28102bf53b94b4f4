"""Title, reference, and what an amendment amends: what the first page says a contract is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.documents.pages import Block
from agent.reading.clauses import MAIL_TYPES
from agent.reading.reader import Candidate, Quote
from agent.reading.rules.known import Known
from agent.reading.structure import Clause, ContractView, fold

_FIRST_BLOCKS = 40
_GENRE = re.compile(
    r"\b(?:contrat|convention|bail|accord|accord-cadre|marche|avenant|additif|protocole|pacte|police|lettre de "
    r"mission|cession|"
    r"acte (?:d'engagement|modificatif)|agreement|contract|lease|amendment|addendum|license|licence|memorandum|"
    r"charter|statement "
    r"of work|terms and conditions|deed|delegation de service public|concession|cahier des (?:clauses|charges)|"
    r"mandat|abonnement)\b"
)
_FORM_NAME = re.compile(
    r"(?:cahier des (?:clauses|charges)|acte d'engagement|c\.?c\.?[ait]?\.?[pt]|conditions (?:generales|particulieres)|"
    r"bon de commande|order form|marche (?:public|a tranches|a procedure|ordinaire|de (?:travaux|services|"
    r"fournitures|prestation))|"
    r"reglement de (?:la )?consultation|lot (?:unique|n)|formulaire|dossier de consultation|accord-cadre (?:a|"
    r"mono|multi)|"
    r"marches publics?|procedure|page de garde|[a-z]\. acte|exhibit|execution (?:version|copy)|confidential|contrat$)"
)
_LETTERHEAD = re.compile(
    r"\b(?:dossier suivi|service (?:achats|juridique|marches)|direction (?:de|des|du|generale)|formulaire|"
    r"espace client|genere le|"
    r"avocats|notaires?|tel(?:ephone)?\b|siege social|page \d|capital|www\.|https?:|@|fax\b|imprime le|version "
    r"signee|original|"
    r"exemplaire|counterpart|strictly private|notre (?:offre|dossier)|vos references|chemise|recu en prefecture|"
    r"certifie|siret|siren|"
    r"devis|proposition|offre|consultation lancee|notifie le|execution version|conformed copy|table of contents|"
    r"sommaire)\b"
    r"|[›>]|\d{2}(?: \d{2}){4}"
)
_STOP = re.compile(
    r"(?:entre\b|between\b|les parties|l'an deux|ont comparu|d'une part|table of contents|sommaire|this "
    r".{3,80}agreement.{0,40}"
    r"(?:is|dated|made|entered)|preambule|expose\b|whereas|recitals|background)"
)
_NUMBER_TAIL = re.compile(
    r"[\s,;:(–—-]*(?:(?:marche|contrat|dossier|convention|agreement|contract|ref(?:erence)?|"
    r"reference)?\s*(?:n\s?°|no\.|nr\.|#|num[eé]ro|"
    r"ref\.?\s*:?)\s*(?=\S*\d)[A-Z0-9][\w/.-]*\)?)\s*$",
    re.IGNORECASE,
)
_PREAMBLE = re.compile(
    r"\b(?:this|the present)\s+(?P<title>(?:[A-Z][\w&,/'’-]*(?:\s+(?:and|of|for|to|&|the|in))?\s+){0,9}"
    r"(?:Agreement|AGREEMENT|Contract|Lease|LEASE|Amendment|License|Addendum|Deed))\b"
)
_AMENDMENT = re.compile(
    r"\b(?:avenants?|additif|acte modificatif|amendment|addendum|modification n|amended? (?:no|number)|novation)\b"
)
_SUBJECT_NOISE = re.compile(r"^(?:(?:re|tr|fw|fwd|ref)\s*:\s*)+", re.IGNORECASE)


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`title`, then `reference` and `amends`."""
    title = _title(view)
    if title is not None:
        yield title
    tokens = list(_tokens(view))
    amends = title is not None and is_amendment(title.value)
    own = _own_reference(tokens, amends)
    if own is not None:
        yield Candidate("reference", own.value, (own.quote,), round(min(own.weight, 1.0), 2), "title.reference")
    if amends:
        base = _amended(view, tokens, own)
        if base is not None:
            yield base


def is_amendment(title: str) -> bool:
    """The title of a document that changes another contract."""
    return _AMENDMENT.search(fold(title)[:60]) is not None


def _title(view: ContractView) -> Candidate | None:
    best: tuple[float, str, Quote] | None = None
    for block, place, clause in _first_blocks(view):
        score = _title_score(block, place)
        text = _cut(block.text)
        if score > 0 and len(text) >= 4 and (best is None or score > best[0]):
            start = block.text.find(text)
            best = (score, text, Quote(text, clause.document, block.start + start))
    if best is None or best[0] < 2.5:
        named = _named_in_preamble(view)
        if named is not None and (best is None or best[0] < 2):
            return named
    if best is None:
        return _from_mail(view)
    return Candidate("title", best[1], (best[2],), min(0.95, 0.45 + 0.1 * best[0]), "title.first_page")


def _first_blocks(view: ContractView) -> Iterator[tuple[Block, int, Clause]]:
    """The blocks of every document's first page (mails' own text left out) with their place, up to the parties."""
    for index, document in enumerate(view.dossier.documents):
        if document.media_type in MAIL_TYPES:
            continue
        place = 0
        for clause in (c for c in view.clauses if c.document == index and c.part != "margin"):
            for block in clause.blocks:
                if place >= _FIRST_BLOCKS or (place > 0 and block.page > 2):
                    break
                if place > 0 and block.kind != "heading" and _STOP.match(fold(block.text[:120]).lstrip()):
                    place = _FIRST_BLOCKS
                    break
                yield block, place, clause
                place += 1


def _title_score(block: Block, place: int) -> float:
    """How much a block looks like the title: its place, its format, its words."""
    text, folded = block.text.strip(), fold(block.text.strip())
    if block.kind == "table_row" or not 4 <= len(text) <= 260 or text.startswith("|"):
        return 0.0
    score = 3.0 - 0.1 * place
    if block.kind == "heading":
        score += 1.5 if block.level <= 1 else 0.5
    elif text.isupper():
        score += 0.7
    genre = _GENRE.search(folded)
    if genre:
        score += 2.0 if genre.start() < 30 else 0.8
    if _FORM_NAME.match(folded):
        score -= 1.6 if genre else 2.5
    if _LETTERHEAD.search(folded):
        score -= 3.0
    if re.match(
        r"(?:n\s?°|ref|page|\d{1,2}[/.]|exhibit|ex-\d|le \d|date|annexe|article|titre|partie|chapitre|"
        r"section|[a-z\d][.)])",
        folded,
    ):
        score -= 3.0
    if text.endswith((".", ";", ",")) and len(text.split()) > 9:
        score -= 2.5
    if block.kind != "heading" and not genre:
        score -= 1.5
    if len(_cut(text).split()) == 1:
        score -= 2.0 if genre is None or _cut(text) != text else 0.3
    if text.startswith("("):
        score -= 3.0
    return score


def _cut(text: str) -> str:
    """A title without the reference number at its end."""
    return _NUMBER_TAIL.sub("", text.strip()).strip(" \t–—-:;,*#") if not is_amendment(text) else text.strip(" \t*#")


def _named_in_preamble(view: ContractView) -> Candidate | None:
    """`This Distributor Agreement (the "Agreement") is made…` names the contract."""
    for clause in view.clauses[:6]:
        for sentence in clause.sentences[:8]:
            if match := _PREAMBLE.search(sentence.text):
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


@dataclass(frozen=True)
class _Token:
    """A number on the first pages; ``weight`` by what is written before it; ``base``: it names another contract."""

    value: str
    weight: float
    quote: Quote
    base: bool
    order: int


_NUMBER_WORD = r"(?P<token>[A-Z0-9][\w]*(?:[/._–-][\w]+)*(?: [A-Z]\b)?)"
_INTRODUCED = re.compile(
    r"(?:(?<!\w)(?P<label>contrat|march[ée](?: public)?(?: (?:de|d')[ \w]{3,20})?|convention|bail|"
    r"accord(?:-cadre)?|agreement|"
    r"contract|avenant|conditions particuli[èe]res|bon de commande|order form|dossier(?: d'achat)?|"
    r"r[ée]f[ée]rences?(?: interne)?(?: du (?:contrat|march[ée]))?|r[ée]f\.?|num[ée]ro(?: de (?:contrat|march[ée]))?|"
    r"our (?:ref\w*|file)|notre r[ée]f\w*|lease|police|purchase order|license|licence|acte|document|policy|"
    r"opération|affaire)"
    r"\s*(?P<mark>n\s?[°º]|n[oº]\.?(?=\s)|no\.|number|num[ée]ro|nr\.?|#|:)?|(?<!\w)(?P<alone>n\s?[°º]|no\.|nr\.))"
    r"\s*:?\s*" + _NUMBER_WORD,
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"(?:loi|decret|ordonnance|arrete|deliberation|article|art\.?|devis|offre|proposition|orias|licence|rcs|"
    r"siren|siret|tva|vat|hrb|"
    r"naf|ape|cnaps|iban|compte|telephone|tel\.?|fax|lot|annexe|page|police|avis|consultation|ordre de service|"
    r"registre|engagement|"
    r"erp|decision|mandat|exemplaire|version|edition|lrar|courrier|indice|facture|commande erp|register|"
    r"registered|section|"
    r"under|form|file|commission|exhibit|schedule|rule|act|regulation|codex|code|cadastr\w+|quittance|"
    r"habilitation|formulaire)"
    r"[\s:.]*(?:de |d'|du |la |le |numero |n\s?°|no\.?|sous )*$"
)
_WEIGHT: tuple[tuple[re.Pattern[str], float], ...] = (
    (
        re.compile(
            r"contrat|marche|convention|accord|agreement|contract|bail|lease|avenant|conditions "
            r"particulieres"
        ),
        1.0,
    ),
    (re.compile(r"reference|ref|purchase order|bon de commande|order form"), 0.9),
    (re.compile(r"dossier|numero|acte|document"), 0.75),
    (re.compile(r"our file|notre ref|police|policy|programme|operation|affaire|license|licence"), 0.5),
)
_OF_OTHERS = re.compile(r"\b(?:avocats?|notaires?|cabinet|scp|etude|administrateur de biens|huissiers?)\b")
_CODE_LINE = re.compile(r"(?:[A-Z]{1,10}[-/._]?)?[A-Z0-9]*\d[A-Z0-9]*(?:[-/._ ][A-Z0-9]+){0,5}")
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,3}/\d{1,3}|\d{4}-\d{2}-\d{2}|\d{1,2}|(?:19|20)\d\d|"
    r"\d{1,3}(?:[.,]\d+)+"
)
_BASE = re.compile(
    r"(?:modifie|amends?|complete|au|du|to|relatif au|supplements?)\s+(?:the |le |la )?(?:contrat|marche|"
    r"convention|bail|agreement|"
    r"accord|contract|lease)\b[^.;]{0,60}$"
)


def _tokens(view: ContractView) -> Iterator[_Token]:
    order = 0
    for block, place, clause in _reference_blocks(view):
        text, folded = block.text, fold(block.text)
        seen = False
        for match in _INTRODUCED.finditer(text):
            label, mark = fold(match["label"] or "").strip(), match["mark"] or match["alone"] or ""
            value = match["token"].strip()
            if not _is_token(value, marked=bool(mark)):
                continue
            start = match.start()
            before = folded[max(0, start - 40) : start]
            if _NOT_OURS.search(before + label) or (not label and _NOT_OURS.search(before)):
                continue
            weight = next((w for pattern, w in _WEIGHT if pattern.search(label)), 0.8 if start < 4 else 0.2)
            if label == "dossier" and _OF_OTHERS.search(folded):
                continue
            if not mark and label in (
                "contrat",
                "marche",
                "convention",
                "accord",
                "agreement",
                "lot",
                "acte",
                "document",
                "bail",
            ):
                weight -= 0.1 if re.search(r"[A-Za-z]", value) and re.search(r"\d", value) else 1
            weight -= 0.01 * place
            quote = Quote(text[match.start() : match.end()].strip(), clause.document, block.start + match.start())
            seen = True
            yield _Token(value, weight, quote, _BASE.search(folded[: match.start("token")]) is not None, order)
            order += 1
        stripped = text.strip()
        if not seen and len(stripped) <= 30 and _CODE_LINE.fullmatch(stripped) and _is_token(stripped, marked=False):
            lead = len(text) - len(text.lstrip())
            yield _Token(
                stripped, 0.8 - 0.01 * place, Quote(stripped, clause.document, block.start + lead), False, order
            )
            order += 1


def _reference_blocks(view: ContractView) -> Iterator[tuple[Block, int, Clause]]:
    yield from _first_blocks(view)
    for clause in view.clauses:
        if clause.part == "margin":
            yield from ((block, 30, clause) for block in clause.blocks[:4])


def _is_token(value: str, *, marked: bool) -> bool:
    """A reference holds a digit, is no date, no amount, no year, no registration number."""
    if not any(c.isdigit() for c in value) or _DATE.fullmatch(value) or len(value) > 40 or len(value) < 3:
        return False
    digits = re.sub(r"\D", "", value)
    if value.isdigit():
        return marked and 4 <= len(digits) <= 12 and len(digits) != 9
    return len(digits) >= 2 or marked


def _own_reference(tokens: list[_Token], amends: bool) -> _Token | None:
    own = [t for t in tokens if not t.base and t.weight > 0.35]
    if amends:
        values = {t.value for t in tokens}
        longer = [t for t in own if any(t.value != v and t.value.startswith(v) for v in values)]
        own = (
            longer
            or [t for t in own if "avenant" in fold(t.quote.text) or "amendment" in fold(t.quote.text)]
            or (own if len(values) > 1 else [])
        )
    return max(own, key=lambda t: (round(t.weight, 1), -t.order), default=None)


_AMENDED_TITLE = re.compile(
    r"\b(?:(?:avenant|additif)[^.]{0,20}?\s(?:au|a la|a l'|aux|du)\s|amendment[^.]{0,25}? to (?:the |that "
    r")?)(?P<base>(?:certain )?"
    r"(?:contrat|convention|bail|marche|accord|police|agreement|lease|[a-z ]{3,60}agreement|contract)\b[^.;]{0,140})"
)
_BASE_NUMBER = re.compile(
    r"\b(?:contrat|marche(?: public)?|convention|bail|accord(?:-cadre)?|agreement|contract|lease)\b[^.;:]{0,60}?"
    r"(?:n\s?°|no\.|number|ref\.?)\s*(?P<token>[a-z0-9][\w]*(?:[/._-][\w]+)*)"
)


def _amended(view: ContractView, tokens: list[_Token], own: _Token | None) -> Candidate | None:
    """The reference of the contract that this one changes, else its title."""
    others = [t for t in tokens if own is None or t.value != own.value]
    based = [t for t in others if t.base] or [t for t in others if own is not None and own.value.startswith(t.value)]
    based = based or [t for t in others if t.weight >= 0.85 and "avenant" not in fold(t.quote.text)]
    if based:
        token = based[0]
        return Candidate("amends", token.value, (token.quote,), 0.9, "title.amended_reference")
    for clause in view.clauses[:12]:
        if clause.part == "mail":
            continue
        for sentence in clause.sentences:
            if (match := _BASE_NUMBER.search(sentence.folded)) and any(c.isdigit() for c in match["token"]):
                start, end = match.span("token")
                value = sentence.text[start:end]
                if own is None or value != own.value:
                    return Candidate(
                        "amends", value, (sentence.quote(match.start(), end),), 0.75, "title.amended_number"
                    )
    for clause in view.clauses[:12]:
        for sentence in clause.sentences:
            if clause.part != "mail" and (match := _AMENDED_TITLE.search(sentence.folded)):
                start, end = match.span("base")
                return Candidate(
                    "amends",
                    sentence.text[start:end].strip(" ,"),
                    (sentence.quote(start, end),),
                    0.6,
                    "title.amended_title",
                )
    return None
