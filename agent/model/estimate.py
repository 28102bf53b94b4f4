"""What reading many texts will take, from the length of some."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

INSTRUCTIONS = 500
"""Tokens of instructions and schema that a contract is sent with."""
ANSWER_SHARE, ANSWER_LEAST = 0.05, 500
"""Tokens of an answer: a share of the text, and what every contract answers at least."""
UNKNOWN = 6_000
"""Tokens of a contract where none could be measured."""


@dataclass(frozen=True)
class Estimate:
    """For ``files``: tokens to be sent and received."""

    files: int
    sent: int
    received: int


def estimate(files: int, measured: Sequence[int]) -> Estimate:
    """What ``files`` will take where some of them have as many tokens as ``measured`` says."""
    text = sum(measured) / len(measured) if measured else UNKNOWN
    sent = files * (text + INSTRUCTIONS)
    received = files * (ANSWER_LEAST + ANSWER_SHARE * text)
    return Estimate(files, round(sent), round(received))
