"""Acts that a question asked for: proposed with exactly what they would change, done once after a person's yes.

The yes comes from outside: no planner, model or text of a contract reaches `ActionDesk.confirm`. What was proposed is
kept with what it would change as it stood; where that is another by then, nothing is done.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from agent.chat.findings import PendingAction
from agent.chat.particulars import (
    correction_in,
    day_in,
    person_in,
    quoted,
    reason_in,
    reminder_in,
    status_in,
    tag_in,
)
from agent.chat.plan import QueryPlan
from portfolio.alerts.book import AlertBook
from portfolio.alerts.records import Alert, AlertFilters
from portfolio.deadlines import deadlines
from portfolio.errors import ContrathequeError, InvalidValue, NotFound
from portfolio.exports import docx, files
from portfolio.exports.letter import notice_letter
from portfolio.proposals.book import Proposal, ProposalBook
from portfolio.register.records import Filters
from portfolio.register.store import Register
from portfolio.schema import Obligation, spec
from portfolio.values import OnDate
from portfolio.words.phrases import Phrase, phrase
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

_PUT_OFF = timedelta(days=7)
"""How long an alert is put off where nobody said until when."""
_AHEAD = 800
"""Days for which events are looked up, as for questions."""
_ALERTS = ("confirm", "snooze", "assign", "dismiss")


@dataclass(frozen=True)
class Change:
    """One thing that doing a proposal changes: from ``before`` (None: nothing) to ``after``."""

    what: Phrase
    before: str | None
    after: str


@dataclass(frozen=True)
class Done:
    """What came of a proposal; ``file``: what was written, a letter's draft."""

    proposal: Proposal
    text: str
    file: Path | None = None


