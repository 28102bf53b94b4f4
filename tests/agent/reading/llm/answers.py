"""Answers of a scripted model."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from agent.reading.llm.schemas import SHORT
from evals.scripted.gold import asked_fields
from evals.scripted.server import Reply
from portfolio.schema import FIELDS


def said(field: str, value: str, *quotes: str) -> str:
    """A line: ``value`` with the words that shall prove it, or alone, where it is the contract's own words."""
    return f"{SHORT.get(field, field)}: {' … '.join(quotes)}{' = ' if quotes else ''}{value}"


def saying(asked: dict[str, Any] | None = None, /, lines: Iterable[str] = ()) -> Reply:
    """An answer of ``lines``, without those of fields that ``asked`` (a request) does not ask for."""
    told = list(lines)
    if asked:
        others = {SHORT.get(field, field) for field in FIELDS} - {SHORT.get(f, f) for f in asked_fields(asked)}
        told = [line for line in told if line.partition(":")[0] not in others]
    return Reply(json.dumps({"lines": told}, ensure_ascii=False))
