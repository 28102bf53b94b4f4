"""Governing law, court and early end: what clauses say, and what they do not."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from agent.documents.pages import Draft, assemble
from agent.reading.reader import Candidate, Dossier
from agent.reading.reconcile import reconcile
from agent.reading.rules import law, termination
from agent.reading.rules.known import Known
from agent.reading.structure import view


def read(module: ModuleType, field: str, *drafts: Draft | str, language: str = "fr") -> Any:
    blocks = [Draft("paragraph", draft) if isinstance(draft, str) else draft for draft in drafts]
    dossier = Dossier((assemble("c.txt", b"", "text/plain", blocks),))
    known = Known((), [Candidate("language", language, (), 1, "test")])
    facts = reconcile(dossier, {"rules": tuple(module.read(view(dossier), known))}).facts
    return next((fact.value for fact in facts if fact.field == field), None)


def heading(text: str) -> Draft:
    return Draft("heading", text, level=1)


@pytest.mark.parametrize(
    ("sentence", "code", "language"),
    [
        ("Le présent contrat est régi par le droit français.", "FR", "fr"),
        ("Loi française.", "FR", "fr"),
        ("Le contrat est soumis au droit belge.", "BE", "fr"),
        ("La loi applicable est la loi suisse.", "CH", "fr"),
        ("This Agreement shall be governed by the laws of the State of New York.", "US-NY", "en"),
        ("This Agreement is governed by and construed in accordance with the laws of England and Wales.", "GB", "en"),
        ("The law of the Federal Republic of Germany governs, its conflict rules being excluded.", "DE", "en"),
        ("It shall be construed in accordance with the laws of the Province of Ontario, Canada.", "CA-ON", "en"),
        ("It is governed by the laws of the United States and the State of Florida.", "US-FL", "en"),
        ("The laws of the State of Texas govern all matters arising out of this Agreement.", "US-TX", "en"),
        ("Acme Ltd is a company organized and existing under the laws of Delaware.", None, "en"),
        ("Le Titulaire respecte la réglementation en vigueur.", None, "fr"),
    ],
)
def test_governing_law(sentence: str, code: str | None, language: str) -> None:
    assert read(law, "governing_law", sentence, language=language) == code


@pytest.mark.parametrize(
    ("sentence", "court", "language"),
    [
        ("Tout litige relève du tribunal administratif de Pau.", "tribunal administratif de Pau", "fr"),
        ("Compétence est donnée au tribunal de commerce de La Roche-sur-Yon.",
         "tribunal de commerce de La Roche-sur-Yon", "fr"),
        ("Tribunal de commerce d'Angers.", "Tribunal de commerce d'Angers", "fr"),
        ("Les litiges sont portés devant les tribunaux compétents.", None, "fr"),
        ("La société est immatriculée au greffe du tribunal de commerce de Lyon.", None, "fr"),
        ("Any dispute shall be submitted to the courts of Paris.", "courts of Paris", "en"),
        ("Disputes are settled by the American Arbitration Association.", "American Arbitration Association", "en"),
    ],
)  # fmt: skip
def test_jurisdiction(sentence: str, court: str | None, language: str) -> None:
    assert read(law, "jurisdiction", sentence, language=language) == court


def test_the_particular_conditions_go_before_the_general_ones() -> None:
    particular = (heading("CONDITIONS PARTICULIÈRES"), "Tout litige est porté devant le tribunal de commerce d'Angers.")
    general = (heading("CONDITIONS GÉNÉRALES"), "Tout litige est porté devant le tribunal de commerce de Nantes.")
    for drafts in ((*particular, *general), (*general, *particular)):
        assert read(law, "jurisdiction", *drafts) == "tribunal de commerce d'Angers"


def test_termination_gathers_the_grounds_and_leaves_out_what_follows() -> None:
    value = read(
        termination,
        "termination",
        heading("12. Résiliation"),
        "12.1 Chaque partie peut résilier le contrat quinze jours après une mise en demeure restée sans effet, "
        "notamment en cas de travail dissimulé.",
        "12.2 Le Client peut résilier sans motif moyennant un préavis de six mois.",
        "Après la résiliation, le Prestataire établit un décompte.",
    )
    assert value == (
        "Chaque partie peut résilier le contrat quinze jours après une mise en demeure restée sans effet. "
        "Le Client peut résilier sans motif moyennant un préavis de six mois."
    )


def test_the_clause_on_termination_speaks_before_others() -> None:
    value = read(
        termination,
        "termination",
        heading("4. Prix"),
        "Le Client peut résilier de plein droit, sans motif, après mise en demeure, si la hausse passe 8 %.",
        heading("9. Rupture"),
        "Le Client peut résilier pour faute dix jours après une mise en demeure.",
        "Le Prestataire peut résilier après deux factures impayées.",
    )
    assert value == (
        "Le Client peut résilier pour faute dix jours après une mise en demeure. "
        "Le Prestataire peut résilier après deux factures impayées."
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Chacun peut interrompre la mission avec un préavis de trente jours.",
        "Le Client peut mettre un terme à l'abonnement à tout moment, avec un mois de préavis.",
        "Either of us may stop the services on two months' notice.",
    ],
)
def test_other_words_for_ending(sentence: str) -> None:
    assert read(termination, "termination", heading("9. Séparation"), sentence) == sentence


def test_data_given_back_are_no_early_end() -> None:
    found = read(
        termination, "termination", heading("8. Fin du contrat"), "Nous rendons vos données à la fin du contrat."
    )
    assert found is None


def test_renewal_and_refusals_are_no_early_end() -> None:
    assert read(termination, "termination", "Le contrat se renouvelle par tacite reconduction sauf préavis.") is None
    assert read(termination, "termination", "Le Client ne peut pas résilier le contrat avant son terme.") is None


@pytest.mark.parametrize(
    ("sentence", "code", "language"),
    [
        ("Le bail obéit à la loi française, en particulier au statut des baux commerciaux.", "FR", "fr"),
        ("Les présentes relèvent exclusivement du droit français.", "FR", "fr"),
        ("Droit applicable : droit français.", "FR", "fr"),
        ("La convention est régie et interprétée selon le droit luxembourgeois.", "LU", "fr"),
        ("English law governs this Agreement.", "GB", "en"),
        ("The construction and validity of this Agreement are subject to the laws of Ireland.", "IE", "en"),
        ("This contract and any dispute arising from it shall be governed by French law.", "FR", "en"),
    ],
)
def test_governing_law_in_other_words(sentence: str, code: str, language: str) -> None:
    assert read(law, "governing_law", sentence, language=language) == code


@pytest.mark.parametrize(
    ("sentence", "court", "language"),
    [
        ("Les différends vont au tribunal judiciaire de Dijon, exclusivement.", "tribunal judiciaire de Dijon", "fr"),
        ("À défaut d'accord amiable, le tribunal administratif de Lille est seul compétent.",
         "tribunal administratif de Lille", "fr"),
        ("On essaie de s'entendre ; sinon c'est le tribunal de commerce de Rodez.",
         "tribunal de commerce de Rodez", "fr"),
        ("Toute contestation née du bail ressortit au tribunal judiciaire de Rodez.",
         "tribunal judiciaire de Rodez", "fr"),
        ("Disputes shall be finally settled by arbitration under the LCIA Rules, seated in London.",
         "arbitration under the LCIA Rules, seated in London", "en"),
    ],
)  # fmt: skip
def test_jurisdiction_in_other_words(sentence: str, court: str, language: str) -> None:
    assert read(law, "jurisdiction", sentence, language=language) == court


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Le Preneur seul pourra y mettre fin à l'expiration de chaque période triennale, en prévenant le Bailleur six "
         "mois à l'avance par lettre recommandée ou par acte extrajudiciaire.",
         "Le Preneur seul peut y mettre fin à l'expiration de chaque période triennale avec six mois de préavis."),
        ("Faute de paiement d'un seul terme de loyer ou de charges, ou d'exécution d'une seule des conditions du bail, "
         "et un mois après un commandement resté infructueux, le bail sera résilié de plein droit si bon semble au "
         "Bailleur.",
         "En cas d'impayé ou d'inexécution, et un mois après un commandement infructueux, le bail est résilié de "
         "plein droit."),
        ("Le Client aura la faculté de résilier sans motif, à condition d'en avertir le Prestataire au moins trois "
         "mois à l'avance.",
         "Le Client peut résilier sans motif avec trois mois de préavis."),
        ("L'acheteur peut résilier le marché à tout moment pour un motif d'intérêt général, conformément à "
         "l'article 38 du CCAG.",
         "L'acheteur peut résilier le marché à tout moment pour un motif d'intérêt général."),
        ("Passé l'essai, le contrat peut être rompu par l'une ou l'autre partie moyennant un préavis de trois mois.",
         "Passé l'essai, le contrat peut être rompu par l'une ou l'autre partie moyennant un préavis de trois mois."),
    ],
)  # fmt: skip
def test_a_ground_without_recitals_and_formalities(sentence: str, expected: str) -> None:
    assert read(termination, "termination", heading("Résiliation"), sentence) == expected
