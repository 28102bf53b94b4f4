"""How long the initial term is, and its last day: stated, or computed from start and length."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from datetime import date, timedelta

from agent.reading.grammar import dates, durations, months
from agent.reading.grammar.found import Found
from agent.reading.reader import Candidate
from agent.reading.rules.dates import reads_month_first
from agent.reading.rules.finding import Finding, best, candidate, cover_parts, said, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, is_blank
from portfolio.values import Duration


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`duration` and `end_date`, at most one candidate each."""
    length = best(view, _lengths(view), same=Duration.equals)
    if length:
        yield candidate("duration", length)
    for end in _end(view, known, length):
        yield end
        if length is None and not _amends(view, known):
            yield from _between(known.best("start_date"), end)


_AMENDMENT = re.compile(r"\b(?:avenant|acte modificatif|amendment|addendum|deed of variation)\b")


def _amends(view: ContractView, known: Known) -> bool:
    """An amendment moves the end without telling a term of its own."""
    opening = itertools.islice((text for sentence, text, _ in spoken(view) if sentence.part != "mail"), 6)
    return known.value("amends") is not None or any(_AMENDMENT.search(text) for text in opening)


def _between(start: Candidate | None, end: Candidate) -> Iterator[Candidate]:
    """The length of a term of which both days are told, in whole months: `du 1er mars 2024 au 28 février 2027`."""
    if start is None:
        return
    following = Duration(days=1).after(end.value)
    count = (following.year - start.value.year) * 12 + following.month - start.value.month
    if count < 1 or Duration(months=count).last_day_from(start.value) != end.value:
        return
    length = Duration(months=count) if count % 12 else Duration(years=count // 12)
    confidence = round(min(start.confidence, end.confidence) - 0.06, 3)
    quotes = (*end.quotes[:1], *start.quotes[:1])
    yield Candidate("duration", length, quotes, confidence, "term.between", f"{start.value} to {end.value}")


# --- length ----------------------------------------------------------------------------------------------------------

_LENGTH = (
    (0.95, r"(?:duree|periode) (?:initiale|ferme|d'engagement)[^.;]{0,60}?(?:est |: ?|de |a )(?:fixee? a |de )?|"
           r"periode initiale [^.;]{0,20}?(?:sur |dure |couvre )|initial (?:term|period)"
           r"[^.;]{0,70}?(?:be|is|of|for|:)\s(?:a (?:period|term) of )?(?:up to )?|"
           r"premiere periode[^.;]{0,30}? (?:est )?d'?\s?e?\s?|"
           r"constitue la periode initiale de "),
    (0.93, r"(?:conclu|consenti|accorde|souscri|fait|passe|etabli|signe|concede|donne a bail|engage|attribue|"
           r"valable)[a-z]*[^.;]{0,50}? pour (?:une )?"
           r"(?:duree|periode)?(?: ferme| initiale| determinee)*(?: de | d'| )?|(?:dure[e]?|terme)\b (?:du |de |"
           r"d')?(?:present |la |l'|le )?"
           r"(?:contrat|bail|marche|convention|accord|accord-cadre|mission|engagement|abonnement|lease|agreement|"
           r"prestations?|police|delegation|concession|location)?"
           r"[^.;]{0,40}?(?:est |sera |: |de |fixee? a )(?:fixee? (?:a |pour )|de |d')?|"
           r"(?:^|[^a-z])(?:il|elle|contrat|bail|marche|convention|accord|concession|delegation|location|abonnement|"
           r"mission|formation|stage) (?:court|courra|durera|dure|s'etend|porte|vaut|lie(?: les parties)?)(?: pendant|"
           r" pour| sur)?(?: une duree de)? |lient? les parties (?:pendant|pour) |"
           r"engagement(?: [^.;]{1,30})? (?:est |sera )?(?:fixe )?(?:de |a |d')|"
           r"execute[a-z]* dans un delai (?:global |maximum |maximal )?de |(?:pren[a-z]*|"
           r"prend) fin (?:a l'expiration|a l'issue|"
           r"au terme) d'une? (?:delai|periode|duree) de |pour une duree maximale de |"
           r"soit (?:une duree (?:totale )?de )?|"
           r"trois, ?six(?:,)? (?:ou|et) |"
           r"(?:pour|d'|de|a|aura|avec|prevoit|comporte|sur|pendant) (?:une )?duree (?:initiale |ferme |determinee |"
           r"totale )*(?:de |d')|"
           r"delai (?:global )?d'execution[^.;]{0,80}? de |"
           r"periode (?:de [a-z]+ )?(?:compte|est de|couvre) |pour (?:une periode de )?(?=[^.;]{0,40}(?:entieres?|"
           r"consecutives?))"),
    (0.92, r"(?:the )?term (?:of (?:this|the) (?:[a-z]+ )?(?:agreement|contract|lease|employment|"
           r"license))?(?: hereof)?[^.;]{0,45}?(?:shall be|is|of|will be|for)"
           r"\s(?:for )?(?:an? )?(?:initial )?(?:(?:period|term) of )?|(?:shall |will )?(?:remain|continue|be|stay|"
           r"run|last|extend|is)s?\b[^.;]{0,60}? for "
           r"(?:an? |the )?(?:initial )?(?:(?:period|term) of )?|(?:it runs|goes on|is let|is granted|is made) for |"
           r"\b(?:lasts|(?:shall|will) last)(?: for)? |\bha(?:s|ve) an? (?:initial |fixed )?"
           r"(?:term|duration) of |(?:duration|length) (?:of [^.;]{1,40} )?(?:is|shall be|will be) |(?:agreement|"
           r"contract|lease|"
           r"term)\b[^.;]{0,120}?"
           r" for (?:an? )?(?:initial )?(?:period|term) of "),
    (0.78, r"for (?:an? )?(?:initial )?(?:period|term) of |ending "),
    (0.8, r"(?:a (?:compter|partir|dater) d[ue]|from|commenc)[^.;]{0,50}?,? pour (?:une (?:duree|periode) de )?|"
          r"\bfor (?=[^.;]{0,30}from (?:the )?(?:effective|date|commencement))|expires?[^.;]{0,30}?\s|"
          r"covers?[^.;]{0,30}within |until "),
)  # fmt: skip
_ANNIVERSARY = re.compile(r"^[^.;,]{0,6}anniversary of the (?:effective|commencement|date)")
_FROM_DATE = re.compile(
    r"^(?: \w+)? (?:from|after|following) (?:the |its |such )?(?:date|effective|execution|day (?:hereof|of this)|"
    r"signing)"
)
_ENDS_AFTER = re.compile(
    r"\b(?:agreement|obligations|duty|term)\b[^;]{0,200}?\b(?:terminates?|expires?|ceases?|ends?|in effect|effective)\b"
)
"""`This Agreement shall terminate` … `two years from the date hereof`."""
_COVENANT = re.compile(
    r"\b(?:agrees? that|agrees? to|solicit|separation|compete|standstill|severance|salary|"
    r"employment and)\b[^.;]{0,90}$"
)
_LENGTHS = tuple((weight, re.compile(rf"(?:{pattern})$")) for weight, pattern in _LENGTH)
_LENGTH_LABEL = re.compile(
    r"(?:duree\b(?![^:]*(?:origine|anterieur|preavis|garantie|renouvel|reconduc|essai|conserv|totale|maximale|"
    r"maximum|paiement|"
    r"validite d|"
    r"amorti|cumul|indisponib|hebdo|quotid|trajet|visite)).{0,50}|premiere periode|"
    r"periode (?:initiale|de livraison|d'engagement|contractuelle|ferme)|(?:initial |contract |subscription |fixed )*"
    r"(?:term|period)|engagement(?: minimum| minimal| ferme)?|(?:contract )?duration|length of contract|delai global|"
    r"term of (?:the |this )?(?:agreement|contract|lease)|delai d'execution)\s*$"
)
_TERM_HEAD = re.compile(
    r"\b(?:dure|terme?\b|terms\b|effet|vigueur|calendrier|periode|duration|temps|time\b|delais?\b|vie du|engagement|"
    r"resume|"
    r"conditions propres)"
)
_NOT_LENGTH_BEFORE = re.compile(
    r"\b(?:origine|anterieur|lengthen|renouvel|reconduct|reconduit|reconduc|prolong|proro|successi|renew|extend|"
    r"additional|further|preavis|"
    r"notice|garanti|warrant|"
    r"confiden|surviv|conserv|archiv|retain|record|apres|after|termination|expiration of|paiement|paye|payable|"
    r"factur|invoice|"
    r"maximale|totale|cumulee|globale du|suspen|essai|probation|probatoire|phase|delai de|retard|mise en demeure|"
    r"non-compet|"
    r"concurrence|prescription|cap|limit|preced|past|derniers|dernieres|previous|option|tranche|cure|remed|breach|"
    r"default|"
    r"moins de|plus de|every|tous les|age|indemn|during the term|records|exclusiv|bankrupt|judgment|sinistre|absence|"
    r"conge|interdi|consecutive|follow|amort|ferme et|prix)"
)
_NOT_LENGTH_AFTER = re.compile(
    r"^[^.;,]{0,25}\b(?:avant|a l'avance|before|prior|notice|preavis|apres|thereafter\b(?! \(\"term)|"
    r"after (?:the )?(?:termination|expir|"
    r"disclos|end)|"
    r"suivant|following (?:the )?(?:termination|expir)|auparavant|d'anciennete|(?:reconduct|"
    r"renouvel)[a-z]* (?:compris|inclus)|par tacite|d'experience|ouvr)"
)


_SURELY = re.compile(r"initial|dans un delai|fin (?:a|au) |pour une duree maximale")
_TERM_ONLY = re.compile(r"\b(?:duree|temps|duration|engagement)\b(?!.*\b(?:confidential|surviv|resili|terminat))")
_SPEAKS_OF_IT = re.compile(
    r"\b(?:contrat|bail|marche|convention|accord|accord-cadre|police|abonnement|engagement|mission|delegation|"
    r"concession|"
    r"location|dure[a-z]*|prestations?|services?|agreement|lease|contract|term|supply|subscription|parties|il|elle|"
    r"it)\b"
)


def _alone(text: str, start: int) -> re.Match[str] | None:
    """Under a heading that speaks of the term alone, the first length of a sentence about the contract is the term."""
    earlier = durations.find(text[:start])
    return re.match(r"^\W*$", text[:start]) or (None if earlier else _SPEAKS_OF_IT.search(text, 0, start))


def _lengths(view: ContractView) -> Iterator[Finding[Duration]]:
    for field in view.fields:
        if _LENGTH_LABEL.match(field.folded_label) and not is_blank(field.value):
            from_row = [s for s in durations.find(said(field.sentence)) if field.start <= s.start < field.end]
            if from_row and not _NOT_LENGTH_AFTER.match(said(field.sentence)[from_row[0].end :]):
                yield Finding(from_row[0].value, field.sentence, from_row[0].start, from_row[0].end, 0.95, "term.field")
    for sentence, text, heading in spoken(view):
        in_head = bool(_TERM_HEAD.search(heading))
        for found in durations.find(text):
            if found.value.hours or (found.value.days and found.value.days < 28):
                continue
            before = text[max(0, found.start - 130) : found.start]
            told = next(((w, m) for w, p in _LENGTHS if (m := p.search(before))), None)
            after = text[found.end : found.end + 60]
            if told is None and (anniversary := _ANNIVERSARY.match(after)):
                told = (0.86, anniversary)
            if told is None and _FROM_DATE.match(after) and (ends := _ENDS_AFTER.search(text, 0, found.start)):
                told = (0.88, ends)
            if (
                told is None
                and not found.value.days
                and _TERM_ONLY.search(heading)
                and (alone := _alone(text, found.start))
            ):
                told = (0.8, alone)
            if told is None or _NOT_LENGTH_AFTER.match(after) or _COVENANT.search(before):
                continue
            weight, match = told
            near = before[-90:]
            if _NOT_LENGTH_BEFORE.search(near if told[0] != 0.8 else text[: found.start]) and not _SURELY.search(
                match[0]
            ):
                weight -= 0.35
            if not in_head:
                weight -= 0.22 if found.value.days or weight < 0.9 else 0.12
            if sentence.part in ("annex", "mail"):
                weight -= 0.25
            if weight > 0.55:
                yield Finding(found.value, sentence, found.start, found.end, weight, "term.length")


# --- last day --------------------------------------------------------------------------------------------------------

_END = (
    (0.93, r"(?:reportee?|prolongee?|prorogee?|decalee?|etendue?|repoussee?|fixee?|avancee?|extended|"
           r"portee?)s?(?: (?:de|du|from) [^.;]{0,60})? "
           r"(?:au|jusqu'au|a la date du|to|until|through|le)\s|pour (?:finir|se terminer|expirer|prendre fin) (?:le|"
           r"au)\s|"
           r"(?:date de fin|date d'echeance|date d'expiration|expir(?:y|ation) date|end date|fin (?:du contrat|"
           r"de contrat|du bail|du marche))"
           r"[^.;]{0,40}?(?::|est|au|le|is|means|shall be|of|on)\s(?:le )?"),
    (0.9, r"(?:pren(?:d|dra|dre|dront|nent) fin|s'acheve(?:ra)?|se termine(?:ra)?|expire(?:ra)?s?|"
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
           r"terme fixe au)\s(?:and including )?(?:the )?"),
)  # fmt: skip
_ENDS = tuple((weight, re.compile(rf"\b(?:{pattern})$")) for weight, pattern in _END)
_NOT_END = re.compile(
    r"\b(?:prix|tarif|ferme|devis|offre|propos|certificat|licen|attest|assuranc|garanti|ultime|"
    r"quoi qu'il arrive|au plus tard|"
    r"maximum|total|reconduction comprise|ancien|preced|anterieur|occupation precaire|fees?|price|rate|budget|"
    r"exercice|travaux|planning|"
    r"convention d'|subvention|arrete|option|salar|formation|exclusiv|insurance|warrant|invoice|reports?\b|patent|"
    r"hypothese|maintenu|"
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


def _end(view: ContractView, known: Known, length: Finding[Duration] | None) -> Iterator[Candidate]:
    american = reads_month_first(view, known)
    start = known.best("start_date")
    stated = best(view, (f for f in _last_days(view, american) if start is None or f.value > start.value))
    computed = length.value.last_day_from(start.value) if length and start else None
    if length is None or start is None or computed is None:
        if stated:
            yield candidate("end_date", stated)
        return
    if stated and abs(stated.value - computed) <= timedelta(days=1) and stated.value >= computed:
        weight = min(0.97, stated.weight + 0.05)
        agreed = Finding(computed, stated.sentence, stated.start, stated.end, weight, "term.end_agrees")
        basis = None if stated.value == computed else f"{start.value} + {length.value} - 1 day"
        yield candidate(
            "end_date", agreed, quotes=() if basis is None else (length.quote, *start.quotes[:1]), basis=basis
        )
        return
    if stated and stated.weight > min(length.weight, start.confidence) + 0.03:
        yield candidate("end_date", stated)
        return
    weight = min(length.weight, start.confidence) - 0.02
    found = Finding(computed, length.sentence, length.start, length.end, weight, "term.end_computed")
    yield candidate("end_date", found, quotes=start.quotes[:1], basis=f"{start.value} + {length.value} - 1 day")


def _last_days(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for field in view.fields:
        if _END_LABEL.match(field.folded_label):
            text = said(field.sentence)
            for day in dates.find(text, american):
                if field.start <= day.start < field.end and day.start - field.start < 20:
                    yield Finding(day.value, field.sentence, day.start, day.end, 0.92, "term.end_field")
                    break
    apart = cover_parts(view) | {"annex"}
    for sentence, text, heading in spoken(view):
        in_head = bool(_TERM_HEAD.search(heading))
        for span in dates.ranges(text, american):
            words = text[max(0, span.start - 100) : span.start]
            if (in_head or "period" in text or "dure" in words) and not _NOT_END.search(words):
                yield Finding(span.value[1], sentence, span.start, span.end, 0.88, "term.range")
        for found in _last_day_words(text, american):
            before = text[max(0, found.start - 110) : found.start]
            told = next((w for w, p in _ENDS if p.search(before)), None)
            if told is None and _ENDS_THEN.match(text[found.end : found.end + 90]):
                told = 0.84
            if told is None or _NOT_END.search(before) or sentence.part in apart:
                continue
            weight = told if in_head else told - (0.12 if told > 0.85 else 0.25)
            if weight > 0.6:
                yield Finding(found.value, sentence, found.start, found.end, weight, "term.end")


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
