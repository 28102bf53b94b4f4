"""In which contracts words stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from vectorstore.passages import Passages
from vectorstore.records import About, Section, Source
from vectorstore.wordbook import Wordbook

TEXTS = {
    "a": "Le nettoyage des locaux est quotidien. Un nettoyage de fond a lieu chaque mois.",
    "b": "Les pénalités de retard sont dues. Elles sont nettoyées.",
    "c": "Une pénalité est appliquée ; le retard de paiement porte intérêt.",
}


@pytest.fixture
def passages(tmp_path: Path) -> Passages:
    opened = Passages.open(tmp_path)
    for contract in TEXTS:
        _write(opened, contract, TEXTS[contract])
    return opened


def _write(passages: Passages, contract: str, text: str) -> None:
    section = Section(text, ("Article 1",), 1, 0)
    passages.replace(About(contract), [(Source("0" * 64, "f.txt"), [section])])


def _where(book: Wordbook, word: str) -> dict[str, int]:
    book.refresh()
    return {
        book.contracts[code]: max(
            int(f.counts[list(f.codes).index(c)]) for f in book.forms(word) for c in f.codes if c == code
        )
        for form in book.forms(word)
        for code in form.codes
    }


def test_a_word_stands_where_any_form_of_it_does_as_often_as_the_likeliest(passages: Passages) -> None:
    assert _where(passages.words, "nettoyage") == {"a": 2}
    assert _where(passages.words, "penalite") == {"b": 1, "c": 1}
    assert _where(passages.words, "zebre") == {}


def test_words_one_after_the_other_are_a_phrase(passages: Passages) -> None:
    book = passages.words
    book.refresh()
    assert [book.contracts[c] for c in book.phrase(["penalites", "de", "retard"])] == ["b"]


def test_enough_of_the_words_must_stand_in_one_passage(passages: Passages) -> None:
    book = passages.words
    book.refresh()
    wanted = [[("penalite", False, 1.0)], [("interet", False, 1.0)]]
    assert [book.contracts[c] for c in book.speaking(wanted, 0.9)] == ["c"]
    assert {book.contracts[c] for c in book.speaking(wanted, 0.5)} == {"b", "c"}
    assert {book.contracts[c] for c in book.speaking([[("nett", True, 0.7)]], 0.7)} == {"a", "b"}


def test_what_is_written_later_counts_at_once_and_what_is_gone_no_more(passages: Passages) -> None:
    assert _where(passages.words, "nettoyage") == {"a": 2}
    _write(passages, "d", "Le nettoyage est exclu.")
    passages.remove("a")
    assert _where(passages.words, "nettoyage") == {"d": 1}
