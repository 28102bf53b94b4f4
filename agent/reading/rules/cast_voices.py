"""Who says « nous » and « je », who is « vous »: by definition, in a letter by who signs it, in a mail by its sender.

Contracts that say nothing leave it to the roles: suppliers write conditions of sale (`Cast.us`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from agent.reading.sameness import letters, name_words
from agent.reading.structure import Sentence
from portfolio.schema import Party

Named = Callable[[str], Sequence[str]]
"""The parties named in folded words, in order."""

_US = r"(?:nous|we|us|je|notre societe|our)"
_YOU = r"(?:vous|you|votre|your)"
_MEANS = re.compile(
    rf"\"\s?(?:(?P<us>{_US})|{_YOU})\s?\"(?:[^\".;]{{0,40}}\"[^\".;]{{0,20}})?,? (?:qui )?"
    r"(?:designe(?:nt|ra)?|means?|refers? to|renvoie(?:nt)? a|s'entend(?:ent)? de|est|is|are|stands? for)\s"
    r"(?P<who>[^;.]{3,140})"
)
_CALLED = re.compile(
    rf"(?P<who>.{{3,160}})\(?(?:ci-apres |hereinafter )?[^()]{{0,30}}\"\s?(?:(?P<us>{_US})|{_YOU})\s?\""
)
_SALUTATION = re.compile(
    r"^\W*(?:chere?s? |bonjour,? )?(?:madame|monsieur|mesdames|messieurs|maitre|dear|bonjour|docteur)\b"
    r"[^.:]{0,60},?\s*$"
)
_CLOSING = re.compile(
    r"veuillez (?:agreer|croire|recevoir|trouver ici)|je vous prie|nous vous prions|cordialement|salutations|sinceres|"
    r"sincerely|faithfully|(?:kind|best|warm) regards|respectueu|bien a vous|dans l'attente de votre|truly yours"
)
_ACCEPTED = re.compile(
    r"bon pour (?:accord|acceptation)|lu et approuve|\bagreed\b|\baccepted\b|accepte[e]? (?:par|le|pour)|acknowledged|"
    r"countersign|pour acceptation|contresign"
)
_SIGNED_WITHIN = 6
"""Sentences after the closing words in which the signature stands."""


def defined(sentences: Sequence[Sentence], named: Named) -> tuple[str | None, str | None]:
    """(us, you) as the contract defines them: `« Nous » désigne Cépage`, `Northwind Ltd ("we")`."""
    us: str | None = None
    you: str | None = None
    for sentence in sentences:
        folded = sentence.folded
        if '"' not in folded or not _SPEAKS.search(folded):
            continue
        found = [(m["us"] is not None, named(m["who"])[:1]) for m in _MEANS.finditer(folded)]
        if not found:
            found = [(m["us"] is not None, named(m["who"])[-1:]) for m in _CALLED.finditer(folded)]
        for ours, names in found:
            if names and ours:
                us = us or names[0]
            elif names:
                you = you or names[0]
    return us, you


_SPEAKS = re.compile(rf"\"\s?(?:{_US}|{_YOU})\s?\"")


def letter_writer(sentences: Sequence[Sentence], named: Named, other: Callable[[str], str | None]) -> str | None:
    """Who wrote the letter that the contract is: who signs it, else the other one than who accepts it, else whose name
    its head bears. None where no salutation opens a letter, or the mail that carries one."""
    own = [sentence for sentence in sentences if sentence.part not in ("mail", "margin")]
    greetings = [i for i, s in enumerate(own) if len(s.text) < _SHORT and _SALUTATION.match(s.folded)]
    greetings.sort(
        key=lambda i: not own[i].folded.rstrip().endswith((",", ":"))
    )  # `Monsieur le Maire` may be an address
    opening = greetings[0] if greetings else None
    if opening is None:
        return None
    closing = next((i for i in range(opening, len(own)) if _CLOSING.search(own[i].folded)), None)
    if closing is not None:
        for sentence in own[closing : closing + _SIGNED_WITHIN]:
            names = named(sentence.folded)
            if not names:
                continue
            return other(names[-1]) if _ACCEPTED.search(sentence.folded) else names[0]
    head = named(own[0].folded) if opening else ()
    return head[0] if head else None


_SHORT = 90


def by_address(address: str, parties: Sequence[Party]) -> str | None:
    """The party whose words a mail address (`a.petit@cave-du-clos.example`) shares, where one shares the most."""
    plain = letters(address)
    shared = sorted((sum(len(w) for w in name_words(p.name) if len(w) >= 4 and w in plain), p.name) for p in parties)
    if not shared or not shared[-1][0] or (len(shared) > 1 and shared[-2][0] == shared[-1][0]):
        return None
    return shared[-1][1]
