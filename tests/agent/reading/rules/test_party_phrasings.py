"""Parties as different drafters introduce them: prose, forms, tables, letters, signatures, in any order."""

import pytest

from tests.agent.reading.rules.identity import identity

_INTRODUCTIONS: list[tuple[str, list[tuple[str, str, str | None]]]] = [
    (
        (
            "# Contrat de bail\n"
            "Les soussignés\n"
            "SCI Alpha, société civile au capital de 1 000 €, dont le siège est 31 rue Monge, 21000 Dijon, RCS "
            "Dijon 503 188 260, représentée par M. Roy,\n"
            "désignée plus loin « le Bailleur »,\n"
            "et Beta Ingénierie, société par actions simplifiée au capital de 480 000 €, RCS Lyon 439 186 529, "
            "représentée par Mme Cot,\n"
            "désignée plus loin « le Preneur »,\n"
            "# I. Objet\n"
            "Les locaux."
        ),
        [("SCI Alpha", "landlord", "503188260"), ("Beta", "tenant", "439186529")],
    ),
    (
        (
            "# Contrat de travail à durée indéterminée\n"
            "Entre la société Beta Ingénierie, SAS, SIREN 439 186 529, représentée par Mme Nadège Lormeau "
            '("l\'entreprise") et\n'
            "Madame Clémence Vasseur, née le 8 octobre 1996 à Chambéry, demeurant 5 montée des Lilas, 38700 "
            "Corenc\n"
            '("la salariée")\n'
            "il est convenu ce qui suit.\n"
            "# Engagement\n"
            "La salariée est engagée."
        ),
        [("Beta", "employer", "439186529"), ("Clémence", "employee", None)],
    ),
    (
        (
            "# Contrat à durée déterminée\n"
            "ENTRE LES SOUSSIGNÉS :\n"
            "La SARL Les Fleurs, dont le siège est situé 3 rue Haute, 35000 Rennes, immatriculée sous le n° "
            "SIRET 439 186 529 00017, représentée par M. Yann Le Goff, gérant,\n"
            "D'UNE PART,\n"
            "ET\n"
            "Monsieur Paul Martin, demeurant 4 rue Basse, 35000 Rennes, n° de sécurité sociale 1 85 02 35 238 "
            "004 12,\n"
            "D'AUTRE PART,\n"
            "# Article 1 Engagement\n"
            "M. Martin est engagé comme fleuriste."
        ),
        [("SARL Les Fleurs|Les Fleurs", "employer", "43918652900017"), ("Paul Martin", "employee", None)],
    ),
    (
        (
            "# Marché public de services\n"
            "Cahier des clauses particulières valant acte d'engagement\n"
            "# Article 1.1 Cocontractants\n"
            "La personne publique est la Communauté d'agglomération du Haut-Ségala (SIREN 200084713), 4 place du "
            "Foirail à Naucelle, que représente son président.\n"
            "L'entreprise titulaire est la société anonyme Ségalienne de Propreté, au capital de 1 120 000 €, "
            "inscrite au RCS de Rodez sous le n° 534 172 069, 14 rue de la Cale, 12000 Rodez.\n"
            "# Article 1.2 Objet\n"
            "Collecte."
        ),
        [("Communauté d'agglomération du Haut-Ségala", "client", "200084713"), ("Ségalienne", "supplier", "534172069")],
    ),
    (
        (
            "# Accord de confidentialité\n"
            "Partenaires\n"
            "* Beta Ingénierie, SAS, 23 rue Paul, 69008 Lyon (SIREN 439 186 529), ci-dessous BI ;\n"
            "* Hydralpe Turbines, SAS au capital de 3 700 000 €, 73200 Albertville (SIREN 529 173 403), "
            "ci-dessous Hydralpe.\n"
            "# § 1 – Contexte\n"
            "Les Partenaires étudient."
        ),
        [("Beta", "partner", "439186529"), ("Hydralpe", "partner", "529173403")],
    ),
    (
        (
            "# Acte d'engagement\n"
            "Pouvoir adjudicateur : Commune de Saint-Béat, SIRET 216 509 075 00018\n"
            "# B. Engagement du candidat\n"
            "Nom commercial et dénomination sociale du candidat : Netisol SAS\n"
            "Adresse de l'établissement : 41 allée Jaurès, 31000 Toulouse\n"
            "Adresse électronique : x@netisol.example\n"
            "Numéro SIRET : 440 918 365 00015\n"
            "# C. Prix\n"
            "Forfait."
        ),
        [("Commune de Saint-Béat", "client", "21650907500018"), ("Netisol", "supplier", "44091836500015")],
    ),
    (
        (
            "# ACTE D'ENGAGEMENT\n"
            "# Article 1 – Contractants\n"
            "Entre le Centre hospitalier de Lannion, établissement public de santé, représenté par son "
            "directeur,\n"
            "d'une part,\n"
            "et\n"
            "Nous, cotraitants groupés conjoints :\n"
            "1er cotraitant : Netisol SAS, 41 allée Jaurès, 31000 Toulouse, SIRET 440 918 365 00015, mandataire "
            "du groupement\n"
            "2ème cotraitant : Vitrex SARL, SIRET 812 339 570 00013\n"
            "# Article 2 Objet\n"
            "Nettoyage."
        ),
        [
            ("Centre hospitalier de Lannion", "client", None),
            ("Netisol", "supplier", "44091836500015"),
            ("Vitrex", "supplier", "81233957000013"),
        ],
    ),
    (
        (
            "# Acte d'engagement\n"
            "# Article 1 : Contractant\n"
            "Je soussigné, M. Jean Roy, agissant en qualité de gérant, au nom et pour le compte de la société "
            "Netisol, SAS au capital de 10 000 €, ayant son siège social à Toulouse, immatriculée au RCS sous le "
            "n° 440 918 365,\n"
            "m'engage sans réserve à exécuter les prestations pour le compte de la Ville de Pau.\n"
            "# Article 2 Prix\n"
            "Forfait."
        ),
        [("Netisol", "supplier", "440918365"), ("Ville de Pau", "client", None)],
    ),
    (
        (
            "# Contrat de maintenance\n"
            "Identification des parties\n"
            "Client\tAlpha Plasturgie SAS\n"
            "SIRET\t440 918 365 00015\n"
            "Adresse\t3 rue Haute, 01100 Oyonnax\n"
            "Prestataire\tBeta Froid SARL\n"
            "SIRET\t812 339 570 00013\n"
            "# Article 1 Objet\n"
            "Maintenance."
        ),
        [("Alpha", "client", "44091836500015"), ("Beta", "supplier", "81233957000013")],
    ),
    (
        (
            "# Contrat de prestation\n"
            "! Le donneur d'ordre\tLe prestataire\n"
            "Alpha SAS\tBeta SARL\n"
            "3 rue Haute, 01100 Oyonnax\t4 rue Basse, 69001 Lyon\n"
            "SIREN 440 918 365\tSIREN 812 339 570\n"
            "Représentée par M. Roy\tReprésentée par Mme Cot\n"
            "# Article 1 Objet\n"
            "Conseil."
        ),
        [("Alpha", "client", "440918365"), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Contrat de services\n"
            "Entre\n"
            "Alpha SAS\n"
            "Société par actions simplifiée au capital de 40 000 euros\n"
            "Siège : 3 rue Haute, 01100 Oyonnax\n"
            "RCS Bourg 440 918 365\n"
            "ci-après le Client\n"
            "Et\n"
            "Beta SARL\n"
            "4 rue Basse, 69001 Lyon\n"
            "RCS Lyon 812 339 570\n"
            "ci-après le Prestataire\n"
            "# 1. Objet\n"
            "Conseil."
        ),
        [("Alpha", "client", "440918365"), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Lettre de mission\n"
            "Cabinet Durand & Associés\n"
            "4 rue Basse, 69001 Lyon - SIREN 812 339 570\n"
            "À l'attention de Mme Roy\n"
            "Alpha Plasturgie SAS\n"
            "3 rue Haute, 01100 Oyonnax\n"
            "Madame,\n"
            "Nous avons le plaisir de vous confirmer les termes de notre mission d'expertise comptable auprès de "
            "votre société."
        ),
        [("Cabinet Durand", "supplier", "812339570"), ("Alpha", "client", None)],
    ),
    (
        (
            "# Conditions particulières d'assurance\n"
            "Entre la compagnie Gamma Assurances, SA au capital de 5 000 000 €, RCS Paris 552 083 297, dénommée "
            "ci-après l'Assureur, et l'association Les Amis du Parc, SIREN 439 186 529, dénommée ci-après le "
            "Souscripteur, il est convenu ce qui suit.\n"
            "# 1 Objet\n"
            "Assurance responsabilité civile."
        ),
        [("Gamma", "insurer", "552083297"), ("Les Amis|Association Les Amis|association", "insured", "439186529")],
    ),
    (
        (
            "# Services Agreement\n"
            "This agreement is made on 3 March 2024\n"
            "BETWEEN:\n"
            "(1) Alpha Foods Limited, incorporated in England with company number 01234567, whose registered "
            'office is at 1 High Street, Leeds ("Alpha"); and\n'
            '(2) Beta Logistics plc, of 2 Low Street, York ("Beta").\n'
            "# 1. Services\n"
            "Beta will supply the services to Alpha."
        ),
        [("Alpha", "client", None), ("Beta", "supplier", None)],
    ),
    (
        (
            "# Convention de formation professionnelle\n"
            "Entre les soussignés :\n"
            "1) L'organisme de formation : Formatec, SARL, SIRET 440 918 365 00015, enregistré sous le numéro de "
            "déclaration d'activité 84 69 12345 69\n"
            "2) L'entreprise bénéficiaire : Alpha Plasturgie SAS, SIRET 812 339 570 00013\n"
            "# Article 1 Objet\n"
            "Formation des salariés."
        ),
        [("Formatec", "supplier", "44091836500015"), ("Alpha", "client", "81233957000013")],
    ),
    (
        (
            "# Contrat de prestation de services\n"
            "Le présent contrat est conclu entre Alpha SAS (Oyonnax, RCS 440 918 365), qui commande, et Beta "
            "SARL (Lyon, RCS 812 339 570), qui exécute.\n"
            "# 1. Objet\n"
            "Beta réalise les prestations."
        ),
        [("Alpha", "client", "440918365"), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Contrat de sous-traitance\n"
            "L'entreprise principale :\n"
            "Alpha Bâtiment SAS\n"
            "RCS Bourg 440 918 365\n"
            "Le sous-traitant :\n"
            "Beta Peinture SARL\n"
            "RCS Lyon 812 339 570\n"
            "# 1. Objet\n"
            "Peinture."
        ),
        [("Alpha", "client", "440918365"), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Contrat de prestation\n"
            "# Article 1 – Objet\n"
            "Beta nettoie les bureaux du client.\n"
            "# Signatures\n"
            "Pour Alpha SAS\tPour Beta Propreté SARL\n"
            "M. Roy\tMme Cot"
        ),
        [("Alpha", "client", None), ("Beta", "supplier", None)],
    ),
    (
        (
            "# Contrat de prestation\n"
            "# Article 1 – Objet\n"
            "Nettoyage des bureaux.\n"
            "Fait à Lyon, le 3 mai 2024\n"
            "Le Client : Alpha SAS, représentée par M. Roy\n"
            "Le Prestataire : Beta Propreté SARL, représentée par Mme Cot"
        ),
        [("Alpha", "client", None), ("Beta", "supplier", None)],
    ),
    (
        (
            "# Bail professionnel\n"
            "M. Jean Roy et Mme Anne Roy, son épouse, demeurant ensemble 3 rue Haute, 35000 Rennes, bailleurs, "
            "donnent à bail à la SELARL Dentaire du Port, RCS Rennes 812 339 570, locataire, les locaux "
            "ci-après.\n"
            "# 1. Désignation\n"
            "Les locaux."
        ),
        [("Jean Roy", "landlord", None), ("SELARL Dentaire|Dentaire", "tenant", "812339570")],
    ),
    (
        (
            "# Convention de partenariat\n"
            "Entre d'une part l'Université de Poitiers, établissement public, 15 rue de l'Hôtel-Dieu, 86000 "
            "Poitiers, représentée par sa présidente, et d'autre part la Fondation Vert, reconnue d'utilité "
            "publique, SIREN 812 339 570, représentée par son président.\n"
            "# Article 1 Objet\n"
            "Les parties coopèrent."
        ),
        [("Université de Poitiers", "partner", None), ("Fondation Vert", "partner", "812339570")],
    ),
    (
        (
            "# Contrat d'abonnement\n"
            "Vos coordonnées\n"
            "Raison sociale : Alpha Plasturgie SAS\n"
            "SIRET : 440 918 365 00015\n"
            "Votre fournisseur : Électra Gaz SA, RCS Nanterre 812 339 570\n"
            "# 1. Objet\n"
            "Fourniture de gaz."
        ),
        [("Alpha", "client", "44091836500015"), ("Électra", "supplier", "812339570")],
    ),
    (
        (
            "# Contrat de location\n"
            "Loueur : Arverloc SA – SIRET 440 918 365 00015\n"
            "Locataire : Alpha Plasturgie SAS – SIREN 812 339 570\n"
            "# 1. Véhicules\n"
            "Un camion."
        ),
        [("Arverloc", "landlord", "44091836500015"), ("Alpha", "tenant", "812339570")],
    ),
    (
        (
            "# Contrat de maintenance d'ascenseurs\n"
            "Le propriétaire\n"
            "Office public de l'habitat du Léman, SIREN 440 918 365, 3 rue Haute, 74200 Thonon\n"
            "L'ascensoriste\n"
            "Levetout SAS, RCS Annecy 812 339 570\n"
            "# 1. Objet\n"
            "Maintenance."
        ),
        [("Office public", "client", "440918365"), ("Levetout", "supplier", "812339570")],
    ),
    (
        (
            "# Avenant n° 1 au contrat de nettoyage\n"
            "Conclu entre Alpha SAS, d'une part, et Beta Propreté SARL, d'autre part.\n"
            "# 1. Objet\n"
            "Prolongation."
        ),
        [("Alpha", "client", None), ("Beta", "supplier", None)],
    ),
    (
        (
            "# Contrat d'entretien\n"
            "Maître d'ouvrage public : Syndicat mixte du Val, SIRET 216 509 075 00018, représenté par son "
            "président\n"
            "Attributaire : groupement solidaire composé de Netisol SAS (mandataire, SIREN 440 918 365) et de "
            "Vitrex SARL (SIREN 812 339 570)\n"
            "# 1. Objet\n"
            "Entretien."
        ),
        [
            ("Syndicat mixte du Val", "client", "21650907500018"),
            ("Netisol", "supplier", "440918365"),
            ("Vitrex", "supplier", "812339570"),
        ],
    ),
    (
        (
            "# Distribution Agreement\n"
            'This Agreement is entered into as of May 1, 2020 by Alpha Inc., a Delaware corporation ("Supplier") '
            'and Beta GmbH, a German company ("Distributor").\n'
            "# 1. Appointment\n"
            "Supplier appoints."
        ),
        [("Alpha", "supplier", None), ("Beta", "client", None)],
    ),
    (
        (
            "# Non-Disclosure Agreement\n"
            'Parties: Alpha Ltd of 1 High Street, Leeds and Beta SAS of Lyon, France (each a "party")\n'
            "# 1. Purpose\n"
            "Talks."
        ),
        [("Alpha", "partner", None), ("Beta", "partner", None)],
    ),
    (
        (
            "# Contrat de télésurveillance\n"
            "ENTRE\n"
            "la société ALPHA PLASTURGIE, SAS au capital de 40 000 €, 3 rue Haute 01100 OYONNAX, 440 918 365 RCS "
            "BOURG-EN-BRESSE, « l'abonné »\n"
            "ET\n"
            "la société BETA SÉCURITÉ, SARL, 812 339 570 RCS LYON, « le télésurveilleur »\n"
            "# 1. Objet\n"
            "Surveillance."
        ),
        [("ALPHA", "client", "440918365"), ("BETA", "supplier", "812339570")],
    ),
    (
        (
            "# Convention d'occupation du domaine public\n"
            "La commune de Saint-Béat, représentée par son maire en exercice, Mme Anne Cot, dûment habilitée par "
            "délibération du 3 mai 2024, ci-après désignée « la Commune », d'une part,\n"
            "La société Kayak Loisirs, SARL, RCS Toulouse 812 339 570, ci-après désignée « l'Occupant », d'autre "
            "part,\n"
            "Ont convenu ce qui suit :\n"
            "# 1. Objet\n"
            "Occupation d'un quai."
        ),
        [("commune de Saint-Béat", "landlord", None), ("Kayak", "tenant", "812339570")],
    ),
    (
        (
            "# Contrat de fourniture\n"
            "CLIENT : ALPHA PLASTURGIE SAS\n"
            "3 rue Haute - 01100 OYONNAX\n"
            "N° SIRET : 440 918 365 00015\n"
            "FOURNISSEUR : ELECTRA SA\n"
            "1 rue Basse - 92000 NANTERRE\n"
            "N° SIRET : 812 339 570 00013\n"
            "# 1. Objet\n"
            "Électricité."
        ),
        [("ALPHA", "client", "44091836500015"), ("ELECTRA", "supplier", "81233957000013")],
    ),
    (
        (
            "# Contrat de services\n"
            "! \tPartie A\tPartie B\n"
            "Raison sociale\tAlpha SAS\tBeta SARL\n"
            "SIREN\t440 918 365\t812 339 570\n"
            "Qualité\tClient\tPrestataire\n"
            "# 1. Objet\n"
            "Conseil."
        ),
        [("Alpha", "client", "440918365"), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Contrat de services\n"
            "! Partie\tQualité\tSIREN\n"
            "Alpha SAS\tdonneur d'ordre\t440 918 365\n"
            "Beta SARL\tprestataire\t812 339 570\n"
            "# 1. Objet\n"
            "Conseil."
        ),
        [("Alpha", "client", "440918365"), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Contrat de services\n"
            "# 1. Les parties\n"
            "Alpha SAS, RCS Bourg 440 918 365, agit ici comme acheteur.\n"
            "Beta SARL, RCS Lyon 812 339 570, agit comme vendeur.\n"
            "# 2. Objet\n"
            "Conseil."
        ),
        [("Alpha", "client", "440918365"), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Contrat de services\n"
            "Alpha SAS confie à Beta SARL (RCS Lyon 812 339 570), qui l'accepte, l'entretien de ses locaux.\n"
            "# 1. Durée\n"
            "Un an."
        ),
        [("Alpha", "client", None), ("Beta", "supplier", "812339570")],
    ),
    (
        (
            "# Mandat de gestion\n"
            "Le mandant : M. Jean Roy, demeurant 3 rue Haute, 35000 Rennes\n"
            "Le mandataire : Agence du Port SARL, RCS Rennes 812 339 570\n"
            "# 1. Objet\n"
            "Gestion."
        ),
        [("Jean Roy", "client", None), ("Agence du Port", "supplier", "812339570")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), _INTRODUCTIONS)
def test_parties_however_introduced(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    found = [(p.name, p.role, p.registration) for p in identity(text).values("parties")]
    assert [(role, number) for _, role, number in found] == [(role, number) for _, role, number in expected], found
    for (name, _, _), (begin, _, _) in zip(found, expected, strict=True):
        assert name.startswith(tuple(begin.split("|")))
