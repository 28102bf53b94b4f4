"""How long the initial term is, each length as surely as its words say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar import durations
from agent.reading.grammar.found import Found
from agent.reading.rules.finding import OF_THE_TERM, Finding, said, spoken
from agent.reading.structure import ContractView, is_blank
from portfolio.values import Duration

_ANY_PERIOD = 0.78
"""Says little by itself: `for a period of two years` is as often a covenant's length as the contract's."""
_LENGTH = (
    (0.95, r"(?:duree|periode) (?:initiale|ferme|d'engagement)[^.;]{0,60}?(?:est |: ?|de |a )(?:fixee? a |de )?|"
           r"periode initiale [^.;]{0,20}?(?:sur |dure |couvre )|initial (?:term|period)"
           r"[^.;]{0,70}?(?:be|is|of|for|:)\s(?:a (?:period|term) of )?(?:up to )?|"
           r"premiere periode[^.;]{0,50}? (?:reduite|ramenee|portee|fixee|limitee) a |"
           r"duree[^.;]{0,60}? (?:est |passe |sera )?(?:ainsi |donc )?(?:portee?|prolongee?|ramenee?|etendue?|"
           r"passe)[^.;]{0,40}? a |"
           r"premiere periode[^.;]{0,30}? (?:est )?d'?\s?e?\s?|"
           r"constitue la periode initiale de |"
           r"(?:reste(?:ra)?|demeure(?:ra)?|restent|demeurent) (?:en vigueur|valable|applicable|"
           r"effecti(?:f|ve)) (?:pendant |pour |durant )?(?:une (?:duree|periode) de )?"),
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
           r"soit (?:une duree (?:totale )?de )?|\bet (?:vaut|dure|durera|y reste|s'etend sur)(?: pendant| pour)? |"
           r"mandat(?: [a-z]+)? de |(?:joue|vaut|court|dure)[^.;]{0,60} et pendant |"
           r"trois, ?six(?:,)? (?:ou|et) |"
           r"(?:pour|d'|de|a|aura|avec|prevoit|comporte|sur|pendant) (?:une )?duree (?:initiale |ferme |determinee |"
           r"totale )*(?:de |d')|"
           r"delai (?:global )?d'execution[^.;]{0,80}? de |"
           r"(?:assist|fourni|assur|intervi|accompagn|travaill)[a-z]*[^.;]{0,50}? (?:pendant|durant) |"
           r"periode (?:de [a-z]+ )?(?:compte|est de|couvre) |pour (?:une periode de )?(?=[^.;]{0,40}(?:entieres?|"
           r"consecutives?))"),
    (0.92, r"(?:the )?term (?:of (?:this|the) (?:[a-z]+ )?(?:agreement|contract|lease|employment|"
           r"license))?(?: hereof)?[^.;]{0,45}?(?:shall be|is|of|will be|for)"
           r"\s(?:for )?(?:an? )?(?:initial )?(?:(?:period|term) of )?|(?:shall |will )?(?:remain|continue|be|stay|"
           r"run|last|extend|is)s?\b[^.;]{0,60}? for "
           r"(?:at least )?(?:an? |the )?(?:minimum |maximum |initial )?(?:(?:period|term) of )?|(?:it runs|goes on|"
           r"is let|is granted|is made) for |"
           r"\b(?:lasts|(?:shall|will|and) last)(?: for)? |(?:fixed|firm|minimum) (?:period|term) of |"
           r"\bha(?:s|ve) an? (?:initial |fixed )?"
           r"(?:term|duration) of |(?:duration|length) (?:of [^.;]{1,40} )?(?:is|shall be|will be) |(?:agreement|"
           r"contract|lease|"
           r"term)\b[^.;]{0,120}?"
           r" for (?:an? )?(?:initial )?(?:period|term) of "),
    (_ANY_PERIOD, r"for (?:an? )?(?:initial )?(?:period|term) of |ending "),
    (0.8, r"(?:a (?:compter|partir|dater) d[ue]|from|commenc|demarr|debut|pren(?:d|"
          r"dra) effet)[^.;]{0,50}?,? pour (?:une (?:duree|periode) de )?|"
          r"\bfor (?=[^.;]{0,30}from (?:the )?(?:effective|date|commencement))|expires?[^.;]{0,30}?\s|"
          r"covers?[^.;]{0,30}within |until "),
)  # fmt: skip
_ANNIVERSARY = re.compile(r"^[^.;,]{0,6}anniversary of the (?:effective|commencement|date)")
_FROM_DATE = re.compile(
    r"^(?: \w+)? (?:from|after|following) (?:the |its |such )?(?:date (?!of (?:termin|disclos|expir|separ))|"
    r"effective|execution|day (?:hereof|of this)|"
    r"signing)"
)
_ENDS_AFTER = re.compile(
    r"\b(?:agreement|obligations|duty|term)\b[^;]{0,200}?\b(?:terminates?|expires?|ceases?|ends?|in effect|effective)\b"
)
"""`This Agreement shall terminate` … `two years from the date hereof`."""
_COVENANT = re.compile(
    r"\b(?:agrees?(?: with [^.;]{2,40})?,? (?:that|to)\b|employed by|"
    r"restricted period|secrecy|non-use|look back|obligations to protect|"
    r"duty to protect|validite ?:|certificate|quotation|offer|solicit|separation|compete|standstill|severance|salary|"
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
    r"term of (?:the |this )?(?:agreement|contract|lease)|delai d'execution|"
    r"(?:contract |plan |cover |hire )?length|(?:minimum|agreed|fixed) (?:term|period)|campagne)\s*$"
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
    r"^ ?(?:after|following|from) (?:the |his |her |your |such |any |its |executive's |employee's )*(?:date of |"
    r"time of )?"
    r"(?:termination|separation|employment|retirement|disclosure|expiration|earlier|receipt|delivery|employee|"
    r"executive|"
    r"resignation|last)|^[^.;,]{0,25}\b(?:avant|a l'avance|before|prior|notice|preavis|apres|"
    r"after (?:the )?(?:termination|expir|"
    r"disclos|end|clos)|"
    r"suivant|following (?:the )?(?:termination|expir)|auparavant|d'anciennete|(?:reconduct|"
    r"renouvel)[a-z]* (?:compris|inclus)|par tacite|d'experience|ouvr)"
)


_BEGINS_AND = re.compile(
    r"\b(?:commenc|begin|start|effective (?:upon|as of|on|date)|takes? effect|pren(?:d|dra) effet|debut)[^.;]{0,170}?"
    r"\b(?:and|et)\b[^.;]{0,90}?\b(?:extends?|continues?|remains?|runs?|lasts?|be|reste(?:ra)?|demeure(?:ra)?|court|"
    r"dure(?:ra)?)\b"
    r"(?!(?:(?!initial)[^.;])*\b(?:renew|success|additional|further|notice))[^.;]{0,60}$"
)
"""`shall commence on the Effective Date and extend for` the term's own length"""
_UNTIL = re.compile(
    r"\b(?:until|till|through|ends? (?:on|upon)|ending (?:on|upon)|expires? (?:on|upon)|expiring (?:on|upon)|"
    r"terminat(?:es?|ing) (?:on|upon)|conclud(?:es?|ing) (?:on|upon)|up to|jusqu'|fin (?:a|au|le)|expir(?:e|"
    r"era) (?:a|au|le)|"
    r"termin(?:e|era) (?:a|au|le)|echeance (?:a|au|le)|terme (?:a|au|le))[^.;]{0,60}$"
)
_FIRST_DAY = re.compile(
    r"\s?(?:of|de|du)\s?(?:(?:the|this|such|its|la|l'|sa|son|le)\s?)?(?:date|effective|commencement|start|launch|"
    r"execution|"
    r"signature|signing|prise d'effet|entree en vigueur|contrat|agreement)"
)
_DELAY_ONLY = re.compile(
    r"(?:^|> )\W*(?:article )?[\divx]{0,4}\W*(?:delais?(?: d'execution| global| contractuel)?|duree)\W*$"
)
_FROM_EVENT = re.compile(r"[^.;]{0,60}?\b(?:a compter|a partir|a dater|des (?:la|le|reception)|from the|after the)\b")
_ENDS_WEIGHT = 0.88
_THEREAFTER = re.compile(r"^[^.;,]{0,25}\bthereafter\b(?! \(\"term)")
_IN_PASSING = re.compile(
    r"\b(?:of )?no (?:further|longer)[^.;,]{0,30}|\b(?:unless |if |until )?(?:sooner|earlier|"
    r"previously) (?:terminated|ended)[^.;,]{0,60}"
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


def lengths(view: ContractView) -> Iterator[Finding[Duration]]:
    """The lengths that are told of the contract itself."""
    for field in view.fields:
        if _LENGTH_LABEL.match(field.folded_label) and not is_blank(field.value):
            from_row = [s for s in durations.find(said(field.sentence)) if field.start <= s.start < field.end]
            if from_row and not _NOT_LENGTH_AFTER.match(said(field.sentence)[from_row[0].end :]):
                yield Finding(from_row[0].value, field.sentence, from_row[0].start, from_row[0].end, 0.95, "term.field")
    for sentence, text, heading in spoken(view):
        in_head = bool(_TERM_HEAD.search(heading))
        for found in durations.anniversaries(text):
            if _UNTIL.search(text[max(0, found.start - 90) : found.start]) and _FIRST_DAY.match(text[found.end :]):
                weight = 0.86 if in_head or OF_THE_TERM.search(text[: found.start]) else 0.7
                yield Finding(found.value, sentence, found.start, found.end, weight, "term.anniversary")
        for found in durations.find(text):
            if found.value.hours or (found.value.days and found.value.days < 28):
                continue
            weight = _weight(text, heading, found, in_head=in_head)
            if sentence.part in ("annex", "mail"):
                weight -= 0.25
            if weight > 0.55:
                yield Finding(found.value, sentence, found.start, found.end, weight, "term.length")


def _weight(text: str, heading: str, found: Found[Duration], *, in_head: bool) -> float:
    """How surely the words around a length say that it is the contract's own; 0 where they do not."""
    before, after = text[max(0, found.start - 130) : found.start], text[found.end : found.end + 60]
    told = next(((w, m) for w, p in _LENGTHS if (m := p.search(before))), None)
    if told is None and (anniversary := _ANNIVERSARY.match(after)):
        told = (0.86, anniversary)
    if told is None and _FROM_DATE.match(after) and (ends := _ENDS_AFTER.search(text, 0, found.start)):
        told = (_ENDS_WEIGHT, ends)
    if told is None and not found.value.days and _TERM_ONLY.search(heading) and (alone := _alone(text, found.start)):
        told = (0.8, alone)
    if (
        told is None
        and _DELAY_ONLY.search(heading)
        and _FROM_EVENT.match(after)
        and re.fullmatch(r"\W*", text[: found.start])
    ):
        return 0.86
    if told is None or _NOT_LENGTH_AFTER.match(after) or _COVENANT.search(before):
        return 0.0
    weight, match = told
    if weight == _ANY_PERIOD and not in_head and not OF_THE_TERM.search(text):
        return 0.0
    runs = _BEGINS_AND.search(text[: found.start]) or (
        weight == _ENDS_WEIGHT and OF_THE_TERM.search(text[: found.start])
    )
    before = _IN_PASSING.sub("", before)
    if not runs and _THEREAFTER.match(after):
        return 0.0
    if runs:
        weight = max(weight, 0.9)
    elif _NOT_LENGTH_BEFORE.search(before[-90:] if weight != 0.8 else text[: found.start]) and not _SURELY.search(
        match[0]
    ):
        weight -= 0.35
    if not in_head:
        weight -= 0.05 if runs else 0.22 if found.value.days or weight < 0.9 else 0.12
    return weight
