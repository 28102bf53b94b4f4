"""Opening, upgrading, several processes at once, and dying in the middle."""

import os
import signal
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from portfolio.errors import ContrathequeError
from portfolio.register import migrations
from portfolio.register.database import Database
from portfolio.register.models import Table
from portfolio.register.store import Register
from tests.portfolio.builders import contract

ROOT = Path(__file__).parents[3]


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(files("portfolio.register").joinpath("migrations")))
    return ScriptDirectory.from_config(config)


def test_the_migrations_make_the_tables_of_the_models(register: Register) -> None:
    with register._db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Table.metadata)
    assert differences == []


def test_the_newest_step_is_the_one_that_opening_looks_for() -> None:
    assert _script().get_current_head() == migrations.HEAD


def test_opening_a_register_that_is_up_to_date_is_quick(tmp_path: Path) -> None:
    Register.open(tmp_path).close()
    best = min(_seconds_to_open(tmp_path) for _ in range(5))
    assert best < 0.05


def _seconds_to_open(home: Path) -> float:
    started = time.perf_counter()
    Register.open(home).close()
    return time.perf_counter() - started


def test_a_register_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Register.open(tmp_path).close()
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'register.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    with pytest.raises(ContrathequeError, match="newer version"):
        Register.open(tmp_path)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://x/y", "not supported"),
        ("nonsense", "cannot be read"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "cannot be opened"),
    ],
)
def test_an_address_that_leads_nowhere_says_so_without_the_password(tmp_path: Path, url: str, message: str) -> None:
    with pytest.raises(ContrathequeError, match=message) as caught:
        Register.open(tmp_path, url)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_bytes(b"this is no database, " * 100)
    with pytest.raises(ContrathequeError, match="cannot be opened"):
        Register.open(tmp_path)


_WRITER = """
import sys
from pathlib import Path
from portfolio.register.store import Register
from tests.portfolio.builders import US, NETISOL, contract, party
home, url, name = Path(sys.argv[1]), sys.argv[2] or None, sys.argv[3]
with Register.open(home, url) as register:
    for number in range(int(sys.argv[4])):
        supplier = NETISOL if number % 2 else party(f"Fournisseur commun {number}")
        register.save(contract(f"{name}-{number}.pdf", parties=[US, supplier], title=f"Contrat {number}"), "rules")
        print(number, flush=True)
"""


def _writer(home: Path, url: str, name: str, count: int) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", _WRITER, str(home), url, name, str(count)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_processes_that_start_and_write_at_once_lose_nothing(
    tmp_path: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    url = request.getfixturevalue("postgresql_url") if engine == "postgresql" else ""
    writers = [_writer(tmp_path, url, name, 12) for name in ("a", "b", "c")]
    errors = [writer.communicate()[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0], errors
    with Register.open(tmp_path, url or None) as register:
        assert register.count() == 36
        assert len(register.counterparties()) == 8


def test_a_process_killed_while_writing_leaves_whole_contracts_only(tmp_path: Path) -> None:
    Register.open(tmp_path).close()
    for attempt in range(3):
        writer = _writer(tmp_path, "", f"k{attempt}", 10_000)
        assert writer.stdout is not None
        for _ in range(3):
            writer.stdout.readline()
        time.sleep(0.007 * attempt)
        os.kill(writer.pid, signal.SIGKILL)
        writer.communicate()
    with Register.open(tmp_path) as register:
        assert register.count() >= 9
        for found in register.all_contracts():
            assert [s.fact.field for s in found.facts] == ["title", "parties", "parties"]
            assert len(found.parties) == 2
            assert found.documents
            assert len(register.history(found.id)) == 3
        assert len(register.ledger("registered")) == register.count()
        assert register.save(contract("after.pdf"), "rules").created


def test_an_error_in_the_middle_writes_nothing(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patch:
        patch.setattr("portfolio.register.projection.links.settle", fail)
        with pytest.raises(RuntimeError):
            register.save(contract("a.pdf", title="Contrat"), "rules")
    assert register.count() == 0
    assert register.ledger() == ()
    assert register.counterparties() == ()
    assert register.save(contract("a.pdf", title="Contrat"), "rules").created


def test_readers_see_the_register_while_another_writes(tmp_path: Path) -> None:
    with Register.open(tmp_path) as one, Register.open(tmp_path) as other:
        one.save(contract("a.pdf"), "rules")
        database: Database = one._db
        with database.writing() as session:
            session.execute(sa.text("update contract set title = 'half written'"))
            assert other.contracts()[0].title is None
