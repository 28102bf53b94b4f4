"""One duty in many drafters' words: nominal, passive, impersonal, listed, over two sentences, English modals."""

from __future__ import annotations

from datetime import date

import pytest

from agent.documents.pages import Draft, assemble
from agent.reading.reader import Candidate, Dossier
from agent.reading.reconcile import reconcile
from agent.reading.rules import obligations
from agent.reading.rules.known import Known
from agent.reading.structure import view
from portfolio.schema import Obligation, Party
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate

S, C = "Netisol Propreté", "Clinique des Lilas"
L, T = "SCI du Clos", "Imagerie Dufour"
SERVICE = (Party(name=S, role="supplier"), Party(name=C, role="client"))
LEASE = (Party(name=L, role="landlord"), Party(name=T, role="tenant"))
A, N = "Acme Ltd", "Northwind Inc."
ENGLISH = (Party(name=A, role="client"), Party(name=N, role="supplier"))
STAFF = (Party(name="Sarl Vidal", role="employer"), Party(name="Paul Roche", role="employee"))
NO_HEADING = ""


def read(
    sentence: str | tuple[str, ...], parties: tuple[Party, ...], language: str, heading: str = NO_HEADING
) -> list[Obligation]:
    texts = (sentence,) if isinstance(sentence, str) else sentence
    blocks = [Draft("heading", heading, level=1)] if heading else []
    blocks += [Draft("list_item" if text.startswith("- ") else "paragraph", text) for text in texts]
    dossier = Dossier((assemble("c.txt", b"", "text/plain", blocks),))
    known = Known((), [Candidate("language", language, (), 1, "test")])
    for party in parties:
        known.add(Candidate("parties", party, (), 1, "test"))
    found = tuple(obligations.read(view(dossier), known))
    return [fact.value for fact in reconcile(dossier, {"rules": found}).facts]


def every(length: str, month_day: str | None = None) -> Every:
    return Every(every=Duration.parse(length), month_day=month_day)


def on(year: int, month: int, day: int) -> OnDate:
    return OnDate(date=date(year, month, day))


def offset(rule: DueRule | None) -> Duration | None:
    return rule.offset if isinstance(rule, FromEvent) else None


def within(text: str) -> str:
    return text


