"""When obligations fall due: the occurrences of their due rules, as events with their arithmetic."""

from __future__ import annotations

import calendar
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from portfolio.amendments import Term, TermsInForce
from portfolio.errors import InvalidValue
from portfolio.events import Event, Undated
from portfolio.folding import fold, words
from portfolio.names import company_key
from portfolio.obligations.moments import Day, Milestones, Moment, moment_of
from portfolio.obligations.sentence import Anchors, cadence_of, on_elapsed
from portfolio.register.records import Side
from portfolio.schema import Obligation, Party
from portfolio.values import Duration, Every, FromEvent, OnDate
from portfolio.words.phrases import Phrase, phrase

_CIVIL: Mapping[Moment, int] = {"month_end": 1, "quarter_end": 3, "semester_end": 6, "year_end": 12}
"""Ends of civil periods, with their length in months."""
_SHORTEST_DAYS = 7
"""What is owed more often than once a week is watched by whoever does the work, not by a calendar of deadlines."""
_SAME = re.compile(
    r"\b(?:memes? (?:frequence|rythme|periodicite|intervalles?|dates?)|same (?:frequency|intervals?|dates?))\b"
)


@dataclass(frozen=True)
class Owed:
    """An obligation in force. ``key`` names it within its contract, by what is owed: neither a new due rule nor a
    debtor's new name changes it. ``source`` is the contract or amendment that set it, ``since`` the day from which an
    amendment's counts. ``debtor`` is the party's present name. ``law``: the rule of the legal pack that it comes from,
    where the contract is silent."""

    key: str
    obligation: Obligation
    source: str
    since: date | None = None
    debtor: str | None = None
    side: Side | None = None
    unsure: bool = False
    law: str | None = None
    beside: str = ""
    """The sentence of the rhythm before it in the contract, which « à la même fréquence » means."""

    @property
    def words(self) -> str:
        """The words that say when: the contract's sentence, with the one that it refers to."""
        own = f"{self.obligation.quote} {self.obligation.action}"
        return f"{own} {self.beside}" if _SAME.search(fold(own)) else own


@dataclass(frozen=True)
class Window:
    """Days from ``first`` to ``last``, both counted."""

    first: date
    last: date


@dataclass(frozen=True)
class Occurrences:
    events: tuple[Event, ...]
    undated: tuple[Undated, ...]


def owed(
    terms: TermsInForce, sides: Mapping[str, Side], signatories: Mapping[str, Sequence[Party]] = MappingProxyType({})
) -> tuple[Owed, ...]:
    """The obligations of a contract's terms in force. ``sides``: the side of each debtor by the name as written
    (`Contract.debtors` of the base and of its amendments). ``signatories``: each amendment's parties, by its id."""
    names = _present_names(terms, signatories)
    seen: Counter[str] = Counter()
    before: dict[str, str] = {}
    found: list[Owed] = []
    for term in terms.terms:
        if term.fact.field != "obligations":
            continue
        obligation: Obligation = term.fact.value
        debtor = obligation.debtor
        key = identity(obligation)
        seen[key] += 1
        found.append(
            Owed(
                key if seen[key] == 1 else f"{key}-{seen[key]}",
                obligation,
                term.contract,
                _since(term, terms.base),
                names.get(company_key(debtor), debtor) if debtor else None,
                sides.get(debtor) if debtor else None,
                not term.fact.certain and term.fact.review == "to_review",
                beside=before.get(str(obligation.due.every), "") if isinstance(obligation.due, Every) else "",
            )
        )
        if isinstance(obligation.due, Every):
            before[str(obligation.due.every)] = obligation.quote
    return tuple(found)


def identity(obligation: Obligation) -> str:
    """Names an obligation by what is owed (its document, else its action) and whether it comes back."""
    about = " ".join(sorted(words(obligation.document or obligation.action)))
    nature = "r" if isinstance(obligation.due, Every) else "o"
    return nature + hashlib.sha256(about.encode()).hexdigest()[:11]


