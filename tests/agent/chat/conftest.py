import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from agent.chat.chat import Chat
from agent.importing import import_folder
from portfolio.register.records import Company
from portfolio.register.store import Register
from vectorstore.passages import Passages

PORTFOLIOS = Path(__file__).parents[3] / "evals" / "portfolios"
AS_OF = date(2026, 11, 24)
SCANNED = "08-"
"""Recognising its pages takes longer than all the rest."""


@pytest.fixture(scope="session")
def clinic_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the labelled portfolio of a hospital, as confirmed values; searched by words alone."""
    home, folder = tmp_path_factory.mktemp("clinic"), tmp_path_factory.mktemp("given")
    for file in (PORTFOLIOS / "clinique").iterdir():
        if file.is_file() and not file.stem.startswith(SCANNED):
            shutil.copy(file, folder)
    with Register.open(home) as register, Passages.open(home) as passages:
        register.set_companies([Company("Clinique du Val d'Orge")])
        outcomes = list(import_folder(register, passages, folder, "labels"))
    assert all(outcome.status == "registered" for outcome in outcomes)
    return home


@pytest.fixture(scope="session")
def clinic(clinic_home: Path) -> Iterator[Chat]:
    with Register.open(clinic_home) as register, Passages.open(clinic_home) as passages:
        yield Chat(register, passages, AS_OF)
