"""Whether a question's grammar asks for a yes or a no: an inverted verb or « c'est bien », nothing open."""

from __future__ import annotations

import re

from portfolio.folding import fold

_INVERTED = re.compile(
    r"^(?:(?:so|and|but|et|mais|donc|alors) )?(?:"
    r"(?:is|are|was|were|does|do|did|has|have|had|can|could|may|must|should|shall|will|would) (?!you\b|i\b)"
    r"|(?:peut|doit|faut|pouvons|devons|sommes|avons|aurons|est|sont|ont|a|va) (?:on|il|elle|nous|ils|elles|ce bien)\b"
    r"|.{0,60}\b(?:peut|doit|est|a t|sont|ont|couvre t|va t|prend t|fait t|comprend t) (?:il|elle|ils|elles)\b"
    r"|.{0,60}\bc est bien\b)"
)
_OPEN = re.compile(
    r"\b(?:qui|que|quoi|quels?|quelles?|combien|quand|ou|comment|pourquoi|lesquels|laquelle|lequel|"
    r"who|what|which|when|how|where|why|whose|tell|list|show)\b"
)
_FILLING = re.compile(r"\best ce qu[e]?\b|\bs il (?:te|vous) plait\b")


def asks_whether(question: str) -> bool:
    """Whether a yes or a no is asked for by the question's grammar alone; False where only its meaning tells."""
    folded = _FILLING.sub(" ", fold(question))
    return _INVERTED.search(folded) is not None and _OPEN.search(folded) is None
