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


def test_renewal_and_refusals_are_no_early_end() -> None:
    assert read(termination, "termination", "Le contrat se renouvelle par tacite reconduction sauf préavis.") is None
    assert read(termination, "termination", "Le Client ne peut pas résilier le contrat avant son terme.") is None
