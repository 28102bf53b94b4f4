"""Every file given is a source, refused with a reason, or said to be left out."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest

from agent.documents.archive import Limits
from agent.documents.discover import Found, Ignored, Refusal, Source, load, sources
from agent.documents.errors import UnreadableDocument
from agent.documents.read import read


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _told(found: list[Found], root: Path) -> list[tuple[str, str]]:
    kinds = {Source: "source", Ignored: "ignored"}
    return [
        (one.name.replace(f"{root}/", ""), one.reason if isinstance(one, Refusal) else kinds[type(one)])
        for one in found
    ]


def test_folders_are_walked_in_order_and_system_files_passed_over(tmp_path: Path):
    for name in (
        "b/bail.pdf",
        "a.docx",
        "b/.DS_Store",
        "~$a.docx",
        ".hidden/x.pdf",
        "Thumbs.db",
        "b/a.json",
        "README.md",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = list(sources([tmp_path]))
    assert _told(found, tmp_path) == [
        ("README.md", "source"), ("a.docx", "source"), ("b/a.json", "ignored"), ("b/bail.pdf", "source"),
    ]  # fmt: skip
    assert isinstance(found[3], Source)
    assert found[3].file_name == "bail.pdf"
    assert found[3].load() == b"x"


def test_links_in_a_circle_end(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_bytes(b"x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken").symlink_to(tmp_path / "nowhere")
    assert _told(list(sources([tmp_path])), tmp_path) == [("a/x.txt", "source"), ("broken", "vanished")]


def test_what_is_missing_vanishes_or_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "closed").mkdir()
    (tmp_path / "gone.txt").write_bytes(b"x")
    iterdir = Path.iterdir

    def guarded(path: Path):
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return iterdir(path)

    monkeypatch.setattr(Path, "iterdir", guarded)
    found = list(sources([tmp_path, tmp_path / "never"]))
    assert _told(found, tmp_path) == [("closed", "not_permitted"), ("gone.txt", "source"), ("never", "vanished")]
    (tmp_path / "gone.txt").unlink()
    with pytest.raises(UnreadableDocument) as refusal:
        found[1].load()  # type: ignore[union-attr]
    assert refusal.value.reason == "vanished"


def test_a_file_beyond_the_limit_and_a_pipe_are_not_read(tmp_path: Path):
    (tmp_path / "big.pdf").write_bytes(bytes(2000))
    with pytest.raises(UnreadableDocument) as refusal:
        load(tmp_path / "big.pdf", "big.pdf", limit=1000)
    assert refusal.value.reason == "too_large"
    os.mkfifo(tmp_path / "pipe.txt")
    assert _told(list(sources([tmp_path / "pipe.txt"])), tmp_path) == [("pipe.txt", "ignored")]


def test_archives_are_opened_like_folders_and_nested_ones_too(tmp_path: Path):
    inner = _zip({"annexe.txt": b"Annexe"})
    word = _zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>"})
    content = _zip(
        {"contrats/bail.pdf": b"%PDF", "inner.zip": inner, "a.docx": word, "__MACOSX/x": b"x", "l.json": b"{}"}
    )
    (tmp_path / "dossier.zip").write_bytes(content)
    (tmp_path / "wrong-name.pdf").write_bytes(content)
    found = list(sources([tmp_path]))
    files = ["a.docx", "contrats/bail.pdf", "inner.zip › annexe.txt", "l.json"]
    assert [name for name, _ in _told(found, tmp_path)] == [
        f"{archive} › {file}" for archive in ("dossier.zip", "wrong-name.pdf") for file in files
    ]
    contents = {one.file_name: one.load() for one in found if isinstance(one, Source)}
    assert contents == {"a.docx": word, "bail.pdf": b"%PDF", "annexe.txt": b"Annexe"}


def test_names_of_windows_and_mac_archives_are_readable(tmp_path: Path):
    for number, raw in enumerate(("marché.txt".encode("cp850"), "marché.txt".encode())):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            info = zipfile.ZipInfo("marchX.txt".ljust(len(raw), "X") if len(raw) > 10 else "marchX.txt")
            archive.writestr(info, b"x")
        content = packed.getvalue().replace(info.filename.encode(), raw)
        path = tmp_path / f"{number}.zip"
        path.write_bytes(content)
        assert [one.name for one in sources([path])] == [f"{path} › marché.txt"]


def test_names_that_point_outside_are_refused_and_the_rest_goes_on(tmp_path: Path):
    path = tmp_path / "a.zip"
    path.write_bytes(_zip({"../../etc/passwd": b"x", "/root.txt": b"x", "C:/x.txt": b"x", "bon.txt": b"ok"}))
    assert [(kind) for _, kind in _told(list(sources([path])), tmp_path)] == [
        "unsafe_archive", "unsafe_archive", "unsafe_archive", "source",
    ]  # fmt: skip


def test_bombs_are_refused_by_ratio_size_count_and_depth(tmp_path: Path):
    noise = random.Random(1).randbytes(3000)
    limits = Limits(entries=4, file_bytes=50_000, total_bytes=60_000, ratio=20, ratio_from=10_000, depth=2)

    def kinds(files: dict[str, bytes]) -> list[str]:
        (tmp_path / "b.zip").write_bytes(_zip(files))
        return [kind for _, kind in _told(list(sources([tmp_path / "b.zip"], limits)), tmp_path)]

    assert kinds({"a.txt": bytes(40_000), "b.txt": noise}) == ["unsafe_archive", "source"]
    assert kinds({"a.txt": bytes(60_000)}) == ["too_large"]
    assert kinds({f"{n}.txt": noise for n in range(6)}) == ["source"] * 4 + ["unsafe_archive"]
    assert kinds({f"{n}.txt": noise * 7 for n in range(4)}) == ["source", "source", "unsafe_archive", "unsafe_archive"]
    deep = _zip({"x.txt": noise})
    for _ in range(3):
        deep = _zip({"z.zip": deep})
    assert kinds({"z.zip": deep, "a.txt": noise}) == ["source", "unsafe_archive"]


def test_an_entry_that_lies_about_its_size_is_not_unpacked_beyond_it(tmp_path: Path):
    content = bytearray(_zip({"a.txt": bytes(100_000)}))
    size = (100_000).to_bytes(4, "little")
    lie = (10).to_bytes(4, "little")
    (tmp_path / "a.zip").write_bytes(bytes(content.replace(size, lie)))
    (found,) = sources([tmp_path / "a.zip"])
    assert isinstance(found, Source)
    with pytest.raises(UnreadableDocument) as refusal:
        found.load()
    assert refusal.value.reason == "damaged"


def test_locked_entries_and_broken_archives(tmp_path: Path):
    content = bytearray(_zip({"a.txt": b"secret", "b.txt": b"clair"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    (tmp_path / "a.zip").write_bytes(content)
    (tmp_path / "b.zip").write_bytes(_zip({"a.txt": b"x" * 500})[:90])
    assert [kind for _, kind in _told(list(sources([tmp_path / "a.zip"])), tmp_path)] == ["encrypted", "source"]
    (broken,) = sources([tmp_path / "b.zip"])
    with pytest.raises(UnreadableDocument) as refusal:
        read("b.zip", broken.load())  # type: ignore[union-attr]
    assert refusal.value.reason == "damaged"