def occurrences(obligations: Sequence[Owed], milestones: Milestones, window: Window) -> Occurrences:
    """The events of ``obligations`` that fall in ``window``, by day, and what cannot be dated yet, whatever the window.

    A rhythm runs from the contract's start (an amendment's from the day it takes effect) to the day the contract stops;
    a report on a period gone by falls due once more after it.
    """
    events: list[Event] = []
    undated: list[Undated] = []
    for item in obligations:
        try:
            for found in _of(item, milestones, window):
                if isinstance(found, Undated):
                    undated.append(found)
                elif window.first <= found.on <= window.last:
                    events.append(found)
        except InvalidValue as error:
            undated.append(_undated(item, milestones, phrase("obligation.outside_calendar", error=str(error))))
    return Occurrences(tuple(sorted(events, key=lambda e: (e.on, e.key))), tuple(undated))


def _of(item: Owed, milestones: Milestones, window: Window) -> Iterator[Event | Undated]:
    match item.obligation.due:
        case None:
            yield _undated(item, milestones, phrase("obligation.no_due"))
        case OnDate() as due:
            yield _event(item, milestones, "once", due.date, (phrase("obligation.on_date", date=due.date),))
        case FromEvent() as due:
            yield from _from_event(item, due, milestones, window)
        case Every() as due:
            yield from _rhythm(item, due, milestones, window)


def _rhythm(item: Owed, due: Every, milestones: Milestones, window: Window) -> Iterator[Event | Undated]:
    if due.every.in_months is None and due.every.days < _SHORTEST_DAYS:
        yield _undated(item, milestones, phrase("obligation.continuous"))
        return
    start, signature = milestones.one("start"), milestones.one("signature")
    begins = start or (signature if due.month_day else None)
    if begins is None:
        missing = milestones.unknown.get("start", phrase("obligation.no_start"))
        yield _undated(item, milestones, missing)
        return
    said = item.words
    from_day = max(begins.on, item.since or begins.on)
    anchors = Anchors(begins.on, signature.on if signature else None)
    cadence = cadence_of(due, said, anchors)
    stop = milestones.one("end")
    elapsed = on_elapsed(said)
    length = due.every
    first = max(window.first, from_day)
    last = window.last
    if stop is not None:
        last = min(last, length.after(stop.on) if elapsed else stop.on)
    rest = (*begins.rests_on, *(stop.rests_on if stop else ()))
    steps = (phrase("obligation.rule", rule=due), cadence.said())
    for label, day in cadence.days(first, last):
        if elapsed and not _whole_period(day, due.every, from_day, stop):
            continue
        unsure = item.unsure or begins.unsure or start is None or not cadence.stated
        yield _event(item, milestones, label, day, (*steps, phrase("obligation.falls", date=day)), unsure, rest)


