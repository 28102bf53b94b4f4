"""What questions of words never seen are taken to ask, without a portfolio."""

from __future__ import annotations

import time

import pytest

from agent.chat.planners.features import Before, features
from agent.chat.planners.intents import LABELS, Classifier, Reading, Weights, classifier, shipped
from agent.chat.planners.reading import read


class Nobody:
    def knows(self, word: str) -> bool:
        return False

    def nearest(self, word: str) -> str | None:
        return word


def best(text: str, before: Before | None = None) -> Reading:
    return classifier().readings(features(read(text, Nobody()), before=before))[0]


@pytest.mark.parametrize(
    ("text", "answer", "topic"),
    [
        ("La convention avec Ortalis prend fin à quelle date ?", "date", "end"),
        ("Ortalis, c'est reconduit tout seul ?", "boolean", "renewal"),
        ("combien nous facture Ortalis chaque trimestre", "amount", "amounts"),
        ("Combien de jours a-t-on pour régler Ortalis ?", "text", "payment_days"),
        ("How much notice must we give Ortalis?", "text", "notice_period"),
        ("Which of our suppliers could still raise their prices this year?", "list", None),
        ("Combien de contrats finissent en juin ?", "count", None),
        ("Devant quel tribunal va-t-on en cas de litige avec Ortalis ?", "text", "jurisdiction"),
        ("Supprime le contrat Ortalis", "none", None),
    ],
)
def test_the_kind_of_answer_and_the_fact_are_read(text: str, answer: str, topic: str | None) -> None:
    reading = best(text)
    assert reading.answer == answer
    assert topic is None or reading.topic == topic


def test_readings_are_probabilities_of_what_a_plan_can_have() -> None:
    readings = classifier().readings(features(read("Le bail se termine quand ?", Nobody())))
    assert len(readings) == len(LABELS["answer"])
    assert sum(r.sure for r in readings) == pytest.approx(1)
    assert [r.sure for r in readings] == sorted((r.sure for r in readings), reverse=True)
    assert all(r.operation == "yes_no" or r.operation == "compare" for r in readings if r.answer == "boolean")


def test_a_question_is_read_alike_each_time_and_in_milliseconds() -> None:
    question = read("Quel est le délai de préavis du marché de nettoyage des écoles de Saint-Rémy ?", Nobody())
    first = classifier().readings(features(question))
    began = time.process_time()
    again = [classifier().readings(features(question)) for _ in range(20)]
    assert (time.process_time() - began) / 20 < 0.02
    assert all(readings == first for readings in again)


def test_words_never_seen_leave_a_reading() -> None:
    assert 0 < best("xyzzy plugh").sure < 1


def test_weights_are_kept_as_they_are() -> None:
    weights = shipped()
    content = weights.packed()
    again = Weights.unpacked(content)
    assert again.packed() == content and len(content) < 2_000_000
    found = features(read("quand finit le bail ?", Nobody()))
    assert Classifier(again).readings(found) == classifier().readings(found)
