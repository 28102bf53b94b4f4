"""Which contracts the words of a question mean: names, references, titles, places, kinds, and the texts themselves."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.chat import lexicon
from agent.chat.holdings import Held, Holdings
from agent.chat.texts import Texts
from agent.chat.wordindex import (
    CITY,
    FORMS,
    HANDLE,
    HEADING,
    KIND,
    LABEL,
    NAME,
    PLACE,
    REFERENCE,
    SHORTEST_FUZZY,
    TITLE,
    TYPE,
    WRITTEN,
    Marks,
    WordIndex,
    Worths,
    telling,
    whole,
)
from agent.chat.wording import Question, Token
from portfolio.folding import compact, fold
from portfolio.schema import ContractType
from vectorstore.keywords import stems
from vectorstore.records import Filters

_FUZZY = 0.8
_RARE = 1.8
"""What a name is worth that stands in the text of one contract alone."""
_HEARD = 0.3
"""A score by words from which a contract is helped by its meaning."""
_VOTE = 0.6
"""What the passage nearest by meaning adds to its contract."""
_LOOKED = 256
"""Words whose worths are kept at most."""
_HEADS = re.compile(
    r"\b(?:contrats?|marches?|bail|baux|conventions?|accords?|polices?|missions?|abonnements?|prestations?)\s"
    r"(?:(?:signe|conclu|passe|cadre|actuel)\s)?(?:(?:de|d|du|des|avec|chez|pour|sur)\s)(?:(?:la|"
    r"le|l|les|notre|nos)\s)*(?P<after>\w+(?:\s(?:de|d|du|des|la|l|et)\s\w+|\s\w+)?)"
    r"|(?P<before>\w+(?:\s\w+)?)\s(?:contracts?|agreements?|lease|policy|deal|nda)\b"
    r"|\b(?:contracts?|agreements?|lease|deal|policy|nda)\s(?:(?:with|"
    r"for|of|from|on|the|our|signed)\s)+(?P<with>\w+(?:\s\w+)?)"
)
_PARTICIPLES = frozenset(
    [
        "en",
        "qui",
        "dont",
        "ou",
        "se",
        "sont",
        "est",
        "a",
        "ont",
        "que",
        "arrive",
        "arrivent",
        "expirent",
        "finissent",
        "actifs",
    ]
)


@dataclass(frozen=True)
class Scored:
    held: Held
    score: float
    named: bool
    """A party, a reference or a rare title word said so."""


@dataclass(frozen=True)
class Resolution:
    """``scored``: best first. ``types``, ``places`` and ``parties`` are what was named in general; ``missing``
    names what the portfolio does not have; ``used``: indices of the question's tokens that name the subject."""

    scored: tuple[Scored, ...] = ()
    named: tuple[Held, ...] = ()
    types: tuple[ContractType, ...] = ()
    places: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()
    type_tokens: frozenset[int] = frozenset()
    proper: frozenset[int] = frozenset()
    """Tokens that are names which one contract alone has."""
    unknown: bool = False
    """Whether a kind of contract or a name is missing, not only the words after « contrat de »."""
    text_only: bool = False

    @property
    def best(self) -> Held | None:
        return self.scored[0].held if self.scored else None

    @property
    def margin(self) -> float:
        """How far the best is ahead: 0 level, 1 alone."""
        if not self.scored:
            return 0.0
        if len(self.scored) == 1:
            return 1.0
        return 1 - self.scored[1].score / self.scored[0].score

    @property
    def top(self) -> tuple[Held, ...]:
        """Those that are level with the best."""
        return tuple(s.held for s in self.scored if s.score >= 0.97 * self.scored[0].score)


