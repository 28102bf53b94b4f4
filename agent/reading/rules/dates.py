"""When a contract was signed: the last of the signatures, else the day that it opens with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from agent.reading.grammar import dates
from agent.reading.grammar.found import Found
from agent.reading.reader import Candidate
from agent.reading.rules.day_mentions import described, mentions
from agent.reading.rules.day_roles import decided, likeliest
from agent.reading.rules.finding import Finding, best, candidate, cover_parts, said, spoken
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """`signature_date`, at most one candidate."""
    signed = signature(view, reads_month_first(view, known))
    if signed:
        yield candidate("signature_date", signed)


_NUMERIC = re.compile(r"(?<![\w./-])(\d{1,2})[/-](\d{1,2})[/-](?:20|19)?\d\d(?![./-]?\d)")


def reads_month_first(view: ContractView, known: Known) -> bool:
    """`03/04/2019` is the fourth of March: an English contract whose other dates say so, else one that counts in
    dollars."""
    if known.value("language") != "en":
        return False
    for sentence in view.sentences:
        for match in _NUMERIC.finditer(sentence.text):
            first, second = int(match[1]), int(match[2])
            if first <= 12 < second <= 31:
                return True
            if second <= 12 < first <= 31:
                return False
    return any("$" in sentence.text for sentence in view.sentences)


# --- signature -------------------------------------------------------------------------------------------------------

_SIGNS = re.compile(
    r"\b(?:fait(?= (?:a|le|en)\b)|signee?s?|contresignee?|etabli(?:e|s)?|conclue?|passe|dresse|souscrite?|"
    r"acceptee?s?|bon pour accord|bon pour acceptation|lu et approuve|agreed)\b(?:[^.;]|(?<=\b\w)\.|"
    r"(?<=\b[md]r)\.){0,80}?\b(?:le|les|du|on|a)\s$"
    r"|\bpour l[ae'][^.;:]{1,80}[,:] ?(?:(?:a )?[^,.;]{2,40}, ?)?(?:le )?$|\b(?:signed|executed|dated|entered into|"
    r"made)\b[^.;]{0,100}$|\bsignature\b[^;\t]{0,40}\bdate ?:? ?$|"
    r"[,:] (?:a|aux?) [a-z][a-z' -]{2,45},? (?:le )?$"
    r"|^\W{0,3}(?:a |aux? )?[a-z][a-z' -]{2,45},? ?(?:le |les |on )?$|[\t|]\s?(?:a |"
    r"aux? )?[a-z][a-z' -]{2,45},? ?(?:le )?$"
    r"|\bsignature\b[^.;\t]{0,40}[:,] ?(?:le )?$|\baccepted ?: ?$|\baccord donne\b[^.;]{0,60}\ble $"
    r"|\bdate\s?(?:de signature)?\s?[:.]?[\s_]*(?:le )?$|^(?:le|on|date|dated)?\W*$|[\t|]\s*(?:le ?:? ?)?$|"
    r"\bby [^,]{2,40}, (?:on )?$"
)
_SIGNATURE_LABEL = re.compile(
    r"(?:date(?:,? lieu)?(?: et(?: lieu de)?| de(?: la)?)? (?:derniere )?signature|signee?s? (?:le|on|par)|"
    r"signed on|date signed|"
    r"signature date|date of (?:last )?signature|signature(?: et date| and date)|date d'acceptation|date et visa)"
)
_OTHER_ACTS = re.compile(
    r"\b(?:nee?|born|livree?s?|installee?s?|terme|echeance|fin|arrivee|depart|livraison|proces-verbal|"
    r"mise en service|deliberations?|decision|notifiee?|recue?|received|transmis|offre|devis|proposition|valable|"
    r"valid|expire|emis|emise|edite|imprime|devis|"
    r"delegation|arrete|resolution|bureau|conseil|jusqu'au|until|depuis|since|certificat|avis|annonce|"
    r"(?<!present )contrat|(?<!presente )convention|(?<!present )marche|(?<!present )avenant|amended|amendment|"
    r"agreement dated|lettre|letter|courrier|board|licen[cs]e|meeting|"
    r"commission|effet|compter|partir|loyers?|factures?|echeances?|demarr[a-z]*|debute?|commence[a-z]*|revise|"
    r"conges)\b[^;.\t]{0,50}$"
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
_OWN = ("front", "body", "particular", "general")
_SELF = re.compile(
    r"(?:[^.;]{0,100}\s)?th(?:is|e present) (?:[a-z&,'/-]+ ){0,9}?(?:agreement|contract|lease|deed|amendment|addendum|"
    r"memorandum|letter agreement)\b.{0,160}?\b(?:made|entered|dated|effective|executed|concluded)\b"
)
_FAR = 420
"""Where in its own introduction a contract's day still stands: after the names of both parties."""
_ON_DAY = re.compile(
    r"\b(?:as of|as from|dated(?: as)?(?: for reference)?|effect(?:ive)?|made|this|on)[\s,_]*(?:the )?$"
)
_ONLY_EFFECT = re.compile(
    r"^(?!.*\b(?:made|entered|executed|dated|concluded|signed|as of)\b).*\beffective\b"
    r"|(?<!made )(?<!made and )(?<!into )(?<!into and )(?<!dated and )"
    r"\beffective (?:(?:date )?(?:as )?(?:of|from)[\s_,]*)?(?:the )?$"
)
"""The day tells the effect alone, not when the contract was made."""
_BACKGROUND = re.compile(r"\W*(?:whereas|recitals?\b|background|\([a-z]\)|considering|reference is made)")
_OF_ANOTHER = re.compile(
    r"\b(?:that certain|(?:to|under|of|pursuant to|by) (?:the|that|an?|such|its) (?:[a-z&,'-]+ ){1,8}?"
    r"(?:agreement|contract|lease|plan))\b[^.;]{0,60}$"
)
_NOT_PREAMBLE = re.compile(
    r"amended|original|prior|previous|grant agreement|expir|terminat|until|through|ending|"
    r"amendment to|reference is made|pursuant to"
)
_EXPLICIT = re.compile(
    r"\bbon pour (?:accord|acceptation)|\blu et approuve|\baccepte(?:e|es|s)?(?: en ligne| electroniquement)? par|"
    r"\bcountersigned|\bagreed (?:on behalf|and accepted|by)|\baccepted (?:by|on)|\bsigne|"
    r"\bsignature\b[^;]{0,40}\bdate\b|\bcontresigne|\bfait (?:a|le|en)\b|executed|\baccord donne|"
    r"^conclue? (?:le|a [a-z]|en \w+ \w+)|"
    r"\bsignature\b[^.;]{0,40}[:,] ?$|accepted ?:"
)
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
_MAY_SIGN = re.compile(r"sign|fait|pour l|pour a|approuve|accepte|agreed|conclu|execute|accord donne|\bby: ?_")
_SIGNERS = (
    *("bon pour", "lu et approuve", "accepte", "agreed", "pour l", "fait a", "fait le", "fait en"),
    *("by: _", "executed", "conclu", "signature", "accord donne"),
)
_ANNEXED = 0.35
_AFTER_ANNEXES = 0.9 - _ANNEXED
"""What a signature that follows the annexes weighs at least."""
_NEAR = 110


