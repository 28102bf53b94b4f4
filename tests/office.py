"""LibreOffice without a window, as a second program that reads and writes what the exports make."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


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
