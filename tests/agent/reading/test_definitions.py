import pytest

from tests.agent.reading.pages_of import laid_out


@pytest.mark.parametrize(
    ("text", "name", "expansion"),
    [
        (
            "La société Alpha, SAS au capital de 1 000 €, ci-après dénommée « le Client », d'une part.",
            "Client",
            "La société Alpha",
        ),
        ("la Ville de Pau, SIRET 1, désignée « la Ville »,", "Ville", "la Ville de Pau"),
        ("Beta SARL, ci-après « le prestataire »", "prestataire", "Beta SARL"),
        ('Gamma GmbH, a company organised under German law ("Gamma")', "Gamma", "Gamma GmbH"),
        ('Delta Ltd, a company registered in England (the "Supplier"),', "Supplier", "Delta Ltd"),
        (
            'Epsilon Inc., a Delaware corporation (hereinafter referred to as the "Licensor")',
            "Licensor",
            "Epsilon Inc.",
        ),
    ],
)
def test_a_party_and_what_it_is_called(text: str, name: str, expansion: str) -> None:
    definition = laid_out(text).definitions[name.lower()]
    assert (definition.name, definition.kind) == (name, "party")
    assert definition.expansion.startswith(expansion)


@pytest.mark.parametrize(
    ("text", "name", "meaning"),
    [
        ("« Office » désigne le local de chaque école ;", "Office", "le local de chaque école"),
        ('"Services" means the services described in Schedule 1.', "Services", "the services described"),
        ("« Période » : douze mois à compter du 1er mai.", "Période", "douze mois"),
    ],
)
def test_a_term_and_what_it_means(text: str, name: str, meaning: str) -> None:
    definition = next(d for d in laid_out(text).defined if d.name == name)
    assert definition.kind == "meaning"
    assert definition.expansion.startswith(meaning)
