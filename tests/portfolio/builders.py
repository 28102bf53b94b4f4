"""Contracts made by hand for the register's tests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from portfolio.evidence import Evidence
from portfolio.facts import Fact
from portfolio.register.records import ContractDraft, DocumentDraft
from portfolio.schema import FIELDS, ContractRecord, Party, Site, flatten

SAMPLE = Path(__file__).parents[2] / "evals" / "portfolios" / "clinique"

US = Party(name="Clinique du Val d'Orge", role="client", registration="775699238")
NETISOL = Party(name="Netisol Propreté", role="supplier", registration="44977774700014")
LIMPIDEA = Party(name="Limpidea Santé", role="supplier", registration="449777747")


def party(name: str, registration: str | None = None, role: str = "supplier") -> Party:
    return Party.model_validate({"name": name, "role": role, "registration": registration})


def site(city: str | None, postal_code: str | None = None, name: str | None = None) -> Site:
    return Site(name=name, city=city, postal_code=postal_code)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def document(name: str, **changes: Any) -> DocumentDraft:
    return DocumentDraft(**{"sha256": sha(name), "path": name, "media_type": "application/pdf", "size": 1000} | changes)


def facts(
    reader: str = "rules", confidence: float = 0.8, document_sha: str | None = None, **values: Any
) -> tuple[Fact, ...]:
    """Facts by field; a double underscore stands for the dot of a leaf, a list for several values."""
    made: list[Fact] = []
    for name, value in values.items():
        field = name.replace("__", ".")
        for item in value if FIELDS[field].many and isinstance(value, list | tuple) else [value]:
            quote = f"words for {field}"
            proof = Evidence(document=document_sha or sha("x"), quote=quote, page=1, start=0, end=len(quote))
            made.append(Fact(field=field, value=item, evidence=(proof,), confidence=confidence, reader=reader))
    return tuple(made)


def contract(name: str, /, **values: Any) -> ContractDraft:
    """A contract in one document called ``name``, between us and Netisol unless told otherwise."""
    values.setdefault("parties", [US, NETISOL])
    return ContractDraft((document(name),), facts(document_sha=sha(name), **values))


def sample(name: str) -> ContractDraft:
    """A contract of the sample portfolio by its stem, as if it had been read without a fault."""
    label = json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))
    record = ContractRecord.model_validate(label)
    content = (SAMPLE / label["document"]).read_bytes()
    given = DocumentDraft(
        hashlib.sha256(content).hexdigest(), label["document"], "application/octet-stream", len(content)
    )
    return ContractDraft(
        (given,), tuple(Fact(field=f, value=v, reader="rules", confidence=0.8) for f, v in flatten(record))
    )
