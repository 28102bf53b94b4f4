"""The last day of the initial term where it is told, each as surely as its words say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from agent.reading.grammar import dates, months
from agent.reading.grammar.found import Found
from agent.reading.rules.finding import OF_THE_TERM, Finding, cover_parts, said, season_spans, spoken
from agent.reading.structure import ContractView

_TERM_HEAD = re.compile(
    r"\b(?:dure|terme?\b|terms\b|effet|vigueur|calendrier|periode|duration|temps|time\b|delais?\b|vie du|engagement|"
    r"resume|"
    r"conditions propres)"
)
_END = (
    (0.93, r"(?:reportee?|prolongee?|prorogee?|decalee?|etendue?|repoussee?|fixee?|avancee?|extended|"
           r"portee?)s?(?: (?:de|du|from) [^.;]{0,60})? "
           r"(?:au|jusqu'au|a la date du|to|until|through|le)\s|pour (?:finir|se terminer|expirer|prendre fin) (?:le|"
           r"au)\s|"
           r"(?:date de fin|date d'echeance|date d'expiration|expir(?:y|ation) date|end date|fin (?:du contrat|"
           r"de contrat|du bail|du marche))"
           r"[^.;]{0,40}?(?::|est|au|le|is|means|shall be|of|on)\s(?:le )?"),
    (0.9, r"(?:pren(?:d|dra|dre|dront|nent) fin|s'acheve(?:ra)?|se termine(?:ra)?|se clot(?:ura|ra)?|cloture|"
          r"expire(?:ra)?s?|"
          r"arrive(?:ra)? a (?:son )?"
          r"(?:echeance|terme|expiration)|cesse(?:ra|ront|nt)?|vien(?:t|dra) a (?:echeance|expiration|terme)|"
          r"s'eteint|ends?|to an end|terminates?|expiring|ending|terminating|echeance|terme|fin (?:du|de la) [a-z-]+|"
          r"last day(?: of [^.;]{1,30})?)(?: de plein droit| automatiquement| automatically| at midnight|"
          r",? sans (?:autre )?(?:formalite|preavis)[a-z ]{0,20}| (?:du|de la) (?:present )?(?:contrat|bail|marche|"
          r"convention|accord|police))*,? ?"
          r"(?:en )?(?:(?:est|sera|intervient|interviendra|is|falls) (?:fixee? |prevue? )?)?"
          r"(?:(?:le|au|on|of|upon|est le|: ?|\t ?|is)\s?(?:le )?(?:the )?)?|"
          r"dernier jour[^.;]{0,40}?(?:est )?(?:celui|celle)?(?: du|le)\s|"
          r"derniere journee[^.;]{0,30}? (?:du|le)\s"),
    (0.84, r"(?:until|through|thru|till|jusqu'au|jusqu'a la date du|jusqu'en|and including|"
           r"terme fixe au)\s(?:and including )?(?:the )?"
           r"(?:(?:earlier|later|earliest|latest) of:? )?(?:the last day of )?(?:\(?[ai1]\)\s)?(?:[a-z]+day,? )?"),
)  # fmt: skip
_ENDS = tuple((weight, re.compile(rf"\b(?:{pattern})$")) for weight, pattern in _END)
_NOT_END = re.compile(
    r"\b(?:during the (?:[a-z]+ )?period|compensation|"
    r"prix|tarif|ferme|devis|offre|propos|certificat|licen|attest|assuranc|garanti|ultime|"
    r"quoi qu'il arrive|au plus tard|"
    r"maximum|total|reconduction comprise|ancien|preced|anterieur|occupation precaire|fees?|price|rate|budget|"
    r"exercice|travaux|planning|"
    r"assureur|(?:warranty|garantie|commission) (?:expir|valable)|commission expires|"
    r"convention d'|subvention|arrete|option|salar|formation|exclusiv|insurance|warrant|invoice|reports?\b|patent|"
    r"hypothese|maintenu|essai\b|trial\b|a (?:bien )?dure\b|decennal|"
    r"notice|preavis|comptes?|facult|renouvel[a-z]* (?:jusqu|until)|contrat(?:s)? de travail|gere|loan|note|bond)"
)
_END_LABEL = re.compile(
    r"(?:date de fin|fin|(?:date d')?echeance(?: initiale)?|date d'expiration|expiration|terme|expiry(?: date)?|"
    r"expiration date|end(?: date)?)(?: (?:du|de|de la|des|of) (?:the )?(?:contrat|bail|marche|convention|prestations|"
    r"abonnement|police|contract|agreement|lease|term))?\s*$"
)
_ENDS_THEN = re.compile(
    r",? (?:le |la |l'|the |this |date (?:a laquelle|ou) |jour (?:ou|de) |que )[^.;,]{0,40}?(?:pren(?:d|dra) fin|"
    r"expire|"
    r"s'acheve|se termine|cesse|arrive a|echeance|terme\b|ends|terminates)"
)
"""`Le 31 mars 2027, le contrat prend fin`"""


_IS_START = re.compile(
    r"\b(?:effet|vigueur|demarr[a-z]*|debut[a-z]*|commenc[a-z]*|rentree|depart|commencement|ouverture|livraison|"
    r"start|effective|jouissance)\b"
    r"(?!.*\b(?:fin|term|achev|echeance|expir|jusqu|end|until))[^.;]{0,60}$"
)
"""`La date d'effet est reportée au 1er mai`"""


def last_days(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    """The days on which the contract itself ends."""
    for field in view.fields:
        if _END_LABEL.match(field.folded_label):
            text = said(field.sentence)
            for day in dates.find(text, american):
                if field.start <= day.start < field.end and day.start - field.start < 20:
                    yield Finding(day.value, field.sentence, day.start, day.end, 0.92, "term.end_field")
                    break
    for season in season_spans(view):
        yield season.of(season.value[1], "term.season")
    apart = cover_parts(view) | {"annex"}
    for sentence, text, heading in spoken(view):
        in_head = bool(_TERM_HEAD.search(heading))
        for span in dates.ranges(text, american):
            words = _OPENED.sub("", text[max(0, span.start - 100) : span.start])
            alone = re.fullmatch(r"\W*(?:du|from|le)? ?", text[: span.start]) and not text[span.end :].strip(" .")
            about = in_head or alone or "period" in text or "dure" in words or _COVERS.search(words)
            if about and not _NOT_END.search(words):
                yield Finding(span.value[1], sentence, span.start, span.end, 0.88, "term.range")
        for found in _last_day_words(text, american):
            before = text[max(0, found.start - 110) : found.start]
            told = next((w for w, p in _ENDS if p.search(before)), None)
            if told is None and _ENDS_THEN.match(text[found.end : found.end + 90]):
                told = 0.84
            if (
                told is None
                or _NOT_END.search(_clause(before))
                or _IS_START.search(before)
                or _FORMER.search(before)
                or sentence.part in apart
            ):
                continue
            weight = told if in_head else told - (0.17 if told > 0.85 else 0.25)
            if not in_head and OF_THE_TERM.search(text[: found.start]):
                weight = told - 0.04
            if weight > 0.6:
                yield Finding(found.value, sentence, found.start, found.end, weight, "term.end")


_OPENED = re.compile(r"\bexercice (?=ouverte? le $)")
_COVERS = re.compile(
    r"\b(?:vaut|valent|court|va|dure|valable|conclu|consenti|loue|pret\w*|exercice|saison)\b[^.;]{0,40}$"
)
_FORMER = re.compile(r"\b(?:initialement|primitivement|d'abord|precedemment|anterieurement)[^.;,]{0,24}$")
_CLAUSE = re.compile(
    r".*(?:\band in any event\b|\bet en tout etat de cause\b|\bunless\b[^,]*,|[:,] (?:and|et|mais|"
    r"but) )"
)


def _clause(before: str) -> str:
    """The words before a day that speak of it: not those of another half of the sentence."""
    near = before[-90:]
    other = _CLAUSE.match(near)
    return near[other.end() :] if other else near


_MONTH_END = re.compile(r"(?:\b(?:(?:a |au |at |on )?(?:la |the )?(?:fin|end|dernier jour)(?: (?:du mois |de |"
                        r"of )?(?:de |d')?)?|"
                        r"jusqu'en|until|through|until the end of) ?)$")  # fmt: skip


def _last_day_words(text: str, american: bool) -> Iterator[Found[date]]:
    """The days of ``text``, and the last days of months told alone: `fin mars 2027`, `jusqu'en mars 2027`."""
    yield from dates.find(text, american)
    for month in months.alone(text):
        if ending := _MONTH_END.search(text[: month.start]):
            start = ending.start() if "jusqu" not in ending[0] and "until" not in ending[0] else month.start
            yield Found(month.value.last, start, month.end)
