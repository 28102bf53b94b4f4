"""Sites: the places where a contract is performed, with their town and postal code; not the parties' head offices."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from agent.reading.grammar.found import Found
from agent.reading.grammar.places import Place, places
from agent.reading.reader import Candidate, Quote
from agent.reading.rules.known import Known
from agent.reading.rules.site_cues import LEFT_OUT, addresses, is_left_out
from agent.reading.structure import ContractView, Sentence, fold
from portfolio.schema import Site

_HEADING = re.compile(
    r"\b(?:lieux?|sites?|locaux|etablissements?|perimetre|designation|implantation|premises|locations?|place of|"
    r"desserte|points? de (?:livraison|comptage)|biens|situation|batiments?|etendue|ce que vous commandez|offices|"
    r"consistance|objet|mission|what each partner|operation|description|livraison|where)\b"
)
_PLACE_HEADING = re.compile(r"\b(?:lieux?|sites?|locaux|designation|perimetre|premises|location|batiments?)\b")
_TOWN_WORD = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]+(?:[-'’][\wà-ÿ]+)*")
_CODE = re.compile(r"\b\d{2} ?\d{3}\b")
_PLURAL = re.compile(
    r"(?:maisons|sites?|etablissements?|lieux|locaux|batiments?|immeubles?|adresses?|usines?|ecoles?|agences?|"
    r"offices?|premises|locations?)\b[^.;]{0,40}:$"
)
_COLUMN = re.compile(
    r"\b(?:sites?|lieux?|etablissements?|batiments?|locaux|offices?|points? de livraison|ecoles?|usines?|magasins?|"
    r"depots?|agences?|pdl|location|premises|designation|immeubles?|structures?|service destinataire|equipements?)\b"
)
_ADDRESS_COLUMN = re.compile(
    r"\b(?:adresses?|commune|ville|localisation|address|city|site|lieux?|etablissements?|code postal)\b"
)
_HERE = re.compile(
    r"(?:lieux? d'execution|lieux? de (?:livraison|travail|la prestation|realisation)|ont pour siege|a pour siege|"
    r"sise?s?\b|situee?s?\b|donne a bail|locaux|ensemble immobilier|site de|sites (?:suivants|de)|livr(?:es?|aison)|"
    r"implante|place of (?:performance|work)|at the\b|premises|located at|delivery (?:point|address)|"
    r"dans les etablissements|installes? (?:a|au)|execute|raccorde|comporte|centre|batiment|\bplace de\b)"
)
_HEAD_OFFICE = re.compile(
    r"siege social|(?:le|son|au|dont le) siege|siege a\b|registered office|domicili|demeurant|rcs\b|siren|siret|"
    r"capital|ayant son|whose (?:registered|principal)|immatricul|represente|notif(?:ication|ier)|notices?\b|"
    r"correspondance|factures? (?:sont|est|doivent)|courrier|adresse de facturation|tribunal|greffe|assureur|"
    r"laboratoire|sous-traitant|courtier|banque|agreee? sous|remise des offres|plis\b"
)
_SITUATED = re.compile(
    r"(?:\b(?:la|le|les|l'|du|de la|de l')\s?)(?P<name>[^,;:.()]{4,70}?)\ssituée?s?\s[^;:]{0,80}?(?:à|au|"
    r"aux)\s(?P<city>[A-ZÀ-Þ][\wà-ÿ'’-]+(?:[ -](?:sur|sous|en|les|la|le|de|du|"
    r"des)[ -][A-ZÀ-Þ][\wà-ÿ'’-]+)*)(?=\s*(?:[,.;)]|$))"
)
_STREET = re.compile(
    r",?\s*(?:\d{1,4}(?:\s?(?:bis|ter|[a-d])\b)?,?\s+)?(?:rue|avenue|av\.|boulevard|bd|place|allee|allees|chemin|"
    r"route|quai|impasse|cours|square|esplanade|promenade|passage|voie|faubourg|zone|z\.?[aic]\.?|parc|lieu-dit|"
    r"rond-point|hameau|sentier|cite|bp|cs|street|road|avenue|lane|way|strasse|[a-z]+allee|[a-z]+gasse|"
    r"[a-z]+strasse)\b|,?\s\d{1,4}(?:\s?(?:bis|ter))?,?\s+(?=[a-z])"
)
_NAMED = re.compile(
    r"(?:\b(?:le|la|les|l'|au|aux|du|de la|the|d')\s?)?(?P<name>(?:groupe scolaire|ecole|college|lycee|centre|"
    r"hopital|clinique|usine|entrepot|plateforme|siege|mairie|mediatheque|stade|piscine|gymnase|musee|theatre|salle|"
    r"batiment|immeuble|hotel|residence|agence|magasin|laboratoire|site|station|bibliotheque|parc|plant|warehouse|"
    r"factory|office|kurhaus|campus|hall|patinoire|prefecture|tour)\b[^,;:()]{0,60})$"
)


@dataclass(frozen=True)
class _Spot:
    """A place of performance: ``name`` and postal code where the contract gives them."""

    name: str | None
    place: Place
    quote: Quote
    confidence: float
    rule: str


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """One candidate a site: rows of tables of sites first, then sentences and lists that say where."""
    seen: list[Site] = []
    spots = [*_tables(view), *_sentences(view, known)]
    spots += [spot for spot in _cued(view, known) if not any(_in(spot.place, other.place) for other in spots)]
    spots = spots or [*_situated(view), *_let(view, known)]
    towns = _towns(view) if spots else {}
    for spot in spots:
        spot = replace(spot, place=_whole(spot.place, towns))
        site = Site(name=spot.name, city=spot.place.city, postal_code=spot.place.postal_code or None)
        if any(_same(site, other) for other in seen):
            continue
        seen.append(site)
        yield Candidate("sites", site, (spot.quote,), spot.confidence, spot.rule)


def _cued(view: ContractView, known: Known) -> Iterator[_Spot]:
    for address in addresses(view, _head_offices(view, known)):
        name = _name_before(address.sentence.text, address.found.start)
        yield _Spot(name, address.found.value, address.quote, address.confidence, "sites.cues")


def _in(place: Place, other: Place) -> bool:
    return fold(place.city) == fold(other.city)


def _towns(view: ContractView) -> dict[str, str]:
    """Postal code to town, where a narrow column broke a town's name (`Montferrand-les-Bai`), as written elsewhere."""
    pieces: dict[str, Counter[str]] = {}
    for sentence in view.sentences:
        for found in places(sentence.text):
            pieces.setdefault(found.value.postal_code, Counter())[found.value.city] += 1
    broken = {code: towns for code, towns in pieces.items() if len(towns) > 1}
    if not broken:
        return {}
    words = Counter(word for sentence in view.sentences for word in _TOWN_WORD.findall(sentence.text))
    whole: dict[str, str] = {}
    for code, towns in broken.items():
        longest = _letters(max(towns, key=lambda town: len(_letters(town))))
        fits = [word for word in words if _letters(word) == longest]
        if len(longest) >= 5 and fits:
            whole[code] = max(fits, key=lambda word: words[word])
    return whole


