"""The tables of the register."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, Index, MetaData, String, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON(none_as_null=True)
Sha = String(64)
Id = String(32)


class Table(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class DocumentRow(Table):
    """A file, by its content. ``parent`` is the mail or archive it came in."""

    __tablename__ = "document"
    sha: Mapped[str] = mapped_column(Sha, primary_key=True)
    media_type: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    pages: Mapped[int]
    origin: Mapped[str] = mapped_column(String(20))
    parent: Mapped[str | None] = mapped_column(Sha)
    received_at: Mapped[datetime] = mapped_column(Moment)


class DocumentNameRow(Table):
    """A name that a document was seen under."""

    __tablename__ = "document_name"
    sha: Mapped[str] = mapped_column(ForeignKey("document.sha", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(String(1000), primary_key=True)
    position: Mapped[int]


class ContractRow(Table):
    """A contract. The columns from ``title`` on repeat current facts, for lists and filters."""

    __tablename__ = "contract"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(10), index=True)
    stem: Mapped[str] = mapped_column(String(500), index=True)
    stem_key: Mapped[str] = mapped_column(String(500), index=True)
    reader: Mapped[str] = mapped_column(String(50))
    created_at: Mapped[datetime] = mapped_column(Moment)
    updated_at: Mapped[datetime] = mapped_column(Moment)

    base_id: Mapped[str | None] = mapped_column(ForeignKey("contract.id"), index=True)
    amends_id: Mapped[str | None] = mapped_column(ForeignKey("contract.id"), index=True)
    """The very document that is amended: the base, or an earlier amendment of it."""
    link_state: Mapped[str] = mapped_column(String(10), index=True)
    linked_by: Mapped[str | None] = mapped_column(String(200))
    """The person who linked or unlinked it by hand."""
    link_reasons: Mapped[Any] = mapped_column(Json)
    link_candidates: Mapped[Any] = mapped_column(Json)

    title: Mapped[str | None] = mapped_column(Text)
    reference: Mapped[str | None] = mapped_column(Text)
    reference_key: Mapped[str | None] = mapped_column(String(200), index=True)
    amends: Mapped[str | None] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(2))
    contract_type: Mapped[str | None] = mapped_column(String(20), index=True)
    sector: Mapped[str | None] = mapped_column(String(10), index=True)
    form: Mapped[str | None] = mapped_column(String(20), index=True)
    status: Mapped[str | None] = mapped_column(String(20), index=True)
    signature_date: Mapped[date | None]
    start_date: Mapped[date | None]
    end_date: Mapped[date | None] = mapped_column(index=True)
    renewal: Mapped[str | None] = mapped_column(String(10))
    notice_period: Mapped[str | None] = mapped_column(String(20))
    yearly_amount: Mapped[float | None]
    confidence: Mapped[float | None]
    to_review: Mapped[int]
    reviewed: Mapped[int]
    search: Mapped[str] = mapped_column(Text)


class ContractDocumentRow(Table):
    __tablename__ = "contract_document"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    sha: Mapped[str] = mapped_column(ForeignKey("document.sha"), primary_key=True, index=True)
    position: Mapped[int]
    role: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(1000))


class FactRow(Table):
    """One value of one field. Not ``current``: rejected, or replaced by what a person wrote."""

    __tablename__ = "fact"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    value: Mapped[Any] = mapped_column(JSON)
    evidence: Mapped[Any] = mapped_column(JSON)
    confidence: Mapped[float]
    reader: Mapped[str] = mapped_column(String(50))
    rule: Mapped[str | None] = mapped_column(Text)
    basis: Mapped[str | None] = mapped_column(Text)
    review: Mapped[str] = mapped_column(String(10))
    current: Mapped[bool]
    alternatives: Mapped[Any] = mapped_column(Json, nullable=True)
    """What other readers read instead."""
    __table_args__ = (
        Index("ix_fact_contract", "contract_id", "field", "position"),
        Index("ix_fact_review", "review", "current", "contract_id", "field", "confidence"),
    )


class HistoryRow(Table):
    """What happened to a contract's values and links; rows are added, never changed.

    ``states`` holds, of a person's action, each touched fact before and after, so that it can be undone.
    """

    __tablename__ = "history"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(20))
    field: Mapped[str | None] = mapped_column(String(40))
    before: Mapped[Any] = mapped_column(Json, nullable=True)
    after: Mapped[Any] = mapped_column(Json, nullable=True)
    reason: Mapped[str | None] = mapped_column(Text)
    states: Mapped[Any] = mapped_column(Json, nullable=True)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("history.id"))


class LedgerRow(Table):
    """What became of a file that was given, by the path it was given under."""

    __tablename__ = "ledger"
    path: Mapped[str] = mapped_column(String(2000), primary_key=True)
    sha: Mapped[str | None] = mapped_column(Sha, index=True)
    outcome: Mapped[str] = mapped_column(String(10), index=True)
    reason: Mapped[str | None] = mapped_column(String(50))
    message: Mapped[str | None] = mapped_column(Text)
    contract_id: Mapped[str | None] = mapped_column(ForeignKey("contract.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class CompanyRow(Table):
    """A name of our own company."""

    __tablename__ = "company"
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(500))
    number: Mapped[str | None] = mapped_column(String(20))
    identity_id: Mapped[str] = mapped_column(ForeignKey("identity.id"))


class CounterpartyRow(Table):
    """A company or person that contracts are made with; its id and name follow from its identities."""

    __tablename__ = "counterparty"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(4000))
    number: Mapped[str | None] = mapped_column(String(20))


class IdentityRow(Table):
    """A folded name with a number or without, as parties are written; those of one counterparty are one company.

    ``head`` and ``tail`` are halves of the name without spaces, by which near spellings are found.
    """

    __tablename__ = "identity"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(4000), index=True)
    number: Mapped[str | None] = mapped_column(String(20), index=True)
    head: Mapped[str | None] = mapped_column(String(2000), index=True)
    tail: Mapped[str | None] = mapped_column(String(2000), index=True)
    counterparty_id: Mapped[str | None] = mapped_column(ForeignKey("counterparty.id"), index=True)
    """Unset only between writing a name and settling which company it is, inside one transaction."""


class IdentityRuleRow(Table):
    """A person's word that two identities are one company, or are not."""

    __tablename__ = "identity_rule"
    left: Mapped[str] = mapped_column(ForeignKey("identity.id"), primary_key=True)
    right: Mapped[str] = mapped_column(ForeignKey("identity.id"), primary_key=True, index=True)
    same: Mapped[bool]
    who: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)


