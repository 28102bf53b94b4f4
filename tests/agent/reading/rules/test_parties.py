import pytest

from tests.agent.reading.rules.identity import identity, party


def test_parties_between_the_undersigned() -> None:
    known = identity(
        "# Contrat de nettoyage\nEntre les soussignées :\n"
        "la Ville de Pau (Pyrénées), SIRET 216 509 075 00018, représentée par son maire, désignée « la Ville »,\n"
        "et Netisol SAS, au capital de 320 000 €, siège social 41 allée Jaurès, 31000 Toulouse, RCS Toulouse "
        "440 918 365, "
        "représentée par M. Cédric Bousquet, directeur, désignée « le Titulaire »,\nil est arrêté ce qui suit.\n"
        "# 1. Objet\nLe Titulaire nettoie, avec la société Vitro SARL, RCS Paris 812 339 570, pour sous-traitant."
    )
    assert len(known.values("parties")) == 2
    assert (party(known, "Ville de Pau").role, party(known, "Ville de Pau").registration) == (
        "client",
        "21650907500018",
    )
    assert (party(known, "Netisol").role, party(known, "Netisol").registration) == ("supplier", "440918365")


def test_who_acts_for_a_party_is_none() -> None:
    known = identity(
        "# Contrat de délégation de service public\n# Les parties\n"
        "D'une part, la Ville de Pau, collectivité territoriale (SIREN 216 509 075), agissant par son maire, "
        "ci-après le « Délégant » ;\n"
        "D'autre part, Bains de Pau SAS, au capital de 37 000 euros, sous le numéro 904 182 631, agissant par "
        "sa présidente, la société "
        "Ondéa Groupe SA (Lyon, 421 593 872), elle-même représentée par M. Roy, ci-après le « Délégataire ».\n# "
        "Exposé préalable\n"
        "L'offre est celle d'Ondéa Groupe SA, qui n'est pas partie."
    )
    assert [(p.name, p.role) for p in known.values("parties")] == [
        ("Ville de Pau", "client"),
        ("Bains de Pau SAS", "supplier"),
    ]
    assert party(known, "Bains").registration == "904182631"


def test_a_column_for_each_party() -> None:
    known = identity(
        "# Contrat de gardiennage\n! \tClient\tPrestataire\nDénomination\tAteliers Bréval\tSûreté Armoise\n"
        "SIRET\t493 826 176 00015\t817 462 906 00022\nSignataire\tMme Kerautret\tM. Oulahcen"
    )
    assert party(known, "Ateliers Bréval").role == "client"
    assert party(known, "Sûreté Armoise").registration == "81746290600022"


def test_we_and_you() -> None:
    known = identity(
        "# Contrat d'abonnement\n# Qui signe\n! Nous\tVous\n"
        "Nuagéis Santé, SAS, RCS Amiens 834 568 628\tClinique des Prés, association, SIREN 775 699 238"
    )
    assert party(known, "Nuagéis").role == "supplier"
    assert party(known, "Clinique").role == "client"


def test_a_form_with_supervisors_and_brokers() -> None:
    known = identity(
        "# Travaux de rénovation\nMaître de l'ouvrage\tVille de Pau, SIRET 216 509 075 00018\n"
        "Entreprise\tCastéran et Fils SAS, SIRET 386 409 254 00029\nMaître d'œuvre\tAtelier Poueyto Architectes "
        "SARL, Pau\n"
        "Contrôleur technique\tVéricontrôle SA, RCS Pau 341 905 750"
    )
    assert [(p.name, p.role) for p in known.values("parties")] == [
        ("Ville de Pau", "client"),
        ("Castéran et Fils SAS", "supplier"),
    ]


def test_lines_with_the_number_below() -> None:
    known = identity(
        "# Assurance des dommages aux biens\nSouscripteur et assuré : Ville de Pau\nÉtablissement : 216 509 075 00018\n"
        "Assureur : Mutuelle des Cités, société d'assurance mutuelle, SIREN 775 629 082\n"
        "Intermédiaire : Cabinet Lassalle, courtier à Tarbes, ORIAS n° 07 019 455"
    )
    assert (party(known, "Ville de Pau").role, party(known, "Ville de Pau").registration) == (
        "insured",
        "21650907500018",
    )
    assert party(known, "Mutuelle des Cités").role == "insurer"
    assert len(known.values("parties")) == 2


def test_a_heading_for_each_party_of_a_lease() -> None:
    known = identity(
        "# Bail commercial\n## Le Bailleur\nLa société civile immobilière dénommée SCI du Clos, au capital de 1 "
        "524,49 euros, dont le siège "
        "est à Avrillé (49240), identifiée sous le numéro 438 172 652.\n## Le Preneur\nLa société Ateliers "
        "Bréval, société par actions "
        "simplifiée, identifiée sous le numéro 493 826 176.\n# Article 1 – Désignation\nUn entrepôt."
    )
    assert party(known, "SCI du Clos").role == "landlord"
    assert party(known, "Ateliers Bréval").role == "tenant"


def test_a_party_called_in_an_unusual_way_faces_the_other() -> None:
    known = identity(
        "# Contrat de maintenance\nLe Mainteneur : Oréva Levage, société par actions simplifiée au capital de "
        "152 450 euros, RCS 341 905 750.\n"
        "L'Exploitant : Ateliers Bréval, société par actions simplifiée, RCS Angers 493 826 176."
    )
    assert party(known, "Oréva").role == "supplier"
    assert party(known, "Ateliers").role == "client"


