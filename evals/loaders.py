"""Labelled contracts from disk: folders in the labelled format, Kleister-NDA, CUAD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import ValidationError

from evals.splits import Split, split_of
from portfolio.errors import ContrathequeError
from portfolio.schema import ContractRecord

SetKind = Literal["labelled", "kleister", "cuad"]


class LabelsNotFound(ContrathequeError):
    """A folder holds no labels, or labels of a document that is not there."""


class Contract(Protocol):
    """What all sets' contracts have."""

    @property
    def name(self) -> str: ...

    @property
    def split(self) -> Split: ...


@dataclass(frozen=True)
class LabelledContract:
    """A contract of a labelled folder. ``name`` is its JSON's stem; ``files`` exist, the main document first."""

    name: str
    record: ContractRecord
    files: tuple[Path, ...]
    split: Split


@dataclass(frozen=True)
class NdaContract:
    """A line of Kleister-NDA: ``pairs`` are its (key, value), values as written (`Kite_Pharma_Inc.`)."""

    name: str
    pairs: frozenset[tuple[str, str]]
    text: str
    split: Split


@dataclass(frozen=True)
class Span:
    """``text`` stands at ``[start, end)`` of its contract."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class CuadLabel:
    """What lawyers marked for one category: its spans, and the normalised answer where the category has one."""

    spans: tuple[Span, ...]
    answer: str | None


@dataclass(frozen=True)
class CuadContract:
    name: str
    file: Path
    labels: Mapping[str, CuadLabel]
    split: Split


def kind_of(folder: Path) -> SetKind:
    """What lies in ``folder``; raises LabelsNotFound where it is none of the three."""
    gold = folder / "gold.jsonl"
    if gold.is_file():
        first = next(_lines(gold), {})
        if "labels" in first:
            return "cuad"
        if "gold" in first:
            return "kleister"
    elif folder.is_dir() and any(_record(path) for path in folder.glob("*.json")):
        return "labelled"
    raise LabelsNotFound(
        f"{folder} holds no labelled contract: give a folder with JSON records beside their documents, or one with a "
        "gold.jsonl of Kleister-NDA or CUAD."
    )


def labelled(folder: Path) -> tuple[LabelledContract, ...]:
    """The contracts of a labelled folder in file-name order; JSON files that are no record are passed over."""
    records = [(path, record) for path in sorted(folder.glob("*.json")) if (record := _record(path))]
    return tuple(
        LabelledContract(path.stem, record, _files(path, record), split_of(index))
        for index, (path, record) in enumerate(records)
    )


def _record(path: Path) -> ContractRecord | None:
    """The record in ``path``; None where it is other JSON. Raises LabelsNotFound for a record with a mistake."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return None
    if not isinstance(content, dict) or "document" not in content:
        return None
    try:
        return ContractRecord.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise LabelsNotFound(f"{path.name} is not a record: {where}: {first['msg']}. Correct it.") from error


def _files(path: Path, record: ContractRecord) -> tuple[Path, ...]:
    names = (record.document,) if isinstance(record.document, str) else record.document
    files = tuple(path.parent / name for name in names)
    for file in files:
        if not file.is_file():
            raise LabelsNotFound(f"{path.name} labels « {file.name} », which is not beside it; put it there.")
    return files


def kleister(folder: Path) -> tuple[NdaContract, ...]:
    """The lines of Kleister-NDA's gold.jsonl; page breaks in the texts are form feeds."""
    return tuple(
        NdaContract(
            name=line["document"],
            pairs=frozenset((key, value) for key, values in line["gold"].items() for value in values),
            text=line["text"].replace("\\n", "\n").replace("\\f", "\f"),
            split=split_of(index),
        )
        for index, line in enumerate(_lines(folder / "gold.jsonl"))
    )


def cuad(folder: Path) -> tuple[CuadContract, ...]:
    """The lines of CUAD's gold.jsonl; the texts are in `contracts/`."""
    return tuple(
        CuadContract(
            name=line["document"],
            file=folder / "contracts" / line["document"],
            labels={
                category: CuadLabel(tuple(Span(**span) for span in label["spans"]), label["answer"])
                for category, label in line["labels"].items()
            },
            split=split_of(index),
        )
        for index, line in enumerate(_lines(folder / "gold.jsonl"))
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
