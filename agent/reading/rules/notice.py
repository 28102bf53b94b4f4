"""The notice to stop the renewal, or to end an open-ended contract; ours where it differs by party."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.grammar import durations
from agent.reading.grammar.found import Found
from agent.reading.reader import Candidate
from agent.reading.rules.finding import Finding, best, candidate, cover_parts, spoken
from agent.reading.rules.known import Known
from agent.reading.rules.notice_days import notice_by_day
from agent.reading.structure import ContractView, Sentence, fold
from portfolio.values import Duration


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """At most one `notice_period`; none where the renewal is express or ruled out."""
    kind = known.value("renewal.kind")
    if kind in ("express", "none"):
        return
    open_ended = (
        kind is None and known.value("duration") is None and known.value("end_date") is None and _is_open_ended(view)
    )
    found = best(view, _notices(view, known, open_ended=open_ended), same=Duration.equals)
    if found and (kind == "tacit" or open_ended or (found.weight > 0.6 and _RENEWAL.search(found.sentence.folded))):
        yield candidate("notice_period", found)
    elif found is None:
        yield from notice_by_day(view, known)


_RENEWAL = re.compile(r"renouvel|recondu|proroga|prolong|tacite|renew|exten[ds]|echeance|anniversa|terme\b|au[- ]dela")
"""Where no renewal was read, the words of the notice must tell of one."""
_OPEN_ENDED = re.compile(r"duree (?:indeterminee|illimitee|non (?:determinee|definie))|(?:n'a|sans|pas de|"
                         r"aucun) (?:pas de )?"
                         r"terme (?:n'est|fixe|convenu|prevu|defini)|n'a pas de (?:terme|duree)|"
                         r"sans limite de (?:duree|temps)|"
                         r"sans (?:duree determinee|terme\b)|remains? so indefinitely|"
                         r"(?:continues?|runs?|goes on) until (?:it is )?(?:ended|stopped)|no fixed term|"
                         r"sans terme fixe|"
                         r"until (?:it is )?(?:terminated|ended|"
                         r"cancelled) by|indefinite (?:term|period)|continue indefinitely|until terminated|"
                         r"sans limitation de duree|"
                         r"remain in (?:full )?(?:force|effect)[^.;]{0,40}until (?:it is )?terminated|"
                         r"at[- ]will|(?:peu(?:t|vent)|pourra) (?:y |en )?(?:mettre fin|etre resilie|le resilier|"
                         r"la resilier|"
                         r"le denoncer|la denoncer|se retirer)[^.;]{0,20} (?:a tout moment|librement|quand (?:il|"
                         r"elle|bon)|"
                         r"a n'importe quel moment)[^.;]{0,60}"
                         r"(?:preavis|prevenant|avertissant|a l'avance)")  # fmt: skip
_NOT_OPEN = re.compile(r"contrats? (?:de travail )?a duree indeterminee|\bcdi\b|embauche")


def _is_open_ended(view: ContractView) -> bool:
    return any(_OPEN_ENDED.search(text) and not _NOT_OPEN.search(text) for _, text, _ in spoken(view))


_STOPS = re.compile(
    r"denonc|renonc|(?:pour|de|a) l'(?:arreter|empecher)|pour que cela cesse|pour en sortir|empecher|"
    r"to (?:object|stop)\b|"
    r"\bretrait\b|\binterrompre|\brefus\b|(?:le|la|s'y) refuser|ne souhait[a-z]* pas|y mettre (?:un terme|fin)|"
    r"is prevented|(?:peut|veut) ne pas|"
    r"notice against|volonte contraire|avis contraire|\bse prononce|(?:veut|veulent|souhaite|desire|"
    r"entend)[a-z]* (?:[a-z']+ )?"
    r"(?:arreter|cesser|partir|mettre fin|sortir|interrompre|ne pas)|(?:does|do) not wish|\bobjects?\b|"
    r"(?:ne pas|decision de ne pas) (?:recondui|renouvel|proroger|poursuiv)|s'y? ?oppos|opposition|"
    r"non[- ]?(?:renouvel|recondu)|(?:ne (?:souhaite|veut|desire|entend)[a-z]*|"
    r"refus)[^.;]{0,60}(?:renouvel|recondu|proroga|poursui)|"
    r"mettre fin a (?:la |son )|donne[a-z]* conge|\bconge\b|faire cesser|met(?:tre)? un terme|not (?:to |"
    r"be )?(?:renew|extend)|non-?renewal|"
    r"(?:terminate|cancel|intent|elect|desire)[a-z]*[^.;]{0,80}(?:renew|end of (?:the )?(?:then|initial|current|"
    r"term)|expir)|"
    r"(?:renew|extend|continu)[a-z]*[^.;]{0,160}(?:unless|notice)|(?:renouvel|recondu|prolong|"
    r"proroge)[a-z]*[^;]{0,160}(?:sauf|a moins|sous reserve|moyennant)|"
    r"mettre fin au (?:contrat|bail|marche)[^.;]{0,60}(?:echeance|terme)|resili[a-z]*[^.;]{0,70}(?:a (?:l'|chaque |"
    r"son )(?:echeance|terme)|a l'expiration|annuellement)"
)
_ENDS_OPEN = re.compile(
    r"preavis|notice|resili|denonc|terminat|conge\b|\bend\b|mettre fin|mis fin|degager|romp(?:re|u)|cesser|"
    r"arreter|se retirer|withdraw|"
    r"\bend it\b"
)
_BEFORE_THE_END = re.compile(
    r"avant qu(?:e |')[^.;]{0,40}?(?:finisse|cesse|expire|s'acheve|termine|prenne fin|recommence|reparte)|"
    r"(?:avant|before|prior to|preced[a-z]+)\s(?:[a-z']+ ){0,2}?(?:the |l'|la |le |sa |son |chaque |each |its )?"
    r"(?:date d'(?:echeance|expiration) |anniversary|fin\b|terme\b|echeance|expir|end\b|anniversaire|reconduction|"
    r"renouvellement|renewal)"
)
"""Where the sentence before speaks of the renewal, this alone tells the notice."""
_STEPS = re.compile(
    r"resili|denonc|preavis|avis|avert|preven|previen|inform|ecri|lettre|courrier|notifi|manifest|oppos|signifi|"
    r"fai(?:t|re) "
    r"(?:part|savoir|connaitre)|demande|silence"
)
"""What is done to stop a renewal."""
_AHEAD = re.compile(r"\bpreavis\b|a l'avance|auparavant|plus tot|d'avance")
_BREAK = re.compile(r"triennal|(?:chaque|toute) periode (?:de trois ans|triennale)|periodes? de trois ans")
"""The tenant's break within a lease, no notice against its renewal."""
_RENEWS = re.compile(r"renouvel|recondu|prolong|proro|tacite|renew|repart|en annee\b|de mois en mois|continu|poursui")
_BEFORE = re.compile(
    r"^(?:(?!unless|sauf|a moins|save)[^.;,]){0,45}?\b(?:avant|a l'avance|beforehand|ahead|plus tot|d'avance|"
    r"auparavant|de preavis|before|prior|notice|in advance|preceding|"
    r"preced)|^ ?\)?'? ?(?:written |prior |advance )*notice"
)
_OF_THE_OTHER = re.compile(r"^ (?:par|pour|quand|si|lorsque|s'il|in the case of|if|when|by|for) ")
"""`deux mois avant l'échéance par le Client, six mois par le Prestataire`"""
_AFTER = re.compile(
    r"(?:preavis|delai-?conge|avant (?:l'|le |la |son |chaque )?(?:echeance|terme|fin)[a-z ]{0,24} ?:|"
    r"delai (?:de prevenance)?|notice|least|moins|prior|previous|avertir|prevenir|"
    r"prevenant|advance)[^.;]{0,60}$"
)
_BREACH = re.compile(
    r"mise en demeure|manquement|\bfautes?\b(?! (?:de|d'un))|inexecution|breach|default|remed|cure|insolv|bankrupt|"
    r"interet general|impaye|"
    r"non-?payment|force majeure|"
    r"sinistre|sans motif|convenience|change of control|violation|injonction|penalit|infructueu|material|"
    r"for any reason|a tout moment|at any time"
)
_HEAD = re.compile(
    r"\b(?:dure|recondu|renouvel|terme?\b|terms\b|renewal|denonciation|conge|echeance|preavis|opposition|"
    r"sortie a l'echeance|effet|temps|vie du|duration)"
)
_ENDING_HEAD = re.compile(r"\b(?:fin d[eu]|rupture|cessation|resiliation|demission|terminat|end of)")
_LABEL = re.compile(r"(?:preavis|opposition|denonciation|delai de (?:preavis|denonciation)|notice|non-?renewal|conge)")
_ELSEWHERE = re.compile(
    r"\bclaim|indemnif|dispute|meeting|merger|overpaid|change the applicable|business days following|during a renewed|"
    r"insurance|coverage|underpa|patent|books|audit|invoice|option to purchase|deliver|shipment|assurance|"
    r"attestation|certificat"
)
_REMINDS = re.compile(
    r"\b(?:proposition|liste du personnel|transmet|communique|remet|bilan|rappel|"
    r"informe[a-z]* de la possibilite|negoci|renegoci|discuss|state des)"
)