def signature(view: ContractView, american: bool) -> Finding[date] | None:
    """The day that the rules find, or that the ranker of days is surer of."""
    found = mentions(view, american)
    likely = likeliest("signature_date", found, described(view, found))
    return decided(told_signature(view, american), likely, _NO_SIGNATURE)


_STARTS_THEN = re.compile(r"\b(?:starts?|begins?|(?:earlier|later|earliest|latest) of)\b")
_NO_SIGNATURE = re.compile(
    "|".join(f"(?:{words.pattern})" for words in (_OTHER_ACTS, _NOT_PREAMBLE, _ONLY_EFFECT, _STARTS_THEN))
)
"""Words before a day that nobody signed on, whatever the ranker says."""


def told_signature(view: ContractView, american: bool) -> Finding[date] | None:
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
        if not (signing or placed or _MAY_SIGN.search(text)):
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
        for found in dates.find(text, american)[:1]:
            if _DEED.match(text):
                yield Finding(found.value, sentence, found.start, found.end, 0.92, "dates.deed")
            if found.start < 6 and _AGREED_THEN.match(text[found.end :]):
                yield Finding(found.value, sentence, found.start, found.end, 0.8, "dates.agreed_then")
            if _COVER_DATE.match(text[: found.start]):
                yield Finding(found.value, sentence, found.start, found.end, 0.85, "dates.cover")
    yield from _closing_days(view, american)
    for sentence, found, words in openings(view, american):
        if not _ONLY_EFFECT.search(words):
            yield Finding(found.value, sentence, found.start, found.end, 0.72, "dates.preamble")


