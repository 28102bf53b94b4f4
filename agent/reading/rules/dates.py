"""When a contract was signed, and when it takes effect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from agent.reading.grammar import dates, months
from agent.reading.reader import Candidate
from agent.reading.rules.events import told_by_event
from agent.reading.rules.finding import Finding, best, candidate, cover_parts, said, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence, is_blank


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`signature_date` and `start_date`, at most one candidate each."""
    american = reads_month_first(view, known)
    signed = _signature(view, american)
    if signed:
        yield candidate("signature_date", signed)
    yield from _start(view, signed, american)


def reads_month_first(view: ContractView, known: Known) -> bool:
    """`03/04/2019` is the fourth of March: an English contract that counts in dollars."""
    return known.value("language") == "en" and any("$" in sentence.text for sentence in view.sentences)


# --- signature -------------------------------------------------------------------------------------------------------

_SIGNS = re.compile(
    r"\b(?:fait(?= (?:a|le|en)\b)|signee?s?|contresignee?|etabli(?:e|s)?|conclue?|passe|dresse|"
    r"accepte)\b(?:[^.;]|(?<=\b\w)\.|(?<=\b[md]r)\.){0,80}?\b(?:le|les|du|on|a)\s$"
    r"|\bpour l[ae'][^.;:]{1,80}[,:] ?(?:(?:a )?[^,.;]{2,40}, ?)?(?:le )?$|\b(?:signed|executed|dated|entered into|"
    r"made)\b[^.;]{0,100}$|\bsignature\b[^;\t]{0,40}\bdate ?:? ?$|"
    r"[,:] (?:a|aux?) [a-z][a-z' -]{2,45},? (?:le )?$"
    r"|^\W{0,3}(?:a |aux? )?[a-z][a-z' -]{2,45},? ?(?:le |les |on )?$|[\t|]\s?(?:a |"
    r"aux? )?[a-z][a-z' -]{2,45},? ?(?:le )?$"
    r"|\bdate\s?(?:de signature)?\s?[:.]?[\s_]*(?:le )?$|^(?:le|on|date|dated)?\W*$|[\t|]\s*(?:le ?:? ?)?$|"
    r"\bby [^,]{2,40}, (?:on )?$"
)
_SIGNATURE_LABEL = re.compile(
    r"(?:date(?:,? lieu)?(?: et(?: lieu de)?| de(?: la)?)? (?:derniere )?signature|signee?s? (?:le|on|par)|"
    r"signed on|date signed|"
    r"signature date|date of (?:last )?signature|signature(?: et date| and date)|date d'acceptation|date et visa)"
)
_OTHER_ACTS = re.compile(
    r"\b(?:nee?|born|deliberations?|decision|notifiee?|recue?|received|transmis|offre|devis|proposition|valable|"
    r"valid|expire"
    r"|delegation|arrete|resolution|bureau|conseil|jusqu'au|until|depuis|since|certificat|avis|annonce|"
    r"(?<!present )contrat|(?<!presente )convention|(?<!present )marche|(?<!present )avenant|amended|amendment|"
    r"agreement dated|lettre|letter|courrier|board|licen[cs]e|meeting|"
    r"commission)\b[^;.\t]{0,50}$"
)
_SIGNING_HEAD = re.compile(r"\b(?:signatures?|acceptation|approbation des parties|in witness)\b")
_DEED = re.compile(r"^\W*l'an(?:nee)? (?:deux|mil)")
_PREAMBLE = re.compile(
    r"\b(?:made|entered into|executed|dated|concluded|effective)(?:,? (?:and|&) (?:entered into|executed|delivered|"
    r"effective|"
    r"made))?\b[^.;]{0,60}?(?:as of|on|this|of|dated|effective|date:?|:|\()[\s,]*(?:the )?$"
    r"|\b(?:agreement|contract|lease|amendment)\b[^.;]{0,60}?(?:dated|effective|as of)[\s,]*(?:as of )?(?:the )?$"
)
_COVER_DATE = re.compile(
    r"\W*(?:dated|date of (?:this )?(?:agreement|contract|lease|deed)|agreement date|"
    r"date du contrat)\W*$"
)
_NOT_PREAMBLE = re.compile(
    r"amended|original|prior|previous|grant agreement|expir|terminat|until|through|ending|"
    r"amendment to|reference is made|pursuant to"
)
_EXPLICIT = re.compile(r"\bsigne|\bsignature\b[^;]{0,40}\bdate\b|\bcontresigne|\bfait (?:a|le|en)\b|executed")
_PLACED_ROW = re.compile(
    r"(?:^|\t)\s?(?:À |A |Aux? )?[A-ZÉÈ][\w' -]{2,40},? (?:le )?(?:\d{1,2}|"
    r"1er)(?:[./]\d{1,2}[./]| [A-Za-zéûô]{3,9} )\d{4}\s?(?:\t|$)"
)
"""A row of a signature table: `Lyon, le 4 mars 2024` in a cell of its own."""
_PLACED_LINE = re.compile(
    r"(?!(?:From|On|Since|Until|By|Before|After|Depuis|Dès|Du|Le|Les|Au|Jusqu|Avant|Après|As of|Entre|Fin|"
    r"En)\b)(?:À |A |Aux? )?[A-ZÉÈ][\wéèêàâîïôûç'’]+(?:[ -](?:de|d['’]|du|des|la|le|les|sur|en|lès|l['’]|"
    r"[A-ZÉ][\w'’]+))*,? (?:le )?"
    r"(?:\d{1,2}|1er)(?:[./]\d{1,2}[./]| [A-Za-zéûô]{3,9} )\d{4}(?:\W*$|\s?[–—,:(-])"
)
"""A line that opens with place and day: `Angers, le 30/09/2022 – L'Exploitant`."""
_SIGNERS = ("pour l", "fait a", "fait le", "fait en")
_ANNEXED = 0.35
_AFTER_ANNEXES = 0.9 - _ANNEXED
"""What a signature that follows the annexes weighs at least."""
_NEAR = 110


