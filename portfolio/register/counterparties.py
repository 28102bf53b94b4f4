"""Counterparties kept true to the names in the contracts, whatever the order in which these came."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.names import SHORTEST_FUZZY, close
from portfolio.register.identities import Identity, Spelling, Word, counterparty_id, display_name, partition
from portfolio.register.models import (
    CompanyRow,
    CounterpartyRow,
    FormerNameRow,
    IdentityRow,
    IdentityRuleRow,
    PartyRow,
)

Groups = Mapping[str, frozenset[str]]
"""Ids of the identities of each counterparty, by the counterparty's id."""


def remember(session: Session, identities: Iterable[Identity]) -> set[str]:
    """Writes the identities that are not there yet and gives their ids; `settle` finds out which companies they are."""
    wanted = {identity.id: identity for identity in identities}
    there = set(session.scalars(sa.select(IdentityRow.id).where(IdentityRow.id.in_(wanted))))
    rows = [
        {"id": i.id, "key": i.key, "number": i.number, "head": _halves(i.key)[0], "tail": _halves(i.key)[1]}
        for i in wanted.values()
        if i.id not in there
    ]
    if rows:
        session.execute(sa.insert(IdentityRow), rows)
    return set(wanted) - there


def settle(session: Session, touched: Collection[str]) -> set[str]:
    """Finds out again which identities around ``touched`` (ids) are one company, and drops those nobody bears any more.

    Gives the ids of identities that were there before and came to another company by a merge or a split.
    """
    around = _around(session, touched)
    unused = _unused(session, around)
    identities = {id_: Identity(row.key, row.number) for id_, row in around.items() if id_ not in unused}
    before = {id_: row.counterparty_id for id_, row in around.items()}
    groups = _named(
        partition(tuple(identities.values()), _ties(session, FormerNameRow, around), _words(session, around)),
        identities,
    )
    _write(session, groups, identities, before)
    if unused:
        session.execute(sa.delete(IdentityRow).where(IdentityRow.id.in_(unused)))
    gone = {company for company in before.values() if company} - set(groups)
    if gone:
        session.execute(sa.delete(CounterpartyRow).where(CounterpartyRow.id.in_(gone)))
    return _moved(session, groups, before)


def rename(session: Session, touched: Collection[str]) -> None:
    """Brings names up to date where the ``touched`` identities stay the companies that they are."""
    companies = sa.select(IdentityRow.counterparty_id).where(IdentityRow.id.in_(touched))
    columns = sa.select(IdentityRow.id, IdentityRow.key, IdentityRow.number, IdentityRow.counterparty_id)
    groups: dict[str, set[str]] = defaultdict(set)
    identities: dict[str, Identity] = {}
    for id_, key, number, company in session.execute(columns.where(IdentityRow.counterparty_id.in_(companies))):
        groups[company or ""].add(id_)
        identities[id_] = Identity(key, number)
    same = {id_: company for company, members in groups.items() for id_ in members}
    _write(session, {company: frozenset(members) for company, members in groups.items()}, identities, same)


def declare(session: Session, left: str, right: str, same: bool, who: str) -> None:
    """Writes a person's word that two identities are one company, or are not; the newest word counts."""
    one, other = sorted((left, right))
    session.merge(IdentityRuleRow(left=one, right=other, same=same, who=who, at=datetime.now(UTC)))
    session.flush()


