import pytest

from tests.agent.reading.rules.identity import value


@pytest.mark.parametrize(
    ("note", "status"),
    [
        ("Mention manuscrite : « Résilié au 28.02.2026 – LRAR du 20.11.2025 – à classer »", "terminated"),
        ("Chemise orange : contrat EN COURS DE RENÉGOCIATION depuis le 13 octobre 2026", "renegotiation"),
        ("Dossier en litige", "dispute"),
        ("RÉSILIÉ", "terminated"),
        ("Contrat expiré, à archiver", "expired"),
        ("TERMINATED", "terminated"),
    ],
)
def test_a_stamp_or_a_note_on_the_first_page(note: str, status: str) -> None:
    assert value("status", f"{note}\n# Contrat de transport\nEntre Alpha et Beta") == status


def test_a_running_head() -> None:
    assert (
        value("status", "^ Contrat résilié au 1er mai 2024\n# Contrat de transport\nEntre Alpha et Beta")
        == "terminated"
    )


@pytest.mark.parametrize(
    "clause",
    [
        "Le contrat peut être résilié par lettre recommandée.",
        "En cas de litige, le tribunal de Pau est compétent.",
        "Le contrat sera résilié de plein droit à la liquidation.",
        "Le précédent contrat, résilié au 31 décembre 2020, est remplacé.",
    ],
)
def test_a_clause_says_nothing_of_the_status(clause: str) -> None:
    assert value("status", f"# Contrat de transport\n{clause}\n# Article 1 – Résiliation\n{clause}") is None
