"""Recognition by the tesseract command, where it is installed."""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Iterator

from PIL import Image

from agent.documents.ocr.scans import ScannedWord, mark_bold

TIMEOUT = 120
"""Seconds for a page."""
LANGUAGES = ("fra", "eng")
LEAST_CONFIDENCE = 30.0
"""Of 100; words below are stamps, signatures and noise."""


class Tesseract:
    """The command with those of LANGUAGES that it has."""

    def __init__(self, command: str) -> None:
        self._command = command
        listed = subprocess.run(  # noqa: S603
            [command, "--list-langs"], capture_output=True, text=True, timeout=TIMEOUT, check=True
        ).stdout.split()
        self._languages = "+".join(language for language in LANGUAGES if language in listed) or "eng"

    def words(self, picture: Image.Image) -> list[ScannedWord]:
        """Raises TimeoutExpired or CalledProcessError where the command fails on the picture."""
        data = io.BytesIO()
        picture.save(data, "PNG", compress_level=1)
        result = subprocess.run(  # noqa: S603
            [self._command, "stdin", "stdout", "-l", self._languages, "--dpi", "200", "tsv"],
            input=data.getvalue(),
            capture_output=True,
            timeout=TIMEOUT,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
        found = list(_words(result.stdout.decode("utf-8", "replace")))
        mark_bold(found, picture)
        return found


def _words(table: str) -> Iterator[ScannedWord]:
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        if row["level"] != "5" or not text or float(row["conf"]) < LEAST_CONFIDENCE:
            continue
        left, top = float(row["left"]), float(row["top"])
        yield ScannedWord(text, left, top, left + float(row["width"]), top + float(row["height"]))
