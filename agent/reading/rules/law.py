"""The law that governs a contract and the court or arbitration that it names; only what is said.

Where several parts speak, the part that prevails by the contract's own order of precedence counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from agent.reading.reader import Candidate
from agent.reading.rules.known import Known
from agent.reading.rules.law_places import PLACES
from agent.reading.structure import ContractView, Sentence, fold

_PLACE = "(?:" + "|".join(sorted((re.escape(name) for name in PLACES), key=len, reverse=True)) + ")"
_LAW_FR = re.compile(
    rf"\b(?:loi|lois|droit|legislation)s? (?P<adjective>{_PLACE})(?![a-z])|"
    rf"\b(?:loi|lois|droit|legislation) (?:de |du |de la |de l'|des )(?:etat de |"
    rf"republique )?(?P<noun>{_PLACE})(?![a-z])"
)
_LAW_EN = re.compile(
    r"\b(?:laws?|legislation) (?:and jurisdiction )?(?:in force |applicable )?(?:of|in) (?:the )?(?:[a-z]+ (?:of|"
    r"de) (?:the )?)?(?:\([^)]*\) )?"
    rf"(?P<noun>{_PLACE})(?![a-z])|\b(?P<adjective>{_PLACE}) (?:substantive |state |contract |civil )?(?:laws?|"
    rf"legislation)\b|"
    rf"\blaws? of (?:both )?(?:the )?(?:united states(?: of america)?|"
    rf"u\.?s\.?a?\.?) and (?:of )?(?:the )?(?:state of )?(?P<state>{_PLACE})"
)
_STATE_TOO = re.compile(rf"\b(?:state|commonwealth) of (?P<place>{_PLACE})(?![a-z])")
_GOVERNS = re.compile(
    r"\b(?:regi[es]?s?|regie?s?|soumise?s?|applicables?|relevent?|gouverne|s'applique|interprete|execute|obei(?:t|ssent|ra)|suit|suivent|assujetti|"
    r"seule? (?:loi|applicable)|"
    r"govern(?:ed|s|ing)?\b|construed|interpreted|subject to|enforced|in accordance with|applicable|applies|apply|"
    r"under the laws?)\b"
)
_ALONE = re.compile(r"^\W*(?:[\d.]+\W+)?(?:la )?(?:loi|droit) [a-z]+(?:\s(?:applicable|seule?))?\s?[.;,]")
_NOT_GOVERNING = re.compile(
    r"\b(?:organi[sz]ed|incorporated|existing|established|formed|constituee?|immatriculee?|societe de|"
    r"registered|whether arising) (?:and [a-z ]+ )?"
    r"(?:under|selon|suivant|pursuant to|de) |compliance with (?:all )?(?:applicable )?laws|tax laws?|"
    r"securities laws?|bankruptcy|"
    r"trademark act|in violation of|privacy laws?|labor laws?|insurance laws?|export laws?|code du travail"
)
_HEADING = re.compile(
    r"droit (?:et|applicable)|loi (?:applicable|et)|litige|differend|juridiction|contestation|competence|tribuna|"
    r"election de domicile|"
    r"recours|law\b|governing|jurisdiction|disputes?|venue|arbitration|applicable|forum|miscellaneous|"
    r"general provisions"
)
_COURT_FR = re.compile(
    r"\b(?P<court>(?:tribuna(?:l|ux)|cour d'appel|conseil de prud'hommes|juridictions?|chambre (?:arbitrale|"
    r"de commerce internationale)|"
    r"cour internationale d'arbitrage|centre de mediation et d'arbitrage)"
    r"(?: (?:judiciaires?|administratifs?|competents?|de commerce|des activites economiques|de grande instance|"
    r"d'instance|civils?|"
    r"paritaire des baux ruraux|arbitral|francaise?s?|de proximite))*"
    r"(?: (?:du|de la|des|de l'|de|d'|situe[es]? a|dans le ressort)(?: ?(?:[a-z][a-z'-]*|l'[a-z-]+)){1,7})?)"
)
_COURT_STOP = re.compile(
    r"[,;.:()\t]|\s(?:est|sont|sera|seront|a|auront|aura|ont|nonobstant|meme|y compris|pour|qui|ou|en cas|connait|"
    r"connaitra|connaitront|dans|"
    r"par|quel|competente?s?|seule?s?|statue|et (?:ce|a)|sous|sauf|apres|avant|saisi|selon|statuant)(?![a-z'])"
)
_NAMED = re.compile(r"(?:tribunal|cour|conseil|chambre|juridiction|centre)[a-z]*\s.*?\b(?:de|d'|du|des|a)\s?(?:la |"
                    r"le |l')?[A-ZÀ-Þ]|"
                    r"(?:lieu de situation|siege (?:social )?d|domicile d|ressort d)")  # fmt: skip
_COURT_EN = re.compile(
    r"\b(?P<court>(?:(?:state|federal|provincial|superior|supreme|commercial|district|regional|high|competent|local|"
    r"united states|u\.s\.|"
    r"circuit|chancery|county|english|french|french-speaking|dutch-speaking|german|swiss|[a-z]+) (?:(?:and|"
    r"or) (?:federal|state) )?)?"
    r"(?:district )?courts?(?: \([^)]{3,30}\))?(?: located| sitting| situated)? (?:of|in|at|for|within)"
    r"(?: the)? [a-z][a-z' ,-]{2,80}|"
    r"american arbitration association|international chamber of commerce|london court of international arbitration|"
    r"jams\b|hong kong international arbitration centre|singapore international arbitration centre|"
    r"china international economic and trade arbitration commission|international (?:court of arbitration|"
    r"centre for dispute resolution))"
)
_ARBITRATION_EN = re.compile(
    r"\barbitration (?:under|in accordance with|pursuant to|administered by|conducted by|at|before) (?:the )?"
    r"(?P<rules>[a-z][a-z' ()&-]{2,80})"
    r"(?:,? (?:seated|sitting|held|with its seat|the seat being)? ?in (?P<seat>[a-z][a-z -]{2,30}))?"
)
_FRIENDLY = re.compile(r"\b(?:s'entendre|a l'amiable|amiable|mediat|concili|tourne mal|desaccord|amicabl|good faith)")
_COURT_EN_STOP = re.compile(
    r"[;.:]|, (?:and (?:each|the parties|any|hereby|waives?)|its|the parties|to|for|which|without|in (?:any|"
    r"connection)|united states|"
    r"where)|\s(?:shall|will|has|have|having|for (?:any|all|the)|with respect|and (?:each|the parties|any|hereby|"
    r"waive|irrevocably|no other)|"
    r"over|in (?:any|connection|respect|accordance)|to (?:resolve|settle|hear)|which|unless|under|pursuant|are|is|"
    r"as the|arising)\b"
)
_ARBITRATION_STOP = re.compile(
    r"[.;:]|\s(?:by (?:one|a|three)|before|shall|will|then|as (?:in|at)|which|for the time|whose)\b"
)
_DISPUTE = re.compile(
    r"\b(?:litige|differend|contestation|contentieux|desaccord|conteste|competen|juridiction|recours|saisi|dispute|"
    r"disput|controvers|claims?|"
    r"action|proceeding|jurisdiction|venue|arbitrat|suit|submit)"
)
_COURT_ALONE = re.compile(r"^\W*(?:[\d.]+\W+)?tribuna(?:l|ux) [a-z' -]{5,60}\s?\.?$")
_UNLESS = re.compile(r"\b(?:sauf (?:mention|clause|stipulation|disposition)s? contraires?|a defaut de (?:mention|"
                     r"precision)|"
                     r"unless otherwise (?:stated|agreed|specified))")  # fmt: skip
_NOT_COURT = re.compile(r"\b(?:court order|order of (?:a|any|the) court|requirement of|subpoena|law firm|greffe|"
                        r"inscri|immatricul|"
                        r"decision de justice|registre|redressement|liquidation judiciaire|prepose|mediat(?:eur|ion)|"
                        r"refere precontractuel)\b")  # fmt: skip


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """At most one candidate a field and sentence; the clause on disputes and applicable law is the surest place."""
    english = known.value("language") == "en"
    for sentence in view.sentences:
        if sentence.part == "margin" or sentence.block.kind == "heading":
            continue
        about = _HEADING.search(_label(sentence)) is not None
        weight = -0.04 * view.rank(sentence)
        law = _law(sentence, about, english)
        if law is not None:
            yield Candidate("governing_law", law[0], (sentence.quote(),), law[1] + weight, "law.governing")
        court = _court(sentence, about, english)
        if court is not None:
            yield Candidate("jurisdiction", court[0], (sentence.quote(),), court[1] + weight, "law.court")


def _label(sentence: Sentence) -> str:
    """What announces the sentence: its headings; of a table row, its first cell too."""
    heading = sentence.clause.folded_heading
    return f"{heading} > {fold(sentence.block.cells[0])}" if sentence.block.kind == "table_row" else heading


def _law(sentence: Sentence, about: bool, english: bool) -> tuple[str, float] | None:
    folded = sentence.folded
    if "law" not in folded and "loi" not in folded and "droit" not in folded and "legislation" not in folded:
        return None
    pattern = _LAW_EN if english else _LAW_FR
    for match in pattern.finditer(folded):
        name = next(text for text in (match.groupdict().get("state"), match["noun"], match["adjective"]) if text)
        code = PLACES[name]
        near = folded[max(0, match.start() - 180) : match.end() + 60]
        governs = _GOVERNS.search(near) is not None
        if _NOT_GOVERNING.search(folded[max(0, match.start() - 60) : match.end()]) and not about:
            continue
        if code == "US" and (state := _STATE_TOO.search(folded, match.start(), match.end() + 120)):
            code = PLACES[state["place"]]
        if governs:
            return code, 0.93 if about else 0.8
        if _ALONE.fullmatch(folded) or (about and (_ALONE.match(folded) or len(folded) < 60)):
            return code, 0.88
    return None


def _court(sentence: Sentence, about: bool, english: bool) -> tuple[str, float] | None:
    folded, text = sentence.folded, sentence.text
    clause = " ".join(other.folded for other in sentence.clause.sentences) if "tribunal" in folded else ""
    disputes = _DISPUTE.search(folded) is not None or _FRIENDLY.search(clause) is not None
    alone = _COURT_ALONE.match(folded) is not None
    if not disputes and not alone and not (about and len(folded) < 120):
        return None
    if english and (match := _ARBITRATION_EN.search(folded)):
        end = match.end("seat") if match["seat"] else match.end("rules")
        cut = _ARBITRATION_STOP.search(folded, match.start("rules"), end)
        return text[match.start() : cut.start() if cut else end].strip(" ,."), 0.85 if about else 0.75
    pattern, stop = (_COURT_EN, _COURT_EN_STOP) if english else (_COURT_FR, _COURT_STOP)
    for match in pattern.finditer(folded):
        around = folded[max(0, match.start() - 60) : match.end() + 20]
        if _NOT_COURT.search(around):
            continue
        start, end = match.span("court")
        cut = stop.search(folded, start + 8, end + 40)
        name = text[start : min(end, cut.start()) if cut else end].strip(" ,.")
        if english:
            name = _trim_english(name)
        if not _is_named(name, english):
            continue
        return name, (0.9 if about or alone else 0.7) - (0.2 if _UNLESS.search(folded) else 0.0)
    return None


def _trim_english(name: str) -> str:
    return re.sub(r"^(?:the|any|such|said|by|to|in|a|of|and|or|into|before) ", "", name, flags=re.IGNORECASE)


@cache
def _is_named(name: str, english: bool) -> bool:
    """A court that can be found: with its town, or the rule that tells it; not « les tribunaux compétents »."""
    if english:
        return any(word[:1].isupper() for word in name.split()[1:]) or fold(name).startswith(("jams", "american arb"))
    plain = name[0].lower() + name[1:]
    return _NAMED.search(plain) is not None or "français" in plain
