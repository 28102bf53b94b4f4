"""Kleister-NDA: F1 over upper-cased `key=value` pairs of all documents; values written as the set writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evals.jurisdictions import name_of
from evals.loaders import NdaContract
from evals.metrics import Outcome
from portfolio.schema import ContractRecord
from portfolio.values import Duration

KEYS = ("effective_date", "jurisdiction", "party", "term")

_SUFFIXES = {
    "inc": "Inc.",
    "incorporated": "Inc.",
    "corp": "Corp.",
    "ltd": "Ltd.",
    "co": "Co.",
    "llc": "LLC",
    "l.l.c": "LLC",
    "lp": "LP",
    "l.p": "LP",
    "n.v": "N.V.",
}
"""Legal forms as the set writes them, whatever the contract writes."""


def pairs(record: ContractRecord) -> frozenset[tuple[str, str]]:
    """What a record says under Kleister's keys: the date of effect, else of signature; the law; parties; the term."""
    found = {("party", party_value(party.name)) for party in record.parties}
    if (effective := record.start_date or record.signature_date) is not None:
        found.add(("effective_date", effective.isoformat()))
    if record.governing_law and (law := name_of(record.governing_law)):
        found.add(("jurisdiction", _joined(law)))
    if record.duration and (term := term_value(record.duration)):
        found.add(("term", term))
    return frozenset(found)


def party_value(name: str) -> str:
    """`Kite Pharma, Inc` is `Kite_Pharma_Inc.`."""
    joined = re.sub(r"\s+(?=[.-])", "", name.replace("&", " and "))  # the texts part stops and hyphens from words
    parts = re.sub(r"[,:;\"“”]", " ", joined).split()
    if parts:
        parts[-1] = _SUFFIXES.get(parts[-1].rstrip(".").lower(), parts[-1])
    return "_".join(parts)


def term_value(duration: Duration) -> str | None:
    """`7_years`, `18_months`; None for a term in several units that months cannot say."""
    if duration.in_months is not None:
        months = duration.in_months
        return _counted(months // 12, "year") if duration.years and not months % 12 else _counted(months, "month")
    return _counted(duration.days, "day") if duration.days and not (duration.years or duration.months) else None


def _counted(number: int, unit: str) -> str:
    return f"{number}_{unit}{'' if number == 1 else 's'}"


def _joined(text: str) -> str:
    return "_".join(text.split())


def compare(contract: NdaContract, read: ContractRecord) -> tuple[Outcome, ...]:
    """Every pair of the labels and of the record; a key is the outcome's field."""
    gold, given = _upper(contract.pairs), _upper(pairs(read))
    keys = {key for key, _ in gold}
    return (
        *(Outcome(key, value, value, right=True) for key, value in sorted(gold & given)),
        *(Outcome(key, value, None) for key, value in sorted(gold - given)),
        *(Outcome(key, None, value, false_fill=key not in keys) for key, value in sorted(given - gold)),
    )


def _upper(found: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(key, value.upper()) for key, value in found}
