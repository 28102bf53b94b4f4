"""Index values in the register's database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from portfolio.errors import InvalidValue
from portfolio.register.models import Json, Moment, Table
from portfolio.register.store import Register
from portfolio.revision.indices import Book, IndexValue, Link, Series, catalogue
from portfolio.revision.periods import parse_period


class IndexSeriesRow(Table):
    """A series that has values, or that a person named."""

    __tablename__ = "index_series"
    code: Mapped[str] = mapped_column(String(100), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    per_year: Mapped[int]
    aliases: Mapped[list[str]] = mapped_column(Json)
    idbank: Mapped[str | None] = mapped_column(String(20))
    base: Mapped[str | None] = mapped_column(String(100))


class IndexValueRow(Table):
    """A value as published; decimal digits are kept as written. ``source``: the file or service it came from."""

    __tablename__ = "index_value"
    series: Mapped[str] = mapped_column(ForeignKey("index_series.code", ondelete="CASCADE"), primary_key=True)
    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    value: Mapped[str] = mapped_column(String(40))
    published: Mapped[date | None]
    provisional: Mapped[bool]
    source: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(Moment)


class IndexLinkRow(Table):
    """The series that continues another one, and the coefficient that brings its values to the old base."""

    __tablename__ = "index_link"
    old: Mapped[str] = mapped_column(ForeignKey("index_series.code", ondelete="CASCADE"), primary_key=True)
    new: Mapped[str] = mapped_column(ForeignKey("index_series.code", ondelete="CASCADE"))
    coefficient: Mapped[str] = mapped_column(String(40))


@dataclass(frozen=True)
class Stored:
    """What a writing did: values that are new, that changed, and that were there already."""

    added: int
    changed: int
    same: int


class Indices:
    """The series and values of a register, and the series of the catalogue that have no values yet."""

    def __init__(self, register: Register) -> None:
        self._db = register.database

    def book(self) -> Book:
        """Everything that is known, in memory."""
        with self._db.reading() as session:
            values: dict[str, list[IndexValue]] = defaultdict(list)
            for row in session.scalars(sa.select(IndexValueRow)):
                values[row.series].append(
                    IndexValue(parse_period(row.period), Decimal(row.value), row.published, row.provisional)
                )
            links = [Link(r.old, r.new, Decimal(r.coefficient)) for r in session.scalars(sa.select(IndexLinkRow))]
            return Book(_series(session), values, links)

    def put(self, series: Series, values: Iterable[IndexValue], source: str) -> Stored:
        """Writes values of a series; those of the same period replace the old ones.

        Raises InvalidValue where the series is known with another rhythm, for a monthly value never stands for a
        quarter's.
        """
        added = changed = same = 0
        with self._db.writing() as session:
            known = {one.code: one for one in _series(session)}.get(series.code)
            if known is not None and known.per_year != series.per_year and _has_values(session, series.code):
                raise InvalidValue(
                    f"{series.code} has {known.per_year} values a year, not {series.per_year}; "
                    "give these values under another code."
                )
            self._keep(session, series if known is None else _completed(known, series))
            there = {
                row.period: row
                for row in session.scalars(sa.select(IndexValueRow).where(IndexValueRow.series == series.code))
            }
            for value in values:
                row = there.get(str(value.period))
                text, now = str(value.value), datetime.now(UTC)
                if row is None:
                    row = IndexValueRow(
                        series=series.code, period=str(value.period), value=text, published=value.published,
                        provisional=value.provisional, source=source, at=now,
                    )  # fmt: skip
                    there[row.period] = row
                    session.add(row)
                    added += 1
                elif Decimal(row.value) == value.value and value.published in (None, row.published):
                    row.provisional = value.provisional
                    same += 1
                else:
                    row.value, row.published = text, value.published or row.published
                    row.provisional, row.source, row.at = value.provisional, source, now
                    changed += 1
        return Stored(added, changed, same)

    def link(self, old: str, new: str, coefficient: Decimal) -> None:
        """``new`` continues ``old``: its values times ``coefficient`` are values of ``old``. Raises InvalidValue."""
        if coefficient <= 0 or not coefficient.is_finite():
            raise InvalidValue(f"{coefficient} is no coefficient between two bases; it is a number above zero.")
        with self._db.writing() as session:
            known = {one.code: one for one in _series(session)}
            for code in (old, new):
                if code not in known:
                    raise InvalidValue(f"There is no series « {code} »; import its values first.")
                self._keep(session, known[code])
            links = {row.old: row.new for row in session.scalars(sa.select(IndexLinkRow))} | {old: new}
            end: str | None = new
            while end is not None and end != old:
                end = links.get(end)
            if end == old:
                raise InvalidValue(f"{new} is continued by {old} already; a series cannot continue itself.")
            session.merge(IndexLinkRow(old=old, new=new, coefficient=str(coefficient)))

    def _keep(self, session: Session, series: Series) -> None:
        session.merge(
            IndexSeriesRow(
                code=series.code, name=series.name, per_year=series.per_year, aliases=list(series.aliases),
                idbank=series.idbank, base=series.base,
            )
        )  # fmt: skip
        session.flush()


def _series(session: Session) -> list[Series]:
    """The catalogue's series and the register's own, which go before."""
    known = {one.code: one for one in catalogue()}
    for row in session.scalars(sa.select(IndexSeriesRow).order_by(IndexSeriesRow.code)):
        known[row.code] = Series(row.code, row.name, row.per_year, tuple(row.aliases), row.idbank, row.base)
    return list(known.values())


def _has_values(session: Session, code: str) -> bool:
    return session.scalar(sa.select(IndexValueRow.period).where(IndexValueRow.series == code).limit(1)) is not None


def _completed(known: Series, given: Series) -> Series:
    return replace(
        known, per_year=given.per_year, base=given.base or known.base, idbank=known.idbank or given.idbank,
        aliases=tuple(dict.fromkeys((*known.aliases, *given.aliases))),
    )  # fmt: skip
