"""The last plan of each conversation, kept in the data folder so that a follow-up finds it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from pydantic import ValidationError

from agent.chat.plan import QueryPlan


class Sessions:
    """Conversations by a name that the person chooses; any text is one."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "chat"

    def last(self, session: str) -> QueryPlan | None:
        """The plan of the session's last question; None where there is none, or one of another version."""
        try:
            return QueryPlan.model_validate_json(self._file(session).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValidationError):
            return None

    def keep(self, session: str, plan: QueryPlan) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._file(session).write_text(plan.model_dump_json(by_alias=True, exclude_defaults=True), encoding="utf-8")

    def _file(self, session: str) -> Path:
        return self._folder / f"{hashlib.sha256(session.encode()).hexdigest()[:32]}.json"
