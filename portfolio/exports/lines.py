"""One contract with its amendments as lines of the published tables."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from portfolio.amendments import Term, TermsInForce, terms_in_force
from portfolio.calendar.loading import Loaded
from portfolio.deadlines import ContractDeadlines
from portfolio.events import Event, Undated
from portfolio.exports.tables import (
    AmendmentLine,
    AmountLine,
    ContractLine,
    DeadlineLine,
    Line,
    ObligationLine,
    PartyLine,
    SiteLine,
    SourceLine,
    State,
    TermLine,
)
from portfolio.facts import Fact
from portfolio.items import same_party
from portfolio.obligations.owed import owed
from portfolio.register.models import ContractRow
from portfolio.register.places import site_id
from portfolio.register.projection import yearly
from portfolio.register.records import PartyView, Side, SiteView
from portfolio.schema import FIELDS, Amount, Obligation, Party, Site
from portfolio.values import Every, FromEvent, OnDate
from portfolio.words.phrases import Phrase
from portfolio.words.values import Wording

PER_YEAR: Mapping[str | None, int] = {"year": 1, "quarter": 4, "month": 12}
"""How often an amount of a rhythm falls into a year; what is owed a day, an hour or a unit has no yearly footing."""

_written = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


@dataclass(frozen=True)
class Chain:
    """A base contract and its amendments with all that stands beside them; ``rows`` by id, ``documents`` names by
    content hash, ``sides`` of debtors by name as written."""

    loaded: Loaded
    deadlines: ContractDeadlines
    as_of: date
    rows: Mapping[str, ContractRow]
    parties_of: Mapping[str, Sequence[PartyView]]
    sites: Mapping[str, SiteView]
    tags: tuple[str, ...]
    sides: Mapping[str, Side]
    documents: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.loaded.id

    @property
    def stem(self) -> str:
        return self.loaded.stem

    @cached_property
    def terms(self) -> TermsInForce:
        return terms_in_force(self.loaded.base, self.loaded.amendments, self.as_of)

    @cached_property
    def numbered(self) -> list[tuple[str, Term]]:
        """The terms in force, each with the id that names its value."""
        seen: Counter[str] = Counter()
        found: list[tuple[str, Term]] = []
        for term in self.terms.terms:
            name = value_id(term.contract, term.fact)
            seen[name] += 1
            found.append((name if seen[name] == 1 else f"{name}-{seen[name]}", term))
        return found

    @cached_property
    def in_force(self) -> tuple[str, ...]:
        """Ids of the contract and of its amendments in force."""
        return (self.id, *self.terms.applied)

    @cached_property
    def parties(self) -> list[PartyView]:
        return [party for id_ in self.in_force for party in self.parties_of[id_]]

    @cached_property
    def counterparties(self) -> str | None:
        """Names of the parties that are not ours; of all where we do not know who we are."""
        others = [party.counterparty_name for party in self.parties if party.side != "us"]
        return "; ".join(dict.fromkeys(others)) or None


def value_id(contract: str, fact: Fact) -> str:
    """Names a value by who set it, its field and what it says: another value has another id."""
    said = _written(fact.value if type(fact.value) is str else FIELDS[fact.field].to_json(fact.value))
    return hashlib.sha256(f"{contract} {fact.field} {said}".encode("utf-8", "replace")).hexdigest()[:16]


def state(fact: Fact) -> State:
    if fact.review == "to_review":
        return "certain" if fact.certain else "to_review"
    return "confirmed" if fact.review == "confirmed" else "corrected"


def lines(chain: Chain, say: Wording) -> Iterator[tuple[str, Line]]:
    """(table, line) for all that a contract gives; sentences in the language of ``say``."""
    yield "contracts", _contract(chain)
    due = _next_due(chain)
    for name, term in chain.numbered:
        value = say.value(term.fact.field, term.fact.value)
        yield "terms", _term(chain, name, term, value)
        for number, evidence in enumerate(term.fact.evidence, 1):
            yield (
                "sources",
                SourceLine(
                    value_id=name,
                    proof=number,
                    contract_id=chain.id,
                    contract=chain.stem,
                    field=term.fact.field,
                    value=value,
                    document=chain.documents.get(evidence.document, evidence.document),
                    page=evidence.page,
                    quote=evidence.quote,
                    found=evidence.alignment,
                    document_id=evidence.document,
                ),
            )
        match term.fact.value:
            case Party() as party:
                yield "parties", _party(chain, name, term, party)
            case Site() as site:
                yield "sites", _site(chain, name, term, site)
            case Amount() as amount:
                yield "amounts", _amount(chain, name, term, amount)
            case Obligation() as obligation:
                yield "obligations", _obligation(chain, name, term, obligation, due.get(name), say)
    for deadline in _deadlines(chain, say):
        yield "deadlines", deadline
    for change in _amendments(chain, say):
        yield "amendments", change


def _contract(chain: Chain) -> ContractLine:
    terms, row, standing = chain.terms, chain.rows[chain.id], chain.deadlines.standing
    value = {term.fact.field: term.fact.value for term in reversed(terms.terms)}.get
    calendar = standing.calendar if standing else None
    return ContractLine(
        contract_id=chain.id,
        contract=chain.stem,
        title=value("title"),
        reference=value("reference"),
        contract_type=value("contract_type"),
        sector=value("legal_nature.sector"),
        form=value("legal_nature.form"),
        counterparties=chain.counterparties,
        our_role=chain.loaded.our_role,
        sites="; ".join(dict.fromkeys(filter(None, (site.name or site.city for site in terms.values("sites")))))
        or None,
        status=value("status"),
        status_by_dates=calendar.status if calendar else None,
        signature_date=value("signature_date"),
        start_date=value("start_date"),
        end_date=value("end_date"),
        duration=value("duration"),
        renewal=value("renewal.kind"),
        renewal_period=value("renewal.period"),
        renewal_max_count=value("renewal.max_count"),
        renewals_used=calendar.renewals_used if calendar else None,
        current_end=calendar.current_end if calendar else None,
        final_end=calendar.final_end if calendar else None,
        notice_period=value("notice_period"),
        notice_deadline=standing.notice_deadline if standing else None,
        notice_missed=standing.notice_missed if standing and standing.notice_deadline else None,
        following_notice_deadline=standing.following_deadline if standing else None,
        yearly_amount=yearly(terms.values("amounts")),
        price_revision=value("price_revision.kind"),
        revision_formula=value("price_revision.formula"),
        revision_indices="; ".join(terms.values("price_revision.indices")) or None,
        revision_frequency=value("price_revision.frequency"),
        revision_month_day=value("price_revision.month_day"),
        revision_cap_percent=value("price_revision.cap_percent"),
        next_revision=chain.deadlines.next_revision,
        payment_days=value("payment_days"),
        late_interest=value("late_interest"),
        termination=value("termination"),
        governing_law=value("governing_law"),
        jurisdiction=value("jurisdiction"),
        language=value("language"),
        amendments=len(terms.applied),
        link=row.link_state,  # type: ignore[arg-type]
        tags="; ".join(chain.tags) or None,
        to_review=sum(chain.rows[id_].to_review for id_ in chain.in_force),
        updated_at=max(chain.rows[id_].updated_at for id_ in chain.in_force),
    )


def _term(chain: Chain, name: str, term: Term, value: str) -> TermLine:
    fact = term.fact
    return TermLine(
        value_id=name,
        contract_id=chain.id,
        contract=chain.stem,
        field=fact.field,
        value=value,
        set_by_id=term.contract,
        set_by=chain.rows[term.contract].stem,
        since=term.since,
        state=state(fact),
        confidence=fact.confidence,
        basis=fact.basis,
    )


def _party(chain: Chain, name: str, term: Term, party: Party) -> PartyLine:
    known = next((view for view in chain.parties if same_party(_as_party(view), party)), None)
    return PartyLine(
        value_id=name,
        contract_id=chain.id,
        contract=chain.stem,
        name=party.name,
        role=party.role,
        registration=party.registration,
        counterparty_id=known.counterparty if known else None,
        counterparty=known.counterparty_name if known else None,
        side=known.side if known else None,
        set_by=chain.rows[term.contract].stem,
        state=state(term.fact),
    )


def _as_party(view: PartyView) -> Party:
    return Party.model_construct(name=view.name, role=view.role, registration=view.registration)


def _site(chain: Chain, name: str, term: Term, site: Site) -> SiteLine:
    known = chain.sites.get(site_id(site))
    department = known.department if known else None
    return SiteLine(
        value_id=name,
        contract_id=chain.id,
        contract=chain.stem,
        site=site.name,
        city=site.city,
        postal_code=site.postal_code,
        department=department.name if department else None,
        region=department.region if department else None,
        set_by=chain.rows[term.contract].stem,
        state=state(term.fact),
    )


def _amount(chain: Chain, name: str, term: Term, amount: Amount) -> AmountLine:
    times = PER_YEAR.get(amount.period)
    return AmountLine(
        value_id=name,
        contract_id=chain.id,
        contract=chain.stem,
        label=amount.label,
        amount=amount.value,
        currency=amount.currency,
        tax=amount.tax,
        period=amount.period,
        bound=amount.bound,
        amount_per_year=round(amount.value * times, 2) if times else None,
        set_by=chain.rows[term.contract].stem,
        since=term.since,
        state=state(term.fact),
    )


def _obligation(
    chain: Chain, name: str, term: Term, obligation: Obligation, next_due: date | None, say: Wording
) -> ObligationLine:
    due = obligation.due
    return ObligationLine(
        value_id=name,
        contract_id=chain.id,
        contract=chain.stem,
        debtor=obligation.debtor,
        side=chain.sides.get(obligation.debtor or ""),
        action=obligation.action,
        deliverable=obligation.document,
        due=say.due(due) if due else say.texts("due.undated"),
        due_date=due.date if isinstance(due, OnDate) else None,
        due_every=due.every if isinstance(due, Every) else None,
        due_month_day=due.month_day if isinstance(due, Every) else None,
        due_event=due.event if isinstance(due, FromEvent) else None,
        due_offset=due.offset if isinstance(due, FromEvent) else None,
        next_due=next_due,
        set_by=chain.rows[term.contract].stem,
        state=state(term.fact),
        quote=obligation.quote,
    )


def _next_due(chain: Chain) -> dict[str, date]:
    """The next day on which each obligation falls due, by the id of its value."""
    days: dict[str, date] = {}
    for event in reversed(chain.deadlines.events):
        if event.kind == "obligation":
            days[event.key.split(":")[2]] = event.on
    names = [name for name, term in chain.numbered if term.fact.field == "obligations"]
    keys = [item.key for item in owed(chain.terms, chain.sides)]
    return {name: days[key] for name, key in zip(names, keys, strict=True) if key in days}


def _deadlines(chain: Chain, say: Wording) -> Iterator[DeadlineLine]:
    everything: tuple[Event | Undated, ...] = (*chain.deadlines.events, *chain.deadlines.undated)
    said: dict[int, str] = {}  # events of a contract share steps
    for found in everything:
        event = found if isinstance(found, Event) else None
        yield DeadlineLine(
            deadline_id=found.key,
            contract_id=chain.id,
            contract=chain.stem,
            counterparties=chain.counterparties,
            due_on=event.on if event else None,
            days_left=(event.on - chain.as_of).days if event else None,
            kind=found.kind,
            what=found.what.say(say),
            side=found.side,
            debtor=found.debtor,
            to_verify=found.unsure,
            basis="\n".join(_said(step, say, said) for step in event.steps) or None if event else None,
            missing=found.missing.say(say) if isinstance(found, Undated) else None,
        )


def _said(step: Phrase, say: Wording, said: dict[int, str]) -> str:
    if id(step) not in said:
        said[id(step)] = step.say(say)
    return said[id(step)]


def _amendments(chain: Chain, say: Wording) -> Iterator[AmendmentLine]:
    for version in chain.loaded.amendments:
        in_force = version.contract in chain.terms.applied
        changes = [change for change in chain.terms.changes if change.amendment == version.contract]
        for number, change in enumerate(changes or [None], 1):
            yield AmendmentLine(
                amendment_id=version.contract,
                change=number,
                amendment=chain.rows[version.contract].stem,
                amendment_title=version.value("title"),
                contract_id=chain.id,
                contract=chain.stem,
                effective_on=version.effective,
                in_force=in_force,
                field=change.field if change else None,
                before=say.value(change.field, change.before.fact.value) if change and change.before else None,
                after=say.value(change.field, change.after.fact.value) if change and change.after else None,
            )
