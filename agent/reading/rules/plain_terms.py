"""First day, length and last day told in plain words, whatever the heading above them.

`starts`, `lengths` and `last_days` know many phrases and trust them most under a heading that speaks of the term. Here
only the shape of the sentence counts: the contract (or what it is about) is its subject, a word of time stands before
the day or the length, and nothing between the two speaks of something else. What is found so weighs little: it is taken
where nothing is told surer, or where it makes a term that adds up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from agent.reading.grammar import dates, durations
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, candidate, cover_parts, spoken
from agent.reading.structure import ContractView, Sentence
from portfolio.values import Duration

_WEIGHT = 0.68
_ONLY_RANGE = 0.64
_NEAR = 120

_SUBJECT = re.compile(
    r"\b(?:(?:contrat|marche|bail|convention|accord|accord-cadre|police|abonnement|engagement|mission|location|mandat|"
    r"licence|partenariat|concession|occupation|mise a disposition|collaboration|sous-traitance|delegation|adhesion|"
    r"souscription|periode|duree|lettre de mission|commande|(?<=la )garantie|(?<=les )garanties|prestations?|"
    r"services?|travaux|chantier|"
    r"interventions?|formation|stage|fourniture|livraisons?|exploitation|occupant|locataire|preneur|prestataire|"
    r"titulaire|salariee?|entreprise|etude|exposition|saison|delai)\b"
    r"|(?:conclu|consenti|accorde|souscri|passe|signe|donne|loue|engage|autorise|confie|valable|applicable)[a-z]*\b"
    r"|^\W*(?:il|elle|celui-ci|celle-ci)\b)"
)
"""What begins, lasts and ends: the contract by one of its names, what is done under it, who is bound, or the act."""

_BEGINS = re.compile(
    r"\b(?:a compter|a partir|a dater|compter|des|depuis)\b(?: retroactivement)? (?:du|le)\s(?:[a-z]+di )?$"
    r"|\b(?:debut|demarr|commenc|pren(?:d|dra|nent|dront|ant) (?:effet|cours)|effet|vigueur|cour(?:t|ra|ir|ent)\b|"
    r"depart|ouvr|jouissance|disposition|entree|installation|engag|lance)[a-z]*\b[^;]{0,45}?(?:\b(?:du|le|au)|:)\s"
    r"(?:[a-z]+di )?$"
)
_LASTS_UNTIL = re.compile(
    r"\b(?:jusqu'au|jusqu'a la date du|jusqu'a)\s(?:[a-z]+di )?$"
    r"|\b(?:termin|achev|expir|cess|clos|clot|pren(?:d|dra|dre|nent|dront) fin|fin\b|finir|terme\b|echeance|"
    r"s'arret|eteint|echoi|se ferm|derniere?)[a-z]*\b[^;]{0,60}?(?:\b(?:le|au|du)|:)\s(?:[a-z]+di )?$"
)
_RUNS_FOR = re.compile(
    r"\b(?:pendant|durant|pour|sur|dure(?:ra|nt|ront)?|de|a|est d'|:|dans un delai de)\s?"
    r"(?:(?:une |la |toute la )?(?:duree|periode|delai)\b[^.;\d]{0,30}?(?:de |d')|un delai de )?(?:encore )?$"
    r"|\b(?:li(?:e|ent|era) les parties|dure(?:ra)?|couvr(?:e|ira)|compte|comprend|comporte|vaut|valable|court|"
    r"duree :)\s$"
)
_FROM_THEN = re.compile(
    r"^,? (?:[a-z]+ ){0,2}(?:, [^.;,]{2,20}, )?(?:a compter|a partir|a dater|qui (?:court|commence|debute))\b"
)
"""`Douze mois à compter de`: a length that opens its sentence, or follows `pour`, and runs from a day is the term's."""
_DURING = re.compile(r"^ durant\b")
_AT_THE_END = re.compile(
    r"\b(?:au bout d[e']|a l'issue d[e']|au terme d[e']|a l'expiration d[e']) ?(?:une? (?:duree|periode) (?:de |d'))?$"
)
_IS_OVER = re.compile(r"^,? [^.;]{0,40}?\b(?:cess|pren(?:d|dra) fin|expir|termin|s'ache|s'arret)")
"""`Au bout de douze mois, elle cesse`"""
_FOR_IT = re.compile(r"(?:^\W*|\bpour (?:une (?:duree|periode) (?:ferme |initiale )?(?:de |d'))?)$")
_TERM = re.compile(
    r"\bdure(?!es? de (?:vie|conservation|validite))|\bvigueur|\bperiode (?:initiale|ferme|d'engagement|contractuelle)|"
    r"\b(?:conclu|consenti|souscri|passe|loue|engage|autorise|confie|donne)e?s?\b[^.;]{0,60}\bpour\b|"
    r"s'eten|\bli(?:e|ent|era) les parties|\bperiode\b|\bvalable\b|\bcouvr|delai d'execution|debut|commenc|"
    r"\bpour\b.{0,60}\b(?:a compter|a partir|a dater)|\bprend effet\b"
)

