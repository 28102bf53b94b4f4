"""Whether words grant or deny what they speak of: negations and what they reach, in French and English."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from agent.chat import lexicon
from agent.chat.matching import SAME, likeness
from portfolio.folding import fold

_LIMITS = re.compile(
    r"\b(?:ne|n|not|sans)\b(?: \w+){0,4}? (?:depass|exced|superi|outrepass|exceed|inferi|infring)\w*(?: pas)?"
    r"|\b(?:not|no) (?:more|less|later|fewer|earlier) than\b|\bpas plus (?:de|d|que)\b"
)
"""What sets a limit denies nothing."""
_RHETORICAL = re.compile(
    r"^(?:et |mais |donc )?(?:n|ne) (?:\w+ ){1,4}?pas\b|\bn est ce pas\b|\bou pas\b|\bou non\b|\bor not\b"
    r"|^(?:is|are|do|does|can|could|may) ?n t\b|\bnon$"
)
_VERB = re.compile(
    r"\b(?:ne|n(?= [aeiouyh])(?! importe))\b"
    r"|\b(?:not|never|cannot|neither|nor|nobody|nothing|none)\b|\bn t\b"
)
_ONLY = re.compile(r"\b(?:ne|n) (?:\w+ ){1,6}?(?:qu|que)\b (?P<tail>.*)|\bonly (?:if|to|for|with|by|in)\b (?P<rest>.*)")
_BAN = re.compile(
    r"\b(?:interdi\w*|prohib\w*|proscri\w*|exclu(?:e|s|es)?|excluded|exclut|excluent|forbid\w*|forbidden|neant|"
    r"sans objet|infructueu\w*|"
    r"dispens\w*|exoner\w*|exempt\w*|non (?:prevu\w*|autoris\w*|admis\w*|permis\w*|requis\w*|compris\w*|inclus\w*|"
    r"revis\w*|renouvel\w*|reconduct\w*|cessible\w*|couvert\w*|garanti\w*|du|due|remboursab\w*|exclusi\w*)|"
    r"without charge)\b"
)
_LIFTED = re.compile(
    r"\b(?:pas|plus|jamais|not|nullement) (?:\w+ )?(?:interdi|prohib|exclu|forbid|forbidden|proscri)\w*"
)
"""A ban denied is leave."""
_LOCAL = re.compile(
    r"\b(?P<how>sans|without|aucune?s?|no|ni|nul(?:le)?|pas d|pas de|hors|free of|free from)\b"
    r"(?P<what>(?: (?:any|giving|a|an|aucune?|avoir|devoir|y|payer|verser|donner|de|d|du|des|la|le|les|l|que|"
    r"the))* \w+(?: (?:ni|or|ou) \w+)?)"
)
_DETERMINERS = ("aucun", "aucune", "aucuns", "aucunes", "no", "nul", "nulle")
_CONDITION = re.compile(
    r"(?:^|(?<=[\s,(]))(?:et )?(?:si|s'il|s'ils|lorsque?|lorsqu'|quand|en cas|tant que?|tant qu'|à défaut|"
    r"dès lors|sous réserve|"
    r"à moins|sauf (?:si|accord|avis|autorisation|mention|en cas)|if|unless|provided|where|when|until|"
    r"subject to|as long as)\b[^,;:]*",
    re.IGNORECASE,
)
_ASKED_IF = re.compile(
    r"^\W*(?:et |and )?(?:si|s'il|s'ils|s’il|if)\b[^,]*?(?:,|(?=\b(?:on|nous|peut|doit|faut|est-ce|can|may|do|"
    r"must|are|is)\b(?! pas)))"
    r"|[\s,]\b(?:si|s'il|s’il|if)\s[^,?]*",
    re.IGNORECASE,
)
"""What a question supposes: at its head up to the comma or to what is asked then, else at its end."""
_EXCEPTED = re.compile(
    r"\b(?:sauf|hors|hormis|excepté\w*|à l['’]exception d\w*|à l['’]exclusion d\w*|en dehors d\w*|"
    r"except(?: for)?|other than|"
    r"excluding|save for)\s*[^,;:.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Polarity:
    """A clause's denials. ``denied``: of its verb or as a whole; ``lacking``: the words that it says are not there or
    not needed; ``excepted``: what it leaves out; ``only``: what follows « ne … que »; ``supposed``: its conditions."""

    text: str
    denied: bool
    lacking: str
    excepted: str
    only: str | None
    supposed: str

    @property
    def conditional(self) -> bool:
        """Whether it holds on a condition."""
        return bool(self.supposed)

    def denies(self, word: str) -> bool:
        """Whether the clause says of a thing that it is not."""
        return self.denied != bool(self.lacking and likeness(word, self.lacking))


@lru_cache(maxsize=4096)
def polarity(text: str, *, asking: bool = False) -> Polarity:
    """The polarity of a clause, or of a question, whose politeness denies nothing (« ne peut-on pas ? »)."""
    excepted = " ".join(m[0] for m in _EXCEPTED.finditer(text) if not _CONDITION.match(m[0]))
    main = _EXCEPTED.sub(lambda m: m[0] if _CONDITION.match(m[0]) else " ", text)
    condition = _ASKED_IF if asking else _CONDITION
    bare = condition.sub(" ", main)
    supposed = " ".join(m[0] for m in condition.finditer(main))
    told = fold(bare) or fold(main)
    if asking:
        told = _RHETORICAL.sub(" ", told)
    told = _LIMITS.sub(" ", told)
    only = None if asking else _ONLY.search(told)
    tail = None
    if only is not None:
        tail = only["tail"] or only["rest"]
        told = told[: only.start()] + " " + tail
    verb = _VERB.search(told) is not None
    lacking = [m["what"] for m in _LOCAL.finditer(told) if not (verb and m["how"] in (*_DETERMINERS, "ni"))]
    banned = _BAN.search(told) is not None
    lifted = _LIFTED.search(told) is not None
    return Polarity(
        fold(text), (verb or banned) and not lifted, " ".join(lacking), fold(excepted), tail, fold(supposed)
    )


@lru_cache(maxsize=1 << 14)
def opposed(word: str, text: str) -> bool:
    """Whether a folded text says the opposite of a word: `gratuit` where it is asked whether it is charged."""
    for one, other in _pairs():
        for mine, theirs in ((one, other), (other, one)):
            if mine.longest(word) and theirs.longest(text) and likeness(word, text) < SAME:
                return True
    return False


@lru_cache(maxsize=1 << 13)
def ideas(folded: str) -> frozenset[str]:
    """What a folded text speaks of that may be said in other words."""
    return frozenset(name for name, entry in lexicon.table("ideas").items() if entry.longest(folded))


@lru_cache(maxsize=1 << 10)
def ideas_of(word: str, folded: str) -> frozenset[str]:
    """The ideas that a word belongs to in the folded text of its question."""
    return frozenset(
        name
        for name, entry in lexicon.table("ideas").items()
        if any(word in folded[m.start : m.end].split() for m in entry.find(folded))
    )


def _pairs() -> tuple[tuple[lexicon.Entry, lexicon.Entry], ...]:
    ones, others = lexicon.table("opposites", "one"), lexicon.table("opposites", "other")
    return tuple((ones[name], others[name]) for name in ones)
