"""The rows of the published tables that some hundreds of contracts give."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date

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
from portfolio.register import perspective, reading
from portfolio.register.models import ContractDocumentRow, ContractRow
from portfolio.register.records import Filters, Scope
from portfolio.register.store import EVERYTHING, Register
from portfolio.words.values import Wording

Rows = Mapping[str, list[Line]]
"""The rows of each published table, by its name."""


@dataclass(frozen=True)
class Asked:
    """What rows are asked for: terms as of a day, deadlines from it to ``until``, sentences in the language of ``say``,
    of the part of the portfolio that a person may see."""

    as_of: date
    until: date
    say: Wording
    scope: Scope


def gathered(register: Register, asked: Asked, ids: tuple[str, ...]) -> Rows:
    """The rows that base contracts give, by their ids, in the order of their file stems."""
    rows: dict[str, list[Line]] = {name: [] for name in TABLES}
    book = Columns(register)
    columns = {column.key: column for column in book.all()}
    batch = replace(EVERYTHING, ids=ids, scope=asked.scope)
    own = book.in_force(asked.as_of, batch) if columns else {}
    with uncollected(), register.database.reading() as session:
        for chain in _chains(session, batch, asked.as_of, asked.until):
            for name, line in lines(chain, asked.say):
                rows[name].append(line)
            rows["own_columns"] += own_lines(chain, columns, own.get(chain.id, {}), asked.say)
        rows["alerts"] += alert_lines(session, ids, asked.as_of, asked.say)
    return rows


@contextmanager
def uncollected() -> Iterator[None]:
    """Keeps Python from looking for cycles: hundreds of thousands of rows are made that all stay, and looking through
    them again and again takes nearly half of the time."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()


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
