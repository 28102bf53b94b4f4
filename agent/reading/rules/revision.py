"""How the price is revised: by indices and a formula, not at all, or freely; when, and within which cap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from agent.reading.grammar import dates, durations
from agent.reading.grammar.numbers import WORDS, digits, words
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, best, candidate
from agent.reading.rules.formula import formulas, indices
from agent.reading.rules.known import Known
from agent.reading.rules.topics import Line, topical
from agent.reading.structure import ContractView, Sentence
from portfolio.schema import RevisionKind
from portfolio.values import Duration


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """All fields of `price_revision`; none where the contract says nothing of it."""
    lines = list(topical(view))
    formula = best(view, formulas(lines))
    kind = best(view, [*_kinds(lines), *_indexed_by(formula)])
    if kind is None:
        return
    yield candidate("price_revision.kind", kind)
    if kind.value != "indexed":
        return
    own = _own_lines(lines, kind.sentence, formula.sentence if formula else kind.sentence)
    if formula:
        yield candidate("price_revision.formula", formula)
    for name in indices(own, formula.value if formula else ""):
        yield candidate("price_revision.indices", name)
    home = {id(s.clause) for s in (kind.sentence, *((formula.sentence,) if formula else ()))}
    yield from _when(view, lines, own, home, known)
    cap = best(view, _caps(own)) or best(view, _caps([line for line in lines if _RISES.search(line[1])]))
    if cap:
        yield candidate("price_revision.cap_percent", cap)


def _own_lines(lines: list[Line], *sentences: Sentence) -> list[Line]:
    """The lines of the sentences' clauses, and of their sub-clauses: 8.3 and 8.5 belong together."""
    articles = {(s.clause.document, s.part, _article(s.clause.number)) for s in sentences if s.clause.number}
    clauses = {id(s.clause) for s in sentences}
    return [
        line
        for line in lines
        if id(line[0].clause) in clauses
        or (line[0].clause.document, line[0].part, _article(line[0].clause.number)) in articles
    ]


def _article(number: str) -> str:
    """The article that a clause number belongs to: `8` of `8.3`, `b.7` of `b.7.2`."""
    parts = number.split(".")
    return ".".join(parts[: 1 if parts[0].isdigit() else 2])


# --- kind ------------------------------------------------------------------------------------------------------------