def _whole(place: Place, towns: dict[str, str]) -> Place:
    town = towns.get(place.postal_code)
    if town is None or not _letters(town).startswith(_letters(place.city)):
        return place
    return Place(town, place.postal_code)


def _letters(town: str) -> str:
    return re.sub(r"[^a-z]", "", fold(town))


def _same(a: Site, b: Site) -> bool:
    """Same town, and not two different names in it."""
    if fold(a.city or "") != fold(b.city or ""):
        return False
    first, second = fold(a.name or ""), fold(b.name or "")
    return not first or not second or first in second or second in first


def _tables(view: ContractView) -> Iterator[_Spot]:
    for row in view.rows:
        if row.part in ("margin", "mail", "general") or row.clause.is_signature:
            continue
        heads = [fold(head) for head in row.block.heads]
        cells = row.block.cells
        if not heads or cells == row.block.heads or len(cells) < 2:
            continue
        column = next((i for i, head in enumerate(heads) if _COLUMN.search(head)), None)
        address = next((i for i, head in enumerate(heads) if i != column and _ADDRESS_COLUMN.search(head)), column)
        if column is None or address is None or max(column, address) >= len(cells) or is_left_out(row):
            continue
        found = next(iter(places(cells[address])), None)
        if found is None:
            continue
        name = cells[column] if column != address else _name_before(cells[column], found.start)
        name = name.strip() if name else None
        yield _Spot(name or None, found.value, row.quote(), 0.9, "sites.table")


