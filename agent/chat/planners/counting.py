"""Whether a question is about which contracts, or how many of them; and what it counts."""

from __future__ import annotations

import re

from agent.chat.planners.reading import Read

_PLURAL = re.compile(
    r"^(?:\w+ ){0,3}?(?:(?:quels|quelles|lesquels|lesquelles|which|what) (?:(?:sont|are|of|our|the|these|les|nos|"
    r"de|autres|"
    r"other) )*(?:contrats|marches|baux|conventions|accords|polices|abonnements|engagements|partenariats|"
    r"contracts|agreements|leases|deals|ones)\b"
    r"|avec qui (?:on a|avons nous|a t on) (?:un |des )?(?:contrats?|marches?)\b"
    r"|(?:lesquels|lesquelles)\b|which (?:of (?:our|the|these|them)|ones)\b)"
    r"|^(?:qu est ce qui|what|whatever) (?:prend\w* fin|s arrete\w*|se termin\w*|expire\w*|finit|arrive a|tombe|"
    r"ends?|expires?)\b"
    r"|^(?:(?:les|nos|tous|toutes|all|our|the) )*(?:contrats|marches|baux|conventions|contracts|agreements|leases)\b"
)


def lists_contracts(read: Read) -> bool:
    """Whether a question asks which contracts: « lesquels… », « quels contrats… », « contrats sans… »."""
    return _PLURAL.search(read.folded) is not None and not re.search(r"\b(?:combien|how many|how much)\b", read.folded)


_NOUN = re.compile(
    r"\b(?:(?:combien|nombre) (?:de|d)|how many|number of|combien (?:avons|avez|a|as) (?:\w+ ){1,3}(?:de|d)) "
    r"(?:(?:nos|our|of|the|les) |(?:jours|mois|days|months) (?:de|d|of) )*(?P<noun>\w+)"
)


def asked_noun(folded: str) -> str | None:
    """What is counted: the noun after « combien de », `how many`."""
    match = _NOUN.search(folded)
    return match["noun"] if match else None


_COUNTERPARTIES = ("fournisseurs", "prestataires", "cocontractants", "suppliers", "providers", "counterparties")


_OF_OURS = re.compile(
    r"\b(?:(?:nos|mes|les|ces|our|the) (?:\d+ )?(?:contrats|marches|baux|conventions|contracts|agreements)\b.{0,40}?"
    r"\b(?:combien (?:sont|ont|en|nous|y|qui|d entre|prevoient|se|s )|how many)|(?:combien (?:de|d)|"
    r"how many) (?:of |our |nos )*(?:deals|engagements|partenariats|"
    r"polices|abonnements|ones|them|ces contrats))\b"
    r"|\bcombien (?:sont|ont|prevoient|n ont|ne se|se (?:terminent|renouvellent|reconduisent|finissent)|expirent|"
    r"finissent) (?!.*\b(?:paye|coute))"
)


def counts_contracts(question: Read) -> bool:
    """Whether what is counted are contracts."""
    if asked_noun(question.folded) in _COUNTERPARTIES:
        return True
    if _OF_OURS.search(question.folded):
        return True
    return bool(
        re.search(
            r"\b(?:(?:combien|nombre) (?:de|d) (?:nos )?(?:\w+ )?(?:contrats?|marches|baux|"
            r"conventions|accords|polices)|combien (?:avons|avez|a|as) (?:\w+ ){1,3}(?:de|d) "
            r"(?:contrats?|marches|baux|conventions|accords|fournisseurs|prestataires)|(?:how many|"
            r"number of) (?:of (?:our|the) )?(?:\w+ )?(?:contracts?|"
            r"agreements?|leases?)|dans combien de|in how many)\b",
            question.folded,
        )
    )


def of_contracts(question: Read) -> bool:
    """Whether a question asks which contracts, or how many of them."""
    return lists_contracts(question) or counts_contracts(question)