_PRICE = re.compile(
    r"\b(?:prix|tarifs?|loyers?|forfaits?|redevances?|abonnements?|cotisations?|primes?|remuneration|honoraires|"
    r"montants?|contribution|mensualites?|termes?|bordereau|"
    r"fees?|rents?|prices?|rates?|charges|premium|compensation|navette|fourniture|taux horaires?)\b"
)
_MOVED = (
    r"(?:revis|index|actualis|vari|ajust|suit\b|suivra|suivent|suivant|evolu|multipli|proportionnel|recalcul|reevalu|"
    r"revaloris|reajust|bouge|progress|augment|adjust|increas|escalat|uplift|reset|\bmove|\brevie?w)"
)
_MEASURE = (
    r"(?:indices?\b|index\b|ilat\b|\bilc\b|\birl\b|(?:l'|indices? )icc\b|icht|syntec|formule|formula|coefficient|"
    r"consumer price|\bhicp\b|harmoni[sz]ed index|taux d'inflation|inflation\b|"
    r"retail price|\bcpi|\brpi\b|insee|smic|\bbt ?\d\d|\btp ?\d\d|\bfsd ?\d|\bcnr\b|\bffb\b|\bebi|\bttf\b|\bpeg\b|"
    r"\bpsv?\b|tarifs? reglementes?|\btrv|salaires? minim|bareme|mercuriale|\bcotations?\b|convention collective|"
    r"percentage change)"
)
_PRICED = (
    r"(?:prix|tarifs?|abonnement|forfait|redevance|loyers?|remuneration|honoraires|montants?|cotisation|"
    r"^ils|^elles?|^il)"
)
_KINDS: tuple[tuple[RevisionKind, float, str], ...] = (
    ("fixed", 0.93, r"^(?:evolution|revision|variation|indexation|actualisation)[^\t:]{0,40}[\t:]\s*(?:\W{0,4}\s*)"
                    r"(?:fermes?|fixes?|neant|aucune?|non|sans|pas|exclue)\b"),
    ("indexed", 0.9, rf"{_MOVED}[a-z]*[^;]{{0,140}}{_MEASURE}|{_MEASURE}[^;]{{0,80}}{_MOVED}|"
                     r"^(?:indices?|index)(?: (?:de |d')(?:reference|revision|base|indexation))?\s?[\t:]\s?\S|"
                     r"clause d'(?:indexation|echelle mobile)|indexee? sur|linked to the (?:consumer|retail) price"),
    ("fixed", 0.84, rf"{_PRICED}\b[^.;]{{0,80}}(?:sont|est|seront|sera|restent?|resteront|demeurent?|demeureront) "
                    r"(?:donc |reputee?s? |etablie?s? |stipulee?s? |consentie?s? )?(?:fermes?|fixes?|invariables?|"
                    r"definitifs?|actualisables?|inchangee?s?)\b|"
                    rf"{_PRICED}\b[^.;]{{0,80}}\b(?:ne|n')\s?(?:bougent?|(?:sont|seront|est|sera|peuvent|peut|"
                    r"pourra|fera|feront|fait|font|subira)[^.;]{0,25}\b(?:revise|revisable|indexe|actualise|varier|"
                    r"pas\b|"
                    r"aucune (?:revision|variation|indexation|actualisation)))|"
                    r"prix (?:est |sont )?(?:unitaires? |forfaitaires? |globa(?:l|ux) )?(?:fermes?|fixes?)\b|"
                    r"non (?:revisables?|indexee?s?)|sans (?:revision|indexation)|"
                    r"(?:prices?|fees?|rates?|rent)[^.;]{0,60}(?:shall |will |are |is )?(?:be |remain )?"
                    r"(?:fixed|firm)\b"),
    ("indexed", 0.72, r"\bprix (?:sont |est |seront )?(?:[a-z]+ment )?revisables?\b(?! (?:d'un|par) (?:commun )?"
                      r"accord)"),
    ("free", 0.82, r"(?:renegoci|reexamin|rediscut)[a-z]*[^.;]{0,50}(?:prix|tarifs?|honoraires|remuneration)|"
                   r"(?:prix|tarifs?|rien|remuneration|forfait|conditions|honoraires|taux)[^;]{0,110}(?:librement|"
                   r"d'un commun accord|sans l'accord|par accord|accord ecrit|avec l'accord|de gre a gre|"
                   r"renegoci|reexamin|revus? (?:chaque|annuellement))|(?:pouvons|peut|pourra|"
                   r"se reserve)[^;]{0,60}(?:revis|modifi|augment|faire evoluer)[a-z]*[^;]{0,30}(?:tarifs?|prix|"
                   r"abonnement)|"
                   r"(?:may|right to|reserves?)[^.;]{0,60}(?:increase|change|adjust|modify|"
                   r"revise)[^.;]{0,40}(?:prices?|fees?|rates?)|(?:prices?|fees?|rates?)[^.;]{0,60}"
                   r"(?:may be (?:changed|increased|adjusted)|mutual agreement|negotiat)"),
)  # fmt: skip
_PATTERNS = tuple((kind, weight, re.compile(pattern)) for kind, weight, pattern in _KINDS)
_MEASURED = re.compile(rf"{_MEASURE}|clause d'|indexee? sur|linked to|revisable")
"""Without one of these nothing is indexed: spares most sentences the long patterns."""
_HEAD = re.compile(
    r"\b(?:revis|index|varia|evolution|prix|tarif|loyer|cotisation|redevance|price|fees?|rent|adjust|"
    r"financ|remuneration|escalat|gazole|carburant|echelle|actualis|bouge|rates?\b|charges)"
)
_REVISES = re.compile(
    r"indice|bareme|inchang|aucune|revus?\b|revoir|commun accord|de gre a gre|increas|augment|chang|negotiat|review|"
    r"revis|index|varia|varie|ajust|actualis|evolu|suit\b|suivra|multipli|coefficient|adjust|"
    r"escalat|ferme|bouge|invariable|modifi|renegoci|recalcul|reevalu|revaloris|reset|\bmoves?\b|uplift|fixes?\b|"
    r"fixed"
)
_WHILE = re.compile(r"jusqu'au|pendant (?:la|les|une) (?:premiere|periode|\w+ premier)|premiere annee|(?:ferme|fixe|"
                    r"invariable)s? (?:\w+ )?(?:pendant |durant )?(?:\w+ )?(?:mois|an\b|ans)|"
                    r"durant|during the first|until|for the first|periode initiale|pendant deux ans")  # fmt: skip
_OTHER = re.compile(
    r"penalit|capital|subvention|provision|quote-part|ordre des pieces|depot de garantie|"
    r"sous-traitant|sera reajuste|stock|exercise price|per share|purchase price"
)

