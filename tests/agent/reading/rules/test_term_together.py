"""First day, length and last day in whole contracts: distractors beside them, days told by names of years, by orders,
by letters received, after a table of contents."""

import pytest

from tests.agent.reading.rules.contracts import clause, known, value

_SIGNED = "Fait à Lyon, le 12 mars 2024"


def test_what_adds_up_is_chosen() -> None:
    text = clause(
        "Article 2 - Durée",
        "Les prestations préparatoires commencent le 4 mars 2024.\nLe contrat prend effet le 1er avril 2024 pour trois "
        "ans et prend fin le 31 mars 2027.",
        after=_SIGNED,
    )
    found = known(text)
    assert [str(found.value(f)) for f in ("start_date", "duration", "end_date")] == ["2024-04-01", "P3Y", "2027-03-31"]
    rules = [best.rule for f in ("start_date", "duration", "end_date") if (best := found.best(f))]
    assert [rule.endswith("agrees") for rule in rules] == [True, True, True]


def test_a_first_day_from_the_last_one() -> None:
    found = known(clause("Article 2 - Durée", "Le contrat, d'une durée de trois ans, prend fin le 31 mars 2027."))
    start = found.best("start_date")
    assert start is not None and (str(start.value), start.basis) == ("2024-04-01", "2027-03-31 + 1 day - P3Y")


def test_a_day_told_of_something_else_is_no_last_day() -> None:
    text = clause("Article 7 - Assurance", "La police de l'assureur expire le 31 décembre 2025.")
    assert value(text, "end_date") is None


@pytest.mark.parametrize(
    ("phrase", "term"),
    [
        ("La convention vaut pour l'année scolaire 2026-2027.", ("2026-09-01", "2027-08-31")),
        ("Le contrat est conclu pour les années universitaires 2026/2027 et 2027/2028.", ("2026-09-01", "2028-08-31")),
        ("Le marché couvre l'exercice 2025.", ("2025-01-01", "2025-12-31")),
        ("Le marché est conclu pour les années civiles 2025 à 2027.", ("2025-01-01", "2027-12-31")),
        ("Une campagne va du 1er août au 31 juillet. Le contrat couvre deux campagnes, 2025-2026 et 2026-2027.",
         ("2025-08-01", "2027-07-31")),
        ("La saison s'étend du 1er octobre au 30 avril. Le contrat vaut pour la saison 2025-2026.",
         ("2025-10-01", "2026-04-30")),
    ],
)  # fmt: skip
def test_years_that_have_a_name(phrase: str, term: tuple[str, str]) -> None:
    found = known(clause("Article 3 - Période couverte", phrase))
    assert (str(found.value("start_date")), str(found.value("end_date"))) == term


@pytest.mark.parametrize(
    ("phrase", "told", "day"),
    [
        ("Le délai de trois mois court à compter de la date fixée par l'ordre de service n° 1.",
         "L'ordre de service n° 1 fixe le démarrage des travaux au 6 mai 2024.", "2024-05-06"),
        ("L'exécution commence à la date que fixe l'ordre de service de démarrage.",
         "Ordre de service n° 1 : les prestations démarrent le 6 mai 2024.", "2024-05-06"),
        ("Le contrat prend effet au jour où vous recevez cette lettre.",
         "La lettre a été reçue le 6 mai 2024.", "2024-05-06"),
        ("Le marché court à compter de sa notification.",
         "Notification : pli recommandé, avis de réception signé le 6 mai 2024.", "2024-05-06"),
        ("La convention s'applique à compter du lendemain du jour où le dernier de nous deux l'aura signée.", "",
         "2024-03-13"),
        ("Le contrat entre en vigueur à la date de sa contresignature.", "", "2024-03-12"),
    ],
)  # fmt: skip
def test_days_that_something_else_sets(phrase: str, told: str, day: str) -> None:
    text = clause("Article 2 - Durée", phrase, after=f"{told}\n{_SIGNED}" if told else _SIGNED)
    assert value(text, "start_date") == day


