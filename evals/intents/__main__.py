"""`python -m evals.intents`: learns the shipped weights anew; `--cross FILE`: how well they carry over."""

from __future__ import annotations

import argparse
from importlib.resources import files
from pathlib import Path

from agent.chat.planners import intents
from evals.intents.crossing import report
from evals.intents.examples import digest, examples
from evals.intents.fitting import fit, known


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cross", type=Path, metavar="FILE", help="write the report of leaving writers out instead")
    parser.add_argument("--without", nargs="*", default=(), help="files whose examples are left out")
    parser.add_argument("--to", type=Path, default=Path(str(files("agent.chat.planners").joinpath(intents.FILE))))
    asked = parser.parse_args()
    given = tuple(example for example in examples() if example.writer not in asked.without)
    if asked.cross:
        asked.cross.write_text(report(given), encoding="utf-8")
        return
    asked.to.write_bytes(fit(given, known(given), digest()).packed())


if __name__ == "__main__":
    main()
