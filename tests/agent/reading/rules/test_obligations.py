"""Given this clause between these parties, these obligations, by whom and when."""

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

SUPPLIER, CLIENT = "Netisol Propreté", "Clinique des Lilas"
PARTIES = (Party(name=SUPPLIER, role="supplier"), Party(name=CLIENT, role="client"))
LEASE = (Party(name="SCI du Clos", role="landlord"), Party(name="Imagerie Dufour", role="tenant"))
ENGLISH = (Party(name="Acme Ltd", role="client"), Party(name="Northwind Inc.", role="supplier"))


def read(*drafts: Draft | str, parties: tuple[Party, ...] = PARTIES, language: str = "fr") -> list[Obligation]:
    blocks = [Draft("paragraph", draft) if isinstance(draft, str) else draft for draft in drafts]
    dossier = Dossier((assemble("c.txt", b"", "text/plain", blocks),))
    known = Known((), [Candidate("language", language, (), 1, "test")])
    for party in parties:
        known.add(Candidate("parties", party, (), 1, "test"))
    found = tuple(obligations.read(view(dossier), known))
    return [fact.value for fact in reconcile(dossier, {"rules": found}).facts]


def only(*drafts: Draft | str, parties: tuple[Party, ...] = PARTIES, language: str = "fr") -> Obligation:
    (found,) = read(*drafts, parties=parties, language=language)
    return found


def every(length: str, month_day: str | None = None) -> Every:
    return Every(every=Duration.parse(length), month_day=month_day)


@pytest.mark.parametrize(
    ("sentence", "debtor", "due"),
    [
        ("Le Prestataire remet à la Clinique un rapport d'activité chaque trimestre.", SUPPLIER, every("P3M")),
        ("Un bilan annuel est présenté par le Prestataire avant le 31 mars.", SUPPLIER, every("P1Y", "03-31")),
        ("Le planning est transmis au Prestataire le 20 de chaque mois.", CLIENT, every("P1M")),
        ("Une réunion de suivi est organisée par le Client deux fois par an.", CLIENT, every("P6M")),
        ("Le Titulaire est tenu de produire tous les six mois l'attestation de vigilance.", SUPPLIER, every("P6M")),
        ("Nous vous adressons le relevé mensuel le 5 de chaque mois.", SUPPLIER, every("P1M")),
        ("Vous nous transmettez vos comptes annuels certifiés pour le 30 juin.", CLIENT, every("P1Y", "06-30")),
        ("Tout incident vous est notifié par nos soins sous vingt-quatre heures.", SUPPLIER, None),
        ("Le Client remet les plans des locaux au plus tard le 15 mai 2025.", CLIENT, OnDate(date=date(2025, 5, 15))),
    ],
)  # fmt: skip
def test_who_owes_what_and_when(sentence: str, debtor: str, due: DueRule | None) -> None:
    obligation = only(sentence)
    assert obligation.debtor == debtor
    assert due is None or obligation.due == due
    assert obligation.quote == sentence


def test_an_offset_names_its_event_in_the_contracts_words() -> None:
    obligation = only("Dans les huit jours de la notification, le Prestataire dépose copie de l'agrément sanitaire.")
    assert obligation.due == FromEvent(event="notification", offset=Duration(days=8))
    assert obligation.action == "déposer copie de l'agrément sanitaire"
    assert obligation.document == "copie de l'agrément sanitaire"


def test_a_pronoun_stands_for_whoever_acted_last() -> None:
    found = read("Le Preneur assure les locaux. Il en justifie avant le 31 janvier par une attestation.", parties=LEASE)
    assert [(o.debtor, o.due) for o in found] == [("Imagerie Dufour", every("P1Y", "01-31"))]


def test_a_proof_counts_without_a_day() -> None:
    obligation = only("Le Prestataire fournit une attestation d'assurance de responsabilité civile.")
    assert obligation.due is None and obligation.debtor == SUPPLIER


