import pytest

from agent.reading.reader import Dossier
from agent.reading.rules import RulesReader, title
from tests.agent.reading.pages_of import pages_of
from tests.agent.reading.rules.identity import value

_PARTIES = "Entre les soussignés : la société Alpha, SAS, et la société Beta, SARL."


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "ALPHA – Service achats – dossier suivi par Mme Roy\n# Contrat de nettoyage des bureaux\nRéf. A-12",
            "Contrat de nettoyage des bureaux",
        ),
        (
            "# Restauration scolaire : préparation de repas\nCAHIER DES CLAUSES PARTICULIÈRES VALANT ACTE D'ENGAGEMENT",
            "Restauration scolaire : préparation de repas",
        ),
        ("Contrat de maintenance des ascenseurs n° MA-2024-17", "Contrat de maintenance des ascenseurs"),
        ("# Bail commercial\nEntrepôt, 49070 Beaucouzé", "Bail commercial"),
        ("# VILLE DE PAU\n# Entretien des espaces verts", "Entretien des espaces verts"),
        (
            "CAHIER des\nCLAUSES\nADMINISTRATIVES\nPARTICULIÈRES\nrelatif à la maintenance du logiciel",
            "CAHIER des CLAUSES ADMINISTRATIVES PARTICULIÈRES relatif à la maintenance du logiciel",
        ),
        ("# Exhibit 10.2\n# EXCLUSIVE DISTRIBUTOR\n# AGREEMENT", "EXCLUSIVE DISTRIBUTOR AGREEMENT"),
        ("# Exhibit 10.6 SUPPLY AGREEMENT dated July 15, 2005", "SUPPLY AGREEMENT"),
        ("# Avenant n° 2 au contrat de nettoyage\nRéf. A-12/2", "Avenant n° 2 au contrat de nettoyage"),
    ],
)
def test_the_title_of_the_first_page(page: str, expected: str) -> None:
    assert value("title", f"{page}\n{_PARTIES}") == expected


def test_the_preamble_names_a_contract_without_title() -> None:
    text = "This Distribution and Supply Agreement (the “Agreement”) is made between Alpha Inc. and Beta Inc."
    assert value("title", text) == "Distribution and Supply Agreement"


def test_a_mails_attachment_goes_before_its_subject() -> None:
    mail = pages_of("TR: le contrat\nBonjour", media_type="message/rfc822", properties={"subject": "TR: le contrat"})
    contract = pages_of("# Convention de formation\nArticle 1 – Objet\nLa formation.")
    assert [c.value for c in RulesReader((title,), strict=True).read(Dossier((mail, contract)))] == [
        "Convention de formation"
    ]
