"""Writes the Python client (ui/client) from the API's description: `python -m ui.api.client`, or `make client`.

The models are made by datamodel-code-generator; the methods, one an operation, by a template."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2

from agent.settings import Settings
from ui.api.app import create
from ui.api.parts import Parts
from ui.api.settings import ApiSettings

FOLDER = Path(__file__).parents[1] / "client"
_HEAD = '"""Written by `make client` from the API\'s description; not to be edited."""\n'
_LEFT_OUT = frozenset(("GET /calendar/{token}.ics",))
"""For calendar programs."""
_BOUNDS = frozenset((
    "title", "examples", "pattern", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems",
    "exclusiveMinimum", "exclusiveMaximum",
))  # fmt: skip
"""What the server checks and a client need not: where it is widened, an older client stays right."""
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


@dataclass(frozen=True)
class Parameter:
    """``sent``: its name in the request; ``name``: in Python."""

    name: str
    sent: str
    type: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """``call``: the method of `ui.client.transport.Transport` that gives its answer, `nothing` where there is none."""

    name: str
    method: str
    path: str
    about: str
    within: tuple[Parameter, ...]
    query: tuple[Parameter, ...]
    headers: tuple[Parameter, ...]
    body: str | None
    files: bool
    call: str
    gives: str

    @property
    def options(self) -> tuple[Parameter, ...]:
        return (*sorted(self.query, key=lambda one: not one.required), *self.headers)


class Closed:
    """Closed sets of words, each under one name."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, ...], str] = {}

    def name(self, values: tuple[str, ...], wanted: str) -> str:
        taken = {name for words, name in self._names.items() if words != values}
        number = next(n for n in range(1, 100) if f"{wanted}{n if n > 1 else ''}" not in taken)
        return self._names.setdefault(values, f"{wanted}{number if number > 1 else ''}")

    def all(self) -> dict[str, str]:
        return {name: ", ".join(json.dumps(word) for word in words) for words, name in self._names.items()}


def description() -> dict[str, Any]:
    """The API's OpenAPI description."""
    with tempfile.TemporaryDirectory() as folder:
        parts = Parts(Settings(home=Path(folder)), ApiSettings(), local=True)
        try:
            return create(parts).openapi()
        finally:
            parts.close()


def written(described: Mapping[str, Any]) -> dict[str, str]:
    """The client's generated files by name."""
    return {"models.py": _tidy(_models(described)), "operations.py": _tidy(_operations(described))}


def _models(described: Mapping[str, Any]) -> str:
    from datamodel_code_generator import InputFileType, generate
    from datamodel_code_generator.enums import DataModelType
    from datamodel_code_generator.format import Formatter, PythonVersion
    from datamodel_code_generator.parser import LiteralType

    schemas = {name: _loose(one) for name, one in described["components"]["schemas"].items() if name[:5] != "Body_"}
    about = {key: described[key] for key in ("openapi", "info")} | {"paths": {}, "components": {"schemas": schemas}}
    made = generate(
        json.dumps(about),
        input_file_type=InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        enum_field_as_literal=LiteralType.All,
        use_schema_description=True,
        disable_timestamp=True,
        custom_file_header=_HEAD,
        formatters=[Formatter.BUILTIN],
    )
    assert isinstance(made, str)
    return made


def _loose(schema: Any, *, named: bool = False) -> Any:
    """A schema without bounds; ``named``: its keys are the names of properties."""
    if isinstance(schema, list):
        return [_loose(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: value if key in ("default", "enum", "const", "required") else _loose(value, named=key == "properties")
        for key, value in schema.items()
        if named or not (key in _BOUNDS or (key == "additionalProperties" and value is False))
    }


def _operations(described: Mapping[str, Any]) -> str:
    closed = Closed()
    operations = [
        _operation(method.upper(), path, one, closed)
        for path, methods in described["paths"].items()
        for method, one in methods.items()
        if f"{method.upper()} {path}" not in _LEFT_OUT
    ]
    template = files("ui.api").joinpath("client.py.jinja").read_text(encoding="utf-8")
    made = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=False, trim_blocks=True)  # noqa: S701 (no HTML)
    return made.from_string(template).render(operations=operations, closed=closed.all())


def _operation(method: str, path: str, one: Mapping[str, Any], closed: Closed) -> Operation:
    given: dict[str, list[Parameter]] = {"path": [], "query": [], "header": []}
    for each in one.get("parameters", ()):
        if each["name"] != "If-None-Match":
            given[each["in"]].append(_parameter(each, closed))
    contents: Mapping[str, Any] = one.get("requestBody", {}).get("content", {})
    body = contents.get("application/json", {}).get("schema", {}).get("$ref", "").rpartition("/")[2]
    call, gives = _answer(next(answer for status, answer in one["responses"].items() if status < "300"))
    return Operation(
        one["operationId"], method, path, " ".join(one["description"].split()), tuple(given["path"]),
        tuple(given["query"]), tuple(given["header"]), body or None, "multipart/form-data" in contents, call, gives,
    )  # fmt: skip


def _parameter(given: Mapping[str, Any], closed: Closed) -> Parameter:
    name = given["name"].replace("-", "_").lower()
    kinds = list(dict.fromkeys(_types(given["schema"], name.title().replace("_", ""), closed)))
    return Parameter(name, given["name"], " | ".join(kinds), given.get("required", False))


def _types(schema: Mapping[str, Any], name: str, closed: Closed) -> Iterator[str]:
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from _types(one, name, closed)
    elif "enum" in schema:
        yield closed.name(tuple(schema["enum"]), name)
    elif schema.get("format") == "date":
        yield "date"
    elif schema["type"] == "array":
        yield f"Sequence[{' | '.join(_types(schema['items'], name, closed))}]"
    elif schema["type"] != "null":
        yield _PLAIN[schema["type"]]


def _answer(answer: Mapping[str, Any]) -> tuple[str, str]:
    contents = answer.get("content", {})
    if not contents:
        return "nothing", "None"
    if "text/event-stream" in contents:
        return "_events", "Iterator[ServerEvent]"
    schema = contents.get("application/json", {}).get("schema", {})
    if "$ref" in schema:
        return "_json", f"models.{schema['$ref'].rpartition('/')[2]}"
    if schema.get("type") == "array":
        return "_json", f"list[models.{schema['items']['$ref'].rpartition('/')[2]}]"
    return "_bytes", "bytes"


def _tidy(code: str) -> str:
    """As the project's own code is formatted."""
    for what in (("check", "--fix", "--quiet", "--exit-zero"), ("format", "--quiet")):
        ruff = [sys.executable, "-m", "ruff", *what, "--stdin-filename", str(FOLDER / "written.py"), "-"]
        code = subprocess.run(ruff, input=code, capture_output=True, text=True, check=True).stdout  # noqa: S603 (our own words)
    return code


if __name__ == "__main__":
    for name, code in written(description()).items():
        (FOLDER / name).write_text(code, encoding="utf-8")
