"""How long the initial term is, and its last day: stated, or computed from start and length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from agent.reading.grammar import dates, durations
from agent.reading.reader import Candidate
from agent.reading.rules.dates import reads_month_first
from agent.reading.rules.finding import Finding, best, candidate, said, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, is_blank
from portfolio.values import Duration


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`duration` and `end_date`, at most one candidate each."""
    length = best(view, _lengths(view), same=Duration.equals)
    if length:
        yield candidate("duration", length)
    yield from _end(view, known, length)


# --- length ----------------------------------------------------------------------------------------------------------

_LENGTH = (
    (0.95, r"(?:duree|periode) (?:initiale|ferme|d'engagement)[^.;]{0,60}?(?:est |: ?|de |a )(?:fixee? a |de )?|"
           r"initial (?:term|period)"
           r"[^.;]{0,70}?(?:be|is|of|for|:)\s(?:a (?:period|term) of )?(?:up to )?|"
           r"premiere periode[^.;]{0,30}? (?:est )?d'?\s?e?\s?|"
           r"constitue la periode initiale de "),
    (0.93, r"(?:conclu|consenti|accorde|souscri|fait|passe|etabli|signe|concede|donne a bail|engage|attribue|"
           r"valable)[a-z]*[^.;]{0,50}? pour (?:une )?"
           r"(?:duree|periode)?(?: ferme| initiale| determinee)*(?: de | d'| )?|(?:dure[e]?|terme)\b (?:du |de |"
           r"d')?(?:present |la |l'|le )?"
           r"(?:contrat|bail|marche|convention|accord|accord-cadre|mission|engagement|abonnement|lease|agreement|"
           r"prestations?|police)?"
           r"[^.;]{0,40}?(?:est |sera |: |de |fixee? a )(?:fixee? (?:a |pour )|de |d')?|"
           r"(?:^|[^a-z])(?:il|elle|contrat|bail|marche|convention) (?:court|courra|dure|s'etend|porte)(?: pendant|"
           r" pour| sur)?(?: une duree de)? |"
           r"(?:pour|d'|de) (?:une )?duree (?:initiale |ferme |determinee |totale )*(?:de |d')|"
           r"delai (?:global )?d'execution[^.;]{0,80}? de |"
           r"periode (?:de [a-z]+ )?(?:compte|est de|couvre) |pour (?:une periode de )?(?=[^.;]{0,40}(?:entieres?|"
           r"consecutives?))"),
    (0.92, r"(?:the )?term (?:of (?:this|the) (?:[a-z]+ )?(?:agreement|contract|lease|employment|"
           r"license))?(?: hereof)?[^.;]{0,45}?(?:shall be|is|of|will be|for)"
           r"\s(?:for )?(?:an? )?(?:initial )?(?:(?:period|term) of )?|(?:shall |will )?(?:remain|continue|be|stay|"
           r"run|last|extend|is)s?\b[^.;]{0,60}? for "
           r"(?:an? |the )?(?:initial )?(?:(?:period|term) of )?|it runs for |(?:agreement|contract|lease|"
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
    r"(?:duree(?: (?:initiale|ferme|du (?:contrat|marche|bail|service)|de (?:la convention|l'engagement|"
    r"l'abonnement)|d'engagement|"
    r"minimale|globale d'execution))?|premiere periode|periode (?:initiale|de livraison|d'engagement)|(?:initial |"
    r"contract )?(?:term|period)|"
    r"initial subscription term|engagement|duration|delai global)\s*$"
)
_TERM_HEAD = re.compile(
    r"\b(?:dure|terme?\b|terms\b|effet|vigueur|calendrier|periode|duration|temps|time\b|delais?\b|vie du|engagement|"
    r"resume|"
    r"conditions propres)"
)
_NOT_LENGTH_BEFORE = re.compile(
    r"\b(?:renouvel|reconduct|reconduit|reconduc|prolong|proro|successi|renew|extend|additional|further|preavis|"
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
    r"suivant|following (?:the )?(?:termination|expir)|auparavant|d'anciennete|par tacite|d'experience|ouvr)"
)


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
            if told is None or _NOT_LENGTH_AFTER.match(after) or _COVENANT.search(before):
                continue
            weight, match = told
            near = before[-90:]
            if _NOT_LENGTH_BEFORE.search(near) and not re.search(r"initial", match[0]):
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
    (0.9, r"(?:prend(?:ra|re)? fin|s'acheve(?:ra)?|se termine(?:ra)?|expire(?:ra)?s?|arrive(?:ra)? a (?:echeance|"
          r"terme)|cesse(?:ra)?|vient a echeance|"
          r"s'eteint|ends?|terminates?|expiring|ending|terminating|echeance|terme)(?: de plein droit|"
          r" automatiquement| automatically)?,? ?"
          r"(?:est (?:fixee? )?)?(?:le|au|on|of|upon|est le|: ?)\s(?:le )?(?:the )?|"
          r"dernier jour[^.;]{0,40}?(?:est )?(?:celui|celle)?(?: du|le)\s|"
          r"derniere journee[^.;]{0,30}? (?:du|le)\s"),
    (0.84, r"(?:until|through|thru|till|jusqu'au|jusqu'a la date du|and including|"
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
    r"(?:date de fin|fin(?: du contrat| de contrat| des prestations)?|(?:date d')?echeance(?: initiale| du contrat)?|"
    r"date d'expiration|terme|"
    r"expiry(?: date)?|expiration(?: date)?|end(?: date)?)\s*$"
)


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
    for sentence, text, heading in spoken(view):
        in_head = bool(_TERM_HEAD.search(heading))
        for span in dates.ranges(text, american):
            words = text[max(0, span.start - 100) : span.start]
            if (in_head or "period" in text or "dure" in words) and not _NOT_END.search(words):
                yield Finding(span.value[1], sentence, span.start, span.end, 0.88, "term.range")
        for found in dates.find(text, american):
            before = text[max(0, found.start - 110) : found.start]
            told = next((w for w, p in _ENDS if p.search(before)), None)
            if told is None or _NOT_END.search(before) or sentence.part in ("annex", "front"):
                continue
            weight = told if in_head else told - (0.12 if told > 0.85 else 0.25)
            if weight > 0.6:
                yield Finding(found.value, sentence, found.start, found.end, weight, "term.end")
