"""Every file is accounted for; stopping and starting again loses nothing and doubles nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.documents.discover import sources
from agent.pipeline import Outcome, Pipeline
from portfolio.errors import ContrathequeError
from portfolio.register.store import Register
from tests.road import SAMPLE, command, contract_text, exported
from vectorstore.passages import Passages


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.open(tmp_path / "home") as register:
        yield register


@pytest.fixture
def passages(tmp_path: Path) -> Iterator[Passages]:
    with Passages.open(tmp_path / "home") as passages:
        yield passages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "contrats"
    folder.mkdir()
    for number in range(3):
        (folder / f"net-{number}.txt").write_text(contract_text(number))
    return folder


def _ingest(register: Register, passages: Passages, *paths: Path, force: bool = False) -> list[Outcome]:
    return list(Pipeline(register, passages, jobs=1).ingest(sources(paths), force=force))


def _statuses(outcomes: list[Outcome]) -> dict[str, str]:
    return {Path(outcome.name).name: outcome.status for outcome in outcomes}


def test_a_registered_contract_has_proven_facts_and_is_found_by_its_words(
    register: Register, passages: Passages, folder: Path
) -> None:
    outcomes = _ingest(register, passages, folder)
    assert [outcome.status for outcome in outcomes] == ["registered"] * 3
    contract = register.contract("net-1")
    assert contract.value("contract_type") == "cleaning"
    assert all(stored.fact.evidence for stored in contract.facts)
    document = Pipeline(register, passages).document(contract.documents[0].sha256, "net-1.txt")
    assert document is not None
    for stored in contract.facts:
        for proof in stored.fact.evidence:
            assert document.text[proof.start : proof.end] == proof.quote
    assert passages.search("attestation de vigilance")[0].passage.contract in {o.contract for o in outcomes}


def test_the_same_content_is_registered_once_under_whatever_name(
    register: Register, passages: Passages, folder: Path
) -> None:
    (folder / "copie.txt").write_text(contract_text(1))
    first = _ingest(register, passages, folder)
    assert sorted(_statuses(first).values()) == ["duplicate", "registered", "registered", "registered"]
    again = _ingest(register, passages, folder)
    assert set(_statuses(again).values()) == {"duplicate"}
    assert register.count() == 3


def test_what_is_no_contract_is_left_and_registered_only_on_request(
    register: Register, passages: Passages, folder: Path
) -> None:
    (folder / "LISEZMOI.txt").write_text("Ce dossier est celui du service des achats. Ne rien y déplacer.")
    assert _statuses(_ingest(register, passages, folder))["LISEZMOI.txt"] == "ignored"
    assert _statuses(_ingest(register, passages, folder))["LISEZMOI.txt"] == "ignored"
    assert _statuses(_ingest(register, passages, folder, force=True))["LISEZMOI.txt"] == "registered"


def test_an_unreadable_file_gives_its_reason_and_the_rest_goes_on(
    register: Register, passages: Passages, folder: Path
) -> None:
    (folder / "abime.pdf").write_bytes(b"%PDF-1.7\n" + os.urandom(300))
    (folder / "vide.docx").write_bytes(b"")
    outcomes = _ingest(register, passages, folder)
    reasons = {Path(outcome.name).name: outcome.reason for outcome in outcomes}
    assert reasons["abime.pdf"] == "damaged"
    assert reasons["vide.docx"] == "empty"
    assert register.count() == 3
    assert {line.reason for line in register.ledger("refused")} == {"damaged", "empty"}


def test_a_file_that_kills_its_reader_is_refused_and_the_others_are_registered(
    register: Register, passages: Passages, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = folder / "net-1.txt"
    pipeline = Pipeline(register, passages, jobs=1)
    submit = pipeline._submit
    monkeypatch.setattr("agent.pipeline.read_file", _read_or_die)
    monkeypatch.setenv("DEADLY", deadly.name)
    assert submit is not None
    outcomes = list(pipeline.ingest(sources([folder])))
    by_name = {Path(outcome.name).name: outcome for outcome in outcomes}
    assert by_name["net-1.txt"].reason == "reader_crashed"
    assert by_name["net-0.txt"].status == by_name["net-2.txt"].status == "registered"


def _read_or_die(job: object) -> object:
    """Stands in for a library that takes its process down; runs in the reading process."""
    from agent.worker import Job, read_file

    assert isinstance(job, Job)
    if job.name == os.environ["DEADLY"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_file(job)


def test_a_full_disk_is_one_line_a_file_and_nothing_is_half_written(
    register: Register, passages: Passages, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(content: bytes) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(register.files, "put", full)
    outcomes = _ingest(register, passages, folder)
    assert [outcome.reason for outcome in outcomes] == ["disk_full"] * 3
    monkeypatch.undo()
    assert [outcome.status for outcome in _ingest(register, passages, folder)] == ["registered"] * 3


def test_a_file_refused_for_want_of_space_is_read_by_the_next_run(
    register: Register, passages: Passages, folder: Path
) -> None:
    path = folder / "net-1.txt"
    sha = register.files.put(path.read_bytes())
    register.refuse(str(path), sha, "disk_full", "no space")
    assert _statuses(_ingest(register, passages, folder))["net-1.txt"] == "registered"


def test_without_room_for_passages_the_contract_is_registered_and_they_follow_later(
    register: Register, passages: Passages, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(passages, "replace", full)
    outcomes = _ingest(register, passages, folder)
    assert [outcome.status for outcome in outcomes] == ["registered"] * 3
    assert all("reindex --owed" in outcome.warnings[-1] for outcome in outcomes)
    with pytest.raises(ContrathequeError, match="reindex"):
        list(Pipeline(register, passages).catch_up())
    monkeypatch.undo()
    assert len(list(Pipeline(register, passages).catch_up())) == 3


def test_lost_passages_are_written_again_from_the_register(
    register: Register, passages: Passages, folder: Path
) -> None:
    (outcome, *_) = _ingest(register, passages, folder)
    assert outcome.contract is not None
    passages.remove(outcome.contract)
    assert list(Pipeline(register, passages).catch_up()) == [outcome.contract]
    assert passages.contracts() == {summary.id for summary in register.contracts()}


def test_an_amendment_waits_for_its_base_and_is_linked_when_that_arrives(
    register: Register, passages: Passages, tmp_path: Path
) -> None:
    _ingest(register, passages, SAMPLE / "03-avenant-bionettoyage.eml")
    assert register.contract("03-avenant-bionettoyage").link.state == "waiting"
    _ingest(register, passages, SAMPLE / "02-bionettoyage.docx")
    amendment = register.contract("03-avenant-bionettoyage")
    assert amendment.link.state == "linked"
    assert amendment.link.base == register.contract("02-bionettoyage").id


@pytest.mark.xdist_group("kill")
def test_killed_at_ten_random_moments_it_ends_with_the_same_register(tmp_path: Path) -> None:
    folder = tmp_path / "contrats"
    folder.mkdir()
    for number in range(8):
        (folder / f"net-{number:02d}.txt").write_text(contract_text(number))
    for name in ("02-bionettoyage.docx", "03-avenant-bionettoyage.eml"):
        shutil.copy(SAMPLE / name, folder / name)
    arguments = ("ingest", str(folder), "--company", "Acme Industrie", "--jobs", "2", "--vectors", "later")
    began = time.monotonic()
    assert command(tmp_path / "undisturbed", *arguments).returncode == 0
    whole = time.monotonic() - began
    chance = random.Random(20261124)
    home = tmp_path / "disturbed"
    for _ in range(10):
        process = subprocess.Popen(
            [sys.executable, "-m", "ui.cli.main", "--home", str(home), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=SAMPLE.parents[2],
            start_new_session=True,
        )
        time.sleep(chance.uniform(0.2, 0.9) * whole)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    done = command(home, *arguments)
    assert done.returncode == 0, done.stderr
    assert exported(home) == exported(tmp_path / "undisturbed")
    with Register.open(home) as register, Passages.open(home) as passages:
        assert passages.contracts() == {summary.id for summary in register.contracts()}
        assert not [sha for sha in register.document_hashes() if not register.files.exists(sha)]
