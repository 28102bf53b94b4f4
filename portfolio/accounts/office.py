"""What an administrator sets for everybody: our company, lead times, rules of law, index values, mail and webhooks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from charset_normalizer import from_bytes

from portfolio.accounts.desk import Desk
from portfolio.accounts.store import Accounts
from portfolio.alerts.book import AlertBook
from portfolio.alerts.leads import policy
from portfolio.delivery.hooks import Hook, Hooks
from portfolio.delivery.people import People, Person
from portfolio.delivery.settings import DeliverySettings
from portfolio.events import EventKind
from portfolio.exports import excel
from portfolio.exports.gather import gather
from portfolio.exports.json import full
from portfolio.obligations.book import LegalRule, ObligationBook
from portfolio.register.records import Company, SiteView
from portfolio.register.store import Register
from portfolio.revision import index_csv
from portfolio.revision.index_csv import LineProblem
from portfolio.revision.store import Indices, Stored
from portfolio.words.values import Wording


@dataclass(frozen=True)
class IndexKnown:
    """A series with what is known of it: how many values, the periods of the first and the last one."""

    code: str
    name: str
    values: int
    first: str | None
    last: str | None


@dataclass(frozen=True)
class Imported:
    """What a file of index values brought, by series, and the lines that could not be read."""

    stored: Mapping[str, Stored]
    problems: tuple[LineProblem, ...]


@dataclass(frozen=True)
class MailStanding:
    """How mail leaves; ``server`` None: it does not. No password is in it."""

    server: str | None
    sender: str | None
    encrypted: str | None
    web: str | None


class Office:
    """Made for administrators alone: raises NotAllowed for anybody else."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._register: Register = desk.register_for("administrator")
        self._alerts = AlertBook(self._register)

    @property
    def accounts(self) -> Accounts:
        return self._desk.accounts

    # --- our company and its sites

    def companies(self) -> tuple[Company, ...]:
        return self._register.companies()

    def set_companies(self, companies: Sequence[Company]) -> None:
        """Our company's names; sides of parties and obligations follow from them."""
        self._register.set_companies(companies)

    def sites(self) -> tuple[SiteView, ...]:
        return self._desk.sites()

    # --- lead times

    def lead_times(self) -> dict[EventKind, tuple[tuple[int, ...], bool]]:
        """For each kind of event, the days before it on which it is told, and whether somebody set them here."""
        set_here = self._alerts.lead_times().set_here
        return {
            kind: (set_here.get(("", kind), policy().kinds[kind]), ("", kind) in set_here)
            for kind in get_args(EventKind)
            if kind in policy().kinds
        }

    def set_lead_times(self, kind: EventKind, days: Sequence[int] | None) -> None:
        """None goes back to those delivered, an empty list silences. Raises InvalidValue."""
        self._alerts.set_lead_times(kind, days, self._desk.account.name)

    # --- rules of law

    def rules(self) -> tuple[LegalRule, ...]:
        return ObligationBook(self._register).rules()

    def switch(self, rule: str, enabled: bool) -> None:
        ObligationBook(self._register).switch(rule, enabled, self._desk.account.name)

    # --- index values

    def indices(self) -> tuple[IndexKnown, ...]:
        """The series that have values, and those of the catalogue without."""
        book = Indices(self._register).book()
        found = []
        for one in book.series.values():
            first, last = (str(period) for period in covered) if (covered := book.covers(one.code)) else (None, None)
            found.append(IndexKnown(one.code, one.name, book.count(one.code), first, last))
        return tuple(sorted(found, key=lambda one: (not one.values, one.code)))

    def import_indices(self, content: bytes, name: str, series: str | None = None) -> Imported:
        """Values of a CSV file, as `portfolio.revision.index_csv` reads them. Raises InvalidValue."""
        indices = Indices(self._register)
        text = str(from_bytes(content[: index_csv.LARGEST + 1]).best() or "")
        read = index_csv.read(text, tuple(indices.book().series.values()), series)
        stored = {code: indices.put(one, read.values[code], name) for code, one in read.series.items()}
        return Imported(stored, tuple(read.problems))

    # --- mail and webhooks

    def mail(self) -> MailStanding:
        """Raises ContrathequeError for settings that cannot be used."""
        settings = DeliverySettings.from_environment()
        if not settings.mails:
            return MailStanding(None, None, None, settings.web_url)
        return MailStanding(
            f"{settings.smtp_host}:{settings.smtp_port}", settings.mail_from, settings.smtp_tls, settings.web_url
        )

    def people(self) -> tuple[Person, ...]:
        return People(self._register).all()

    def put_person(self, person: Person) -> None:
        """Adds or changes who is told. Raises InvalidValue, NotFound."""
        People(self._register).put(person)

    def remove_person(self, name: str) -> None:
        People(self._register).remove(name)

    def hooks(self) -> tuple[Hook, ...]:
        return Hooks(self._register).all()

    def add_hook(self, url: str, language: str) -> str:
        """Adds a webhook; gives its secret, which is never shown again. Raises InvalidValue."""
        return Hooks(self._register).add(url, self._desk.account.name, language)[1]

    def remove_hook(self, id_: int) -> None:
        Hooks(self._register).remove(id_)

    # --- all data

    def everything(self) -> bytes:
        """The whole portfolio as JSON, with evidence."""
        return (json.dumps(full(self._register), ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")

    def workbook(self, as_of: date, say: Wording) -> bytes:
        """The whole portfolio as an Excel workbook."""
        return excel.render(gather(self._register, as_of, say), say)
