"""Terms told in plain words, under headings that say nothing of a term; and what is said there of something else."""

import pytest

from tests.agent.reading.rules.contracts import clause, value

_HEADING = "Article 2 - Modalités"


@pytest.mark.parametrize(
    ("phrase", "field", "said"),
    [
        ("La location court à dater du 15 avril 2024.", "start_date", "2024-04-15"),
        ("Le contrat est conclu du 2 janvier au 31 décembre 2024.", "start_date", "2024-01-02"),
        ("Les travaux commenceront le 10 juin 2024 et devront être achevés au plus tard le 31 octobre 2024.",
         "end_date", "2024-10-31"),
        ("Le contrat prend effet le 1er mai 2024 et court jusqu'au 31 décembre de la même année.",
         "end_date", "2024-12-31"),
        ("Le contrat commence le 1er avril 2025 et s'arrête avec la saison, le 31 octobre suivant.",
         "end_date", "2025-10-31"),
        ("Le contrat court du 1er janvier 2025 jusqu'à la fin de l'année 2027.", "end_date", "2027-12-31"),
        ("La fourniture est assurée du 1er janvier 2025, 6 heures, au 31 décembre 2027, 24 heures.",
         "end_date", "2027-12-31"),
        ("Le gardiennage est assuré du jeudi 10 au dimanche 13 juillet 2025.", "end_date", "2025-07-13"),
        ("La convention est conclue au titre des exercices 2024, 2025 et 2026.", "end_date", "2026-12-31"),
        ("Douze mois à compter de la première intervention, fixée au 3 mars 2025.", "duration", "P12M"),
        ("Le contrat lie les parties trois ans à compter du 1er novembre 2024.", "duration", "P3Y"),
        ("La collaboration débute le 3 mars 2025. Au bout de douze mois, elle cesse sans formalité.",
         "duration", "P12M"),
    ],
)  # fmt: skip
def test_terms_in_plain_words(phrase: str, field: str, said: str) -> None:
    assert value(clause(_HEADING, phrase), field) == said


@pytest.mark.parametrize(
    ("phrase", "field"),
    [
        ("Les prix sont révisés à compter du 1er janvier 2025.", "start_date"),
        ("Les parties étaient liées par un contrat antérieur jusqu'au 31 octobre 2024.", "end_date"),
        ("Le prestataire s'interdit toute concurrence pendant une durée de deux ans.", "duration"),
        ("L'attestation du prestataire est valable jusqu'au 31 mars 2026.", "end_date"),
        ("Les livrables sont remis au client pour validation le 31 mars 2026.", "end_date"),
    ],
)
def test_other_things_in_plain_words(phrase: str, field: str) -> None:
    assert value(clause(_HEADING, phrase), field) is None


@pytest.mark.parametrize(
    ("phrase", "field", "said"),
    [
        ("Le contrat se renouvelle de semestre en semestre.", "renewal.period", "P6M"),
        ("Il pourra être reconduit, sur décision expresse, pour chacune des deux années suivantes.",
         "renewal.max_count", "2"),
        ("Faute d'avoir été dénoncé trois mois avant son terme, le contrat est renouvelé pour des périodes de 12 mois.",
         "renewal.kind", "tacit"),
        ("Faute d'un écrit signé des deux parties, le contrat n'est pas renouvelé.", "renewal.kind", "express"),
        ("Le marché est reconduit tacitement, à deux reprises, par périodes de douze mois.", "renewal.max_count", "2"),
    ],
)  # fmt: skip
def test_renewals_in_plain_words(phrase: str, field: str, said: str) -> None:
    assert value(clause("Article 3 - Durée", phrase), field) == said


def test_the_tenants_break_is_no_notice() -> None:
    text = clause(
        "Article 3 - Durée",
        "Le bail est consenti pour neuf ans à compter du 1er octobre 2024. Le preneur pourra y mettre fin au terme de "
        "chaque période de trois ans en prévenant six mois à l'avance.",
    )
    assert value(text, "notice_period") is None
