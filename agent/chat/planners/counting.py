"""Whether a question is about which contracts, or how many of them; and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.chat import lexicon
from agent.chat.planners.reading import Read

THINGS = (
    r"(?:contrats?|marches?|bail|baux|conventions?|accords?|polices?|abonnements?|engagements?|partenariats?|dossiers?|"
    r"delegations?|fournisseurs?|prestataires?|cocontractants?|titulaires?|bailleurs?|assureurs?|partenaires?|"
    r"contracts?|agreements?|leases?|deals?|suppliers?|providers?|vendors?|contractors?|counterpart(?:y|ies)|"
    r"arrangements?|partners?|ndas?|ones)"
)
"""What a portfolio holds, and those with whom it was agreed."""
BETWEEN = (
    r"(?:(?!de\b|du\b|d\b|of\b|dans\b|in\b|au\b|avec\b|with\b|to\b|le\b|la\b|l\b|the\b|our\b|nos\b|notre\b|est\b|is\b|"
    r"pour\b|for\b)\w+ ){0,2}?"
)
"""Words that may stand before one of them and say of which kind it is."""
_PLURAL = re.compile(
    rf"^(?:\w+ ){{0,3}}?(?:(?:quels?|quelles?|lesquels|lesquelles|which|what) "
    rf"(?:(?:sont|are|of|our|the|these|les|nos|de|autres|other) )*{BETWEEN}{THINGS}\b"
    r"|avec qui (?:on a|avons nous|a t on) (?:un |des )?(?:contrats?|marches?)\b"
    r"|(?:lesquels|lesquelles)\b|which (?:of (?:our|the|these|them)|ones)\b)"
    r"|^(?:qu est ce qui|what|whatever) (?:prend\w* fin|s arrete\w*|se termin\w*|expire\w*|finit|arrive a|tombe|"
    r"ends?|expires?)\b"
    rf"|^(?:tout ce qu(?:e| (?:on|il|y))|everything|all)(?: \w+){{0,5}}? {THINGS}\b"
    r"|^quels (?:prix|tarifs|loyers)\b|^which (?:prices|fees|rents)\b"
    r"|^(?:(?:les|nos|tous|toutes|all|our|the) )*(?:contrats|marches|baux|conventions|contracts|agreements|leases)\b"
    rf"|^(?:parmi|among|sur|dans|of|out of) (?:(?:tous|toutes|les|nos|ces|all|our|the|these) )*{BETWEEN}{THINGS}\b.*"
    r"\b(?:lesquels|lesquelles|quels|quelles|which)\b"
)
_KINDS = re.compile(
    r"^(?:\w+ ){0,2}?(?:quels|quelles|which|lesquels de|lesquelles de) "
    r"(?:(?:sont|are|of|our|the|les|nos|de|autres|other) )*(?P<kind>.+)"
)


def lists_contracts(read: Read) -> bool:
    """Whether a question asks which contracts: « lesquels… », « quels contrats… », « quelles assurances… »."""
    if re.search(r"\b(?:combien|how many|how much)\b", read.folded):
        return False
    if _PLURAL.search(read.folded) is not None:
        return True
    kinds = _KINDS.match(read.folded)
    return kinds is not None and any(
        match.start == kinds.start("kind")
        for entry in lexicon.table("types").values()
        for match in entry.find(read.folded)
    )


@dataclass(frozen=True)
class Thing:
    """What is counted, folded: its ``noun``, the words ``of`` its phrase that must stand beside it (`points de
    livraison`, `postes téléphoniques`, `named users`), and the other words ``near`` which say of which ones."""

    noun: str
    of: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


_ASKED_FOR = re.compile(
    r"\b(?:(?P<french>(?:combien|nombre)(?: \w+){0,3}? (?:de|d|des)|^et (?:de|d|des))|how many|number of|"
    r"^(?:and )?what about) (?:(?:nos|our|of|the|les|de|d) )*(?P<phrase>.+)"
)
_ENDS = re.compile(
    r"\b(?:do|does|did|are|is|have|has|had|can|will|were|was|in|on|at|under|we|they|with|for|per|there|est|sont|ont|a|"
    r"avons|avez|y|au|aux|dans|chez|pour|par|sur|en|et|nous|on|il|elle|qui|que|faut|doit|peut|pouvons|prevoit|"
    r"couvre\w*|contient|comprend|comporte|concerne\w*|the|le|la|les|avec|sous|l|du|ce|cette)\b"
)


def asked_thing(folded: str, near: tuple[str, ...] = ()) -> Thing | None:
    """What a question counts, by the phrase after « combien de », « nombre de », `how many`, or of what refines it."""
    match = _ASKED_FOR.search(folded)
    if match is None:
        return None
    phrase = re.findall(r"[\w-]+", _ENDS.split(match["phrase"], maxsplit=1)[0])[:4]
    if not phrase:
        return None
    if match["french"]:
        noun, rest = phrase[0], phrase[1:3]
    else:
        inner = phrase.index("of") if "of" in phrase else len(phrase)
        noun, rest = phrase[max(0, inner - 1)], [*phrase[: max(0, inner - 1)], *phrase[inner + 1 :]]
    of = tuple(w for w in rest if w not in ("de", "d", "des", "of"))
    return Thing(noun, of, tuple(w for w in near if w != noun and w not in of))


_NOUN = re.compile(
    r"\b(?:(?:combien|nombre) (?:de|d)|how many|number of|combien (?:avons|avez|a|as) (?:\w+ ){1,3}(?:de|d)) "
    r"(?:(?:nos|our|of|the|les) |(?:jours|mois|days|months) (?:de|d|of) )*(?P<noun>\w+)"
)


def asked_noun(folded: str) -> str | None:
    """What is counted: the noun after « combien de », `how many`."""
    match = _NOUN.search(folded)
    return match["noun"] if match else None


_OF_OURS = re.compile(
    r"\b(?:(?:nos|mes|les|ces|our|the) (?:\d+ )?(?:contrats|marches|baux|conventions|contracts|agreements)\b.{0,40}?"
    r"\b(?:combien (?:sont|ont|en|nous|y|qui|d entre|prevoient|se|s )|how many)|(?:combien (?:de|d)|"
    r"how many) (?:of |our |nos )*(?:deals|engagements|partenariats|"
    r"polices|abonnements|ones|them|ces contrats))\b"
    r"|\b(?:(?:il y en a|y en a t il|on en a|nous en avons|en avons nous) combien|combien (?:il )?y en a(?: t il)?|"
    r"combien en (?:avons nous|a t on))\b"
    r"|\bcombien (?:sont|ont|prevoient|n ont|ne se|se (?:terminent|renouvellent|reconduisent|finissent)|expirent|"
    r"finissent) (?!.*\b(?:paye|coute))"
)
_COUNTED = re.compile(
    rf"\b(?:combien|nombre) (?:de|d) (?:nos |ces |d )*{BETWEEN}{THINGS}\b"
    rf"|\bcombien (?:avons|avez|a|as|y a) (?:\w+ ){{1,3}}(?:de|d) {BETWEEN}{THINGS}\b"
    rf"|\b(?:how many|number of) (?:of (?:our|the|these) )?{BETWEEN}{THINGS}\b"
    r"|\bdans combien de|\bin how many\b"
)


def counts_contracts(question: Read) -> bool:
    """Whether what is counted are contracts, or those with whom they were made."""
    return _OF_OURS.search(question.folded) is not None or _COUNTED.search(question.folded) is not None


def of_contracts(question: Read) -> bool:
    """Whether a question asks which contracts, or how many of them."""
    return lists_contracts(question) or counts_contracts(question)
