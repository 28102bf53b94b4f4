from pathlib import Path

import pytest

from agent.documents.errors import UnreadableDocument
from evals import opened
from evals.opened import KeptOpener

TEXT = b"Contrat de nettoyage\n\nLe contrat est conclu pour trois ans.\n"


def test_a_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = KeptOpener(tmp_path)("a.txt", TEXT)
    monkeypatch.setattr(opened, "open_file", None)
    again = KeptOpener(tmp_path)("a.txt", TEXT)
    assert again.bundles[0].main.text == first.bundles[0].main.text


def test_changed_content_is_opened_again(tmp_path: Path) -> None:
    opener = KeptOpener(tmp_path)
    opener("a.txt", TEXT)
    assert "quatre ans" in opener("a.txt", TEXT.replace(b"trois", b"quatre")).bundles[0].main.text


def test_changed_code_opens_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    KeptOpener(tmp_path)("a.txt", TEXT)
    monkeypatch.setattr(KeptOpener, "_code", b"another version")
    KeptOpener(tmp_path)("a.txt", TEXT)
    assert len(list(tmp_path.glob("*.pickle"))) == 2


def test_what_cannot_be_opened_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument):
        KeptOpener(tmp_path)("a.txt", b"")
    assert not list(tmp_path.glob("*"))
