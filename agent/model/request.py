"""What is asked of a model: instructions, a text, and the schema of the answer in the form that strict mode takes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel


@dataclass(frozen=True)
class Request:
    """``subject`` is the content hash of the document asked about, for the account; ``prompt`` names and versions the
    instructions (`read@1+read_money@2`); ``max_output`` bounds the answer, in tokens."""

    subject: str
    prompt: str
    system: str
    user: str
    schema: type[BaseModel]
    max_output: int

    @cached_property
    def json_schema(self) -> dict[str, Any]:
        """The answer's schema as strict mode takes it, without what only costs tokens."""
        return _inlined(dict(_plain(self.schema.model_json_schema())))

    @property
    def messages(self) -> list[tuple[str, str]]:
        return [("system", self.system), ("human", self.user)]

    def key(self, model: str, host: str) -> str:
        """Stands for all that the answer depends on: the text, the prompt and its version, the schema, the model."""
        asked = [host, model, self.prompt, self.system, self.user, self.json_schema, self.max_output]
        return hashlib.sha256(json.dumps(asked, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _plain(schema: Any, *, names: bool = False) -> Any:
    """``schema`` without titles, defaults and descriptions; ``names``: its keys are names of properties."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if not names and set(schema) - _IDLE == {"anyOf"} and all(set(kind) == {"type"} for kind in schema["anyOf"]):
        return {"type": [kind["type"] for kind in schema["anyOf"]]}
    return {
        key: _plain(value, names=key in ("properties", "$defs"))
        for key, value in schema.items()
        if names or key not in _IDLE
    }


def _inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """``schema`` with its definition in its place where it has one alone, used once: the reference costs tokens."""
    definitions = schema.get("$defs", {})
    written = json.dumps(schema)
    if len(definitions) != 1 or written.count("#/$defs/") != 1:
        return schema
    ((name, definition),) = definitions.items()
    rest = json.dumps({key: value for key, value in schema.items() if key != "$defs"})
    return dict(json.loads(rest.replace(json.dumps({"$ref": f"#/$defs/{name}"}), json.dumps(definition))))


_IDLE = frozenset(("title", "default", "description"))
