"""The portfolio in figures as one person may see it: money by year and index, obligations kept, how well was read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from portfolio.accounts.desk import Desk
from portfolio.accounts.duties import ENDINGS
from portfolio.agenda.keeping import Part, part
from portfolio.agenda.stamps import stamps
from portfolio.exposure import Exposed, exposure
from portfolio.obligations.book import ObligationBook
from portfolio.register.records import Side
from portfolio.register.store import Register
from portfolio.reports import Commitments, Horizon, commitments
from portfolio.review.quality import FieldQuality, quality


@dataclass(frozen=True)
class Ending:
    """A month in which ``contracts`` (ids) end, at last those of ``final``."""

    month: date
    contracts: tuple[str, ...]
    final: int


@dataclass(frozen=True)
class Kept:
    """The obligations that fell due in a month on one ``side``, by what became of them."""

    month: date
    side: Side | None
    done: int
    waived: int
    late: int


class Board:
    """Every method heeds the account's scope, as `Desk` does."""

    def __init__(self, register: Register, desk: Desk) -> None:
        self._register = register
        self._desk = desk

    def stamp(self) -> str:
        """Changes with whatever the figures follow from."""
        with self._register.database.reading() as session:
            return str(hash((self._desk.account.scope, tuple(stamps(session).items()))))

    def commitments(self, as_of: date, horizon: Horizon) -> Commitments:
        """What contracts in scope commit to, year by year from that of ``as_of`` on."""
        return commitments(self._register, as_of, horizon, self._desk.seen())

    def exposure(self, found: Commitments) -> tuple[Exposed, ...]:
        """How much of these commitments follows each index."""
        return exposure(self._register, found.lines, found.as_of)

    def endings(self, as_of: date, days: int) -> tuple[Ending, ...]:
        """The months ahead in which contracts in scope end."""
        wanted = Part(ENDINGS, limit=None)
        events = part(self._register, as_of, days, self._desk.seen(), wanted)[0].events
        ended: dict[date, dict[str, bool]] = {}
        for event in events:
            of_month = ended.setdefault(event.on.replace(day=1), {})
            of_month[event.contract] = of_month.get(event.contract, False) or event.kind == "final_end"
        return tuple(Ending(month, tuple(of), sum(of.values())) for month, of in sorted(ended.items()))

    def kept(self, as_of: date, since: date) -> tuple[Kept, ...]:
        """What fell due from ``since`` to the day before ``as_of``, by month and side."""
        listed = ObligationBook(self._register).list(as_of, since, as_of, self._desk.seen())
        counts: Counter[tuple[date, Side | None, str]] = Counter(
            (o.event.on.replace(day=1), o.event.side, o.state) for o in listed.occurrences if o.state != "to_do"
        )
        months = sorted({(month, side) for month, side, _ in counts}, key=lambda key: (key[0], key[1] or ""))
        return tuple(
            Kept(month, side, *(counts[month, side, state] for state in ("done", "waived", "late")))
            for month, side in months
        )

    def quality(self) -> tuple[FieldQuality, ...]:
        """How well the contracts in scope were read, field by field."""
        return quality(self._register, self._desk.seen())
