"""What arrives in a folder or a mailbox is registered once, whatever stops it, and nothing there is touched."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.readers import Readers
from agent.watching.looking import Looked, look
from agent.watching.settings import Watched, WatchedFolder, WatchedMailbox, load
from portfolio.errors import ContrathequeError
from portfolio.intake.book import Intake
from portfolio.register.store import Register
from tests.agent.watching.conftest import BOX, PASSWORD, USER, ImapServer, served
from tests.road import contract_text
from vectorstore.passages import Passages

RULES = Readers("rules", ("rules",), None)


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "home") as register:
        yield register


@pytest.fixture
def passages(tmp_path: Path) -> Iterator[Passages]:
    with Passages.open(tmp_path / "home") as passages:
        yield passages


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_MAILBOX_PASSWORD", PASSWORD)


def _look(register: Register, passages: Passages, watched: Watched, home: Path) -> list[Looked]:
    return list(look(home, register, passages, watched, lambda _: RULES, jobs=1))


def _box(server: ImapServer) -> Watched:
    box = WatchedMailbox(
        name="courrier",
        host="127.0.0.1",
        port=server.port,
        tls="none",
        user=USER,
        password_env="TEST_MAILBOX_PASSWORD",
        folder=BOX,
    )
    return Watched(mailbox=(box,))


def _stems(register: Register) -> list[str]:
    return sorted(line.stem for line in register.contracts())


def test_new_attachments_are_registered_once_and_the_mailbox_stays_as_it_was(
    register: Register, passages: Passages, imap: ImapServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    imap.deliver("Contrat signé", ("net-0.txt", contract_text(0).encode()))
    imap.deliver("Abîmé", ("bail.pdf", b"%PDF-1.7 cut"))
    before = imap.state()
    [looked] = _look(register, passages, _box(imap), tmp_path)
    assert looked.error is None
    assert _stems(register) == ["Contrat signé"]
    assert imap.state() == before
    refused = Intake(register).items(outcome="refused")
    assert [item.shown.rpartition("/")[2] for item in refused] == ["Abîmé.eml"]
    assert "bail.pdf" in (refused[0].message or "")
    imap.deliver("Deuxième", ("net-1.txt", contract_text(1).encode()))
    [again] = _look(register, passages, _box(imap), tmp_path)
    assert [dealt.outcome for dealt in again.dealt] == ["registered"]
    assert _stems(register) == ["Contrat signé", "Deuxième"]
    assert _look(register, passages, _box(imap), tmp_path)[0].dealt == ()
    assert PASSWORD not in caplog.text


def test_a_mailbox_whose_numbers_begin_anew_doubles_nothing(
    register: Register, passages: Passages, tmp_path: Path
) -> None:
    for expected in ({"registered"}, {"duplicate", "updated"}):
        with served() as server:
            server.deliver("Contrat", ("net-0.txt", contract_text(0).encode()))
            [looked] = _look(register, passages, _box(server), tmp_path)
        assert expected & {dealt.outcome for dealt in looked.dealt}
    assert _stems(register) == ["Contrat"]


def test_a_wrong_password_is_said_without_it_and_the_folders_are_looked_at_all_the_same(
    register: Register, passages: Passages, imap: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_MAILBOX_PASSWORD", "wrong-one")
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "net-2.txt").write_text(contract_text(2))
    watched = _box(imap).model_copy(update={"folder": (WatchedFolder(name="scans", path=scans, settle=0),)})
    folder, box = _look(register, passages, watched, tmp_path)
    assert [dealt.outcome for dealt in folder.dealt] == ["registered"]
    assert box.error is not None and "password" in box.error and "wrong-one" not in box.error
    assert {place.name: bool(place.error) for place in Intake(register).places()} == {"courrier": True, "scans": False}


def test_a_folder_gives_what_is_new_finished_and_inside_it(
    register: Register, passages: Passages, tmp_path: Path
) -> None:
    scans, outside = tmp_path / "scans", tmp_path / "secret.txt"
    (scans / "2026").mkdir(parents=True)
    outside.write_text(contract_text(5))
    (scans / "lien.txt").symlink_to(outside)
    (scans / "2026" / "net-0.txt").write_text(contract_text(0))
    (scans / "net-1.txt.part").write_text(contract_text(1))
    (scans / "vide.pdf").write_bytes(b"")
    slow = Watched(folder=(WatchedFolder(name="scans", path=scans, settle=3600),))
    assert _look(register, passages, slow, tmp_path)[0].dealt == ()
    watched = Watched(folder=(WatchedFolder(name="scans", path=scans, settle=0),))
    [looked] = _look(register, passages, watched, tmp_path)
    assert {Path(d.shown).name: d.outcome for d in looked.dealt} == {"net-0.txt": "registered", "vide.pdf": "refused"}
    assert next(d.message for d in looked.dealt if d.outcome == "refused")
    assert _look(register, passages, watched, tmp_path)[0].dealt == ()
    (scans / "net-1.txt.part").rename(scans / "net-1.txt")
    assert [d.outcome for d in _look(register, passages, watched, tmp_path)[0].dealt] == ["registered"]
    assert (scans / "2026" / "net-0.txt").exists()


def test_killed_in_the_middle_it_goes_on_and_doubles_nothing(imap: ImapServer, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for number in range(3):
        imap.deliver(f"Contrat {number}", (f"net-{number}.txt", contract_text(number).encode()))
    (home / "watch.toml").write_text(
        f'[[mailbox]]\nname = "courrier"\nhost = "127.0.0.1"\nport = {imap.port}\ntls = "none"\n'
        f'user = "{USER}"\nfolder = "{BOX}"\npassword_env = "TEST_MAILBOX_PASSWORD"\n'
    )
    command = [sys.executable, "-m", "ui.cli.main", "watch", "--once"]
    environment = os.environ | {"CONTRATHEQUE_HOME": str(home)}
    first = subprocess.Popen(command, env=environment, start_new_session=True)
    with Register.open(home) as register:
        waited = time.monotonic() + 60
        while not register.contracts() and first.poll() is None and time.monotonic() < waited:
            time.sleep(0.02)
        os.killpg(first.pid, 9)
        first.wait()
        again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
        assert _stems(register) == ["Contrat 0", "Contrat 1", "Contrat 2"], again.stderr
        assert len(Intake(register).items()) >= 3


def test_settings_say_what_is_wrong_without_secrets(tmp_path: Path) -> None:
    (tmp_path / "watch.toml").write_text('[[mailbox]]\nname = "a"\nhost = "h"\nuser = "u"\npassword = "hunter2"\n')
    with pytest.raises(ContrathequeError, match=r"mailbox\.0\.password") as raised:
        load(tmp_path)
    assert "hunter2" not in str(raised.value)
    (tmp_path / "watch.toml").write_text(
        '[[mailbox]]\nname = "a"\nhost = "imap.example.org"\nuser = "u"\ntls = "none"\n'
    )
    with pytest.raises(ContrathequeError, match="never sent without encryption"):
        load(tmp_path)