def _signature(view: ContractView, american: bool) -> Finding[date] | None:
    """The last of the signatures; else the day that a deed or an English preamble opens with."""
    signed = list(_signing_days(view, american))
    own = [f for f in signed if f.sentence.part not in ("annex", "mail")]
    if own := own or [f for f in signed if f.sentence.clause.is_signature and f.weight >= _AFTER_ANNEXES]:
        sure = [f for f in own if f.weight >= 0.85] or [f for f in own if f.weight >= 0.75] or own
        return max(sure, key=lambda f: f.value)
    return best(view, [*_opening_days(view, american), *signed])


def _signing_days(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for field in view.fields:
        if _SIGNATURE_LABEL.match(field.folded_label):
            for found in dates.find(said(field.sentence), american):
                if field.start <= found.start < field.end:
                    yield Finding(found.value, field.sentence, found.start, found.end, 0.9, "dates.signature_field")
    cover = cover_parts(view)
    for sentence, text, heading in spoken(view):
        signing = sentence.clause.is_signature or bool(_SIGNING_HEAD.search(heading[-60:]))
        if sentence.part in cover and not _EXPLICIT.search(text):
            continue
        placed = sentence.block.kind == "table_row" or _PLACED_LINE.match(sentence.text)
        if not (signing or placed or "sign" in text or "fait" in text or "pour l" in text):
            continue
        for found in dates.find(text, american):
            before = text[max(0, found.start - _NEAR) : found.start]
            if _OTHER_ACTS.search(before[-70:]):
                continue
            shown = _SIGNS.search(before)
            explicit = shown and (_EXPLICIT.search(shown[0]) or (text.startswith(_SIGNERS) and len(text) < 160))
            if _PLACED_ROW.search(sentence.text) and sentence.block.kind == "table_row":
                weight = 0.9
            elif _PLACED_LINE.match(sentence.text) and found.start < 60:
                weight = 0.88
            elif shown and (signing or explicit):
                weight = 0.93 if signing else 0.82
            elif signing and len(text) < 160:
                weight = 0.7
            else:
                continue
            if sentence.part == "annex":
                weight -= _ANNEXED
            yield Finding(found.value, sentence, found.start, found.end, weight, "dates.signature")


def _opening_days(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for sentence in _first_sentences(view):
        text = said(sentence)
        if _DEED.match(text):
            for found in dates.find(text, american)[:1]:
                yield Finding(found.value, sentence, found.start, found.end, 0.92, "dates.deed")
        for found in dates.find(text, american)[:2]:
            before = text[max(0, found.start - _NEAR) : found.start]
            if _COVER_DATE.match(before):
                yield Finding(found.value, sentence, found.start, found.end, 0.85, "dates.cover")
            elif _PREAMBLE.search(before) and not _NOT_PREAMBLE.search(before):
                yield Finding(found.value, sentence, found.start, found.end, 0.72, "dates.preamble")


def _first_sentences(view: ContractView, count: int = 14) -> list[Sentence]:
    opening = [s for s in view.sentences if s.part in ("front", "body", "particular", "general")]
    return [s for s in opening[: 3 * count] if s.text.strip()][:count]


# --- taking effect ---------------------------------------------------------------------------------------------------

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
           r"(?:takes?|becomes?) effect(?:ive)?|start date|commenc(?:ing|es|era|eront|ement)|\beffet\s?:|"
           r"\b(?:runs?|running) (?:for [^.;]{3,30} )?from"),
    (0.88, r"debut(?:e|era|ent|ant)?\b(?: des? (?:prestations?|services?|la livraison|l'exploitation|contrat|bail|"
           r"marche))?|demarr(?:e|age|era)|"
           r"commence(?:ra|ront|nt)?(?: a courir)?|courir|court a (?:compter|partir)|s'applique(?:ra|nt)?\b|"
           r"s'execute|premier jour|"
           r"livre(?:s|es)? (?:du|a partir)|"
           r"premiere? (?:tournee|vacation|livraison|prestation|intervention|journee|delivery|collecte|seance)\b|"
           r"first delivery|beginning\b|begins?\b|starts?\b|"
           r"from and after|engagee? a compter|entr(?:e|ent|era|eront) [^.;]{3,30} a compter du|(?:confiee?|"
           r"concedee?|mise? a disposition|"
           r"prise de possession)[^.;]{0,40} "
           r"(?:au|le|a compter du|a partir du)|provided from|entree dans les lieux"),
    (0.72, r"(?:a compter|a partir|a dater|des) (?:du|le|de ce)|as of|starting|applicable"),
)  # fmt: skip
_EFFECTS = tuple((weight, re.compile(rf"(?:{pattern})[^;]{{0,70}}?$")) for weight, pattern in _EFFECT)
_TERM_WORDS = re.compile(r"\b(?:dure|terme?\b|periode|contrat|bail|marche|convention|accord|avenant|police|"
                         r"prestation|engage|service|"
                         r"agreement|lease|employment|livr|exploitation|mission|abonnement|"
                         r"delegation|concession|supply|supplies|obligation|preneur|bailleur|locataire|titulaire|"
                         r"police|"
                         r"garantie|formation|location|fourniture|loan|subscription)")  # fmt: skip