_UNLESS = re.compile(
    r"sauf (?:option|stipulation|disposition|mention|choix)|unless otherwise|le cas echeant|"
    r"if stated"
)
_NEVER = re.compile(
    r"(?:ne (?:pourra|peut|saurait)|sans pouvoir)[^.;]{0,60}(?:invoquer|se prevaloir|pretendre|"
    r"demander)"
)


def _kinds(lines: list[Line]) -> Iterator[Finding[RevisionKind]]:
    for sentence, text, heading in lines:
        if not _REVISES.search(text) and not _REVISES.search(heading):
            continue
        in_head = bool(_HEAD.search(heading))
        measured = _MEASURED.search(text) is not None
        revising = bool(re.search(r"revis|index|varia|evolution|adjust|escalat|echelle|actualis|bouge", heading))
        for kind, weight, pattern in _PATTERNS:
            if kind == "indexed" and not measured:
                continue
            match = pattern.search(text)
            if match is None:
                continue
            if not in_head:
                weight -= 0.12
            if not (_PRICE.search(text) or revising or in_head):
                weight -= 0.25
            if _UNLESS.search(text):
                weight -= 0.15
            if _OTHER.search(text) or _NEVER.search(text):
                weight -= 0.25
            if kind == "fixed" and _WHILE.search(text):
                weight -= 0.3
            if sentence.part in ("annex", "mail", "front"):
                weight -= 0.12
            if weight > 0.55:
                yield Finding(kind, sentence, match.start(), match.end(), weight, f"revision.{kind}")
            break


def _indexed_by(formula: Finding[str] | None) -> Iterator[Finding[RevisionKind]]:
    if formula:
        yield Finding("indexed", formula.sentence, formula.start, formula.end, 0.95, "revision.formula")


# --- when ------------------------------------------------------------------------------------------------------------

_MOVES = re.compile(_MOVED + r"|coefficient|hausse|applique")
_EACH = re.compile(
    r"chaque|tous les|toutes les|suivant|each|every|annuel|de l'annee|annual|par an\b|multipli|"
    r"recalcul|premiers?\b|mensuel|trimestriel"
)
_ANNIVERSARY = re.compile(r"anniversa(?:ire|ry)")
_OF_START = re.compile(
    r"anniversaire (?:de (?:la |sa )?)?(?:prise d'effet|entree en vigueur|effet|debut|contrat|"
    r"bail|sa date d'effet)|anniversary of the (?:effective|commencement|start)|"
    r"date anniversaire du contrat"
)
_NOT_RHYTHM = re.compile(
    r"(?:loyer|forfait|redevance|hausse|evolution|prix|cotisation|montant|moyenne|variation|"
    r"budget|progression|abonnement|plan|bilan|au cours|duree)s? $"
)


_PRINCIPAL = re.compile(r"(?:a|chaque) (?:chaque )?(?:l')?echeances? (?:principale|annuelle|anniversaire|du contrat)")
_DUE_DAY = re.compile(r"echeance (?:principale|annuelle|anniversaire)?")
_THEREAFTER = re.compile(
    r"^[^.;]{0,25}(?:meme date|(?:puis|et|ensuite)[^.;]{0,20}(?:chaque annee|tous les ans|annuellement|chaque an\b)|"
    r"(?:and|then)[^.;]{0,20}(?:each year|every year|annually|anniversar))"
)
_YEARLY_ON = re.compile(r"\b(?:annuel(?:le)?s?|annual|yearly)[^.;]{0,25}\b(?:du|le|au|of|on) $")
"""`la révision annuelle du 1er juillet 2027`"""
_OF_ANOTHER_DAY = re.compile(
    r"^\s(?:date )?(?:de (?:la |l')?(?:signature|livraison|publication|parution)|of (?:its|"
    r"the) (?:signature|date))"
)
_NOT_HOME = 0.12
"""A clause of the same article that is not that of the revision itself says less."""


