"""`python -m evals.leaderboard FOLDER…` reads all sets and writes `docs/leaderboard.md`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from agent.dossiers import open_file
from evals import cuad_tables, report
from evals.calibrate import FILE as CALIBRATION
from evals.cuad_spans import SpanScore
from evals.metrics import Score
from evals.opened import KeptOpener
from evals.run import Result, read_set, reader
from evals.shown import percent
from evals.splits import Split

READER = "rules"
FILE = Path(__file__).parent.parent / "docs" / "leaderboard.md"

SIDES: tuple[Split, ...] = ("held_out", "development")
"""As they are shown: first what counts."""

_KINDS = {"labelled": "Labelled portfolios", "public": "Kleister-NDA and CUAD, where their labels answer a field"}

Sets = Mapping[str, Sequence[Result]]

_HEAD = """# How well it reads

Written by `make leaderboard`; not to be edited. All figures in percent. They are of the built-in reader: no key, no
network, no language model.

*Held out* are contracts that nobody who writes rules has seen, text or labels ([why](decisions/0002-splits.md)): only
these figures say what to expect of a new contract. *Development* contracts were read while the rules were written;
their figures show what the rules reach on what they were written for, and nothing else. All labelled French contracts
were written for this purpose or are public documents; none is a customer's.
"""

_KLEISTER = """
F1 over upper-cased `key=value` pairs, the set's own metric, on its training part. Published, on its test part and
trained on this one: RoBERTa-base 78.5, LAMBERT 81.8; people 97.9. The built-in reader is trained on nothing: its rules
were written with the development side in sight.

"""

_CUAD = """
Answers: how often the normalised answer is the lawyers', where they gave one that a record can hold; how often a value
is given where they found none. Spans: the set's own metric over the words that prove facts (for dates and names the
words themselves, else their sentence); a register keeps one value where lawyers marked every mention.
"""

_TRUST = """
A value from {threshold:g} on is *certain*: it can be accepted unseen. Measured on held-out contracts, each scored by a
fit that has not seen it ([how](decisions/0009-confidence.md)); a fact is right when nothing it states is wrong.
"""

_TIME = """
To read text that is there already, on one core of a machine that had other work; ten pages are 30,000 characters.