def _sentences(view: ContractView, known: Known) -> Iterator[_Spot]:
    offices = _head_offices(view, known)
    for clause in view.clauses:
        if clause.part in ("margin", "mail", "general", "annex") or clause.is_signature:
            continue
        about = clause.part != "front" and _HEADING.search(clause.folded_heading) is not None
        listed = False
        for sentence in clause.sentences:
            if sentence.block.kind == "table_row":
                continue
            listed = (
                listed or (about and sentence.folded.rstrip().endswith(":")) or bool(_PLURAL.search(sentence.folded))
            )
            if not _CODE.search(sentence.folded):
                continue
            here = _HERE.search(sentence.folded) is not None
            if (
                not listed
                and not (about and here)
                and not (here and clause.part != "front" and "execution" in sentence.folded)
            ):
                continue
            if _HEAD_OFFICE.search(sentence.folded) or LEFT_OUT.search(sentence.folded):
                continue
            for found in places(sentence.text):
                if _street(sentence, found) in offices and not _PLACE_HEADING.search(clause.folded_heading):
                    continue
                name = _name_before(sentence.text, found.start)
                quote = (
                    sentence.quote()
                    if len(sentence.text) <= 300
                    else sentence.quote(max(0, found.start - 120), found.end)
                )
                yield _Spot(name, found.value, quote, 0.75 if here else 0.6, "sites.sentence")


def _situated(view: ContractView) -> Iterator[_Spot]:
    """`la piscine du Stade située 111 avenue d'Alsace à Chambéry`: a name and a town without postal code."""
    for clause in view.clauses:
        if clause.part in ("margin", "mail", "general", "annex", "front") or clause.is_signature:
            continue
        for sentence in clause.sentences:
            if " situe" not in sentence.folded or _HEAD_OFFICE.search(sentence.folded):
                continue
            if match := _SITUATED.search(sentence.text):
                name = match["name"].strip(" -–•")
                yield _Spot(
                    name,
                    Place(match["city"], ""),
                    sentence.quote(match.start("name"), match.end()),
                    0.6,
                    "sites.situated",
                )


def _let(view: ContractView, known: Known) -> Iterator[_Spot]:
    """The address below the title of a lease."""
    if known.value("contract_type") != "lease":
        return
    for clause in view.front:
        for sentence in clause.sentences:
            if len(sentence.text) > 140 or _HEAD_OFFICE.search(sentence.folded) or "@" in sentence.text:
                continue
            for found in places(sentence.text):
                name = sentence.text[: found.start].strip(" ,-–(") or None
                yield _Spot(name, found.value, sentence.quote(), 0.7, "sites.let")
                return


def _head_offices(view: ContractView, known: Known) -> set[str]:
    """The folded streets given for the parties on the first page."""
    offices: set[str] = set()
    for clause in view.clauses[:8]:
        for sentence in clause.sentences:
            introduces = clause.part == "front" and not _PLACE_HEADING.search(fold(clause.heading))
            if introduces or _HEAD_OFFICE.search(sentence.folded):
                offices.update(_street(sentence, found) for found in places(sentence.text))
    return {office for office in offices if office}


def _street(sentence: Sentence, found: Found[Place]) -> str:
    before = sentence.folded[max(0, found.start - 60) : found.start]
    numbers = list(re.finditer(r"\d{1,4}(?:\s?(?:bis|ter))?,? [a-z]", before))
    return before[numbers[-1].start() :].strip(" ,") if numbers else ""


def _name_before(text: str, end: int) -> str | None:
    """The place's own name before its address: `Usine d'Angers, 27 rue…, 49000 Angers` gives `Usine d'Angers`."""
    folded = fold(text[:end])
    street = _STREET.search(folded)
    stop = street.start() if street else len(folded.rstrip(" ,("))
    head = folded[:stop].rstrip(" ,(")
    start = max(head.rfind("\t"), head.rfind(";"), head.rfind(":"), head.rfind("•")) + 1
    whole = text[start:stop].strip(" ,(–-•")
    if (
        len(whole.split()) <= 9
        and whole[:1].isupper()
        and not re.search(r"\b(?:est|sont|is|are|a pour|ont)\b", fold(whole))
    ):
        return whole or None
    named = _NAMED.search(head[max(0, len(head) - 90) :])
    if named is None:
        return None
    begin = max(0, len(head) - 90) + named.start("name")
    return text[begin:stop].strip(" ,(")
