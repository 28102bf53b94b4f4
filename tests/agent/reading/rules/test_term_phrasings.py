"""The same few facts about a term, told by as many drafters as we could think of."""

import pytest

from tests.agent.reading.rules.contracts import clause, known, value


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Les parties conviennent que leurs engagements prendront naissance le 1er avril 2024.", "2024-04-01"),
        ("Prise d'effet : le 01.04.2024 à zéro heure", "2024-04-01"),
        ("Point de départ du contrat : 1er avril 2024", "2024-04-01"),
        ("Le point de départ du contrat est fixé au 1er avril 2024.", "2024-04-01"),
        ("La durée, de trois ans, a pour point de départ le 1er avril 2024.", "2024-04-01"),
        ("C'est le 1er avril 2024 que le contrat prend effet.", "2024-04-01"),
        ("Le 1er avril 2024, date d'effet du contrat, le prestataire est à pied d'œuvre.", "2024-04-01"),
        ("À partir du 1er avril 2024 et pour trois ans, le prestataire entretient les installations.", "2024-04-01"),
        ("À compter du 1er avril 2024, et ce pour une durée de trois ans, le prestataire assure la garde.",
         "2024-04-01"),
        ("Trois années consécutives qui commencent le 1er avril 2024.", "2024-04-01"),
        ("Le bail prendra cours à compter d'avril 2024.", "2024-04-01"),
        ("Le contrat démarre en avril 2024 pour trois ans.", "2024-04-01"),
        ("Le contrat prend effet au mois d'avril 2024.", "2024-04-01"),
        ("L'exécution commence début avril 2024.", "2024-04-01"),
        ("Les prestations commencent le premier lundi d'avril 2024.", "2024-04-01"),
        ("Le contrat commence le premier lundi de septembre 2024.", "2024-09-02"),
        ("Le service commence le deuxième mardi du mois de mars 2024.", "2024-03-12"),
        ("Le contrat prend effet le dernier jour de février 2024.", "2024-02-29"),
        ("Le contrat prend effet le premier jour d'avril 2024.", "2024-04-01"),
        ("Le contrat court à partir du premier jour du mois d'avril 2024.", "2024-04-01"),
        ("Durée : 36 mois, du 01/04/2024 au 31/03/2027", "2024-04-01"),
        ("Période contractuelle : 01/04/2024 – 31/03/2027", "2024-04-01"),
        ("Période contractuelle\t01/04/2024 - 31/03/2027", "2024-04-01"),
        ("Début du contrat\t1er avril 2024", "2024-04-01"),
        ("Date de début\t1er avril 2024\tDate de fin\t31 mars 2027", "2024-04-01"),
        ("Contrat valable à partir du : 1er avril 2024", "2024-04-01"),
        ("Date de commencement des prestations : 1er avril 2024", "2024-04-01"),
        ("Date de démarrage : 1er avril 2024", "2024-04-01"),
        ("Date d'entrée dans les lieux : 1er avril 2024", "2024-04-01"),
        ("Le preneur entre en jouissance le 1er avril 2024.", "2024-04-01"),
        ("La mise à disposition des locaux intervient le 1er avril 2024, date à laquelle court le bail.", "2024-04-01"),
        ("Le salarié est engagé à compter du 1er avril 2024.", "2024-04-01"),
        ("Le présent contrat est conclu pour la période allant du 1er avril 2024 au 31 mars 2027.", "2024-04-01"),
        ("Le contrat s'étend du 1er avril 2024 jusqu'au 31 mars 2027 inclus.", "2024-04-01"),
        ("La fourniture débutera le 1er avril 2024 à 0 h et cessera le 31 mars 2027 à 24 h.", "2024-04-01"),
        ("Les garanties sont acquises à compter du 1er avril 2024 à 0 heure.", "2024-04-01"),
        ("Police souscrite avec prise d'effet au 01/04/2024.", "2024-04-01"),
        ("Le marché trouve à s'appliquer à compter du 1er avril 2024.", "2024-04-01"),
        ("L'exploitation est confiée au délégataire au 1er avril 2024 pour douze ans.", "2024-04-01"),
        ("La délégation prend effet au 1er avril 2024, ou à sa notification si elle est postérieure.", "2024-04-01"),
        ("La formation se déroule du 1er au 5 avril 2024.", "2024-04-01"),
        ("La session se tient les 2 et 3 avril 2024.", None),
        ("Le présent contrat sort ses effets au 1er avril 2024.", "2024-04-01"),
        ("Contrat n° 12 conclu le 12 mars 2024, effectif au 1er avril 2024.", "2024-04-01"),
        ("La première tournée est celle du lundi 1er avril 2024.", "2024-04-01"),
        ("L'accord a pris effet le 1er avril 2024.", "2024-04-01"),
        ("This Agreement is in force from 1 April 2024.", "2024-04-01"),
        ("The Term shall run from and including 1 April 2024 to and including 31 March 2027.", "2024-04-01"),
        ("Commencement Date: 1 April 2024", "2024-04-01"),
        ("\"Commencement Date\" means 1 April 2024;", "2024-04-01"),
        ("The Services shall be provided from 1 April 2024 for a period of three years.", "2024-04-01"),
        ("Supply begins on 1 April 2024 (the \"Start Date\") and goes on for thirty months.", "2024-04-01"),
        ("With effect from 1 April 2024, the Supplier shall provide the Services.", "2024-04-01"),
        ("The Employee's employment will begin on 1 April 2024.", "2024-04-01"),
        ("The lease term starts April 1, 2024 and ends March 31, 2027.", "2024-04-01"),
    ],
)  # fmt: skip
def test_the_first_day_told_otherwise(phrase: str, day: str | None) -> None:
    assert value(clause("Article 2 - Durée", phrase), "start_date") == day


