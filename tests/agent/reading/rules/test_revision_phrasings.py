"""Price revision as other drafters put it: kind, indices, rhythm, day and cap."""

import pytest

from tests.agent.reading.rules.contracts import clause, known

Told = tuple[str | None, list[str], str | None, str | None, float | None]


def revision(text: str, **told: object) -> Told:
    found = known(text, **told)
    frequency, cap = found.value("price_revision.frequency"), found.value("price_revision.cap_percent")
    return (
        found.value("price_revision.kind"),
        list(found.values("price_revision.indices")),
        None if frequency is None else str(frequency),
        found.value("price_revision.month_day"),
        cap,
    )


PHRASES: list[tuple[str, str, Told]] = [
    ("Article 5 - Révision des prix", "Les prix sont révisés annuellement au 1er janvier selon l'évolution de l'indice "
     "Syntec.", ("indexed", ["Syntec"], "P1Y", "01-01", None)),
    ("Article 5 - Révision", "Chaque 1er juillet, la redevance est réévaluée en fonction de l'indice ICHTrev-TS.",
     ("indexed", ["ICHTrev-TS"], "P1Y", "07-01", None)),
    ("Article 5 - Indexation du loyer", "Le loyer variera automatiquement chaque année à la date anniversaire du bail "
     "proportionnellement à l'indice des loyers commerciaux (ILC).", ("indexed", ["ILC"], "P1Y", None, None)),
    ("Article 5 - Loyer", "Le loyer sera indexé tous les ans sur la variation de l'ILAT publié par l'INSEE.",
     ("indexed", ["ILAT"], "P1Y", None, None)),
    ("Article 5 - Loyer", "Il sera révisé tous les trois ans d'après l'indice ICC du coût de la construction.",
     ("indexed", ["ICC"], "P3Y", None, None)),
    ("Article 5 - Loyer", "La révision interviendra le 15 octobre de chaque année en fonction de la variation "
     "de l'IRL.",
     ("indexed", ["IRL"], "P1Y", "10-15", None)),
    ("Article 6 - Variation des prix", "Les prix sont révisables semestriellement par application de l'index BT40.",
     ("indexed", ["BT40"], "P6M", None, None)),
    ("Article 6 - Variation", "Le prix du carburant suit chaque mois l'indice CNR gazole professionnel.",
     ("indexed", ["CNR gazole professionnel"], "P1M", None, None)),
    ("Article 6 - Évolution du tarif", "Au 1er avril de chaque année, le forfait évolue comme l'indice FSD2, "
     "sans pouvoir "
     "augmenter de plus de 2,5 %.", ("indexed", ["FSD2"], "P1Y", "04-01", 2.5)),
    ("Article 6 - Révision", "Les prix sont révisés une fois par an suivant l'indice TP08, la hausse étant plafonnée à "
     "3 %.", ("indexed", ["TP08"], "P1Y", None, 3)),
    ("Article 6 - Révision", "La revalorisation annuelle, assise sur l'indice Syntec, s'applique dans la limite "
     "de 2 %.",
     ("indexed", ["Syntec"], "P1Y", None, 2)),
    ("Article 6 - Révision", "Les prix sont révisables trimestriellement selon l'index EBIQ ; une clause butoir "
     "limite la "
     "hausse à 4 % par an.", ("indexed", ["EBIQ"], "P3M", None, 4)),
    ("Article 6 - Révision", "Les prix sont révisés le 1er janvier 2026 puis chaque année à la même date, par "
     "référence à "
     "l'indice Syntec.", ("indexed", ["Syntec"], "P1Y", "01-01", None)),
    ("Article 5 - Loyer", "Le loyer sera révisé chaque année en fonction de l'indice national du coût de la "
     "construction "
     "publié par l'INSEE.", ("indexed", ["indice national du coût de la construction"], "P1Y", None, None)),
    ("Article 5 - Tarifs", "Modalité de variation\tPrix révisables annuellement\nIndice de référence\tSyntec\n"
     "Butoir\t2 % par an", ("indexed", ["Syntec"], "P1Y", None, 2)),
    ("5. Charges", "The Charges will be reviewed on each anniversary of the Commencement Date and may be "
     "increased by no "
     "more than the lesser of CPI and 3%.", ("indexed", ["CPI"], "P1Y", None, 3)),
    ("Article 5 - Prix", "Les prix sont révisables.", ("indexed", [], None, None, None)),
    ("Article 6 - Prix", "Les prix sont fermes et non révisables pendant toute la durée du marché.",
     ("fixed", [], None, None, None)),
    ("Article 6 - Prix", "Les prix du marché sont réputés fermes et actualisables.", ("fixed", [], None, None, None)),
    ("Article 6 - Prix", "Le marché est conclu à prix ferme.", ("fixed", [], None, None, None)),
    ("Article 6 - Prix", "La redevance ne fera l'objet d'aucune révision.", ("fixed", [], None, None, None)),
    ("Article 6 - Prix", "Les tarifs restent inchangés pendant toute la durée du contrat.",
     ("fixed", [], None, None, None)),
    ("Article 6 - Prix", "Révision du prix : néant", ("fixed", [], None, None, None)),
    ("Article 6 - Prix", "Variation des prix : ☒ fermes ☐ révisables", ("fixed", [], None, None, None)),
    ("Article 6 - Prix", "Le Fournisseur se réserve le droit de modifier ses tarifs à chaque échéance.",
     ("free", [], None, None, None)),
    ("Article 6 - Honoraires", "Les honoraires pourront être revus d'un commun accord entre les parties.",
     ("free", [], None, None, None)),
    ("Article 6 - Prix", "Chaque année, les parties renégocient de bonne foi le prix.", ("free", [], None, None, None)),
    ("5. Fees", "The Fees shall be increased on each 1 January in line with the RPI.",
     ("indexed", ["RPI"], "P1Y", "01-01", None)),
    ("5. Rent review", "The rent shall be adjusted annually by the percentage change in the CPI, capped at 4%.",
     ("indexed", ["CPI"], "P1Y", None, 4)),
    ("5. Price", "Prices are firm and shall remain fixed for the term.", ("fixed", [], None, None, None)),
    ("5. Fees", "The Supplier may increase the Fees on sixty days' notice.", ("free", [], None, None, None)),
    ("Article 6 - Prix", "Toute somme due est majorée de la TVA.", (None, [], None, None, None)),
    ("Article 6 - Durée", "La durée est révisable d'un commun accord.", (None, [], None, None, None)),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "phrase", "told"), PHRASES)
