import pytest

from agent.reading.structure import checked, has_blank, is_blank
from tests.agent.reading.pages_of import laid_out


@pytest.mark.parametrize(
    "text",
    ["............", "_____", "[à compléter]", "… / … / ……", "...... / ...... / ............", "à compléter par "
                                                                                               "l'acheteur", "néant",
     "TBD", "____ €", ""],
)  # fmt: skip
def test_a_field_that_nobody_filled_in(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["12 mois", "le 3 mai 2024", "Ville de Pau", "0,00 €", "Lemaire"])
def test_a_filled_field(text: str) -> None:
    assert not is_blank(text)


def test_a_sentence_with_a_hole() -> None:
    assert has_blank("Reçu un exemplaire du marché, le ……………………")
    assert has_blank("entre la société [NOM] et le client")
    assert not has_blank("Le contrat dure un an...")


@pytest.mark.parametrize(
    ("line", "labels"),
    [
        ("☒ global et forfaitaire ☐ unitaire ☐ mixte", ["global et forfaitaire"]),
        ("☐ expresse ☒ tacite ☐ sans objet", ["tacite"]),
        ("[x] oui [ ] non", ["oui"]),
        ("☑ lot 1 ; ☑ lot 2 ; ☐ lot 3", ["lot 1", "lot 2"]),
        ("Reconduction\t☒ tacite\t☐ expresse", ["tacite"]),
        ("aucune case", []),
    ],
)
def test_checked_boxes(line: str, labels: list[str]) -> None:
    assert checked(line) == labels


def test_labels_and_values_of_lines_and_tables() -> None:
    view = laid_out(
        "Durée initiale : trois ans\n! Rubrique\tRéponse\nForfait annuel\t612 480,00 € HT\nIl remet ce qui suit "
        ": un plan."
    )
    fields = {field.label: field for field in view.fields}
    assert fields["Durée initiale"].value == "trois ans"
    assert fields["Forfait annuel"].value == "612 480,00 € HT"
    assert fields["Forfait annuel"].column == "Réponse"
    assert fields["Forfait annuel"].quote.text == "612 480,00 € HT"
    assert not any(label.startswith("Il remet") for label in fields)


def test_a_table_with_several_columns_gives_a_field_a_cell() -> None:
    view = laid_out("! Qualité\tClient\tPrestataire\nSIRET\t49382617600015\t81746290600022")
    cells = {(f.label, f.column): f.value for f in view.fields}
    assert cells["SIRET", "Client"] == "49382617600015"
    assert cells["SIRET", "Prestataire"] == "81746290600022"