FRENCH = [
    # nominal
    ("Remise du rapport annuel par le Titulaire : 31 mars de chaque année.", S, every("P1Y", "03-31")),
    ("Transmission mensuelle par le Prestataire du tableau de bord des interventions.", S, every("P1M")),
    ("Production par le Titulaire de l'attestation de vigilance : tous les six mois.", S, every("P6M")),
    ("Organisation d'une réunion de bilan : une fois par an, par le Client.", C, every("P1Y")),
    # impersonal
    (
        "Il appartient au Client de communiquer la liste des personnes habilitées avant le 1er septembre 2025.",
        C,
        on(2025, 9, 1),
    ),
    ("Il incombe au Prestataire de tenir à jour le registre de sécurité chaque trimestre.", S, every("P3M")),
    ("Il revient au Titulaire d'établir un plan de progrès dans les deux mois de la notification.", S, "P2M"),
    ("Obligation est faite au Prestataire de fournir un bilan carbone tous les ans.", S, every("P1Y")),
    (
        "Le Client a la charge de transmettre le calendrier des fermetures avant le 30 juin de chaque année.",
        C,
        every("P1Y", "06-30"),
    ),
    (
        "La remise d'un mémoire technique actualisé incombe au Titulaire avant le 15 novembre de chaque année.",
        S,
        every("P1Y", "11-15"),
    ),
    ("La tenue d'un comité de pilotage semestriel est à la charge du Prestataire.", S, every("P6M")),
    # verbs of duty with any deed
    ("Le Prestataire est tenu de faire réviser son autolaveuse avant le 30 avril 2026.", S, on(2026, 4, 30)),
    ("Le Client s'oblige à poser un portail automatique avant le 30 juin 2025.", C, on(2025, 6, 30)),
    (
        "Le Titulaire veille à ce que les habilitations soient renouvelées avant le 31 décembre de chaque année.",
        S,
        every("P1Y", "12-31"),
    ),
    (
        "Le Prestataire doit justifier, à la signature puis tous les six mois, de la "
        "régularité de sa situation sociale.",
        S,
        every("P6M"),
    ),
    (
        "Le Prestataire souscrira une assurance de responsabilité civile et en produira "
        "l'attestation au 1er janvier de chaque année.",
        S,
        every("P1Y", "01-01"),
    ),
    # verbs less listed
    ("Le Prestataire fait tenir au Client, au plus tard le 10 de chaque mois, le relevé des heures.", S, every("P1M")),
    ("Le Titulaire verse au dossier, dans les quinze jours de la mise en service, les plans de récolement.", S, "P15D"),
    ("Le Titulaire joint à sa facture de décembre le bilan annuel des déchets, chaque année.", S, every("P1Y")),
    ("Le Client fait passer chaque trimestre au Prestataire le bilan qualité.", C, every("P3M")),
    ("Le Client donne la liste à jour des chambres le 25 de chaque mois.", C, every("P1M")),
    ("Le Prestataire affiche chaque mois les résultats des contrôles.", S, every("P1M")),
    ("Le Prestataire partage chaque semestre une feuille de route.", S, every("P6M")),
    ("Le Titulaire invite le Client à une revue de contrat chaque semestre.", S, every("P6M")),
    ("Le Titulaire tient un registre des accès et le remet au Client chaque mois.", S, every("P1M")),
    (
        "Le Prestataire enverra au Client, dans les 8 jours suivant chaque visite, un compte rendu d'intervention.",
        S,
        "P8D",
    ),
    # passive without agent; the receiver tells
    ("Toute absence est signalée au Client dans les deux heures.", S, "PT2H"),
    ("VII.2 Toute fuite est signalée par écrit au Client dans les vingt-quatre heures de sa découverte.", S, "PT24H"),
    ("Le plan de prévention doit être communiqué au Prestataire avant le 15 mai 2025.", C, on(2025, 5, 15)),
    ("Une attestation d'assurance sera adressée au Client à chaque échéance annuelle.", S, None),
    ("Les fiches de données de sécurité devront être tenues à la disposition du Client.", None, None),
    ("Un sinistre se déclare au Client sous cinq jours ouvrés.", S, "P5D"),
    ("Son rapport parvient au Client dans les quarante jours de la visite.", S, "P40D"),
    # order
    (
        "Au plus tard le 28 février de chaque année, et sans qu'il soit besoin d'une "
        "demande, le Titulaire adresse au Client le bilan social.",
        S,
        every("P1Y", "02-28"),
    ),
    (
        "Chaque année, avant le 1er mars, est remis au Client par le Prestataire le compte d'exploitation.",
        S,
        every("P1Y", "03-01"),
    ),
    ("C'est au Client qu'il revient de réunir le comité de suivi, deux fois par an.", C, every("P6M")),
    (
        "Le Titulaire s'engage, dans un délai de trente (30) jours à compter de la "
        "notification du marché, à remettre le plan d'assurance qualité.",
        S,
        "P30D",
    ),
    (
        "Dans un délai de 15 jours calendaires à compter de la réception du bon de "
        "commande, le Titulaire transmet un planning détaillé.",
        S,
        "P15D",
    ),
    ("Les parties se réunissent chaque trimestre à l'initiative du Titulaire.", S, every("P3M")),
    ("Une réunion de lancement se tient, à l'initiative du Client, dans les dix jours de la signature.", C, "P10D"),
    ("A réception de la notification, le Titulaire dispose de 8 jours pour remettre la liste du personnel.", S, "P8D"),
    (
        "Le Titulaire dispose d'un délai de dix jours à compter de la notification pour désigner son représentant.",
        S,
        "P10D",
    ),
    ("Le Titulaire ne remet aucun document.", None, None),
]


@pytest.mark.parametrize(("sentence", "debtor", "due"), FRENCH)
def test_a_french_duty(sentence: str, debtor: str | None, due: DueRule | str | None) -> None:
    _is(read(sentence, SERVICE, "fr"), debtor, due)


