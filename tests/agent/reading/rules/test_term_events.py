"""Kinds of start events and how the text gives their day; ranges that are told in other words than `du … au …`."""

import pytest

from tests.agent.reading.rules.contracts import clause, known, value

SIGNED = "Fait à Nantes, le 15 mai 2026."


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Le contrat entre en vigueur le premier jour du troisième mois suivant la signature.", "2026-08-01"),
        ("La convention prend effet le 15 du mois qui suit la signature.", "2026-06-15"),
        ("Le contrat prend effet le lundi suivant sa signature.", "2026-05-18"),
        ("Le contrat s'applique dès sa signature.", "2026-05-15"),
        ("Le contrat joue aussitôt signé.", "2026-05-15"),
        ("Le contrat est fait à dater du lendemain des présentes, pour trois mois.", "2026-05-16"),
        ("La mission commence à votre accord et dure quatre mois.", "2026-05-15"),
    ],
)
def test_days_told_by_the_signature(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Durée", phrase, after=SIGNED), "start_date") == day


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Ouverture du chantier : lundi 24 août 2026", "2026-08-24"),
        ("Prise en charge : 15/01/2025", "2025-01-15"),
        ("Première rotation : lundi 2 mars 2026", "2026-03-02"),
        ("Cover from: 1 September 2022", "2022-09-01"),
        ("First delivery: 9 February 2026", "2026-02-09"),
        ("Plan starts: the day after the warranty ends, i.e. 15 September 2025", "2025-09-15"),
    ],
)
def test_labels_of_the_start(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "start_date") == day


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("La convention, signée après délibération du 28 mars 2023, prend effet au 1er janvier 2024.", "2024-01-01"),
        ("Le salarié prendra ses fonctions le mardi 7 avril 2026.", "2026-04-07"),
        ("L'engagement remonte au 23 mars 2026 et vaut trois ans depuis ce jour.", "2026-03-23"),
        ("Le contrat vaut pour trois ans à compter du premier jour du second semestre 2025.", "2025-07-01"),
        ("Le contrat démarre le lendemain de sa notification, intervenue le 9 mars 2024, soit le 10 mars 2024.",
         "2024-03-10"),
    ],
)  # fmt: skip
def test_the_day_among_others(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "start_date") == day


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        (
            "La mission vaut pour l'exercice ouvert le 1er avril 2025 et clos le 31 mars 2026.",
            "2025-04-01",
            "2026-03-31",
        ),
        (
            "Le prêt vaut du samedi 4 juillet 2026 au matin au lundi 20 juillet 2026 au soir.",
            "2026-07-04",
            "2026-07-20",
        ),
        (
            "Période : du 1er novembre 2025, quelle que soit la notification, au 30 avril 2026.",
            "2025-11-01",
            "2026-04-30",
        ),
        ("Du 01/11/2026 au 31/10/2027.", "2026-11-01", "2027-10-31"),
    ],
)
def test_ranges_in_other_words(phrase: str, first: str, last: str) -> None:
    found = known(clause("Article 2 - Durée", phrase))
    assert (str(found.value("start_date")), str(found.value("end_date"))) == (first, last)


@pytest.mark.parametrize(
    "phrase",
    [
        "L'essai a duré du 1er au 15 septembre 2026 et n'engage à rien.",
        "Les pièces sont garanties pour deux ans à compter du 1er mars 2024.",
        "L'offre reste valable pour trois mois à compter du 4 juillet 2025.",
    ],
)
def test_terms_of_other_things(phrase: str) -> None:
    assert value(clause("Article 2 - Divers", phrase), "start_date") is None


@pytest.mark.parametrize(
    ("last_line", "day"),
    [
        ("Conclu le dix-huit juillet deux mille vingt-cinq", "2025-07-18"),
        ("Signature client : 20 août 2026", "2026-08-20"),
        ("Accepted: 11 August 2025", "2025-08-11"),
        ("Accord donné par retour de courriel le 17 septembre 2026", "2026-09-17"),
    ],
)
def test_signatures_in_one_line(last_line: str, day: str) -> None:
    assert value(clause("Article 2 - Objet", "Le prestataire nettoie.", after=last_line), "signature_date") == day
