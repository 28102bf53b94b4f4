import multiprocessing
from pathlib import Path

import pytest

from portfolio.errors import InvalidValue, NotFound
from portfolio.register.files import FileStore


def test_bytes_come_back_by_their_hash_and_are_kept_once(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    sha = store.put(b"contract")
    assert store.put(b"contract") == sha
    assert (store.get(sha), store.exists(sha), store.path(sha).read_bytes()) == (b"contract", True, b"contract")
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 1


def test_what_was_derived_is_kept_beside_and_replaced(tmp_path: Path) -> None:
    store = FileStore(tmp_path)
    sha = store.put(b"contract")
    assert store.get_derived(sha, "pages.json.gz") is None
    store.put_derived(sha, "pages.json.gz", b"1")
    store.put_derived(sha, "pages.json.gz", b"2")
    assert store.get_derived(sha, "pages.json.gz") == b"2"
    assert store.get(sha) == b"contract"


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="ingest it again"):
        FileStore(tmp_path).get("0" * 64)


@pytest.mark.parametrize("name", ["../x", "content", "", ".hidden", "a/b"])
def test_a_derived_file_cannot_leave_its_folder_or_replace_the_original(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue):
        FileStore(tmp_path).put_derived("0" * 64, name, b"")


@pytest.mark.parametrize("sha", ["../../etc/passwd", "ABC", "0" * 63])
def test_only_a_hash_names_a_file(tmp_path: Path, sha: str) -> None:
    with pytest.raises(InvalidValue):
        FileStore(tmp_path).get(sha)


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("portfolio.register.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        FileStore(tmp_path).put(b"contract")
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]


def _put(root: Path) -> None:
    for number in range(20):
        FileStore(root).put(b"%d" % number * 1000)


def test_processes_may_put_the_same_files_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_put, args=(tmp_path,)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [p.exitcode for p in processes] == [0, 0, 0]
    assert len([p for p in tmp_path.rglob("*") if p.is_file()]) == 20
