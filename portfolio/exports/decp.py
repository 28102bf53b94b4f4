"""Public contracts as the essential data of public procurement (DECP), the French open data of the arrêtés of 22
December 2022, format 2.0.3.

A contract says a part of it; the rest (procedure, offers received, CPV code, day of notification…) is known to who
passed it and comes from a file beside, by contract. Only records that hold all that the format asks for are exported:
of the others it is told what is missing. Nothing is guessed.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from jsonschema import Draft202012Validator

from portfolio.errors import ContrathequeError
from portfolio.exports.gather import Tables
from portfolio.values import Duration

Kind = Literal["marche", "contrat-concession"]
_MOST = 1000
_PRICES: Mapping[str, Mapping[str, Any]] = {
    "fixed": {"typesPrix": {"typePrix": ["Définitif ferme"]}},
    "indexed": {"typesPrix": {"typePrix": ["Définitif révisable"]}},
}
_FORMS: Mapping[str, Mapping[str, Any]] = {
    "framework": {"techniques": {"technique": ["Accord-cadre"]}},
    "purchase_orders": {
        "techniques": {"technique": ["Accord-cadre"]},
        "modalitesExecution": {"modaliteExecution": ["Bons de commande"]},
    },
    "phased": {"modalitesExecution": {"modaliteExecution": ["Tranches"]}},
    "fixed_price": {"formePrix": "Forfaitaire"},
}
"""What the legal form of a contract says in the format."""


@dataclass(frozen=True)
class Unfinished:
    """A contract that cannot be published yet: ``missing`` names the data that are not there, ``wrong`` those that are
    not as the format asks, each with why."""

    contract: str
    kind: Kind
    missing: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Published:
    """``document`` in JSON's own types, valid against the schema; None where no contract is complete."""

    document: Mapping[str, Any] | None
    count: int
    unfinished: tuple[Unfinished, ...]


@cache
def schema() -> Mapping[str, Any]:
    """The structure of the format."""
    found: Mapping[str, Any] = json.loads(files("portfolio.exports").joinpath("decp-2.0.3.schema.json").read_bytes())
    return found


