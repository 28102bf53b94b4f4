"""The form for a value: what it is filled with comes back as it was, for every field."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from portfolio.schema import FIELDS

VALUES = {
    "language": "fr",
    "title": "Bail",
    "contract_type": "lease",
    "parties": {"name": "Otis", "role": "supplier", "registration": "552100554"},
    "sites": {"name": "Siège", "city": "Lyon", "postal_code": "69003"},
    "start_date": "2024-04-01",
    "duration": "P3Y",
    "notice_period": "P90D",
    "renewal.max_count": 2,
    "amounts": {"label": "Loyer", "value": 41400.5, "currency": "EUR", "tax": "excl", "period": "year", "bound": None},
    "price_revision.cap_percent": 2.5,
    "price_revision.month_day": "07-15",
    "late_interest": "taux BCE + 8 points",
}
OBLIGATION = {"debtor": "Otis", "action": "remettre une attestation", "document": None, "quote": "Otis remet…"}
DUES = [
    None,
    {"date": "2026-03-31"},
    {"every": "P6M", "month_day": "01-15"},
    {"event": "la fin du contrat", "offset": "-P15D"},
    {"event": "la réception", "offset": "P1M"},
]


def _form(name: str, value: str) -> None:
    import json
    from dataclasses import fields
    from typing import Any, cast

    import streamlit as st

    from portfolio.schema import FIELDS
    from ui.texts import Texts
    from ui.web.parts.editing import editor
    from ui.web.shell import Shell

    shell = Shell(Texts("fr"), *cast(Any, [None] * (len(fields(Shell)) - 1)))
    field = FIELDS[name]
    said = editor(shell, field, field.validate(json.loads(value)) if value != "null" else None)
    st.session_state["said"] = None if said is None else json.dumps(field.to_json(field.validate(said)))


def _forms() -> None:
    from dataclasses import fields
    from typing import Any, cast

    import streamlit as st

    from portfolio.schema import FIELDS
    from ui.texts import Texts
    from ui.web.parts.editing import editor
    from ui.web.shell import Shell

    shell = Shell(Texts("fr"), *cast(Any, [None] * (len(fields(Shell)) - 1)))
    st.session_state["said"] = {name: editor(shell, field, None) for name, field in FIELDS.items()}


def _said(name: str, value: object) -> object:
    app = AppTest.from_function(_form, args=(name, json.dumps(value)), default_timeout=30).run()
    assert not app.exception
    said = app.session_state["said"]
    return None if said is None else json.loads(said)


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_as_it_was(name: str) -> None:
    assert _said(name, VALUES[name]) == VALUES[name]


@pytest.mark.parametrize("due", DUES)
def test_an_obligation_comes_back_with_its_due_rule(due: dict[str, str] | None) -> None:
    assert _said("obligations", OBLIGATION | {"due": due}) == OBLIGATION | {"due": due}


def test_every_field_has_a_form_that_says_nothing_when_nothing_is_written() -> None:
    app = AppTest.from_function(_forms, default_timeout=60).run()
    assert not app.exception
    assert app.session_state["said"] == dict.fromkeys(FIELDS)
