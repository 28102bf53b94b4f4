"""The days on which a contract may take effect, each as surely as its words say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from agent.reading.grammar import dates, durations, months, relative
from agent.reading.grammar.found import Found
from agent.reading.rules.dates import openings
from agent.reading.rules.finding import OF_THE_TERM, Finding, cover_parts, said, season_spans, spoken
from agent.reading.structure import ContractView, Sentence, is_blank

_EFFECT = (
    (0.92, r"(?:pren(?:d|dra|ant|dront|dre|nent)|pris) (?:effet|cours)|avec effet|prises? d'effet|produi(?:t|"
           r"ra)(?: ses)? effets?|"
           r"date d'effet|"
           r"(?:entre(?:e|ra|ront|nt)?|entree|mise) en (?:vigueur|application)|effective (?:date|as (?:of|from)|from|"
           r"on)|"
           r"with effect (?:from|on)|pren(?:d|dra|dront|nent) naissance|point de depart|sort(?:ira)? (?:ses|"
           r"son plein) effets?|effecti(?:f|ve)s? (?:au|a compter|des|le)\b|"
           r"(?:entre(?:ra|nt)?|entree) en jouissance|in force (?:as )?from|"
           r"commences? (?:on|as of|from)|shall (?:commence|begin)|commencement date|(?:comes?|enters?|"
           r"entry) into (?:force|effect)|"
           r"(?:takes?|becomes?) effect(?:ive)?|start date|commenc(?:ing|es|era|eront|ement)|\beffet\s?:|\b(?:a|"
           r"avec) effet (?:du|au)\b|"
           r"pren(?:d|dra) ses fonctions|entrera? en fonctions?|remonte(?:nt)? au|retroactivement (?:au|du|a compter)|"
           r"\b(?:runs?|running) (?:for [^.;]{3,30} )?from"),
    (0.88, r"debut(?:e|era|ent|ant)?\b(?: des? (?:prestations?|services?|la livraison|l'exploitation|contrat|bail|"
           r"marche))?|demarr(?:e|age|era)|"
           r"commence(?:ra|ront|nt)?(?: a courir)?|courir|court a (?:compter|partir)|s'applique(?:ra|nt)?\b|"
           r"s'execute|premier jour|"
           r"livre(?:s|es)? (?:du|a partir)|"
           r"premiere? (?:tournee|vacation|livraison|prestation|intervention|journee|delivery|collecte|seance|"
           r"rotation|parution)\b|"
           r"\bnai(?:t|ssent)\b|decompte(?:e|s|es)? (?:depuis|du|de)\b|(?:vaut|valent|valable|joue(?:ra)?|"
           r"loue) (?:a (?:partir|compter|dater)|d[ue]|"
           r"des|depuis)\b|"
           r"on and from|from and including|first (?:collection|visit|shift)|"
           r"first delivery|beginning\b|begins?\b|starts?\b|"
           r"from and after|engagee? a compter|entr(?:e|ent|era|eront) [^.;]{3,30} a compter du|(?:confiee?|"
           r"concedee?|mise? a disposition|"
           r"prise de possession)[^.;]{0,40} "
           r"(?:au|le|a compter du|a partir du)|provided from|entree dans les lieux"),
    (0.72, r"(?:a compter|a partir|a dater|des) (?:du|le|de ce|de la|de l')|as of|starting|applicable"),
)  # fmt: skip
_EFFECTS = tuple((weight, re.compile(rf"(?:{pattern})[^;]{{0,70}}?$")) for weight, pattern in _EFFECT)
_TAKES_EFFECT = re.compile("|".join(pattern for weight, pattern in _EFFECT if weight > 0.8))
_TERM_WORDS = re.compile(r"\b(?:dure|terme?\b|periode|contrat|bail|marche|convention|accord|avenant|police|"
                         r"prestation|engage|service|"
                         r"agreement|lease|employment|livr|exploitation|mission|abonnement|"
                         r"delegation|concession|supply|supplies|obligation|preneur|bailleur|locataire|titulaire|"
                         r"police|"
                         r"garantie|formation|location|fourniture|loan|subscription|pret\b|mandat|licence|"
                         r"reservation|autorisation|"
                         r"adhesion|campagne)")  # fmt: skip
_TERM_HEAD = re.compile(r"\b(?:dure|terme?\b|effet|vigueur|calendrier|date|periode|effective|commencement|temps|"
                        r"prise|entree|debut|vie du|quand\b|when\b|"
                        r"duration|engagement|conditions propres|resume)")  # fmt: skip
NOT_START = re.compile(
    r"\b(?:chaque|recalcul|revis|index|prix|tarif|ferme|penalit|factur|preced|anterieur|remplac|substitu|ancien|"
    r"offre|devis|propos|"
    r"certificat|"
    r"attest|assuranc|licen|renouvel|reconduc|prolong|jusqu|resili|prendra? fin|expir|augment|major|hausse|visite|"
    r"reunion|"
    r"notifi[ee]* le|deliberation|loi|decret|amended|original|superse|replac|prior|previous|born|nee? |hypothes|"
    r"ends?\b|ending|conclud|clotur|acheve|until|terminat|earlier|through|"
    r"planning|cible|tentative|anticipated|planned|projected|"
    r"au plus tard|no later than|previsionnel|indicatif|essai\b|trial\b|a (?:bien )?dure\b)"
)
_START_LABEL = re.compile(
    r"(?:date d'(?:effet|entree)|prise d'effet|date de (?:debut|demarrage|prise d'effet|commencement|"
    r"mise en service)|debut\b|demarrage|mise en place|prise en charge|"
    r"(?:ouverture|depart|commencement) (?:du|de la|de l'|des) (?:[a-z]+)\s*$|(?:commencement|debut) d'execution|"
    r"effet\b|entree en (?:vigueur|jouissance|fonction)|commencement|start|effective|premiere? (?:vacation|jour|"
    r"livraison|"
    r"rotation|parution|intervention|prestation|collecte|tournee)|first (?:collection|delivery|visit|shift)|"
    r"(?:cover|term|plan|subscription|contract|service|services|support|hire|rental|agreement) (?:from|starts?|"
    r"begins?)\b)"
)
_NAMED_AFTER = re.compile(
    r"\W{0,4}(?:ci-apres |hereinafter |hereafter |called |the |la |le |defined as |denommee? )*[\"'«“( ]*"
    r"(?:date d'(?:effet|entree en vigueur)|"
    r"date de (?:prise "
    r"d'effet|debut|demarrage|commencement)|(?:effective|start|commencement) date|(?:service )?start date)|"
    r",? (?:(?:a )?(?:date|jour)s?,? (?:a laquelle|a partir (?:de laquelle|duquel)|ou|de|qui (?:marque|"
    r"constitue|fixe))|que|qui (?:marque|"
    r"constitue)|is when|"
    r"when)\b[^.;]{0,45}?(?:effet|debut|commence|court\b|vigueur|demarre|depart|starts?|begins?)"
)
"""What a day is, told after it: `(the "Start Date")`, `, date d'effet`, `que le contrat prend effet`."""
_OLDEST = 1980
_NEAR = 110
_NO_FIRST_DAY = re.compile(r"\b(?:fin|mi|end|mid|courant|dernier|late)[ -](?:(?:du mois )?(?:de |d')|of )?$")
_PREAMBLE_EFFECT = re.compile(r"\beffect(?:ive)?\b")


MADE = "dates.preamble_made"
"""The day on which an English contract says that it is made: its length runs from there, though nothing says so."""


def start_days(view: ContractView, american: bool, *, lasts: bool) -> Iterator[Finding[date]]:
    """The days that are told; ``lasts``: the contract tells its length, which runs from the day that it is made on."""
    for field in view.fields:
        if _START_LABEL.match(field.folded_label) and not is_blank(field.value):
            text = said(field.sentence)
            for day in dates.find(text, american):
                told = text[field.start : day.start]
                if field.start <= day.start < field.end and (_THAT_IS.search(told) or not NOT_START.search(told)):
                    yield Finding(day.value, field.sentence, day.start, day.end, 0.95, "dates.start_field")
                    break
    cover, lead = cover_parts(view), False
    for sentence, text, heading in spoken(view):
        spans = [(r.value[0], r.start, r.end) for r in dates.ranges(text, american)]
        if (
            spans
            and (_TERM_WORDS.search(text) or _TERM_HEAD.search(heading) or _only(text, spans[0][1], spans[0][2]))
            and not NOT_START.search(text[: spans[0][1]])
        ):
            first, start, end = spans[0]
            if _OPENED.search(text[:start]) or not re.search(r"\b(?:vacances|ouvert|ferm|hiver|ete|saison)\b", text):
                sure = _TERM_HEAD.search(heading) or OF_THE_TERM.search(text[:start]) or _TERM_WORDS.match(text)
                yield Finding(first, sentence, start, end, 0.88 if sure else 0.84, "dates.range")
        for found in dates.find(text, american):
            if any(start < found.start < end for _, start, end in spans):
                continue
            finding = _as_start(sentence, text, heading, found.value, found.start, found.end)
            if finding:
                penalty = 0.15 if sentence.part in cover and finding.weight < 0.9 else 0.0
                yield replace(finding, weight=finding.weight - penalty)
        if lead and (goes_on := _first_day(text, american)):
            yield Finding(goes_on.value, sentence, goes_on.start, goes_on.end, 0.88, "dates.start_after_colon")
        lead = bool(_LEADS_ON.search(text))
        for month in months.alone(text):
            if not _NO_FIRST_DAY.search(text[max(0, month.start - 20) : month.start]):
                finding = _as_start(sentence, text, heading, month.value.first, month.start, month.end)
                if finding and finding.weight > 0.7:
                    yield replace(finding, weight=finding.weight - 0.08, rule="dates.start_month")
    for season in season_spans(view):
        yield season.of(season.value[0], "dates.season")
    yield from _preamble_effect(view, american, lasts=lasts)


_OPENED = re.compile(r"\b(?:exercice|saison|campagne|periode)\b[^;]{0,30} ouverte? le $")


_LEADS_ON = re.compile(
    r"\b(?:dure|contrat|bail|marche|accord|convention|prestations?|term|agreement)[^;]{0,140}"
    r"(?:a compter|a partir|a dater|effet|debute|commence|demarre|starts?|from|on)(?: (?:du?|le|de|au))? ?:\s*$"
)
"""What a line of its own, or the boxes below, goes on with: `La durée est d'un an à compter du :`"""


def _first_day(text: str, american: bool) -> Found[date] | None:
    """The day that a line consists of, but for empty boxes and their labels blanked out."""
    days = dates.find(text, american)
    alone = len(days) == 1 and re.fullmatch(r"[^a-z0-9]*(?:le |du |au |on |the )?", text[: days[0].start])
    return days[0] if alone else None


def _only(text: str, start: int, end: int) -> bool:
    """Whether a sentence says nothing else: `Quand ?` `Du 01/11/2026 au 31/10/2027.`"""
    return re.fullmatch(r"\W*(?:du|from|le)? ?", text[:start]) is not None and not text[end:].strip(" .")


def _as_start(sentence: Sentence, text: str, heading: str, day: date, start: int, end: int) -> Finding[date] | None:
    before = text[max(0, start - _NEAR) : start]
    after = text[end : end + 60]
    if day.year < _OLDEST:
        return None
    told = next(((w, m) for w, p in _EFFECTS if (m := p.search(before))), None)
    if told is None and _THAT_IS.search(before) and _TAKES_EFFECT.search(text[:start]) and relative.find(text[:start]):
        return Finding(day, sentence, start, end, 0.92, "dates.start")
    if told is None or told[0] < 0.8:
        named = _NAMED_AFTER.match(text[end : end + 90])
        if named and not NOT_START.search(before[-40:]):
            return Finding(day, sentence, start, end, 0.9, "dates.effective")
    if told is None:
        return None
    weight, match = told
    if _THAT_IS.search(before) and not NOT_START.search(match[0]):
        return Finding(day, sentence, start, end, 0.94, "dates.start")
    if _DAY_OF_EVENT.search(before):
        weight -= 0.3
    elif weight < 0.8 and _with_length(text, before, match, after):
        weight = 0.86
    near = text[max(0, start - 70) : start]
    if told[0] > 0.8:
        near = _ASIDE.sub("", near[: len(near) - len(match[0])])
        near = near[near.rfind(",") + 1 :] if len(match[0]) < _CLOSE and not _FORMER.search(near) else near
    if NOT_START.search(near) or NOT_START.search(match[0]) or _OF_ANOTHER.search(before):
        weight -= 0.4
    in_head = bool(_TERM_HEAD.search(heading))
    if weight < 0.8 and not (in_head and _TERM_WORDS.search(text)):
        weight -= 0.35 if not in_head else 0.12
    if re.match(r" ?(?:et|and|,)? ?(?:a |to )?(?:chaque|each|every|de chaque)", after):
        weight -= 0.3
    if not _TERM_WORDS.search(text) and not in_head:
        weight -= 0.12
    return Finding(day, sentence, start, end, weight, "dates.start") if weight > 0.55 else None


_OF_ANOTHER = re.compile(
    r"\b(?:terminat|resign|cancel|royalt|percent)[^.;]{0,110}$|"
    r"\b(?:production|promotion(?:al)?|royalty|payment|notice|grace|marketing|evaluation|development|measurement|"
    r"reporting|exclusivity|test(?:ing)?|warranty|holiday|election|restricted|standstill|option) period\b[^.;]{0,70}$|"
    r"\b(?:the|that|an?|certain) (?:[a-z&,'-]+ ){0,7}agreement,?(?: (?:between|by|among)[^.;]{0,60})?,? "
    r"(?:dated|effective|having an)[^.;]{0,40}$|\b(?:anticipate|expect)s?\b[^.;]{0,60}$|"
    r"\b(?:(?:during|within|throughout|over) (?:the|a|any)|each|every|any|per) (?:[a-z-]+ ){0,2}"
    r"(?:period|year|quarter|month)\b[^.;]{0,40}$"
)
"""A period, a contract or an end that is not the term: `the initial production period commences on …`."""
_ASIDE = re.compile(r", (?:qui|lequel|laquelle|which) [^;]*,\s*$")
"""`, qui remplace celui du 1er juin 2019,` says nothing of the day that its sentence goes on to."""
_FORMER = re.compile(r"\b(?:preced|anterieur|remplac|substitu|ancien|original|superse|prior|previous|initial)")
_CLOSE = 34
"""Where the cue stands right before the day, what an insertion before says is of another: `signée après délibération du
28 septembre, prend effet au 1er janvier`."""
_THAT_IS = re.compile(r"(?:,|\() ?(?:soit|c'est-a-dire|i\.e\.|that is|being),? (?:(?:le|du|on) )?$")
"""`le lendemain de la notification, intervenue le 9 septembre, soit le 10 septembre`: the day that counts."""
_DAY_OF_EVENT = re.compile(r"\b(?:recue?|intervenue?|accusee?|delivree?|received|given)(?: et [a-z]+)? (?:le|on) $")
"""The day of an event from which the start is counted, not the start."""
_LENGTH_BEFORE = re.compile(r"^[^.;\d]{0,12}$")
_LENGTH_AFTER = re.compile(
    r"^,? (?:et |and )?(?:pour|pendant|for) (?:une (?:duree|periode) (?:ferme |initiale )?d(?:e |'))?$"
)
_OPEN_AFTER = re.compile(
    r"^,? (?:et )?(?:sans (?:duree|terme|limitation)|pour une duree (?:indeterminee|illimitee)|until)"
)


def _with_length(text: str, before: str, cue: re.Match[str], after: str) -> bool:
    """Whether the length of the contract is told with the day: `pour un an, à compter du 15 février 2025`."""
    lengths = durations.find(before[: cue.start()])
    told = bool(lengths) and _LENGTH_BEFORE.match(before[lengths[-1].end : cue.start()]) is not None
    following = durations.find(after)
    told = told or (bool(following) and _LENGTH_AFTER.match(after[: following[0].start]) is not None)
    told = told or _OPEN_AFTER.match(after) is not None
    return told and bool(_TERM_WORDS.search(text) or _AS_TERM.search(before)) and not _OTHER_LENGTH.search(before)


_AS_TERM = re.compile(r"\b(?:loue|conclu|fait|passe|donnee?|concede|consenti|granted|let)e?s?\b")
_OTHER_LENGTH = re.compile(
    r"\b(?:garanti|essai|conserv|archiv|valid|offre|propos|devis|quot|origine|initiale|preavis|delai|paiement|"
    r"payable|warrant|kept|retain)"
)


def _preamble_effect(view: ContractView, american: bool, *, lasts: bool) -> Iterator[Finding[date]]:
    for sentence, found, words in openings(view, american):
        if _PREAMBLE_EFFECT.search(words[-40:]):
            yield Finding(found.value, sentence, found.start, found.end, 0.78, "dates.preamble_effect")
        elif lasts:
            yield Finding(found.value, sentence, found.start, found.end, 0.6, MADE)