@pytest.mark.parametrize(
    "sentence",
    [
        "Le Client règle les factures sous trente jours.",
        "Le Client peut demander un rapport chaque mois.",
        "Le Prestataire nettoie les bureaux chaque jour.",
        "Le contrat est dénoncé par lettre recommandée trois mois avant son échéance.",
        "Le Prestataire intervient sous quatre heures.",
        "L'indice, publié le 19 mars 2021, est donné pour mémoire dans le rapport.",
        "La Clinique, association déclarée à la préfecture le 3 juin 1958, SIREN 775 699 238, ci-après le Client.",
        "Le Prestataire fournit les produits et le matériel.",
        "Le Client n'est pas tenu de remettre un rapport chaque mois.",
    ],
)
def test_prices_rights_services_notices_and_facts_are_none(sentence: str) -> None:
    assert read(sentence) == []


def test_a_table_of_deliverables_gives_one_a_row_with_its_cells_as_proof() -> None:
    heads = ("Qui", "Quoi", "Quand")
    rows = (
        "Prestataire\tRapport mensuel d'activité\tavant le 5 du mois suivant",
        "Client\tListe des personnes à prévenir\tchaque année, le 1er septembre",
        "Prestataire\tPlan de prévention\thuit jours avant la première vacation",
    )
    table = [Draft("table_row", row, heads=heads, table=1) for row in rows]
    found = read(Draft("heading", "7. Livrables", level=1), *table)
    assert [(o.debtor, o.due, o.quote) for o in found] == [
        (SUPPLIER, every("P1M"), "Rapport mensuel d'activité"),
        (CLIENT, every("P1Y", "09-01"), "Liste des personnes à prévenir"),
        (SUPPLIER, FromEvent(event="première vacation", offset=Duration(days=8, negative=True)), "Plan de prévention"),
    ]  # fmt: skip


def test_a_table_of_penalties_or_of_dated_papers_gives_none() -> None:
    penalties = Draft(
        "table_row", "Rapport\t80 € par jour", heads=("Manquement", "Retenue par jour de retard"), table=1
    )
    papers = Draft("table_row", "Diagnostic énergétique\t6 octobre 2020", heads=("Document", "Date"), table=2)
    assert read("Annexes", penalties, papers) == []


def test_the_items_of_a_list_take_debtor_and_verb_from_its_opening_line() -> None:
    found = read(
        "Le Prestataire remet à la Clinique :",
        Draft("list_item", "- un rapport d'activité, chaque mois ;"),
        Draft("list_item", "- l'attestation de vigilance, tous les six mois."),
    )
    assert [(o.debtor, o.due) for o in found] == [(SUPPLIER, every("P1M")), (SUPPLIER, every("P6M"))]


def test_infinitives_in_a_list_belong_to_whom_the_opening_line_names() -> None:
    found = read(
        "Le Client s'engage à :",
        Draft("list_item", "- transmettre chaque semestre la liste des patients ;"),
    )
    assert [(o.debtor, o.due) for o in found] == [(CLIENT, every("P6M"))]


@pytest.mark.parametrize(
    ("sentence", "debtor", "due"),
    [
        ("Supplier shall deliver a written report within ten (10) days after each audit.", "Northwind Inc.", "P10D"),
        ("The Customer shall provide the site plans at least 30 days before the start date.", "Acme Ltd", "-P30D"),
        ("The minutes are circulated by the Supplier within five days of the meeting.", "Northwind Inc.", "P5D"),
    ],
)
def test_english_duties(sentence: str, debtor: str, due: str) -> None:
    obligation = only(sentence, parties=ENGLISH, language="en")
    assert obligation.debtor == debtor
    assert isinstance(obligation.due, FromEvent) and str(obligation.due.offset) == due


def test_cover_that_must_be_kept_counts_without_a_day() -> None:
    obligation = only(
        "Supplier shall maintain commercial general liability insurance throughout the term.",
        parties=ENGLISH,
        language="en",
    )
    assert obligation.debtor == "Northwind Inc." and obligation.due is None


def test_where_only_one_side_is_named_the_other_goes_by_its_role() -> None:
    obligation = only(
        "Le titulaire transmet à l'acheteur un bilan carbone chaque année.",
        parties=(Party(name="Grand Port", role="client"),),
    )
    assert obligation.debtor == "Titulaire"
