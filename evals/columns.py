"""How own columns are answered without a language model: right, wrong, missed, rightly silent, by column and by the
confidence shown. `python -m evals.columns` prints it; the expectations are in `columns.toml`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from agent.columns import builtin
from agent.columns.written import parse
from agent.dossiers import open_file
from agent.reading.structure import ContractView, view
from portfolio.columns.records import Answer, Column
from portfolio.folding import fold
from portfolio.schema import Amount

PORTFOLIOS = Path(__file__).parent / "portfolios"
Score = Literal["right", "wrong", "missed", "quiet"]
"""``missed``: the contract says it and no value was read; ``quiet``: it does not say it, and none was."""


@dataclass(frozen=True)
class Scored:
    column: Column
    contract: str
    expected: str
    answer: Answer
    score: Score


def run(without: str | None = None) -> Iterator[Scored]:
    """Every expectation with what the built-in reader answers; of files ``without`` an ending, where told (scanned PDF
    take a minute)."""
    content = tomllib.loads(files("evals").joinpath("columns.toml").read_text(encoding="utf-8"))
    for entry in content["column"]:
        words, choices = entry["words"], tuple(entry.get("choices", ()))
        column = Column(words, words, entry["kind"], choices, "evals", datetime.now(UTC))
        for contract, expected in entry["expected"].items():
            if without is not None and contract.endswith(without):
                continue
            answer = builtin.answer(column, _view(contract))
            yield Scored(column, contract, expected, answer, _score(column, expected, answer.value))


def _score(column: Column, expected: str, value: Any) -> Score:
    if not expected:
        return "quiet" if value is None else "wrong"
    if value is None:
        return "missed"
    if column.kind == "text":
        return "right" if fold(expected) in fold(value) else "wrong"
    return "right" if _plain(parse(column, expected)) == _plain(value) else "wrong"


def _plain(value: Any) -> Any:
    """Of an amount, the sum and its currency: what else is said of it is not asked for here."""
    return (value.value, value.currency) if isinstance(value, Amount) else value


@lru_cache(maxsize=64)
def _view(contract: str) -> ContractView:
    file = PORTFOLIOS / contract
    return view(open_file(file.name, file.read_bytes()).bundles[0].dossier(()))


def main() -> None:
    scored = list(run())
    print(f"{'column':44} {'right':>6} {'wrong':>6} {'missed':>6} {'quiet':>6}")
    for words in dict.fromkeys(one.column.words for one in scored):
        counts = Counter(one.score for one in scored if one.column.words == words)
        print(f"{words:44} " + " ".join(f"{counts[score]:6}" for score in ("right", "wrong", "missed", "quiet")))
    counts = Counter(one.score for one in scored)
    print(f"{'all':44} " + " ".join(f"{counts[score]:6}" for score in ("right", "wrong", "missed", "quiet")))
    for sure in sorted({one.answer.confidence for one in scored if one.answer.value is not None}, reverse=True):
        shown = [one for one in scored if one.answer.value is not None and one.answer.confidence == sure]
        right = sum(one.score == "right" for one in shown)
        print(f"shown at {sure}: {right} of {len(shown)} right")
    for one in scored:
        if one.score in ("wrong", "missed"):
            print(f"{one.score}: {one.column.words} | {one.contract}: {one.expected!r}, read {one.answer.value!r}")


if __name__ == "__main__":
    main()