class ActionDesk:
    """Proposals and their doing on one register, on the day ``as_of``; ``allowed``: ids of the base contracts that the
    person may see, None for all. Letters are put into the data folder ``home``."""

    def __init__(
        self, register: Register, home: Path, as_of: date, language: str = "fr", allowed: frozenset[str] | None = None
    ) -> None:
        self._register = register
        self._home = home
        self._as_of = as_of
        self._allowed = allowed
        self._language = language
        self._say = Wording(Texts(language))
        self._book = ProposalBook(register)
        self._alerts = AlertBook(register)

    # --- proposing

    def propose(self, action: PendingAction, plan: QueryPlan, who: str) -> Proposal:
        """Keeps what ``action`` would do. Raises InvalidValue, saying what is missing, where it could not be done."""
        contract = self._register.contract(action.contract)
        base = contract.link.base or contract.id
        self._check_right(base)
        given, seen = self._prepared(action, plan, base)
        return self._book.add(base, action.kind, given, seen, who, plan.question)

    def _prepared(self, action: PendingAction, plan: QueryPlan, base: str) -> tuple[dict[str, Any], dict[str, Any]]:
        match action.kind:
            case "confirm" | "snooze" | "assign" | "dismiss":
                alert = self._alert(action, base)
                return {"alert": alert.id, **self._about_alert(action, plan, alert)}, _standing(alert)
            case "set_status":
                status = status_in(plan)
                if status is None:
                    raise self._unsaid("status")
                return self._value("status", status, base)
            case "correct":
                found = correction_in(plan)
                if found is None:
                    raise self._unsaid("correction")
                return self._value(*found, base)
            case "add_tag":
                tag = tag_in(plan)
                if tag is None:
                    raise self._unsaid("tag")
                return {"tag": tag}, {"tags": list(self._register.contract(base).tags)}
            case "add_obligation":
                return self._obligation(action, plan)
            case "draft_letter":
                letter = notice_letter(self._register, base, self._as_of, self._say)
                said = {"end": letter.end.isoformat(), "to": letter.recipient.name}
                return {"language": self._language, "as_of": self._as_of.isoformat()}, said
            case "remind":
                return self._lead(action, base) if action.event or day_in(plan) is None else _own_day(action, plan)

    def _about_alert(self, action: PendingAction, plan: QueryPlan, alert: Alert) -> dict[str, Any]:
        match action.kind:
            case "snooze":
                named = plan.window.end if plan.window and plan.window.end and plan.window.end < alert.on else None
                latest = max(alert.on, self._as_of + timedelta(days=1))
                return {"until": min(named or self._as_of + _PUT_OFF, latest).isoformat()}
            case "assign":
                to = person_in(plan)
                if to is None:
                    raise self._unsaid("person")
                return {"to": to}
            case "dismiss":
                reason = reason_in(plan)
                if reason is None:
                    raise self._unsaid("reason")
                return {"reason": reason}
            case _:
                return {}

    def _alert(self, action: PendingAction, base: str) -> Alert:
        """The open alert that is meant: by its event, else the only one on that day."""
        found = self._alerts.alerts(AlertFilters(contracts=(base,)))
        by_event = [a for a in found if action.event is not None and a.event == action.event]
        by_day = [a for a in found if a.on == action.on]
        alerts = by_event or by_day
        if len(alerts) != 1:
            raise InvalidValue(self._say.texts("proposals.several_alerts" if alerts else "proposals.no_alert"))
        return alerts[0]

    def _value(self, field: str, value: Any, base: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """A new value of a field, in the document that sets the term in force."""
        term = self._register.terms(base, self._as_of).term(field)
        contract = term.contract if term is not None else base
        return (
            {"contract": contract, "field": field, "value": spec(field).to_json(value)},
            {"value": self._present(contract, field)},
        )

    def _present(self, contract: str, field: str) -> Any:
        value = self._register.contract(contract).value(field)
        return spec(field).to_json(value) if value is not None else None

    def _obligation(self, action: PendingAction, plan: QueryPlan) -> tuple[dict[str, Any], dict[str, Any]]:
        words = (plan.act.value if plan.act else None) or quoted(plan.question) or reason_in(plan)
        if not words:
            raise self._unsaid("obligation")
        on = plan.window.end if plan.window else None
        due = OnDate(date=on) if on else None
        item = Obligation(action=words, quote=words, due=due)
        return {"value": spec("obligations").to_json(item)}, {}

    def _lead(self, action: PendingAction, base: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """A reminder is an alert's lead time: told on the day before, beside what is set already."""
        found = deadlines(self._register, self._as_of, _AHEAD, Filters(ids=(base,))).contracts
        kind = next((e.kind for d in found for e in d.events if e.key == action.event), None)
        if kind is None:
            raise InvalidValue(self._say.texts("proposals.no_event"))
        present = list(self._alerts.lead_times().of(kind, base, None))
        return {"event_kind": kind, "days": sorted({*present, 7, 1}, reverse=True)}, {"days": present}

    def _unsaid(self, what: str) -> InvalidValue:
        return InvalidValue(self._say.texts(f"proposals.unsaid_{what}"))

    # --- showing

    def changes(self, proposal: Proposal) -> tuple[Change, ...]:
        """Exactly what doing ``proposal`` would change."""
        given, seen, say = proposal.given, proposal.seen, self._say
        before: str | None
        match proposal.kind:
            case "confirm":
                return (self._state(seen, say.texts("proposals.state_confirmed")),)
            case "dismiss":
                after = f"{say.texts('proposals.state_dismissed')} ({given['reason']})"
                return (self._state(seen, after),)
            case "snooze":
                before, after = _day(seen["snoozed_until"], say), say.date(date.fromisoformat(given["until"]))
                return (Change(phrase("proposals.snoozed"), before, after),)
            case "assign":
                return (Change(phrase("proposals.assignee"), seen["assignee"], given["to"]),)
            case "set_status" | "correct":
                before, after = (self._worded(given["field"], side["value"]) for side in (seen, given))
                return (Change(phrase("proposals.value", field=say.field(given["field"])), before or None, after),)
            case "add_tag":
                return (Change(phrase("proposals.tag"), None, given["tag"]),)
            case "add_obligation" | "remind" if "value" in given:
                item = spec("obligations").validate(given["value"])
                return (Change(phrase("proposals.obligation"), None, say.value("obligations", item)),)
            case "draft_letter":
                end = _day(seen["end"], say)
                return (
                    Change(phrase("proposals.letter"), None, say.texts("proposals.letter_to", to=seen["to"], end=end)),
                )
            case _:
                days = [", ".join(map(str, side["days"])) for side in (seen, given)]
                return (Change(phrase("proposals.leads"), days[0], days[1]),)

    def _state(self, seen: Mapping[str, Any], after: str) -> Change:
        return Change(
            phrase("proposals.alert_state", day=_day(seen["on"], self._say)),
            self._say.texts(f"proposals.state_{seen['state']}"),
            after,
        )

    def _worded(self, field: str, value: Any) -> str:
        return self._say.value(field, spec(field).validate(value)) if value is not None else ""

    def waiting(self) -> tuple[Proposal, ...]:
        """Those that nobody decided on and the person may see."""
        return tuple(p for p in self._book.waiting() if self._allowed is None or p.contract in self._allowed)

    # --- a person's word

    def confirm(self, id_: str, who: str) -> Done:
        """Does a proposal, by the word of ``who``. Raises InvalidValue where it was decided on already, or what it
        would change is not as it was any more: nothing is done then."""
        proposal = self._book.get(id_)
        self._check_right(proposal.contract)
        self._book.begin(id_, who)
        try:
            self._check_unchanged(proposal)
            text, file = self._do(proposal, who)
        except ContrathequeError as error:
            self._book.end(id_, "failed", str(error))
            raise
        return Done(self._book.end(id_, "done", text), text, file)

    def refuse(self, id_: str, who: str) -> Proposal:
        """``who`` says no: it is never done."""
        self._check_right(self._book.get(id_).contract)
        return self._book.refuse(id_, who)

    def _check_right(self, base: str) -> None:
        if self._allowed is not None and base not in self._allowed:
            raise NotFound(self._say.texts("proposals.no_right"))

    def _check_unchanged(self, proposal: Proposal) -> None:
        given, seen = proposal.given, proposal.seen
        now: Mapping[str, Any] = seen
        if proposal.kind in _ALERTS:
            now = _standing(self._alerts.alert(given["alert"]))
        elif proposal.kind in ("set_status", "correct"):
            now = {"value": self._present(given["contract"], given["field"])}
        elif "days" in given:
            now = {"days": list(self._alerts.lead_times().of(given["event_kind"], proposal.contract, None))}
        if now != seen:
            raise InvalidValue(self._say.texts("proposals.changed"))

    def _do(self, proposal: Proposal, who: str) -> tuple[str, Path | None]:
        given, base = proposal.given, proposal.contract
        file: Path | None = None
        match proposal.kind:
            case "confirm":
                self._alerts.confirm(given["alert"], who, self._as_of)
            case "snooze":
                self._alerts.snooze(given["alert"], date.fromisoformat(given["until"]), who, self._as_of)
            case "assign":
                self._alerts.assign(given["alert"], given["to"], who, self._as_of)
            case "dismiss":
                self._alerts.dismiss(given["alert"], given["reason"], who, self._as_of)
            case "set_status" | "correct":
                reason = self._say.texts("proposals.asked", question=proposal.question)
                self._register.correct(given["contract"], given["field"], given["value"], who, reason=reason)
            case "add_tag":
                self._register.label(base, given["tag"])
            case "add_obligation" | "remind" if "value" in given:
                reason = self._say.texts("proposals.asked", question=proposal.question)
                self._register.add(base, "obligations", given["value"], who, reason)
            case "draft_letter":
                file = self._letter(proposal)
            case "remind":
                self._alerts.set_lead_times(given["event_kind"], given["days"], who, base)
        done = "; ".join(
            self._say.texts("proposals.change", what=c.what.say(self._say), before=c.before or "—", after=c.after)
            for c in self.changes(proposal)
        )
        return done, file

    def _letter(self, proposal: Proposal) -> Path:
        say = Wording(Texts(proposal.given["language"]))
        day = date.fromisoformat(proposal.given["as_of"])
        letter = notice_letter(self._register, proposal.contract, day, say)
        path = self._home / "letters" / f"{self._register.contract(proposal.contract).stem}-{proposal.id}.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write(path, docx.render(letter, say))
        return path


def _own_day(action: PendingAction, plan: QueryPlan) -> tuple[dict[str, Any], dict[str, Any]]:
    """A reminder on a day on which nothing falls due: what to do by then, among the contract's obligations, is told of
    as they are."""
    words = reminder_in(plan)
    item = Obligation(action=words, quote=words, due=OnDate(date=action.on) if action.on else None)
    return {"value": spec("obligations").to_json(item)}, {}


def _standing(alert: Alert) -> dict[str, Any]:
    """What of an alert an act changes, in JSON's own types."""
    return {
        "state": alert.state,
        "on": alert.on.isoformat(),
        "snoozed_until": alert.snoozed_until.isoformat() if alert.snoozed_until else None,
        "assignee": alert.assignee,
    }


def _day(iso: str | None, say: Wording) -> str | None:
    return say.date(date.fromisoformat(iso)) if iso else None
