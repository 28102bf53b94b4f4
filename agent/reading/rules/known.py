"""What the subjects read so far, for the subjects that come after them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from agent.reading.reader import Candidate
from portfolio.schema import spec


class Known:
    """The candidates of earlier subjects, by field; ``company`` are our own company's names, empty where not known."""

    def __init__(self, company: tuple[str, ...] = (), candidates: Iterable[Candidate] = ()) -> None:
        self.company = company
        self._candidates: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Raises InvalidValue where the field does not exist."""
        self._candidates.setdefault(spec(candidate.field).name, []).append(candidate)

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All of them, field by field in the order in which the fields were first read."""
        return tuple(candidate for found in self._candidates.values() for candidate in found)

    def of(self, field: str) -> tuple[Candidate, ...]:
        """The candidates of ``field``, in the order in which they were read."""
        return tuple(self._candidates.get(spec(field).name, ()))

    def best(self, field: str) -> Candidate | None:
        """The surest candidate of ``field``; the first of equals; None where there is none."""
        return max(self.of(field), key=lambda candidate: candidate.confidence, default=None)

    def value(self, field: str) -> Any:
        """The value of the surest candidate, or None."""
        best = self.best(field)
        return None if best is None else best.value

    def values(self, field: str) -> tuple[Any, ...]:
        """The values of all candidates of ``field``, in the order in which they were read."""
        return tuple(candidate.value for candidate in self.of(field))
