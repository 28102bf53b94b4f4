"""What a question asks, by a classifier learned from labelled questions: the kind of its answer, the operation, the
fact, whether it is about one contract or many, and whether contracts tell such a thing at all. Five logistic
regressions share their features; the first four, read together, give the most probable readings among those that a
plan can have."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from agent.chat.plan import AnswerKind, Operation, Topic

Scope = Literal["one", "many"]
Told = Literal["terms", "events"]
"""What is asked for: what was agreed, which contracts tell, or what came to pass, which they do not."""
Head = Literal["answer", "operation", "topic", "scope", "told"]
HEADS: tuple[Head, ...] = get_args(Head)
JOINT: tuple[Head, ...] = HEADS[:4]
"""What makes up a reading."""
LABELS: dict[Head, tuple[str, ...]] = {
    "answer": get_args(AnswerKind),
    "operation": get_args(Operation),
    "topic": get_args(Topic),
    "scope": get_args(Scope),
    "told": get_args(Told),
}
NORM = 5.0
"""The length of a question's features, however many there are."""
_TOLD = 1.0
"""How much likelier (a logarithm) a fact is for a phrase of its own, beyond what was learned from the few examples."""
FILE = "intents.npz"


@dataclass(frozen=True)
class Reading:
    """One way to take a question. ``probability``: of all four together, among the readings that a plan can have;
    ``sure``: of its answer's kind alone; ``topic_sure``: of its fact, given that kind; ``topics``: the facts that it
    may ask for, the likeliest first; ``event``: how likely it is to ask for what came to pass."""

    answer: AnswerKind
    operation: Operation
    topic: Topic
    scope: Scope
    probability: float
    sure: float
    topic_sure: float
    topics: tuple[Topic, ...] = ()
    event: float = 0.0


@dataclass(frozen=True)
class Weights:
    """``vocabulary``: features in the order of the rows of ``rows``, whose columns are the labels of the heads one
    after the other, in 8 bits; a column counts ``scales`` times its numbers. ``bias``: of each label. ``digest``: of
    the examples that they were learned from."""

    vocabulary: tuple[str, ...]
    rows: NDArray[np.int8]
    scales: NDArray[np.float32]
    bias: NDArray[np.float32]
    digest: str

    def packed(self) -> bytes:
        """The file's content; the same for the same weights."""
        out = BytesIO()
        text = np.frombuffer("\n".join(self.vocabulary).encode(), np.uint8)
        digest = np.frombuffer(self.digest.encode(), np.uint8)
        np.savez_compressed(out, text=text, rows=self.rows, scales=self.scales, bias=self.bias, digest=digest)
        return out.getvalue()

    @classmethod
    def unpacked(cls, content: bytes) -> Weights:
        with np.load(BytesIO(content)) as kept:
            text, digest = kept["text"].tobytes().decode(), kept["digest"].tobytes().decode()
            return cls(tuple(text.split("\n")), kept["rows"], kept["scales"], kept["bias"], digest)


class Classifier:
    """Reads questions by their features."""

    def __init__(self, weights: Weights) -> None:
        self._places = {name: n for n, name in enumerate(weights.vocabulary)}
        self._rows = weights.rows
        self._scales = weights.scales
        self._bias = weights.bias

    def chances(self, found: Iterable[str]) -> dict[Head, NDArray[np.float64]]:
        """The logarithms of the probabilities of each head's labels."""
        places = sorted(self._places[name] for name in found if name in self._places)
        summed = self._rows[places].astype(np.float64).sum(axis=0)
        scores = self._bias + summed * self._scales * (NORM / np.sqrt(max(1, len(places))))
        told: dict[Head, NDArray[np.float64]] = {}
        start = 0
        for head in HEADS:
            own = scores[start : start + len(LABELS[head])]
            start += len(own)
            told[head] = own - _log_sum(own)
        return told

    def readings(
        self, found: Iterable[str], told: Collection[str] = (), most: int = len(LABELS["answer"])
    ) -> tuple[Reading, ...]:
        """The best reading of each of the ``most`` likeliest kinds of answer, the most probable first; ``told``: facts
        of which a phrase was found."""
        chances = self.chances(found)
        chances["topic"] = chances["topic"] + np.array([_TOLD if t in told else 0.0 for t in LABELS["topic"]])
        table = _together()
        summed = np.array([chances[head][table[head]] for head in JOINT]).sum(axis=0)
        joint: NDArray[np.float64] = np.exp(summed - _log_sum(summed))
        kinds = np.bincount(table["answer"], joint, len(LABELS["answer"])).astype(np.float64)
        event = float(np.exp(chances["told"][LABELS["told"].index("events")]))
        return tuple(
            replace(self._best(kind, joint, table, kinds), event=event)
            for kind in np.argsort(-kinds, kind="stable")[:most].tolist()
        )

    @staticmethod
    def _best(
        kind: int, joint: NDArray[np.float64], table: dict[Head, NDArray[np.intp]], kinds: NDArray[np.float64]
    ) -> Reading:
        """The reading of one kind of answer: its likeliest fact, then the likeliest way to ask for that."""
        own = np.where(table["answer"] == kind, joint, 0.0)
        facts = np.bincount(table["topic"], own, len(LABELS["topic"]))
        topic = int(np.argmax(facts))
        at = int(np.argmax(np.where(table["topic"] == topic, own, -1.0)))
        labels: dict[str, Any] = {head: LABELS[head][table[head][at]] for head in JOINT}
        sure = float(kinds[kind])
        return Reading(
            **labels,
            probability=float(joint[at]),
            sure=sure,
            topic_sure=float(facts[topic]) / max(sure, 1e-12),
            topics=tuple(get_args(Topic)[n] for n in np.argsort(-facts, kind="stable").tolist()),
        )


def _log_sum(values: NDArray[np.float64]) -> float:
    top = float(values.max())
    return top + float(np.log(np.exp(values - top).sum()))


@cache
def _together() -> dict[Head, NDArray[np.intp]]:
    """The readings that a plan can have, a label's place for each head: the rules of `lexicon/readings.toml`."""
    rules = tomllib.loads(files("agent.chat.lexicon").joinpath("readings.toml").read_text(encoding="utf-8"))
    places = {head: {label: n for n, label in enumerate(LABELS[head])} for head in JOINT}
    rows = [
        (places["answer"][answer], places["operation"][operation], n, places["scope"][scope])
        for answer, rule in rules["answer"].items()
        for operation in rule["operations"]
        for n, topic in enumerate(LABELS["topic"])
        if topic in rule.get("topics", LABELS["topic"]) and topic not in rule.get("without", ())
        for scope in rules["scope"].get(operation, LABELS["scope"])
    ]
    columns = np.array(rows, dtype=np.intp).T
    return dict(zip(JOINT, columns, strict=True))


def shipped() -> Weights:
    """The weights that come with the program."""
    return Weights.unpacked(files(__package__ or "").joinpath(FILE).read_bytes())


@cache
def classifier() -> Classifier:
    """The classifier of the shipped weights, loaded once."""
    return Classifier(shipped())
