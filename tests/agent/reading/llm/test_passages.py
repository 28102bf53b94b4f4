"""Few words of a model are found in the sentence that says its value."""

from __future__ import annotations

from agent.documents.pages import Draft, assemble
from agent.reading.llm.passages import Passages
from agent.reading.reader import Dossier
from agent.reading.structure import view

TEXT = """Le prix est révisé chaque année. Le contrat prend effet le 1er mars 2026.
Le contrat prend effet le 1er mars 2026 pour trois ans. Le préavis est de deux mois.
Le préavis est de trois mois."""


def passages() -> Passages:
    document = assemble("c.txt", TEXT.encode(), "text/plain", [Draft("paragraph", line) for line in TEXT.splitlines()])
    return Passages(view(Dossier((document,), ())))


def test_of_two_sentences_the_one_that_says_the_value_proves_it() -> None:
    (quote,) = passages().quotes("notice_period", "P3M", ["Le préavis"])
    assert "trois mois" in quote.text


def test_blank_words_quote_nothing() -> None:
    assert passages().quotes("start_date", "2026-03-01", ["", "  "]) == ()
    assert len(passages().quotes("start_date", "2026-03-01", ["", "1er mars 2026"])) == 1