def test_revision_in_other_words(heading: str, phrase: str, told: Told) -> None:
    assert revision(clause(heading, phrase)) == told


FORMULAS: list[tuple[str, str, list[str]]] = [
    ("Les prix sont révisés selon la formule : P = P0 × (0,15 + 0,85 × ICHTrev-TS/ICHTrev-TS0).",
     "P = P0 × (0,15 + 0,85 × ICHTrev-TS/ICHTrev-TS0)", ["ICHTrev-TS"]),
    ("Le prix est révisé par application de la formule P1 = P0 x (S1 / S0), où S désigne l'indice Syntec.",
     "P1 = P0 x (S1 / S0)", ["Syntec"]),
    ("Les prix sont recalculés chaque mois : K = 0,20 + 0,50 × GO/GO0 + 0,30 × MO/MO0\nGO = gazole routier ; MO = "
     "main-d'œuvre", "K = 0,20 + 0,50 × GO/GO0 + 0,30 × MO/MO0", ["GO", "MO"]),
    ("Le loyer est ajusté d'après le rapport : loyer en cours × ILAT du trimestre / ILAT du trimestre antérieur.",
     "loyer en cours × ILAT du trimestre / ILAT du trimestre antérieur", ["ILAT"]),
    ("Each price is reset every quarter as follows: P = P0 x (0.2 + 0.8 x M/M0), where M is the LME aluminium "
     "cash price.",
     "P = P0 x (0.2 + 0.8 x M/M0)", ["LME aluminium cash price"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "formula", "indices"), FORMULAS)
def test_formulas_with_their_indices(body: str, formula: str, indices: list[str]) -> None:
    found = known(clause("Article 6 - Révision des prix", body))
    assert found.value("price_revision.formula") == formula
    assert list(found.values("price_revision.indices")) == indices


def test_the_formula_of_a_penalty_is_none_of_the_price() -> None:
    text = "En cas de retard, la pénalité est calculée selon la formule P = V × R / 1000."
    assert known(clause("Article 7 - Pénalités", text)).value("price_revision.formula") is None


def test_the_day_of_an_insurance_is_its_main_due_date() -> None:
    body = "Échéance principale : 1er avril\nLa cotisation varie à chaque échéance principale selon l'indice FFB."
    assert revision(clause("Article 3 - Cotisation", body)) == ("indexed", ["FFB"], "P1Y", "04-01", None)
