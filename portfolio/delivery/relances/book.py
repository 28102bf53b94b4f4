"""The book of relances: drafts follow what is missing, a person approves, refuses or stops them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.delivery import outbox
from portfolio.delivery.addresses import address, one_line
from portfolio.delivery.letters import Letter
from portfolio.delivery.models import ContactRow, PersonRow, RelanceRow
from portfolio.delivery.relances.missing import Missing
from portfolio.delivery.relances.records import COVERING, Ask, Contact, Relance, RelanceState
from portfolio.delivery.relances.text import letter
from portfolio.errors import InvalidValue, NotFound
from portfolio.exports.cells import clean
from portfolio.folding import fold
from portfolio.obligations.log import person
from portfolio.register import perspective
from portfolio.register.store import Register
from portfolio.words.texts import LANGUAGES

EVERY = timedelta(days=7)
"""How often an approved relance goes out."""
_LONGEST_NOTE = 2000


class RelanceBook:
    """Relances of a register. Nothing in here sends: approved ones are written into the outbox by the daily run."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._db = register.database

    def all(self, state: RelanceState | None = None) -> tuple[Relance, ...]:
        """Relances, those in a state only, or the drafts and the approved ones."""
        wanted = (state,) if state else COVERING
        with self._db.reading() as session:
            rows = session.scalars(sa.select(RelanceRow).where(RelanceRow.state.in_(wanted)).order_by(RelanceRow.id))
            return tuple(_relance(session, row) for row in rows)

    def get(self, id_: int) -> Relance:
        """Raises NotFound."""
        with self._db.reading() as session:
            return _relance(session, _row(session, id_))

    def letter(self, id_: int) -> Letter:
        """The mail as it would go out next."""
        with self._db.reading() as session:
            row = _row(session, id_)
            return _letter(session, row)

    def approve(
        self, id_: int, who: str, today: date, note: str | None = None, without: Collection[int] = ()
    ) -> Relance:
        """Lets a draft go out, today and then every week until all of it is in; ``without`` the lines of these numbers
        (from 1), which count as refused. Raises InvalidValue where nobody said where to write to."""
        with self._db.writing() as session:
            row = _row(session, id_)
            if row.state != "draft":
                raise InvalidValue(f"Relance {id_} is {row.state}; only a draft is approved.")
            if session.get(ContactRow, row.supplier) is None:
                raise InvalidValue(
                    f"There is no address of {one_line(row.name, 80)}; give it first: "
                    f"contratheque relance contact {id_} ADDRESS."
                )
            if note is not None and len(note) > _LONGEST_NOTE:
                raise InvalidValue(f"A note has at most {_LONGEST_NOTE} characters.")
            if without:
                _strike(session, row, without, who, today)
            row.note = clean(note).strip() or None if note else None
            row.reply_to = session.scalar(sa.select(PersonRow.email).where(PersonRow.key == fold(who)))
            row.next_on = today
            _decide(row, "approved", who, None)
        return self.get(id_)

    def refuse(self, id_: int, who: str, reason: str) -> Relance:
        """A draft is not to be sent, for a reason; the same document is not proposed again until it is due anew."""
        return self._end(id_, "draft", "refused", who, reason)

    def stop(self, id_: int, who: str, reason: str) -> Relance:
        """An approved one goes out no more, for a reason; what waits to be sent is withdrawn."""
        return self._end(id_, "approved", "stopped", who, reason)

    def contact(self, ref: str, email: str, who: str, name: str | None = None, language: str = "fr") -> Contact:
        """Says where a supplier is written to; ``ref`` is a relance's number, or a counterparty's id, number or name.
        Raises NotFound or InvalidValue."""
        if language not in LANGUAGES:
            raise InvalidValue(f"There is no language « {one_line(language, 20)} »; choose fr or en.")
        supplier, known = self._supplier(ref)
        row = ContactRow(
            supplier=supplier, name=one_line(name or known, 200), email=address(email), language=language,
            who=person(who), at=datetime.now(UTC),
        )  # fmt: skip
        with self._db.writing() as session:
            session.merge(row)
        return Contact(row.supplier, row.name, row.email, row.language)

    def _supplier(self, ref: str) -> tuple[str, str]:
        if ref.isdecimal() and len(ref) < 9:
            found = self.get(int(ref))
            return found.supplier, found.name
        counterparty = self._register.counterparty(ref)
        return counterparty.id, counterparty.name

    def _end(self, id_: int, before: RelanceState, after: RelanceState, who: str, reason: str) -> Relance:
        if not reason.strip():
            raise InvalidValue("Say why, in a few words.")
        with self._db.writing() as session:
            row = _row(session, id_)
            if row.state != before:
                raise InvalidValue(f"Relance {id_} is {row.state}, not {before}.")
            _decide(row, after, who, one_line(reason, 500))
            row.next_on = None
            outbox.withdraw(session, f"relance-{id_}-")
        return self.get(id_)