class PartyRow(Table):
    """A party of a contract, from its current facts. ``dated`` is the contract's date: newer names win."""

    __tablename__ = "party"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(4000))
    role: Mapped[str] = mapped_column(String(20))
    registration: Mapped[str | None] = mapped_column(String(20))
    dated: Mapped[date | None]
    identity_id: Mapped[str] = mapped_column(ForeignKey("identity.id"))
    __table_args__ = (Index("ix_party_identity", "identity_id", "name", "dated", "contract_id"),)


class FormerNameRow(Table):
    """A contract says that a party had another name before."""

    __tablename__ = "former_name"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    identity_id: Mapped[str] = mapped_column(ForeignKey("identity.id"), primary_key=True, index=True)
    former_id: Mapped[str] = mapped_column(ForeignKey("identity.id"), primary_key=True, index=True)
    name: Mapped[str] = mapped_column(String(4000))


class SiteRow(Table):
    """A place where contracts are performed."""

    __tablename__ = "site"
    id: Mapped[str] = mapped_column(Id, primary_key=True)
    name: Mapped[str | None] = mapped_column(Text)
    city: Mapped[str | None] = mapped_column(Text)
    postal_code: Mapped[str | None] = mapped_column(String(10))
    name_key: Mapped[str] = mapped_column(Text)
    city_key: Mapped[str] = mapped_column(String(500), index=True)
    department: Mapped[str | None] = mapped_column(String(3), index=True)


class ContractSiteRow(Table):
    __tablename__ = "contract_site"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[str] = mapped_column(ForeignKey("site.id"), index=True)


class AmendsKeyRow(Table):
    """A reference that an amendment may mean, folded: how a base that arrives later finds its amendments."""

    __tablename__ = "amends_key"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True, index=True)


class LabelRow(Table):
    """A tag (``dimension`` empty) or a category (any value under any dimension) of a contract."""

    __tablename__ = "label"
    contract_id: Mapped[str] = mapped_column(ForeignKey("contract.id", ondelete="CASCADE"), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[str] = mapped_column(String(500), primary_key=True)
    __table_args__ = (Index("ix_label_value", "dimension", "value"),)


FACTS = FactRow.metadata.tables["fact"]
HISTORY = HistoryRow.metadata.tables["history"]
"""For writing many rows at once."""
