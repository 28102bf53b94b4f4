"""Answers kept for programs that repeat a request: the same key and request get the same answer, nothing is done twice.

After the draft « The Idempotency-Key HTTP Header Field » (IETF httpapi).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from portfolio.accounts.models import KeptAnswerRow
from portfolio.register.store import Register

KEPT = timedelta(hours=24)
_UNFINISHED = timedelta(minutes=10)
"""After so long a request without an answer counts as one that died: it may be tried again."""
LONGEST_KEY = 200


@dataclass(frozen=True)
class KeptAnswer:
    status: int
    media_type: str
    body: bytes


Found = KeptAnswer | Literal["first", "working", "other"]
"""What to do with a request: give the kept answer; do it, it is the ``first``; wait, since the same is ``working``; or
refuse it, since its key was used for an ``other`` request."""


class Answers:
    """The kept answers of a register."""

    def __init__(self, register: Register) -> None:
        self._db = register.database

    def begin(self, who: str, key: str, request: bytes, now: datetime | None = None) -> Found:
        """Notes that ``who`` asks for ``request`` (all that it consists of) under ``key``, or finds that they did."""
        moment, asked = now or datetime.now(UTC), hashlib.sha256(request).hexdigest()
        with self._db.writing() as session:
            old = sa.or_(
                KeptAnswerRow.at < moment - KEPT,
                sa.and_(KeptAnswerRow.status.is_(None), KeptAnswerRow.at < moment - _UNFINISHED),
            )
            session.execute(sa.delete(KeptAnswerRow).where(old))
            row = session.get(KeptAnswerRow, (who, key))
            if row is None:
                session.add(KeptAnswerRow(who=who, key=key, request=asked, at=moment))
                return "first"
            if row.request != asked:
                return "other"
            if row.status is None:
                return "working"
            return KeptAnswer(row.status, row.media_type or "", row.body or b"")

    def keep(self, who: str, key: str, answer: KeptAnswer) -> None:
        """The answer to a request that `begin` called the first."""
        with self._db.writing() as session:
            chosen = sa.update(KeptAnswerRow).where(KeptAnswerRow.who == who, KeptAnswerRow.key == key)
            session.execute(chosen.values(status=answer.status, media_type=answer.media_type, body=answer.body))

    def forget(self, who: str, key: str) -> None:
        """It came to nothing that should be told again: the next one is the first."""
        with self._db.writing() as session:
            session.execute(sa.delete(KeptAnswerRow).where(KeptAnswerRow.who == who, KeptAnswerRow.key == key))
