"""LibreOffice without a window, as a second program that reads and writes what the exports make."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest


@dataclass(frozen=True)
class Office:
    """``profile``: a settings folder of the tests' own, so that no other LibreOffice is met."""

    program: str
    profile: Path

    @classmethod
    def find(cls, profile: Path) -> Office | None:
        program = shutil.which("soffice") or shutil.which("libreoffice")
        return cls(program, profile) if program else None

    def convert(self, path: Path, form: str) -> Path:
        """Opens ``path`` and saves it in another form beside, in the folder `again`. Any warning fails."""
        folder = path.parent / "again"
        command = [
            self.program, "--headless", f"-env:UserInstallation={self.profile.as_uri()}",
            "--convert-to", form, "--outdir", str(folder), str(path),
        ]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        said = [line for line in done.stderr.splitlines() if line.strip() and "javaldx" not in line]
        assert not said, said
        made = folder / f"{path.stem}.{form.partition(':')[0]}"
        assert made.exists(), done.stdout
        return made

    def edit(self, path: Path, edits: Sequence[tuple[str, str, Any]]) -> Path:
        """Opens a workbook, types ``edits`` (sheet, cell, value) into it and saves it beside, as Excel.

        Skips where the Python bridge of LibreOffice is missing.
        """
        python = next((p for p in ("/usr/bin/python3", shutil.which("python3")) if p and _has_bridge(p)), None)
        if python is None:
            pytest.skip("LibreOffice's Python bridge (uno) is not installed")
        pipe = f"contratheque{os.getpid()}"
        given, result = path.parent / "edits.json", path.parent / f"{path.stem}-edited.xlsx"
        given.write_text(json.dumps(edits), encoding="utf-8")
        office = [self.program, "--headless", "--norestore", f"-env:UserInstallation={self.profile.as_uri()}"]
        with subprocess.Popen([*office, f"--accept=pipe,name={pipe};urp;"], stderr=subprocess.DEVNULL) as server:
            script = [python, str(Path(__file__).with_name("office_edit.py")), pipe, str(path), str(result), str(given)]
            try:
                subprocess.run(script, check=True, timeout=120, capture_output=True, text=True)
                server.wait(timeout=60)
            finally:
                server.kill()
        return result


def _has_bridge(python: str) -> bool:
    return subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0
