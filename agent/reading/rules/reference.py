"""The contract's own number, and what an amendment amends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.reading.reader import Candidate, Quote
from agent.reading.rules.known import Known
from agent.reading.rules.title import FirstBlock, first_blocks, is_amendment
from agent.reading.structure import ContractView, fold


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`reference`, and of an amendment `amends`: the reference of the contract that it changes, else its title."""
    tokens = list(_tokens(view))
    title = known.value("title")
    amends = title is not None and is_amendment(title)
    own = _own_reference(tokens, amends)
    if own is not None:
        yield Candidate("reference", own.value, (own.quote,), round(min(own.weight, 1.0), 2), "reference.first_page")
    if amends:
        base = _amended(view, tokens, own)
        if base is not None:
            yield base


@dataclass(frozen=True)
class _Token:
    """A number on the first pages; ``weight`` by what is written before it.

    ``base``: in an amendment, it names the contract that is changed.
    """

    value: str
    weight: float
    quote: Quote
    base: bool
    order: int


_NUMBER_WORD = (
    r"(?=\S*\d)(?P<token>\d{1,3}(?: \d{3}){1,3}(?!\d)(?-i: [A-Z]\b)?|"
    r"[A-Z0-9][\w]*(?:[/._–-][\w]+)*(?-i: [A-Z]\b)?)"
)
_INTRODUCED = re.compile(
    r"(?:(?<!\w)(?P<label>contrat(?: d(?:e|u|es) [\w' -]{3,50}?)?|march[ée](?: public)?(?: (?:de|d')[ \w]{3,20})?|"
    r"convention|bail|accord(?:-cadre)?|agreement|contract|avenant|conditions particuli[èe]res|bon de commande|"
    r"order form|dossier(?: d'achat)?|r[ée]f[ée]rences?(?: interne)?(?: d[ue] (?:la |l['’])?(?:contrat|march[ée]|"
    r"modification|avenant|acte))?|r[ée]f\.?|"
    r"num[ée]ro(?: de (?:contrat|march[ée]))?|our (?:ref\w*|file)|notre r[ée]f\w*|lease|police|purchase order|"
    r"license|licence|acte|document|policy|opération|affaire)\s*(?P<mark>n\s?[°º]|n[oº]\.?(?=\s)|no\.|number|"
    r"num[ée]ro|nr\.?|#|:|r[ée]f(?:[ée]rence)?\.?|id|code)?|(?<!\w)(?P<alone>n\s?[°º]|no\.|nr\.))"
    r"\s*:?\s*" + _NUMBER_WORD,
    re.IGNORECASE,
)
_NOT_OURS = re.compile(
    r"\b(?:loi|decret|ordonnance|arrete|deliberation|article|art\.?|devis|offre|proposition|orias|licence|rcs|siren|"
    r"siret|tva|vat|hrb|naf|ape|cnaps|iban|compte|telephone|tel\.?|fax|lot|annexe|page|police|avis|consultation|"
    r"ordre de service|registre|engagement|erp|decision|mandat|exemplaire|version|edition|lrar|courrier|indice|"
    r"facture|commande erp|register|registered|section|under|form|file|commission|exhibit|schedule|rule|act|"
    r"regulation|codex|code|cadastr\w+|quittance|habilitation|formulaire)[\s:.]*(?:de |d'|du |la |le |numero |n\s?°|"
    r"no\.?|sous )*$"
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
_OF_OTHERS = re.compile(r"\b(?:avocats?|notaires?|notariale?|cabinet|scp|etude|administrateur de biens|huissiers?)\b")
_COMPOSED = re.compile(r"(?!(?:ISO|NF|EN|IDCC|COVID)\b)(?=.*[A-Z]{2})(?=.*\d{2}).*[-/_.].*")
_SEGMENT = re.compile(r"[^|·•\t]+?(?=\s[–—-]\s|[|·•\t]|$)|(?<=\s[–—-]\s)[^|·•\t–—]+")
_CODE_LINE = re.compile(r"(?:[A-Z]{1,10}[-/._]?)?[A-Z0-9]*\d[A-Z0-9]*(?:[-/._ ][A-Z0-9]+){0,5}")
_DATE = re.compile(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,3}/\d{1,3}|\d{4}-\d{2}-\d{2}|\d{1,2}|(?:19|20)\d\d|\d{1,3}(?:[.,]\d+)+"
)
_BASE = re.compile(
    r"(?:modifie|amends?|complete|au|du|to|relatif au|supplements?)\s+(?:the |le |la )?(?:contrat|marche|convention|"
    r"bail|agreement|accord|contract|lease)\b[^.;]{0,60}$"
)


