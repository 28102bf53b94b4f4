"""The errors that a user can meet. Each message says what happened, to which file or field, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from portfolio.words.texts import Texts


class ContrathequeError(Exception):
    """Root of every expected error; its text, in English, is shown to the user as it is. One that was made by `of` can
    be said in other languages too (`portfolio.words.errors`)."""

    key: str | None = None
    """The text's key in the catalogue's `[error]`, where it has one, and the values that fill it."""
    values: Mapping[str, Any] = {}

    @classmethod
    def of(cls, key: str, /, **values: Any) -> Self:
        """The error whose text the catalogue has under ``key``."""
        made = cls(Texts("en")(f"error.{key}", **values))
        made.key, made.values = key, values
        return made


class InvalidValue(ContrathequeError, ValueError):
    """A value does not have the form that its field asks for."""


class NotFound(ContrathequeError, LookupError):
    """A contract, document or counterparty was asked for that the register does not hold."""


class NotAllowed(ContrathequeError, PermissionError):
    """Somebody asked for what their role does not let them do. ``needs`` is the least role that may."""

    def __init__(self, needs: str) -> None:
        super().__init__(f"This needs the role {needs}; ask an administrator for it.")
        self.needs = needs
