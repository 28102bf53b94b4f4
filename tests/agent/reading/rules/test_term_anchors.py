"""Starts, renewals and notices told apart from their day: by a name, an event, a box, a day of the year."""

import pytest

from tests.agent.reading.rules.contracts import clause, value


@pytest.mark.parametrize(
    ("phrase", "elsewhere", "day"),
    [
        ("Le contrat est conclu pour quarante-huit mois à compter de la Date de Bascule.",
         "Date de Bascule\t8 janvier 2024", "2024-01-08"),
        ("Le contrat prend effet à la Date de Mise en Service.",
         "La Date de Mise en Service est fixée au 4 mars 2024.", "2024-03-04"),
        ("Le marché démarre à compter de la date de début d'exécution fixée à l'article 9.",
         "La date de début d'exécution des prestations est fixée au lundi 2 septembre 2024.", "2024-09-02"),
        ("Le contrat court à compter du lendemain de la Date de Bascule.", "Date de Bascule\t8 janvier 2024",
         "2024-01-09"),
        ("La durée est de sept ans à compter de l'ouverture au public.",
         "L'ouverture au public a eu lieu le 7 juin 2023.", "2023-06-07"),
        ("Les prix sont révisés à compter de la Date de Bascule.", "Date de Bascule\t8 janvier 2024", None),
        ("Le contrat est conclu pour un an à compter de la Date de Bascule.", "Date de livraison\t8 janvier 2024",
         None),
        ("L'abonnement vaut pour deux ans, décomptés depuis l'ouverture des accès, soit le 2 avril 2024.", "",
         "2024-04-02"),
        ("La durée du marché est de 12 mois à compter du :", "☐ la date de notification ☒ 15 mars 2024", None),
        ("L'exploitation débute au plus tard le 15 mai. Elle a débuté le 13 mai 2024, date qui constitue le point de "
         "départ du contrat.", "", "2024-05-13"),
        ("L'exploitation a débuté le 13 mai 2024, date qui constitue le point de départ du contrat.", "",
         "2024-05-13"),
        ("Le présent contrat, qui remplace celui du 1er juin 2019, prend effet rétroactivement au 1er janvier 2024, "
         "nonobstant la date de sa signature.", "", "2024-01-01"),
    ],
)  # fmt: skip
def test_the_first_day_by_a_name_of_its_own(phrase: str, elsewhere: str, day: str | None) -> None:
    assert value(clause("Article 2 - Durée", phrase, after=elsewhere), "start_date") == day


def test_the_first_day_in_the_checked_box_of_a_question() -> None:
    asked = "La durée du marché est de 12 mois à compter du :\n☐ la date de notification ☒ 15 mars 2024"
    assert value(clause("Article 2 - Durée", asked), "start_date") == "2024-03-15"


@pytest.mark.parametrize(
    ("phrase", "notice"),
    [
        ("Il est reconduit tacitement d'année en année, sauf dénonciation avant le 30 septembre.", "P3M"),
        ("Il est reconduit tacitement d'année en année, sauf opposition notifiée au plus tard le 31 octobre.", "P2M"),
        ("Il est reconduit tacitement d'année en année, sauf dénonciation avant le 1er octobre 2024.", "P3M"),
        ("Il est reconduit tacitement d'année en année, sauf dénonciation avant le 12 novembre.", None),
        ("Il est reconduit tacitement d'année en année ; le bilan est remis avant le 30 septembre.", None),
        ("Il est reconduit tacitement d'année en année. Résiliation possible par courrier 90 jours avant l'échéance.",
         "P90D"),
        ("Sauf dénonciation en respectant un délai de prévenance d'un trimestre, il est renouvelé tacitement pour un "
         "an.",
         "P3M"),
    ],
)  # fmt: skip
def test_the_notice_by_a_day_of_the_year(phrase: str, notice: str | None) -> None:
    body = f"Le contrat prend effet le 1er janvier 2024 et prend fin le 31 décembre 2024. {phrase}"
    assert value(clause("Article 2 - Durée", body), "notice_period") == notice


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        (
            "Le locataire annonce s'il rend le matériel ; faute de quoi, la location est prorogée pour douze mois.",
            "tacit",
        ),
        ("Le contrat continue année après année, jusqu'à ce que l'une des parties y renonce.", "tacit"),
        ("Le contrat se renouvelle ensuite tout seul, pour la même durée.", "tacit"),
        ("Ensuite : reconduction annuelle tacite du contrat.", "tacit"),
        ("Le contrat se poursuit ensuite pour une durée indéterminée.", "tacit"),
        ("Le silence de l'une ou l'autre des parties vaut reconduction pour une année.", "tacit"),
        ("Le contrat n'est pas susceptible de tacite reconduction.", "none"),
        ("Le marché est reconductible : NON", "none"),
        ("Le contrat ne se prolongera pas au-delà, sauf accord écrit des parties.", "express"),
        ("Les parties se rencontreront pour convenir d'un éventuel renouvellement du contrat.", "express"),
        ("This agreement ends then, unless the parties agree in writing to extend it.", "express"),
        ("The Buyer may, by giving three months' notice, prolong this agreement by one further year.", "express"),
    ],
)
def test_what_follows_the_term(phrase: str, kind: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "renewal.kind") == kind


@pytest.mark.parametrize(
    ("phrase", "count"),
    [
        ("Il est prorogé tacitement d'année en année, sans que plus de deux prorogations puissent se succéder.", "2"),
        ("Il se poursuit tacitement par tranches de six mois, dans la limite de quatre tranches.", "4"),
        ("Un an, renouvelable par tacite reconduction, 2 fois maximum.", "2"),
        ("Reconduction tacite. Nombre des reconductions : 3", "3"),
        ("The agreement may be renewed twice, each time for two years, by written agreement.", "2"),
        ("6.2 Reconductions : tacites, au nombre de trois, d'une durée d'un an chacune.", "3"),
    ],
)
def test_how_many_times(phrase: str, count: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "renewal.max_count") == count
