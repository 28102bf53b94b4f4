from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.text import fold, sentence_spans


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_makes_accents_case_and_typographic_signs_plain() -> None:
    assert fold("« L’ÉCHÉANCE » – À côté") == '" l\'echeance " - a cote'


@given(st.text(alphabet='aB. ;É1"«'))
def test_sentences_come_in_order_and_lose_no_word(text: str) -> None:
    spans = sentence_spans(text)
    assert all(start <= end for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert sorted(c for c in kept if c.isalnum()) == sorted(c for c in text if c.isalnum())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Le contrat dure un an. Il est reconduit.", 2),
        ("Voir l'art. 5 du contrat. M. Durand signe.", 2),
        ("Acme Inc. and Beta Ltd. agree.", 1),
        ("Sont remis : le rapport ; le plan.", 2),
    ],
)
def test_abbreviations_end_no_sentence(text: str, count: int) -> None:
    assert len(sentence_spans(text)) == count
