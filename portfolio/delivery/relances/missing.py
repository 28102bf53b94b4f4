"""What suppliers owe in documents and have not handed over, or what of it is valid no longer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.alerts.models import AlertRow
from portfolio.alerts.reading import CHUNK
from portfolio.calendar.loading import load
from portfolio.deadlines import subject_of
from portfolio.names import company_key
from portfolio.obligations.book import ObligationBook, Occurrence
from portfolio.obligations.documents import kind_of
from portfolio.obligations.log import Entry
from portfolio.obligations.models import ObligationActionRow
from portfolio.obligations.owed import Owed
from portfolio.obligations.source import Obligations
from portfolio.register.models import ContractRow
from portfolio.register.records import Contract, Filters
from portfolio.register.store import Register
from portfolio.values import Every
from portfolio.words.phrases import Phrase, phrase

_BACK = timedelta(days=800)
"""How far back an obligation's last day is looked for."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Missing:
    """A document that a supplier owes under a contract. ``supplier``: the counterparty's id, or its folded name where
    the register does not know it; ``name`` the supplier's. ``obligation`` names what is owed within the contract,
    ``since`` the day it was due, or the last day on which the one handed over was valid (``expired``). ``unsure``: it
    rests on a value that nobody decided on, or on the law alone."""

    contract: str
    stem: str
    title: str
    supplier: str
    name: str
    obligation: str
    what: Phrase
    since: date
    expired: bool
    unsure: bool


def missing(register: Register, day: date) -> tuple[Missing, ...]:
    """What is missing on ``day``, by supplier, then by contract.

    Looks at contracts with alerts of obligations or with documents that expired: a daily run has raised the others'.
    """
    with register.database.reading() as session:
        contracts = _candidates(session, day)
    found: list[Missing] = []
    for start in range(0, len(contracts), CHUNK):
        found += _of(register, tuple(contracts[start : start + CHUNK]), day)
    return tuple(sorted(found, key=lambda one: (one.name, one.stem, one.since, one.obligation)))


def _candidates(session: Session, day: date) -> list[str]:
    alerts = sa.select(AlertRow.contract_id).where(AlertRow.kind == "obligation", AlertRow.due_on < day)
    handed = sa.select(ObligationActionRow.contract_id).where(ObligationActionRow.valid_until < day)
    return sorted({*session.scalars(alerts.distinct()), *session.scalars(handed.distinct())})


def _of(register: Register, contracts: tuple[str, ...], day: date) -> Iterable[Missing]:
    filters = Filters(ids=contracts)
    listed = ObligationBook(register).list(day, day - _BACK, day - _DAY, filters).occurrences
    last: dict[tuple[str, str], Occurrence] = {}
    for occurrence in listed:
        last[occurrence.event.contract, occurrence.event.key.split(":")[2]] = occurrence
    with register.database.reading() as session:
        loaded = load(session, filters, lean=True)
        source = Obligations.load(session, [(one.base, one.amendments) for one in loaded])
        titles = dict(
            session.execute(sa.select(ContractRow.id, ContractRow.title).where(ContractRow.id.in_(contracts)))
            .tuples()
            .all()
        )
    for contract in loaded:
        subject = subject_of(contract, day, day)
        handed = {entry.obligation.rpartition(":")[2]: entry for entry in source.settled.handed_over(contract.id)}
        whole: Contract | None = None
        for item in source.owed(subject):
            if item.side != "them" or not _asks_for_document(item):
                continue
            if subject.over and isinstance(item.obligation.due, Every):
                # what is owed while a contract runs is of no use after it
                continue
            state = _state(last.get((contract.id, item.key)), handed.get(item.key), day, over=subject.over)
            if state is None:
                continue
            since, expired = state
            whole = whole or register.contract(contract.id)
            supplier, name = _supplier(whole, item.debtor or "")
            yield Missing(
                contract.id, contract.stem, titles[contract.id] or contract.stem, supplier, name, item.key, _what(item),
                since, expired, item.unsure,
            )  # fmt: skip


def _state(occurrence: Occurrence | None, handed: Entry | None, day: date, *, over: bool) -> tuple[date, bool] | None:
    """Since when a document is missing, and whether because it expired; None where nothing is."""
    until = handed.handed.valid_until if handed and handed.handed else None
    entry = occurrence.entry if occurrence else None
    # done without a document, or waived, since: a person's word that nothing is missing
    excused = entry is not None and entry.handed is None and until is not None and entry.at.date() > until
    if until is not None and until < day and not over and not excused:
        return until, True
    if until is not None and until >= day:
        return None
    if occurrence is not None and occurrence.state == "late":
        return occurrence.event.on, False
    return None


def _asks_for_document(item: Owed) -> bool:
    return item.obligation.document is not None or item.law is not None or kind_of(item.obligation) is not None


def _what(item: Owed) -> Phrase:
    kind = kind_of(item.obligation)
    if kind is not None:
        return kind.name
    if item.law is not None:
        return item.law.name
    return phrase("obligation.what", action=item.obligation.document or item.obligation.action)


def _supplier(contract: Contract, debtor: str) -> tuple[str, str]:
    """Who owes it: the party of that name, else the only one that is not us, else the name as it is written."""
    them = [party for party in contract.parties if party.side == "them"]
    key = company_key(debtor)
    named = [p for p in them if key in (company_key(p.name), company_key(p.counterparty_name))] or them
    if len({party.counterparty for party in named}) == 1:
        return named[0].counterparty, named[0].counterparty_name
    return f"name:{key}"[:200], debtor
