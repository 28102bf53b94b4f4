"""The register on both engines, empty for each test: a copy of one file, or one database whose tables are emptied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from portfolio.register.models import Table
from portfolio.register.store import Register


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of an empty register."""
    home = tmp_path_factory.mktemp("empty")
    Register.open(home).close()
    return home / "register.db"


@pytest.fixture(scope="session")
def postgresql_engine(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """A database that holds a register."""
    server = sa.create_engine(f"{postgresql_server}/postgres", isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with server.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE register"))
    url = f"{postgresql_server}/register"
    Register.open(tmp_path_factory.mktemp("register"), url).close()
    engine = sa.create_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    url = None
    if request.param == "postgresql":
        engine: sa.Engine = request.getfixturevalue("postgresql_engine")
        with engine.begin() as connection:
            for table in reversed(Table.metadata.sorted_tables):
                connection.execute(table.delete())
        url = engine.url.render_as_string(hide_password=False)
    else:
        shutil.copy(request.getfixturevalue("empty_sqlite"), tmp_path)
    with Register.open(tmp_path, url) as opened:
        yield opened
