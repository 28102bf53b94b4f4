import logging
from collections.abc import Iterator

import pytest

from agent.reading.reader import Candidate, Quote
from agent.reading.rules import RulesReader, language
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView
from portfolio.errors import InvalidValue
from tests.agent.reading.pages_of import dossier

_CONTRACT = "Contrat de nettoyage\nLe contrat est conclu pour une durée de trois ans et ne peut pas être reconduit."


class Broken:
    __name__ = "broken"

    def read(self, view: ContractView, known: Known) -> Iterator[Candidate]:
        raise ZeroDivisionError
        yield


class Follower:
    __name__ = "follower"

    def read(self, view: ContractView, known: Known) -> Iterator[Candidate]:
        yield Candidate("title", f"in {known.value('language')}", (Quote("Contrat"),), 0.5, "follower")


def test_a_subject_sees_what_the_subjects_before_it_found() -> None:
    found = RulesReader((language, Follower()), strict=True).read(dossier(_CONTRACT))
    assert [c.value for c in found if c.field == "title"] == ["in fr"]


def test_a_subject_that_fails_is_told_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        found = RulesReader((Broken(), language)).read(dossier(_CONTRACT))
    assert [c.value for c in found] == ["fr"]
    assert "broken" in caplog.text and "contrat.txt" in caplog.text


def test_in_tests_a_failure_is_a_failure() -> None:
    with pytest.raises(ZeroDivisionError):
        RulesReader((Broken(),), strict=True).read(dossier(_CONTRACT))


def test_known_gives_the_surest_candidate_and_all_values_in_order() -> None:
    known = Known(("Alpha",))
    for text, confidence in (("a", 0.4), ("b", 0.9), ("c", 0.9)):
        known.add(Candidate("title", text, (), confidence, "test"))
    assert known.value("title") == "b"
    assert known.values("title") == ("a", "b", "c")
    assert known.value("reference") is None
    assert known.company == ("Alpha",)


def test_known_refuses_a_field_that_does_not_exist() -> None:
    with pytest.raises(InvalidValue, match="colour"):
        Known().value("colour")
