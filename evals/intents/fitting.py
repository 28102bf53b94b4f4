"""Learns the weights of the classifier of intents from labelled questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from agent.chat.planners.features import Before, features
from agent.chat.planners.intents import HEADS, LABELS, NORM, Classifier, Head, Weights
from agent.chat.planners.reading import read
from evals.intents.examples import Example

STRENGTH = 1.0
"""How freely the weights fit: scikit-learn's C."""
_SEEN = 2
"""Questions in which a feature must occur."""
_SEEN_LETTERS = 4
"""The same for pieces of words, of which there are many."""
_STEPS = 80
_ROUGH = 25
"""Steps of the optimiser, and those for what only tells what was asked before."""
_LEVELS = 127

Found = frozenset[str]


class Nobody:
    """No portfolio: a word with a capital is a name, and no other is."""

    def knows(self, word: str) -> bool:
        return False

    def nearest(self, word: str) -> str | None:
        return word


def seen(text: str, before: Before | None = None) -> Found:
    return features(read(text, Nobody()), before=before)


def fit(given: Sequence[Example], found: Sequence[Found], digest: str = "", steps: int = _STEPS) -> Weights:
    """The weights learned from ``given``, whose features are ``found``, in at most so many ``steps``."""
    vocabulary = _vocabulary(found)
    matrix = _matrix(found, vocabulary)
    columns: list[NDArray[np.float64]] = []
    biases: list[NDArray[np.float64]] = []
    for head in HEADS:
        column, bias = _head(head, given, matrix, steps)
        columns.append(column)
        biases.append(bias)
    return _packed(tuple(vocabulary), np.vstack(columns), np.concatenate(biases), digest)


def known(given: Sequence[Example]) -> tuple[Found, ...]:
    """The features of examples. What was asked before is read by a classifier of the questions that stand alone."""
    alone = [example for example in given if not example.prev]
    first = Classifier(fit(alone, [seen(example.q) for example in alone], steps=_ROUGH))
    return tuple(seen(example.q, before(example, first)) for example in given)


def before(example: Example, classifier: Classifier) -> Before | None:
    """What the question before an example asked."""
    if not example.prev:
        return None
    reading = classifier.readings(seen(example.prev[-1]), most=1)[0]
    return Before(reading.answer, reading.operation, reading.topic)


def _vocabulary(found: Sequence[Found]) -> dict[str, int]:
    counted = Counter(name for names in found for name in names)
    kept = sorted(n for n, times in counted.items() if times >= (_SEEN_LETTERS if n.startswith("c:") else _SEEN))
    return {name: n for n, name in enumerate(kept)}


def _matrix(found: Sequence[Found], vocabulary: Mapping[str, int]) -> sparse.csr_matrix:
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, names in enumerate(found):
        own = sorted(vocabulary[name] for name in names if name in vocabulary)
        rows.extend([row] * len(own))
        columns.extend(own)
        values.extend([NORM / max(1, len(own)) ** 0.5] * len(own))
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(found), len(vocabulary)))


def _head(
    head: Head, given: Sequence[Example], matrix: sparse.csr_matrix, steps: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A row of weights for each label of a head and its bias; a label never seen is as good as impossible."""
    labels = [example.label(head) for example in given]
    told = [n for n, label in enumerate(labels) if label is not None]
    model = LogisticRegression(C=STRENGTH, max_iter=steps).fit(matrix[told], [labels[n] for n in told])
    places = [LABELS[head].index(label) for label in model.classes_]
    weights = np.zeros((len(LABELS[head]), matrix.shape[1]))
    bias = np.full(len(LABELS[head]), _NEVER)
    if len(places) == 2:  # one row tells two labels apart
        weights[places[1]], bias[places] = model.coef_[0], (0.0, model.intercept_[0])
    else:
        weights[places], bias[places] = model.coef_, model.intercept_
    return weights, bias


_NEVER = -12.0


def _packed(
    vocabulary: tuple[str, ...], weights: NDArray[np.float64], bias: NDArray[np.float64], digest: str
) -> Weights:
    scales = np.abs(weights).max(axis=1) / _LEVELS
    scales[scales == 0] = 1.0
    rows = np.rint(weights.T / scales).astype(np.int8)
    return Weights(vocabulary, rows, scales.astype(np.float32), bias.astype(np.float32), digest)
