"""The published tables: what their rows say, and that every column has its name and meaning in words."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portfolio.exports.batch import Asked
from portfolio.exports.gather import DAYS, gather
from portfolio.exports.spread import spread
from portfolio.exports.tables import TABLES, OwnColumnLine
from portfolio.register.records import Filters, Scope
from portfolio.register.store import Register
from portfolio.values import Duration
from portfolio.words.texts import LANGUAGES, Texts
from tests.portfolio.builders import US, contract
from tests.portfolio.exports.portfolios import AS_OF, FRENCH, fill, tables

TYPES: dict[str, type | tuple[type, ...]] = {
    "text": str, "code": str, "integer": int, "number": (int, float), "date": date, "moment": datetime,
    "flag": bool, "duration": Duration,
}  # fmt: skip


def test_an_amended_contract_is_one_line_with_the_terms_in_force(register: Register) -> None:
    fill(register)
    found = tables(register).rows
    (line,) = [row for row in found["contracts"] if row.contract == "02-bionettoyage"]
    assert (line.amendments, line.our_role, line.counterparties) == (1, "client", "Limpidea Santé")
    assert line.yearly_amount == 761400.0
    assert line.status_by_dates == "active"
    changes = [row for row in found["amendments"] if row.amendment == "03-avenant-bionettoyage"]
    assert {row.contract for row in changes} == {"02-bionettoyage"}
    assert ("Netisol Propreté" in (changes[0].before or ""), "Limpidea Santé" in (changes[0].after or "")) == (
        True,
        True,
    )
    assert {row.set_by for row in found["amounts"] if row.contract == "02-bionettoyage"} == {"03-avenant-bionettoyage"}


def test_rows_have_the_types_that_the_tables_declare(register: Register) -> None:
    fill(register)
    found = tables(register)
    for table in TABLES.values():
        assert found.rows[table.name], table.name
        for row in found.rows[table.name]:
            for column, value in zip(table.columns, row, strict=True):
                if value is None:
                    assert not column.required, (table.name, column.name)
                else:
                    assert isinstance(value, TYPES[column.kind]), (table.name, column.name, value)
                    assert not column.codes or value in column.codes


def test_keys_name_one_row_each(register: Register) -> None:
    fill(register)
    found = tables(register)
    for table in TABLES.values():
        keys = [tuple(getattr(row, name) for name in table.key) for row in found.rows[table.name]]
        assert len(keys) == len(set(keys)), table.name


def test_values_join_with_their_sources(register: Register) -> None:
    register.save(
        contract("a.pdf", payment_days=30, amounts=[{"label": "Prix", "value": 100.0, "period": "quarter"}]), "rules"
    )
    found = gather(register, AS_OF, FRENCH).rows
    (amount,) = found["amounts"]
    (source,) = [row for row in found["sources"] if row.value_id == amount.value_id]
    assert (amount.amount_per_year, source.quote, source.page, source.document) == (
        400.0,
        "words for amounts",
        1,
        "a.pdf",
    )


def test_what_cannot_be_dated_is_not_left_out(register: Register) -> None:
    register.save(
        contract("a.pdf", start_date="2025-01-01", renewal__kind="tacit", renewal__period="P1Y", end_date="2026-12-31"),
        "rules",
    )
    undated = [row for row in gather(register, AS_OF, FRENCH).rows["deadlines"] if row.due_on is None]
    assert [(row.kind, row.to_verify) for row in undated] == [("notice", True)]
    assert "préavis" in (undated[0].missing or "")


def test_filters_choose_contracts_an_amendment_by_its_base(register: Register) -> None:
    fill(register)
    found = gather(register, AS_OF, FRENCH, Filters(text="avenant bionettoyage"))
    assert [row.contract for row in found.rows["contracts"]] == ["02-bionettoyage"]


def test_an_empty_register_has_empty_tables(register: Register) -> None:
    assert {name: len(rows) for name, rows in tables(register).rows.items()} == dict.fromkeys(TABLES, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_table_column_and_code_has_its_words(language: str) -> None:
    texts = Texts(language)
    for table in TABLES.values():
        heads: list[Any] = [texts(f"export_column.{column.name}") for column in table.columns]
        assert len(set(heads)) == len(heads), table.name
        assert texts(f"export_table.{table.name}") and texts(f"export_table_about.{table.name}")
        for column in table.columns:
            assert texts(f"export_column_about.{column.name}")
            for code in column.codes:
                assert column.section is not None
                assert texts(f"{column.section}.{code}"), (table.name, column.name, code)


def test_us_is_on_our_side(register: Register) -> None:
    fill(register)
    assert {row.side for row in tables(register).rows["parties"] if row.name == US.name} == {"us"}


def test_own_columns_stand_with_the_amendment_that_sets_them(filled: Register) -> None:
    rows = {(row.contract, row.question): row for row in tables(filled).rows["own_columns"]}
    cap = rows["02-bionettoyage", "Plafond de responsabilité"]
    assert isinstance(cap, OwnColumnLine)
    assert (cap.number, cap.currency, cap.value) == (400000.0, "EUR", "400\u202f000 €")
    assert (cap.set_by, cap.state, cap.page, cap.quote) == (
        "03-avenant-bionettoyage",
        "to_review",
        2,
        "plafonnée à 350 000 €",
    )
    silent = rows["02-bionettoyage", "Exclusivité ?"]
    assert isinstance(silent, OwnColumnLine)
    assert (silent.value, silent.holds, silent.answer) == (None, None, "silent")


def test_processes_that_share_a_portfolio_find_the_same_in_the_same_order(register: Register) -> None:
    fill(register)
    found = tables(register).rows
    ids = [row.contract_id for row in found["contracts"]]
    asked = Asked(AS_OF, AS_OF + timedelta(days=DAYS), FRENCH, Scope())
    shared = list(spread(register, asked, [(id_,) for id_ in ids]))
    for name in TABLES:
        lines = [line for some in shared for line in some[name]]
        if name in ("deadlines", "alerts"):
            lines.sort(key=lambda line: (line.due_on or date.max, line.contract))
        assert lines == found[name], name
