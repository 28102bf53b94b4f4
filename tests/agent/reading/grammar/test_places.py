import pytest

from agent.reading.grammar.places import places


@pytest.mark.parametrize(
    ("text", "city", "code"),
    [
        ("27 rue des Forges, 49000 Angers, RCS Angers", "Angers", "49000"),
        ("siège à Juvisy-sur-Orge (91260), 8 place", "Juvisy-sur-Orge", "91260"),
        ("4 chemin du Port aux Ponts-de-Cé (49130)", "Les Ponts-de-Cé", "49130"),
        ("33000 BORDEAUX CEDEX 2", "BORDEAUX", "33000"),
        ("3 allée du Bois, 91220 Brétigny-sur-Orge Sont concernés les transferts", "Brétigny-sur-Orge", "91220"),
        ("72000 Le Mans", "Le Mans", "72000"),
        ("Kurallee 2, 37433 Bad Lauterwald, Germany", "Bad Lauterwald", "37433"),
        ("49000 Angers\tAgence d'Angers", "Angers", "49000"),
    ],
)
def test_a_town_with_its_postal_code(text: str, city: str, code: str) -> None:
    assert [(f.value.city, f.value.postal_code) for f in places(text)] == [(city, code)]


@pytest.mark.parametrize("text", ["12 500 Euros", "38 690 m2 de bureaux", "une surface de 11840 M²", "n° 12345"])
def test_amounts_and_surfaces_are_no_places(text: str) -> None:
    assert list(places(text)) == []
