"""Départements and regions of France, by postal code."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Department:
    """``code`` as the official geographic code has it (`01`, `2A`, `974`)."""

    code: str
    name: str
    region: str


@cache
def departments() -> dict[str, Department]:
    """All départements and overseas territories, by code. Source: INSEE, official geographic code (COG)."""
    text = files("portfolio.data").joinpath("departments.csv").read_text(encoding="utf-8")
    return {
        row["code"]: Department(row["code"], row["name"], row["region"]) for row in csv.DictReader(text.splitlines())
    }


def department_of(postal_code: str | None) -> Department | None:
    """The département that a French postal code belongs to, or None for other codes.

    Corsica: 200xx and 201xx are Corse-du-Sud, 202xx to 206xx Haute-Corse. Overseas: the first three digits, but for
    Saint-Barthélemy (97133) and Saint-Martin (97150), which have codes of Guadeloupe. A few dozen places are served by
    the post office of the neighbouring département: their code tells the post office's.
    """
    code = re.sub(r"\s|^F-?", "", postal_code or "")
    if not re.fullmatch(r"\d{5}", code):
        return None
    known = departments()
    if code in ("97133", "97150"):
        return known["977" if code == "97133" else "978"]
    if code.startswith("20"):
        return known["2A" if code < "20200" else "2B"]
    return known.get(code[:3] if code.startswith(("97", "98")) and code != "98000" else code[:2])
