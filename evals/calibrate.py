"""Fits the confidences of the built-in reader; `python -m evals.calibrate FOLDER…` writes its `calibration.json`.

Rules were tuned on development contracts, where nearly all they read is right: what a fact from such a contract owes to
that is a weight of its own (`tuned`), which the file leaves out. Held-out contracts enter with their facts' verdicts
only. What the fit is worth is measured on held-out labelled contracts, each scored by a fit that has not seen it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

import agent.reading
from agent.dossiers import open_file
from agent.reading.confidence import Calibration
from evals import trust_tables
from evals.opened import KeptOpener
from evals.run import read_set, reader
from evals.trust import JudgedFact, acceptable, accepted, judged, reliability
from portfolio.facts import CERTAIN

READER = "rules"
FILE = Path(agent.reading.__file__).parent / "calibration.json"

FOLDS = 20
STRENGTH = 0.5
"""Inverse of the penalty on weights: small, since there are more rules than mistakes."""
PUBLIC_WEIGHT = 0.3
"""What a fact of the public sets counts: they are many, in English, and labelled for another purpose."""


@dataclass(frozen=True)
class Fit:
    """``weights`` by sign, `tuned` and `tuned, public` left out."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, facts: Sequence[JudgedFact]) -> Fit:
        vectors = DictVectorizer()
        table = vectors.fit_transform([_signs(fact) for fact in facts])
        model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8)
        model.fit(table, [fact.right for fact in facts], [PUBLIC_WEIGHT if fact.public else 1.0 for fact in facts])
        found = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
        found["always"] = found.get("always", 0.0) + model.intercept_[0]
        kept = {name: round(float(weight), 3) for name, weight in found.items() if not name.startswith("tuned")}
        return cls({name: weight for name, weight in sorted(kept.items()) if weight})

    def scored(self, facts: Iterable[JudgedFact]) -> list[JudgedFact]:
        """The facts with the confidence that they would have in a contract that nobody looked at."""
        calibration = Calibration(frozenset([READER]), self.weights)
        return [
            replace(
                fact, fact=fact.fact.model_copy(update={"confidence": round(calibration.probability(fact.signs), 4)})
            )
            for fact in facts
        ]


def _signs(fact: JudgedFact) -> dict[str, float]:
    tuned = {"tuned, public" if fact.public else "tuned": 1.0} if fact.split == "development" else {}
    return {**fact.signs, **tuned}


def cross_validated(facts: Sequence[JudgedFact]) -> list[JudgedFact]:
    """Every fact scored by a fit on other contracts."""
    place = {name: i % FOLDS for i, name in enumerate(sorted({(fact.public, fact.contract) for fact in facts}))}
    scored: list[JudgedFact] = []
    for fold in range(FOLDS):
        unseen = [fact for fact in facts if place[fact.public, fact.contract] == fold]
        if unseen:
            scored += Fit.of([fact for fact in facts if place[fact.public, fact.contract] != fold]).scored(unseen)
    return scored


def measured(scored: Sequence[JudgedFact]) -> dict[str, Any]:
    """What a calibration is worth on held-out contracts, for the file."""
    held = [fact for fact in scored if fact.split == "held_out" and not fact.public]
    sure = accepted(held)
    return {
        "facts": len(held),
        "certain": sure.certain,
        "certain_right": sure.right,
        "reliability": [{"from": b.low, "to": b.high, "facts": b.count, "right": b.right} for b in reliability(held)],
    }


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Where opened files are kept.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=FILE, help="Where to.")
def main(folders: tuple[Path, ...], keep: Path | None, output: Path) -> None:
    """Fit confidences on the labelled contracts in FOLDERS."""
    console = Console()
    opener = KeptOpener(keep) if keep else open_file
    read = reader(READER)
    facts = [
        fact
        for folder in folders
        for result in read_set(folder, read, lambda contract: True, opener)
        for fact in judged(result)
    ]
    scored = cross_validated(facts)
    for title, public in (("Held-out labelled contracts", False), ("Held-out public contracts", True)):
        held = [fact for fact in scored if fact.split == "held_out" and fact.public is public]
        if held:
            console.print(trust_tables.reliability_table(f"{title}, cross-validated", {"held_out": held}))
            best = acceptable(held)
            console.print(
                f"Certain from {CERTAIN} on; 98 % would hold from {best.threshold} on, for {best.certain} of "
                f"{best.count} facts.\n"
            )
    content = {"readers": [READER], "measured": measured(scored), "weights": dict(Fit.of(facts).weights)}
    output.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(f"{len(facts)} facts; written to {output}.")


if __name__ == "__main__":
    main()