class Subjects:
    """Finds the contracts that questions mean, among those of ``holdings``, by what ``index`` knows of all. Made once
    for a portfolio as one person sees it."""

    def __init__(self, holdings: Holdings, index: WordIndex) -> None:
        self._text = holdings.text
        self._index = index
        self._ours = {w for name in holdings.our_names for w in fold(name).split()}
        self._seen = np.zeros(len(index.held), bool)
        self._seen[[index.owners[held.id] for held in holdings.contracts]] = True
        self._total = len(holdings.contracts)
        self._texts = Texts(holdings.text.words, index, self._seen)
        self._looked: dict[tuple[str, str | None], tuple[Worths, float]] = {}

    def _held(self, places: Marks | Iterable[int]) -> list[Held]:
        at = np.flatnonzero(places) if isinstance(places, np.ndarray) else places
        return [held for n in at if (held := self._index.held[n]) is not None]

    def _telling(self, word: str) -> bool:
        return telling(word) and word not in self._ours

    @cached_property
    def handles(self) -> tuple[str, ...]:
        """The words that name contracts, parties and places: what a mistyped word may have been meant to be."""
        return tuple(sorted(w for w in self._index.beginning(HANDLE, self._seen) if w not in self._ours))

    def ours(self, word: str) -> bool:
        """Whether a folded word is part of our own name."""
        return word in self._ours

    def knows(self, word: str) -> bool:
        keys = (f"{WRITTEN}{word}", *stems(word))
        return any(self._index.stands(key, self._seen) for key in keys) or self._texts.know(word)

    def nearest(self, word: str) -> str | None:
        """The name's word that a mistyped one was meant to be, where one is near."""
        if len(word) < SHORTEST_FUZZY or word.isdigit():
            return None
        found = process.extractOne(word, self.handles, scorer=OSA.normalized_similarity, score_cutoff=_FUZZY)
        return found[0] if found else None

    def speaking(self, words: Sequence[str], least: float) -> frozenset[str]:
        """The contracts (ids of base contracts) with a passage that speaks of enough of some folded words."""
        likes = {word: synonyms(word) for word in words}
        return frozenset(held.id for held in self._held(self._texts.speaking(likes, least)))

    def resolve(self, question: Question, asked: frozenset[int]) -> Resolution:
        """The contracts that ``question`` means; ``asked`` are the tokens that say what is asked for, not of what."""
        score = _Score.of(len(self._seen))
        used: set[int] = set()
        proper: set[int] = set()
        unknown: list[str] = []
        places: list[str] = []
        for place, token in enumerate(question.tokens):
            form = token.folded in FORMS
            if not token.content or not (self._telling(token.folded) or form) or token.folded.isdigit():
                continue
            found, weight = self._found(token)
            if form:
                found = np.where(found >= TITLE, found, 0.0)
            elif token.name and place not in asked and np.count_nonzero(found) == 1:
                found = np.where(found > 0, np.maximum(found, _RARE), 0.0)
                if not any(char.isdigit() for char in token.folded):
                    proper.add(place)
            if not found.any():
                if token.name and place not in asked and not form:
                    unknown.append(token.text)
                continue
            top = found.max()
            if top >= NAME:
                score.named[place] = found >= NAME
            if top >= PLACE:
                used.add(place)
            if place not in asked and self._index.stands(f"{CITY}{token.folded}", self._seen):
                places.append(token.text)
            score.add(found, self._total, weight * (0.35 if place in asked and top < NAME else 1.0))
        referred = self._referred(question.text)
        if referred.any():
            score.totals[referred] += 2 * NAME
            score.named[-1] = referred
        types, type_tokens, type_missing = self._types(question, score)
        if not score.named and score.totals.max(initial=0.0) < 2 * NAME:
            self._vote(question, score)
        used |= type_tokens
        missing = list(self._missing(question, asked, type_tokens))
        if not score.named:
            missing += [w for w in unknown if w not in missing] + ([] if missing else type_missing)
        ranked = self._ranked(score)
        return Resolution(
            ranked,
            tuple(self._held(score.distinct())),
            types,
            tuple(places),
            tuple(dict.fromkeys(missing)),
            frozenset(used),
            frozenset(type_tokens),
            frozenset(proper),
            bool(unknown or type_missing),
            bool(ranked) and ranked[0].score < PLACE * 0.5,
        )

    def _ranked(self, score: _Score) -> tuple[Scored, ...]:
        named = score.level >= TITLE
        for mask in score.named.values():
            named |= mask
        places = np.flatnonzero(score.totals > 0.15)
        totals = score.totals[places]
        scored = (
            Scored(held, float(total), bool(named[n]))
            for n, total in zip(places, totals, strict=True)
            if (held := self._index.held[n]) is not None
        )
        return tuple(sorted(scored, key=lambda s: (-s.score, s.held.stem)))

    def _found(self, token: Token) -> tuple[Worths, float]:
        """What a word is worth at each place, and how surely it is meant."""
        key = (token.folded, self._texts.revision)
        known = self._looked.get(key)
        if known is None:
            if len(self._looked) >= _LOOKED:
                self._looked.clear()
            known = self._looked[key] = self._look(token.folded)
        return known

    def _look(self, word: str) -> tuple[Worths, float]:
        found = self._of(word)
        alike = np.zeros(len(self._seen))
        for like in synonyms(word):
            alike = np.maximum(alike, 0.8 * self._of(like, names=False))
        both = np.minimum(found, alike)
        found = np.where(alike > 0, np.maximum(found, alike) + np.where(found < NAME, 0.25 * both, 0.0), found)
        if found.any():
            return found, 1.0
        near = self.nearest(word)
        return (self._of(near), 0.85) if near else (found, 0.0)

    def _of(self, word: str, *, names: bool = True) -> Worths:
        keys = stems(word) | (whole(word) if names else frozenset())
        return np.maximum(self._index.of(keys, self._seen), self._texts.worth(word, self._telling))

    def _vote(self, question: Question, score: _Score) -> None:
        """Adds to the contracts whose passages are nearest to the question by words and meaning."""
        voted: set[int] = set()
        for rank, hit in enumerate(self._text.search(question.text, Filters(), 6)):
            n = self._index.owners.get(hit.passage.contract)
            if n is not None and self._seen[n] and n not in voted and score.totals[n] > _HEARD:
                score.totals[n] += _VOTE / (1 + rank)
                voted.add(n)

    def _referred(self, text: str) -> Marks:
        folded = compact(text)
        keys = (f"{REFERENCE}{r}" for r in self._references if r in folded)
        return self._index.of(keys, self._seen) > 0

    @cached_property
    def _references(self) -> tuple[str, ...]:
        return tuple(r for r in self._index.beginning(REFERENCE, self._seen) if len(r) >= 5)

    def _types(self, question: Question, score: _Score) -> tuple[tuple[ContractType, ...], set[int], list[str]]:
        """The kinds of contract named, the tokens that name them, and those words whose kind nothing here is of."""
        types: list[ContractType] = []
        tokens: set[int] = set()
        missing: list[str] = []
        narrow = lexicon.table("types", "narrow")
        for name, entry in lexicon.table("types").items():
            match = entry.longest(question.folded)
            if match is None:
                continue
            exact = narrow[name].longest(question.folded)
            places = _token_places(question, match.start, match.end)
            of_kind = self._index.of((f"{TYPE}{name}",), self._seen) > 0
            least = LABEL if exact is not None else HEADING
            told = [self._found(question.tokens[p])[0] >= least for p in places if question.tokens[p].content]
            spoken = np.logical_and.reduce(told) if told else np.zeros(len(self._seen), bool)
            if exact is not None:
                if len(places) > 1:
                    spoken = self._saying(question.folded[exact.start : exact.end].split(), spoken)
                of_kind &= spoken
            meant = of_kind if of_kind.any() else spoken
            score.totals[meant] += KIND * max(0.15, _rarity(max(1, int(of_kind.sum())), self._total))
            if meant.any():
                types.extend([name] if of_kind.any() else [])  # type: ignore[list-item]
                tokens |= places
            else:
                missing.append(" ".join(question.tokens[p].text for p in sorted(places)))
        return tuple(types), tokens, missing

    def _saying(self, words: Sequence[str], among: Marks) -> Marks:
        """Those ``among`` the places whose title or text has the words one after the other."""
        if not among.any():
            return among
        found = self._texts.phrase(words) & among
        said = f" {' '.join(words)} "
        for n in np.flatnonzero(among & ~found):
            held = self._index.held[n]
            found[n] = held is not None and said in f" {fold(held.title)} "
        return found

    def _missing(self, question: Question, asked: frozenset[int], typed: set[int]) -> Iterable[str]:
        """What stands where a contract is named (« le contrat de … ») and names none of ours."""
        for match in _HEADS.finditer(question.folded):
            group = next(name for name in ("after", "before", "with") if match[name])
            places = _token_places(question, match.start(group), match.end(group))
            telling = [
                p
                for p in sorted(places)
                if question.tokens[p].content and self._telling(question.tokens[p].folded) and p not in asked
            ]
            content = [p for p in sorted(places) if question.tokens[p].content]
            if content and content[0] in asked:
                continue
            if group == "after" and telling:
                telling = telling[:1]
            if not telling or question.folded[match.start(group) :].split()[0] in _PARTICIPLES:
                continue
            tokens = [question.tokens[p] for p in telling]
            if typed & set(telling):
                continue
            if not any(self._found(t)[0].max(initial=0.0) >= LABEL for t in tokens):
                yield " ".join(t.text for t in tokens)


