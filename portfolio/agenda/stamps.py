"""A stamp of all that a contract's events follow from: while it is the same, so are they."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from importlib.metadata import version
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.calendar.told import ToldRow
from portfolio.obligations.models import LegalRuleRow, ObligationActionRow
from portfolio.register import perspective
from portfolio.register.models import CompanyRow, ContractRow
from portfolio.revision.settings import RevisionSettingRow


def stamps(session: Session) -> dict[str, str]:
    """The stamp of every base contract, by its id."""
    common = _common(session)
    marks: dict[str, list[Any]] = defaultdict(list)
    for id_, base, updated in session.execute(
        sa.select(ContractRow.id, ContractRow.base_id, ContractRow.updated_at).order_by(ContractRow.id)
    ):
        marks[base or id_].append((id_, updated.isoformat()))
    told = sa.func.count(), sa.func.count(ToldRow.withdrawn_at)
    for id_, *mark in session.execute(sa.select(ToldRow.contract_id, *told).group_by(ToldRow.contract_id)):
        marks[id_].append(("told", *mark))
    done = sa.select(ObligationActionRow.contract_id, sa.func.max(ObligationActionRow.id))
    for id_, last in session.execute(done.group_by(ObligationActionRow.contract_id)):
        marks[id_].append(("done", last))
    for id_, at in session.execute(sa.select(RevisionSettingRow.contract_id, RevisionSettingRow.at)):
        marks[id_].append(("setting", at.isoformat()))
    return {id_: _hash(common, mark) for id_, mark in marks.items()}


def _common(session: Session) -> str:
    """What the events of all contracts follow from: who we are, the rules of law, the program."""
    companies = session.execute(sa.select(CompanyRow.name, CompanyRow.number).order_by(CompanyRow.position)).all()
    rules = session.execute(sa.select(LegalRuleRow.rule, LegalRuleRow.enabled).order_by(LegalRuleRow.rule)).all()
    ours, _ = perspective.ours(session)
    return _hash(version("contratheque"), companies, rules, sorted(ours))


def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()
