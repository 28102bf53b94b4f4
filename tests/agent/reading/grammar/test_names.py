import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.grammar.names import is_description, is_public, key, luhn, name_at, public_number, registrations
from agent.reading.text import fold


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Entre les soussignés : La société Imagerie des Prés, société d'exercice libéral", "Imagerie des Prés"),
        ("et Tablées du Piémont SAS, au capital de 320 000 €", "Tablées du Piémont SAS"),
        ("D'une part, la Ville de Pau, collectivité territoriale", "Ville de Pau"),
        ("La Clinique du Val d'Orge (autrefois Maison de santé), association", "Clinique du Val d'Orge"),
        ("Kite Pharma, Inc., a Delaware corporation", "Kite Pharma, Inc."),
        ("and Maher Albitar, M.D., an individual who resides in Miami", "Maher Albitar"),
        ("by and between Acme Widgets LLC (the \"Company\")", "Acme Widgets LLC"),
        ("Société Générale, SA au capital de 1 000 €", "Société Générale"),
        ("Mme Jeanne Dupont, née le 3 mai 1980", "Jeanne Dupont"),
        ("MAIRIE DE CUZIEU 10 Route de Veauche", "MAIRIE DE CUZIEU"),
    ],
)  # fmt: skip
def test_the_name_at_the_head_of_a_description(text: str, name: str) -> None:
    found = name_at(text)
    assert found is not None
    assert found.value == name == text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    [
        "représentée par son gérant",
        "le client",
        "Considérant que la Ville achète",
        "27 rue des Lilas",
        "SIRET 216 509 075 00018",
        "Confidentiality. The undersigned agrees",
        "Delaware corporation",
        "voir annexe 2",
        "............",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert name_at(text) is None


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("RCS Angers 493 826 176", "493826176"),
        ("SIRET 493 826 176 00015", "49382617600015"),
        ("SIRET : 49382617600015", "49382617600015"),
        ("n° SIREN 775 699  238", "775699238"),
        ("sous le numéro 449 777 747", "449777747"),
    ],
)
def test_registration_numbers_however_spaced(text: str, digits: str) -> None:
    assert [found.value.digits for found in registrations(fold(text))] == [digits]


@pytest.mark.parametrize(
    "text",
    ["au capital de 450 000 000 euros", "tél. 01 69 00 00 41", "123 456 789", "15 000 000 EUR", "pièce 12.345.678.901"],
)
def test_other_numbers_are_no_registration(text: str) -> None:
    assert list(registrations(fold(text))) == []


@given(st.integers(min_value=1, max_value=10**8 - 1))
def test_the_check_digit_tells_one_wrong_digit(stem: int) -> None:
    digits = f"{stem:08d}"
    (check,) = [d for d in "0123456789" if luhn(digits + d)]
    assert not luhn(digits + str((int(check) + 1) % 10))


def test_one_company_written_three_ways() -> None:
    assert key("ATELIERS BRÉVAL S.A.S.") == key("Ateliers Bréval SAS") == key("la société Ateliers Bréval")


@pytest.mark.parametrize(
    ("name", "public"),
    [
        ("Ville de Pau", True),
        ("Préfecture de la région Guyane", True),
        ("Centre hospitalier de Brive", True),
        ("Netisol SARL", False),
    ],
)
def test_public_bodies(name: str, public: bool) -> None:
    assert is_public(name) is public


@pytest.mark.parametrize("name", ["SAS", "Société d'assurance mutuelle à cotisations variables", "Société anonyme"])
def test_what_a_party_is_is_not_its_name(name: str) -> None:
    assert is_description(name) and not is_description(f"Alpha {name}")


@pytest.mark.parametrize(("digits", "public"), [("217500016", True), ("130025265", True), ("552018798", False)])
def test_numbers_of_public_bodies(digits: str, public: bool) -> None:
    assert public_number(digits) is public
