"""What the interfaces say, in French and English: `<room>.fr.toml` and `<room>.en.toml` with the same keys."""

from __future__ import annotations

from portfolio.words import texts


class Texts(texts.Texts):
    """The texts of the interfaces, and those of portfolio with them."""

    packages = (*texts.Texts.packages, "ui.texts")
