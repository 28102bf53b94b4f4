"""What is never sent to a language model: contracts that a person marked."""

from __future__ import annotations

from collections.abc import Iterable

from portfolio.errors import ContrathequeError
from portfolio.folding import fold
from portfolio.register.records import Contract

CONFIDENTIAL = "confidentiel"
"""The tag that a contract is marked with."""
NEVER = "confidential"
"""Reason of a reading that a model is never asked for."""
_TAGS = frozenset((CONFIDENTIAL, "confidential"))


def is_confidential(contract: Contract) -> bool:
    """Whether a person gave it the tag « confidentiel » or « confidential »."""
    return confidential_tag(contract.tags)


def confidential_tag(tags: Iterable[str]) -> bool:
    """Whether one of ``tags`` says that the contract is confidential."""
    return any(fold(tag) in _TAGS for tag in tags)


class ConfidentialContract(ContrathequeError):
    """What would be sent belongs to a contract that a person marked."""
