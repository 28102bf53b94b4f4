"""A folder into a new portfolio by the product's own pipeline: `python -m evals.bench.bring_in FOLDER HOME`.

A process of its own, so that its memory can be measured. Vectors are left owed. Prints how many files met which end.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from agent.documents.discover import sources
from agent.pipeline import Pipeline
from portfolio.register.store import Register
from vectorstore.passages import Passages


def bring_in(folder: Path, home: Path) -> Counter[str]:
    with Register.open(home) as register, Passages.open(home) as passages:
        return Counter(outcome.status for outcome in Pipeline(register, passages).ingest(sources([folder])))


if __name__ == "__main__":
    print(json.dumps(bring_in(Path(sys.argv[1]), Path(sys.argv[2]))))
