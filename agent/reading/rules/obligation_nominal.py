"""Duties without a verb: `Remise du rapport annuel par le Titulaire : 31 mars`, `Rapport : chaque trimestre`.

The noun of a deed, or of a document under a heading on documents, opens the line; a due rule stands beside it.
"""

from __future__ import annotations

import re

from agent.reading.grammar.found import Found
from agent.reading.rules.cast import Cast, Mention
from agent.reading.rules.obligation_debtors import Scene, agent_of
from agent.reading.rules.obligation_documents import document_in, names_document
from agent.reading.rules.obligation_filters import MONEY_DUTY, SURE_DAY
from agent.reading.rules.obligation_tables import DEED, action_of
from agent.reading.rules.obligation_verb_table import Verb
from agent.reading.rules.obligation_verbs import Use
from agent.reading.structure import Sentence, fold
from portfolio.schema import Obligation
from portfolio.values import DueRule, FromEvent, OnDate

BULLET = re.compile(
    r"^\W*(?:(?:[a-z]|[ivx]{1,4}|\d{1,2}(?:\.\d{1,2})*)[.)°]\s+)?(?:l[ea] |l'|les |un |une |the |an? )?"
)
_HANDING = re.compile(
    r"^(?:remise|transmission|envoi|depot|communication|fourniture|production|etablissement|restitution|presentation|"
    r"notification|publication|organisation|tenue|designation|mise (?:a jour|a disposition)|delivery|submission|"
    r"provision|convocation|realisation|verification|controle)\b"
)
_PAPERS = re.compile(
    r"rapport|information|communicat|transmission|remises?\b|echanges?\b|tableau de bord|pilotage|report|"
    r"document|livrable|piece|justificati|calendrier|echeancier|remettre|reporting|deliverable|rendu|suivi"
)
_FINITE = re.compile(
    r"\b(?:est|sont|sera|seront|a|ont|fait|font|peut|peuvent|doit|doivent|is|are|shall|will|may|has)\b"
)
_LAID_ON = re.compile(r"\b(?:incombent?|est a la charge|sont a la charge|releve(?:nt)? d|is the responsibility)\b")
_COLON = re.compile(r"[^:]{0,30}\s?(?::|–|—)\s?")
_LONGEST = 220
_NAME = Verb("", "hand", "", "")


def may_be(folded: str) -> bool:
    """Whether a line is short and opens with the noun of a deed or of a document."""
    if len(folded) > _LONGEST:
        return False
    opening = BULLET.match(folded)
    start = opening.end() if opening else 0
    return (DEED.match(folded[start:]) or _HANDING.match(folded[start:])) is not None or names_document(
        folded[start : start + 40]
    )


def duty(
    sentence: Sentence,
    due: Found[DueRule] | None,
    rule: DueRule | None,
    mentions: tuple[Mention, ...],
    scene: Scene,
    cast: Cast,
) -> tuple[Obligation, bool] | None:
    """The duty that a line names, and whether the line itself says whose it is; ``rule`` is the rule of ``due`` in the
    contract's own words."""
    folded, text = sentence.folded, sentence.text
    if (
        rule is None
        or due is None
        or len(folded) > _LONGEST
        or (MONEY_DUTY.search(folded) and not names_document(folded))
    ):
        return None
    opening = BULLET.match(folded)
    start = opening.end() if opening else 0
    if due.start <= start and (colon := _COLON.match(folded, due.end)):
        start = colon.end()
    deed = DEED.match(folded[start:]) or _HANDING.match(folded[start:])
    laid_on = _LAID_ON.search(folded) is not None
    if _FINITE.search(folded) and not laid_on:
        return None
    if isinstance(rule, OnDate) and not SURE_DAY.search(folded[: due.start]):
        return None
    if isinstance(rule, FromEvent) and not (rule.offset.days or rule.offset.months or rule.offset.years):
        return None
    whole = Use(_NAME, "passive", len(folded), len(folded), len(folded))
    named = agent_of(folded, whole, mentions, scene, cast)
    if deed is None:
        labelled = (
            due.start < start or ":" in folded[start : due.start + 1] or "\t" in folded or scene.intro is not None
        )
        papers = _PAPERS.search(fold(sentence.clause.heading)) is not None or scene.intro is not None
        if not (labelled and papers and names_document(folded[start : start + 40])):
            return None
    elif not (named or scene.intro or scene.subject or names_document(folded[start:])):
        return None
    debtor = named or scene.intro or scene.subject or cast.doer
    if debtor is None or (deed is not None and not named and not names_document(folded[start:])):
        return None
    cut = min((m.start() for m in _CUT.finditer(folded, start + 8)), default=len(text))
    words = text[start:cut].strip(" ,;.:\t-–")
    action = action_of(words, fold(words))
    document = document_in(text, folded, start)
    return Obligation(debtor=debtor, action=action, document=document, due=rule, quote=sentence.quote().text[:4000]), (
        named is not None
    )


_CUT = re.compile(
    r"\s?:|\t|,|\s(?:par|by) (?:le|la|l'|les|the)\b|\s(?:avant|au plus tard|incombe|est|sont|tous les|dans les)\b"
)