def _notices(view: ContractView, known: Known, *, open_ended: bool) -> Iterator[Finding[Duration]]:
    ours, theirs = _names(view, known)
    cover = cover_parts(view)
    for field in view.fields:
        if _LABEL.match(field.folded_label):
            text = field.sentence.folded
            for told in durations.find(text):
                if field.start <= told.start < field.end:
                    yield Finding(told.value, field.sentence, told.start, told.end, 0.95, "notice.field")
                    break
    previous = ""
    for sentence, text, heading in spoken(view):
        before_it, previous = previous, text
        found = durations.find(text)
        if not found:
            continue
        stops = bool(_STOPS.search(text))
        head = bool(_HEAD.search(heading))
        told_before = head and not stops and bool(_STOPS.search(before_it))
        told_before = told_before or bool(head and _RENEWS.search(before_it + text) and _BEFORE_THE_END.search(text))
        told_before = told_before or bool(
            _RENEWS.search(text) and _STEPS.search(text) and (_BEFORE_THE_END.search(text) or _AHEAD.search(text))
        )
        told_before = told_before or bool(
            _RENEWS.search(before_it) and _STEPS.search(text) and _BEFORE_THE_END.search(text)
        )
        ends = open_ended and bool(_ENDS_OPEN.search(text))
        head = head or (ends and bool(_ENDING_HEAD.search(heading)))
        if not (stops or told_before or ends):
            continue
        weight = (0.92 if stops else 0.86 if told_before else 0.8) - (0.0 if head else 0.14)
        if _BREAK.search(text):
            weight -= 0.4
        if _BREACH.search(text):
            weight -= 0.3 if not (ends and not re.search(r"breach|manquement|demeure|default", text)) else 0.05
        if _REMINDS.search(text) or _ELSEWHERE.search(text):
            weight -= 0.3
        if sentence.part in cover:
            weight -= 0.2
        yield from _by_party(sentence, text, list(_told(text, found)), weight, ours, theirs)