def _tokens(view: ContractView) -> Iterator[_Token]:
    for order, first in enumerate(_blocks(view)):
        found = list(_introduced(first, order))
        yield from found or _bare(first, order)


def _blocks(view: ContractView) -> Iterator[FirstBlock]:
    yield from first_blocks(view)
    for clause in view.clauses:
        if clause.part == "margin":
            yield from (FirstBlock(block, 5, clause) for block in clause.blocks[:4])


def _introduced(first: FirstBlock, order: int) -> Iterator[_Token]:
    """Numbers with a word before them that says what they number: `Marché n° 2023-EDU-027`, `Ref. PA-2025/02`."""
    text, folded = first.block.text, fold(first.block.text)
    for match in _INTRODUCED.finditer(text):
        label, mark = fold(match["label"] or "").strip(), match["mark"] or match["alone"] or ""
        value, start = match["token"].strip(), match.start()
        before = folded[max(0, start - 40) : start]
        heads_line = label in ("police", "policy") and start < 4
        if not _is_token(value, marked=bool(mark)) or (_NOT_OURS.search(before + label) and not heads_line):
            continue
        if label == "dossier" and _OF_OTHERS.search(folded):
            continue
        told = _GENRE_BEFORE.search(folded[:start]) is not None
        weight = next(
            (w for pattern, w in _WEIGHT if pattern.search(label)), 0.85 if told else 0.8 if start < 4 else 0.2
        )
        if not mark and not label.startswith(("ref", "our ref", "notre ref")):
            weight -= 0.1 if re.search(r"[A-Za-z]", value) and re.search(r"\d", value) else 1
        quote = Quote(text[start : match.end()].strip(), first.clause.document, first.block.start + start)
        base = not label.startswith(("ref", "num")) and (
            _BASE.search(folded[: match.start("token")]) is not None
            or (_CONTRACT.match(label) is not None and _AMENDING.search(before) is None)
        )
        yield _Token(value, weight - 0.01 * first.place, quote, base, order)


def _bare(first: FirstBlock, order: int) -> Iterator[_Token]:
    """A code that stands alone on its line, or between the bars of a running head."""
    text = first.block.text
    if len(text) > 160:
        return
    headed = first.clause.part == "margin" or first.place < 4
    for match in _SEGMENT.finditer(text):
        value = match[0].strip()
        if len(value) <= 30 and _CODE_LINE.fullmatch(value) and _is_token(value, marked=False):
            start = match.start() + len(match[0]) - len(match[0].lstrip())
            weight = 0.8 if value == text.strip() else 0.6
            if weight < 0.8 and not (headed and _COMPOSED.fullmatch(value)):
                continue
            yield _Token(
                value,
                weight - 0.01 * first.place,
                Quote(value, first.clause.document, first.block.start + start),
                False,
                order,
            )


def _is_token(value: str, *, marked: bool) -> bool:
    """A reference holds a digit, is no date, no amount, no year, no registration number."""
    if not any(c.isdigit() for c in value) or _DATE.fullmatch(value) or len(value) > 40 or len(value) < 3:
        return False
    digits = re.sub(r"\D", "", value)
    if value.replace(" ", "").isdigit():
        return marked and 4 <= len(digits) <= 12 and len(digits) != 9
    return len(digits) >= 2 or marked


def _own_reference(tokens: list[_Token], amends: bool) -> _Token | None:
    """The surest number; in an amendment, one that goes on from another or that does not number a contract."""
    own = [t for t in tokens if t.weight > 0.35]
    if amends:
        longer = [t for t in own if any(t.value != other.value and t.value.startswith(other.value) for other in tokens)]
        own = longer or [t for t in own if not t.base]
    return max(own, key=lambda t: (round(t.weight, 1), -t.order), default=None)