@pytest.mark.parametrize(
    ("phrase", "length"),
    [
        ("This Agreement continues until the fifth (5th) anniversary of the Effective Date.", "P5Y"),
        ("The Term ends on the 3rd anniversary of the Commencement Date.", "P3Y"),
        ("Le contrat prend fin au cinquième anniversaire de sa prise d'effet.", "P5Y"),
        ("This Agreement shall commence on the Effective Date and extend for three (3) years thereafter.", "P3Y"),
        ("The term begins on the date hereof and shall continue for a period of 12 months thereafter.", "P12M"),
        ("This Agreement shall terminate and be of no further force or effect two years from the date hereof.", "P2Y"),
        ("La première période d'assurance, exceptionnellement réduite à neuf mois, se termine à l'échéance.", "P9M"),
        ("Quatorze semaines à compter de la réception de cette lettre.", "P98D"),
    ],
)
def test_lengths_told_otherwise(phrase: str, length: str) -> None:
    assert value(clause("Article 3 - Délai" if "semaines" in phrase else "3. Term", phrase), "duration") == length


@pytest.mark.parametrize(
    "phrase",
    [
        "During his employment and for a period of one (1) year thereafter, he shall not compete.",
        "The obligations to protect information last for five years following termination of this Agreement.",
        "He agrees that, for a period of twelve months from the date hereof, he will hire nobody.",
    ],
)
def test_lengths_of_duties_are_not_the_term(phrase: str) -> None:
    assert value(clause("7. Covenants", phrase), "duration") is None


def test_an_agreement_that_introduces_itself_after_its_contents() -> None:
    contents = "\n".join(f"{number}. Subject {number} of the agreement" for number in range(1, 30))
    text = (
        "SUPPLY AGREEMENT\n" + contents + '\nTHIS SUPPLY AGREEMENT (this "Agreement") is made by and between Alpha '
        "Inc. and Beta LLC this 7th day of September, 2021.\nThe parties agree as follows."
    )
    assert value(text, "signature_date") == "2021-09-07"


@pytest.mark.parametrize(
    "opening",
    [
        "WHEREAS, the parties entered into that certain Share Purchase Agreement dated July 23, 2019;",
        "This is the First Amendment to the Development Agreement entered into on April 15, 2019.",
    ],
)
def test_days_of_other_agreements_are_no_signature(opening: str) -> None:
    assert value(clause("1. Subject", "The services.", before=opening), "signature_date") is None


def test_a_made_agreement_lasts_from_its_day_but_tells_no_effect() -> None:
    opening = "This Agreement is made as of May 1, 2021 by and between Alpha Inc. and Beta LLC."
    found = known(clause("2. Term", "The term of this Agreement is three years.", before=opening))
    assert found.value("start_date") is None and str(found.value("end_date")) == "2024-04-30"


@pytest.mark.parametrize(
    ("dates", "signed"),
    [("The offer of 25/03/2021 is accepted.", "2021-04-03"), ("The offer of 03/25/2021 is accepted.", "2021-03-04")],
)
def test_other_dates_tell_which_way_round_they_are(dates: str, signed: str) -> None:
    text = clause("1. Fees", f"The fee is $500. {dates}", after="Signed by both parties on 03/04/2021")
    assert value(text, "signature_date") == signed


@pytest.mark.parametrize(
    "signed",
    [
        "Bon pour accord, le 29 octobre 2026 – Paul Ferrand, gérant",
        "lu et approuvé, P. Ferrand, le 29/10/2026",
        "Accepté par Alpha le 29/10/2026 à 14:40.",
        "Agreed on behalf of Alpha: P. Ferrand, Director – date: 29 October 2026",
    ],
)
def test_acceptance_is_a_signature(signed: str) -> None:
    text = "Lettre de commande" if "le " in signed else "Engagement letter\nWe agree on the fees for the services."
    assert value(f"{text}\n1. Prix\nLe prix est ferme.\n{signed}", "signature_date") == "2026-10-29"
