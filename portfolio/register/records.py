"""What goes into the register and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, Literal

from portfolio.facts import Fact
from portfolio.geography import Department
from portfolio.schema import ContractType, LegalForm, Role, Sector, Status
from portfolio.values import Duration

DocumentRole = Literal["main", "cover", "attachment", "annex"]
"""``cover``: the mail that the main document came with."""
Outcome = Literal["registered", "duplicate", "attached", "refused", "ignored"]
ContractKind = Literal["base", "amendment"]
LinkState = Literal["base", "linked", "waiting", "ambiguous", "unlinked"]
"""Of an amendment: ``waiting`` for a base that is not there, ``ambiguous`` where several could be meant, ``unlinked``
by a person's hand. A base contract is ``base``."""
Side = Literal["us", "them"]
Action = Literal[
    "read", "reread", "kept", "imported", "confirmed", "corrected", "rejected", "added", "undone", "linked", "unlinked"
]
"""``kept``: a later reading said otherwise and the person's value stayed."""


def name_of(path: str) -> str:
    """The file name in a path that a document was given under: `mail.eml › offre.pdf` is `offre.pdf`."""
    return PurePath(path.rpartition(" › ")[2]).name


@dataclass(frozen=True)
class DocumentDraft:
    """A document to register. ``path`` is where it was given from (a file's path, `archive.zip › inner.pdf`); its
    name is the last part. ``parent`` is the content hash of the mail or archive that it came in, ``origin`` how its
    text was had (`text`, `ocr`, `mixed`)."""

    sha256: str
    path: str
    media_type: str
    size: int
    pages: int = 1
    role: DocumentRole = "main"
    parent: str | None = None
    origin: str = "text"
    received_at: datetime | None = None

    @property
    def name(self) -> str:
        return name_of(self.path)


@dataclass(frozen=True)
class ContractDraft:
    """A contract as it was read: its documents, ``documents[0]`` being the file given, and its facts in reading order.

    ``stem`` is the file stem of the file given unless told otherwise.
    """

    documents: tuple[DocumentDraft, ...]
    facts: tuple[Fact, ...]
    stem: str = ""

    @property
    def main(self) -> DocumentDraft:
        """The document that the contract is named after: the first with the role ``main``, else the first."""
        return next((d for d in self.documents if d.role == "main"), self.documents[0])


@dataclass(frozen=True)
class SaveResult:
    """``changed`` counts the values that this writing changed."""

    contract: str
    kind: ContractKind
    created: bool
    changed: int
    link: LinkState
    base: str | None


@dataclass(frozen=True)
class DocumentInfo:
    sha256: str
    names: tuple[str, ...]
    media_type: str
    size: int
    pages: int
    origin: str
    parent: str | None
    received_at: datetime
    contracts: tuple[str, ...]
    """The contracts that it is part of."""


@dataclass(frozen=True)
class LedgerLine:
    """What became of a file that was given. ``contract`` is the one it belongs to, where it does."""

    path: str
    sha256: str | None
    outcome: Outcome
    reason: str | None
    message: str | None
    contract: str | None
    at: datetime


@dataclass(frozen=True)
class StoredFact:
    """A fact with its number in the register and its place among the values of a list field, from 0."""

    id: int
    fact: Fact
    position: int
    current: bool


@dataclass(frozen=True)
class HistoryEntry:
    """``before`` and ``after`` in JSON's own types. ``undoable``: a person's action that was not undone yet."""

    id: int
    contract: str
    at: datetime
    who: str
    action: Action
    field: str | None
    before: Any
    after: Any
    reason: str | None
    undoable: bool
    undoes: int | None


@dataclass(frozen=True)
class Company:
    """Our own company: a name and its SIREN where known."""

    name: str
    siren: str | None = None


@dataclass(frozen=True)
class Perspective:
    """The party that is ours. ``guessed``: nobody said who we are; it is party to the most contracts."""

    name: str
    counterparty: str
    guessed: bool


@dataclass(frozen=True)
class PartyView:
    """A party of a contract, the counterparty that it is, and its side where we know who we are."""

    name: str
    role: Role
    registration: str | None
    counterparty: str
    counterparty_name: str
    side: Side | None


@dataclass(frozen=True)
class Counterparty:
    """A company or person that contracts are made with. ``names`` are all its spellings and former names."""

    id: str
    name: str
    siren: str | None
    names: tuple[str, ...]
    contracts: tuple[str, ...]
    ours: bool


