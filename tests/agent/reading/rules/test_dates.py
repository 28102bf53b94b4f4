import pytest

from tests.agent.reading.rules.contracts import clause, known, value


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Fait à Lyon, le 12 mars 2024, en deux exemplaires originaux.", "2024-03-12"),
        ("Fait à Paris le 3 avril 2023", "2023-04-03"),
        ("Fait en double exemplaire à Nantes, le 01/02/2022", "2022-02-01"),
        ("Signé électroniquement par M. Durand le 14/02/2024 et par Mme Petit le 16/02/2024.", "2024-02-16"),
        (
            "Signé le 05.06.2024 à 10:12 par Anne Roux (Client) ; signé le 07.06.2024 à 09:01 par Luc Bon "
            "(Prestataire)",
            "2024-06-07",
        ),
        ("À Rennes, le 2 mai 2023", "2023-05-02"),
        ("Bordeaux, le 9 janvier 2025 – Pour la Société, le Président", "2025-01-09"),
        ("Pour le Client, à Dijon, le 4 juin 2024 : Paul Martin, directeur", "2024-06-04"),
        ("Lu et approuvé, le 30 novembre 2023", "2023-11-30"),
        ("Signatures\nLille, 24.05.2023\tPau, 26.05.2023", "2023-05-26"),
        ("Signatures\nDate : 11/09/2024\tDate : 13/09/2024", "2024-09-13"),
        ("Signed by the parties on 5 March 2024.", "2024-03-05"),
        ("SIGNATURES\nDate: March 5, 2024\tDate: March 9, 2024", "2024-03-09"),
    ],
)
def test_the_last_signature(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Prix", "Le prix est ferme.", after=phrase), "signature_date") == day


def test_a_deed_opens_with_its_day() -> None:
    text = clause(
        "Article 2 - Loyer", "Le loyer est payable d'avance.", before="L'AN DEUX MILLE VINGT, LE NEUF DÉCEMBRE,"
    )
    assert value(text, "signature_date") == "2020-12-09"


def test_an_english_preamble_dates_the_agreement() -> None:
    text = (
        "This Services Agreement is made and entered into as of March 12, 2019 by and between Alpha Inc. and Beta LLC."
    )
    assert value(clause("2. Fees", "Fees are due monthly.", before=text), "signature_date") == "2019-03-12"


@pytest.mark.parametrize(
    "phrase",
    [
        "Fait à Étampes, le ... 2019",
        "Offre n° 12 du 4 mars 2024, valable jusqu'au 30 avril 2024",
        "Certificat de signature valide jusqu'au 8 avril 2028.",
        "Vu la délibération du 12 mai 2023",
    ],
)
def test_days_that_are_no_signature(phrase: str) -> None:
    assert value(clause("Article 2 - Prix", "Le prix est ferme.", after=phrase), "signature_date") is None


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Le contrat prend effet le 1er juillet 2023.", "2023-07-01"),
        ("Le présent contrat entre en vigueur à compter du 15 mars 2024 pour une durée de trois ans.", "2024-03-15"),
        ("Le présent contrat est conclu pour une durée de 36 mois à compter du 01/01/2024.", "2024-01-01"),
        ("Le marché est conclu pour une durée d'un an à partir du 1er septembre 2024.", "2024-09-01"),
        ("Il commencera à courir le 1er octobre 2022 pour se terminer le 30 septembre 2025.", "2022-10-01"),
        ("Le bail est consenti pour une durée de neuf années du 1er avril 2024 au 31 mars 2033.", "2024-04-01"),
        ("Les prestations débutent le lundi 4 mars 2024.", "2024-03-04"),
        ("La mission commence le 2 mai 2024 et dure six mois.", "2024-05-02"),
        ("La date d'effet du contrat est fixée au 1er janvier 2025.", "2025-01-01"),
        ("Date d'effet : 01/04/2024", "2024-04-01"),
        ("La présente convention prendra cours le 1er mai 2023.", "2023-05-01"),
        ("L'abonnement démarre le 1er juin 2024.", "2024-06-01"),
        ("This Agreement shall commence on 1 April 2024 and continue for two years.", "2024-04-01"),
        ("The term of this Agreement begins on January 1, 2020.", "2020-01-01"),
        ("This Agreement takes effect on 1 July 2023.", "2023-07-01"),
        ("Le contrat est valable du 01/02/2024 au 31/01/2027.", "2024-02-01"),
        ("Le contrat est souscrit avec effet au 1er mars 2023.", "2023-03-01"),
        ("La période initiale court du 1er mai 2024 au 30 avril 2026.", "2024-05-01"),
        ("Le titulaire commence l'exécution des prestations le 3 février 2025.", "2025-02-03"),
        ("Le marché s'exécute à compter du 1er janvier 2026.", "2026-01-01"),
    ],
)
def test_taking_effect(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "start_date") == day


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Le contrat prend effet à la date de la dernière signature.", "2024-03-12"),
        ("Le contrat prend effet à compter de sa signature par les deux parties.", "2024-03-12"),
        ("Le contrat entre en vigueur dès sa signature.", "2024-03-12"),
        ("Le contrat est conclu pour un an à compter de sa date de signature.", "2024-03-12"),
        ("Le contrat prend effet le premier jour du mois suivant sa signature.", "2024-04-01"),
        ("Il entre en vigueur le lendemain de sa signature.", "2024-03-13"),
        ("Le marché prend effet à compter de sa notification.", "2024-03-20"),
        ("Le marché est conclu pour douze mois à compter de sa date de notification.", "2024-03-20"),
        ("La durée du marché est de 12 mois à compter de la date de réception de la notification.", "2024-03-20"),
        ("Le marché prend effet le premier jour du mois qui suit sa notification.", "2024-04-01"),
        ("Le contrat prend effet quinze jours après sa signature.", "2024-03-27"),
        ("Le contrat prend effet 30 jours après la notification.", "2024-04-19"),
        ("This Agreement comes into force on the date of the last signature.", "2024-03-12"),
        ("This Agreement becomes effective upon signature by both parties.", "2024-03-12"),
    ],
)
def test_taking_effect_by_an_event(phrase: str, day: str) -> None:
    after = "Fait à Lyon, le 12 mars 2024\nNotifié au titulaire le 20 mars 2024."
    found = known(clause("Article 2 - Durée", phrase, after=after)).best("start_date")
    assert found is not None and str(found.value) == day and found.basis


@pytest.mark.parametrize(
    "phrase",
    [
        "Les prix sont fermes jusqu'au 31 décembre 2024 puis révisés à compter du 1er janvier 2025.",
        "L'offre du 3 mars 2024 est valable jusqu'au 30 avril 2024.",
        "Le contrat précédent, entré en vigueur le 1er mai 2019, est remplacé.",
        "Le certificat prend effet le 1er juin 2023.",
        "Le contrat prend effet le __/__/____.",
        "It commences on the Effective Date and shall remain in effect until September 1, 2045.",
    ],
)
def test_days_on_which_nothing_begins(phrase: str) -> None:
    assert value(clause("Article 3 - Conditions", phrase), "start_date") is None
