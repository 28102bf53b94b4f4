import pytest

from portfolio.linking import amendment_number, is_amendment, reference_keys


@pytest.mark.parametrize(
    ("title", "amends", "expected"),
    [
        ("Avenant n° 1 au contrat de nettoyage", None, True),
        ("AVENANT N°2", None, True),
        ("First Amendment to the Supply Agreement", None, True),
        ("Acte modificatif n° 1", None, True),
        ("Contrat de nettoyage", "2023-041", True),
        ("Contrat de nettoyage", None, False),
        ("Amended and Restated Credit Agreement", None, False),
        (None, None, False),
    ],
)
def test_a_title_or_a_named_contract_makes_an_amendment(title: str | None, amends: str | None, expected: bool) -> None:
    assert is_amendment(title, amends) is expected


@pytest.mark.parametrize(
    ("title", "reference", "number"),
    [
        ("Avenant n° 2 au marché", None, 2),
        ("Avenant 3", None, 3),
        ("Amendment No. II", None, 2),
        ("Avenant au contrat", "CVO-2023-041/AV1", 1),
        ("Avenant", "2023-EDU-027-A01", 1),
        ("Avenant", "2023-041", None),
    ],
)
def test_an_amendment_has_its_number_in_title_or_reference(
    title: str, reference: str | None, number: int | None
) -> None:
    assert amendment_number(title, reference) == number


def test_a_base_is_found_by_any_run_of_words_and_by_the_beginning_of_the_reference() -> None:
    keys = reference_keys("Modifie le contrat CVO-ACH-2023-041 notifié en mai", "2023-EDU-027-A1")
    assert {"cvoach2023041", "2023edu027"} <= keys