def _rarity(frequency: float, total: int) -> float:
    return math.log((total + 1) / frequency) / math.log(total + 1)


@dataclass
class _Score:
    """What the words of a question come to, by place: ``totals``, the ``level`` of the best word, and by word the
    contracts that it ``named``."""

    totals: Worths
    level: Worths
    named: dict[int, Marks] = field(default_factory=dict)

    @classmethod
    def of(cls, size: int) -> _Score:
        return cls(np.zeros(size), np.zeros(size))

    def add(self, found: Worths, total: int, weight: float) -> None:
        """Counts a word in: what it is worth at each place, the more the fewer contracts it points to so well."""
        at = np.flatnonzero(found)
        worths = found[at]
        frequency = len(at) - np.searchsorted(np.sort(worths), 0.9 * worths, side="left")
        rarity = np.maximum(0.04, np.log((total + 1) / frequency) / math.log(total + 1))
        self.totals[at] += worths * rarity * weight
        self.level[at] = np.maximum(self.level[at], worths * rarity)

    def distinct(self) -> list[int]:
        """The contracts that were named, one after the other: those to which some word points better than to others."""
        chosen: dict[int, None] = {}
        for word in sorted(self.named):
            at = np.flatnonzero(self.named[word])
            totals = self.totals[at]
            chosen.update(dict.fromkeys(at[totals >= 0.97 * totals.max()].tolist()))
        return list(chosen)


def _token_places(question: Question, start: int, end: int) -> set[int]:
    """The tokens that lie between two characters of the folded question."""
    places: set[int] = set()
    at = 0
    for place, token in enumerate(question.tokens):
        if at < end and at + len(token.folded) > start:
            places.add(place)
        at += len(token.folded) + 1
    return places


token_places = _token_places


@cache
def _synonyms() -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for group in lexicon.groups("glossary"):
        single = [word for word in group if " " not in word]
        for word in single:
            for stem in stems(word):
                found[stem].update(dict.fromkeys(single))
    return {stem: tuple(words) for stem, words in found.items()}


@lru_cache(maxsize=1 << 14)
def synonyms(word: str) -> tuple[str, ...]:
    """The other words of the glossary that may stand for a folded word."""
    found = dict.fromkeys(like for stem in stems(word) for like in _synonyms().get(stem, ()))
    return tuple(like for like in found if like != word)