_TERM_HEAD = re.compile(r"\b(?:dure|terme?\b|effet|vigueur|calendrier|date|periode|effective|commencement|temps|"
                        r"prise|entree|debut|vie du|"
                        r"duration|engagement|conditions propres|resume)")  # fmt: skip
_NOT_START = re.compile(
    r"\b(?:chaque|recalcul|revis|index|prix|tarif|ferme|penalit|factur|preced|anterieur|remplac|substitu|ancien|"
    r"offre|devis|propos|"
    r"certificat|"
    r"attest|assuranc|licen|renouvel|reconduc|prolong|jusqu|resili|prendra? fin|expir|augment|major|hausse|visite|"
    r"reunion|"
    r"notifi[ee]* le|deliberation|loi|decret|amended|original|superse|replac|prior|previous|born|nee? |hypothes|"
    r"ends?\b|ending|until|terminat|earlier|through|"
    r"planning|cible|previsionnel|indicatif)"
)
_START_LABEL = re.compile(
    r"(?:date d'(?:effet|entree)|prise d'effet|date de (?:debut|demarrage|prise d'effet|commencement|"
    r"mise en service)|debut\b|demarrage|mise en place|"
    r"effet\b|entree en (?:vigueur|jouissance|fonction)|commencement|start|effective|premiere? (?:vacation|jour))"
)
_NAMED_AFTER = re.compile(
    r"\W{0,4}(?:ci-apres |the |la |le |defined as |denommee? )*[\"'«“ ]*(?:date d'(?:effet|entree en vigueur)|"
    r"date de (?:prise "
    r"d'effet|debut|demarrage|commencement)|(?:effective|start|commencement) date|(?:service )?start date)|"
    r",? (?:(?:a )?(?:date|jour)s?,? (?:a laquelle|a partir (?:de laquelle|duquel)|ou|de)|que|qui (?:marque|"
    r"constitue)|is when|"
    r"when)\b[^.;]{0,45}?(?:effet|debut|commence|court\b|vigueur|demarre|depart|starts?|begins?)"
)
"""What a day is, told after it: `(the "Start Date")`, `, date d'effet`, `que le contrat prend effet`."""
_OLDEST = 1980
_NO_FIRST_DAY = re.compile(r"\b(?:fin|mi|end|mid|courant|dernier|late)[ -](?:(?:du mois )?(?:de |d')|of )?$")
_PREAMBLE_EFFECT = re.compile(r"\beffective(?: date)?\b|\bas of\b")


