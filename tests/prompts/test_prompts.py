"""Prompts: their files are sound, and whoever changes one raises its version.

A snapshot is called by name, version and language; after a change, raise the version in the front matter and write the
new one: `UPDATE_SNAPSHOTS=1 pytest tests/prompts`.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from prompts.loader import PromptError, load, names, parse

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.mark.parametrize(("name", "language"), names())
def test_a_prompt_reads_as_when_its_version_was_set(name: str, language: str) -> None:
    prompt = load(name, language)
    shown = prompt.render(**{variable: f"<{variable}>" for variable in prompt.variables})
    file = SNAPSHOTS / f"{name}.{prompt.version}.{language}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS") and not file.exists():
        file.write_text(shown + "\n", encoding="utf-8")
    assert file.exists(), f"{name}.{language} has a new version: UPDATE_SNAPSHOTS=1 pytest tests/prompts"
    assert shown + "\n" == file.read_text(encoding="utf-8"), "the text changed: raise the prompt's version"


def test_every_prompt_is_there_in_both_languages_with_one_version() -> None:
    for name in {name for name, _ in names()}:
        french, english = load(name, "fr"), load(name, "en")
        assert (french.version, french.variables, french.output) == (english.version, english.variables, english.output)


GOOD = """+++
name = "x"
version = 1
language = "fr"
purpose = "p"
variables = ["who"]
output = ""
+++
Bonjour $who.
"""


def test_a_missing_and_a_needless_variable_are_named() -> None:
    prompt = parse(GOOD, "x.fr")
    assert prompt.label == "x@1"
    assert prompt.render(who="le $monde") == "Bonjour le $monde."
    with pytest.raises(PromptError, match="misses who; has no whom"):
        prompt.render(whom="?")


@pytest.mark.parametrize(
    ("content", "called", "said"),
    [
        ("Bonjour", "x.fr", "front matter"),
        (GOOD.replace("version = 1\n", ""), "x.fr", "front matter has"),
        (GOOD.replace("version = 1", "version = 1\nmood = 1"), "x.fr", "front matter has"),
        (GOOD, "y.fr", "is called x.fr"),
        (GOOD.replace("$who", "$whom"), "x.fr", "uses"),
        (GOOD.replace("$who", "$who à 10 $"), "x.fr", "uses"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(content: str, called: str, said: str) -> None:
    with pytest.raises(PromptError, match=said):
        parse(content, called)