_HAPPENED = {
    "livraison": "Le matériel a été livré le 8 avril 2024.",
    "réception des": "La réception a été prononcée le 6 mai 2024.",
    "de la réception": "Date de réception : 06/05/2024",
    "mise en service": "La mise en service a eu lieu le 3 juin 2024.",
}


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Le contrat prend effet ce jour.", "2024-03-12"),
        ("Le présent accord entre en vigueur à la date des présentes.", "2024-03-12"),
        ("Le présent accord prend effet au jour de sa conclusion.", "2024-03-12"),
        ("Il prend effet dès qu'il est signé par les deux parties.", "2024-03-12"),
        ("Le contrat entrera en vigueur lorsque les deux parties l'auront signé.", "2024-03-12"),
        ("La durée est de deux ans à compter de la signature des présentes.", "2024-03-12"),
        ("Deux ans à compter de la date à laquelle la dernière partie a signé.", "2024-03-12"),
        ("Il entre en vigueur à la date de sa dernière signature.", "2024-03-12"),
        ("Date d'effet : date de signature", "2024-03-12"),
        ("Date d'effet\tà la signature", "2024-03-12"),
        ("Le contrat prend effet le 1er du mois suivant la signature.", "2024-04-01"),
        ("Le contrat prend effet au premier jour du mois civil suivant celui de sa signature.", "2024-04-01"),
        ("Le contrat prend effet un mois après sa signature.", "2024-04-12"),
        ("Le contrat prend effet le 1er avril suivant la signature.", "2024-04-01"),
        ("Le contrat prend effet le 1er avril suivant sa signature pour trois ans.", "2024-04-01"),
        ("Le marché prend effet à sa date de notification au titulaire.", "2024-03-20"),
        ("Le marché court à compter de la date d'accusé de réception de sa notification.", "2024-03-20"),
        ("La notification du marché en fixe le point de départ ; sa durée est d'un an.", "2024-03-20"),
        ("Le marché est conclu pour une durée de 48 mois. Cette durée court à compter de la notification.",
         "2024-03-20"),
        ("La durée du marché se confond avec son délai d'exécution, soit 12 mois à compter de la notification.",
         "2024-03-20"),
        ("Le délai d'exécution part de la date de notification du marché.", "2024-03-20"),
        ("This Agreement shall come into effect on the date on which the last party signs it.", "2024-03-12"),
        ("This Agreement commences on the date of signature by the last of the parties to sign.", "2024-03-12"),
        ("This Agreement takes effect on the date hereof.", "2024-03-12"),
        ("This Agreement shall commence on the later of the date of signature and 1 April 2024.", "2024-04-01"),
        ("This Agreement starts on the earlier of the date of signature and 1 April 2024.", "2024-03-12"),
        ("Le contrat prend effet à la plus tardive des deux dates suivantes : sa signature ou le 1er avril 2024.",
         "2024-04-01"),
        ("Le contrat prend effet à la livraison du matériel.", "2024-04-08"),
        ("La location court à compter de la date de livraison du matériel.", "2024-04-08"),
        ("Le contrat de maintenance prend effet à compter de la réception des ouvrages.", "2024-05-06"),
        ("Le contrat prend effet au lendemain de la réception.", "2024-05-07"),
        ("L'abonnement commence à la mise en service.", "2024-06-03"),
    ],
)  # fmt: skip
def test_the_first_day_told_by_an_event(phrase: str, day: str) -> None:
    event = next((told for word, told in _HAPPENED.items() if word in phrase), "")
    after = "Fait à Lyon, le 12 mars 2024\nNotifié au titulaire le 20 mars 2024."
    found = known(clause("Article 2 - Durée", phrase, before=event, after=after)).best("start_date")
    assert found is not None and str(found.value) == day


