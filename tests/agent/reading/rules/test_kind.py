import pytest

from tests.agent.reading.rules.identity import value


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Contrat de prestation de bionettoyage", "cleaning"),
        ("Contrat de maintenance des ponts roulants", "maintenance"),
        ("Marché d'entretien des espaces verts", "maintenance"),
        ("Contrat de gardiennage et de télésurveillance", "security"),
        ("Restauration scolaire : livraison de repas en liaison froide", "catering"),
        ("Fourniture de mobilier de bureau", "supply"),
        ("Rénovation énergétique du groupe scolaire", "works"),
        ("Contrat d'abonnement à un logiciel en mode SaaS", "software"),
        ("Bail professionnel", "lease"),
        ("Commercial Lease", "lease"),
        ("Assurance des dommages aux biens", "insurance"),
        ("Contrat de fourniture de gaz naturel", "energy"),
        ("Convention de transports sanitaires", "transport"),
        ("Contrat de travail à durée indéterminée", "employment"),
        ("Convention de formation professionnelle", "training"),
        ("Mutual Non-Disclosure Agreement", "confidentiality"),
        ("Accord de confidentialité", "confidentiality"),
        ("Partnership Agreement", "partnership"),
        ("Contrat d'assistance à maîtrise d'ouvrage", "assistance"),
        ("Master Services Agreement", "services"),
        ("Contrat de délégation de service public", "services"),
    ],
)
def test_the_title_tells_the_type(heading: str, kind: str) -> None:
    assert value("contract_type", f"# {heading}") == kind


def test_the_object_tells_it_where_the_title_does_not() -> None:
    text = "# Contrat\n# Article 1 – Objet\nIl a pour objet le nettoyage des locaux.\n# Article 2 – Durée\nUn an"
    assert value("contract_type", text) == "cleaning"


def test_a_text_without_any_word_of_the_trade_has_no_type() -> None:
    assert value("contract_type", "Bonjour à tous") is None
