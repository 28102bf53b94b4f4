import pytest

from evals import normalise


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Ateliers Bréval", "ATELIERS BREVAL SAS", True),
        ("S.A.S. Dupont & Fils", "Dupont Fils", True),
        ("Société anonyme Orsel", "Orsel", True),
        ("Clinique du Val d'Orge", "Clinique du Val d’Orge, site de Brétigny", True),
        ("Kite Pharma, Inc.", "Kite Pharma", True),
        ("Orsel", "Orselia", False),
        ("SAS", "SA", False),
        ("Durand", "Dupont", False),
    ],
)
def test_companies_are_equal_without_their_legal_forms_or_when_one_name_holds_the_other(
    a: str, b: str, same: bool
) -> None:
    assert normalise.same_company(a, b) is normalise.same_company(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("812345678", "81234567800015", True),
        ("812 345 678 00015", "81234567800015", True),
        ("812345678", "81234567900015", False),
        ("81234567800015", "81234567800023", False),
    ],
)
def test_a_siret_equals_its_own_siren_only(a: str, b: str, same: bool) -> None:
    assert normalise.same_registration(a, b) is normalise.same_registration(b, a) is same


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Contrat de maintenance", "CONTRAT DE MAINTENANCE des ascenseurs", True),
        ("Tribunal de commerce d'Angers", "Tribunal administratif de Nantes", False),
        ("trois fois le taux d'intérêt légal", "taux d'intérêt légal multiplié par trois", True),
        ("Bail", "Bail commercial", True),
        ("", "Bail", False),
    ],
)
def test_texts_are_the_same_from_half_of_their_words_on(a: str, b: str, same: bool) -> None:
    assert normalise.same_text(a, b) is normalise.same_text(b, a) is same


def test_formulas_are_equal_however_they_are_typeset() -> None:
    assert normalise.same_formula("P = P0 × [0,15 + 0,85 × (S/S0)]", "P=P0 x (0.15+0.85*(S / S0))")
    assert not normalise.same_formula("P = P0 × (0,15 + 0,85 S/S0)", "P = P0 × (0,20 + 0,80 S/S0)")


def test_indices_are_equal_when_one_name_holds_the_other() -> None:
    assert normalise.same_index("ICHTrev-TS", "indice ICHTrev TS")
    assert not normalise.same_index("ICHTrev-TS", "FSD2")


def test_references_are_compared_by_letters_and_digits() -> None:
    assert normalise.same_code("BRV-SG-24-006", "brv sg/24 006")
    assert not normalise.same_code("BRV-SG-24-006", "BRV-SG-24-007")


@pytest.mark.parametrize(("a", "b", "same"), [(3.2, 3.204, True), (3.2, 3.205, True), (3.2, 3.21, False)])
def test_numbers_are_equal_within_half_a_cent(a: float, b: float, same: bool) -> None:
    assert normalise.same_number(a, b) is same
