import pytest

from tests.agent.reading.rules.identity import value


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Le présent contrat est conclu pour une durée d'un an et ne peut pas être reconduit.", "fr"),
        ("This agreement shall be governed by the laws of France and is made for the term of one year.", "en"),
        (
            "Le contrat est régi par les « General Terms » of the supplier, que le client a reçus avec les "
            "annexes du devis.",
            "fr",
        ),
    ],
)
def test_the_main_language(text: str, language: str) -> None:
    assert value("language", text) == language


def test_a_text_of_figures_has_none() -> None:
    assert value("language", "12 345\t67 890") is None
