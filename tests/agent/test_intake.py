"""Files brought in through an interface: kept until they are read, taken up again after a stop, read once more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.intake import Intake, Run, Upload, safe_path
from agent.readers import Readers
from portfolio.accounts.desk import Desk
from portfolio.accounts.records import Account, AccountRole
from portfolio.errors import InvalidValue, NotAllowed
from portfolio.register.store import Register
from tests.road import contract_text
from vectorstore.passages import Passages

RULES = Readers("rules", ("rules",), None)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Register, Passages]]:
    with Register.open(tmp_path) as register, Passages.open(tmp_path) as passages:
        yield register, passages


def desk(register: Register, role: AccountRole = "editor") -> Desk:
    return Desk(register, Account("lea", "Léa", role))


def finished(run: Run) -> Run:
    for _ in range(600):
        if run.done:
            return run
        time.sleep(0.1)
    raise AssertionError(run)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bail.pdf", "bail.pdf"),
        ("Baux/2024/bail.pdf", "Baux/2024/bail.pdf"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\a\\bail.pdf", "C_/Users/a/bail.pdf"),
        ("/abs/bail.pdf", "abs/bail.pdf"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("...", "file"),
        ("é" * 300 + ".pdf", "é" * 88 + ".pdf"),
    ],
)
def test_a_name_never_leads_out_of_its_folder(given: str, kept: str) -> None:
    assert str(safe_path(given)) == kept


def test_readers_bring_nothing_in(opened: tuple[Register, Passages], tmp_path: Path) -> None:
    intake = Intake(*opened, tmp_path)
    with pytest.raises(NotAllowed):
        intake.start(desk(opened[0], "reader"), [Upload("a.txt", b"x")], readers=RULES)
    with pytest.raises(InvalidValue):
        intake.start(desk(opened[0]), [], readers=RULES)


def test_what_a_stop_left_is_read_when_the_interface_starts_again(
    opened: tuple[Register, Passages], tmp_path: Path
) -> None:
    left = tmp_path / "incoming" / "2026-03-01T080000-000"
    left.mkdir(parents=True)
    (left / "net-001.txt").write_text(contract_text(1), encoding="utf-8")
    intake = Intake(*opened, tmp_path)
    intake.resume(readers=RULES)
    run = intake.run(left.name)
    assert run is not None
    assert [outcome.status for outcome in finished(run).outcomes] == ["registered"]
    assert [line.path for line in opened[0].ledger()] == [f"web/{left.name}/net-001.txt"]
    assert not left.exists()


def test_reading_again_keeps_a_persons_word_and_doubles_nothing(
    opened: tuple[Register, Passages], tmp_path: Path
) -> None:
    register = opened[0]
    intake = Intake(*opened, tmp_path)
    finished(intake.start(desk(register), [Upload("net-001.txt", contract_text(1).encode())], readers=RULES))
    register.correct("net-001", "title", "Mon titre", "lea")
    (outcome,) = intake.read_again(desk(register), "net-001", readers=RULES)
    assert outcome.status == "updated"
    assert register.contract("net-001").value("title") == "Mon titre"
    assert len(register.contracts()) == len(register.ledger()) == 1
    with pytest.raises(NotAllowed):
        intake.read_again(desk(register, "reader"), "net-001", readers=RULES)
