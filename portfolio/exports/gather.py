"""The rows of the published tables, from the register: terms in force on a day, deadlines from that day on."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.calendar.loading import Loaded, load
from portfolio.columns.book import Columns
from portfolio.deadlines import of_contract, sources
from portfolio.exports import whole
from portfolio.exports.alerted import alert_lines
from portfolio.exports.lines import Chain, lines
from portfolio.exports.own import own_lines
from portfolio.exports.tables import TABLES, Line
from portfolio.register import finding, perspective, reading
from portfolio.register.models import ContractDocumentRow, ContractRow
from portfolio.register.records import Filters
from portfolio.register.store import EVERYTHING, Register
from portfolio.words.values import Wording

DAYS = 730
"""How far ahead the deadlines of an export reach unless told otherwise."""
_BATCH = 500


@dataclass(frozen=True)
class Tables:
    """The rows of every published table as of a day, in the order of the contracts' file stems; deadlines and alerts by
    day."""

    as_of: date
    rows: Mapping[str, Sequence[Line]]


def gather(register: Register, as_of: date, say: Wording, filters: Filters = EVERYTHING, days: int = DAYS) -> Tables:
    """All published tables of the contracts that ``filters`` let through; sentences (what falls due, why) in the
    language of ``say``."""
    rows: dict[str, list[Line]] = {name: [] for name in TABLES}
    book = Columns(register)
    columns = {column.key: column for column in book.all()}
    with _uncollected():
        for ids in _batches(register, filters):
            batch = replace(EVERYTHING, ids=ids, scope=filters.scope)
            own = book.in_force(as_of, batch) if columns else {}
            with register.database.reading() as session:
                for chain in _chains(session, batch, as_of, as_of + timedelta(days=days)):
                    for name, line in lines(chain, say):
                        rows[name].append(line)
                    rows["own_columns"] += own_lines(chain, columns, own.get(chain.id, {}), say)
                rows["alerts"] += alert_lines(session, ids, as_of, say)
    for name in ("deadlines", "alerts"):
        rows[name].sort(key=_by_day)
    return Tables(as_of, rows)


def _by_day(line: Any) -> tuple[date, str]:
    """What has no date yet comes last."""
    return line.due_on or date.max, line.contract


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keeps Python from looking for cycles: hundreds of thousands of rows are made that all stay, and looking through
    them again and again takes nearly half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


def _batches(register: Register, filters: Filters) -> Iterator[tuple[str, ...]]:
    """Ids of the contracts that the filters mean, an amendment by its base, by file stem, some hundreds at a time."""
    chosen = finding.selection(filters).with_only_columns(sa.func.coalesce(ContractRow.base_id, ContractRow.id))
    query = sa.select(ContractRow.id).where(ContractRow.id.in_(chosen.order_by(None)))
    with register.database.reading() as session:
        ids = session.scalars(query.order_by(ContractRow.stem, ContractRow.id)).all()
    for start in range(0, len(ids), _BATCH):
        yield tuple(ids[start : start + _BATCH])


def _chains(session: Session, batch: Filters, as_of: date, until: date) -> Iterator[Chain]:
    us, _ = perspective.ours(session)
    loaded = load(session, batch, facts=whole.versions)
    giving = sources(session, loaded)
    every = [id_ for found in loaded for id_ in _ids(found)]
    beside = reading.Beside(session, every, us)
    rows = {row.id: row for row in session.scalars(sa.select(ContractRow).where(ContractRow.id.in_(every)))}
    documents = _document_names(session, every)
    for found in loaded:
        parties = {id_: beside.parties[id_] for id_ in _ids(found)}
        signatories = [party for views in parties.values() for party in views]
        names = [f.value.debtor for v in (found.base, *found.amendments) for f in v.facts if f.field == "obligations"]
        yield Chain(
            loaded=found,
            deadlines=of_contract(found, as_of, until, giving),
            as_of=as_of,
            rows={id_: rows[id_] for id_ in _ids(found)},
            parties_of=parties,
            sites={site.id: site for id_ in _ids(found) for site in beside.sites[id_]},
            tags=tuple(beside.tags[found.id]),
            sides=perspective.debtors(session, [name for name in names if name], signatories, us),
            documents={sha: name for id_ in _ids(found) for sha, name in documents[id_]},
        )


def _ids(found: Loaded) -> list[str]:
    return [found.id, *(version.contract for version in found.amendments)]


def _document_names(session: Session, ids: Sequence[str]) -> Mapping[str, list[tuple[str, str]]]:
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    query = sa.select(ContractDocumentRow.contract_id, ContractDocumentRow.sha, ContractDocumentRow.name)
    for id_, sha, name in session.execute(query.where(ContractDocumentRow.contract_id.in_(ids))):
        names[id_].append((sha, name))
    return names
