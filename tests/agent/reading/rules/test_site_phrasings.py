"""Places of performance as different drafters give them; head offices and third parties' addresses are none."""

import pytest

from tests.agent.reading.rules.identity import towns

_FRONT = (
    "# Contrat d'entretien\nEntre : Alpha SAS, dont le siège est 19 rue Hoche, 94200 Ivry-sur-Seine, RCS Créteil "
    "449 777 747, ci-après « le prestataire », et Beta SARL, 2 rue Basse, 69001 Lyon, SIREN 812 339 570, ci-après "
    "« le client »\n"
)


@pytest.mark.parametrize(
    ("text", "cities"),
    [
        ("# LIEU\nAgence de Grenoble, 41 cours de la Libération, 38100 Grenoble, avec des déplacements.", ["Grenoble"]),
        (
            "# Livraison\nCe que livre le transporteur :\n- à la Laiterie de Baraque, 4 chemin de la Doline, 12160 "
            "Baraqueville ;\n- à la Fromagerie, 17 avenue du Ségala, 12800 Naucelle.",
            ["Baraqueville", "Naucelle"],
        ),
        (
            "# 1. Biens assurés\n! Risque\tSituation\tSurface\n"
            "Laiterie\t4 chemin de la Doline, 12160 Baraqueville\t11 "
            "m²\nEntrepôt\t9 rue des Tanneurs, 12850 Onet-le-Château\t2 m²",
            ["Baraqueville", "Onet-le-Château"],
        ),
        (
            "# 2. Modalités\nLivraison et restitution\t☐ siège ☒ agence de Dijon, 6 rue de Mayence, 21000 "
            "Dijon ☒ agence "
            "de Grenoble, 41 cours de la Libération, 38100 Grenoble",
            ["Dijon", "Grenoble"],
        ),
        ("# 2. Lieux\nS'ajoute à la liste : Atelier des Charmes, 3 impasse du Four, 21490 Ruffey.", ["Ruffey"]),
        ("Lieu d'exécution : Mairie annexe, 3 place Haute, 35000 Rennes\n# 1. Objet\nNettoyage.", ["Rennes"]),
        ("# 1. Objet\nLieu d'exécution des prestations : Rennes", ["Rennes"]),
        (
            "# 1. Objet\nLe prestataire entretient les locaux que le client occupe 3 rue Haute à Rennes (35000).",
            ["Rennes"],
        ),
        ("# 1. Objet\nLe prestataire assure l'entretien de l'usine du client, 3 rue Haute, 35000 Rennes.", ["Rennes"]),
        ("# 1. Objet\nEntretien de l'immeuble sis à Rennes (35000), 3 rue Haute.", ["Rennes"]),
        (
            "# 3. Sites d'intervention\n- Rennes : 3 rue Haute, 35000 Rennes\n- Brest : 4 rue Basse, 29200 Brest",
            ["Rennes", "Brest"],
        ),
        (
            "# 2. Delivery\nDeliveries are made to the Purchaser's bakery at 40 Barlby Road, Selby, YO8 5BJ, "
            "on Fridays.",
            ["Selby"],
        ),
        (
            "# 1. Services\nThe Supplier cleans the premises at 12 Dock Street, Leeds LS1 4BR and at Unit 3, "
            "York YO1 7HH.",
            ["Leeds", "York"],
        ),
        ("# Background\nThe Client renews the sluices at Grange Dock, Hull HU1 2QP (the “Site”).", ["Hull"]),
        (
            "# Article 4 - Adresse des sites\n! Nom\tAdresse\nAccueil\t3 rue Haute, 35000 Rennes\n"
            "Dépôt\t4 rue Basse, 29200 "
            "Brest",
            ["Rennes", "Brest"],
        ),
        ("# 1. Mission\nLa salariée travaille à l'agence de Rennes, 3 rue Haute, 35000 Rennes.", ["Rennes"]),
        ("# 1. Objet\nLes communes desservies sont :\n- Rignac (12390) ;\n- Naucelle (12800).", ["Rignac", "Naucelle"]),
    ],
)
def test_places_however_given(text: str, cities: list[str]) -> None:
    assert [city for _, city, _ in towns(_FRONT + text)] == cities


@pytest.mark.parametrize(
    "text",
    [
        "# 9. Factures\nLes factures sont envoyées au service comptable, 3 rue Haute, 35000 Rennes.",
        "# 9. Assurance\nLe prestataire est assuré par Gamma, agence de Rennes, 3 rue Haute, 35000 Rennes.",
        "# 9. Litiges\nLe médiateur siège au centre de médiation, 3 rue Haute, 35000 Rennes.",
        "# 9. Données\nLe délégué à la protection des données est joint au siège, 3 rue Haute, 35000 Rennes.",
        "# 9. Notices\nNotices are sent to the office at 12 Dock Street, Leeds LS1 4BR.",
        "# 9. Recours\nInstance chargée des recours : tribunal administratif, 3 rue Haute, 35000 Rennes.",
        "# 9. Sous-traitance\nLe sous-traitant Delta, 3 rue Haute, 35000 Rennes, lave les vitres.",
        "# 9. Restitution\nLe matériel est rendu au siège du client, 2 rue Basse, 69001 Lyon.",
    ],
)
def test_addresses_of_somebody_are_no_sites(text: str) -> None:
    assert towns(_FRONT + text) == []
