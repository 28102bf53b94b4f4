"""What tests of the whole road share: the sample portfolio, a home, running the command as a user does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "evals" / "portfolios" / "clinique"
COMPANY = "Clinique du Val d'Orge"


def command(home: Path, *arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Runs `contratheque` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "ui.cli.main", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | (env or {}),
        cwd=SAMPLE.parents[2],
        check=False,
    )


def exported(home: Path) -> list[dict[str, Any]]:
    """The plain records of the portfolio in ``home``."""
    done = command(home, "export", "json", "--plain")
    assert done.returncode == 0, done.stderr
    records: list[dict[str, Any]] = json.loads(done.stdout)
    return records


def contract_text(number: int, supplier: str = "Net Propre") -> str:
    """A short contract, different for every number."""
    return f"""Contrat de nettoyage n° NET-2024-{number:03d}

Entre les soussignés :

La société Acme Industrie, SAS, SIREN 552 100 554, ci-après « le Client », d'une part,

et la société {supplier} {number}, SARL, ci-après « le Prestataire », d'autre part.

Article 1 - Objet

Le Prestataire assure le nettoyage des bureaux du Client.

Article 2 - Durée

Le contrat prend effet le {1 + number % 28} mars 2024 pour une durée de trois ans. Il est ensuite renouvelé par tacite
reconduction par périodes d'un an, sauf dénonciation trois mois avant l'échéance.

Article 3 - Prix

Le prix est de {1000 + number} € HT par mois, payable à trente jours.

Article 4 - Documents

Le Prestataire remet au Client, tous les six mois, une attestation de vigilance de l'URSSAF.

Fait à Lyon, le 1er février 2024, en deux exemplaires.
"""
