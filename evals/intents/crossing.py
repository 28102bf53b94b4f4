"""How well the classifier carries over to the questions of a writer of whom it learned nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from agent.chat.planners.intents import JOINT, Classifier, Head
from evals.intents.examples import Example
from evals.intents.fitting import fit, known

OTHERS = "question sets"
_MANY = 200


def crossed(given: Sequence[Example]) -> Mapping[str, Mapping[Head, float]]:
    """The share of right labels by writer left out and head."""
    found = known(given)
    shares: dict[str, dict[Head, float]] = {}
    writers = [writer_of(example, given) for example in given]
    for writer in sorted(set(writers)):
        rest = [n for n, other in enumerate(writers) if other != writer]
        own = [n for n, other in enumerate(writers) if other == writer]
        classifier = Classifier(fit([given[n] for n in rest], [found[n] for n in rest]))
        read = {n: classifier.readings(found[n], most=1)[0] for n in own}
        shares[writer] = {}
        for head in JOINT:
            told = [n for n in own if given[n].label(head) is not None]
            right = sum(getattr(read[n], head) == given[n].label(head) for n in told)
            shares[writer][head] = right / len(told) if told else float("nan")
    return shares


def writer_of(example: Example, given: Sequence[Example]) -> str:
    """The writer of an example; those of few questions, who wrote for the same portfolios, are taken as one."""
    return example.writer if sum(other.writer == example.writer for other in given) >= _MANY else OTHERS


def report(given: Sequence[Example]) -> str:
    """The shares as a Markdown table."""
    sizes = Counter(writer_of(example, given) for example in given)
    lines = [
        "# How well the intent of a question is read",
        "",
        "Shares of right labels for the questions of each writer, by a classifier that learned from all the others",
        "(`python -m evals.intents --cross docs/intents.md`).",
        "",
        f"| left out | questions | {' | '.join(JOINT)} |",
        f"| --- | --- |{' --- |' * len(JOINT)}",
    ]
    for writer, shares in crossed(given).items():
        lines.append(f"| {writer} | {sizes[writer]} | {' | '.join(f'{shares[head]:.1%}' for head in JOINT)} |")
    return "\n".join(lines) + "\n"
