"""Why a file could not be read, in words for its owner."""

from typing import Literal

from portfolio.errors import ContrathequeError

Reason = Literal[
    "encrypted", "damaged", "empty", "no_text", "too_large", "unknown_format", "unsafe_archive", "vanished",
    "not_permitted",
]  # fmt: skip


class UnreadableDocument(ContrathequeError):
    """The file cannot be read; ``reason`` is for programs, the message for people."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
