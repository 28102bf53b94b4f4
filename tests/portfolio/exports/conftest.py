"""LibreOffice for the tests of files that people open in it, and a filled register on one engine for those tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.register.store import Register
from tests.office import Office
from tests.portfolio.exports.portfolios import fill


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    found = Office.find(tmp_path_factory.mktemp("office"))
    if found is None:
        pytest.skip("LibreOffice is not installed")
    return found


@pytest.fixture(scope="session")
def filled_sqlite(empty_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a register with the small portfolio."""
    home = tmp_path_factory.mktemp("filled")
    shutil.copy(empty_sqlite, home)
    with Register.open(home) as register:
        fill(register)
    return home / "register.db"


@pytest.fixture
def filled(filled_sqlite: Path, tmp_path: Path) -> Iterator[Register]:
    """A register with the small portfolio; what files are made of it does not depend on the engine."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(filled_sqlite, home)
    with Register.open(home) as register:
        yield register
