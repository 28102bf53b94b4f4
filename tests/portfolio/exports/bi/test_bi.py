"""The views for reporting tools: what they show, and that a role of the reporting tool sees nothing else."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from portfolio.errors import ContrathequeError, NotFound
from portfolio.exports.bi.access import grant
from portfolio.exports.bi.models import STORED, VIEWS
from portfolio.exports.bi.refresh import refresh
from portfolio.exports.cells import clean
from portfolio.exports.tables import TABLES
from portfolio.register.store import Register
from portfolio.values import Duration
from tests.portfolio.builders import contract
from tests.portfolio.exports.portfolios import AS_OF, FRENCH, fill, tables


def test_every_view_shows_the_rows_and_columns_of_its_table(register: Register) -> None:
    fill(register)
    found = tables(register)
    assert refresh(register, AS_OF, FRENCH).rows == {name: len(rows) for name, rows in found.rows.items()}
    with register.database.engine.connect() as connection:
        for name, table in TABLES.items():
            shown = connection.execute(sa.text(f"SELECT * FROM v_{name}"))
            assert list(shown.keys()) == [column.name for column in table.columns]
            rows = connection.execute(sa.select(STORED[name])).all()
            expected = {tuple(_stored(value) for value in row) for row in found.rows[name]}
            assert {tuple(row) for row in rows} == expected, name


def _stored(value: Any) -> Any:
    return clean(value) if isinstance(value, str) else str(value) if isinstance(value, Duration) else value


def test_totals_are_one_query_away(register: Register) -> None:
    fill(register)
    refresh(register, AS_OF, FRENCH)
    with register.database.engine.connect() as connection:
        total, counted = connection.execute(
            sa.text("SELECT sum(yearly_amount), count(*) FROM v_contracts WHERE contract_type IN ('cleaning', 'lease')")
        ).one()
        joined = connection.execute(
            sa.text(
                "SELECT s.quote FROM v_contracts c JOIN v_terms t USING (contract_id) JOIN v_sources s "
                "ON s.value_id = t.value_id WHERE c.contract = 'hostile' AND t.field = 'notice_period'"
            )
        ).scalar()
    assert (total, counted) == (761400.0 + 41400.0, 2)
    assert joined == "words for notice_period"


def test_a_refresh_replaces_the_former_one(register: Register) -> None:
    register.save(contract("a.pdf", title="Un"), "rules")
    refresh(register, AS_OF, FRENCH)
    register.save(contract("b.pdf", title="Deux"), "rules")
    refresh(register, date(2026, 4, 1), FRENCH)
    with register.database.engine.connect() as connection:
        assert connection.scalar(sa.text("SELECT count(*) FROM v_contracts")) == 2
        assert [str(day) for day in connection.scalars(sa.text("SELECT as_of FROM v_refresh"))] == ["2026-04-01"]


@pytest.fixture
def role(postgresql_engine: sa.Engine) -> Iterator[str]:
    """A login of the server that owns nothing; its name needs quoting."""
    with postgresql_engine.begin() as connection:
        connection.execute(sa.text("""CREATE ROLE "Lecteur BI" LOGIN"""))
    yield "Lecteur BI"
    with postgresql_engine.begin() as connection:
        connection.execute(sa.text("""DROP OWNED BY "Lecteur BI"; DROP ROLE "Lecteur BI" """))


@pytest.mark.postgresql
@pytest.mark.parametrize("register", ["postgresql"], indirect=True)
def test_a_reporting_role_reads_the_views_and_sees_nothing_else(
    register: Register, role: str, postgresql_engine: sa.Engine
) -> None:
    fill(register)
    refresh(register, AS_OF, FRENCH)
    grant(register, role)
    reader = sa.create_engine(postgresql_engine.url.set(username=role))
    try:
        with reader.connect() as connection:
            for view in VIEWS:
                assert connection.scalar(sa.text(f"SELECT count(*) FROM {view}")), view
        tables_ = sa.inspect(postgresql_engine).get_table_names()
        assert len(tables_) > 20
        for statement in (
            *(f'SELECT * FROM "{table}"' for table in tables_),
            *(f"DELETE FROM {view}" for view in VIEWS),
            "UPDATE v_contracts SET title = 'x'",
            "INSERT INTO v_refresh VALUES (2, '2026-01-01', now(), 'fr')",
            "CREATE TABLE mine (x int)",
        ):
            with reader.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(sa.text(statement))
    finally:
        reader.dispose()


@pytest.mark.postgresql
@pytest.mark.parametrize("register", ["postgresql"], indirect=True)
def test_a_role_that_sees_more_is_refused(register: Register, role: str, postgresql_engine: sa.Engine) -> None:
    with postgresql_engine.begin() as connection:
        connection.execute(sa.text(f'GRANT SELECT ON contract TO "{role}"'))
    with pytest.raises(ContrathequeError, match="contract"):
        grant(register, role)
    with pytest.raises(NotFound, match="no role"):
        grant(register, "personne'; DROP TABLE contract; --")
    with postgresql_engine.connect() as connection:
        assert not connection.scalar(sa.text(f"SELECT has_table_privilege('{role}', 'v_contracts', 'SELECT')"))


@pytest.mark.parametrize("register", ["sqlite"], indirect=True)
def test_sqlite_says_that_it_has_no_roles(register: Register) -> None:
    with pytest.raises(ContrathequeError, match="no roles"):
        grant(register, "lecteur")
