"""Catalogues of texts: one language's words for a key, from every `<room>.<language>.toml` of some packages."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

LANGUAGES = ("fr", "en")


@cache
def catalogue(language: str, packages: tuple[str, ...] = ("portfolio.words",)) -> dict[str, str]:
    """Every text of ``language`` in ``packages``, by its dotted key (`section.key`)."""
    texts: dict[str, str] = {}
    for package in packages:
        for file in files(package).iterdir():
            if file.name.endswith(f".{language}.toml"):
                tree = tomllib.loads(file.read_text(encoding="utf-8"))
                texts |= {f"{section}.{key}": text for section, pairs in tree.items() for key, text in pairs.items()}
    return texts


class Texts:
    """The texts of one language: ``texts("due.on", date="01/02/2027")``."""

    packages: tuple[str, ...] = ("portfolio.words",)

    def __init__(self, language: str = "fr") -> None:
        self.language = language if language in LANGUAGES else "fr"
        self._texts = catalogue(self.language, self.packages)

    def __call__(self, key: str, **values: object) -> str:
        """The text of ``key`` with its values filled in; raises KeyError for a key that is not in the catalogue."""
        return self._texts[key].format(**values)

    def name(self, section: str, value: str) -> str:
        """The word for a value of a closed vocabulary; the value itself where the catalogue has none."""
        return self._texts.get(f"{section}.{value}", value)
