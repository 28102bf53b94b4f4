"""The turns of conversations, kept to be searched, judged, and turned into questions of the evaluation: `chat.db` in
the data folder, or tables of PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import sqlalchemy as sa

from portfolio.errors import InvalidValue, NotFound
from portfolio.folding import fold

Thumb = Literal["up", "down"]
_metadata = sa.MetaData()
_turns = sa.Table(
    "chat_turn",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("session", sa.String(200), nullable=False, index=True),
    sa.Column("who", sa.String(200), nullable=False, index=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("as_of", sa.Date, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("folded", sa.Text, nullable=False),
    sa.Column("thumb", sa.String(4)),
    sa.Column("comment", sa.Text),
)
LONGEST_COMMENT = 2_000
_LONGEST_SESSION = 200


@dataclass(frozen=True)
class Turn:
    """A question and its answer, which has the keys of `contratheque ask --json`; ``thumb`` and ``comment`` are what
    the person thought of it."""

    id: int
    session: str
    who: str
    at: datetime
    as_of: date
    question: str
    answer: Mapping[str, Any]
    thumb: Thumb | None = None
    comment: str | None = None


@dataclass(frozen=True)
class Session:
    """A conversation: its first question, and when it was gone on with last."""

    name: str
    question: str
    turns: int
    at: datetime


class TalkStore:
    """Turns of everybody; every method takes the person whose they are (None: of all, for those who may)."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        home.mkdir(parents=True, exist_ok=True)
        parsed = sa.make_url(url) if url else sa.make_url(f"sqlite:///{home / 'chat.db'}")
        if parsed.get_backend_name() in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self._engine = sa.create_engine(parsed)
        _metadata.create_all(self._engine)

    def close(self) -> None:
        self._engine.dispose()

    def add(self, session: str, who: str, as_of: date, question: str, answer: Mapping[str, Any]) -> int:
        """Keeps a turn; gives its number."""
        row = {
            "session": session_name(session),
            "who": who,
            "at": datetime.now(UTC),
            "as_of": as_of,
            "question": question,
            "answer": json.dumps(answer, ensure_ascii=False),
            "folded": fold(f"{question} {answer['answer']}"),
        }
        with self._engine.begin() as connection:
            return int(connection.scalar(sa.insert(_turns).values(row).returning(_turns.c.id)) or 0)

    def judge(self, turn: int, who: str | None, thumb: Thumb, comment: str | None = None) -> None:
        """A thumb up or down, with a comment. Raises NotFound, and InvalidValue for a comment that is too long."""
        if comment is not None and len(comment) > LONGEST_COMMENT:
            raise InvalidValue(f"A comment has {LONGEST_COMMENT} letters at most; shorten it.")
        query = sa.update(_turns).where(_turns.c.id == turn)
        query = query if who is None else query.where(_turns.c.who == who)
        with self._engine.begin() as connection:
            if connection.execute(query.values(thumb=thumb, comment=comment)).rowcount == 0:
                raise NotFound(f"There is no turn {turn} of yours; see contratheque sessions search.")

    def search(self, words: str = "", who: str | None = None, session: str | None = None) -> list[Turn]:
        """The turns in which all of some words occur, newest first, at most 200."""
        query = sa.select(_turns).order_by(_turns.c.id.desc()).limit(200)
        for word in fold(words).split():
            query = query.where(_turns.c.folded.contains(word, autoescape=True))
        query = query if who is None else query.where(_turns.c.who == who)
        query = query if session is None else query.where(_turns.c.session == session_name(session))
        with self._engine.connect() as connection:
            return [_turn(row) for row in connection.execute(query).mappings()]

    def forget(self, contracts: Collection[str]) -> int:
        """Deletes everybody's turns whose answer cites one of some contracts (file stems); how many they were."""
        with self._engine.begin() as connection:
            kept = connection.execute(sa.select(_turns.c.id, _turns.c.answer)).all()
            about = [id_ for id_, answer in kept if _cited(json.loads(answer)) & set(contracts)]
            connection.execute(sa.delete(_turns).where(_turns.c.id.in_(about)))
        return len(about)

    def sessions(self, who: str, most: int = 30) -> list[Session]:
        """The conversations of ``who``, the one gone on with last first."""
        counted = (
            sa.select(
                _turns.c.session,
                sa.func.min(_turns.c.id).label("first"),
                sa.func.max(_turns.c.id).label("last"),
                sa.func.count().label("turns"),
            )
            .where(_turns.c.who == who)
            .group_by(_turns.c.session)
            .order_by(sa.func.max(_turns.c.id).desc())
            .limit(most)
            .subquery()
        )
        ends = _turns.alias()
        query = (
            sa.select(counted.c.session, _turns.c.question, counted.c.turns, ends.c.at)
            .join(_turns, _turns.c.id == counted.c.first)
            .join(ends, ends.c.id == counted.c.last)
            .order_by(counted.c.last.desc())
        )
        with self._engine.connect() as connection:
            return [Session(*row) for row in connection.execute(query)]

    def turn(self, id_: int, who: str) -> Turn:
        """One turn of ``who``. Raises NotFound."""
        with self._engine.connect() as connection:
            row = (
                connection.execute(sa.select(_turns).where(_turns.c.id == id_, _turns.c.who == who)).mappings().first()
            )
        if row is None:
            raise NotFound(f"There is no turn {id_} of yours; see contratheque sessions search.")
        return _turn(row)

    def judged(self) -> list[dict[str, Any]]:
        """The judged turns as entries of a question file: of a thumb up the answer is the right one; of a thumb down
        it waits for a person to write it, beside what was answered and the comment."""
        query = sa.select(_turns).where(_turns.c.thumb.is_not(None)).order_by(_turns.c.id)
        with self._engine.connect() as connection:
            found = [_turn(row) for row in connection.execute(query).mappings()]
            return [_entry(turn, self._before(connection, turn)) for turn in found]

    @staticmethod
    def _before(connection: sa.Connection, turn: Turn) -> list[str]:
        query = sa.select(_turns.c.question).where(
            _turns.c.session == turn.session, _turns.c.who == turn.who, _turns.c.id < turn.id
        )
        return list(connection.scalars(query.order_by(_turns.c.id)))


