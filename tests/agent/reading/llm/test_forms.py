"""Values with parts as a model writes them in one line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.llm.forms import FORMS, amount, obligation, party, site
from agent.reading.llm.words import due
from portfolio.values import Duration, Every, FromEvent


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Loyer | 96000 | EUR | excl | year", (96000, "EUR", "excl", "year", None)),
        ("Loyer | 96000.50 EUR year", (96000.5, "EUR", None, "year", None)),
        ("Loyer | 96 000 € | excl | year", (96000, "EUR", "excl", "year", None)),
        ("Loyer | QUATRE-VINGT-SEIZE MILLE euros | excl year", (96000, "EUR", "excl", "year", None)),
        ("Loyer | deux termes de 48 000 £ = 96000 | year", (96000, "GBP", None, "year", None)),
        ("Plafond | 5000,5 | max", (5000.5, "EUR", None, None, "max")),
        ("Prime | 12 | GBP |  | month | min", (12, "GBP", None, "month", "min")),
    ],
)
def test_an_amount(line: str, read: tuple[Any, ...]) -> None:
    value = amount(line)
    assert (float(value["value"]), *(value[key] for key in ("currency", "tax", "period", "bound"))) == read


def test_an_amount_without_number_has_none() -> None:
    assert amount("Loyer | selon barème")["value"] is None


@pytest.mark.parametrize(
    ("line", "role", "registration"),
    [
        ("ACME | supplier | 596 353 987", "supplier", "596353987"),
        ("ACME | 596353987 | client", "client", "596353987"),
        ("ACME | le vendeur", "other", None),
        ("ACME", "other", None),
    ],
)
def test_a_party(line: str, role: str, registration: str | None) -> None:
    assert party(line) == {"name": "ACME", "role": role, "registration": registration}


def test_a_site_may_lack_parts() -> None:
    assert site("| Lyon") == {"name": None, "city": "Lyon", "postal_code": None}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("2026-03-31", {"date": "2026-03-31"}),
        ("P1Y 09-30", {"every": "P1Y", "month_day": "09-30"}),
        ("P3M", {"every": "P3M", "month_day": None}),
        ("-P15D échéance du bail", {"event": "échéance du bail", "offset": "-P15D"}),
        ("PT48H sinistre", {"event": "sinistre", "offset": "PT48H"}),
        ("chaque année", Every(every=Duration(years=1))),
        ("15 jours avant le Terme", FromEvent(event="le Terme", offset=Duration(days=15, negative=True))),
        ("dès que possible", None),
    ],
)
def test_a_due_rule(text: str, rule: object) -> None:
    assert due(text) == rule


@pytest.mark.parametrize(
    ("action", "plain", "document", "copied"),
    [
        ("Remettre l'[attestation d'assurance]", "Remettre l'attestation d'assurance", "attestation d'assurance",
         "attestation d'assurance"),
        ("Prévenir <la laiterie>", "Prévenir la laiterie", None, "la laiterie"),
        ("Remettre la [garantie] <qu'il remet au Fournisseur>", "Remettre la garantie", "garantie",
         "qu'il remet au Fournisseur"),
        ("Prévenir la laiterie", "Prévenir la laiterie", None, "Prévenir la laiterie"),
        ("Prévenir <[[NAME_1]]>", "Prévenir [[NAME_1]]", None, "[[NAME_1]]"),
    ],
)  # fmt: skip
def test_an_obligation_copies_words(action: str, plain: str, document: str | None, copied: str) -> None:
    value = obligation(f"client | {action} | P1Y")
    assert (value["action"], value["document"], value["quote"]) == (plain, document, copied)


def test_an_obligation_may_lack_its_debtor() -> None:
    value = obligation("Remettre le [bilan] | P1Y")
    assert (value["debtor"], value["action"], value["due"]["every"]) == (None, "Remettre le bilan", "P1Y")


@given(st.sampled_from(sorted(FORMS)), st.text(max_size=60))
def test_no_line_stops_the_reading(field: str, line: str) -> None:
    assert isinstance(FORMS[field](line), dict)
