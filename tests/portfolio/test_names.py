import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.names import close, company_key, company_number, take_apart


@pytest.mark.parametrize(
    "written",
    [
        "Netisol Propreté",
        "NETISOL PROPRETE",
        "Netisol-Propreté SAS",
        "S.A.S. Netisol Propreté",
        "Société Netisol Propreté",
        "La société Netisol Propreté, société par actions simplifiée",
        "Netisol Propreté, SAS au capital de 100 000 euros",
        "NETISOL PROPRETÉ S.A.S.U.",
    ],
)
def test_one_company_in_many_spellings_has_one_key(written: str) -> None:
    assert company_key(written) == "netisol proprete"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Dupont & Fils", "Dupont et Fils SARL"),
        ("Smith and Sons Ltd", "Smith & Sons Limited"),
        ("Müller GmbH", "Muller GmbH"),
        ("SCI Les Tilleuls", "Les Tilleuls"),
        ("Association Les Amis du Livre (loi 1901)", "Les Amis du Livre, association loi de 1901"),
        ("Acme Inc.", "ACME, Incorporated"),
        ("Philips N.V.", "Philips"),
    ],
)
def test_legal_forms_articles_and_signs_do_not_count(a: str, b: str) -> None:
    assert company_key(a) == company_key(b)


@pytest.mark.parametrize(
    ("a", "b"), [("SCI Jardin 2", "SCI Jardin 3"), ("Dupont", "Durand"), ("SA Or", "SA Ar"), ("Caisse A", "Caisse B")]
)
def test_different_names_have_different_keys_and_are_not_close(a: str, b: str) -> None:
    assert company_key(a) != company_key(b)
    assert close(company_key(a), company_key(b)) == 0


def test_a_name_that_is_a_legal_form_only_stays_a_name() -> None:
    assert company_key("SAS") == "sas"


def test_a_misread_letter_in_a_long_name_is_close() -> None:
    assert close("imagerie des belles croix", "imagerie des beiles croix") > 0.9


@pytest.mark.parametrize(
    ("registration", "number"),
    [
        ("44977774700014", "449777747"),
        ("449777747", "449777747"),
        ("FR40449777747", "449777747"),
        ("HRB12345", "HRB12345"),
        (None, None),
    ],
)
def test_a_company_is_known_by_its_siren(registration: str | None, number: str | None) -> None:
    assert company_number(registration) == number


@pytest.mark.parametrize(
    ("written", "name", "former"),
    [
        ("Limpidea Santé (anciennement Netisol Propreté)", "Limpidea Santé", "Netisol Propreté"),
        ("Limpidea Santé, anciennement dénommée Netisol Propreté", "Limpidea Santé", "Netisol Propreté"),
        ("Acme Ltd (formerly known as Bolt Ltd)", "Acme Ltd", "Bolt Ltd"),
        ("Netisol Propreté", "Netisol Propreté", None),
        ("Société des Anciennes Forges", "Société des Anciennes Forges", None),
    ],
)
def test_a_former_name_is_taken_apart(written: str, name: str, former: str | None) -> None:
    assert (take_apart(written).name, take_apart(written).former) == (name, former)


@given(st.text(max_size=60))
def test_a_key_is_its_own_key(name: str) -> None:
    assert company_key(company_key(name)) == company_key(name)
