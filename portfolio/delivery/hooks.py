"""Outgoing webhooks, as Standard Webhooks 1.0 has them: signed with HMAC-SHA256 over id, moment and content.

Every raise and every happening that an address asks for is one delivery to it, in the outbox, under an id by which the
receiver knows one that comes twice. An address takes part from the moment it is added: what was before is
not told to it.
"""

from __future__ import annotations

import base64
import json
import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, get_args
from urllib.parse import urlsplit

import httpx
import sqlalchemy as sa
from sqlalchemy.orm import Session
from standardwebhooks import Webhook

from portfolio.alerts import reading
from portfolio.alerts.models import AlertRaiseRow
from portfolio.delivery import happenings, outbox, payload
from portfolio.delivery.addresses import one_line
from portfolio.delivery.happenings import TOPICS, Topic
from portfolio.delivery.models import CursorRow, HookRow, OutboxRow
from portfolio.delivery.outbox import Delivery
from portfolio.delivery.sending import Later, Refused
from portfolio.delivery.settings import loopback
from portfolio.errors import InvalidValue, NotFound
from portfolio.events import EventKind
from portfolio.obligations.log import person
from portfolio.register.store import Register
from portfolio.words.texts import LANGUAGES, Texts
from portfolio.words.values import Wording

TIMEOUT = 10.0
_LONGEST = 2000
_GONE = 410


@dataclass(frozen=True)
class Hook:
    """``where`` is the address without what could be secret in it: its path and query are not shown."""

    id: int
    where: str
    language: str
    kinds: tuple[EventKind, ...]
    active: bool
    topics: tuple[Topic, ...] = ("alert.raised",)

    @property
    def lane(self) -> str:
        return f"hook:{self.id}"


class Hooks:
    """The webhooks of a register."""

    def __init__(self, register: Register) -> None:
        self._db = register.database

    def all(self) -> tuple[Hook, ...]:
        with self._db.reading() as session:
            return tuple(map(_hook, session.scalars(sa.select(HookRow).order_by(HookRow.id))))

    def add(
        self,
        url: str,
        who: str,
        language: str = "fr",
        kinds: Sequence[EventKind] = (),
        topics: Sequence[Topic] = ("alert.raised",),
    ) -> tuple[Hook, str]:
        """Adds an address that is told of ``topics``, alerts of ``kinds`` (none: of all); gives it with its secret,
        which is never shown again. Raises InvalidValue."""
        _checked(url, language, kinds, topics)
        secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
        with self._db.writing() as session:
            row = HookRow(
                url=url, secret=secret, language=language, kinds=list(kinds), topics=list(topics), active=True,
                who=person(who),
                created_at=datetime.now(UTC),
            )  # fmt: skip
            session.add(row)
            session.flush()
            last = session.scalar(sa.select(sa.func.max(AlertRaiseRow.id))) or 0
            session.add(CursorRow(name=f"hook:{row.id}", last=last))
            for part, newest in happenings.newest(session).items():
                session.add(CursorRow(name=f"hook:{row.id}:{part}", last=newest))
            return _hook(row), secret

    def remove(self, id_: int) -> None:
        """Takes an address off; what waits for it is withdrawn. Raises NotFound."""
        with self._db.writing() as session:
            row = session.get(HookRow, id_)
            if row is None:
                raise NotFound(f"There is no webhook {id_}; see contratheque remind webhooks.")
            outbox.withdraw(session, f"hook-{id_}-")
            names = [f"hook:{id_}", *(f"hook:{id_}:{part}" for part in happenings.newest(session))]
            session.execute(sa.delete(CursorRow).where(CursorRow.name.in_(names)))
            session.delete(row)

    def deliveries(self, id_: int, most: int = 100) -> tuple[Delivery, ...]:
        """What an address was sent, is sent or was given up for it, newest first."""
        with self._db.reading() as session:
            query = sa.select(OutboxRow).where(OutboxRow.lane == f"hook:{id_}").order_by(OutboxRow.id.desc())
            return tuple(map(outbox.delivery, session.scalars(query.limit(most))))

    def replay(self, delivery: int) -> Delivery:
        """Sends a delivery again under its own id, also one that was sent. Raises NotFound, and InvalidValue for one
        that waits still, is no webhook's, or whose content is kept no longer."""
        with self._db.writing() as session:
            row = session.get(OutboxRow, delivery)
            if row is None or not row.lane.startswith("hook:"):
                raise NotFound(f"There is no delivery {delivery} to a webhook; see contratheque hooks deliveries.")
            if row.state not in ("sent", "dead") or not row.body:
                raise InvalidValue(
                    f"Delivery {delivery} is {row.state}; only one that was sent or given up, and whose content is "
                    "still kept, is sent again."
                )
            row.state, row.tries, row.next_at, row.claimed_until = "waiting", 0, datetime.now(UTC), None
            return outbox.delivery(row)


