"""How often one caller may ask, and how often one address may try keys that do not fit."""

from __future__ import annotations

import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ui.api.problems import ProblemError


class Limits:
    """Counted in this process: behind several, each counts its own."""

    def __init__(self, rate: int, failures: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._rate = RateLimitItemPerMinute(rate)
        self._failures = RateLimitItemPerMinute(failures)

    def spend(self, caller: str) -> dict[str, str]:
        """One request of a caller; the headers that tell what is left. Raises ProblemError where nothing is."""
        self._take(self._rate, "caller", caller)
        stats = self._limiter.get_window_stats(self._rate, "caller", caller)
        return {
            "RateLimit-Limit": str(self._rate.amount),
            "RateLimit-Remaining": str(stats.remaining),
            "RateLimit-Reset": str(max(0, round(stats.reset_time - time.time()))),
        }

    def failed(self, address: str) -> None:
        """A key did not fit. Raises ProblemError where that happened too often."""
        self._take(self._failures, "failure", address)

    def _take(self, item: RateLimitItemPerMinute, kind: str, who: str) -> None:
        if not self._limiter.hit(item, kind, who):
            stats = self._limiter.get_window_stats(item, kind, who)
            seconds = max(1, round(stats.reset_time - time.time()))
            raise ProblemError("too_many", {"Retry-After": str(seconds)}, rate=item.amount, seconds=seconds)
