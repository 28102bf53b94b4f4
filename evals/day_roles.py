"""Fits the ranker of days; `python -m evals.day_roles FOLDER…` writes `agent/reading/rules/day_roles.json`.

Only development contracts are learned from. What it is worth is told by portfolio, each read with weights that its own
contracts had no part in: other drafters judge it. Of held-out contracts only counts are shown.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import numpy as np
from rich.console import Console
from rich.table import Table
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import agent.reading.rules
from agent.documents.read import read as read_file
from agent.dossiers import open_file
from agent.reading.reader import Dossier
from agent.reading.rules import dates, language
from agent.reading.rules.day_mentions import Features, counted_mentions, described, mentions
from agent.reading.rules.day_roles import ROLES, Role, Weights, by_day, of_none, weighed_by
from agent.reading.rules.known import Known
from agent.reading.structure import ContractView, view
from evals import cuad, loaders
from evals.metrics import Outcome, Score
from evals.opened import KeptOpener, Opener
from evals.run import dossier, read_set, reader
from evals.splits import SPLITS, Split

FILE = Path(agent.reading.rules.__file__).parent / "day_roles.json"

STRENGTH = 2.0
"""Inverse of the penalty on weights."""
PUBLIC_WEIGHT = 0.1
"""What a pair of days of a CUAD contract counts: English, of one trade, and three hundred of them."""
LEAST = 3
"""In how many days a feature must be seen."""
KEPT = 0.02
"""Weights below it are left out of the file."""


@dataclass(frozen=True)
class Example:
    """The days of one contract in one role. ``right`` is empty where the labels have none; ``public``: of CUAD."""

    portfolio: str
    split: Split
    right: frozenset[date]
    days: Mapping[date, Features]
    english: bool
    public: bool = False


def examples(folder: Path, opener: Opener = open_file) -> Iterator[tuple[Role, Example]]:
    """Every role of every contract of a labelled folder or of CUAD that the labels have a say on."""
    if loaders.kind_of(folder) == "labelled":
        for contract in loaders.labelled(folder):
            record = contract.record
            laid_out = view(dossier(contract.files, (record.perspective,) if record.perspective else (), opener))
            for role in ROLES:
                day: date | None = getattr(record, role)
                yield (
                    role,
                    Example(folder.name, contract.split, frozenset({day} if day else ()), *days_of(laid_out, role)),
                )
    elif loaders.kind_of(folder) == "cuad":
        for public in loaders.cuad(folder):
            if public.split == "development":
                text = public.file.read_text(encoding="utf-8")
                laid_out = view(Dossier((read_file(f"{Path(public.name).stem}.txt", text.encode()),)))
                for role in ROLES:
                    if (told := answer(public, role)) is not None:
                        yield role, Example(folder.name, public.split, told, *days_of(laid_out, role), public=True)


def answer(contract: loaders.CuadContract, role: Role) -> frozenset[date] | None:
    """The lawyers' days, none where they found none; None where their answer is no day."""
    label = contract.labels.get(cuad.FIELD_CATEGORIES[role])
    if label is None or not (label.answer or label.spans):
        return frozenset()
    return frozenset(cuad.dates(label.answer or "")) or None


def days_of(laid_out: ContractView, role: Role) -> tuple[Mapping[date, Features], bool]:
    """The days that the ranker chooses from; whether the contract is in English."""
    known = Known(laid_out.dossier.companies)
    for candidate in language.read(laid_out, known):
        known.add(candidate)
    american = dates.reads_month_first(laid_out, known)
    found = mentions(laid_out, american)
    if role == "start_date":
        found += counted_mentions(laid_out, american, dates.told_signature(laid_out, american))
    return by_day(found, described(laid_out, found)), role == "start_date" and known.value("language") == "en"


