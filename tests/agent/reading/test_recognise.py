"""What is a contract, what may carry one, and what is left aside."""

import pytest

from agent.documents.pages import Document, Draft, assemble
from agent.reading.recognise import is_contract, is_no_contract, signs
from tests.road import contract_text


def _document(text: str) -> Document:
    return assemble("x.txt", text.encode(), "text/plain", [Draft("paragraph", line) for line in text.split("\n")])


def test_a_contract_shows_all_five_signs() -> None:
    document = _document(contract_text(1))
    assert signs(document) == {"title", "parties", "clauses", "term", "signature"}
    assert is_contract(document)


@pytest.mark.parametrize(
    "text",
    [
        "Plan des locaux, niveau 2",
        "Eight invented but realistic contracts of one private hospital, one amendment, each with its labels.",
        "Merci de me rappeler demain.",
    ],
)
def test_notes_are_no_contracts(text: str) -> None:
    document = _document(text)
    assert is_no_contract(document)
    assert not is_contract(document)


@pytest.mark.parametrize(
    "text",
    [
        "JOINT FILING AGREEMENT\n" + "The undersigned hereby agree to file jointly. " * 20,
        "Lettre de mission\nVous avez bien voulu nous confier une mission, qui prend effet le 1er mars.",
    ],
)
def test_in_doubt_it_is_registered(text: str) -> None:
    assert not is_no_contract(_document(text))