def _is(found: list[Obligation], debtor: str | None, due: DueRule | str | None) -> None:
    if debtor is None:
        assert not found
        return
    (obligation,) = found
    assert obligation.debtor == debtor
    if isinstance(due, str):
        assert offset(obligation.due) == Duration.parse(due)
    elif due is not None:
        assert obligation.due == due


ENGLISH_DUTIES = [
    ("Supplier undertakes to deliver to Client a monthly service report.", N, every("P1M")),
    ("The Client must provide the Supplier with a rolling forecast by the 20th of each month.", A, every("P1M")),
    ("By 31 January in every year the Supplier will provide an updated specification.", N, every("P1Y", "01-31")),
    ("The Supplier is responsible for submitting a carbon statement annually by 30 June.", N, every("P1Y", "06-30")),
    ("It shall be the Supplier's responsibility to deliver quarterly access logs to the Client.", N, every("P3M")),
    ("Within 45 days after termination the Client shall buy the stock of packaging held for it.", A, "P45D"),
    ("The Supplier's audit report shall reach the Client within one month after the visit.", N, "P1M"),
    ("A certificate of insurance is to be delivered to the Client by the Supplier at each renewal.", N, None),
    ("The Supplier shall cause its auditors to issue a SOC 2 report each year.", N, every("P1Y")),
    ("The Supplier shall keep the Client informed quarterly of any change in its personnel.", N, every("P3M")),
    ("Account managers meet every quarter, at the Supplier's invitation, to go over service.", N, every("P3M")),
    ("The Supplier shall ensure that a business continuity test is carried out at least once a year.", N, every("P1Y")),
    ("No later than 60 days before the expiry of the term, the Supplier shall provide an exit plan.", N, "-P60D"),
    ("The Client shall appoint a contract manager within ten days of the Effective Date.", A, "P10D"),
    (
        "The Supplier shall, within two (2) Business Days of becoming aware of it, "
        "notify the Client of any security incident.",
        N,
        "P2D",
    ),
    ("The Supplier shall respond to each incident within four hours.", None, None),
]


@pytest.mark.parametrize(("sentence", "debtor", "due"), ENGLISH_DUTIES)
def test_an_english_duty(sentence: str, debtor: str | None, due: DueRule | str | None) -> None:
    _is(read(sentence, ENGLISH, "en"), debtor, due)


LISTS: list[tuple[tuple[str, ...], list[tuple[str, DueRule]]]] = [
    (
        (
            "Le Titulaire remet au Client :",
            "1. la copie de son agrément sanitaire, avant le 31 janvier de chaque année ;",
            "2. le certificat de jaugeage de chaque cuve, tous les deux ans ;",
            "3. l'état des litres du mois, le 8 du mois suivant.",
        ),
        [(S, every("P1Y", "01-31")), (S, every("P2Y")), (S, every("P1M"))],
    ),
    (
        (
            "De son côté, le Client :",
            "- donne la liste des sites le 25 de chaque mois ;",
            "- fait passer chaque trimestre le bilan qualité ;",
        ),
        [(C, every("P1M")), (C, every("P3M"))],
    ),
    (
        (
            "Documents à remettre par le Prestataire :",
            "- planning annuel : avant le 15 décembre de chaque année",
            "- attestation d'assurance : chaque année en janvier",
        ),
        [(S, every("P1Y", "12-15")), (S, every("P1Y"))],
    ),
    (
        (
            "Sont à la charge du Client :",
            "- la communication du calendrier des congés, avant le 1er mai de chaque année ;",
        ),
        [(C, every("P1Y", "05-01"))],
    ),
    (
        (
            "Le Prestataire s'engage à :",
            "- former son personnel avant le 30 juin 2025 ;",
            "- transmettre chaque mois un relevé d'activité.",
        ),
        [(S, on(2025, 6, 30)), (S, every("P1M"))],
    ),
    (
        (
            "Au titre du suivi, le Titulaire est chargé des livrables suivants :",
            "- rapport d'activité semestriel",
            "- note de synthèse, au plus tard le 30 novembre de chaque année",
        ),
        [(S, every("P6M")), (S, every("P1Y", "11-30"))],
    ),
]


