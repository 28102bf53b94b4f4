"""What a register's contracts hold, kept ready for the questions of a process.

What a question is answered from is as of its day and as far as the person may see; between two questions only the
contracts that changed are read again. A register of ten thousand contracts takes some seconds the first time.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from agent.chat.execute import Executor
from agent.chat.holdings import Held, Holdings
from agent.chat.planners.portfolio import PortfolioPlanner
from agent.chat.planners.vocabulary import Vocabulary
from agent.chat.subjects import Subjects
from agent.chat.wordindex import WordIndex
from portfolio.alerts.clock import today
from portfolio.columns.book import Columns
from portfolio.current import Current, Renewed, uncollected
from portfolio.register.store import Register
from vectorstore.passages import Passages

_log = logging.getLogger(__name__)
_FIRST = 15.0
"""Seconds that the first looks at pages have for themselves once the server listens."""
_PAUSE = 60.0
"""Seconds between two looks at what changed."""
_DAYS, _VIEWS = 3, 16
"""Days, and views of them by people's rights, that are kept: those asked for last."""


class Ready:
    """A portfolio as one person sees it on a day, and what plans and answers questions on it."""

    def __init__(self, holdings: Holdings, index: WordIndex) -> None:
        self.holdings = holdings
        subjects = Subjects(holdings, index)
        self.rules = PortfolioPlanner(holdings, subjects)
        self.vocabulary = Vocabulary(holdings, subjects)
        self.executor = Executor(holdings, subjects)


@dataclass
class _Day:
    """All contracts as of a day, by id, and the words that they are known by."""

    held: dict[str, Held]
    index: WordIndex

    def renew(self, renewed: Renewed, as_of: date, passages: Passages) -> None:
        new = {id_: Held(chain, as_of, passages) for id_, chain in renewed.changed.items()}
        self.index = self.index.renewed(new, renewed.gone)
        self.held = {id_: held for id_, held in (self.held | new).items() if id_ not in renewed.gone}


class Shelf:
    """The contracts of one register, for any number of threads."""

    def __init__(self, register: Register, passages: Passages) -> None:
        self._register = register
        self._passages = passages
        self._lock = threading.RLock()
        self._current = Current(register)
        self._days: OrderedDict[date, _Day] = OrderedDict()
        self._ready: OrderedDict[tuple[date, frozenset[str] | None], Ready] = OrderedDict()
        self._progress: tuple[int, int] | None = None
        self._settled = False

    @property
    def progress(self) -> tuple[int, int] | None:
        """How many contracts are read, of how many, while many are; None where questions need not wait."""
        return self._progress

    def ready(self, as_of: date, allowed: frozenset[str] | None = None) -> Ready:
        """What answers questions as of a day for who may see ``allowed`` (ids of base contracts; None: all), as the
        register is now."""
        with self._lock:
            self._renew()
            self._passages.words.refresh()
            key = (as_of, allowed)
            ready = self._ready.pop(key, None) or self._made(as_of, allowed)
            self._ready[key] = ready
            _shorten(self._ready, _VIEWS)
            return ready

    def warm(self, as_of: date) -> None:
        """Makes ready all that a question on the whole portfolio may need."""
        ready = self.ready(as_of)
        if ready.holdings.contracts:
            self._passages.search("contrat", k=1)
        for held in ready.holdings.contracts:
            _ = held.deadlines, held.others
        if not self._settled:
            # a look for garbage among all that stays would stop every question for two seconds
            gc.freeze()
            self._settled = True

    def keep_warm(self) -> Callable[[], None]:
        """Makes it all ready for today beside everything else, and again whenever something changed; gives what stops
        that."""
        stopped = threading.Event()

        def work() -> None:
            stopped.wait(_FIRST)
            while not stopped.is_set():
                try:
                    self.warm(today())
                except Exception:
                    if not stopped.is_set():
                        _log.exception("The contracts could not be made ready for questions; trying again.")
                stopped.wait(_PAUSE)

        threading.Thread(target=work, name="questions made ready", daemon=True).start()
        return stopped.set

    def _renew(self) -> None:
        try:
            renewed = self._current.renew(self._tell)
        finally:
            self._progress = None
        if not renewed.changed and not renewed.gone:
            return
        self._ready.clear()
        for as_of, day in self._days.items():
            day.renew(renewed, as_of, self._passages)

    def _tell(self, done: int, total: int) -> None:
        self._progress = (done, total)

    def _made(self, as_of: date, allowed: frozenset[str] | None) -> Ready:
        day = self._days.pop(as_of, None)
        if day is None:
            day = _Day({}, WordIndex())
            with uncollected():
                day.renew(Renewed(self._current.chains), as_of, self._passages)
        self._days[as_of] = day
        _shorten(self._days, _DAYS)
        seen = [held for id_, held in day.held.items() if allowed is None or id_ in allowed]
        companies = [company.name for company in self._register.companies()]
        return Ready(Holdings(seen, self._passages, as_of, companies, Columns(self._register)), day.index)


def _shorten(kept: OrderedDict[Any, Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)


@lru_cache(maxsize=2)
def shelf(register: Register, passages: Passages) -> Shelf:
    """The one shelf of an open register in this process."""
    return Shelf(register, passages)