"""


def page(sets: Sets, calibration: Mapping[str, Any]) -> str:
    """The whole document; sets of one kind share a section."""
    labelled = {name: results for name, results in sets.items() if any(result.labels for result in results)}
    cuad = {name: results for name, results in sets.items() if any(result.spans for result in results)}
    kleister = {name: results for name, results in sets.items() if name not in labelled and name not in cuad}
    parts: list[str] = [_HEAD]
    if labelled:
        parts += ["\n## Labelled portfolios\n", *_labelled(labelled)]
    for results in kleister.values():
        parts += ["\n## Kleister-NDA\n", _KLEISTER, *_scores("key", report.by_field(results))]
    for results in cuad.values():
        parts += ["\n## CUAD\n", _CUAD, *_cuad(results)]
    parts += ["\n## Confidence\n", _TRUST.format(threshold=calibration["certain_from"]), *_trust(calibration)]
    parts += ["\n## Time\n", *_time(sets)]
    return "".join(parts)


def _labelled(sets: Sets) -> Iterator[str]:
    pooled = [result for results in sets.values() for result in results]
    yield "\n"
    yield from _table(
        ("portfolio", *_both("contracts", "F1", "precision", "recall", "false fills")),
        [(name, *_set_cells(results)) for name, results in [*sets.items(), ("**all**", pooled)]],
    )
    valid, quotes = (sum(counts) for counts in zip(*(result.quotes for result in pooled), strict=True))
    yield f"\nQuotes that stand in their document: {percent(valid / quotes if quotes else None)}.\n\n"
    yield from _scores("group", report.by_group(pooled))
    yield "\n"
    yield from _scores("field", report.by_field(pooled))


def _set_cells(results: Sequence[Result]) -> Iterator[str]:
    for side in SIDES:
        held = [result for result in results if result.contract.split == side]
        yield str(len(held))
        yield from _score_cells(sum((result.score for result in held), Score()))


def _scores(what: str, rows: report.Tally) -> Iterator[str]:
    yield from _table(
        (what, *_both("F1", "precision", "recall", "false fills", "facts")),
        [
            (
                row,
                *(cell for side in SIDES for cell in (*_score_cells(scores[side]), str(scores[side].gold))),
            )
            for row, scores in rows.items()
        ],
    )


def _score_cells(score: Score) -> tuple[str, ...]:
    return (percent(score.f1), percent(score.precision), percent(score.recall), percent(score.false_fill_share))


def _cuad(results: Sequence[Result]) -> Iterator[str]:
    yield "\n"
    yield from _table(
        ("answers", *_both("accuracy", "answered", "filled", "silent")),
        [
            (category, *(cell for side in SIDES for cell in _answer_cells(sides[side])))
            for category, sides in cuad_tables.answers(results).items()
        ],
    )
    yield "\n"
    yield from _table(
        ("spans", *_both("precision", "recall", "area", "precision at 80 % recall", "marked")),
        [
            (category, *(cell for side in SIDES for cell in _span_cells(sides[side])))
            for category, sides in cuad_tables.by_category(results).items()
        ],
    )


def _answer_cells(score: cuad_tables.AnswerScore) -> tuple[str, ...]:
    return (percent(score.accuracy), str(score.answered), percent(score.filled_share), str(score.silent))


def _span_cells(score: SpanScore) -> tuple[str, ...]:
    shares = (score.precision, score.recall, score.area, score.precision_at(0.8))
    return (*map(percent, shares), str(score.marked))


def _trust(calibration: Mapping[str, Any]) -> Iterator[str]:
    for name, measured in calibration["measured"].items():
        certain, right, facts = (measured[key] for key in ("certain", "certain_right", "facts"))
        precision = percent(right / certain if certain else None)
        share = percent(certain / facts)
        yield f"\n{_KINDS[name]}: {share} % of {facts} facts are certain; of these {precision} % are right.\n\n"
        yield from _table(
            ("confidence", "facts", "predicted", "right"),
            [
                (
                    f"{held['from']:g} to {held['to']:g}",
                    str(held["facts"]),
                    percent(held["predicted"]),
                    percent(held["right"] / held["facts"]),
                )
                for held in measured["reliability"]
            ],
        )


def _time(sets: Sets) -> Iterator[str]:
    yield _TIME
    yield from _table(
        ("set", "contracts", "median ms", "slowest ms", "ten pages ms"),
        [
            (
                name,
                str(len(results)),
                *(f"{1000 * seconds:.0f}" for seconds in (pace.median, pace.slowest, pace.ten_pages)),
            )
            for name, results in sets.items()
            for pace in (report.Pace.of(results),)
        ],
    )


def _both(*heads: str) -> Iterator[str]:
    """The heads for both sides, held out first."""
    for side in SIDES:
        yield from (f"{side.replace('_', ' ')}: {head}" if i == 0 else head for i, head in enumerate(heads))


def _table(heads: Iterable[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    titles = list(heads)
    yield f"| {' | '.join(titles)} |\n| --- |{' ---: |' * (len(titles) - 1)}\n"
    yield from (f"| {' | '.join(row)} |\n" for row in rows)


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path), help="Where opened files are kept.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), default=FILE, help="Where to.")
def main(folders: tuple[Path, ...], keep: Path | None, output: Path) -> None:
    """Read the labelled contracts in FOLDERS and write the leaderboard."""
    opener = KeptOpener(keep) if keep else open_file
    read = reader(READER)
    sets: dict[str, list[Result]] = {}
    for folder in folders:
        click.echo(f"{folder.name} …", err=True)
        sets[folder.name] = list(read_set(folder, read, lambda contract: True, opener))
    output.write_text(page(sets, json.loads(CALIBRATION.read_text(encoding="utf-8"))), encoding="utf-8")
    click.echo(f"Written to {output}.")


if __name__ == "__main__":
    main()