def fit(found: Sequence[Example]) -> Weights:
    """Weights by feature: of two days of a contract the right one is to score higher, or « none » where none is."""
    seen = Counter(feature for example in found for features in example.days.values() for feature in features)
    choices = [
        [(features, day in example.right) for day, features in example.days.items()]
        + [(of_none(len(example.days), english=example.english), not example.right & example.days.keys())]
        for example in found
    ]
    rows = [dict.fromkeys((f for f in features if seen[f] >= LEAST or f.startswith("none")), 1.0)
            for contract in choices for features, _ in contract]  # fmt: skip
    vectors = DictVectorizer()
    table = _narrow(vectors.fit_transform(rows))
    right, wrong, counts = _pairs(choices, [PUBLIC_WEIGHT if example.public else 1.0 for example in found])
    differences = _narrow(table[right] - table[wrong])
    model = LogisticRegression(C=STRENGTH, max_iter=500, fit_intercept=False, solver="liblinear")
    model.fit(
        _narrow(vstack([differences, -differences])),
        np.r_[np.ones(len(counts)), np.zeros(len(counts))],
        np.r_[counts, counts],
    )
    weights = zip(vectors.get_feature_names_out(), model.coef_[0], strict=True)
    return {name: round(float(weight), 3) for name, weight in sorted(weights) if abs(weight) >= KEPT}


def _pairs(choices: Sequence[Sequence[tuple[Features, bool]]], counts: Sequence[float]) -> tuple[list[int], ...]:
    """Rows of right choices, of the wrong ones beside them, and what each pair counts."""
    right, wrong, weights, row = [], [], [], 0
    for contract, count in zip(choices, counts, strict=True):
        held = [row + i for i, (_, is_right) in enumerate(contract) if is_right]
        others = [row + i for i, (_, is_right) in enumerate(contract) if not is_right]
        row += len(contract)
        for one in held:
            right += [one] * len(others)
            wrong += others
            weights += [count / max(1, len(others)) ** 0.5] * len(others)
    return right, wrong, weights


def _narrow(table: csr_matrix) -> csr_matrix:
    """With 32-bit indices, which liblinear asks for."""
    table = table.tocsr()
    table.indices, table.indptr = table.indices.astype(np.int32), table.indptr.astype(np.int32)
    return table


def fitted(found: Mapping[Role, Sequence[Example]], without: str = "") -> dict[Role, Weights]:
    """The weights that development contracts of all portfolios but ``without`` lead to."""
    return {
        role: fit([e for e in found[role] if e.split == "development" and e.portfolio != without]) for role in ROLES
    }


GROUP = frozenset({*ROLES, "end_date", "duration"})


def scored(folder: Path, weights: Mapping[Role, Weights], opener: Opener) -> dict[Split, Score]:
    """How the dates of a portfolio are read, development and held-out contracts apart."""
    outcomes: dict[Split, list[Outcome]] = {"development": [], "held_out": []}
    with weighed_by(weights):
        for result in read_set(folder, reader("rules"), lambda contract: True, opener):
            outcomes[result.contract.split] += [o for o in result.outcomes if o.field in GROUP]
    return {split: Score.of(found) for split, found in outcomes.items()}


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Where opened files are kept.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=FILE, help="Where to.")
@click.option("--leave-one-out", is_flag=True, help="Also read each portfolio by weights of the others (minutes).")
def main(folders: tuple[Path, ...], keep: Path | None, output: Path, leave_one_out: bool) -> None:
    """Fit the ranker of days on the development contracts in FOLDERS."""
    opener = KeptOpener(keep) if keep else open_file
    found: dict[Role, list[Example]] = {role: [] for role in ROLES}
    for folder in folders:
        for role, example in examples(folder, opener):
            found[role].append(example)
    if leave_one_out:
        Console().print(compared([f for f in folders if loaders.kind_of(f) == "labelled"], found, opener))
    output.write_text(json.dumps(fitted(found), ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    click.echo(f"{sum(map(len, found.values()))} examples; written to {output}.")


def compared(folders: Sequence[Path], found: Mapping[Role, Sequence[Example]], opener: Opener) -> Table:
    """Dates of each portfolio by the rules alone, and with the ranker that the other portfolios taught."""
    table = Table("portfolio", "split", "rules: F1", "false fills", "with the ranker: F1", "false fills")
    total = {(split, ranked): Score() for split in SPLITS for ranked in (False, True)}
    for folder in folders:
        alone, ranked = scored(folder, {}, opener), scored(folder, fitted(found, folder.name), opener)
        for split in SPLITS:
            table.add_row(folder.name, split, *_shown(alone[split]), *_shown(ranked[split]))
            total[split, False] += alone[split]
            total[split, True] += ranked[split]
    for split in SPLITS:
        table.add_row("all", split, *_shown(total[split, False]), *_shown(total[split, True]))
    return table


def _shown(score: Score) -> tuple[str, str]:
    return f"{100 * (score.f1 or 0):.1f}", str(score.false_fills)


if __name__ == "__main__":
    main()