def queue(session: Session, day: date, now: datetime) -> None:
    """Writes every raise that an active address was not told yet into the outbox."""
    drafts: list[outbox.Draft] = []
    for row in session.scalars(sa.select(HookRow).where(HookRow.active).order_by(HookRow.id)):
        drafts += _happened(session, row, now)
        cursor = session.get_one(CursorRow, f"hook:{row.id}")
        hook, say = _hook(row), Wording(Texts(row.language))
        for raised in reading.raises(session, None, cursor.last):
            cursor.last = raised.id
            if "alert.raised" not in hook.topics or (hook.kinds and raised.alert.kind not in hook.kinds):
                continue
            text = _content("alert.raised", now, payload.told(raised, say))
            key = f"hook-{row.id}-raise-{raised.id}"
            drafts.append(outbox.Draft(key, hook.lane, hook.where, raised.alert.what.say(say), {"content": text}))
    outbox.put_new(session, drafts, day, now)


def _happened(session: Session, row: HookRow, now: datetime) -> Iterator[outbox.Draft]:
    """What happened since an address was last told, of the topics that it asks for."""
    hook = _hook(row)
    newest = happenings.newest(session)
    for part, told in (("history", happenings.of_contracts), ("actions", happenings.of_alerts)):
        cursor = session.get(CursorRow, f"hook:{row.id}:{part}")
        if cursor is None:
            # an address from before there were happenings: it is told of those to come
            cursor = CursorRow(name=f"hook:{row.id}:{part}", last=newest[part])
            session.add(cursor)
        if not set(hook.topics) - {"alert.raised"}:
            cursor.last = newest[part]
            continue
        found = told(session, cursor.last)
        cursor.last = found.last
        for one in found.happenings:
            if one.topic in hook.topics:
                body = {"content": _content(one.topic, now, one.data)}
                yield outbox.Draft(f"hook-{row.id}-{one.key}", hook.lane, hook.where, one.subject, body)


def _content(topic: Topic, now: datetime, data: dict[str, Any]) -> str:
    told = {"type": topic, "timestamp": now.isoformat(), "data": data}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


class Poster:
    """Carries the deliveries of one address."""

    def __init__(self, url: str, secret: str, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        # httpx logs each address that it calls, and an address may be a secret
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._url = url
        self._signer = Webhook(secret)
        self._now = now
        self._client = httpx.Client(timeout=TIMEOUT, follow_redirects=False)

    def carry(self, delivery: Delivery) -> None:
        content: str = delivery.body["content"]
        moment = self._now().astimezone(UTC)
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "contratheque",
            "webhook-id": delivery.key,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": self._signer.sign(delivery.key, moment, content),
        }
        try:
            # what the other side answers beside its status is of no interest, and may be endless
            with self._client.stream("POST", self._url, content=content.encode(), headers=headers) as answer:
                status = answer.status_code
        except httpx.HTTPError as error:
            raise Later(f"{delivery.recipient} cannot be reached: {type(error).__name__}", lane=True) from error
        if status == _GONE:
            raise Refused(f"{delivery.recipient} says that it is gone for good ({status})")
        if not 200 <= status < 300:
            raise Later(f"{delivery.recipient} answered {status}", lane=status >= 500 or status == 429)

    def close(self) -> None:
        self._client.close()


def posters(session: Session, now: Callable[[], datetime]) -> dict[str, Poster]:
    """What carries the deliveries of each active address, by lane."""
    rows = session.scalars(sa.select(HookRow).where(HookRow.active))
    return {f"hook:{row.id}": Poster(row.url, row.secret, now) for row in rows}


def _checked(url: str, language: str, kinds: Sequence[str], topics: Sequence[str]) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if len(url) > _LONGEST or not url.isascii() or url != one_line(url, _LONGEST) or " " in url or not host:
        raise InvalidValue("This is no address of a webhook; write it like https://erp.example.org/hooks/contracts.")
    if parts.username or parts.password or parts.fragment:
        raise InvalidValue("A webhook's address has no user, password or fragment: deliveries are signed instead.")
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback(host)):
        raise InvalidValue(
            "A webhook is sent over https only (http on this machine itself): contracts are confidential."
        )
    if language not in LANGUAGES:
        raise InvalidValue(f"There is no language « {one_line(language, 20)} »; choose fr or en.")
    if not topics or not set(topics) <= set(TOPICS):
        raise InvalidValue(f"A webhook is told of some of these: {', '.join(TOPICS)}.")
    for kind in kinds:
        if kind not in get_args(EventKind):
            raise InvalidValue(f"There is no kind of event « {one_line(kind, 20)} »: {', '.join(get_args(EventKind))}.")


def _hook(row: HookRow) -> Hook:
    parts = urlsplit(row.url)
    port = f":{parts.port}" if parts.port else ""
    return Hook(
        row.id,
        f"{parts.scheme}://{parts.hostname}{port}/…",
        row.language,
        tuple(row.kinds),
        row.active,
        tuple(row.topics),
    )