_CONTRACT = re.compile(r"contrat|marche|convention|bail|accord|agreement|contract|lease|police|policy")
_AMENDING = re.compile(r"avenant|amendment|addendum|additif")
_GENRE_BEFORE = re.compile(
    r"\b(?:contrat|marche|convention|bail|accord|accord-cadre|avenant|agreement|contract|lease|"
    r"protocole)\b[^.;:,()]{0,80}$"
)
_AMENDED_TITLE = re.compile(
    r"\b(?:(?:avenant|additif)[^.]{0,20}?\s(?:au|a la|a l'|aux|du)\s|amendment[^.]{0,25}? to (?:the |"
    r"that )?)(?P<base>(?:certain )?(?:contrat|convention|bail|marche|accord|police|agreement|lease|"
    r"[a-z ]{3,60}agreement|contract)\b[^.;]{0,140})"
)
_BASE_TOLD = re.compile(
    r"(?:amends?|varies|vary|modif(?:ies|y)|supplements?)\s(?:the |that )?(?P<one>[a-z ]{0,60}(?:agreement|contract|"
    r"lease)\b[^.;]{0,80})|\b(?:un|le|la) (?P<two>(?:contrat|convention|bail|marche|accord)\b[^.;,]{0,80}),? "
    r"(?:que|dont) "
    r"(?:le present|cet|l') ?avenant|(?:modifie|complete|proroge|prolonge) (?:le |la "
    r")(?P<three>(?:contrat|convention|bail|"
    r"marche|accord)\b[^.;]{0,100})"
)
_BASE_LABEL = re.compile(
    r"\b(?:contrat|marche|convention|bail|accord(?:-cadre)?|police|agreement|contract|lease)(?: public| principal)? "
    r"(?:modifiee?|initiale?|de base|d'origine|concernee?|principale?|amende|amended|varied)|"
    r"\b(?:amended|original|principal|varied) (?:agreement|contract|lease)"
)
_CODE_START = re.compile(r"(?=\S*\d)[A-Z0-9]\w*(?:[/._–-]\w+)*(?=$|[\s,;(])")
_NUMBER_FIELD = re.compile(r"(?:numero|n\s?°|reference|ref\.?|number|no\.?)(?: du (?:contrat|marche).*)?")
_BASE_NUMBER = re.compile(
    r"\b(?:contrat|marche(?: public)?|convention|bail|accord(?:-cadre)?|agreement|contract|"
    r"lease)\b[^.;:]{0,60}?\s(?:(?:n\s?°|no\.|number|ref\.?)\s*(?P<token>[a-z0-9][\w]*(?:[/._-][\w]+)*)|"
    r"(?P<bare>(?=[\w/._-]*\d)(?=[\w/._-]*[a-z])\w+(?:[/._-]\w+)+))"
)


def _amended(view: ContractView, tokens: list[_Token], own: _Token | None) -> Candidate | None:
    """The reference of the contract that this one changes, else its title."""
    if (labelled := _labelled_base(view)) is not None:
        return labelled
    others = [t for t in tokens if own is None or t.value != own.value]
    based = [t for t in others if own is not None and own.value.startswith(t.value)] or [t for t in others if t.base]
    if based:
        token = based[0]
        return Candidate("amends", token.value, (token.quote,), 0.9, "reference.amended_reference")
    for clause in view.clauses[:12]:
        if clause.part == "mail":
            continue
        for sentence in clause.sentences:
            if (match := _BASE_NUMBER.search(sentence.folded)) and any(map(str.isdigit, match[match.lastgroup or 0])):
                start, end = match.span(match.lastgroup or 0)
                value = sentence.text[start:end]
                if own is None or value != own.value:
                    return Candidate(
                        "amends", value, (sentence.quote(match.start(), end),), 0.75, "reference.amended_number"
                    )
    for clause in view.clauses[:12]:
        for sentence in clause.sentences:
            if clause.part == "mail":
                continue
            match = _AMENDED_TITLE.search(sentence.folded) or _BASE_TOLD.search(sentence.folded)
            if match:
                start, end = match.span(match.lastgroup or 0)
                return Candidate(
                    "amends",
                    sentence.text[start:end].strip(" ,"),
                    (sentence.quote(start, end),),
                    0.6,
                    "reference.amended_title",
                )
    return None


def _labelled_base(view: ContractView) -> Candidate | None:
    """`Marché initial : 24S041`, or a number in the clause headed `Marché modifié`."""
    for item in view.fields:
        label = item.folded_label
        headed = _BASE_LABEL.search(fold(item.sentence.clause.heading)) and _NUMBER_FIELD.fullmatch(label)
        if item.sentence.part == "mail" or not (headed or _BASE_LABEL.search(label)):
            continue
        value = _CODE_START.match(item.value)
        if value and _is_token(value[0], marked=bool(headed)):
            return Candidate("amends", value[0], (item.quote,), 0.9, "reference.amended_label")
    return None