ELSEWHERE = re.compile(
    r"\b(?:revis|index|actualis|prix|tarif|bareme|paiement|payable|factur|penalit|reconduc|recondui|renouvel|prolong|"
    r"proroge|resili|denonc|preavis|conge\b|garantie (?:decennale|biennale|de)|garantie?s? pour|essai|preced|"
    r"(?:contrat|marche|convention|bail|tarif) anterieur|ancien(?:ne)? (?:contrat|bail|marche|convention|"
    r"titulaire|prestataire)|remplac|substitu|"
    r"abrog|annul|offre|devis|propos|attestation|certificat|agrement|habilitation|loi\b|decret|"
    r"arrete (?:du|municipal|prefectoral)|deliberation|nee? le|option|exclusiv|confidential|archiv|conserv|"
    r"reception des? offres|reclam|acompte|"
    r"avance|retard|previsionnel|indicatif|hypothes|cible|reunion|visite|bilan|rapport|compte[ -]rendu|livrable|"
    r"remise|remett|transmi|subvention|versement|solde|budget|tranche optionnelle|mise en demeure|suspen|fermeture|"
    r"conges|vacances|au-dela|maximale?|totale|en cas|decennal|cherchee?|pretention|concurren|interdi|debauch|"
    r"sollicit|prescrit|prescription|responsab)"
)
"""Words that make a day or a length one of something else than the term."""
_OTHER_HEAD = re.compile(
    r"\b(?:prix|tarif|paiement|factur|revision|penalit|resiliation|confidentialite des|conservation|garantie|assurance|"
    r"historique|rappel|contexte|expose|preambule|calendrier|planning|livrable|propriete|donnees)"
)
"""Headings under which a day or a length is seldom the term's."""
_AFTER_ELSEWHERE = re.compile(
    r"^[^.;,]{0,30}\b(?:avant|apres|suivant|a l'avance|de preavis|au plus (?:tot|tard)|ouvr|calendaires? (?:a|apres)|"
    r"maximum|au total|par (?:an|mois)|reconduct|renouvel)|^ ?(?:h\b|heures)"
)


_FORMER = re.compile(r"\b(?:initialement|primitivement|d'abord|precedemment|anterieurement)[^.;,]{0,24}$")


def _scope(text: str, start: int) -> str:
    """The words before a day that belong to its clause."""
    before = text[max(0, start - _NEAR) : start]
    return before[max(before.rfind(";"), before.rfind("(")) + 1 :]


def _apart(view: ContractView) -> frozenset[str]:
    return frozenset(cover_parts(view) | {"annex", "mail"})


def _told(scope: str, cue: re.Pattern[str]) -> bool:
    found = None if _FORMER.search(scope) else cue.search(scope)
    return found is not None and ELSEWHERE.search(scope[max(0, found.start() - 60) :]) is None


def _lines(view: ContractView) -> Iterator[tuple[Sentence, str]]:
    apart = _apart(view)
    for sentence, text, heading in spoken(view):
        if sentence.part not in apart and not sentence.clause.is_signature and not _OTHER_HEAD.search(heading[-60:]):
            yield sentence, text