# --- the daily run's part, in its transaction


def follow(session: Session, found: Sequence[Missing], day: date) -> None:
    """Relances follow what is missing: what came in is struck off, what is new is drafted, a draft a supplier."""
    open_now = {(one.contract, one.obligation): Ask.of(one) for one in found}
    covered: set[tuple[str, str]] = set()
    drafts: dict[str, RelanceRow] = {}
    for row in session.scalars(sa.select(RelanceRow).where(RelanceRow.state.in_(COVERING)).order_by(RelanceRow.id)):
        before = [Ask.read(line) for line in row.lines]
        _update(session, row, [open_now[ask.about] for ask in before if ask.about in open_now], len(before), day)
        covered |= {ask.about for ask in before}
        if row.state == "draft":
            drafts[row.supplier] = row
    ended = sa.select(RelanceRow).where(RelanceRow.state.in_(("refused", "stopped")))
    settled = {(ask.about, ask.since) for row in session.scalars(ended) for ask in map(Ask.read, row.lines)}
    new: dict[str, list[Missing]] = defaultdict(list)
    for one in found:
        ask = Ask.of(one)
        if ask.about not in covered and (ask.about, ask.since) not in settled:
            new[one.supplier].append(one)
    for supplier, several in new.items():
        row = drafts.get(supplier) or RelanceRow(
            supplier=supplier, name=one_line(several[0].name, 400), state="draft", lines=[], sent=0, created_on=day
        )
        row.lines = [*row.lines, *(Ask.of(one).plain() for one in several)]
        row.updated_at = datetime.now(UTC)
        session.add(row)
    session.flush()


def queue(session: Session, day: date, now: datetime) -> None:
    """Writes the approved relances whose week is over into the outbox."""
    due = sa.select(RelanceRow).where(RelanceRow.state == "approved", RelanceRow.next_on <= day)
    for row in session.scalars(due.order_by(RelanceRow.id)):
        mail = _letter(session, row)
        key = f"relance-{row.id}-{row.sent + 1}-{day.isoformat()}"
        outbox.put(session, mail.draft(key), day, now)
        row.sent, row.next_on = row.sent + 1, day + EVERY


def _update(session: Session, row: RelanceRow, asks: list[Ask], before: int, day: date) -> None:
    row.lines = [ask.plain() for ask in asks] or row.lines
    if len(asks) == before:
        return
    row.updated_at = datetime.now(UTC)
    # what was written before the document came in must not leave after it
    if outbox.withdraw(session, f"relance-{row.id}-"):
        row.sent, row.next_on = max(0, row.sent - 1), day
    if not asks:
        row.state, row.next_on = "closed", None


def _strike(session: Session, row: RelanceRow, numbers: Collection[int], who: str, today: date) -> None:
    """Lines that are not wanted become a relance of their own, which is refused."""
    kept = [line for n, line in enumerate(row.lines, 1) if n not in numbers]
    struck = [line for n, line in enumerate(row.lines, 1) if n in numbers]
    if not kept or len(struck) != len(set(numbers)):
        raise InvalidValue(f"Relance {row.id} has the lines 1 to {len(row.lines)}; leave at least one, or refuse it.")
    row.lines = kept
    refused = RelanceRow(supplier=row.supplier, name=row.name, state="draft", lines=struck, sent=0, created_on=today)
    _decide(refused, "refused", who, f"left out of {row.id}")
    session.add(refused)


def _letter(session: Session, row: RelanceRow) -> Letter:
    ours = [company.name for company in perspective.companies(session)]
    return letter(_relance(session, row), ours, row.reply_to)


def _decide(row: RelanceRow, state: RelanceState, who: str, reason: str | None) -> None:
    row.state, row.decided_by, row.decided_at, row.reason = state, person(who), datetime.now(UTC), reason
    row.updated_at = row.decided_at


def _row(session: Session, id_: int) -> RelanceRow:
    row = session.get(RelanceRow, id_)
    if row is None:
        raise NotFound(f"There is no relance {id_}; see contratheque relance.")
    return row


def _relance(session: Session, row: RelanceRow) -> Relance:
    contact = session.get(ContactRow, row.supplier)
    return Relance(
        row.id, row.supplier, row.name, row.state, tuple(map(Ask.read, row.lines)),  # type: ignore[arg-type]
        Contact(contact.supplier, contact.name, contact.email, contact.language) if contact else None,
        row.note, row.sent, row.next_on, row.decided_by, row.decided_at, row.reason, row.created_on,
    )  # fmt: skip
