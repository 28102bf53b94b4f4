"""Which contracts a question names, which of its words do that, and which are left to say what it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from agent.chat import lexicon
from agent.chat.holdings import Held, Holdings
from agent.chat.matching import coverage, likeness, names_it
from agent.chat.plan import Condition, Operation, Subject
from agent.chat.planners.counting import asked_noun, counts_contracts
from agent.chat.planners.details import our_role_of, running_of, sector_of
from agent.chat.planners.reading import Read, read
from agent.chat.subjects import Resolution, Subjects, token_places
from agent.chat.windows import MONTHS, Span
from portfolio.folding import fold

LEAD = 1.2
"""A score from which a subject found by its words alone is taken."""
BARELY = 0.06
"""How far it must be ahead of the next to be taken at all; between the two it is taken and said to be unsure."""
READINGS = 3
"""Contracts at most that are answered for where a question may mean any of them."""
AHEAD = 0.15
"""How far it must be ahead of the next."""
_PART = 0.9
_THERE = 0.99
_TOGETHER = re.compile(
    r"\b(?:ensemble|reunis|cumules?|total|additionn\w*|together|combined|altogether|somme|coutent .* et)\b"
)

_SEVERAL = re.compile(r"\b(?:des|les|nos|tous|toutes|all|our|every|each)\b")

_NATIONS = lexicon.words("empty", "nations")
_EMPTY = lexicon.words("empty", "any")


class Naming:
    """Finds the subject of questions on one portfolio."""

    def __init__(self, holdings: Holdings, subjects: Subjects) -> None:
        self._holdings = holdings
        self._subjects = subjects

    def in_parts(self, question: Read, found: Resolution) -> Resolution:
        """The contracts that are named one after the other, « le loyer, Pistelait et la cotisation », where they
        differ."""
        text = question.question.text
        if (
            not question.operations.keys() & {"sum", "compare"}
            and "+" not in text
            and not _TOGETHER.search(question.folded)
        ):
            return found
        named: dict[str, Held] = {}
        for part in re.split(r",|\+|&|\bet\b|\band\b|\bplus\b|\bpuis\b|\bavec\b", text):
            piece = read(part, self._subjects)
            if not piece.question.content:
                continue
            meant = self._subjects.resolve(piece.question, frozenset())
            if meant.best and (meant.scored[0].named or meant.scored[0].score >= _PART) and meant.margin >= AHEAD:
                named[meant.best.id] = meant.best
        return replace(found, named=tuple(named.values())) if len(named) > 1 else found

    def single(self, question: Read, found: Resolution, operation: Operation) -> tuple[Held, ...]:
        """The contracts that a question names one by one; empty where it speaks of contracts in general."""
        if found.named:
            return self._narrowed(found)
        if "role" in question.topics and not found.named and operation == "yes_no":
            return ()
        if operation in ("list", "extreme", "group", "average") or not found.best:
            return ()
        if operation == "count" and counts_contracts(question):
            return ()
        if found.scored[0].score < LEAD and not found.types and not found.scored[0].named:
            return ()
        if operation == "sum" and (found.types or _SEVERAL.search(question.folded)) and not found.scored[0].named:
            return ()
        placed = self._placed(question, found)
        if placed:
            return placed
        if found.margin >= BARELY:
            return (found.scored[0].held,)
        level = [s.held for s in found.scored if s.score >= (1 - BARELY) * found.scored[0].score]
        return tuple(level) if len(level) <= READINGS and operation in ("fact", "passages", "yes_no") else ()

    @staticmethod
    def _placed(question: Read, found: Resolution) -> tuple[Held, ...]:
        """Where places were named that the best contract is not at: the best of those that are."""
        words = [w for place in found.places for w in fold(place).split()]
        if not words or found.best is None or coverage(words, _text(found.best)) >= _THERE:
            return ()
        at = [s for s in found.scored if coverage(words, f"{_places(s.held)} {s.held.title}") >= _THERE]
        if not at or at[0].score < _PART * 0.5:
            return ()
        others = [t.folded for t in question.question.content if t.folded not in words]
        level = [s.held for s in at if s.score >= 0.6 * at[0].score]
        return (max(level, key=lambda h: max((coverage(others, p.text) for p in h.passages), default=0.0)),)

    @staticmethod
    def _narrowed(found: Resolution) -> tuple[Held, ...]:
        """Of several contracts with one party, the one that the other words mean."""
        if len(found.named) > 1:
            scores = {s.held.id: s.score for s in found.scored}
            best = max(scores.get(h.id, 0.0) for h in found.named)
            shared = [h for h in found.named if any(set(h.others) & set(o.others) for o in found.named if o.id != h.id)]
            if shared and len(shared) == len(found.named):
                return tuple(h for h in found.named if scores.get(h.id, 0.0) >= 0.9 * best)
        return found.named

    def subject(
        self,
        question: Read,
        found: Resolution,
        named: tuple[Held, ...],
        plural: bool,
        operation: Operation,
        conditions: tuple[Condition, ...],
    ) -> Subject:
        indices = [str(c.value) for c in conditions if c.topic == "indices"]
        known = bool(found.types and (found.places or found.scored[0].named)) if found.scored else False
        missing = () if known and not found.unknown else tuple(m for m in found.missing if m not in indices)
        if named:
            strangers = () if len(named) > 1 else self._strangers(question, named[0], indices)
            return Subject(
                contracts=tuple(h.stem for h in named), missing=strangers if found.named else (*missing, *strangers)
            )
        if plural or "role" in question.topics:
            return Subject(
                types=found.types,
                places=found.places if not re.search(r"\b(?:tribunal|court|juridiction)\b", question.folded) else (),
                our_role=our_role_of(question),
                sector=sector_of(question),
                running=running_of(question, operation),
                missing=() if operation == "list" and not found.types and conditions else missing,
            )
        return Subject(missing=missing)

    def about(
        self, question: Read, found: Resolution, named: tuple[Held, ...], span: Span | None
    ) -> list[tuple[int, str]]:
        """The tokens that do not name the subject, a day or ourselves, with their places."""
        handles = " ".join(
            [h.title + " " + " ".join(p.name for p in h.parties) for h in named]
            + [str(c.value("title") or "") + " " + str(c.value("reference") or "") for h in named for c in h.all]
            + [n for h in named for c in h.all for p in c.parties for n in (p.counterparty_name,)]
            + list(self._holdings.our_names)
        )
        noun = asked_noun(question.folded)
        asks = "obligation" in question.topics
        kept = question.covered(lexicon.table("topics")["obligation"].find(question.folded))
        kept |= {n for n, t in enumerate(question.question.tokens) if t.folded == noun}
        dated = set(tokens_of_span(question, span)) if span else set()
        return [
            (n, t.folded)
            for n, t in enumerate(question.question.tokens)
            if t.content
            and n not in dated
            and (n in kept or not names_it(t.folded, handles))
            and (n in kept or not (n in found.type_tokens and named and (not asks or names_it(t.folded, handles))))
            and not (n in found.proper and named)
        ]

    def words(self, question: Read, found: Resolution, named: tuple[Held, ...]) -> tuple[str, ...]:
        names = {w for held in named for p in held.parties for w in fold(p.name).split()}
        ours = {w for name in self._holdings.our_names for w in fold(name).split()}
        types = {
            p
            for name, entry in lexicon.table("types").items()
            if name in found.types
            for m in [entry.longest(question.folded)]
            if m
            for p in token_places(question.question, m.start, m.end)
        }
        return tuple(
            dict.fromkeys(
                t.folded
                for n, t in enumerate(question.question.tokens)
                if t.content
                and t.folded not in names
                and t.folded not in ours
                and n not in types
                and t.folded not in _EMPTY
            )
        )

    def _strangers(self, question: Read, held: Held, indices: list[str]) -> tuple[str, ...]:
        """Names in the question that the contract meant does not know."""
        text = " ".join(f"{p.headline} {p.text}" for p in held.passages)
        handles = (
            f"{held.title} {' '.join(n for c in held.all for p in c.parties for n in (p.name, p.counterparty_name))} "
            + " ".join(f"{c.value('reference') or ''} {c.stem}" for c in held.all)
        )
        return tuple(
            t.text
            for n, t in enumerate(question.question.tokens)
            if t.name
            and t.content
            and n not in question.asked
            and t.text not in indices
            and len(t.folded) > 3
            and not t.folded.isdigit()
            and not self._subjects.ours(t.folded)
            and t.folded not in MONTHS
            and t.folded not in _NATIONS
            and not likeness(t.folded, text)
            and not names_it(t.folded, handles)
        )


def _places(held: Held) -> str:
    return " ".join(f"{site.name or ''} {site.city or ''}" for site in held.terms.values("sites"))


def _text(held: Held) -> str:
    return " ".join(f"{p.headline} {p.text}" for p in held.passages)


def tokens_of_span(question: Read, span: Span) -> frozenset[int]:
    """The tokens of the words that told a window."""
    wanted = fold(question.question.text[span.start : span.end]).split()
    tokens = [t.folded for t in question.question.tokens]
    for start in range(len(tokens) - len(wanted) + 1):
        if tokens[start : start + len(wanted)] == wanted:
            return frozenset(range(start, start + len(wanted)))
    return frozenset(n for n, token in enumerate(tokens) if token in wanted)
