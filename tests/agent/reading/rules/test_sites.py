import pytest

from tests.agent.reading.rules.identity import towns

_FRONT = (
    "# Contrat de nettoyage\nEntre : Alpha SAS, dont le siège est 19 rue Hoche, 94200 Ivry-sur-Seine, RCS "
    "Créteil 449 777 747, ci-après "
    "« le prestataire »\n"
)


def test_a_table_of_sites() -> None:
    assert towns(
        _FRONT + "# Article 2 – Sites\n! Site traité\tAdresse\tSurface\n"
        "Hôpital de Juvisy\t27 avenue de la Cour de France, 91260 Juvisy-sur-Orge\t11 840 m²\n"
        "Centre de Brétigny\t3 allée du Bois, 91220 Brétigny-sur-Orge\t6 275 m²"
    ) == [("Hôpital de Juvisy", "Juvisy-sur-Orge", "91260"), ("Centre de Brétigny", "Brétigny-sur-Orge", "91220")]


def test_name_and_address_in_one_cell_and_rows_left_out() -> None:
    assert towns(
        _FRONT + "# Article 2 – Étendue\n! Établissement\tRondes\tTélésurveillance\n"
        "Usine d'Angers, 27 rue des Forges, 49000 Angers\t☒\t☒\nUsine de Cholet, 8 rue des Cardeurs, 49300 "
        "Cholet\t☐\t☒\n"
        "Entrepôt de Beaucouzé, 49070 Beaucouzé\t☐\t☐"
    ) == [("Usine d'Angers", "Angers", "49000"), ("Usine de Cholet", "Cholet", "49300")]


def test_a_list_after_a_sentence() -> None:
    assert towns(
        _FRONT + "# 2) Ce que fait l'Ambulancier\nIl transporte les patients des deux maisons suivantes :\n"
        "- Hôpital de jour, 46 rue de la Juine, 91150 Étampes"
    ) == [("Hôpital de jour", "Étampes", "91150")]


@pytest.mark.parametrize(
    "text",
    [
        "# Article 2 – Lieu d'exécution\nLes prestations sont exécutées au 8 promenade des Sources, 65720 Pau.",
        "# Article 2. Lieu du service\nL'équipement, sis 8 promenade des Sources, 65720 Pau, comporte un bassin.",
    ],
)
def test_a_sentence_that_says_where(text: str) -> None:
    assert [(city, code) for _, city, code in towns(_FRONT + text)] == [("Pau", "65720")]


@pytest.mark.parametrize(
    "text",
    [
        "# Article 9 – Notifications\nLes courriers sont adressés au siège social, 19 rue Hoche, 94200 Ivry-sur-Seine.",
        "# Article 9 – Assurance\nLe prestataire est assuré chez Gamma, 1 rue de Paris, 75001 Paris.",
        "",
    ],
)
def test_head_offices_and_third_parties_are_no_sites(text: str) -> None:
    assert towns(_FRONT + text) == []


def test_a_towns_name_broken_by_a_narrow_column() -> None:
    assert {
        city
        for _, city, _ in towns(
            "# Contrat\nLa Ville de Montferrand-les-Bains commande.\n# 5. Livraison\n! Repère\tOffice\tAdresse\n"
            "O1\tÉcole Rosa\t12 rue des Lavandières, 65720 Montferrand-les-Bai\nO2\tÉcole Jeanne\t4 impasse du "
            "Moulin, 65720 Mont\n"
            "O3\tÉcole Marie\t3 rue du Gave, 65720 Montferrand-les-Bains"
        )
    } == {"Montferrand-les-Bains"}


def test_a_place_without_postal_code() -> None:
    text = "# 1. Objet\nUne surveillance est requise :\n- pour la piscine du Stade située 111 Av. Alsace à Chambéry."
    assert towns(_FRONT + text) == [("piscine du Stade", "Chambéry", None)]


def test_the_address_below_the_title_of_a_lease() -> None:
    text = (
        "# Bail commercial\nEntrepôt, parc de la Fauvelaie, lot 6 – 49070 Beaucouzé\n# 1. Objet\nLe bâtiment en tête."
    )
    assert towns(text) == [("Entrepôt, parc de la Fauvelaie, lot 6", "Beaucouzé", "49070")]
