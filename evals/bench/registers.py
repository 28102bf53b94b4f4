"""Registers full of generated contracts, for measuring what is computed from them; nothing is scored on these.

Each contract holds what a French services contract states, with a quote for every value; every tenth is an amendment.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from portfolio.evidence import Evidence
from portfolio.facts import Fact
from portfolio.register import writing
from portfolio.register.records import Company, ContractDraft, DocumentDraft
from portfolio.register.store import Register

T = TypeVar("T")

US = {"name": "Groupe Hospitalier du Val d'Essonne", "role": "client", "registration": "267800019"}
_TYPES = ("cleaning", "maintenance", "software", "security", "catering", "insurance", "energy", "lease", "services")
_CITIES = (("Évry", "91000"), ("Lyon", "69003"), ("Rennes", "35000"), ("Nantes", "44000"), ("Toulouse", "31000"))
_AMENDMENT = 10
_AT_ONCE = 200
"""Contracts a transaction."""


def fill(home: Path, count: int, seed: int = 0) -> None:
    """Writes a register of ``count`` contracts into the folder ``home``."""
    with Register.open(home) as register:
        register.set_companies([Company(US["name"], US["registration"])])
        for some in batched(drafts(count, seed), _AT_ONCE):
            with register.database.writing() as session:
                for draft in some:
                    writing.write(session, draft, "rules", "rules")


def batched(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while some := list(islice(items, size)):
        yield some


def drafts(count: int, seed: int = 0) -> Iterator[ContractDraft]:
    """``count`` contracts, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    for number in range(count):
        amends = number - 1 if number % _AMENDMENT == _AMENDMENT - 1 else None
        stem = f"contrat-{number:05d}"
        sha = hashlib.sha256(stem.encode()).hexdigest()
        values = _amendment(number, amends, chance) if amends is not None else _contract(number, chance)
        facts = tuple(_fact(field, value, sha, number) for field, value in values)
        yield ContractDraft((DocumentDraft(sha, f"{stem}.pdf", "application/pdf", 100_000, pages=12),), facts)


def _fact(field: str, value: Any, sha: str, number: int) -> Fact:
    quote = f"Extrait {number} du contrat qui établit « {field} », dans les termes convenus entre les parties."
    proof = Evidence(document=sha, quote=quote, page=1 + number % 12, start=0, end=len(quote))
    return Fact(field=field, value=value, evidence=(proof,), confidence=0.9, reader="rules", rule="bench")


def _contract(number: int, chance: random.Random) -> Iterator[tuple[str, Any]]:
    start = date(2020, 1, 1) + timedelta(days=chance.randrange(2400))
    years = chance.randrange(1, 5)
    supplier = {
        "name": f"Fournisseur {number % 700} SAS",
        "role": "supplier",
        "registration": f"{300000000 + number % 700}",
    }
    city, code = chance.choice(_CITIES)
    price = chance.randrange(12, 900) * 100.0
    yield "language", "fr"
    yield "title", f"Contrat de prestations n° {number}"
    yield "reference", f"GHVE-{2020 + number % 7}-{number:05d}"
    yield "contract_type", chance.choice(_TYPES)
    yield "legal_nature.sector", "private"
    yield "parties", US
    yield "parties", supplier
    yield "sites", {"name": f"Site {number % 60}", "city": city, "postal_code": code}
    yield "signature_date", start - timedelta(days=20)
    yield "start_date", start
    yield "duration", f"P{years}Y"
    yield "end_date", start.replace(year=start.year + years, day=min(start.day, 28)) - timedelta(days=1)
    yield "renewal.kind", chance.choice(("tacit", "tacit", "express", "none"))
    yield "renewal.period", "P1Y"
    yield "notice_period", f"P{chance.randrange(2, 7)}M"
    yield "amounts", {"label": "Forfait annuel", "value": price * 12, "period": "year", "tax": "excl"}
    yield "amounts", {"label": "Mensualité", "value": price, "period": "month", "tax": "excl"}
    yield "price_revision.kind", "indexed"
    yield "price_revision.indices", "SYNTEC"
    yield "price_revision.frequency", "P1Y"
    yield "price_revision.month_day", "01-01"
    yield "payment_days", chance.choice((30, 45, 60))
    for action, due in (
        ("remettre le rapport annuel d'activité", {"every": "P1Y", "month_day": "03-31"}),
        ("transmettre l'attestation d'assurance", {"every": "P1Y", "month_day": None}),
        ("remettre le plan de prévention", {"event": "démarrage des prestations", "offset": "-P15D"}),
    ):
        quote = f"Le Titulaire doit {action} (contrat {number})."
        yield "obligations", {"debtor": supplier["name"], "action": action, "due": due, "quote": quote}
    yield "termination", "Résiliation pour faute après mise en demeure restée sans effet pendant un mois."
    yield "governing_law", "FR"
    yield "jurisdiction", f"tribunal de commerce de {city}"


def _amendment(number: int, base: int, chance: random.Random) -> Iterator[tuple[str, Any]]:
    yield "language", "fr"
    yield "title", f"Avenant n° 1 au contrat de prestations n° {base}"
    yield "reference", f"GHVE-AV-{number:05d}"
    yield "amends", f"GHVE-{2020 + base % 7}-{base:05d}"
    yield "signature_date", date(2026, 1, 1) + timedelta(days=chance.randrange(300))
    yield "amounts", {
        "label": "Forfait annuel", "value": chance.randrange(12, 900) * 1200.0, "period": "year", "tax": "excl",
    }  # fmt: skip