def _start(view: ContractView, signed: Finding[date] | None, american: bool) -> Iterator[Candidate]:
    found = best(view, _start_days(view, american))
    told = told_by_event(view, signed, american)
    if told and (found is None or told.confidence >= found.weight):
        yield told
    elif found:
        yield candidate("start_date", found)


def _start_days(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for field in view.fields:
        if _START_LABEL.match(field.folded_label) and not is_blank(field.value):
            text = said(field.sentence)
            for day in dates.find(text, american):
                if field.start <= day.start < field.end and not _NOT_START.search(text[field.start : day.start]):
                    yield Finding(day.value, field.sentence, day.start, day.end, 0.95, "dates.start_field")
                    break
    cover = cover_parts(view)
    for sentence, text, heading in spoken(view):
        spans = [(r.value[0], r.start, r.end) for r in dates.ranges(text, american)]
        if (
            spans
            and (_TERM_WORDS.search(text) or _TERM_HEAD.search(heading))
            and not _NOT_START.search(text[: spans[0][1]])
        ):
            first, start, end = spans[0]
            if not re.search(r"\b(?:vacances|ouvert|ferm|hiver|ete|saison)\b", text):
                yield Finding(first, sentence, start, end, 0.88, "dates.range")
        for found in dates.find(text, american):
            finding = _as_start(sentence, text, heading, found.value, found.start, found.end)
            if finding:
                penalty = 0.15 if sentence.part in cover and finding.weight < 0.9 else 0.0
                yield replace(finding, weight=finding.weight - penalty)
        for month in months.alone(text):
            if not _NO_FIRST_DAY.search(text[max(0, month.start - 20) : month.start]):
                finding = _as_start(sentence, text, heading, month.value.first, month.start, month.end)
                if finding and finding.weight > 0.7:
                    yield replace(finding, weight=finding.weight - 0.08, rule="dates.start_month")
    yield from _preamble_effect(view, american)


def _as_start(sentence: Sentence, text: str, heading: str, day: date, start: int, end: int) -> Finding[date] | None:
    before = text[max(0, start - _NEAR) : start]
    after = text[end : end + 60]
    if day.year < _OLDEST:
        return None
    told = next(((w, m) for w, p in _EFFECTS if (m := p.search(before))), None)
    if told is None:
        named = _NAMED_AFTER.match(text[end : end + 90])
        doubted = _NOT_START.search(before[-40:]) if named else None
        return Finding(day, sentence, start, end, 0.9, "dates.effective") if named and not doubted else None
    weight, match = told
    near = text[max(0, start - 70) : start]
    if _NOT_START.search(near[: len(near) - len(match[0])] if weight > 0.8 else near) or _NOT_START.search(match[0]):
        weight -= 0.4
    in_head = bool(_TERM_HEAD.search(heading))
    if weight < 0.8 and not (in_head and _TERM_WORDS.search(text)):
        weight -= 0.35 if not in_head else 0.12
    if re.match(r" ?(?:et|and|,)? ?(?:a |to )?(?:chaque|each|every|de chaque)", after):
        weight -= 0.3
    if not _TERM_WORDS.search(text) and not in_head:
        weight -= 0.12
    return Finding(day, sentence, start, end, weight, "dates.start") if weight > 0.55 else None


def _preamble_effect(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    for sentence in _first_sentences(view):
        text = said(sentence)
        for found in dates.find(text, american)[:2]:
            before = text[max(0, found.start - _NEAR) : found.start]
            if _PREAMBLE.search(before) and not _NOT_PREAMBLE.search(before):
                weight = 0.78 if _PREAMBLE_EFFECT.search(before[-40:]) else 0.66
                yield Finding(found.value, sentence, found.start, found.end, weight, "dates.preamble_effect")
