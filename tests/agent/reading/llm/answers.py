"""Answers of a scripted model."""

from __future__ import annotations

import json
from typing import Any

from agent.reading.llm.schemas import SHORT
from evals.scripted.gold import asked_fields
from evals.scripted.server import Reply

NOTHING: dict[str, Any] = {"facts": [], "more": False}


def said(field: str, value: str, *quotes: str) -> dict[str, Any]:
    return {"field": SHORT.get(field, field), "value": value, "quotes": list(quotes)}


def saying(asked: dict[str, Any] | None = None, /, **parts: Any) -> Reply:
    """An answer that says nothing but ``parts``; of what ``asked`` (a request) asks for, else all."""
    answer = NOTHING | parts
    if asked:
        schema = asked["response_format"]["json_schema"]["schema"]
        names = [SHORT.get(field, field) for field in asked_fields(schema)]
        answer["facts"] = [fact for fact in answer["facts"] if fact["field"] in names]
        answer = {name: answer[name] for name in schema["properties"]}
    return Reply(json.dumps(answer, ensure_ascii=False))
