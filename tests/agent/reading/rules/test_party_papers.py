"""Parties of letters, quotations and forms, which no « entre les soussignés » introduces."""

import pytest

from tests.agent.reading.rules.identity import identity

_PAPERS: list[tuple[str, list[tuple[str, str]]]] = [
    (
        "Serrurerie Morvan\n8 quai de la Fosse\n44000 Nantes\nTél. 02 40 00 00 00\n"
        "Lycée Clemenceau\nMadame la Proviseure\n44000 Nantes\nNantes, le 4 mai 2025\n"
        "Objet : entretien des portes\nMadame la Proviseure,\n"
        "Suite à votre demande, nous vous confirmons notre intervention deux fois par an.\nSalutations distinguées.",
        [("Serrurerie Morvan", "supplier"), ("Lycée Clemenceau", "client")],
    ),
    (
        "La Présidente de l'association Les Amis du Lac\nMonsieur le Gérant de la société Nautic Ouest\n"
        "Biscarrosse, le 2 février 2025\nMonsieur,\nNous vous confions l'entretien des barques pour l'année 2025.",
        [("Les Amis du Lac", "client"), ("Nautic Ouest", "supplier")],
    ),
    (
        "De : Syndicat des copropriétaires Les Glycines\nÀ : Toitures Lefort\nLille, le 3 mars 2025\nMessieurs,\n"
        "Nous vous confions la révision annuelle de la toiture.",
        [("Syndicat des copropriétaires Les Glycines", "client"), ("Toitures Lefort", "supplier")],
    ),
    (
        "DEVIS n° 77\nSARL Ramonage du Perche\n3 rue du Four, 61400 Mortagne\nClient :\nRésidence Les Lilas\n"
        "9 avenue Foch\n61000 Alençon\nDésignation\tQuantité\tPrix HT\nRamonage\t2\t90,00 €",
        [("SARL Ramonage du Perche", "supplier"), ("Résidence Les Lilas", "client")],
    ),
    (
        "# Acte d'engagement\nPersonne publique : Centre hospitalier de Tulle\n# Le candidat\n"
        "Dénomination sociale : STERILOC\nSiège : 2 rue Basse 19000 Tulle\nImmatriculation RCS : Tulle 444 019 226\n"
        "# Engagement\nLe candidat livre sous trente jours.",
        [("Centre hospitalier de Tulle", "client"), ("STERILOC", "supplier")],
    ),
    (
        "# Convention\nL'association Roseaux, dont le siège est à Sète, représentée par sa présidente,\n"
        "et le Théâtre du Port, régie municipale, représenté par son directeur,\nconviennent de ce qui suit.",
        [("Roseaux", "supplier"), ("Théâtre du Port", "supplier")],
    ),
    (
        "Accord de confidentialité\nLes signataires : Algavert SAS (Brest) et Institut Duval (Rennes), ensemble "
        "les Parties.",
        [("Algavert SAS", "partner"), ("Institut Duval", "partner")],
    ),
]


@pytest.mark.parametrize(("text", "parties"), _PAPERS)
def test_papers(text: str, parties: list[tuple[str, str]]) -> None:
    found = identity(text).values("parties")
    assert [party.name for party in found] == [name for name, _ in parties]
    if parties[0][1] != parties[1][1]:
        assert [party.role for party in found] == [role for _, role in parties]


def test_labels_and_heads_of_price_lists_are_no_names() -> None:
    known = identity(
        "# Acte d'engagement\nAcheteur : Ville de Foix\nL'entreprise (raison sociale) : Bois Ariège\n"
        "Ayant son siège à : Foix (09000)\nInscrite au RCS de : Foix sous le n° 498 302 115\n"
        "Désignation\tQuantité\tPrix\nBardage\t3\t120,00 €"
    )
    assert {party.name for party in known.values("parties")} == {"Ville de Foix", "Bois Ariège"}
