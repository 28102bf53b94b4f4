"""Whether words that speak of something grant it or rule it out."""

from __future__ import annotations

import re

from agent.columns.lexicon import Subject
from agent.columns.spoken import Spoken
from agent.reading.forms import options
from agent.reading.text import fold

_NEAR = 60
_DENIED_BEFORE = re.compile(
    r"(?:\b(?:aucune?s?|sans|ni|nulle?|pas d[e']|pas|non|jamais|no|without|not|nor|neither|never|excl\w+)\s"
    r"(?:\w+\W+){0,3}?|\bnon[ -])$"
)
_DENIED_AFTER = re.compile(
    r"^\W*(?:\w+\W+){0,6}?(?:(?:n'|ne )(?:est|sont|peut|peuvent|pourra|pourront|sera|seront)\s(?:\w+\s){0,2}?"
    r"(?:pas|jamais|aucune?ment)\b(?!\W+(?:\w+\W+){0,8}?(?:sans|sauf|qu'avec))|(?:est|sont)? ?(?:strictement |"
    r"formellement )?interdit\w*|prohibe\w*|exclue?s?\b|(?:non|pas) (?:prevue?s?|autorise\w*|admise?s?|permise?s?|"
    r"requise?s?|exige\w*|due?s?)|neant|sans objet|(?:is|are|shall be|may) not\b|prohibited|forbidden|excluded|"
    r"not (?:allowed|permitted|required)|"
    r"n/?a\b|none\b)"
)
_CONDITION = re.compile(
    r"\b(?:sans|sauf|qu'avec|moyennant|sous reserve)\W+(?:\w+\W+){0,4}?(?:accord|autorisation|agrement|consentement)|"
    r"\bqu'(?:a|au|aux|avec|en cas)\b|(?:without|with|subject to)\W+(?:\w+\W+){0,5}?(?:consent|approval|agreement)"
)
"""Forbidden unless somebody agrees is allowed on a condition."""
_LEAVE = re.compile(
    r"\b(?:autoris|permi|librement|agree|declare|accept)\w*|\b(?:peut|peuvent|pourra|pourront|may|is allowed|"
    r"are allowed|prevue?s?|admise?s?)\b"
)
_BANS = re.compile(r"\binterdi\w*|prohib\w*|forbid\w*|forbidden|(?:may|shall|must) not\b|\bne (?:peut|peuvent|pourra)")


def granted(said: Spoken) -> bool:
    """False where the sentence denies what it speaks of; True elsewhere. Of tick boxes, the checked ones count."""
    text = said.sentence.folded
    if said.sentence.boxed:
        ticked = [fold(label) for label, checked, _, _ in options(said.sentence.text) if checked]
        if ticked:
            return not all(re.match(r"(?:non|neant|sans objet|no|aucune?)\b", label) for label in ticked)
    if not said.hits:
        return not re.match(r"\W*(?:neant|sans objet|non\b|aucune?\b|none|n/?a\b)", text)
    return not any(_denied(text, start, end) for start, end in said.hits)


def verdict(said: Spoken, subject: Subject) -> bool | None:
    """What the sentence answers to a yes/no column: that there is such a clause, that it is allowed, or forbidden.

    None where it only mentions a thing whose leave or ban was asked for.
    """
    asks = subject.asks
    if asks is None:
        return subject.negated or granted(said)
    text = said.sentence.folded
    banned = not granted(said) or _BANS.search(text) is not None
    on_condition = _CONDITION.search(text) is not None
    if banned and not on_condition:
        return asks == "ban"
    if banned or on_condition or said.sentence.boxed or _LEAVE.search(text):
        return asks == "leave"
    return None


def _denied(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR * 2]
    sentence_before = re.split(r"[.;:,]\s", before)[-1]
    return bool(_DENIED_BEFORE.search(sentence_before) or _DENIED_AFTER.match(re.split(r"[.;]\s", after)[0]))
