"""What the texts of contracts say, by the word, as places of a `WordIndex`; nothing of a contract that is not seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from agent.chat.wordindex import BODY, HEADING, Marks, WordIndex, Worths
from portfolio.folding import fold
from vectorstore.keywords import STOP_WORDS
from vectorstore.wordbook import NOBODY, Codes, Form, Wordbook

SAME, LIKE, KIN = 1.0, 0.8, 0.7
BEGINNING = 5
"""Letters that two words of one family have in common: `désigner`, `désignation`."""


class Texts:
    """``seen``: the places of the contracts that may be seen."""

    def __init__(self, words: Wordbook, index: WordIndex, seen: Marks) -> None:
        self._words = words
        self._seen = seen
        words.refresh()
        self._owners = index.owners
        self._known = NOBODY

    @property
    def revision(self) -> str | None:
        """Another one whenever texts changed."""
        return self._words.refresh()

    def know(self, word: str) -> bool:
        """Whether some text has a folded word, in any form."""
        return any((self._places(form.codes) >= 0).any() for form in self._words.forms(word))

    def worth(self, word: str, telling: Callable[[str], bool]) -> Worths:
        """What a folded word is worth at each place where the texts have it: the more often, the more; and in headings,
        where the form that stands there is ``telling``."""
        found = np.zeros(len(self._seen))
        for form in self._words.forms(word):
            written = fold(form.word)
            if written not in STOP_WORDS:
                counts = self._counts(form)
                at = np.flatnonzero(counts)
                found[at] = np.maximum(found[at], BODY * np.minimum(1.8, 1 + 0.25 * np.log(counts[at])))
            if telling(written):
                headed = self._places(form.codes[form.headed])
                headed = headed[headed >= 0]
                found[headed] = np.maximum(found[headed], HEADING)
        return found

    def phrase(self, words: Sequence[str]) -> Marks:
        """The places whose texts have folded words one after the other."""
        return self._marked(self._words.phrase(words))

    def speaking(self, words: Mapping[str, Sequence[str]], least: float) -> Marks:
        """The places with a passage that holds enough of some folded words, each given with its synonyms: a form of the
        word, a synonym, or a word that begins like it."""
        wanted = [
            [
                *([(word[:BEGINNING], True, KIN)] if len(word) >= BEGINNING and not word.isdigit() else []),
                *((like, False, LIKE) for like in likes),
                (word, False, SAME),
            ]
            for word, likes in words.items()
        ]
        return self._marked(self._words.speaking(wanted, least))

    def _counts(self, form: Form) -> Worths:
        places = self._places(form.codes)
        seen = places >= 0
        return np.bincount(places[seen], form.counts[seen], len(self._seen)).astype(np.float64)

    def _marked(self, codes: Codes) -> Marks:
        marks = np.zeros(len(self._seen), bool)
        places = self._places(codes)
        marks[places[places >= 0]] = True
        return marks

    def _places(self, codes: Codes) -> Codes:
        """The place of each contract that the wordbook gave, -1 for those that are not seen."""
        contracts = self._words.contracts
        if len(self._known) < len(contracts):
            owners = np.array([self._owners.get(c, -1) for c in list(contracts)], np.int32)
            known = np.where((owners >= 0) & self._seen[owners], owners, -1)
            self._known = np.asarray(known, np.int32)
        places: Codes = self._known[codes]
        return places
