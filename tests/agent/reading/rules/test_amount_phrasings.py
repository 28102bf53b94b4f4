"""Amounts as other drafters state them: prose, forms, tables, boxes, words, English."""

import pytest

from tests.agent.reading.rules.contracts import clause, known

Form = tuple[float, str | None, str | None, str | None]


def amounts(text: str, **told: object) -> list[Form]:
    return [(a.value, a.tax, a.period, a.bound) for a in known(text, **told).values("amounts")]


def labels(text: str) -> list[str]:
    return [a.label for a in known(text).values("amounts")]


PROSE: list[tuple[str, str, list[Form]]] = [
    ("Article 4 - Prix", "Les prestations sont rémunérées par un prix global et forfaitaire de 84 000 € HT.",
     [(84000, "excl", "total", None)]),
    ("Article 4 - Prix", "En contrepartie des prestations, le Client s'acquitte d'une somme forfaitaire de 2 300 € HT "
     "par mois.", [(2300, "excl", "month", None)]),
    ("Article 3 - Conditions financières", "Le coût annuel du contrat ressort à 18 450,60 € TTC.",
     [(18450.6, "incl", "year", None)]),
    ("Article 5 - Rémunération", "Le Prestataire percevra des honoraires de neuf cents euros (900 €) hors taxes par "
     "jour d'intervention.", [(900, "excl", "day", None)]),
    ("Article 5 - Honoraires", "Le tarif journalier est de 780 € HT.", [(780, "excl", "day", None)]),
    ("Article 5 - Prix", "Le taux horaire applicable s'établit à 54,50 € HT.", [(54.5, "excl", "hour", None)]),
    ("Article 5 - Prix", "Le TJM convenu entre les parties est de 650 euros HT.", [(650, "excl", "day", None)]),
    ("Article 6 - Loyer", "La location est consentie et acceptée moyennant un loyer mensuel de 1 850 € charges "
     "comprises.", [(1850, None, "month", None)]),
    ("Article 6 - Loyer", "Le présent bail est consenti moyennant un loyer annuel, hors taxes et hors charges, de "
     "VINGT-QUATRE MILLE EUROS.", [(24000, "excl", "year", None)]),
    ("Article 6 - Loyer et charges", "Le loyer est fixé à 12 000 € par an, payable par trimestre d'avance, soit "
     "3 000 € "
     "par trimestre.", [(12000, None, "year", None), (3000, None, "quarter", None)]),
    ("Article 7 - Garantie", "Le locataire verse, à titre de dépôt de garantie, une somme de 3 700 € "
     "correspondant à deux "
     "mois de loyer.", [(3700, None, "total", None)]),
    ("Article 7 - Sûretés", "Le preneur remet au bailleur une caution bancaire d'un montant de 15 000 euros.",
     [(15000, None, "total", None)]),
    ("Article 4 - Montant du marché", "Le montant total des prestations ne pourra excéder 139 000 € HT sur la "
     "durée totale "
     "du marché.", [(139000, "excl", "total", "max")]),
    ("Article 4 - Montants", "L'accord-cadre est conclu sans minimum et avec un maximum de 214 000 € HT.",
     [(214000, "excl", "total", "max")]),
    ("Article 4 - Étendue", "L'accord-cadre à bons de commande est passé avec un minimum annuel de 20 000 € HT et un "
     "maximum annuel de 80 000 € HT.", [(20000, "excl", "year", "min"), (80000, "excl", "year", "max")]),
    ("Article 3 - Engagement financier", "Le titulaire s'engage moyennant la somme de 46 200 euros HT à titre de "
     "redevance annuelle.", [(46200, "excl", "year", None)]),
    ("Article 8 - Cotisation", "La prime annuelle totale, taxes et frais compris, est fixée à 9 874,32 € TTC.",
     [(9874.32, "incl", "year", None)]),
    ("Article 5 - Salaire", "M. Roux perçoit une rémunération brute mensuelle de 2 950 € pour 151,67 heures.",
     [(2950, None, "month", None)]),
    ("Article 5 - Rémunération", "En contrepartie de son travail, la Salariée recevra un salaire annuel brut de 38 400 "
     "euros.", [(38400, None, "year", None)]),
    ("Article 4 - Coût de la formation", "Le coût total de l'action de formation s'élève à 3 200 € net de taxes.",
     [(3200, None, "total", None)]),
    ("Article 4 - Prix", "Le prix du mégawattheure est fixé à 92,40 € HT/MWh.", [(92.4, "excl", "unit", None)]),
    ("Article 4 - Prix", "L'abonnement au service est facturé 49 € HT par utilisateur et par mois.",
     [(49, "excl", "unit", None)]),
    ("Article 4 - Budget", "L'enveloppe financière allouée est de 1,2 M€ HT.", [(1200000, "excl", None, None)]),
    ("Article 4 - Prix", "Le forfait annuel est de 45 k€ HT.", [(45000, "excl", "year", None)]),
    ("Article 9 - Responsabilité", "En aucun cas le montant de l'indemnisation due par le Prestataire ne pourra "
     "excéder "
     "la somme de 50 000 euros.", [(50000, None, "total", "max")]),
    ("Article 9 - Limitation de responsabilité", "La réparation due au Client est plafonnée à 75 000 € par an, tous "
     "dommages confondus.", [(75000, None, "year", "max")]),
    ("Article 6 - Participation", "La commune verse à l'association une subvention de 22 000 € au titre de l'exercice "
     "2024.", [(22000, None, None, None)]),
    ("Article 6 - Redevance", "L'exploitant verse au concédant une redevance fixe annuelle de 30 000 € HT.",
     [(30000, "excl", "year", None)]),
    ("4. Charges", "In consideration of the Services, the Customer will pay the Supplier an annual charge of £24,000 "
     "(exclusive of VAT).", [(24000, "excl", "year", None)]),
    ("4. Fees", "Fees: the subscription fee is USD 1,200 per month.", [(1200, None, "month", None)]),
    ("4. Fees", "Consultant will be paid at the rate of $175 per hour.", [(175, None, "hour", None)]),
    ("5. Rent", "The annual rent payable under this Lease is £36,000.", [(36000, None, "year", None)]),
    ("5. Deposit", "On signature the Tenant shall pay a security deposit of $12,500.", [(12500, None, "total", None)]),
    ("Article 4 - Prix", "Cette prestation sera facturée 1 030 € HT mensuellement.", [(1030, "excl", "month", None)]),
    ("Article 4 - Prix", "Le client paie 0,1432 € HT le kWh et un abonnement de 31 € HT par mois.",
     [(0.1432, "excl", "unit", None), (31, "excl", "month", None)]),
    ("Article 2 - Prix", "Le nouveau montant du marché est porté de 120 000 € HT à 134 500 € HT.",
     [(134500, "excl", "total", None)]),
    ("Article 3 - Cotisation", "La cotisation est de 4 500 € HT, soit 4 905 € TTC, et ne peut être inférieure à "
     "3 000 € "
     "HT.", [(4500, "excl", None, None), (4905, "incl", None, None), (3000, "excl", None, "min")]),
    ("8. Liability", "Each party's liability per claim is capped at $1,000,000.", [(1000000, None, None, "max")]),
    ("5. Consideration", "The total price for the Equipment is EUR 1.2 million, excluding VAT.",
     [(1200000, "excl", "total", None)]),
    ("9. Limitation of liability", "Neither party's aggregate liability under this Agreement will exceed EUR 250,000.",
     [(250000, None, "total", "max")]),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "phrase", "forms"), PROSE)
