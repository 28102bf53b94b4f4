"""What a grammar gives: a value and where its words stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """``value`` is written in ``text[start:end]`` of the text that was given."""

    value: T
    start: int
    end: int


def leftmost_longest(found: Iterable[Found[T]]) -> tuple[Found[T], ...]:
    """Without overlaps: of two that overlap, the one that begins first, then the longer one."""
    kept: list[Found[T]] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)
