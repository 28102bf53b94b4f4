"""What a route is given: the caller's view of the portfolio, the language, the day; parameters that several share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from pydantic import AfterValidator, Field

from agent.asking import Asking
from agent.viewing import Viewer
from portfolio.accounts.desk import Desk
from portfolio.accounts.duties import Duties
from portfolio.accounts.owing import Owing
from portfolio.accounts.prices import Prices
from portfolio.accounts.records import Account
from portfolio.alerts.clock import today
from portfolio.register.records import ContractKind, Filters
from portfolio.schema import ContractType, LegalForm, Sector, Status
from portfolio.words.values import Wording
from ui.api.parts import Parts
from ui.api.problems import texts_of
from ui.texts import Texts


@dataclass(frozen=True)
class Seat:
    """One request's; the same facades as a page of the web application has."""

    parts: Parts
    account: Account
    texts: Texts

    @cached_property
    def desk(self) -> Desk:
        return Desk(self.parts.register, self.account)

    @cached_property
    def duties(self) -> Duties:
        return Duties(self.parts.register, self.desk)

    @cached_property
    def owing(self) -> Owing:
        return Owing(self.parts.register, self.desk)

    @cached_property
    def prices(self) -> Prices:
        return Prices(self.parts.register, self.desk)

    @cached_property
    def viewer(self) -> Viewer:
        return Viewer(self.desk, self.parts.register, self.parts.passages)

    @cached_property
    def asking(self) -> Asking:
        settings = self.parts.settings
        return Asking(
            self.desk, self.parts.register, self.parts.passages, settings.home, settings.database_url, self.say
        )

    @cached_property
    def say(self) -> Wording:
        return Wording(self.texts)


async def _seat(request: Request) -> Seat:
    return Seat(request.app.state.parts, request.state.account, texts_of(request))


def _within(day: date) -> date:
    if not 1900 <= day.year <= 2200:
        raise ValueError("a day between 1900 and 2200")
    return day


At = Annotated[Seat, Depends(_seat)]
Day = Annotated[date, AfterValidator(_within)]
Ref = Annotated[
    str,
    Path(min_length=1, max_length=200, description="An id, a reference, or a file's stem.", examples=["02-bail"]),
]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Sha = Annotated[str, Path(pattern="^[0-9a-f]{64}$", description="SHA-256 of the document's content.")]
AsOf = Annotated[Day | None, Query(description="The day on which one stands (default: today, in France).")]
Short = Annotated[str, Field(max_length=200)]
Cursor = Annotated[str | None, Query(max_length=4000, description="« next » of the answer before, unchanged.")]
Days = Annotated[int, Query(ge=0, le=3660, description="How far ahead, in days.")]


def day_of(given: date | None) -> date:
    return given or today()


async def _filters(
    text: Annotated[Short | None, Query(description="Words in title, reference, parties, sites, file name.")] = None,
    type: Annotated[list[ContractType] | None, Query(description="Types of contract, any of them.")] = None,
    sector: Sector | None = None,
    form: Annotated[list[LegalForm] | None, Query()] = None,
    status: Annotated[list[Status] | None, Query()] = None,
    kind: ContractKind | None = None,
    counterparty: Annotated[Short | None, Query(description="An id, a SIREN, or a part of a name.")] = None,
    site: Annotated[Short | None, Query(description="A part of a site's name or city.", examples=["Lyon"])] = None,
    city: Short | None = None,
    department: Annotated[Short | None, Query(examples=["69"])] = None,
    region: Short | None = None,
    tag: Short | None = None,
    to_review: bool = False,
    ends_from: Day | None = None,
    ends_until: Day | None = None,
) -> Filters:
    return Filters(
        text=text,
        contract_type=tuple(type or ()),
        sector=sector,
        form=tuple(form or ()),
        status=tuple(status or ()),
        kind=kind,
        counterparty=counterparty,
        site=site,
        city=city,
        department=department,
        region=region,
        tag=tag,
        to_review=to_review,
        ends_from=ends_from,
        ends_until=ends_until,
    )


Chosen = Annotated[Filters, Depends(_filters)]
