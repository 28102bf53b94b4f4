import pytest

from evals.quotes import TextIndex, valid

TEXT = (
    "Le Prestataire remet le rapport d’acti-\nvité\u00a0annuel,  dit « bilan », au sous-\ntraitant. "
    "À défaut, 12-\n15 jours."
)


@pytest.mark.parametrize(
    "quote",
    [
        "le rapport d'activité annuel",
        "rapport d’acti-\nvité",
        'dit "bilan"',
        "dit «bilan»",
        "au sous-traitant",
        "Le Prestataire\tremet\nle rapport",
    ],
)
def test_a_quote_is_valid_whatever_its_white_space_hyphenation_and_quotation_marks(quote: str) -> None:
    assert valid(quote, TEXT)


@pytest.mark.parametrize("quote", ["", "   ", "le rapport mensuel", "LE PRESTATAIRE", "A défaut", "1215 jours"])
def test_words_that_are_not_there_are_no_quote(quote: str) -> None:
    assert not valid(quote, TEXT)


def test_share_counts_the_valid_quotes() -> None:
    assert TextIndex.of(TEXT).share(["le rapport", "la facture", "à défaut", "À défaut"]) == (2, 4)
