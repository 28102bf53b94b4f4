"""Opened files kept between runs, so that whoever works on the reading of text need not wait for OCR each time."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from functools import cached_property
from pathlib import Path

import agent
from agent.dossiers import Opened, open_file

Opener = Callable[[str, bytes], Opened]


class KeptOpener:
    """Opens files as the product does; keeps the result in ``folder`` until the file changes or the code that opens it.

    The folder must be one's own: what lies there is trusted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: str, content: bytes) -> Opened:
        key = hashlib.sha256(b"\0".join((self._code, name.encode(), content))).hexdigest()
        kept = self._folder / f"{key}.pickle"
        if kept.is_file():
            opened: Opened = pickle.loads(kept.read_bytes())  # noqa: S301 - written below, by the same user
            return opened
        opened = open_file(name, content)
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".part")
        unfinished.write_bytes(pickle.dumps(opened))
        unfinished.replace(kept)
        return opened

    @cached_property
    def _code(self) -> bytes:
        """Stands for the code that turns files into dossiers."""
        root = Path(agent.__file__).parent
        sources = [root / "dossiers.py", *(root / "reading").glob("recognise*.py"), *(root / "documents").rglob("*.py")]
        return hashlib.sha256(b"\0".join(source.read_bytes() for source in sorted(sources))).digest()