def plain_starts(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    """Days after `à compter du`, `débute le`, in sentences about the contract; the first day of its only range."""
    for sentence, text in _lines(view):
        for day in dates.find(text, american):
            scope = _scope(text, day.start)
            if (_SUBJECT.search(scope) or durations.find(scope)) and _told(scope, _BEGINS):
                yield Finding(day.value, sentence, day.start, day.end, _WEIGHT, "dates.plain_start")
    for span in _only_range(view, american):
        yield span.of(span.value[0], "dates.plain_range")


def starts_without_year(view: ContractView, signed: Finding[date] | None) -> Iterator[Candidate]:
    """Days told without their year, as letters do: `débutera lundi 4 mars`, the next one after the signature."""
    for sentence, text in _lines(view) if signed else ():
        if dates.find(text):
            continue
        for day in dates.month_days(text):
            scope = _scope(text, day.start)
            if signed and _SUBJECT.search(scope) and _told(scope, _BEGINS) and not _YEARLY.search(text):
                value = _next(day.value, signed.value)
                if value:
                    found = Finding(value, sentence, day.start, day.end, _WEIGHT - 0.08, "dates.start_without_year")
                    basis = f"the first {day.value} from {signed.value} on"
                    yield candidate("start_date", found, quotes=(signed.quote,), basis=basis)


_YEARLY = re.compile(r"\bchaque|\btous les|annuel|\bpar an\b|anniversaire")


def _next(month_day: str, day: date) -> date | None:
    month, number = map(int, month_day.split("-"))
    try:
        return date(day.year + ((month, number) < (day.month, day.day)), month, number)
    except ValueError:
        return None


def plain_last_days(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    """Days after `jusqu'au`, `prend fin le`, in sentences about the contract; the last day of its only range."""
    for sentence, text in _lines(view):
        for day in dates.find(text, american):
            scope = _scope(text, day.start)
            if (_SUBJECT.search(scope) or dates.find(text[: day.start], american)) and _told(scope, _LASTS_UNTIL):
                yield Finding(day.value, sentence, day.start, day.end, _WEIGHT, "term.plain_end")
    for span in _only_range(view, american):
        yield span.of(span.value[1], "term.plain_range")


def plain_lengths(view: ContractView) -> Iterator[Finding[Duration]]:
    """Lengths after `pour`, `pendant`, `d'une durée de`, in sentences about the contract."""
    for sentence, text in _lines(view):
        for length in durations.find(text):
            if length.value.hours or (length.value.days and length.value.days < 28):
                continue
            scope = _scope(text, length.start)
            after = text[length.end : length.end + 50]
            opens = _DURING.match(after) or (_AT_THE_END.search(scope) and _IS_OVER.match(after))
            opens = opens or (_FOR_IT.search(text[: length.start]) and _FROM_THEN.match(after))
            subject = _SUBJECT.search(scope)
            about = subject and _TERM.search(text) and _told(scope, _RUNS_FOR)
            if (
                (about or opens)
                and not ELSEWHERE.search(scope[subject.start() if subject else 0 :])
                and not _AFTER_ELSEWHERE.match(after)
            ):
                yield Finding(length.value, sentence, length.start, length.end, _WEIGHT - 0.04, "term.plain_length")


_OTHER_TIMES = re.compile(
    r"\b(?:during|download|promot|campaign|discount|offer|prices?|fees?|rates?|invoice|payment|budget|fiscal|option|"
    r"warrant|previous|former|prior)"
)
"""English words that make a range of days one of something else than the term."""


def _only_range(view: ContractView, american: bool) -> Sequence[Finding[tuple[date, date]]]:
    """The one range of days that the contract tells in its own parts, when it tells no other."""
    found: list[Finding[tuple[date, date]]] = []
    apart = _apart(view)
    for sentence, text, _ in spoken(view):
        if sentence.part in apart:
            continue
        for span in dates.ranges(text, american):
            before = text[max(0, span.start - 70) : span.start]
            if ELSEWHERE.search(before) or _OTHER_TIMES.search(before):
                return ()
            found.append(Finding(span.value, sentence, span.start, span.end, _ONLY_RANGE, "term.plain_range"))
    return found if len({span.value for span in found}) == 1 else ()