@pytest.mark.parametrize(("texts", "expected"), LISTS)
def test_a_list_of_duties(texts: tuple[str, ...], expected: list[tuple[str, DueRule]]) -> None:
    assert [(o.debtor, o.due) for o in read(texts, SERVICE, "fr")] == expected


def test_an_english_list_of_duties() -> None:
    texts = (
        "The Supplier shall give the Client:",
        "- a copy of its current certification, within 14 days of each renewal;",
        "- the results of its monitoring plan, twice a year; and",
        "- a footprint statement, annually by 30 June.",
    )
    found = read(texts, ENGLISH, "en")
    assert [o.debtor for o in found] == [N, N, N]
    assert [o.due for o in found[1:]] == [every("P6M"), every("P1Y", "06-30")]
    assert offset(found[0].due) == Duration(days=14)


def test_a_duty_over_two_sentences() -> None:
    found = read(
        "Le Titulaire établit un rapport annuel d'activité. Ce rapport est remis avant le 1er mars.", SERVICE, "fr"
    )
    assert [(o.debtor, o.due) for o in found if isinstance(o.due, Every)] == [(S, every("P1Y", "03-01"))] or (
        S,
        every("P1Y", "03-01"),
    ) in [(o.debtor, o.due) for o in found]


def test_duties_after_recitals_count() -> None:
    texts = ("Le Bailleur est propriétaire.", "Cela exposé, il est convenu ce qui suit.", "Charges",
             "Le Bailleur adresse au Preneur l'état des charges avant le 30 septembre de chaque année.")  # fmt: skip
    assert [(o.debtor, o.due) for o in read(texts, LEASE, "fr", "Exposé")] == [(L, every("P1Y", "09-30"))]


@pytest.mark.parametrize(
    ("heading", "sentence", "debtor", "parties"),
    [
        ("Obligations du Preneur", "Remettre avant le 31 janvier de chaque année l'attestation d'assurance.", T, LEASE),
        ("Engagements du Bailleur", "Il communique l'état des charges avant le 30 juin de chaque année.", L, LEASE),
        ("Ce que fait la clinique", "Elle transmet le planning des blocs le 20 de chaque mois.", C, SERVICE),
        ("Obligations du salarié", "Il remet un rapport d'activité chaque trimestre.", "Paul Roche", STAFF),
        ("Ce que j'attends de vous", "Vous me remettez un rapport chaque trimestre.", C, SERVICE),
    ],
)
def test_a_heading_tells_who_acts(heading: str, sentence: str, debtor: str, parties: tuple[Party, ...]) -> None:
    assert [o.debtor for o in read(sentence, parties, "fr", heading)] == [debtor]


@pytest.mark.parametrize(
    "sentence",
    [
        "Le Prestataire doit intervenir dans les quatre heures de l'appel.",
        "Le Prestataire doit remplacer la pièce dans les deux jours de la panne.",
        "Le Client doit payer dans les trente jours de la facture.",
        "Le Prestataire doit respecter la réglementation applicable pendant trois mois.",
        "Les prix sont révisés le 1er janvier de chaque année par application de la formule.",
        "Le Client fournit l'eau et l'électricité nécessaires, dans la limite de 3 % d'appoint annuel.",
        "Le Prestataire peut proposer chaque année une nouvelle offre.",
        "Le Prestataire doit conserver les documents pendant cinq ans après la fin du contrat.",
        "Les locaux sont nettoyés tous les jours par le Prestataire.",
        "Le marché a été notifié le 4 mars 2024 au Titulaire.",
        "Le loyer est payable d'avance, le premier jour de chaque mois.",
        "Le contrat est conclu pour trois ans et se renouvelle chaque année.",
    ],
)
def test_no_duty(sentence: str) -> None:
    assert read(sentence, SERVICE, "fr") == []
