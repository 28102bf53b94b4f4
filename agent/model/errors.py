"""Why a model gave no answer."""

from __future__ import annotations

from typing import Literal

from portfolio.errors import ContrathequeError

Reason = Literal[
    "not_configured", "unreachable", "timeout", "busy", "server_error", "unauthorised", "no_model", "quota",
    "bad_request", "refusal", "empty", "invalid", "truncated", "limit", "waiting",
]  # fmt: skip
"""``limit``: the spending limit is reached; ``waiting``: it was handed over in a batch that is not answered yet."""

LASTING = frozenset(("not_configured", "unauthorised", "no_model", "quota", "limit"))
"""Reasons that the next request would meet as well: a run asks no further."""


class ModelError(ContrathequeError):
    """The endpoint gave no usable answer; the text says what happened and what to do."""

    def __init__(self, reason: Reason, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.reason = reason
        self.after = after
        """Seconds after which the server says that it may be asked again."""

    def __reduce__(self) -> tuple[type[ModelError], tuple[Reason, str, float | None]]:
        return ModelError, (self.reason, str(self), self.after)
