"""From one given file to the contracts in it: a file alone, or a mail with what is attached to it.

A mail's own text is evidence too, so it is read together with the contract that it carries. A mail that carries several
contracts makes one dossier each. What else is attached goes with the first.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from agent.documents.errors import Reason, UnreadableDocument
from agent.documents.pages import Attachment, Document
from agent.documents.read import read
from agent.reading.reader import Dossier
from agent.reading.recognise import is_contract, signs

log = logging.getLogger(__name__)

MAX_DEPTH = 20
"""Mails in mails in mails: below this depth nothing is unpacked any more."""
MAX_ATTACHMENTS = 300
"""Attachments read of one given file, at all depths together."""

PartRole = Literal["main", "cover", "attachment", "annex"]
"""``main``: the contract itself; ``cover``: the mail that carries it; ``attachment``: what else came with it;
``annex``: a further file of a contract that is made of several."""


@dataclass(frozen=True)
class Part:
    """A document of a dossier, with its bytes (None for the given file itself, whose bytes the caller has)."""

    role: PartRole
    document: Document
    content: bytes | None


@dataclass(frozen=True)
class Bundle:
    """The documents of one contract, the given file first."""

    given: str
    """Name of the file given."""
    stem: str
    """What the contract is called by: the given file's stem, or that of the attachment where there are several."""
    parts: tuple[Part, ...]

    @property
    def main(self) -> Document:
        return next(part.document for part in self.parts if part.role == "main")

    def dossier(self, companies: tuple[str, ...] = ()) -> Dossier:
        return Dossier(tuple(part.document for part in self.parts), companies)


@dataclass(frozen=True)
class Unread:
    """An attachment that could not be read: the contract it came with is registered all the same."""

    name: str
    reason: Reason
    message: str


@dataclass(frozen=True)
class Opened:
    """A given file opened: its contracts (at least one), and what in it could not be read."""

    bundles: tuple[Bundle, ...]
    unread: tuple[Unread, ...]


def open_file(name: str, content: bytes) -> Opened:
    """The contracts in the file ``name``. Raises UnreadableDocument when the file itself cannot be read."""
    given = read(name, content)
    stem = PurePath(name).stem
    unread: list[Unread] = []
    attached = list(_attached(given, unread))
    if not attached:
        return Opened((Bundle(name, stem, (Part("main", given, None),)),), tuple(unread))
    contracts = [part for part in attached if is_contract(part.document)]
    if not contracts and len(signs(given)) < 4:
        contracts = [max(attached, key=lambda part: (len(signs(part.document)), len(part.document.text)))]
    if not contracts:
        return Opened((Bundle(name, stem, (Part("main", given, None), *attached)),), tuple(unread))
    others = tuple(part for part in attached if part not in contracts)
    return Opened(
        tuple(
            Bundle(
                name,
                stem if len(contracts) == 1 else PurePath(contract.document.name).stem,
                (
                    Part("cover", given, None),
                    Part("main", contract.document, contract.content),
                    *(others if contract is contracts[0] else ()),
                ),
            )
            for contract in contracts
        ),
        tuple(unread),
    )


def _attached(given: Document, unread: list[Unread]) -> Iterator[Part]:
    """Everything readable inside ``given``, depth first; what is not goes to ``unread``."""
    waiting: list[tuple[int, str, Attachment]] = [(1, given.name, a) for a in reversed(given.attachments)]
    count = 0
    while waiting:
        depth, parent, attachment = waiting.pop()
        name = f"{parent} › {attachment.name}"
        count += 1
        if depth > MAX_DEPTH or count > MAX_ATTACHMENTS:
            limit = f"more than {MAX_DEPTH} deep" if depth > MAX_DEPTH else f"after {MAX_ATTACHMENTS} attachments"
            unread.append(Unread(name, "too_large", f"{name}: {limit} in one file; give it apart."))
            continue
        try:
            document = read(attachment.name, attachment.content)
        except UnreadableDocument as error:
            unread.append(Unread(name, error.reason, str(error)))
            continue
        yield Part("attachment", document, attachment.content)
        waiting.extend((depth + 1, name, inner) for inner in reversed(document.attachments))
