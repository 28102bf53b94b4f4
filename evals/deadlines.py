"""How a register's deadlines agree with a file of expected ones (`{contract: record}`), key by key.

The record is that of `contratheque deadlines --json`; `accept` holds other values that are right too. Obligations agree
one to one: same day, and words that say the same.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.normalise import jaccard, same_company, words
from portfolio.deadlines import deadlines
from portfolio.errors import ContrathequeError
from portfolio.exports.deadlines import as_json
from portfolio.register.store import Register
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

KEYS = (
    "amended_by", "current_end", "status_by_dates", "next_notice_deadline", "notice_missed",
    "following_notice_deadline", "final_end", "renewals_used", "next_price_revision",
)  # fmt: skip
"""Keys that hold one value, in the order of the record."""
OBLIGATIONS = "obligations_next"
_OVERLAP = 0.25
"""Least share of common words of two descriptions of one obligation that falls due on one day; the descriptions are one
person's summary and the contract's action, and days alone tell most of them apart."""
_SHORT = 3


@dataclass(frozen=True)
class Difference:
    """A value that is not the expected one. ``found`` or ``expected`` is None where there is none on that side."""

    contract: str
    key: str
    found: Any
    expected: Any


@dataclass(frozen=True)
class Agreement:
    """``counts``: for each key how many values agree, and of how many. An obligation that is computed but neither
    expected nor accepted is an extra one: listed, not counted against the rest."""

    counts: Mapping[str, tuple[int, int]]
    differences: tuple[Difference, ...]
    extra: tuple[Difference, ...]

    def share(self, key: str) -> float:
        agreed, all_ = self.counts[key]
        return agreed / all_ if all_ else 1.0


def expected(file: Path) -> dict[str, dict[str, Any]]:
    """The expected records by contract. Raises ContrathequeError for a file of another form."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContrathequeError(
            f"{file} cannot be read as JSON ({error}); give a file of expected deadlines."
        ) from error
    if not isinstance(content, dict) or not all(isinstance(v, dict) and "current_end" in v for v in content.values()):
        raise ContrathequeError(f"{file} is no file of expected deadlines: it maps contracts to their records.")
    return content


def compare(found: Mapping[str, Mapping[str, Any]], gold: Mapping[str, Mapping[str, Any]]) -> Agreement:
    """How the records ``found`` agree with ``gold``. A contract that was not found disagrees in every key."""
    agreed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    differences: list[Difference] = []
    extra: list[Difference] = []
    for contract, record in gold.items():
        mine = found.get(contract)
        for key in KEYS:
            total[key] += 1
            right = [record[key], *record.get("accept", {}).get(key, ())]
            if mine is not None and _plain(mine.get(key)) in [_plain(value) for value in right]:
                agreed[key] += 1
            else:
                differences.append(Difference(contract, key, mine.get(key) if mine else None, record[key]))
        owed = [] if mine is None else list(mine.get(OBLIGATIONS, ()))
        for item, match in _matched(record[OBLIGATIONS], owed, record.get("accept", {}).get(OBLIGATIONS, ())):
            total[OBLIGATIONS] += 1
            if match is not None:
                agreed[OBLIGATIONS] += 1
                total["debtor"] += 1
                agreed["debtor"] += same_company(match.get("debtor") or "", item["debtor"])
            else:
                differences.append(Difference(contract, OBLIGATIONS, None, item))
        extra += [Difference(contract, OBLIGATIONS, item, None) for item in owed]
    keys = (*KEYS, OBLIGATIONS, "debtor")
    return Agreement({k: (agreed[k], total[k]) for k in keys}, tuple(differences), tuple(extra))


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, list) else value


def _matched(
    gold: Sequence[Mapping[str, Any]], owed: list[Any], accept: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any] | None]]:
    """Each expected obligation with the computed one that agrees, or None. An accepted one stands for an expected one
    that it says the same as, on another day. What agrees is taken out of ``owed``; so are the accepted ones that no
    expected one needs."""
    for item in gold:
        others = [
            other
            for other in accept
            if same_company(other["debtor"], item["debtor"]) and _says(other["obligation"], item["obligation"]) >= 0.5
        ]
        match = _best([item, *others], owed)
        if match is not None:
            owed.remove(match)
        yield item, match
    for other in accept:
        match = _best([other], owed)
        if match is not None:
            owed.remove(match)


def _best(wanted: Sequence[Mapping[str, Any]], owed: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    scored = [
        (
            _says(item["obligation"], other["obligation"]),
            same_company(item["debtor"] or "", other.get("debtor") or ""),
            -n,
        )
        for item in wanted
        for n, other in enumerate(owed)
        if item["due_date"] == other["due_date"]
    ]
    best = max(scored, default=(0.0, False, 0))
    return owed[-best[2]] if best[0] >= _OVERLAP else None


def _says(a: str, b: str) -> float:
    """How far two descriptions say the same: shared words of three letters or more over all, or over the shorter's."""
    one, other = ({w for w in words(text) if len(w) >= _SHORT} for text in (a, b))
    return max(jaccard(one, other), len(one & other) / min(len(one), len(other)) * 0.8) if one and other else 0.0


def agreement(register: Register, file: Path, as_of: date | None = None) -> Agreement:
    """How the deadlines of ``register`` agree with those expected in ``file``, on ``as_of`` or else on the day that the
    `portfolio.json` beside it tells. Raises ContrathequeError where no day is known or the file has another form."""
    gold = expected(file)
    day = as_of or _day_beside(file)
    found = as_json(deadlines(register, day), Wording(Texts("fr")))["contracts"]
    return compare(found, gold)


def _day_beside(file: Path) -> date:
    beside = file.parent / "portfolio.json"
    try:
        return date.fromisoformat(json.loads(beside.read_text(encoding="utf-8"))["as_of"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContrathequeError(
            f"{beside} does not tell the day (as_of) of the expected deadlines; say --as-of."
        ) from error