@pytest.mark.parametrize(
    ("phrase", "length"),
    [
        ("Il est convenu d'un engagement de trois ans.", "P3Y"),
        ("Les parties s'engagent pour trois ans.", "P3Y"),
        ("L'engagement du client est de trois ans.", "P3Y"),
        ("Durée\t3 ans à compter de la signature", "P3Y"),
        ("Durée d'engagement minimale\t36 mois", "P36M"),
        ("Durée ferme : 36 mois", "P36M"),
        ("Trois ans, sauf résiliation anticipée.", "P3Y"),
        ("Le contrat est d'une durée de 3 ans.", "P3Y"),
        ("D'une durée de trois ans, le contrat prend effet à sa signature.", "P3Y"),
        ("Conclu pour trois ans, le contrat prend effet le 1er avril 2024.", "P3Y"),
        ("La durée de validité du présent accord-cadre est fixée à quatre (4) ans.", "P4Y"),
        ("La période initiale s'étend sur trente-six mois.", "P36M"),
        ("Le contrat vaut pour trois ans.", "P3Y"),
        ("La présente convention lie les parties pendant trois ans.", "P3Y"),
        ("Les présentes sont conclues pour une période ferme de trois ans.", "P3Y"),
        ("La location est faite pour trois, six ou neuf années entières et consécutives.", "P9Y"),
        ("Le bail est consenti pour une durée de 9 (neuf) ans.", "P9Y"),
        ("Le contrat aura une durée de dix-huit mois.", "P18M"),
        ("La durée du contrat sera de dix-huit mois.", "P18M"),
        ("Le contrat a une durée d'un an et demi.", "P1Y6M"),
        ("Les prestations s'étalent sur une durée de 8 mois.", "P8M"),
        ("Le présent marché dure un an.", "P1Y"),
        ("Le délai d'exécution du marché est de 14 semaines.", "P98D"),
        ("Le contrat est fait pour quatre années laitières.", "P4Y"),
        ("La durée de la présente délégation est de douze années.", "P12Y"),
        ("La délégation est accordée pour douze ans à compter du 1er avril 2024.", "P12Y"),
        ("La concession dure vingt (20) ans.", "P20Y"),
        ("L'accord-cadre est conclu pour une période initiale de 12 mois.", "P12M"),
        ("L'accord-cadre est conclu pour une période de 12 mois reconductible trois fois.", "P12M"),
        ("Le présent contrat est à durée déterminée : douze mois.", "P12M"),
        ("Le salarié est engagé pour une durée déterminée de six mois.", "P6M"),
        ("Le contrat est conclu pour deux campagnes, soit deux ans.", "P2Y"),
        ("Le contrat, dont la durée est de trois ans, prend effet à sa signature.", "P3Y"),
        ("L'accord-cadre est conclu pour une durée maximale de quatre ans.", "P4Y"),
        ("Les travaux sont exécutés dans un délai de 10 mois à compter de l'ordre de service.", "P10M"),
        ("Il prendra fin à l'expiration d'un délai de trois ans à compter de son entrée en vigueur.", "P3Y"),
        ("This Agreement has a term of three years.", "P3Y"),
        ("This Agreement has an initial term of thirty-six (36) months.", "P36M"),
        ("Term: three (3) years", "P3Y"),
        ("Supply begins on 1 May 2026 (the \"Start Date\") and goes on for thirty months.", "P30M"),
        ("The Subscription Term is twelve months from the Start Date.", "P12M"),
        ("The contract is let for a period of 3 years.", "P3Y"),
        ("The duration of the contract is two years.", "P2Y"),
        ("The lease is granted for ten years from 1 April 2024.", "P10Y"),
        ("a term of five (5) years commencing on the Commencement Date", "P5Y"),
        ("Unless terminated earlier, this Agreement lasts two years.", "P2Y"),
        ("The Services will be provided for three years.", "P3Y"),
    ],
)  # fmt: skip
def test_the_length_told_otherwise(phrase: str, length: str) -> None:
    assert value(clause("Article 2 - Durée", phrase), "duration") == length


