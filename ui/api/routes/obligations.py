"""Obligations: what each party owes and when, and that it was done or need not be."""

from __future__ import annotations

from datetime import date as CivilDay
from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from portfolio.alerts.clock import today
from portfolio.obligations.book import Listed, State
from portfolio.obligations.log import HandedOver
from portfolio.register.records import Side
from portfolio.words.values import Wording
from ui.api.route import router
from ui.api.routes.alerts import Said
from ui.api.seat import AsOf, At, Chosen, Day, Days, Ref, Short, day_of

routes = router("/v1", "obligations")
Handle = Annotated[
    str, Path(min_length=4, max_length=300, description="As the list gives it.", examples=["3f2a9c01be"])
]


class OccurrenceOut(BaseModel):
    """One time that something is owed. ``law``: the article, where only the law asks for it."""

    handle: str
    date: CivilDay
    contract: str
    stem: str
    what: str
    state: State
    debtor: str | None
    side: Side | None
    unsure: bool
    law: str | None


class WaitingOut(BaseModel):
    """What has no day until ``missing`` is told."""

    contract: str
    stem: str
    what: str
    missing: str
    debtor: str | None
    side: Side | None


class ObligationsOut(BaseModel):
    as_of: CivilDay
    occurrences: list[OccurrenceOut]
    undated: list[WaitingOut]


class HandedOverIn(BaseModel):
    """A document that was handed over."""

    model_config = ConfigDict(extra="forbid")
    document: Short = Field(min_length=1, examples=["attestation URSSAF"])
    dated: Day | None = None
    valid_until: Day | None = None


class DoneIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    handed: HandedOverIn | None = None
    note: Said | None = None


class WaiveIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    reason: Said = Field(examples=["Prestation suspendue ce trimestre."])


class SettledOut(BaseModel):
    """``warning``: what is wrong with the document handed over: too old, or expired already."""

    action: int
    contract: str
    state: State
    warning: str | None


@routes.get("/obligations")
def list_obligations(at: At, filters: Chosen, as_of: AsOf = None, back: Days = 90, ahead: Days = 90) -> ObligationsOut:
    """What falls due around a day, in its state on that day."""
    day = day_of(as_of)
    return _out(day, at.owing.list(day, back, ahead, filters), at.say)


@routes.get("/contracts/{ref}/obligations")
def contract_obligations(at: At, ref: Ref, as_of: AsOf = None, back: Days = 90, ahead: Days = 365) -> ObligationsOut:
    """The same of one contract (of an amendment: of its base)."""
    day = day_of(as_of)
    return _out(day, at.owing.of(ref, day, back, ahead), at.say)


@routes.post("/obligations/{handle}/done")
def obligation_done(at: At, handle: Handle, body: DoneIn) -> SettledOut:
    """It was done, with the document that was handed over where there is one."""
    given = body.handed
    handed = HandedOver(given.document, given.dated, given.valid_until) if given else None
    entry, wrong = at.owing.done(handle, today(), handed, body.note)
    return SettledOut(
        action=entry.id, contract=entry.contract, state="done", warning=wrong.say(at.say) if wrong else None
    )


@routes.post("/obligations/{handle}/waive")
def obligation_waived(at: At, handle: Handle, body: WaiveIn) -> SettledOut:
    """It need not be done this time, for a reason."""
    entry = at.owing.waive(handle, body.reason, today())
    return SettledOut(action=entry.id, contract=entry.contract, state="waived", warning=None)


def _out(day: CivilDay, listed: Listed, say: Wording) -> ObligationsOut:
    return ObligationsOut(
        as_of=day,
        occurrences=[
            OccurrenceOut(
                handle=one.handle, date=one.event.on, contract=one.event.contract, stem=one.stem,
                what=one.event.what.say(say), state=one.state, debtor=one.event.debtor, side=one.event.side,
                unsure=one.event.unsure, law=one.law,
            )
            for one in listed.occurrences
        ],
        undated=[
            WaitingOut(
                contract=one.contract, stem=stem, what=one.what.say(say), missing=one.missing.say(say),
                debtor=one.debtor, side=one.side,
            )
            for stem, one in listed.undated
        ],
    )  # fmt: skip
