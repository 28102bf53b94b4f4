"""Prompts from their files: front matter checked, variables filled in."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

_FENCE = "+++\n"
_KEYS = frozenset(("name", "version", "language", "purpose", "variables", "output"))


class PromptError(ValueError):
    """A prompt file is not as it should be, or a variable is missing or too many: a mistake in the program."""


@dataclass(frozen=True)
class Prompt:
    """``output`` names the schema of the answer; it is empty for a part of another prompt."""

    name: str
    version: int
    language: str
    purpose: str
    variables: tuple[str, ...]
    output: str
    text: str

    @property
    def label(self) -> str:
        """Name and version, as recorded with what it produced: `read_money@2`."""
        return f"{self.name}@{self.version}"

    def render(self, **values: str) -> str:
        """The text with its variables filled in; a `$` in a value stays as it is. Raises PromptError."""
        missing, extra = set(self.variables) - set(values), set(values) - set(self.variables)
        if missing or extra:
            said = [
                f"{word} {', '.join(sorted(names))}"
                for word, names in (("misses", missing), ("has no", extra))
                if names
            ]
            raise PromptError(f"prompt {self.name}.{self.language}: {'; '.join(said)}")
        return Template(self.text).substitute(values)


@cache
def load(name: str, language: str) -> Prompt:
    """The prompt ``name`` in ``language``. Raises PromptError where there is none or its front matter is wrong."""
    file = files("prompts").joinpath(f"{name}.{language}.md")
    if not file.is_file():
        raise PromptError(f"there is no prompt {name}.{language}.md")
    return parse(file.read_text(encoding="utf-8"), f"{name}.{language}")


def parse(content: str, called: str) -> Prompt:
    """A prompt from its file's ``content``; ``called`` is the file's name without ending, which must agree."""
    before, _, rest = content.partition(_FENCE)
    matter, fence, text = rest.partition(_FENCE)
    if before or not fence:
        raise PromptError(f"{called} does not begin with front matter between two lines +++")
    head: dict[str, Any] = tomllib.loads(matter)
    if set(head) != _KEYS:
        raise PromptError(f"{called}: front matter has {sorted(head)}, not {sorted(_KEYS)}")
    if called != f"{head['name']}.{head['language']}":
        raise PromptError(f"{called} is called {head['name']}.{head['language']} in its front matter")
    template = Template(text)
    used = set(template.get_identifiers())
    if not template.is_valid() or used != set(head["variables"]):
        raise PromptError(f"{called}: its text uses {sorted(used)}, its front matter says {head['variables']}")
    return Prompt(**head | {"variables": tuple(head["variables"])}, text=text.strip())


def names() -> tuple[tuple[str, str], ...]:
    """(name, language) of every prompt there is."""
    stems = (file.name.removesuffix(".md") for file in files("prompts").iterdir() if file.name.endswith(".md"))
    return tuple(sorted((stem.rpartition(".")[0], stem.rpartition(".")[2]) for stem in stems))