@pytest.mark.parametrize(
    "phrase",
    [
        "Le titulaire dispose de cinq ans d'expérience dans le domaine.",
        "La période d'essai est de trois mois.",
        "L'action se prescrit par deux ans.",
        "Le délai de garantie est de douze mois à compter de la réception.",
        "Les données sont conservées pendant trois ans.",
        "Le rapport couvre les trois derniers mois.",
        "Il s'interdit toute concurrence pendant une durée de deux ans.",
        "En cas d'absence de plus de trois mois, le contrat peut être résilié.",
        "The records shall be kept for six years.",
        "The accounts of the last three years are handed over.",
    ],
)
def test_lengths_of_other_things(phrase: str) -> None:
    assert value(clause("Article 7 - Dispositions", phrase), "duration") is None


_START = "Le contrat prend effet le 1er avril 2024. "


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Il est conclu jusqu'au 31 mars 2027.", "2027-03-31"),
        ("Il vient à expiration le 31 mars 2027 à minuit.", "2027-03-31"),
        ("Il arrive à son terme le 31 mars 2027.", "2027-03-31"),
        ("Il se termine au 31 mars 2027.", "2027-03-31"),
        ("Son terme est le 31 mars 2027.", "2027-03-31"),
        ("Son terme est fixé au 31 mars 2027.", "2027-03-31"),
        ("Le terme en est fixé au 31 mars 2027.", "2027-03-31"),
        ("Il prendra fin de plein droit, sans formalité, le 31 mars 2027.", "2027-03-31"),
        ("La fin du contrat est prévue le 31 mars 2027.", "2027-03-31"),
        ("Fin : 31/03/2027", "2027-03-31"),
        ("Date d'échéance : 31/03/2027", "2027-03-31"),
        ("Échéance du contrat\t31/03/2027", "2027-03-31"),
        ("Terme du contrat : 31 mars 2027", "2027-03-31"),
        ("Il reste en vigueur jusqu'au 31 mars 2027 inclus.", "2027-03-31"),
        ("Il produit ses effets jusqu'au 31 mars 2027.", "2027-03-31"),
        ("Le 31 mars 2027, le contrat prend fin.", "2027-03-31"),
        ("Il s'achève fin mars 2027.", "2027-03-31"),
        ("Il expire à la fin du mois de mars 2027.", "2027-03-31"),
        ("Il court jusqu'en mars 2027.", "2027-03-31"),
        ("Il est conclu pour trois ans.", "2027-03-31"),
        ("Sa durée est de 36 mois.", "2027-03-31"),
        ("Il expirera le 31 mars 2027, à 24 heures.", "2027-03-31"),
        ("Les effets du contrat cesseront le 31 mars 2027.", "2027-03-31"),
        ("Son échéance intervient le 31 mars 2027.", "2027-03-31"),
        ("L'échéance est au 31 mars 2027.", "2027-03-31"),
        ("Il est valable jusqu'au 31 mars 2027.", "2027-03-31"),
        ("It remains in force until and including 31 March 2027.", "2027-03-31"),
        ("The Expiry Date is 31 March 2027.", "2027-03-31"),
        ("It comes to an end on 31 March 2027.", "2027-03-31"),
        ("The last day of the term is 31 March 2027.", "2027-03-31"),
        ("It shall expire at midnight on 31 March 2027.", "2027-03-31"),
        ("End date: 31 March 2027", "2027-03-31"),
    ],
)  # fmt: skip
def test_the_last_day_told_otherwise(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Durée", _START + "\n" + phrase), "end_date") == day


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("Établi en deux exemplaires à Lyon, le 12 mars 2024", "2024-03-12"),
        ("En foi de quoi, les parties ont signé à Lyon le 12 mars 2024.", "2024-03-12"),
        ("Dont acte, fait et passé à Lyon, le 12 mars 2024.", "2024-03-12"),
        ("Signature du client, le 12 mars 2024", "2024-03-12"),
        ("Fait à Lyon\nLe 12/03/2024", "2024-03-12"),
        ("Fait à : Lyon\tLe : 12/03/2024", "2024-03-12"),
        ("A Lyon le 10 mars 2024 (le Client)\nA Paris le 12 mars 2024 (le Prestataire)", "2024-03-12"),
        ("Pour le transporteur, à La Cavalerie, le 12 mars 2024", "2024-03-12"),
        ("Pour la coopérative, Millau, le 12 mars 2024", "2024-03-12"),
        ("Lu et approuvé, bon pour accord, Lyon, 12/03/2024", "2024-03-12"),
        ("Signé par voie électronique le 12 mars 2024 à 14 h 32", "2024-03-12"),
        ("Fait en trois originaux le 12 mars 2024 à Lyon", "2024-03-12"),
        ("Document signé électroniquement – 12/03/2024 14:32 – Jean Petit", "2024-03-12"),
        ("Le présent contrat a été signé par les deux parties le 12 mars 2024.", "2024-03-12"),
        ("L'acheteur\nÀ Lyon, le 12 mars 2024\nSignature", "2024-03-12"),
        ("Date de signature\t12/03/2024", "2024-03-12"),
        ("Signé par l'acheteur\t3 mars 2024\nSigné par le titulaire\t12 mars 2024", "2024-03-12"),
        ("Date et signature du représentant\t12 mars 2024", "2024-03-12"),
        ("SIGNED by Philippa Garside, director, for Alpha Ltd on 12 March 2024", "2024-03-12"),
        ("Executed as an agreement on 12 March 2024", "2024-03-12"),
        ("Signature: J. Smith    Date: 12 March 2024", "2024-03-12"),
        ("IN WITNESS WHEREOF the parties have signed this Agreement on 12 March 2024.", "2024-03-12"),
    ],
)  # fmt: skip
def test_the_signature_told_otherwise(phrase: str, day: str) -> None:
    assert value(clause("Article 2 - Prix", "Le prix est ferme.", after=phrase), "signature_date") == day


