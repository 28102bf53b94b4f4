"""One mail a day and person: what was raised since the last one, as it stands now, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files

import jinja2
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.alerts import reading
from portfolio.alerts.models import AlertRaiseRow
from portfolio.alerts.reading import chunks
from portfolio.alerts.records import OPEN, Raise
from portfolio.delivery import outbox
from portfolio.delivery.addresses import inert
from portfolio.delivery.letters import Letter
from portfolio.delivery.models import CursorRow, PersonRow, TellingRow
from portfolio.delivery.recipients import Recipients
from portfolio.words.texts import Texts
from portfolio.words.values import Wording

URGENT_DAYS = 7
"""So few days before its day an alert is urgent, whatever it is."""
_MOST = 200
"""How many alerts one mail shows; of the others it says how many they are."""
_TOLD = (*OPEN, "past")
"""States of alerts that nobody has dealt with; what fell due while no mail could leave is told still."""


@dataclass(frozen=True)
class Line:
    """One alert in a digest, in words, nothing in it from a contract that a mail program could make a link of."""

    urgent: bool
    on: date
    day: str
    left: str
    kind: str
    what: str
    contract: str
    debtor: str | None
    why: tuple[str, ...]
    verify: str | None
    number: str


def take_over(session: Session) -> None:
    """Finds the persons for every raise that is new, and for those that had nobody yet."""
    cursor = session.get(CursorRow, "people") or CursorRow(name="people", last=0)
    session.add(cursor)
    new = reading.raises(session, None, cursor.last)
    orphans = session.scalars(
        sa.select(TellingRow).where(TellingRow.person_id.is_(None), TellingRow.outbox_id.is_(None))
    )
    waiting = {row.raise_id: row for row in orphans}
    old = _raises(session, waiting)
    recipients = Recipients(session, {raised.alert.contract for raised in (*new, *old)})
    for raised in new:
        cursor.last = raised.id
    for raised in (*old, *new):
        persons = recipients.of(raised)
        row = waiting.get(raised.id)
        if row is not None and persons:
            session.delete(row)
            session.flush()
        told = (
            set(session.scalars(sa.select(TellingRow.person_id).where(TellingRow.raise_id == raised.id)))
            if row
            else set()
        )
        for person in persons:
            if person.id not in told:
                session.add(TellingRow(raise_id=raised.id, person_id=person.id))
        if not persons and row is None:
            session.add(TellingRow(raise_id=raised.id))
    session.flush()


def compose(session: Session, day: date, now: datetime, web_url: str | None = None) -> None:
    """Writes today's digest of each person who has something to be told and was not written to today."""
    for person in session.scalars(sa.select(PersonRow).order_by(PersonRow.id)):
        key = f"digest-{day.isoformat()}-{person.id}"
        query = sa.select(TellingRow).where(TellingRow.person_id == person.id, TellingRow.outbox_id.is_(None))
        rows = {row.raise_id: row for row in session.scalars(query)}
        if not rows or outbox.known(session, key):
            continue
        pending = _raises(session, rows)
        current = newest(raised for raised in pending if raised.alert.state in _TOLD)
        for raised in pending:
            if raised.alert.state not in _TOLD:
                session.delete(rows.pop(raised.id))
        if not current:
            continue
        letter = letter_of(current, person, day, web_url)
        made = outbox.put(session, letter.draft(key), day, now)
        for row in rows.values():
            row.outbox_id = made
    session.flush()


def newest(raises: Iterable[Raise]) -> tuple[Raise, ...]:
    """The last raise of each alert."""
    last: dict[int, Raise] = {}
    for raised in raises:
        last[raised.alert.id] = raised
    return tuple(last.values())


def letter_of(raises: Sequence[Raise], person: PersonRow, day: date, web_url: str | None) -> Letter:
    """The digest of a person."""
    say = Wording(Texts(person.language))
    lines = sorted((line(raised, day, say) for raised in raises), key=lambda one: (not one.urgent, one.on))
    shown = lines[:_MOST]
    urgent = [one for one in lines if one.urgent]
    groups = [
        (say.texts(f"digest.{name}"), found)
        for name, found in (("urgent", urgent[:_MOST]), ("next", shown[len(urgent) :]))
        if found
    ]
    count = say.texts("digest.one" if len(lines) == 1 else "digest.many", count=say.number(len(lines), 0))
    subject = say.texts(
        "digest.subject_urgent" if urgent else "digest.subject", count=count, urgent=len(urgent), day=say.date(day)
    )
    values = {
        "groups": groups, "say": say.texts, "language": say.texts.language, "title": subject, "web_url": web_url,
        "more": say.texts("digest.more", count=say.number(len(lines) - _MOST, 0)) if len(lines) > _MOST else None,
        "hello": say.texts("digest.hello", name=inert(person.name, 100)), "count": count,
    }  # fmt: skip
    environment = _templates()
    return Letter(
        person.email, person.name, subject,
        environment.get_template("digest.txt.jinja").render(values),
        environment.get_template("digest.html.jinja").render(values),
    )  # fmt: skip


def line(raised: Raise, day: date, say: Wording) -> Line:
    """A raise in words, as of ``day``."""
    alert = raised.alert
    left = (alert.on - day).days
    texts = say.texts
    why = [texts(f"told.{raised.reason}")]
    if alert.moved is not None:
        why.append(inert(alert.moved.say(say)))
    if alert.steps:
        why.append(texts("digest.basis", steps=inert(" ".join(step.say(say) for step in alert.steps), 500)))
    title = inert(alert.title or alert.stem, 150)
    stem = inert(alert.stem, 100)
    return Line(
        urgent=raised.reason in ("escalated", "overdue") or left <= URGENT_DAYS,
        on=alert.on,
        day=say.date(alert.on),
        left=_left(left, texts),
        kind=texts(f"told_kind.{alert.kind}"),
        what=inert(alert.what.say(say)),
        contract=title if title == stem else f"{title} ({stem})",
        debtor=inert(alert.debtor, 100) if alert.debtor else None,
        why=tuple(why),
        verify=texts("digest.verify") if alert.to_verify else None,
        number=texts("digest.number", id=alert.id),
    )


def _left(days: int, texts: Texts) -> str:
    if days in (-1, 0, 1):
        return texts({-1: "digest.yesterday", 0: "digest.today", 1: "digest.tomorrow"}[days])
    return texts("digest.in_days", days=days) if days > 0 else texts("digest.days_ago", days=-days)


def _raises(session: Session, ids: Iterable[int]) -> tuple[Raise, ...]:
    rows = [
        row
        for chunk in chunks(sorted(ids))
        for row in session.scalars(
            sa.select(AlertRaiseRow).where(AlertRaiseRow.id.in_(chunk)).order_by(AlertRaiseRow.id)
        )
    ]
    return reading.told(session, rows)


@cache
def _templates() -> jinja2.Environment:
    """Templates whose HTML is escaped; an unknown name is an error."""
    folder = files("portfolio.delivery")
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=jinja2.select_autoescape(["html.jinja"]),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