def _halves(key: str) -> tuple[str | None, str | None]:
    letters = key.replace(" ", "")
    if len(letters) < SHORTEST_FUZZY:
        return None, None
    return letters[: len(letters) // 2], letters[-(len(letters) // 2) :]


def _around(session: Session, touched: Collection[str]) -> dict[str, IdentityRow]:
    """The identities that could be one company with the touched ones, over any number of steps."""
    found = {row.id: row for row in session.scalars(sa.select(IdentityRow).where(IdentityRow.id.in_(touched)))}
    wave = list(found.values())
    while wave:
        ids = [row.id for row in wave]
        tied = {
            other for table in (FormerNameRow, IdentityRuleRow) for pair in _ties(session, table, ids) for other in pair
        }
        wave = [row for row in _near(session, wave, tied) if row.id not in found]
        found.update((row.id, row) for row in wave)
    return found


def _ties(
    session: Session, table: type[FormerNameRow] | type[IdentityRuleRow], ids: Iterable[str]
) -> list[tuple[str, str]]:
    """The pairs of identities that former names, or a person's words, tie to one of ``ids``."""
    if table is FormerNameRow:
        left, right = FormerNameRow.identity_id, FormerNameRow.former_id
    else:
        left, right = IdentityRuleRow.left, IdentityRuleRow.right
    listed = list(ids)
    rows = session.execute(sa.select(left, right).where(sa.or_(left.in_(listed), right.in_(listed))))
    return [(one, other) for one, other in rows]


def _near(session: Session, wave: list[IdentityRow], tied: set[str]) -> list[IdentityRow]:
    """One step on: same name or number, near spelling, or tied by a former name or a person's word.

    Two near spellings share their first or their second half, but where both halves differ; the half of a name that is
    a letter or two longer or shorter has its own length.
    """
    heads: set[str] = set()
    tails: set[str] = set()
    for row in wave:
        letters = row.key.replace(" ", "")
        if row.head is not None:
            for half in range((len(letters) - 2) // 2, (len(letters) + 2) // 2 + 1):
                heads.add(letters[:half])
                tails.add(letters[-half:])
    same = [IdentityRow.key.in_([r.key for r in wave]), IdentityRow.id.in_(tied)]
    numbers = [r.number for r in wave if r.number]
    if numbers:
        same.append(IdentityRow.number.in_(numbers))
    rows = {row.id: row for row in session.scalars(sa.select(IdentityRow).where(sa.or_(*same)))}
    if heads:
        alike = sa.select(IdentityRow).where(sa.or_(IdentityRow.head.in_(heads), IdentityRow.tail.in_(tails)))
        keys = [r.key for r in wave if r.head is not None]
        for row in session.scalars(alike):
            if row.id not in rows and any(close(row.key, key) for key in keys):
                rows[row.id] = row
    return list(rows.values())


def _unused(session: Session, ids: Iterable[str]) -> set[str]:
    """The identities that no contract, former name, company of ours or person's word bears."""
    borne = (
        (PartyRow.identity_id,),
        (FormerNameRow.former_id,),
        (CompanyRow.identity_id,),
        (IdentityRuleRow.left, IdentityRuleRow.right),
    )
    tests = [~sa.exists().where(column == IdentityRow.id) for group in borne for column in group]
    return set(session.scalars(sa.select(IdentityRow.id).where(IdentityRow.id.in_(list(ids)), *tests)))


def _words(session: Session, ids: Iterable[str]) -> list[Word]:
    listed = list(ids)
    rules = session.scalars(
        sa.select(IdentityRuleRow).where(sa.or_(IdentityRuleRow.left.in_(listed), IdentityRuleRow.right.in_(listed)))
    )
    return [Word(rule.left, rule.right, rule.same) for rule in rules]


def _named(groups: Iterable[frozenset[str]], identities: Mapping[str, Identity]) -> dict[str, frozenset[str]]:
    """Ids for the groups; of several with one number (a person's split) the later ones have their name's hash too."""
    named: dict[str, frozenset[str]] = {}
    for members in sorted(groups, key=min):
        company = counterparty_id([identities[m] for m in members])
        named[company if company not in named else f"{company}-{min(members)[:8]}"] = members
    return named


def _write(
    session: Session, groups: Groups, identities: Mapping[str, Identity], before: Mapping[str, str | None]
) -> None:
    """Writes the counterparties with their names, and which identity is whose where that changed."""
    there = {r.id: r for r in session.scalars(sa.select(CounterpartyRow).where(CounterpartyRow.id.in_(groups)))}
    written = _spellings(session, identities)
    for company, members in groups.items():
        name = display_name([spelling for member in sorted(members) for spelling in written[member]])
        number = min((identities[m].number or "" for m in members if identities[m].number), default=None)
        row = there.get(company)
        if row is None:
            session.add(CounterpartyRow(id=company, name=name, number=number))
        elif (row.name, row.number) != (name, number):
            row.name, row.number = name, number
    session.flush()
    for company, members in groups.items():
        came = [member for member in members if before[member] != company]
        if came:
            session.execute(sa.update(IdentityRow).where(IdentityRow.id.in_(came)).values(counterparty_id=company))


def _spellings(session: Session, identities: Mapping[str, Identity]) -> dict[str, list[Spelling]]:
    """How each identity is written in contracts; where in none, as our company or a former name, else its key."""
    found: dict[str, list[Spelling]] = defaultdict(list)
    for id_, name, count, dated in session.execute(
        sa.select(PartyRow.identity_id, PartyRow.name, sa.func.count(), sa.func.max(PartyRow.dated))
        .where(PartyRow.identity_id.in_(identities))
        .group_by(PartyRow.identity_id, PartyRow.name)
    ):
        found[id_].append(Spelling(name, identities[id_].key, count, dated))
    for table, column in ((CompanyRow, CompanyRow.identity_id), (FormerNameRow, FormerNameRow.former_id)):
        rest = [id_ for id_ in identities if id_ not in found]
        if rest:
            for id_, name in session.execute(sa.select(column, table.name).where(column.in_(rest)).distinct()):
                found[id_].append(Spelling(name, identities[id_].key, 0, None))
    for id_ in identities:
        if id_ not in found:
            found[id_].append(Spelling(identities[id_].key, identities[id_].key, 0, None))
    return found


def _moved(session: Session, groups: Groups, before: Mapping[str, str | None]) -> set[str]:
    moved: set[str] = set()
    parts: dict[str, set[str]] = defaultdict(set)
    for company, members in groups.items():
        olds: dict[str, list[str]] = defaultdict(list)
        for member in members:
            old = before[member]
            if old is not None:
                olds[old].append(member)
                parts[old].add(company)
        if len(olds) > 1:
            weights = Counter({old: _mentions(session, ids) for old, ids in olds.items()})
            largest = max(sorted(weights), key=lambda old: weights[old])
            moved.update(m for old, ids in olds.items() if old != largest for m in ids)
    split = {old for old, companies in parts.items() if len(companies) > 1}
    moved.update(id_ for id_, old in before.items() if old in split and any(id_ in g for g in groups.values()))
    return moved


def _mentions(session: Session, ids: list[str]) -> int:
    return session.scalar(sa.select(sa.func.count()).where(PartyRow.identity_id.in_(ids))) or 0