def test_the_length_between_two_days_told() -> None:
    told = "Le contrat prend effet le 1er mars 2024 et demeure en vigueur jusqu'au 28 février 2027."
    found = known(clause("Article 2 - Durée", told)).best("duration")
    assert found is not None and (str(found.value), found.basis) == ("P3Y", "2024-03-01 to 2027-02-28")
    assert value(clause("Article 2 - Durée", told, before="Acte modificatif n° 2"), "duration") is None


def test_articles_without_numbers_are_no_cover() -> None:
    text = "\n".join((
        "COLLECTE ET TRANSPORT",
        "COMBIEN DE TEMPS",
        "L'accord est fait pour quatre ans. La première tournée est celle du samedi 1er avril 2023.",
        "Ensuite il repart d'année en année, sept ans au total. Qui veut arrêter le dit quatre mois avant la fin.",
    ))  # fmt: skip
    found = known(text)
    told = [
        str(found.value(f)) for f in ("start_date", "end_date", "renewal.kind", "renewal.max_count", "notice_period")
    ]
    assert told == ["2023-04-01", "2027-03-31", "tacit", "3", "P4M"]


@pytest.mark.parametrize(
    ("cover", "day"),
    [("DATED 12 February 2024", "2024-02-12"), ("Date of this Agreement: 12 February 2024", "2024-02-12")],
)
def test_the_day_on_an_english_cover(cover: str, day: str) -> None:
    fees = "From 1 March 2025, and on each 1 March thereafter, they move in line with the index."
    assert value(clause("2. Fees", fees, before=cover), "signature_date") == day


def test_a_trial_period_is_not_the_renewal() -> None:
    told = "La période d'essai est de quatre mois, susceptible d'être renouvelée une fois par accord écrit."
    assert value(clause("Article 2 - Essai", told), "renewal.kind") is None
