"""Does in earnest and takes it all back: what a dry run is made of."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from portfolio.register.database import Database
from portfolio.register.store import Register


class _OneSession(Database):
    """A database whose readings and writings are all parts of one transaction."""

    def __init__(self, database: Database, session: Session) -> None:
        self.engine = database.engine
        self._session = session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        self._session.flush()
        yield self._session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self._session.begin_nested():
            yield self._session


@contextmanager
def rehearsal(register: Register) -> Iterator[Register]:
    """The same register, in which whatever is written is gone in the end. Other writers wait meanwhile."""
    with register.database.writing() as session:
        yield Register(_OneSession(register.database, session), register.files)
        session.rollback()
