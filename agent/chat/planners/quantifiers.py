"""Whether a yes/no question is about any, all or none of the contracts, not about one of them."""

from __future__ import annotations

import re

from agent.chat.plan import Quantifier
from agent.chat.planners.counting import BETWEEN, THINGS
from agent.chat.planners.reading import Read

_OURS = r"(?:(?:de|d|d entre|of|parmi|among) )?(?:(?:nos|les|des|ces|mes|leurs|our|the|these|my|autres|other) )*"
_HAVE = (
    r"(?:y a t il|il y a|il existe|existe t il|avons nous|a t on|on a|nous avons|dispose t on|disposons nous|avez vous|"
    r"as tu|is there|are there|do we (?:have|hold)|have we(?: got)?|we have|there (?:is|are))"
)
_SOME = (
    r"(?:au moins un|un seul|une seule|d autres|un autre|un|une|des|d|de|any|an|a|at least one|some|other|another|"
    r"even one|plusieurs|several)"
)
_NONE = re.compile(rf"\b(?:aucune?|pas une? seule?|pas une?|none|no|not one)(?: of)? {_OURS}{BETWEEN}{THINGS}\b")
_ALL = re.compile(
    rf"\b(?:tous|toutes|chacune?|chaque|all|every|each|l ensemble|l integralite|la totalite) {_OURS}{BETWEEN}"
    rf"{THINGS}\b"
    rf"|\b(?:nos|les|our|the) {BETWEEN}{THINGS}\b.{{0,30}}\b(?:tous|toutes|all)\b"
    r"|^(?:est ce que |are |do |is |have )?(?:nos|our) "
    r"(?:contrats|marches|baux|conventions|contracts|agreements|leases)\b"
)
_ANY = re.compile(
    rf"\b{_HAVE} (?:deja |actuellement |encore |bien |aussi |also |still |currently )*{_SOME} {BETWEEN}{THINGS}\b"
    rf"|\b(?:un|une|l un|l une|certaine?s?|quelques(?: une?s)?|une? seule?|plusieurs|any|one|some|at least one|"
    rf"a single one) (?:de|d entre|parmi|of|among) (?:nos|ces|our|the|these|les)(?: \w+)?? {BETWEEN}{THINGS}\b"
    rf"|\b(?:do|does|is|are|has|have|will|can) (?:any|some)\b.{{0,20}}?\b{THINGS}\b"
    rf"|^est ce qu une? {BETWEEN}{THINGS}\b|^(?:une?|des|certains|certaines) {BETWEEN}{THINGS}\b"
)
_NOT_YES_NO = re.compile(
    r"\b(?:combien|how many|how much|quels?|quelles?|lesquels?|lesquelles?|which|what|qui est|who|quand|when|comment|"
    r"how|pourquoi|why|ou (?:est|sont)|where|nombre)\b|^(?:les|donne\w*|montre\w*|sors|affiche\w*|cite\w*|"
    r"tout ce qu|everything|"
    r"enumere\w*|show|give|list\w*|liste\w*|tous|toutes|all|contrats|resume\w*|compare\w*)\b"
    r"(?!.*\b(?:t )?(?:ils|elles)\b)"
)


def quantifier_of(question: Read) -> Quantifier | None:
    """Any, all or none, where a question asks whether something holds of the contracts; None for another question."""
    folded = question.folded
    if _NOT_YES_NO.search(folded):
        return None
    if _NONE.search(folded):
        return "none"
    if _ANY.search(folded):
        return "any"
    return "all" if _ALL.search(folded) else None
