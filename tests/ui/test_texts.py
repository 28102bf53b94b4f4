"""The catalogues say the same things in both languages."""

import string

import pytest

from portfolio.schema import FIELDS
from portfolio.words import texts
from portfolio.words.texts import LANGUAGES, catalogue
from ui.texts import Texts


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("packages", [texts.Texts.packages, Texts.packages])
def test_both_languages_have_every_text_with_the_same_placeholders(packages: tuple[str, ...]) -> None:
    french, english = (catalogue(language, packages) for language in LANGUAGES)
    assert french.keys() == english.keys()
    for key, text in french.items():
        assert _placeholders(text) == _placeholders(english[key]), key


def test_every_field_of_a_contract_has_a_name() -> None:
    for language in LANGUAGES:
        named = catalogue(language)
        assert all(f"field.{name.replace('.', '_')}" in named for name in FIELDS)


def test_an_unknown_language_is_shown_in_french() -> None:
    assert Texts("xx")("search.none") == Texts("fr")("search.none")