def _told(text: str, found: tuple[Found[Duration], ...]) -> Iterator[Found[Duration]]:
    told = False
    for index, item in enumerate(found):
        if item.value.hours or (item.value.years and not _BEFORE_THE_END.match(text[item.end :].lstrip())):
            continue
        left = found[index - 1].end if index else 0
        right = found[index + 1].start if index + 1 < len(found) else len(text)
        after = text[item.end : min(right, item.end + 90)]
        if _BEFORE.match(after) or _AFTER.search(text[max(left, item.start - 75) : item.start]):
            told = True
            yield item
        elif told and _OF_THE_OTHER.match(after):
            yield item


def _by_party(
    sentence: Sentence,
    text: str,
    told: list[Found[Duration]],
    weight: float,
    ours: re.Pattern[str] | None,
    theirs: re.Pattern[str] | None,
) -> Iterator[Finding[Duration]]:
    for index, item in enumerate(told):
        until = told[index + 1].start if index + 1 < len(told) else len(text)
        scope = text[item.start : until] if len(told) > 1 else text
        own = weight - 0.02 * index
        if len(told) > 1 or (ours and theirs and not (ours.search(text) and theirs.search(text))):
            if ours and ours.search(scope):
                own += 0.04
            elif theirs and theirs.search(scope):
                own -= 0.12
        if own > 0.5:
            yield Finding(item.value, sentence, item.start, item.end, own, "notice.told")


def _names(view: ContractView, known: Known) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
    """Patterns of what we and the others are called: names, and defined terms like « le Donneur d'ordre »."""
    companies = [fold(name) for name in known.company]
    mine, other = set(companies), set[str]()
    last: tuple[Sentence, int] | None = None
    for definition in view.defined:
        if definition.kind != "party" or len(definition.folded_name) < 3:
            continue
        since = last[1] if last and last[0] is definition.sentence else 0
        last = (definition.sentence, definition.at)
        expansion = definition.sentence.folded[since : definition.at][-260:]
        (mine if any(name in expansion for name in companies) else other).add(definition.folded_name)
    return _any(mine), _any(other - mine)


def _any(names: set[str]) -> re.Pattern[str] | None:
    return (
        re.compile(r"\b(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + r")\b")
        if names
        else None
    )