@dataclass(frozen=True)
class SiteView:
    id: str
    name: str | None
    city: str | None
    postal_code: str | None
    department: Department | None
    contracts: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkCandidate:
    """A contract that an amendment may change: how well it fits, between 0 and 1, and why."""

    contract: str
    title: str | None
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ContractLink:
    """How a contract stands to others. ``amends`` is the very document changed: the base or an earlier amendment."""

    state: LinkState
    base: str | None
    amends: str | None
    by: str | None
    reasons: tuple[str, ...]
    candidates: tuple[LinkCandidate, ...]


@dataclass(frozen=True)
class ContractSummary:
    """A line of the portfolio. Dates, notice, yearly amount and sites are the terms in force on the day asked for,
    amendments counted in; the rest is what the contract itself says."""

    id: str
    stem: str
    kind: ContractKind
    link: LinkState
    base: str | None
    amendments: tuple[str, ...]
    title: str | None
    reference: str | None
    contract_type: ContractType | None
    sector: Sector | None
    form: LegalForm | None
    status: Status | None
    language: str | None
    signature_date: date | None
    start_date: date | None
    end_date: date | None
    renewal: str | None
    notice_period: Duration | None
    yearly_amount: float | None
    """Excluding tax, in euros: as stated, or four times the quarter's, twelve times the month's; None if unsaid."""
    parties: tuple[PartyView, ...]
    counterparties: tuple[str, ...]
    """Names of the parties that are not ours; of all where we do not know who we are."""
    sites: tuple[SiteView, ...]
    tags: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    confidence: float | None
    """The least sure of the values that wait for review; None where none waits."""
    to_review: int
    """Values that nobody decided on and that are not certain."""
    reviewed: int
    updated_at: datetime


@dataclass(frozen=True)
class ContractDocument:
    sha256: str
    name: str
    role: DocumentRole
    media_type: str
    pages: int
    parent: str | None


@dataclass(frozen=True)
class Contract:
    """A contract with all that is known of it; ``facts`` are its own, in the order of `FIELDS`."""

    id: str
    stem: str
    kind: ContractKind
    link: ContractLink
    amendments: tuple[str, ...]
    documents: tuple[ContractDocument, ...]
    facts: tuple[StoredFact, ...]
    set_aside: tuple[StoredFact, ...]
    """Values that a person rejected or replaced."""
    parties: tuple[PartyView, ...]
    sites: tuple[SiteView, ...]
    perspective: Perspective | None
    debtors: dict[str, Side]
    """Side of each obligation's debtor, by the name as written."""
    tags: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    reader: str
    created_at: datetime
    updated_at: datetime

    def value(self, name: str) -> Any:
        """The value of a field that holds one, or None."""
        return next((s.fact.value for s in self.facts if s.fact.field == name), None)

    def values(self, name: str) -> tuple[Any, ...]:
        """The values of a list field."""
        return tuple(s.fact.value for s in self.facts if s.fact.field == name)

    @property
    def given(self) -> tuple[str, ...]:
        """Names of the files given: those that did not come inside another of the contract's documents."""
        own = {d.sha256 for d in self.documents}
        return tuple(d.name for d in self.documents if d.parent not in own)


@dataclass(frozen=True)
class Scope:
    """The part of the portfolio that a person may see: what is performed at one of the sites (the name of a site or of
    a city, compared folded) or bears one of the tags, with its amendments; everything where both are empty."""

    sites: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.sites and not self.tags


WHOLE = Scope()


@dataclass(frozen=True)
class Filters:
    """Which contracts: all conditions hold at once; of several values of one, any. Texts are compared folded.

    ``counterparty`` is an id, a SIREN or a part of a name; ``site`` a part of a site's name or city; ``category`` is a
    pair of dimension and value; ``text`` words that all occur in title, reference, parties, sites, tags or file name.
    ``ends_from`` and ``ends_until`` are the first and the last day on which the term ends; ``scope`` is what the person
    who asks may see.
    """

    text: str | None = None
    contract_type: tuple[ContractType, ...] = ()
    sector: Sector | None = None
    form: tuple[LegalForm, ...] = ()
    status: tuple[Status, ...] = ()
    kind: ContractKind | None = None
    link: tuple[LinkState, ...] = ()
    counterparty: str | None = None
    site: str | None = None
    city: str | None = None
    department: str | None = None
    region: str | None = None
    tag: str | None = None
    category: tuple[str, str] | None = None
    to_review: bool = False
    ends_from: date | None = None
    ends_until: date | None = None
    ids: tuple[str, ...] = field(default=())
    scope: Scope = WHOLE
