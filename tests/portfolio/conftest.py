"""The register on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from portfolio.register.store import Register


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Register]:
    url = request.getfixturevalue("postgresql_url") if request.param == "postgresql" else None
    with Register.open(tmp_path / "home", url) as opened:
        yield opened


@pytest.fixture
def sqlite_register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "home") as opened:
        yield opened
