"""By which words contracts are known: where each stands in their names, titles, places, kinds and labels.

Made once for a portfolio; a change makes another one that shares all but what changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from agent.chat import lexicon
from agent.chat.holdings import Held
from portfolio.folding import compact, fold
from vectorstore.keywords import STOP_WORDS, stems

NAME, TITLE, KIND, PLACE, HEADING, LABEL, BODY = 3.0, 2.0, 1.7, 1.4, 0.9, 0.8, 0.45
"""What a word is worth where it stands: in a party's name, the title, the kind's words, a site, a heading, the label of
an amount or obligation, the text."""
SHORTEST_FUZZY = 5
COMMON = lexicon.words("empty", "common")
FORMS = lexicon.words("empty", "forms")
"""What a document is called (« bail », « convention »): a word that tells one from another where it is in the title."""
WHOLE, WRITTEN, HANDLE, CITY, TYPE, REFERENCE = "=", "!", "@", "#", "%", "&"
"""What begins the keys that are not stems: a name's word but for its plural, a word as it is written, one that a
mistyped word may have been meant to be, one of a place, a kind of contract, a reference or file name."""

Worths = NDArray[np.float64]
Marks = NDArray[np.bool_]
_Found = tuple[NDArray[np.int64], Worths]


def telling(word: str) -> bool:
    """Whether a word may tell one contract from another, our own name apart."""
    return word not in STOP_WORDS and word not in COMMON and word not in FORMS and len(word) > 1


@lru_cache(maxsize=1 << 16)
def whole(word: str) -> frozenset[str]:
    return frozenset({f"{WHOLE}{word}", f"{WHOLE}{word.removesuffix('s')}"})


class WordIndex:
    """``held``: every contract by its place, None where one is gone; ``owners``: the place of each contract and
    amendment, by id; ``worth``: by key, the greatest worth at each place."""

    def __init__(self) -> None:
        self.held: list[Held | None] = []
        self.owners: dict[str, int] = {}
        self._worth: dict[str, dict[int, float]] = {}
        self._keys: dict[int, tuple[str, ...]] = {}
        self._arrays: dict[str, _Found] = {}

    def renewed(self, changed: Mapping[str, Held], gone: Collection[str] = ()) -> WordIndex:
        """The index with some contracts (by id) new or otherwise, and some gone."""
        new = WordIndex()
        new.held, new.owners = list(self.held), dict(self.owners)
        new._worth, new._keys = dict(self._worth), dict(self._keys)
        own: set[str] = set()
        places = {held.id: place for place, held in enumerate(self.held) if held is not None}
        for id_ in (*gone, *changed):
            if id_ in places:
                new._remove(places[id_], own)
        for id_, held in changed.items():
            place = places.get(id_)
            if place is None:
                place = len(new.held)
                new.held.append(None)
            new._add(place, held, own)
        new._arrays = {key: found for key, found in self._arrays.items() if key not in own}
        return new

    def _remove(self, place: int, own: set[str]) -> None:
        held = self.held[place]
        if held is not None:
            for contract in held.all:
                if self.owners.get(contract.id) == place:
                    del self.owners[contract.id]
        self.held[place] = None
        for key in self._keys.pop(place, ()):
            self._own(key, own).pop(place, None)

    def _add(self, place: int, held: Held, own: set[str]) -> None:
        self.held[place] = held
        self.owners.update((contract.id, place) for contract in held.all)
        keys = dict(sorted(_keys_of(held), key=lambda pair: pair[1]))
        for key, worth in keys.items():
            self._own(key, own)[place] = worth
        self._keys[place] = tuple(keys)

    def _own(self, key: str, own: set[str]) -> dict[int, float]:
        """The worths of a key, which no other index shares."""
        if key not in own:
            own.add(key)
            self._worth[key] = dict(self._worth.get(key, ()))
        return self._worth[key]

    def of(self, keys: Iterable[str], seen: Marks) -> Worths:
        """The greatest worth of any of the keys, at each place that is ``seen``; 0 where none stands."""
        found = np.zeros(len(self.held))
        for key in keys:
            at, worths = self._array(key)
            found[at] = np.maximum(found[at], worths)
        found[~seen] = 0.0
        return found

    def stands(self, key: str, seen: Marks) -> bool:
        return bool(seen[self._array(key)[0]].any())

    def beginning(self, start: str, seen: Marks) -> Iterator[str]:
        """What follows ``start`` in the keys that stand where it is ``seen``."""
        yield from (key[len(start) :] for key in self._worth if key.startswith(start) and self.stands(key, seen))

    def _array(self, key: str) -> _Found:
        found = self._arrays.get(key)
        if found is None:
            worths = self._worth.get(key, {})
            at = np.fromiter(worths.keys(), np.int64, len(worths))
            found = (at, np.fromiter(worths.values(), np.float64, len(worths)))
            if worths:
                self._arrays[key] = found
        return found


def _keys_of(held: Held) -> Iterator[tuple[str, float]]:
    """The keys of a contract, each with what it is worth; one may come several times."""
    names = held.chain.spellings
    parties = [name for p in held.parties if p.side != "us" for name in (p.name, *names.get(p.counterparty, ()))]
    sites = [part for s in held.terms.values("sites") for part in (s.name, s.city) if part]
    labels = [a.label for a in held.terms.values("amounts")]
    labels += [f"{o.action} {o.document or ''}" for o in held.terms.values("obligations")]
    titles = [str(c.value("title") or "") for c in held.all]
    for texts, worth in ((parties, NAME), (titles, TITLE), (sites, PLACE), (labels, LABEL)):
        for word in {w for text in texts for w in fold(text).split()}:
            if not (telling(word) or (worth == TITLE and word in FORMS)):
                continue
            for key in whole(word) if worth == NAME else stems(word):
                yield key, worth
            yield f"{WRITTEN}{word}", worth
            if worth == PLACE and len(word) > 3:
                yield f"{CITY}{word}", worth
            if worth >= PLACE and len(word) >= SHORTEST_FUZZY:
                yield f"{HANDLE}{word}", worth
    yield f"{TYPE}{held.terms.value('contract_type')}", KIND
    for contract in held.all:
        for name in (contract.value("reference"), contract.stem):
            if name:
                yield f"{REFERENCE}{compact(str(name))}", NAME