def complement(path: Path) -> Mapping[str, Mapping[str, Any]]:
    """What contracts do not say, by their file stem, in the format's own names; under `*` what holds for all. Raises
    ContrathequeError."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ContrathequeError(f"{path} cannot be read: {error}.") from None
    if not all(isinstance(value, dict) for value in read.values()):
        raise ContrathequeError(f'{path}: each part is headed by a contract\'s name, ["marche-2026-01"], or by ["*"].')
    return {name: _plain(value) for name, value in read.items()}


def publish(tables: Tables, beside: Mapping[str, Mapping[str, Any]]) -> Published:
    """The public contracts of the tables, published on their day, with ``beside`` as `complement` gives it."""
    records: dict[str, list[Mapping[str, Any]]] = {}
    unfinished: list[Unfinished] = []
    parties, sites, amounts = (_by_contract(tables.rows[name]) for name in ("parties", "sites", "amounts"))
    for row in tables.rows["contracts"]:
        contract: Any = row
        if contract.sector != "public":
            continue
        kind: Kind = "contrat-concession" if contract.form == "concession" else "marche"
        known = dict(_common(contract, tables.as_of))
        own = (parties.get(contract.contract_id, ()), sites.get(contract.contract_id, ()))
        prices = amounts.get(contract.contract_id, ())
        known |= dict(_concession(contract, own[0], prices) if kind != "marche" else _marche(contract, *own, prices))
        asked = schema()["$defs"][kind]["properties"]
        known |= {name: value for name, value in beside.get("*", {}).items() if name in asked and name not in known}
        known |= beside.get(contract.contract, {})
        problem = _checked(contract.contract, kind, known)
        if problem is None:
            records.setdefault(kind, []).append(known)
        else:
            unfinished.append(problem)
    count = sum(map(len, records.values()))
    return Published({"marches": records} if records else None, count, tuple(unfinished))


def _checked(contract: str, kind: Kind, record: Mapping[str, Any]) -> Unfinished | None:
    part = {"$ref": f"#/$defs/{kind}", "$defs": schema()["$defs"]}
    missing = tuple(name for name in schema()["$defs"][kind]["required"] if name not in record)
    wrong = tuple(
        f"{'.'.join(map(str, error.absolute_path)) or 'record'}: {error.message[:200]}"
        for error in Draft202012Validator(part).iter_errors(record)
        if error.validator != "required" or error.absolute_path
    )
    return Unfinished(contract, kind, missing, wrong) if missing or wrong else None


def _common(contract: Any, day: date) -> Iterator[tuple[str, Any]]:
    yield "datePublicationDonnees", day.isoformat()
    if contract.reference and len(contract.reference) <= 16:
        yield "id", contract.reference
    if contract.title:
        yield "objet", contract.title[:_MOST]
    months = _months(contract)
    if months:
        yield "dureeMois", months


def _marche(contract: Any, parties: Sequence[Any], sites: Sequence[Any], amounts: Sequence[Any]) -> Iterator[Any]:
    yield "nature", "Marché"
    buyer = next((p.registration for p in parties if p.role == "client" and _siret(p.registration)), None)
    if buyer:
        yield "acheteur", {"id": _digits(buyer)}
    holders = _operators(parties)
    if holders:
        yield "titulaires", [{"titulaire": one} for one in holders]
    yield from _PRICES.get(contract.price_revision or "", {}).items()
    yield from _FORMS.get(contract.form or "", {}).items()
    place = next((site.postal_code for site in sites if site.postal_code), None)
    if place:
        yield "lieuExecution", {"code": place, "typeCode": "Code postal"}
    whole = _whole_amount(amounts)
    if whole is not None:
        yield "montant", whole


def _concession(contract: Any, parties: Sequence[Any], amounts: Sequence[Any]) -> Iterator[Any]:
    authority = next((p.registration for p in parties if p.role == "client" and _siret(p.registration)), None)
    if authority:
        yield "autoriteConcedante", {"id": _digits(authority)}
    holders = _operators(parties)
    if holders:
        yield "concessionnaires", [{"concessionnaire": one} for one in holders]
    for name, day in (("dateSignature", contract.signature_date), ("dateDebutExecution", contract.start_date)):
        if day:
            yield name, day.isoformat()
    whole = _whole_amount(amounts)
    if whole is not None:
        yield "valeurGlobale", whole


def _operators(parties: Sequence[Any]) -> list[dict[str, str]]:
    """The suppliers, by SIRET or VAT number; none where one of them has neither, since a part would mislead."""
    found: list[dict[str, str]] = []
    for party in parties:
        if party.role != "supplier":
            continue
        number = _digits(party.registration or "")
        if _siret(party.registration):
            found.append({"typeIdentifiant": "SIRET", "id": number})
        elif number[:2].isalpha() and number[2:].isalnum() and len(number) >= 8:
            found.append({"typeIdentifiant": "TVA", "id": number})
        else:
            return []
    return found


def _whole_amount(amounts: Sequence[Any]) -> float | None:
    """The contract's amount for its whole length, excluding tax, in euros: its maximum where there is one; None where
    several could be meant."""
    whole = [a for a in amounts if a.period in (None, "total") and a.currency == "EUR" and a.tax == "excl"]
    most = [a.amount for a in whole if a.bound == "max"] or [a.amount for a in whole if a.bound is None]
    return float(most[0]) if len(set(most)) == 1 else None


def _months(contract: Any) -> int | None:
    """The length with all possible renewals, in whole months, as the format counts it; None where that is not known."""
    first = _in_months(contract.duration)
    if first is None:
        return None
    if contract.renewal in (None, "none"):
        return first
    period, count = _in_months(contract.renewal_period), contract.renewal_max_count
    return first + period * count if period and count else None


def _in_months(duration: Duration | None) -> int | None:
    if duration is None or duration.days or duration.hours or duration.negative:
        return None
    return duration.years * 12 + duration.months or None


def _siret(registration: str | None) -> bool:
    number = _digits(registration or "")
    return len(number) == 14 and number.isdigit()


def _digits(registration: str) -> str:
    return "".join(char for char in registration if char.isalnum())


def _by_contract(rows: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.contract_id, []).append(row)
    return found


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case _:
            return value
