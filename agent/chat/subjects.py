"""Which contracts the words of a question mean: names, references, titles, places, kinds, and the texts themselves."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.chat import lexicon
from agent.chat.holdings import Held, Holdings
from agent.chat.wording import Question, Token
from portfolio.folding import compact, fold
from portfolio.schema import ContractType
from vectorstore.keywords import STOP_WORDS, stems
from vectorstore.records import Filters

NAME, TITLE, KIND, PLACE, HEADING, LABEL, BODY = 3.0, 2.0, 1.7, 1.4, 0.9, 0.8, 0.45
"""What a word is worth where it stands: in a party's name, the title, the kind's words, a site, a heading, the label of
an amount or obligation, the text."""
_FUZZY = 0.8
_SHORTEST_FUZZY = 5
_COMMON = lexicon.words("empty", "common")
_FORMS = lexicon.words("empty", "forms")
"""What a document is called (« bail », « convention »): a word that tells one from another where it is in the title."""
_RARE = 1.8
"""What a name is worth that stands in the text of one contract alone."""
_HEARD = 0.3
"""A score by words from which a contract is helped by its meaning."""
_VOTE = 0.6
"""What the passage nearest by meaning adds to its contract."""
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


def _whole(word: str) -> frozenset[str]:
    return frozenset({f"={word}", f"={word.removesuffix('s')}"})


@dataclass
class _Words:
    """Where each stem stands: the greatest worth by contract."""

    worth: dict[str, dict[int, float]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, contract: int, words: Iterable[str], worth: float, *, whole: bool = False) -> None:
        for word in words:
            for stem in _whole(word) if whole else stems(word):
                if worth > self.worth[stem].get(contract, 0.0):
                    self.worth[stem][contract] = worth

    def of(self, word: str, *, names: bool = True) -> dict[int, float]:
        found: dict[int, float] = {}
        for stem in stems(word) | (_whole(word) if names else frozenset()):
            for contract, worth in self.worth.get(stem, {}).items():
                found[contract] = max(found.get(contract, 0.0), worth)
        return found


class Subjects:
    """Finds the contracts that questions mean. Made once for a portfolio."""

    def __init__(self, holdings: Holdings) -> None:
        self._held = holdings.contracts
        self._text = holdings.text
        self._ours = {w for name in holdings.our_names for w in fold(name).split()}
        self._references = {
            compact(str(c.value("reference"))): n
            for n, held in enumerate(self._held)
            for c in held.all
            if c.value("reference")
        }
        self._references |= {compact(c.stem): n for n, held in enumerate(self._held) for c in held.all}
        names = {c.id: c.names for c in holdings.register.counterparties() if not c.ours}
        self._words = _Words()
        self._known: set[str] = set()
        self._handles: set[str] = set()
        self._cities: set[str] = set()
        for n, held in enumerate(self._held):
            self._index(n, held, names)

    def _index(self, n: int, held: Held, names: dict[str, tuple[str, ...]]) -> None:
        parties = [name for p in held.parties if p.side != "us" for name in (p.name, *names.get(p.counterparty, ()))]
        sites = [part for s in held.terms.values("sites") for part in (s.name, s.city) if part]
        labels = [a.label for a in held.terms.values("amounts")]
        labels += [f"{o.action} {o.document or ''}" for o in held.terms.values("obligations")]
        titles = [str(c.value("title") or "") for c in held.all]
        for texts, worth in ((parties, NAME), (titles, TITLE), (sites, PLACE), (labels, LABEL)):
            words = [
                w for text in texts for w in fold(text).split() if self._telling(w) or (worth == TITLE and w in _FORMS)
            ]
            self._words.add(n, words, worth, whole=worth == NAME)
            self._known.update(words)
            if worth == PLACE:
                self._cities.update(w for w in words if len(w) > 3)
            if worth >= PLACE:
                self._handles.update(w for w in words if len(w) >= _SHORTEST_FUZZY)
        body: Counter[str] = Counter()
        for passage in held.passages:
            self._words.add(n, (w for w in fold(passage.headline).split() if self._telling(w)), HEADING)
            body.update(w for w in fold(passage.text).split() if w not in STOP_WORDS)
        for word, count in body.items():
            self._words.add(n, (word,), BODY * min(1.8, 1 + 0.25 * math.log(count)))
        self._known.update(body)

    def _telling(self, word: str) -> bool:
        return (
            word not in STOP_WORDS
            and word not in _COMMON
            and word not in _FORMS
            and word not in self._ours
            and len(word) > 1
        )

    @cached_property
    def handles(self) -> tuple[str, ...]:
        """The words that name contracts, parties and places: what a mistyped word may have been meant to be."""
        return tuple(sorted(self._handles))

    def ours(self, word: str) -> bool:
        """Whether a folded word is part of our own name."""
        return word in self._ours

    def knows(self, word: str) -> bool:
        return word in self._known or any(stem in self._words.worth for stem in stems(word))

    def nearest(self, word: str) -> str | None:
        """The name's word that a mistyped one was meant to be, where one is near."""
        if len(word) < _SHORTEST_FUZZY or word.isdigit():
            return None
        found = process.extractOne(word, self.handles, scorer=OSA.normalized_similarity, score_cutoff=_FUZZY)
        return found[0] if found else None

    def resolve(self, question: Question, asked: frozenset[int]) -> Resolution:
        """The contracts that ``question`` means; ``asked`` are the tokens that say what is asked for, not of what."""
        scores: dict[int, float] = defaultdict(float)
        level: dict[int, float] = defaultdict(float)
        named: dict[int, set[int]] = defaultdict(set)
        used: set[int] = set()
        proper: set[int] = set()
        unknown: list[str] = []
        places: list[str] = []
        total = len(self._held)
        for place, token in enumerate(question.tokens):
            form = token.folded in _FORMS
            if not token.content or not (self._telling(token.folded) or form) or token.folded.isdigit():
                continue
            found, weight = self._found(token)
            if form:
                found = {n: worth for n, worth in found.items() if worth >= TITLE}
            elif token.name and len(found) == 1 and place not in asked:
                found = {n: max(worth, _RARE) for n, worth in found.items()}
                if not any(char.isdigit() for char in token.folded):
                    proper.add(place)
            if not found:
                if token.name and place not in asked and not form:
                    unknown.append(token.text)
                continue
            top = max(found.values())
            if top >= NAME:
                for contract, worth in found.items():
                    if worth >= NAME:
                        named[contract].add(place)
            if top >= PLACE:
                used.add(place)
            if token.folded in self._cities and place not in asked:
                places.append(token.text)
            discount = 0.35 if place in asked and top < NAME else 1.0
            for contract, worth in found.items():
                frequency = sum(1 for other in found.values() if other >= 0.9 * worth)
                rarity = max(0.04, math.log((total + 1) / frequency) / math.log(total + 1))
                scores[contract] += worth * rarity * weight * discount
                level[contract] = max(level[contract], worth * rarity)
        for contract in self._referred(question.text):
            scores[contract] += 2 * NAME
            named[contract].add(-1)
        types, type_tokens, type_missing = self._types(question, scores, named)
        if not named and max(scores.values(), default=0.0) < 2 * NAME:
            self._vote(question, scores)
        used |= type_tokens
        missing = list(self._missing(question, asked, type_tokens))
        if not named:
            missing += [w for w in unknown if w not in missing] + ([] if missing else type_missing)
        ranked = sorted(
            (Scored(self._held[n], s, n in named or level[n] >= TITLE) for n, s in scores.items() if s > 0.15),
            key=lambda s: (-s.score, s.held.stem),
        )
        absent = bool(unknown or type_missing)
        return Resolution(
            tuple(ranked),
            tuple(self._held[n] for n in self._distinct(named, scores)),
            types,
            tuple(places),
            tuple(dict.fromkeys(missing)),
            frozenset(used),
            frozenset(type_tokens),
            frozenset(proper),
            absent,
            bool(ranked) and ranked[0].score < PLACE * 0.5,
        )

    def _found(self, token: Token) -> tuple[dict[int, float], float]:
        found = self._words.of(token.folded)
        alike: dict[int, float] = {}
        for like in synonyms(token.folded):
            for contract, worth in self._words.of(like, names=False).items():
                alike[contract] = max(alike.get(contract, 0.0), 0.8 * worth)
        for contract, worth in alike.items():
            own = found.get(contract, 0.0)
            found[contract] = max(own, worth) + (0.25 * min(own, worth) if own < NAME else 0.0)
        if found:
            return found, 1.0
        near = self.nearest(token.folded)
        return (self._words.of(near), 0.85) if near else ({}, 0.0)

    def _folded(self, n: int) -> str:
        return " ".join(fold(passage.text) for passage in self._held[n].passages)

    def _vote(self, question: Question, scores: dict[int, float]) -> None:
        """Adds to the contracts whose passages are nearest to the question by words and meaning."""
        places = {contract.id: n for n, held in enumerate(self._held) for contract in held.all}
        voted: set[int] = set()
        for rank, hit in enumerate(self._text.search(question.text, Filters(), 6)):
            n = places.get(hit.passage.contract)
            if n is not None and n not in voted and scores.get(n, 0.0) > _HEARD:
                scores[n] += _VOTE / (1 + rank)
                voted.add(n)

    def _referred(self, text: str) -> set[int]:
        folded = compact(text)
        return {n for reference, n in self._references.items() if len(reference) >= 5 and reference in folded}

    def _distinct(self, named: dict[int, set[int]], scores: dict[int, float]) -> list[int]:
        """The contracts that were named, one after the other: those to which some word points better than to others."""
        by_token: dict[int, list[int]] = defaultdict(list)
        for contract, tokens in named.items():
            for token in tokens:
                by_token[token].append(contract)
        chosen: dict[int, None] = {}
        for token in sorted(by_token):
            best = max(scores[n] for n in by_token[token])
            for n in by_token[token]:
                if scores[n] >= 0.97 * best:
                    chosen[n] = None
        return list(chosen)

    def _types(
        self, question: Question, scores: dict[int, float], named: dict[int, set[int]]
    ) -> tuple[tuple[ContractType, ...], set[int], list[str]]:
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
            of_kind = [n for n, held in enumerate(self._held) if held.terms.value("contract_type") == name]
            least = LABEL if exact is not None else HEADING
            told = [
                {n for n, worth in self._found(question.tokens[place])[0].items() if worth >= least}
                for place in places
                if question.tokens[place].content
            ]
            spoken = set.intersection(*told) if told else set()
            if exact is not None and len(places) > 1:
                words = f" {question.folded[exact.start : exact.end]} "
                spoken &= {n for n, held in enumerate(self._held) if words in f" {fold(held.title)} {self._folded(n)} "}
            if exact is not None:
                of_kind = [n for n in of_kind if n in spoken]
            for n in set(of_kind) | (spoken if not of_kind else set()):
                scores[n] += KIND * max(
                    0.15, math.log((len(self._held) + 1) / max(1, len(of_kind))) / math.log(len(self._held) + 1)
                )
            if of_kind or spoken:
                types.extend([name] if of_kind else [])  # type: ignore[list-item]
                tokens |= places
            else:
                missing.append(" ".join(question.tokens[p].text for p in sorted(places)))
        return tuple(types), tokens, missing

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
            if not any(max(self._found(t)[0].values(), default=0) >= LABEL for t in tokens):
                yield " ".join(t.text for t in tokens)


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


def synonyms(word: str) -> tuple[str, ...]:
    """The other words of the glossary that may stand for a folded word."""
    found = dict.fromkeys(like for stem in stems(word) for like in _synonyms().get(stem, ()))
    return tuple(like for like in found if like != word)


def stems_of(held: Sequence[Held]) -> tuple[str, ...]:
    return tuple(h.stem for h in held)
