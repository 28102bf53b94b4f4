"""Which labelled contracts are held out (docs/decisions/0002-splits.md)."""

from typing import Literal

Split = Literal["development", "held_out"]
SPLITS: tuple[Split, ...] = ("development", "held_out")


def held_out(index: int) -> bool:
    """Whether the contract at ``index`` (from 0, in file-name order of its set) is only scored, never looked at."""
    return index % 3 == 0


def split_of(index: int) -> Split:
    return "held_out" if held_out(index) else "development"