_CLOSING = re.compile(
    r"\W*(?:le|on|date ?:?|cachet et date ?:?|date et cachet ?:?|(?:(?:le|la|l'|les|pour|for|the|by) ?)?"
    r"(?:[a-z.'-]+ ){0,3}[a-z.'-]+ ?[,:](?: le)?)?\W*$"
)
_THEN_SIGNED = re.compile(
    r"\W*(?:$|en (?:deux|trois|\d)|(?:, )?(?:mention )?\W*(?:lu|bon pour)|,? a [a-z' -]{2,40}\W*$|"
    r",? (?:le|la|l'|les) [a-z' -]{3,60}(?:, bon pour [a-z]+)?\W*$)"
)
_AGREED_THEN = re.compile(
    r", [^;]{5,160}\b(?:ont convenu|conviennent|sont convenus|il (?:a ete|est) convenu|se sont accord)"
)
"""`Le 2 avril 2026, A et B ont convenu`"""
_LAST = 4
_SHORT = 110


def _closing_days(view: ContractView, american: bool) -> Iterator[Finding[date]]:
    """The day that stands alone at the foot of a contract: `Le 30 juin 2025`, `LE CLIENT, 14-11-2024`."""
    own = [s for s in view.sentences if s.part in _OWN and s.text.strip()]
    for sentence in own[-_LAST:] if len(own) > _LAST else ():
        text = said(sentence)
        days = dates.find(text, american)
        if len(days) != 1 or len(text) > _SHORT or _OTHER_ACTS.search(text[: days[0].start]):
            continue
        if _CLOSING.fullmatch(text[: days[0].start]) and _THEN_SIGNED.match(text[days[0].end :]):
            yield Finding(days[0].value, sentence, days[0].start, days[0].end, 0.76, "dates.closing")


def openings(view: ContractView, american: bool) -> Iterator[tuple[Sentence, Found[date], str]]:
    """(sentence, day, the words before the day) where an English contract introduces itself: `made as of …`.

    It does so among its first sentences, or after a cover and a table of contents.
    """
    first = _first_sentences(view)
    own = next((s for s in view.sentences if s.part in _OWN and _SELF.match(said(s))), None)
    for sentence in first if own is None or any(s is own for s in first) else [*first, own]:
        text = said(sentence)
        if _BACKGROUND.match(text):
            continue
        for found in dates.find(text, american)[:2]:
            before = text[max(0, found.start - _NEAR) : found.start]
            told = _PREAMBLE.search(before) or (sentence is own and found.start < _FAR and _ON_DAY.search(before))
            if told and not _NOT_PREAMBLE.search(before) and not _OF_ANOTHER.search(before):
                yield sentence, found, before


def _first_sentences(view: ContractView, count: int = 14) -> list[Sentence]:
    opening = [s for s in view.sentences if s.part in _OWN]
    return [s for s in opening[: 3 * count] if s.text.strip()][:count]
