"""Errors are said in the language of whoever meets them."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import pytest

from portfolio.errors import InvalidValue, NotFound
from portfolio.register.store import Register
from portfolio.words.errors import said
from portfolio.words.texts import Texts
from portfolio.words.values import Wording
from tests.portfolio.builders import contract

FRENCH, ENGLISH = (Wording(Texts(language)) for language in ("fr", "en"))


def test_an_unknown_contract_is_said_in_both_languages(tmp_path: Path) -> None:
    with Register.open(tmp_path) as register:
        register.save(contract("nettoyage.pdf"), "rules")
        with pytest.raises(NotFound) as raised:
            register.contract("netoyage")
    assert str(raised.value) == "There is no contract « netoyage ». Near it: nettoyage."
    assert (
        said(raised.value, FRENCH).replace("\u00a0", " ")
        == "Il n’y a pas de contrat « netoyage ». Proches : nettoyage."
    )


def test_values_are_written_as_the_language_writes_them() -> None:
    error = InvalidValue.of("snooze_late", id=7, due=date(2027, 2, 1))
    assert "01/02/2027" in said(error, FRENCH)
    assert "2027-02-01" in said(error, ENGLISH) and "2027-02-01" in str(error)
    assert "Préavis" in said(InvalidValue.of("one_value", field="notice_period"), FRENCH)


def test_an_error_travels_between_processes() -> None:
    error = pickle.loads(pickle.dumps(InvalidValue.of("undone")))
    assert said(error, FRENCH) == "C’est déjà défait."


def test_one_without_a_text_is_said_as_it_is() -> None:
    assert said(InvalidValue("Give a number."), FRENCH) == "Give a number."
