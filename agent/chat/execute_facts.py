"""One fact of one contract, by topic: its value, the words that prove it, the arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agent.chat.findings import Citation, anything, of_fields
from agent.chat.holdings import Held
from agent.chat.plan import AnswerKind, QueryPlan, Topic
from portfolio.folding import fold
from portfolio.names import take_apart
from portfolio.values import Duration
from portfolio.words.phrases import Phrase, phrase

TERM = ("start_date", "end_date", "duration", "renewal.kind", "renewal.period", "renewal.max_count")


@dataclass(frozen=True)
class Reading:
    """``value`` None: the contract does not say. ``field``: whose wording the value takes. ``key``: the sentence of the
    catalogue that says it, filled with the contract and the value."""

    value: Any
    kind: AnswerKind
    field: str
    fields: tuple[str, ...]
    key: str
    steps: tuple[Phrase, ...] = ()
    notes: tuple[Phrase, ...] = ()
    amendment: str | None = None
    """The id of the amendment that the fact is of, where it is its own."""


def fact(held: Held, topic: Topic, plan: QueryPlan | None = None) -> Reading | None:
    """The fact that ``topic`` names; None where that is no single fact of a contract."""
    if topic == "break":
        return _break(held, plan)
    if topic == "notice_deadline" and plan is not None and _NEXT.search(fold(plan.question)):
        return _next_chance(held)
    found = _DATES.get(topic) or _OTHERS.get(topic)
    return found(held) if found else None


def cited(held: Held, reading: Reading) -> tuple[Citation, ...]:
    return anything(held, of_fields(held, *reading.fields))


def _date(
    value: date | None, fields: tuple[str, ...], key: str, *steps: Phrase, notes: tuple[Phrase, ...] = ()
) -> Reading:
    return Reading(value, "date", "end_date", fields, f"chat.{key}", tuple(steps), notes)


def _end(held: Held) -> Reading:
    calendar = held.calendar
    if calendar is None:
        return _date(None, TERM, "end")
    expired = calendar.status == "expired"
    value = calendar.final_end if expired and calendar.final_end else calendar.current_end
    notes: tuple[Phrase, ...] = ()
    if not expired and calendar.to_come:
        following = calendar.to_come[0].end
        notes = (phrase("chat.note_renews", end=following) if following else phrase("chat.note_renews_open"),)
    return _date(value, TERM, "ended" if expired else "end", *calendar.steps, notes=notes)


def _final_end(held: Held) -> Reading:
    calendar = held.calendar
    return _date(calendar.final_end if calendar else None, TERM, "final_end", *(calendar.steps if calendar else ()))


def _next_end(held: Held) -> Reading:
    calendar = held.calendar
    if calendar is None:
        return _date(None, TERM, "next_end")
    if not calendar.to_come and calendar.current_end:
        return _date(calendar.current_end, TERM, "end", *calendar.steps)
    following = calendar.to_come[0].end if calendar.to_come else None
    return _date(following, TERM, "next_end", *calendar.steps)


def _start(held: Held) -> Reading:
    start = held.calendar.start if held.calendar else held.terms.value("start_date")
    return _date(start, ("start_date", "signature_date"), "start")


def _signature(held: Held) -> Reading:
    return _date(held.terms.value("signature_date"), ("signature_date",), "signature")


def _notice_deadline(held: Held) -> Reading:
    notice, fields = held.notice, (*TERM, "notice_period")
    if not notice.chances:
        breaks = [chance for chance in notice.breaks if chance.last_day >= held.as_of]
        if breaks:
            return _date(breaks[0].last_day, fields, "notice_deadline", breaks[0].step)
        return _date(None, fields, "notice_deadline", *notice.steps)
    first = notice.chances[0]
    notes: tuple[Phrase, ...] = ()
    if first.last_day < held.as_of:
        following = notice.chances[1].last_day if len(notice.chances) > 1 else None
        notes = (phrase("chat.note_missed_next", next=following) if following else phrase("chat.note_missed"),)
    return _date(first.last_day, fields, "notice_deadline", *notice.steps, first.step, notes=notes)


_NEXT = re.compile(r"\b(?:prochaine?|suivante?|next|following)\b")


def _next_chance(held: Held) -> Reading:
    """The next day on which notice can still be given, whatever was missed."""
    chance = next((c for c in held.notice.chances if c.last_day >= held.as_of), None)
    if chance is None:
        return _notice_deadline(held)
    return _date(chance.last_day, (*TERM, "notice_period"), "notice_deadline", *held.notice.steps, chance.step)


_ORDINALS = (
    r"\b(?:premiere|1ere|1re|first)\b",
    r"\b(?:deuxieme|seconde|2e|2eme|second)\b",
    r"\b(?:troisieme|3e|3eme|third)\b",
)


def _break(held: Held, plan: QueryPlan | None) -> Reading:
    """The last day to give notice for a break: the one that the question counts or dates, else the next one ahead."""
    fields, breaks = (*TERM, "notice_period"), held.notice.breaks
    folded = fold(plan.question) if plan else ""
    counted = next((n for n, pattern in enumerate(_ORDINALS) if re.search(pattern, folded)), None)
    chosen = breaks[counted] if counted is not None and counted < len(breaks) else None
    if chosen is None and plan is not None and plan.window is not None:
        chosen = next((b for b in breaks if b.period.end and plan.window.holds(b.period.end)), None)
    chosen = chosen or next((b for b in breaks if b.last_day >= held.as_of), None)
    if chosen is None:
        return _notice_deadline(held)
    return _date(chosen.last_day, fields, "notice_deadline", chosen.step)


def _revision_date(held: Held) -> Reading:
    fields = tuple(f"price_revision.{leaf}" for leaf in ("kind", "frequency", "month_day", "formula"))
    return _date(held.deadlines.next_revision, fields, "revision_date")


_DATES: Mapping[Topic, Callable[[Held], Reading]] = {
    "end": _end,
    "final_end": _final_end,
    "next_end": _next_end,
    "start": _start,
    "signature": _signature,
    "notice_deadline": _notice_deadline,
    "revision_date": _revision_date,
}


def _scalar(field: str, kind: AnswerKind, key: str, *also: str) -> Callable[[Held], Reading]:
    def read(held: Held) -> Reading:
        return Reading(held.terms.value(field), kind, field, (field, *also), f"chat.{key}")

    return read


def _duration(held: Held) -> Reading:
    value: Duration | None = held.terms.value("duration")
    if value is None and held.terms.value("end_date") is None:
        return Reading(None, "text", "duration", ("duration", "start_date"), "chat.duration")
    return Reading(
        value or held.base.value("duration"),
        "text",
        "duration",
        ("duration", "start_date", "end_date"),
        "chat.duration",
    )


def _renewals_max(held: Held) -> Reading:
    rule = held.calendar.renewal if held.calendar else None
    count = rule.max_count if rule else held.terms.value("renewal.max_count")
    if count is None and rule is not None and rule.kind == "none":
        count = 0
    return Reading(count, "count", "renewal.max_count", ("renewal.max_count", "renewal.kind"), "chat.renewals_max")


def _renewals_left(held: Held) -> Reading:
    calendar = held.calendar
    left: int | None = None
    if calendar is not None:
        maximum = calendar.renewal.max_count
        if calendar.renewal.kind == "none" or calendar.status == "expired":
            left = 0
        elif maximum is not None and calendar.renewal.kind == "tacit":
            left = len(calendar.to_come)
        elif maximum is not None and calendar.renewals_used is not None:
            left = max(0, maximum - calendar.renewals_used)
    fields = ("renewal.max_count", "renewal.kind", "renewal.period")
    return Reading(left, "count", "renewal.max_count", fields, "chat.renewals_left", calendar.steps if calendar else ())


def _counterparty(held: Held) -> Reading:
    names = " ; ".join(held.others)
    return Reading(names or None, "text", "parties", ("parties",), "chat.counterparty")


def _registration(held: Held) -> Reading:
    numbers = [
        f"{p.name} : {p.registration}" for p in held.terms.values("parties") if p.registration and p.name in held.others
    ]
    return Reading(" ; ".join(numbers) or None, "text", "parties", ("parties",), "chat.counterparty")


def _former_name(held: Held) -> Reading:
    """All names of the other parties, in the order in which they came: whoever asks for one sees both."""
    names: dict[str, None] = {}
    for contract in held.all:
        for party in contract.parties:
            if party.side != "us":
                taken = take_apart(party.name)
                names.update(dict.fromkeys(filter(None, (taken.former, taken.name))))
    known = list(names)
    text = " → ".join(known) if known else None
    return Reading(text, "text", "parties", ("parties",), "chat.former_name")


def _sites(held: Held) -> Reading:
    values = held.terms.values("sites")
    text = " ; ".join(", ".join(filter(None, (s.name, s.city))) for s in values)
    return Reading(text or None, "text", "sites", ("sites", "parties"), "chat.sites")


def _indices(held: Held) -> Reading:
    values = held.terms.values("price_revision.indices")
    fields = ("price_revision.indices", "price_revision.formula", "price_revision.kind")
    return Reading(", ".join(values) or None, "text", "price_revision.indices", fields, "chat.indices")


def _governing_law(held: Held) -> Reading:
    """The country's code, with the law's name where it has one in the catalogue."""
    code = held.terms.value("governing_law")
    notes = (phrase(f"chat.law_{code}"),) if code in _LAWS else ()
    return Reading(code, "text", "governing_law", ("governing_law",), "chat.governing_law", notes=notes)


_LAWS = ("FR", "BE", "CH", "LU", "DE", "IT", "ES", "NL", "GB", "IE", "US", "US-NY", "US-DE", "CA")


def _parties(held: Held) -> Reading:
    names = " ; ".join(party.name for party in held.terms.values("parties"))
    return Reading(names or None, "text", "parties", ("parties",), "chat.parties")


def _renewal(held: Held) -> Reading:
    kind = held.terms.value("renewal.kind")
    fields = ("renewal.kind", "renewal.period", "renewal.max_count")
    return Reading(kind, "text", "renewal.kind", fields, "chat.renewal")


_OTHERS: Mapping[Topic, Callable[[Held], Reading]] = {
    "duration": _duration,
    "notice_period": _scalar("notice_period", "text", "notice_period"),
    "renewal": _renewal,
    "renewal_period": _scalar("renewal.period", "text", "renewal_period", "renewal.kind"),
    "renewals_max": _renewals_max,
    "renewals_left": _renewals_left,
    "payment_days": _scalar("payment_days", "count", "payment_days"),
    "late_interest": _scalar("late_interest", "text", "late_interest"),
    "revision": _scalar("price_revision.kind", "text", "revision", "price_revision.formula"),
    "formula": _scalar("price_revision.formula", "text", "formula", "price_revision.kind"),
    "indices": _indices,
    "cap_percent": _scalar("price_revision.cap_percent", "count", "cap_percent"),
    "termination": _scalar("termination", "text", "termination"),
    "governing_law": _governing_law,
    "jurisdiction": _scalar("jurisdiction", "text", "jurisdiction"),
    "counterparty": _counterparty,
    "registration": _registration,
    "former_name": _former_name,
    "parties": _parties,
    "sites": _sites,
    "title": _scalar("title", "text", "title"),
    "reference": _scalar("reference", "text", "reference"),
    "type": _scalar("contract_type", "text", "type"),
    "sector": _scalar("legal_nature.sector", "text", "sector"),
    "form": _scalar("legal_nature.form", "text", "form"),
    "dispute": _scalar("status", "text", "status"),
    "language": _scalar("language", "text", "language"),
}
