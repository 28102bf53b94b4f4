"""The main language of a contract: French or English, by its commonest small words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agent.reading.reader import Candidate
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, Sentence

_WORD = re.compile(r"[a-z']+")
_FRENCH = frozenset((
    "le", "la", "les", "des", "du", "un", "une", "et", "est", "sont", "par", "pour", "dans", "avec", "sur", "au", "aux",
    "ce", "cette", "qui", "que", "ou", "ne", "pas",
))  # fmt: skip
_ENGLISH = frozenset((
    "the", "of", "and", "to", "in", "is", "are", "by", "for", "with", "on", "this", "that", "which", "or", "not", "be",
    "shall", "will", "any", "such", "as",
))  # fmt: skip
_ENOUGH = 400
"""Small words after which the count is settled."""


def read(view: ContractView, known: Known) -> Iterator[Candidate]:
    """One candidate: `fr` or `en`; nothing where a text has too few words of either."""
    french = english = 0
    shown: dict[str, tuple[int, Sentence]] = {}
    for sentence in view.sentences:
        words = _WORD.findall(sentence.folded)
        of_french = sum(word in _FRENCH for word in words)
        of_english = sum(word in _ENGLISH for word in words)
        french, english = french + of_french, english + of_english
        for language, weight in (("fr", of_french - of_english), ("en", of_english - of_french)):
            if len(sentence.text) <= 300 and weight > shown.get(language, (0, sentence))[0]:
                shown[language] = (weight, sentence)
        if french + english >= _ENOUGH:
            break
    if french + english < 3 or french == english:
        return
    language = "fr" if french > english else "en"
    share = max(french, english) / (french + english)
    quotes = (shown[language][1].quote(),) if language in shown else ()
    yield Candidate("language", language, quotes, confidence=round(share, 3), rule="language.small_words")
