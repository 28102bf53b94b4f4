"""What the interfaces say, in French and English: one catalogue, `fr.toml` and `en.toml`, with the same keys."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "en")


@cache
def catalogue(language: str) -> dict[str, str]:
    """Every text of ``language`` by its dotted key."""
    tree = tomllib.loads(files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": text for section, texts in tree.items() for key, text in texts.items()}


class Texts:
    """The texts of one language: ``texts("ingest.done", count=3)``."""

    def __init__(self, language: str = "fr") -> None:
        self.language = language if language in LANGUAGES else "fr"
        self._texts = catalogue(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with its values filled in; raises KeyError for a key that is not in the catalogue."""
        return self._texts[key].format(**values)

    def name(self, section: str, value: str) -> str:
        """The word for a value of a closed vocabulary; the value itself where the catalogue has none."""
        return self._texts.get(f"{section}.{value}", value)
