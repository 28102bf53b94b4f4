"""Own columns: what was read waits, what a person decided stays, an amendment sets what it says."""

from __future__ import annotations

from datetime import date

import pytest

from portfolio.columns.book import Columns
from portfolio.columns.records import Answer, Column
from portfolio.errors import InvalidValue, NotFound
from portfolio.evidence import Evidence
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.builders import contract, sha

CAP = {"label": "plafond", "value": 350000, "currency": "EUR"}


def said(value: object, words: str = "plafonnée à 350 000 €") -> Answer:
    proof = Evidence(document=sha("a.pdf"), quote=words, page=2, start=0, end=len(words))
    return Answer(value, (proof,), 0.8, "rules", "columns.builtin@1")


@pytest.fixture
def base(register: Register) -> str:
    return register.save(contract("a.pdf", title="Maintenance", reference="MAINT-2024-001"), "rules").contract


@pytest.fixture
def book(register: Register, base: str) -> Columns:
    return Columns(register)


@pytest.fixture
def cap(book: Columns) -> Column:
    return book.add("Plafond de responsabilité", "amount", "Léa")


def test_a_column_is_called_by_its_key_or_its_words(book: Columns, cap: Column) -> None:
    assert cap.key == "plafond-de-responsabilite"
    assert book.get("plafond-de-responsabilite") == book.get("PLAFOND DE RESPONSABILITÉ") == cap
    with pytest.raises(NotFound, match="plafond-de-responsabilite"):
        book.get("franchise")


@pytest.mark.parametrize(
    ("words", "kind", "choices"),
    [
        ("  plafond de  responsabilite ", "text", ()),
        ("???", "text", ()),
        ("x" * 201, "text", ()),
        ("pays", "choice", ("France",)),
        ("pays", "choice", ("France", "france")),
        ("pays", "text", ("France", "Suisse")),
    ],
)
def test_what_cannot_be_a_column_is_refused(
    book: Columns, cap: Column, words: str, kind: str, choices: tuple[str, ...]
) -> None:
    with pytest.raises(InvalidValue):
        book.add(words, kind, "Léa", choices)  # type: ignore[arg-type]
    assert book.all() == (cap,)


def test_what_was_read_comes_back_with_its_proof(book: Columns, base: str, cap: Column) -> None:
    book.put(base, cap, said(CAP), "stamp")
    ((column, own),) = book.of("MAINT-2024-001")
    assert own is not None
    assert (column, own.value.value, own.state, own.review) == (cap, 350000.0, "said", "to_review")
    assert own.answer.evidence[0].quote == "plafonnée à 350 000 €"
    assert book.stamps() == {(base, cap.key): "stamp"}


def test_silence_is_not_sabaseand_words_without_a_value_are_spoken_of(book: Columns, base: str, cap: Column) -> None:
    assert book.put(base, cap, Answer(), "1").state == "silent"
    assert book.put(base, cap, said(None, "Sa responsabilité est limitée."), "2").state == "spoken"


@pytest.mark.parametrize("decision", ["confirmed", "corrected", "rejected"])
def test_a_persons_word_survives_a_later_reading(book: Columns, base: str, cap: Column, decision: str) -> None:
    book.put(base, cap, said(CAP), "1")
    if decision == "confirmed":
        book.confirm("MAINT-2024-001", cap.key, "Léa")
    elif decision == "corrected":
        book.correct("MAINT-2024-001", cap.key, CAP | {"value": 400000}, "Léa", "avenant oral")
    else:
        book.reject("MAINT-2024-001", cap.key, "Léa")
    decided = book.of("MAINT-2024-001")[0][1]
    book.put(base, cap, said(CAP | {"value": 999}), "2")
    after = book.of("MAINT-2024-001")[0][1]
    assert after is not None
    assert decided is not None
    assert (after.value, after.review) == (decided.value, decision)
    assert book.stamps() == {(base, cap.key): "2"}, "it is not owed again"
    actions = [(line.action, line.who) for line in book.history("MAINT-2024-001", cap.key)]
    assert actions == [("read", "rules"), (decision, "Léa"), ("kept", "rules")]


def test_a_person_may_write_before_anything_was_read(book: Columns, cap: Column) -> None:
    with pytest.raises(NotFound, match="not read yet"):
        book.confirm("MAINT-2024-001", cap.key, "Léa")
    book.correct("MAINT-2024-001", cap.key, CAP, "Léa")
    own = book.of("MAINT-2024-001")[0][1]
    assert own is not None
    assert (own.value.value, own.answer.reader) == (350000.0, "person")


@pytest.mark.parametrize("value", ["beaucoup", {"value": 3}, {"label": "x", "value": 3, "currency": "euro"}])
def test_a_value_of_another_kind_is_refused(book: Columns, cap: Column, value: object) -> None:
    with pytest.raises(InvalidValue, match="Plafond de responsabilité"):
        book.correct("MAINT-2024-001", cap.key, value, "Léa")


def test_a_choice_is_one_of_its_options_however_it_is_written(book: Columns) -> None:
    place = book.add("Pays d'hébergement", "choice", "Léa", ["France", "Union européenne"])
    book.correct("MAINT-2024-001", place.key, "union europeenne", "Léa")
    assert book.values(place.key)[0].value == "Union européenne"
    with pytest.raises(InvalidValue, match="France, Union européenne"):
        book.correct("MAINT-2024-001", place.key, "Mars", "Léa")


def test_an_amendment_sets_what_it_says_from_its_day_on(register: Register, book: Columns, base: str) -> None:
    delay = book.add("Délai d'intervention", "duration", "Léa")
    silent = book.add("Autre question", "text", "Léa")
    amendment = register.save(
        contract("b.pdf", title="Avenant n° 1", amends="MAINT-2024-001", start_date=date(2025, 1, 1)), "rules"
    )
    assert amendment.base == base
    for column, old, new in ((delay, "PT8H", "PT4H"), (silent, "ancien", None)):
        book.put(base, column, said(old), "1")
        book.put(amendment.contract, column, said(new), "1")
    before, after = book.in_force(date(2024, 12, 31)), book.in_force(date(2025, 1, 1))
    assert before[base][delay.key].own.value == Duration(hours=8)
    assert (after[base][delay.key].own.value, after[base][delay.key].set_by) == (
        Duration(hours=4),
        amendment.contract,
    )
    assert after[base][silent.key].own.value == "ancien", "an amendment that says nothing leaves it"


def test_a_removed_column_takes_its_values_along(book: Columns, base: str, cap: Column) -> None:
    book.put(base, cap, said(CAP), "1")
    assert book.remove(cap.key) == 1
    assert (book.all(), book.values()) == ((), ())