def _when(view: ContractView, lines: list[Line], own: list[Line], home: set[int], known: Known) -> Iterator[Candidate]:
    start: date | None = known.value("start_date")
    every: list[Finding[Duration]] = []
    on: list[Finding[str]] = []

    def yearly(sentence: Sentence, begin: int, end: int, weight: float, day: str | None, rule: str) -> None:
        every.append(Finding(Duration(years=1), sentence, begin, end, weight, rule))
        if day:
            on.append(Finding(day, sentence, begin, end, weight, rule))

    for sentence, text, _ in own:
        off = 0.0 if id(sentence.clause) in home else _NOT_HOME
        if not _MOVES.search(text):
            continue
        days = [f for f in dates.month_days(text) if _EACH.search(text[max(0, f.start - 60) : f.end + 40])]
        for found in days:
            yearly(sentence, found.start, found.end, 0.9 - off, found.value, _ON_DAY)
        for day in dates.find(text):
            if _THEREAFTER.search(text[day.end : day.end + 60]) or _YEARLY_ON.search(text[: day.start]):
                yearly(sentence, day.start, day.end, 0.85 - off, f"{day.value:%m-%d}", _ON_DAY)
        if match := _ANNIVERSARY.search(text):
            of_start = f"{start:%m-%d}" if start and _OF_START.search(text) else None
            if of_start is None and start and _OF_ANOTHER_DAY.search(text, match.end()) is None:
                of_start = f"{start:%m-%d}"
            yearly(sentence, match.start(), match.end(), 0.86 - off, of_start, "revision.anniversary")
        elif match := _PRINCIPAL.search(text):
            yearly(sentence, match.start(), match.end(), 0.8 - off, _due_day(lines), _ON_DAY)
        every.extend(
            Finding(f.value, f.sentence, f.start, f.end, f.weight - off, f.rule) for f in _rhythms(sentence, text)
        )
    if frequency := best(view, every, same=Duration.equals):
        basis = "a day of the year, hence every year" if frequency.rule == _ON_DAY else None
        yield candidate("price_revision.frequency", frequency, basis=basis)
    if day_ := best(view, on):
        basis = "the day named elsewhere" if day_.rule != _ON_DAY or _PRINCIPAL.search(day_.sentence.folded) else None
        yield candidate("price_revision.month_day", day_, basis=basis)


_ON_DAY = "revision.month_day"


def _due_day(lines: list[Line]) -> str | None:
    """The day of the yearly due date, as insurance contracts name it: `échéance principale : 1er janvier`."""
    for _, text, _ in lines:
        for match in _DUE_DAY.finditer(text):
            for found in dates.month_days(text[match.end() : match.end() + 40]):
                return found.value
    return None


def _rhythms(sentence: Sentence, text: str) -> Iterator[Finding[Duration]]:
    for rhythm in durations.rhythms(text):
        described = _NOT_RHYTHM.search(text[max(0, rhythm.start - 14) : rhythm.start])
        if not described and not _ANNIVERSARY.search(text[rhythm.start : rhythm.end]):
            yield Finding(rhythm.value, sentence, rhythm.start, rhythm.end, 0.76, "revision.rhythm")


# --- cap -------------------------------------------------------------------------------------------------------------

_PERCENT = re.compile(
    rf"(?P<digits>\d{{1,3}}(?:[.,]\d{{1,3}})?)\s?(?:%|pour cent|percent|per cent)|"
    rf"(?P<words>{WORDS})(?: \([^)]{{1,8}}\))? (?:pour cent|percent|per cent)"
)
_CAPS = re.compile(
    r"sans pouvoir|de plus (?:de |d')|plafon|limit|exce|depass|superieure?|maxim|ecrete|butoir|\bborne|\bcap\b|"
    r"capped|(?:not|by|no) more than|"
    r"no more than|never[^.;]{0,40}more than|at most|lesser of|greater than|ramenee? a|au plus\b"
)
_FORMER = re.compile(
    r"\b(?:anterieurement|precedemment|auparavant|initialement|au lieu|formerly|"
    r"previously)[^,;]{0,12}$"
)
_RISES = re.compile(r"\b(?:hausse|revision|indexation|evolution (?:annuelle|des prix)|increase|variation)s?\b")
_NO_CAP = re.compile(
    r"resili|rencontr|entrevue|reexam|renegoci|sauvegarde|mettre fin|denonc|terminat|penalit|"
    r"interet|tva|retenue|s'eloigne|moins de|population|tonnage|\bvolumes?\b|frequentation|rompre|quitter"
)


def _caps(own: list[Line]) -> Iterator[Finding[float]]:
    for sentence, text, _ in own:
        if not _CAPS.search(text) or (_NO_CAP.search(text) and "plafonn" not in text):
            continue
        for match in _PERCENT.finditer(text):
            before = text[max(0, match.start() - 110) : match.start()]
            value = digits(match["digits"]) if match["digits"] else words(match["words"])
            if value is not None and 0 < value <= 50 and _CAPS.search(before) and not _FORMER.search(before):
                yield Finding(float(value), sentence, match.start(), match.end(), 0.88, "revision.cap")
                break
