"""Fits the confidences of the built-in reader; `python -m evals.calibrate FOLDER…` writes its `calibration.json`.

Rules were tuned on development contracts, where nearly all they read is right: what a fact from such a contract owes to
that is a weight of its own (`tuned`), which the file leaves out. Held-out contracts enter with the verdicts on their
facts only. What the fit is worth is measured on held-out contracts, each scored by a fit that has not seen it.
"""

from __future__ import annotations

import json
from collections import Counter
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
STRENGTH = 0.2
"""Inverse of the penalty on weights: small, since there are more signs than mistakes to learn them from."""
RULE_STRENGTH = 0.3
"""How strongly the sign of a rule is seen: below 1, the fit leans on fields, of which more is known, before rules."""
TUNED_WEIGHT = 0.3
"""What a fact of a development contract counts."""


@dataclass(frozen=True)
class Fit:
    """``weights`` by sign, `tuned` and `tuned, public` left out."""

    weights: Mapping[str, float]

    @classmethod
    def of(cls, facts: Sequence[JudgedFact]) -> Fit:
        """What one rule found in one contract counts once, however many rows of a table it was."""
        found_by = Counter(map(_source, facts))
        counts = [_side_weight(fact) / found_by[_source(fact)] for fact in facts]
        vectors = DictVectorizer()
        table = vectors.fit_transform([_signs(fact) for fact in facts])
        model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8)
        model.fit(table, [fact.right for fact in facts], counts)
        found = dict(zip(vectors.get_feature_names_out(), model.coef_[0], strict=True))
        found["always"] = found.get("always", 0.0) + model.intercept_[0]
        kept = {sign: round(float(weight) * _strength(sign), 3) for sign, weight in found.items()}
        return cls({sign: weight for sign, weight in sorted(kept.items()) if weight and not sign.startswith("tuned")})

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
    return {sign: strength * _strength(sign) for sign, strength in fact.signs.items()} | tuned


def _strength(sign: str) -> float:
    return RULE_STRENGTH if sign.startswith("rule:") else 1.0


def _source(fact: JudgedFact) -> tuple[bool, str, str, str | None]:
    return fact.public, fact.contract, fact.fact.field, fact.fact.rule


def _side_weight(fact: JudgedFact) -> float:
    return TUNED_WEIGHT if fact.split == "development" and not fact.public else 1.0


def cross_validated(facts: Sequence[JudgedFact]) -> list[JudgedFact]:
    """Every fact scored by a fit on other contracts."""
    place = {name: i % FOLDS for i, name in enumerate(sorted({(fact.public, fact.contract) for fact in facts}))}
    scored: list[JudgedFact] = []
    for fold in range(FOLDS):
        unseen = [fact for fact in facts if place[fact.public, fact.contract] == fold]
        if unseen:
            scored += Fit.of([fact for fact in facts if place[fact.public, fact.contract] != fold]).scored(unseen)
    return scored


def measured(scored: Iterable[JudgedFact]) -> dict[str, Any]:
    """What a calibration is worth on these facts, in JSON's types."""
    facts = list(scored)
    sure = accepted(facts)
    return {
        "facts": len(facts),
        "certain": sure.certain,
        "certain_right": sure.right,
        "reliability": [
            {"from": b.low, "to": b.high, "facts": b.count, "predicted": round(b.expected, 4), "right": b.right}
            for b in reliability(facts)
        ],
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
    content: dict[str, Any] = {"readers": [READER], "certain_from": CERTAIN, "measured": {}}
    for name, public in (("labelled", False), ("public", True)):
        held = [fact for fact in scored if fact.split == "held_out" and fact.public is public]
        if held:
            content["measured"][name] = measured(held)
            console.print(trust_tables.reliability_table(f"{name}, cross-validated", {"held_out": held}))
            best = acceptable(held)
            console.print(
                f"Certain from {CERTAIN} on; 98 % would hold from {best.threshold} on, for {best.certain} of "
                f"{best.count} facts.\n"
            )
    content["weights"] = dict(Fit.of(facts).weights)
    output.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    console.print(f"{len(facts)} facts; written to {output}.")


if __name__ == "__main__":
    main()
