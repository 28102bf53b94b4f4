"""Actions: what a question asks to have done is proposed, with the contract and the day; a person says yes
elsewhere."""

from __future__ import annotations

from datetime import date

from agent.chat.context import Context
from agent.chat.execute_facts import TERM, Reading
from agent.chat.execute_facts import fact as fact_of
from agent.chat.findings import Citation, Finding, PendingAction, anything
from agent.chat.holdings import Held
from agent.chat.matching import coverage
from agent.chat.obligations import best_owing
from agent.chat.particulars import day_in, person_in, reminder_in
from agent.chat.plan import Act, QueryPlan, Topic
from agent.chat.proofs import prove
from portfolio.folding import fold
from portfolio.words.phrases import Phrase, phrase

_OWES = 0.5


def propose(context: Context, held: Held, plan: QueryPlan) -> Finding:
    """What would be done, on which contract, about which day."""
    act = plan.act
    assert act is not None
    on, citations, steps, what = _on_its_day(held, plan, act) or _about(held, plan, act)
    action = PendingAction(act.kind, held.stem, on, what, _event(held, on), act.value)
    said = phrase(
        "chat.proposed",
        act=phrase(f"chat.act_{act.kind}", contract=held.title, date=on or phrase("chat.no_date"), what=what),
    )
    row = {"action": act.kind, "contract": held.stem, "date": on.isoformat() if on else None}
    return Finding(
        "action", None, said, rows=(row,), citations=anything(held, citations), steps=steps, action=action, sure=True
    )


def _on_its_day(
    held: Held, plan: QueryPlan, act: Act
) -> tuple[date | None, tuple[Citation, ...], tuple[Phrase, ...], Phrase] | None:
    """A reminder on the day that was asked for, whatever falls near it; None where no day was."""
    if act.kind != "remind" or act.value is None:
        return None
    on = day_in(plan)
    if on is None:
        return None
    cited = prove(held, held.terms_of("title", *TERM))
    return on, cited, (), phrase("chat.plain", text=reminder_in(plan))


def _about(
    held: Held, plan: QueryPlan, act: Act
) -> tuple[date | None, tuple[Citation, ...], tuple[Phrase, ...], Phrase]:
    if act.kind != "draft_letter" and plan.topic not in ("notice_deadline", "final_end", "break"):
        owing = best_owing(held, plan)
        if owing and plan.topic == "end" and (not plan.rest or coverage(_things(plan), owing.text) < _OWES):
            owing = None
        topic_words = plan.topic in (None, "obligation")
        if owing and (owing.score >= _OWES or (topic_words and owing.score >= 0.3)):
            on, steps = owing.day(plan.window if act.kind == "remind" else None)
            return on, (owing.citation(held),), steps, phrase("chat.plain", text=owing.obligation.action)
    topic: Topic = _topic(plan, act)
    reading: Reading | None = fact_of(held, topic, plan)
    if reading is None or not isinstance(reading.value, date):
        reading = fact_of(held, "end")
    on = _ahead(held, reading) if reading else None
    citations = prove(held, held.terms_of(*(reading.fields if reading else TERM)))
    return on, citations, reading.steps if reading else (), phrase(f"chat.about_{topic}")


def _things(plan: QueryPlan) -> tuple[str, ...]:
    """The words that say what an act is about, without the name of the person it is given to."""
    person = fold(person_in(plan) or "").split()
    return tuple(w for w in plan.rest if w not in person)


def _topic(plan: QueryPlan, act: Act) -> Topic:
    if act.kind == "draft_letter":
        return "break" if plan.topic == "break" else "notice_deadline"
    if plan.topic in ("end", "final_end", "start", "revision_date", "next_end", "signature", "break"):
        return plan.topic
    if plan.topic in ("revision",):
        return "revision_date"
    return "notice_deadline"


def _ahead(held: Held, reading: Reading) -> date | None:
    """The day itself; of a notice that was missed, the next chance."""
    on = reading.value
    if "notice_period" in reading.fields and isinstance(on, date) and on < held.as_of:
        later = [c.last_day for c in held.notice.chances if c.last_day >= held.as_of]
        return later[0] if later else on
    return on if isinstance(on, date) else None


def _event(held: Held, on: date | None) -> str | None:
    return next((e.key for e in held.deadlines.events if e.on == on), None) if on else None
