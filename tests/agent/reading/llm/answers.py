"""Answers of a scripted model."""

from __future__ import annotations

import json
from typing import Any

from evals.scripted.server import Reply

NOTHING: dict[str, dict[str, Any]] = {
    "identity": {
        "title": None, "reference": None, "amends": None, "contract_type": None, "nature": None, "status": None,
        "parties": [], "sites": [], "signature": None, "start": None, "end": None, "duration": None,
    },
    "ending": {"renewal": None, "notice": None, "termination": None, "law": None, "jurisdiction": None},
    "money": {"amounts": [], "revision": None, "payment_days": None, "late_interest": None},
    "obligations": {"items": [], "more": False},
}  # fmt: skip


def saying(asked: dict[str, Any] | None = None, /, **themes: dict[str, Any]) -> Reply:
    """An answer that says nothing but what ``themes`` say; of the themes that ``asked`` (a request) names, else all."""
    wanted = asked["response_format"]["json_schema"]["schema"]["properties"] if asked else NOTHING
    return Reply(json.dumps({name: NOTHING[name] | themes.get(name, {}) for name in wanted}, ensure_ascii=False))
