"""Names of states and countries in the English sets, and their codes in the record (`US-NY`, `GB`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from evals.normalise import words


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    table = files("evals").joinpath("jurisdictions.csv").read_text(encoding="utf-8")
    return tuple((row["code"], row["name"]) for row in csv.DictReader(table.splitlines()))


@cache
def _codes() -> Mapping[str, str]:
    return {" ".join(words(name)): code for code, name in _rows()}


@cache
def _names() -> Mapping[str, str]:
    return dict(reversed(_rows()))


def name_of(code: str) -> str | None:
    """The usual English name: `US-NY` is `New York`; None for a code that is not in the table."""
    return _names().get(code)


def code_of(name: str) -> str | None:
    """The code of `Ontario, Canada` or `State of New York`; None for a name that is no place of the table."""
    for part in (name, *name.split(",")):
        code = _codes().get(" ".join(w for w in words(part) if w not in _FILLERS))
        if code:
            return code
    return None


_FILLERS = {"state", "province", "republic", "commonwealth", "federal", "the", "of", "people", "s"}