def test_a_number_in_the_letterhead() -> None:
    known = identity(
        "AMBULANCES MORVILLIER - S.A.R.L. - R.C.S. Évry 317 526 580\n# Convention de transports "
        "sanitaires\nENTRE LES SOUSSIGNÉS\n"
        "La Clinique des Prés, association, n° SIRET 775 699 238 00041, que nous appellerons « la Clinique »,\nET\n"
        "La société Ambulances Morvillier, immatriculée comme indiqué en tête, ci-après « l'Ambulancier »,\nIL "
        "A ÉTÉ ARRÊTÉ CE QUI SUIT :"
    )
    assert party(known, "Ambulances Morvillier").registration == "317526580"
    assert party(known, "Ambulances Morvillier").role == "supplier"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "This Agreement is made between Kite Pharma, Inc., a Texas corporation (“Kite”) and Gilead Sciences, Inc., "
            "a Delaware corporation having a place of business at Foster City (“Company”).",
            ["Kite Pharma, Inc.", "Gilead Sciences, Inc."],
        ),
        (
            "THIS AGREEMENT is entered into by and between Maher Albitar, M.D., an individual (“Contractor”) and "
            "NeoGenomics Inc., a Florida corporation (“NeoGenomics”). RECITALS:",
            ["Maher Albitar", "NeoGenomics Inc."],
        ),
        (
            "This Agreement is dated as of 3 May by and among Glacier Bancorp, Inc. (“GBCI”), Glacier Bank, a wholly "
            "owned subsidiary of GBCI (“Bank”), and Heritage Corp. (“HB”).",
            ["Glacier Bancorp, Inc.", "Glacier Bank", "Heritage Corp."],
        ),
        ("This Agreement is made between Acme Corp. and Beta LLC.", ["Acme Corp.", "Beta LLC"]),
    ],
)
def test_english_preambles(text: str, names: list[str]) -> None:
    known = identity(
        f"# Supply Agreement\n{text}\n1. Definitions. As used in this Agreement, Products means goods of Gamma Inc."
    )
    assert [p.name for p in known.values("parties")] == names


def test_the_parties_of_a_mutual_nda_are_partners() -> None:
    known = identity(
        "# Mutual Non-Disclosure Agreement\nbetween\n"
        "Rüdersheim GmbH, a company organised under German law (“Rüdersheim”),\nand\n"
        "Ateliers Bréval SAS, a French company with its registered office in Lyon, under number 493 826 176 (“Bréval”)."
    )
    assert {p.role for p in known.values("parties")} == {"partner"}


def test_the_companies_of_a_letter() -> None:
    known = identity(
        "Buckeye Technologies Inc.\n1001 Tillman Street\nGeorgia-Pacific LLC\nLadies and Gentlemen:\nYou wish "
        "to buy Delta Inc."
    )
    assert [p.name for p in known.values("parties")] == ["Buckeye Technologies Inc.", "Georgia-Pacific LLC"]


def test_our_own_company_is_a_party_where_the_contract_names_it() -> None:
    text = "# Cahier des clauses techniques : gardiennage\nPréfecture de la région Guyane\n# 1. Objet\nLe gardiennage."
    assert identity(text).values("parties") == ()
    assert party(identity(text, companies=("Préfecture de la région Guyane",)), "Préfecture").role == "client"


def test_a_blank_form_names_nobody() -> None:
    known = identity(
        "# Acte d'engagement\nPouvoir adjudicateur : Ville de Pau\nTitulaire : ........................\nSIRET "
        ": ............"
    )
    assert [(p.name, p.role) for p in known.values("parties")] == [("Ville de Pau", "client")]


def test_who_is_bound_by_the_signatory_of_an_acte_dengagement() -> None:
    known = identity(
        "# Acte d'engagement\nPouvoir adjudicateur : Ville de Pau\n# Article 1 – Engagement du titulaire\n"
        "Je soussigné, M. Roy, directeur, agissant au nom et pour le compte de la société Netisol Propreté, "
        "SAS, SIRET 449 777 747 00014, "
        "m'engage à exécuter les prestations."
    )
    assert party(known, "Netisol Propreté").role == "supplier"
    assert party(known, "Netisol Propreté").registration == "44977774700014"


def test_employer_and_employee() -> None:
    known = identity(
        "# Contrat de travail à durée indéterminée\nEntre les soussignés :\nLa société Alpha Conseil, SAS, RCS "
        "Paris 449 777 747, ci-après "
        "« l'Employeur », d'une part,\nEt Mme Jeanne Martin, née le 3 mai 1990 à Lyon, demeurant 2 rue du Lac, "
        "69003 Lyon, ci-après « la "
        "Salariée », d'autre part."
    )
    assert party(known, "Alpha Conseil").role == "employer"
    assert party(known, "Jeanne Martin").role == "employee"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("BY AND BETWEEN\nXENCOR, INC.\nAND\nAIMMUNE INC.\nDATED 3 MAY", ["XENCOR, INC.", "AIMMUNE INC."]),
        ("entered into by and between Andy North and Golfers Incorporated", ["Andy North", "Golfers Incorporated"]),
        (
            "made by and between iMine Corporation, (“JRVS”) and Arconic Rolled Corp., a Texas corporation.",
            ["iMine Corporation", "Arconic Rolled Corp."],
        ),
    ],
)
def test_covers_and_unusual_names(text: str, names: list[str]) -> None:
    assert [p.name for p in identity(f"# License Agreement\n{text}").values("parties")] == names


def test_we_buy_where_nothing_says_otherwise() -> None:
    text = (
        "# Lettre de mission\nDupont Conseil, SARL, SIREN 552 018 798\nà\nAlpha SAS, SIREN 439 186 529\n"
        "# Prix\nForfait."
    )
    found = identity(text, companies=("Alpha",))
    roles = {p.name.split()[0]: p.role for p in found.values("parties")}
    assert roles.get("Alpha") == "client"
