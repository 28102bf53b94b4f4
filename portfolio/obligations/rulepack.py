"""The legal rule pack: obligations that the law sets although the contract is silent, proposed and switchable."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.amendments import TermsInForce
from portfolio.errors import NotFound
from portfolio.folding import fold
from portfolio.obligations.cadence import Anchor
from portfolio.obligations.models import LegalRuleRow
from portfolio.obligations.owed import Legal, Owed
from portfolio.register.records import Side
from portfolio.schema import Amount, ContractType, Obligation, Party, Role, Sector
from portfolio.values import DueRule, Duration, Every, FromEvent
from portfolio.words.phrases import Phrase, phrase

_TIMES = {"total": 1, None: 1, "year": 1, "quarter": 4, "month": 12}
"""How often an amount of a period is due in a year: what a threshold is compared with."""


@dataclass(frozen=True)
class Rule:
    """A rule of law and the contracts that it applies to. ``due`` is the due rule of the obligation that it makes;
    ``silent`` the words of an obligation in the contract which covers it already."""

    id: str
    enabled: bool
    since: date
    until: date | None
    types: tuple[ContractType, ...]
    sectors: tuple[Sector, ...]
    minimum: float | None
    tacit: bool
    debtor: Role
    due: DueRule
    anchor: Anchor
    silent: re.Pattern[str]
    reference: str

    @property
    def name(self) -> Phrase:
        """What is owed, in words."""
        return phrase(f"legal.{self.id}")


@cache
def rules() -> tuple[Rule, ...]:
    """The pack as delivered."""
    data = tomllib.loads(files("portfolio.obligations").joinpath("rulepack.toml").read_text(encoding="utf-8"))
    return tuple(_rule(**entry) for entry in data["rule"])


def enabled(session: Session) -> tuple[Rule, ...]:
    """The rules that are switched on."""
    switched = dict(session.execute(sa.select(LegalRuleRow.rule, LegalRuleRow.enabled)).tuples().all())
    return tuple(rule for rule in rules() if switched.get(rule.id, rule.enabled))


def switch(session: Session, id_: str, on: bool, who: str) -> None:
    """Switches a rule on or off. Raises NotFound with the rules there are."""
    if id_ not in {rule.id for rule in rules()}:
        raise NotFound(f"There is no legal rule « {id_} »; the rules are: {', '.join(r.id for r in rules())}.")
    session.merge(LegalRuleRow(rule=id_, enabled=on, who=who, at=datetime.now(UTC)))


def proposals(active: Iterable[Rule], terms: TermsInForce, sides: Mapping[str, Side], as_of: date) -> Iterator[Owed]:
    """What the rules add to a contract whose own obligations do not speak of it; always to be verified."""
    said = [fold(f"{o.document or ''} {o.action} {o.quote}") for o in terms.values("obligations")]
    for rule in active:
        if not _applies(rule, terms, as_of) or any(rule.silent.search(words) for words in said):
            continue
        for party in terms.values("parties"):
            if party.role == rule.debtor:
                yield _owed(rule, terms, party, sides.get(party.name))
                break


def _applies(rule: Rule, terms: TermsInForce, as_of: date) -> bool:
    if as_of < rule.since or (rule.until is not None and as_of > rule.until):
        return False
    if terms.value("contract_type") not in rule.types or terms.value("governing_law") not in (None, "FR"):
        return False
    if rule.sectors and terms.value("legal_nature.sector") not in rule.sectors:
        return False
    if rule.tacit and terms.value("renewal.kind") != "tacit":
        return False
    return rule.minimum is None or _reaches(rule.minimum, terms.values("amounts"))


def _reaches(minimum: float, amounts: Iterable[Amount]) -> bool:
    """Whether a year, or the whole contract, comes to the minimum; where no such amount is known, it may."""
    known = [a.value * _TIMES[a.period] for a in amounts if a.period in _TIMES and a.bound != "min"]
    return not known or max(known) >= minimum


def _owed(rule: Rule, terms: TermsInForce, debtor: Party, side: Side | None) -> Owed:
    obligation = Obligation(debtor=debtor.name, action=rule.id, due=rule.due, quote=rule.reference)
    return Owed(
        f"law-{rule.id}",
        obligation,
        terms.base,
        None,
        debtor.name,
        side,
        unsure=True,
        law=Legal(rule.name, rule.reference, rule.anchor),
    )


def _rule(
    *,
    id: str,
    enabled: bool,
    since: date,
    types: list[ContractType],
    debtor: Role,
    silent: str,
    reference: str,
    until: date | None = None,
    sectors: Iterable[Sector] = (),
    minimum: float | None = None,
    tacit: bool = False,
    every: str | None = None,
    event: str | None = None,
    offset: str | None = None,
    anchor: Anchor = "start",
) -> Rule:
    due: DueRule
    if every is not None:
        due = Every(every=Duration.parse(every))
    else:
        due = FromEvent(event=event or "", offset=Duration.parse(offset or ""))
    words = re.compile(silent)
    kinds = tuple(types)
    return Rule(id, enabled, since, until, kinds, tuple(sectors), minimum, tacit, debtor, due, anchor, words, reference)
