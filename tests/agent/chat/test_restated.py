"""Questions whose fact is not the one that their phrase names: last ends, the other side's notice, time left."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from agent.chat.chat import Chat
from agent.chat.planners.restated import ALL_RENEWALS

HOSTING, LEASE = "06-hebergement-donnees-sante", "05-bail-professionnel"


@pytest.mark.parametrize(
    ("question", "topic", "answer"),
    [
        (
            "Nuagéis, dernière limite pour le recommandé si on ne veut pas d'une année de plus ?",
            "notice_deadline",
            "date",
        ),
        ("hébergement Nuagéis, limite pour dénoncer ?", "notice_deadline", "date"),
        ("préavis Nuagéis à l'échéance ?", "notice_period", "text"),
        ("Nuagéis : trop tard pour résilier ?", "notice_missed", "boolean"),
        ("sommes-nous encore dans les temps pour dénoncer Nuagéis ?", "notice_deadline", "boolean"),
        ("are we still in time to cancel Nuagéis?", "notice_deadline", "boolean"),
        ("Nuagéis : on n'a rien envoyé, ça nous engage jusqu'à quand ?", "next_end", "date"),
        ("jusqu'à quand peut aller Nuagéis en comptant toutes les reconductions ?", "final_end", "date"),
        ("si personne ne bouge, Nuagéis s'arrête définitivement à quelle date ?", "final_end", "date"),
        ("Nuagéis: where does the 12-month extension take us?", "final_end", "date"),
        ("si on demande les 3 mois de plus à Nuagéis, ça nous mène à quelle date ?", "final_end", "date"),
        ("by when do we have to write to Nuagéis to extend for another year?", "renewal", "date"),
        ("quand se termine le contrat Nuagéis ?", "end", "date"),
        ("quel est le délai de paiement de Nuagéis ?", "payment_days", "text"),
    ],
)
def test_the_fact_that_is_meant_is_asked_for(clinic: Chat, question: str, topic: str, answer: str) -> None:
    plan = clinic.ask(question).plan
    assert (plan.topic, plan.answer, plan.subject.contracts) == (topic, answer, (HOSTING,))


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Nuagéis : trop tard pour résilier ?", False),
        ("bail de l'Imagerie : trop tard pour dénoncer au 31 décembre 2026 ?", True),
        ("encore dans les temps pour dénoncer le bail de l'Imagerie ?", False),
    ],
)
def test_whether_there_is_still_time_is_a_yes_or_a_no(clinic: Chat, question: str, value: Any) -> None:
    assert clinic.ask(question).finding.value is value


@pytest.mark.parametrize("text", ["et avec les deux reconductions ?", "and with both extensions?"])
def test_a_follow_up_on_an_end_goes_to_the_last_one(clinic: Chat, text: str) -> None:
    first = clinic.ask("quand se termine le contrat Nuagéis ?")
    plan = clinic.ask(text, first.plan).plan
    assert (plan.topic, plan.answer, plan.subject.contracts) == ("final_end", "date", (HOSTING,))


@pytest.mark.parametrize(
    "question",
    [
        "Nuagéis, s'ils veulent nous lâcher, c'est quel préavis de leur côté ?",
        "si l'hébergeur Nuagéis veut arrêter, quel délai ?",
    ],
)
def test_the_other_sides_notice_is_quoted_and_to_be_verified(clinic: Chat, question: str) -> None:
    answer = clinic.ask(question)
    assert answer.plan.side == "them"
    assert not answer.finding.sure


def test_one_renewal_is_not_all_of_them() -> None:
    assert ALL_RENEWALS.search("et avec les deux prolongations")
    assert not ALL_RENEWALS.search("et avec une reconduction")


def test_the_end_of_the_period_is_a_day(clinic: Chat) -> None:
    assert isinstance(clinic.ask("quand se termine le contrat Nuagéis ?").finding.value, date)