def _cited(answer: Mapping[str, Any]) -> set[str]:
    """The contracts (file stems) that an answer names."""
    rows = (row.get("contract") for row in answer["rows"])
    action = answer.get("pending_action") or {}
    named = {*rows, *(citation["contract"] for citation in answer["citations"]), action.get("contract")}
    return {name for name in named if isinstance(name, str)}


def session_name(session: str) -> str:
    """A session's name as it is kept. Raises InvalidValue for one that is empty or too long."""
    if not 0 < len(session) <= _LONGEST_SESSION:
        raise InvalidValue(f"A session's name has 1 to {_LONGEST_SESSION} letters.")
    return session


def _turn(row: sa.RowMapping) -> Turn:
    at = row["at"].replace(tzinfo=UTC) if row["at"].tzinfo is None else row["at"]
    kept = {key: value for key, value in row.items() if key != "folded"}
    return Turn(**kept | {"answer": json.loads(row["answer"]), "at": at})


def _entry(turn: Turn, before: list[str]) -> dict[str, Any]:
    answer, right = turn.answer, turn.thumb == "up"
    action = answer.get("pending_action")
    said = {key: action[key] for key in ("action", "contract", "date")} if action else answer["value"]
    cited = sorted({citation["contract"] for citation in answer["citations"]})
    return {
        "id": f"feedback-{turn.id}",
        "lang": answer.get("plan", {}).get("language", "fr"),
        "question": turn.question,
        "previous": before,
        "kind": answer["kind"] if right else None,
        "answer": said if right else None,
        "accept": [],
        "must_cite": cited if right else [],
        "why": turn.comment or "",
        "as_of": turn.as_of.isoformat(),
        "answered": said,
    }
