"""What the classifier of intents sees of a question: its words without the names in it, their order, stems and letters,
the phrases of the vocabulary, and what was asked before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agent.chat.lexicon import Match
from agent.chat.plan import AnswerKind, Operation, Topic
from agent.chat.planners.counting import asked_noun, counts_contracts, lists_contracts
from agent.chat.planners.extremes import extreme_of
from agent.chat.planners.quantifiers import quantifier_of
from agent.chat.planners.reading import Read
from agent.chat.windows import MONTHS
from vectorstore.keywords import stems

_EDGE = 2
"""Words at either end of a question that are seen as such."""
_LETTERS = (3, 4, 5)
"""Lengths of the pieces of words, for slips of the keyboard and endings never seen."""
_LONG_PHRASE = 10
_INVERTED = re.compile(r"\w-(?:t-)?(?:il|elle|ils|elles|on|nous|vous|je|ce)\b", re.IGNORECASE)
_SIGNS = ("%", "€", "+", ":", "…", "!")
_ASKING = re.compile(
    r"combien|quand|quel(?:le)?s?|qui|que|quoi|comment|pourquoi|ou|lequel|laquelle|lesquels|lesquelles|qd|cb|how|when|"
    r"what|which|who|whom|whose|why|where"
)


@dataclass(frozen=True)
class Before:
    """What the question before was taken to ask."""

    answer: AnswerKind
    operation: Operation
    topic: Topic | None


def features(question: Read, names: frozenset[int] = frozenset(), before: Before | None = None) -> frozenset[str]:
    """The features of a question that hold, each a short text. ``names``: the tokens that name a contract, a party or a
    place of the portfolio; those with a capital inside a sentence are taken for names anyway."""
    masked = [
        "NAME" if n in names or (token.name and n not in question.asked) else _plain(token.folded)
        for n, token in enumerate(question.question.tokens)
    ]
    words = [word for word in masked if word != "NAME"]
    found = set(_ordered(masked))
    found.update(_stemmed(masked))
    found.update(_lettered(words))
    found.update(_phrases(question))
    found.update(_shape(question, masked))
    if before:
        found.update((f"before:{before.answer}", f"before:{before.operation}", f"before:{before.topic}", "before"))
        found.update(f"before:{before.answer}~{word}" for word in words[:_EDGE])
    return frozenset(found)


def _plain(word: str) -> str:
    if word.isdigit():
        return "YEAR" if re.fullmatch(r"(?:19|20)\d\d", word) else "NUMBER"
    return "MONTH" if word in MONTHS else word


def _ordered(words: list[str]) -> Iterator[str]:
    """One to three words in a row, the sentence's edges among them."""
    row = ["^", *words, "$"]
    for size in (1, 2, 3):
        for start in range(len(row) - size + 1):
            yield "w:" + " ".join(row[start : start + size])
    yield from (f"first:{word}" for word in words[:_EDGE])
    yield from (f"last:{word}" for word in words[-_EDGE:])


def _root(word: str) -> str:
    """The shorter of a word's French and English stems."""
    return word if word.isupper() else min(stems(word), key=lambda stem: (len(stem), stem))


def _stemmed(words: list[str]) -> Iterator[str]:
    """Stems, two in a row, and each beside the question's interrogative."""
    row = [_root(word) for word in words]
    asking = next((word for word in words if _ASKING.fullmatch(word)), "-")
    for n, root in enumerate(row):
        yield f"s:{root}"
        yield f"q:{asking}~{root}"
        if n:
            yield f"s:{row[n - 1]} {root}"


def _lettered(words: list[str]) -> Iterator[str]:
    for word in words:
        if word.isupper():
            continue
        padded = f"_{word}_"
        for size in _LETTERS:
            for start in range(len(padded) - size + 1):
                yield "c:" + padded[start : start + size]


def _phrases(question: Read) -> Iterator[str]:
    """The phrases of the vocabulary that were found: each, those that are long, and the longest of its table."""
    tables: tuple[tuple[str, dict[str, Match]], ...] = (
        ("topic", question.topics),
        ("operation", question.operations),
        ("action", question.actions),
        ("refusal", question.refusals),
    )
    for room, found in tables:
        for name, match in found.items():
            yield f"{room}:{name}"
            if match.length >= _LONG_PHRASE:
                yield f"{room}:{name}+"
        if found:
            longest = max(found.values(), key=lambda match: match.length)
            yield f"{room}*{longest.name}"
            earliest = min(found.values(), key=lambda match: (match.start, -match.length))
            yield f"{room}^{earliest.name}"


def _shape(question: Read, masked: list[str]) -> Iterator[str]:
    """How the question is built, and what the grammar of contracts in the plural finds in it."""
    text = question.question.text
    yield f"asks:{text.rstrip().endswith('?')}"
    yield f"language:{question.question.language}"
    yield f"long:{min(len(masked) // 4, 5)}"
    yield f"names:{min(masked.count('NAME'), 2)}"
    yield from (f"sign:{sign}" for sign in _SIGNS if sign in text)
    if _INVERTED.search(text):
        yield "inverted"
    if quantifier := quantifier_of(question):
        yield f"of:{quantifier}"
    if lists_contracts(question):
        yield "of:which"
    if counts_contracts(question):
        yield "of:how many"
    if extreme := extreme_of(question):
        yield "extreme"
        yield f"extreme:{extreme[0]}"
    if noun := asked_noun(question.folded):
        yield f"counted:{_root(noun)}"
