"""Questions on a contract before it was amended, and on what an amendment added or took away."""

from __future__ import annotations

import re

from agent.chat.execute_facts import Reading
from agent.chat.holdings import Held
from agent.chat.plan import QueryPlan, Topic
from portfolio.folding import fold

_CHANGE = (
    r"(?:avenant\w*|acte modificatif|modification\w*|changement\w*|signature de l avenant|amendment\w*|change|"
    r"variation|"
    r"addendum|rider)"
)
_BEFORE = re.compile(
    rf"\b(?:avant|before|prior to) (?:que )?(?:\w+ ){{0,3}}?{_CHANGE}\b"
    r"|\bavant (?:qu on|que nous|qu il|qu elle) (?:\w+ ){0,2}?(?:sign|chang|modifi|amend)\w*"
    r"|\bbefore (?:we|it|they) (?:\w+ ){0,2}?(?:sign|chang|modif|amend)\w*"
    r"|\b(?:a|au moment de|lors de) la signature du (?:contrat|marche|bail)\b|\ba la signature (?:initiale|"
    r"du depart)\b"
    r"|\b(?:a l origine|d origine|au depart|de depart|au tout debut|originally|to begin with|at the outset|"
    r"at (?:the time of )?(?:signing|signature)|when (?:it was|we) signed)\b"
    r"|\b(?:initial\w*|original)\b"
    r"|^(?:(?:et|and|mais|but) )?(?:c etait |ca faisait |it was )?(?:avant|auparavant|before|previously)\b"
    r"(?! (?:le|la|les|fin|the|quand|quel\w*|d|de|when|what|which|end)\b)"
    r"|\b(?:auparavant|precedemment|jusque la|jusqu alors|previously)\b"
)
_TERM = re.compile(
    r"\b(?:duree|periode|phase|term|period|ferme) (?:\w+ )?(?:initiale?|d origine)\b|\b(?:initial|"
    r"original) (?:term|period)\b"
)
"""The first period of a contract is no time before its amendment."""
_SINCE = re.compile(
    rf"\b(?:depuis|since|apres|after|following|avec|with) (?:\w+ ){{0,2}}?{_CHANGE}\b|\b(?:desormais|maintenant|"
    r"dorenavant|a present|aujourd hui|now|from now on|nouveau|nouvelle|new)\b"
)
_FROM_TO = re.compile(
    r"\bde (?:combien|quel\w*|quoi) (?:\w+ )?a (?:combien|quel\w*|quoi)\b|\bfrom (?:what|how \w+|"
    r"which) to (?:what|how \w+|"
    r"which)\b|\b(?:disparu\w*|retire\w*|remplac\w*|supprim\w*|ajoute\w*|dropped|removed|replaced|added)\b|"
    r"\bavant et apres\b|\bbefore and after\b|\bpass\w* de (?:combien|quoi) a\b"
)
_DIFFERS = re.compile(
    r"\bde combien\b(?! de)|\bby how much\b|\bhow much (?:more|less|higher|lower|extra)\b|\bhow much (?:\w+ ){1,6}?"
    r"(?:go up|gone up|rise|risen|increase\w*|decrease\w*|drop\w*|grow\w*|add\w*)\b|\b(?:ecart|difference|surcout|"
    r"supplement)\b|\bcombien (?:\w+ ){0,6}?(?:de plus|en plus|de moins|en moins)\b"
)
_TIMES: dict[Topic, str] = {"end": "end_date", "next_end": "end_date", "start": "start_date"}


def before_amendment(plan: QueryPlan) -> bool:
    """Whether a question asks for what was agreed at first."""
    folded = _TERM.sub(" ", fold(plan.question))
    if plan.topic in ("signature", "duration") or _SINCE.search(folded):
        return False
    return _BEFORE.search(folded) is not None


def difference(plan: QueryPlan) -> bool:
    """Whether a question asks by how much two values differ."""
    return _DIFFERS.search(fold(plan.question)) is not None


def from_to(plan: QueryPlan) -> bool:
    """Whether a question asks for a value before and after a change."""
    return _FROM_TO.search(fold(plan.question)) is not None


def at_first(held: Held) -> Held:
    """The contract as it was before its amendments."""
    return held.at_first


def dated_at_first(held: Held, topic: Topic | None) -> Reading | None:
    """A day of the contract's time as it was agreed at first, which the calendar of today no longer has."""
    field = _TIMES.get(topic) if topic else None
    value = held.origin.value(field) if field else None
    if field is None or value is None:
        return None
    return Reading(value, "date", field, (field, "duration"), f"chat.{'end' if field == 'end_date' else 'start'}")