def _whole_period(day: date, every: Duration, begins: date, stop: Day | None) -> bool:
    """Whether the civil period before ``day`` has days of the contract in it."""
    months = every.in_months or 1
    start_of_period = day.replace(day=1) if months == 1 else date(day.year, (day.month - 1) // months * months + 1, 1)
    if months > 12 or 12 % months:
        return True
    ended = start_of_period - timedelta(days=1)
    if _is_last(day):
        return True
    began = _months_back(start_of_period, months)
    return ended >= begins and (stop is None or began <= stop.on)


def _is_last(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _months_back(day: date, months: int) -> date:
    return Duration(months=months).before(day)


def _from_event(item: Owed, due: FromEvent, milestones: Milestones, window: Window) -> Iterator[Event | Undated]:
    given = milestones.given.get(fold(due.event), ())
    days: Sequence[Day] = tuple(Day(day, day.isoformat()) for day in given)
    moment = moment_of(due.event)
    if not days and moment is not None:
        days = _days(item, moment, milestones, window, due.offset)
    if not days:
        missing = milestones.unknown.get(moment) if moment else None
        yield _undated(item, milestones, missing or phrase("obligation.event_unknown", event=due.event))
    for day in days:
        on = _shifted(day.on, due.offset)
        key = "obligation.before" if due.offset.negative else "obligation.after"
        said = phrase(key, event=due.event, day=day.on, offset=due.offset, result=on)
        label = day.label or "once"
        yield _event(item, milestones, label, on, (*day.steps, said), item.unsure or day.unsure, day.rests_on)


def _days(item: Owed, moment: Moment, milestones: Milestones, window: Window, offset: Duration) -> Sequence[Day]:
    """The days of ``moment``. What an amendment says of « la signature » is its own; civil periods end anyway."""
    own = milestones.amendments.get(item.source, {})
    if moment in ("signature", "amendment_signature"):
        return [own["signature"]] if "signature" in own else list(milestones.days.get("signature", ()))
    if moment == "amendment_start":
        return [own["start"]] if "start" in own else []
    if moment not in _CIVIL:
        return milestones.days.get(moment, ())
    start, stop = milestones.one("start"), milestones.one("end")
    if start is None:
        return ()
    back = offset.reversed()
    first = max(start.on, _shifted(window.first, back) - timedelta(days=7))
    last = _shifted(window.last, back) + timedelta(days=7)
    last = min(last, stop.on) if stop else last
    months = _CIVIL[moment]
    found: list[Day] = []
    number = (12 * first.year + first.month - 1) // months * months
    while number <= 12 * last.year + last.month - 1:
        end = number + months - 1
        day = date(end // 12, end % 12 + 1, calendar.monthrange(end // 12, end % 12 + 1)[1])
        if first <= day <= last:
            found.append(Day(day, day.isoformat()[:7], rests_on=start.rests_on, unsure=start.unsure))
        number += months
    return found


def _shifted(day: date, offset: Duration) -> date:
    """``day`` moved by ``offset``; begun days count whole, since an hour of a day is never known."""
    days = offset.days + -(-offset.hours // 24)
    return Duration(offset.years, offset.months, days, 0, offset.negative).after(day)


def _since(term: Term, base: str) -> date | None:
    return term.since if term.contract != base else None


def _present_names(terms: TermsInForce, signatories: Mapping[str, Sequence[Party]]) -> dict[str, str]:
    """The present name, by the key of each former name, of parties that an amendment renamed, or in whose place it put
    another: the only one of the role so far, who does not sign the amendment, while another one of that role does."""
    names: dict[str, str] = {}
    joined = {c.after.fact.value.name for c in terms.changes if c.field == "parties" and c.after and not c.before}
    for change in terms.changes:
        if change.field != "parties" or change.after is None:
            continue
        new: Party = change.after.fact.value
        old = company_key(change.before.fact.value.name) if change.before else _replaced(terms, new, joined)
        if old is None or (not change.before and not _left(old, signatories.get(change.amendment, ()))):
            continue
        names = {key: new.name if company_key(name) == old else name for key, name in names.items()} | {old: new.name}
    return names


def _replaced(terms: TermsInForce, new: Party, joined: Set[str]) -> str | None:
    """The key of the one party of ``new``'s role that was there before amendments brought others."""
    before = [p.name for p in terms.values("parties") if p.role == new.role and p.name not in joined]
    return company_key(before[0]) if len(before) == 1 else None


def _left(key: str, signatories: Sequence[Party]) -> bool:
    return bool(signatories) and all(company_key(party.name) != key for party in signatories)


def _event(
    item: Owed,
    milestones: Milestones,
    label: str,
    on: date,
    steps: tuple[Phrase, ...],
    unsure: bool | None = None,
    rests_on: tuple[tuple[str, str], ...] = (),
) -> Event:
    return Event(
        key=f"{milestones.contract}:obligation:{item.key}:{label}",
        kind="obligation",
        contract=milestones.contract,
        on=on,
        what=_what(item),
        steps=steps,
        rests_on=((item.source, "obligations"), *rests_on),
        unsure=item.unsure if unsure is None else unsure,
        debtor=item.debtor,
        side=item.side,
    )


def _undated(item: Owed, milestones: Milestones, missing: Phrase) -> Undated:
    return Undated(
        key=f"{milestones.contract}:obligation:{item.key}",
        kind="obligation",
        contract=milestones.contract,
        what=_what(item),
        missing=missing,
        unsure=item.unsure,
        debtor=item.debtor,
        side=item.side,
    )


def _what(item: Owed) -> Phrase:
    return phrase("obligation.by_law" if item.law else "obligation.what", action=item.obligation.action)
