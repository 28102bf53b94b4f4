"""The examples of intents and the weights learned from them."""

from __future__ import annotations

import numpy as np

from agent.chat.planners.intents import HEADS, LABELS, Classifier, shipped
from evals.intents.examples import Example, digest, examples
from evals.intents.fitting import fit, known, seen

_GIVEN = (
    *(
        Example(q=q, lang="fr", answer=answer, operation=operation, topic=topic, scope=scope, told="terms")  # type: ignore[arg-type]
        for q, answer, operation, topic, scope in (
            ("quand finit le bail ?", "date", "fact", "end", "one"),
            ("quand finit le marché ?", "date", "fact", "end", "one"),
            ("combien coûte le bail ?", "amount", "fact", "amounts", "one"),
            ("combien coûte le marché ?", "amount", "fact", "amounts", "one"),
            ("quels contrats finissent en mai ?", "list", "list", "end", "many"),
            ("quels contrats finissent en juin ?", "list", "list", "end", "many"),
        )
    ),
    Example(q="combien d'heures ont été faites en mai ?", lang="fr", told="events"),
)


def test_the_shipped_weights_are_of_these_examples() -> None:
    assert shipped().digest == digest(), "python -m evals.intents learns them anew"


def test_every_head_has_examples_of_labels_that_plans_know() -> None:
    given = examples()
    assert len({example.q for example in given}) > 2000
    for head in HEADS:
        assert {example.label(head) for example in given} - {None} <= set(LABELS[head])


def test_what_is_learned_is_the_same_each_time_and_carries_over() -> None:
    weights, again = (fit(_GIVEN, known(_GIVEN)) for _ in range(2))
    assert weights.packed() == again.packed()
    reading = Classifier(weights).readings(seen("combien coûte le contrat de nettoyage ?"))[0]
    assert (reading.answer, reading.topic, reading.scope) == ("amount", "amounts", "one")
    assert reading.event < 0.5
    assert np.isfinite(weights.scales).all()