def test_amounts_in_prose(heading: str, phrase: str, forms: list[Form]) -> None:
    assert amounts(clause(heading, phrase)) == forms


FORMS: list[tuple[str, str, list[Form]]] = [
    ("Article 2 - Montant", "Montant HT : 54 300,00 €\nMontant TTC : 65 160,00 €",
     [(54300, "excl", None, None), (65160, "incl", None, None)]),
    ("Article 2 - Montant", "Désignation\tMontant HT\tTVA 20 %\tMontant TTC\nTotal\t54 300,00 €\t10 860,00 "
     "€\t65 160,00 €",
     [(54300, "excl", "total", None), (65160, "incl", "total", None)]),
    ("Article 2 - Montant de l'accord-cadre", "☐ sans montant maximum ☒ avec un montant maximum de 90 000 € HT",
     [(90000, "excl", "total", "max")]),
    ("Article 2 - Montants", "Lot\tMinimum annuel HT\tMaximum annuel HT\nLot 1\t10 000 €\t40 000 €\nLot 2\t5 "
     "000 €\t20 000 €",
     [(10000, "excl", "year", "min"), (40000, "excl", "year", "max"), (5000, "excl", "year", "min"),
      (20000, "excl", "year", "max")]),
    ("Article 3 - Prix", "Poste\tContenu\tPrix annuel HT (€)\nP2\tentretien courant\t12 400,00\nP3\tgros "
     "entretien\t6 100,00\n"
     "Total\t\t18 500,00",
     [(12400, "excl", "year", None), (6100, "excl", "year", None), (18500, "excl", "year", None)]),
    ("Article 2 - Prix", "Le montant du marché devient :\nMontant\tAvant\tAprès\nHors taxes\t100 000,00 €\t112 "
     "000,00 €",
     [(112000, "excl", None, None)]),
    ("5. Fees", "Item\tAmount (GBP)\nAnnual licence fee\t24,000\nImplementation fee (one-off)\t8,500",
     [(24000, None, "year", None), (8500, None, "total", None)]),
    ("Article 2 - Prix", "Lot\tDésignation\tMontant HT\n1\tGros œuvre\t245 000,00 €\n2\tCharpente\t88 000,00 €\n"
     "Total\t\t333 000,00 €",
     [(245000, "excl", "total", None), (88000, "excl", "total", None), (333000, "excl", "total", None)]),
    ("Article 4 - Bordereau", "Désignation\tUnité\tPrix unitaire HT\nCollecte\ttonne\t112,50 €",
     [(112.5, "excl", "unit", None)]),
    ("Article 3 - Garanties", "Limite contractuelle d'indemnité\t15 000 000 €\nFranchise générale\t10 000 €",
     [(15000000, None, None, "max")]),
    ("Article 4 - Loyer", "Loyer mensuel : 960 € HT\nDépôt de garantie : 1 920 €",
     [(960, "excl", "month", None), (1920, None, "total", None)]),
    ("Article 4 - Prix", "Profil\tTarif journalier HT\nChef de projet\t820 €\nDéveloppeur\t610 €",
     [(820, "excl", "day", None), (610, "excl", "day", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("heading", "body", "forms"), FORMS)
def test_amounts_in_forms_and_tables(heading: str, body: str, forms: list[Form]) -> None:
    assert amounts(clause(heading, body)) == forms


@pytest.mark.parametrize(
    ("heading", "phrase"),
    [
        ("Article 4 - Prix", "Les achats d'un montant inférieur à 500 € ne donnent pas lieu à devis."),
        ("Article 4 - Prix", "Ce prix comprend les déplacements, pour 1 200 € HT."),
        ("Article 2 - Loyer", "Les travaux du Preneur, évalués à 31 400 euros, restent à sa charge."),
        ("Article 2 - Loyer", "Le loyer du bail précédent était de 18 000 € par an."),
        ("Article 2 - Dépôt", "Le dépôt de 2 000 € versé par l'ancien locataire lui a été restitué."),
        ("Article 5 - Assurance", "Le titulaire est garanti à hauteur de 3 000 000 € par sinistre."),
        ("Article 6 - Clause pénale", "Toute absence donne lieu à une pénalité de 300 € par manquement."),
        ("Article 6 - Sous-traitance", "La part sous-traitée s'élève à 14 000 € HT."),
        ("Article 6 - Véhicules", "Les véhicules respectent la norme Euro 6 et roulent peu."),
        ("1. Background", "The Consultant was paid USD 20,000 under an earlier agreement."),
        ("7. Insurance", "Supplier shall maintain insurance of at least $2,000,000 per occurrence."),
    ],
)
def test_sums_beside_the_price(heading: str, phrase: str) -> None:
    assert amounts(clause(heading, phrase)) == []


@pytest.mark.parametrize(
    ("phrase", "label"),
    [
        ("Le forfait annuel est augmenté de 148 920 € HT.", "Augmentation du forfait annuel"),
        ("La redevance est majorée de 1 000 € HT par an.", "Augmentation de la redevance annuelle"),
        ("Il est alloué un forfait de 3 400 € HT par mois.", "Forfait mensuel"),
        ("Le loyer annuel est fixé à 24 000 € HT.", "Loyer annuel"),
        ("La redevance d'occupation est fixée à 24 000 € HT par an.", "Redevance d'occupation"),
        ("Un dépôt de garantie de 4 000 € est versé.", "Dépôt de garantie"),
        ("Le prix est de 10 000 € HT par an.", "Prix annuel"),
        ("The monthly fee is EUR 3,500.", "Monthly fee"),
        ('The Company will pay an annual fee (the "Fee") of $240,000.', "Annual fee"),
        ("La responsabilité du titulaire est plafonnée à 350 000 € par an.", "Plafond de responsabilité"),
    ],
)
def test_the_label_is_the_noun_that_names_the_amount(phrase: str, label: str) -> None:
    assert labels(clause("Article 4 - Conditions financières", phrase)) == [label]


def test_each_form_is_called_after_its_own_period() -> None:
    text = "Le loyer annuel est de 96 000 €, soit 8 000 € par mois."
    assert labels(clause("Article 4 - Loyer", text)) == ["Loyer annuel", "Loyer mensuel"]


def test_a_pronoun_takes_the_noun_said_before() -> None:
    text = "Le forfait annuel est augmenté de 1 000 € HT. Il est ainsi porté à 13 000 € HT par an."
    assert labels(clause("Article 4 - Incidence financière", text)) == [
        "Augmentation du forfait annuel",
        "Forfait annuel",
    ]


def test_titles_without_numbers_tell_what_a_sum_is() -> None:
    deed = "\n".join((
        "BAIL COMMERCIAL", "Exposé", "Le bailleur est propriétaire des murs.", "Loyer",
        "Le bail est fait moyennant un loyer annuel de 9 600 euros.", "Dépôt",
        "Le preneur remet une somme de 1 600 euros à titre de dépôt de garantie.",
    ))  # fmt: skip
    assert amounts(deed) == [(9600, None, "year", None), (1600, None, "total", None)]


def test_prices_in_an_annex_count_where_the_articles_state_none() -> None:
    text = clause("Article 4 - Prix", "Les prix figurent en annexe.") + "\n".join((
        "", "Annexe 1 - Décomposition du prix global et forfaitaire", "Poste\tMontant HT", "Installation\t4 000,00 €",
        "Maintenance\t6 000,00 €", "Total\t10 000,00 €",
    ))  # fmt: skip
    assert amounts(text) == [(10000, "excl", "total", None)]
