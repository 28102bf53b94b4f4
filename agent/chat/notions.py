"""What a question asks for in a contract's own words: the things named after the interrogative, without which an answer
would be about something else."""

from __future__ import annotations

import re

from agent.chat import lexicon
from portfolio.folding import fold
from vectorstore.keywords import STOP_WORDS

_SMALL = (
    r"(?:deux |trois |quatre |cinq |two |three |four |five |le |la |les |l |un |une |des |du |de |d |notre |nos |leur |"
    r"leurs |the |a |an |our |their |of |on |y |il )*"
)
_ASKED = re.compile(
    r"\b(?:quel(?:le)?s? (?:est |sont |etait |a ete |sera )?|c est quoi |c quoi |qui est |c est qui |qui sont |"
    r"combien (?:de |d )|"
    r"what (?:is |are |was )?|which |who is |who are |how many |how much |a quelle |de quelle |quid (?:de |du |"
    r"des )?)"
    rf"{_SMALL}(?P<asked>\w+)(?: (?:de |du |des |d |of |for )?{_SMALL}(?P<of>\w+))?"
)
_VAGUE = lexicon.words("empty", "vague")
_EMPTY = lexicon.words("empty", "any")
_HAPPENED = re.compile(
    r"\b(?:combien|nombre|montant|how (?:many|much)|a quelle date|quand|when|quel(?:le)?s?)\b.*?\b(?:"
    r"(?:a|ont|avons|avez|a t on|ont ils) (?:deja |bien )?(?:ete |t (?:il|elle) ete )?(?:coute|rapporte|consomme|"
    r"facture|declare|fait|"
    r"collecte|livre|recense|compte|vendu|commande|releve|signale|constate|depense|notifie|applique|delivre|"
    r"transporte|"
    r"produit|subi|effectue|realise|vu|recu|paye|encaisse|touche)(?:e?s?)?\b|"
    r"(?:a|ont) (?:deja )?ete \w+|"
    r"(?:was|were|has|have|did) .{0,30}\b(?:cost|invoiced|billed|reported|declared|delivered|sold|ordered|collected|"
    r"consumed|counted|charged|spent|paid|received|issued|recorded)\b)"
)
_LATELY = re.compile(
    r"\b(?:dernier|derniere|derniers|dernieres|l an dernier|l annee derniere|cette annee|ce mois|le mois dernier|"
    r"jusqu ici|"
    r"jusqu a present|a ce jour|depuis (?:janvier|le debut|un an)|en (?:20\d\d|janvier|fevrier|mars|avril|mai|"
    r"juin|juillet|aout|"
    r"septembre|octobre|novembre|decembre)|last|so far|to date|this year|since|in (?:20\d\d|january|february|"
    r"march|april|may|"
    r"june|july|august|september|october|november|december)|trimestre|semestre|quarter)\b"
)
_EVER = re.compile(r"\bdid (?:\w+ ){1,6}?ever\b|\b(?:a|ont) (?:t )?(?:il|elle|ils|elles|on) (?:un jour|jamais)\b")
_AGREED = re.compile(r"\b(?:amend\w*|avenants?|sign\w*|extend\w*|renew\w*|prolong\w*|recondui\w*|renouvel\w*)\b")
"""What documents tell of the past: what the parties signed."""


def heads(question: str) -> tuple[str, ...]:
    """The folded words that name what is asked for: after a word that says nothing by itself (name, number, date), the
    one that follows it."""
    found: list[str] = []
    for match in _ASKED.finditer(fold(question)):
        asked, of = match["asked"], match["of"]
        if _says_nothing(asked):
            asked = of
        if asked and not _says_nothing(asked) and asked not in STOP_WORDS and not asked.isdigit():
            found.append(asked)
    return tuple(dict.fromkeys(found))


_TIED = re.compile(r"\b(?:quel(?:le)?s?|what|which) (?P<what>\w{4,}) (?:de|d|of) (?P<of>\w{4,})")


def tied(question: str) -> tuple[tuple[str, str], ...]:
    """The folded nouns that « quelle X de Y » asks for as one thing: « remise de volume »."""
    pairs = ((m["what"], m["of"]) for m in _TIED.finditer(fold(question)))
    return tuple((x, y) for x, y in pairs if not _says_nothing(x) and y not in _EMPTY)


def _says_nothing(word: str) -> bool:
    return any(form in _VAGUE or form in _EMPTY for form in (word, word.removesuffix("s")))


def happened(question: str) -> bool:
    """Whether a question asks what came to pass in a time gone by: contracts rarely tell."""
    folded = fold(question)
    return (_HAPPENED.search(folded) is not None and _LATELY.search(folded) is not None) or (
        _EVER.search(folded) is not None and _AGREED.search(folded) is None
    )


_DETERMINED = re.compile(
    r"\b(?:le|la|les|l|un|une|des|du|de|d|au|aux|notre|nos|leur|leurs|ce|cet|cette|ces|mon|ma|mes|son|sa|ses|quel|"
    r"quelle|quels|quelles|chaque|par|pour|en|the|a|an|our|their|its|this|that|these|each|every|per|of|for|"
    r"which|what|"
    r"any)(?: (?:premiere?|deuxieme|nouvel|nouvelle|nouveau|autre|meme|annuel\w*|new|first|second|other|yearly|"
    r"annual))? "
    r"(?P<thing>[a-z]\w{2,})"
)


def named(question: str, language: str = "fr") -> frozenset[str]:
    """The folded words that name things: those after an article, a possessive or a preposition. What follows a pronoun
    or an auxiliary says what happens to them, and needs not stand in a contract."""
    folded = fold(question)
    if language == "fr":
        folded = _AVOIR.sub(r"\1 ", folded)  # « a » folded is « à » or has, never an article
    return frozenset(match["thing"] for match in _DETERMINED.finditer(folded))


_AVOIR = re.compile(r"(^|\s)an? ")
