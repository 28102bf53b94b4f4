"""What to look at first, and what was read in two ways."""

from dataclasses import replace
from datetime import date

from portfolio.facts import Alternative
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.review.queue import queue
from portfolio.review.readings import other_readings
from portfolio.schema import Amount
from tests.portfolio.builders import contract


def test_the_dearest_doubt_comes_first_and_what_is_certain_waits_for_nobody(register: Register) -> None:
    price = Amount(label="Prix", value=900_000, tax="excl", period="year")
    register.save(contract("small", confidence=0.9, title="Petit", language="fr"), "rules")
    register.save(contract("dear", confidence=0.9, title="Grand", end_date=date(2027, 1, 1), amounts=[price]), "rules")
    register.save(contract("sure", confidence=0.99, title="Sûr"), "rules")
    waiting = queue(register, Filters())
    assert [line.title for line in waiting] == ["Grand", "Petit"]
    assert waiting[0].values == 5  # two parties, title, end, amount
    assert waiting[0].urgency > waiting[1].urgency


def test_a_decided_contract_leaves_the_queue(register: Register) -> None:
    register.save(contract("one", title="Un"), "rules")
    register.confirm_all("one", "lea")
    assert queue(register, Filters()) == ()


def test_a_reading_that_a_persons_word_stood_against_is_the_other_reading(register: Register) -> None:
    register.save(contract("one", title="Un", payment_days=30), "rules")
    register.correct("one", "payment_days", 45, "lea")
    register.save(contract("one", title="Un", payment_days=60), "hybrid")
    (other,) = other_readings(register.contract("one"), register.history("one"))
    assert (other.field, other.value, other.chosen) == ("payment_days", 60, True)


def test_a_value_read_again_shows_what_was_read_before(register: Register) -> None:
    register.save(contract("one", title="Un", payment_days=30), "rules")
    register.save(contract("one", title="Un", payment_days=60), "hybrid")
    (other,) = other_readings(register.contract("one"), register.history("one"))
    assert (other.field, other.value, other.chosen) == ("payment_days", 30, False)


def test_what_another_reader_read_beside_it_is_the_other_reading(register: Register) -> None:
    draft = contract("one", title="Un", payment_days=30)
    facts = [
        fact.model_copy(update={"alternatives": (Alternative(value=45, reader="llm", confidence=0.4),)})
        if fact.field == "payment_days"
        else fact
        for fact in draft.facts
    ]
    register.save(replace(draft, facts=tuple(facts)), "hybrid")
    (other,) = other_readings(register.contract("one"), register.history("one"))
    assert (other.field, other.value, other.reader) == ("payment_days", 45, "llm")
