"""The portfolio as JSON: plain records in the labelled format, or everything with its evidence."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from portfolio.columns.book import Columns
from portfolio.columns.records import Column, Kind, OwnValue
from portfolio.evidence import Box, Evidence
from portfolio.facts import Fact, Review
from portfolio.register.records import Contract, DocumentRole, Filters, Side, StoredFact
from portfolio.register.store import EVERYTHING, Register
from portfolio.schema import FIELDS, ContractRecord, record

VERSION: Literal[1] = 1
"""Of the full form; raised when a key changes its meaning or goes."""
SCHEMA_FILE = f"portfolio-v{VERSION}.schema.json"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Proof(_Part):
    """The words that prove a value: ``quote`` is the document's text from ``start`` to ``end``."""

    quote: str
    document: str
    sha256: str
    page: int
    start: int
    end: int
    alignment: str
    boxes: tuple[Box, ...]


class Value(_Part):
    """One value of one field; ``basis`` is the arithmetic where it was computed."""

    field: str
    value: Any
    side: Side | None = Field(default=None, description="Of an obligation: whether we owe it or they do.")
    evidence: tuple[Proof, ...]
    confidence: float
    reader: str
    rule: str | None
    basis: str | None
    review: Review


class OwnAnswer(_Part):
    """What the contract itself says to a column that a user added; ``value`` is null where it does not say it."""

    column: str
    words: str
    kind: Kind
    value: Any
    evidence: tuple[Proof, ...]
    confidence: float
    reader: str
    rule: str | None
    review: Review


class File(_Part):
    name: str
    sha256: str
    role: DocumentRole
    media_type: str
    pages: int


class ExportedParty(_Part):
    name: str
    role: str
    registration: str | None
    counterparty: str
    side: Side | None


class ExportedSite(_Part):
    name: str | None
    city: str | None
    postal_code: str | None
    department: str | None
    region: str | None


class ExportedContract(_Part):
    id: str
    stem: str
    kind: Literal["base", "amendment"]
    link: str
    base: str | None
    amendments: tuple[str, ...]
    perspective: str | None
    perspective_guessed: bool
    documents: tuple[File, ...]
    parties: tuple[ExportedParty, ...]
    sites: tuple[ExportedSite, ...]
    tags: tuple[str, ...]
    categories: tuple[tuple[str, str], ...]
    values: tuple[Value, ...]
    columns: tuple[OwnAnswer, ...] = ()
    updated_at: datetime


class Portfolio(_Part):
    """All contracts with all values and their evidence."""

    version: Literal[1] = VERSION
    contracts: tuple[ExportedContract, ...]


def plain(register: Register, filters: Filters = EVERYTHING) -> list[dict[str, Any]]:
    """One record of the labelled format a contract, all keys present, by document name."""
    records = [(contract.given, plain_record(contract)) for contract in register.all_contracts(filters)]
    return [entry for _, entry in sorted(records, key=lambda pair: pair[0])]


def plain_record(contract: Contract) -> dict[str, Any]:
    """The contract's record in the labelled format, in JSON's own types."""
    mine = contract.perspective
    given = contract.given
    quotes = {key: quote for key, quote in _quotes(contract) if quote}
    built = record(
        given[0] if len(given) == 1 else given,
        ((s.fact.field, s.fact.value) for s in contract.facts),
        perspective=mine.name if mine else None,
        quotes=quotes,
    )
    return built.model_dump(mode="json")


def _quotes(contract: Contract) -> Iterator[tuple[str, str | None]]:
    """For every key of the record its first quote; a computed value's evidence is that of what it was computed from."""
    if contract.perspective:
        ours = next((p for p in contract.parties if p.side == "us"), None)
        for stored in contract.facts:
            if ours and stored.fact.field == "parties" and ours.name in stored.fact.value.name:
                yield "perspective", _quote(stored.fact)
                break
    seen: set[str] = set()
    for stored in contract.facts:
        key = FIELDS[stored.fact.field].key
        quote = _quote(stored.fact)
        if quote and key not in seen:
            seen.add(key)
            yield key, quote


def _quote(fact: Fact) -> str | None:
    return fact.evidence[0].quote if fact.evidence else None


def full(register: Register, filters: Filters = EVERYTHING) -> dict[str, Any]:
    """The portfolio with evidence, after the schema that is published beside (`schema_text`)."""
    book = Columns(register)
    columns = {column.key: column for column in book.all()}
    own: dict[str, list[tuple[Column, OwnValue | None]]] = defaultdict(list)
    for answer in book.values(filters=filters) if columns else ():
        own[answer.contract].append((columns[answer.column], answer))
    contracts = sorted(
        (exported(c, own[c.id]) for c in register.all_contracts(filters)),
        key=lambda c: ([d.name for d in c.documents], c.id),
    )
    return Portfolio(contracts=tuple(contracts)).model_dump(mode="json")


def exported(contract: Contract, own: Iterable[tuple[Column, OwnValue | None]] = ()) -> ExportedContract:
    """One contract in the full form, with what it says to the users' own columns."""
    names = {document.sha256: document.name for document in contract.documents}
    mine = contract.perspective
    return ExportedContract(
        id=contract.id,
        stem=contract.stem,
        kind=contract.kind,
        link=contract.link.state,
        base=contract.link.base,
        amendments=contract.amendments,
        perspective=mine.name if mine else None,
        perspective_guessed=mine is not None and mine.guessed,
        documents=tuple(
            File(name=d.name, sha256=d.sha256, role=d.role, media_type=d.media_type, pages=d.pages)
            for d in contract.documents
        ),
        parties=tuple(
            ExportedParty(
                name=p.name, role=p.role, registration=p.registration, counterparty=p.counterparty_name, side=p.side
            )
            for p in contract.parties
        ),
        sites=tuple(
            ExportedSite(
                name=s.name,
                city=s.city,
                postal_code=s.postal_code,
                department=s.department.name if s.department else None,
                region=s.department.region if s.department else None,
            )
            for s in contract.sites
        ),
        tags=contract.tags,
        categories=contract.categories,
        values=tuple(_value(s, names, contract) for s in contract.facts),
        columns=tuple(_own(column, answer, names) for column, answer in own if answer is not None),
        updated_at=contract.updated_at,
    )


def _value(stored: StoredFact, names: dict[str, str], contract: Contract) -> Value:
    fact = stored.fact
    side = contract.debtors.get(fact.value.debtor) if fact.field == "obligations" and fact.value.debtor else None
    return Value(
        field=fact.field,
        value=FIELDS[fact.field].to_json(fact.value),
        side=side,
        evidence=_proofs(fact.evidence, names),
        confidence=fact.confidence,
        reader=fact.reader,
        rule=fact.rule,
        basis=fact.basis,
        review=fact.review,
    )


def _own(column: Column, own: OwnValue, names: dict[str, str]) -> OwnAnswer:
    return OwnAnswer(
        column=column.key,
        words=column.words,
        kind=column.kind,
        value=column.to_json(own.value),
        evidence=_proofs(own.answer.evidence, names),
        confidence=own.answer.confidence,
        reader=own.answer.reader,
        rule=own.answer.rule,
        review=own.review,
    )


def _proofs(evidence: Iterable[Evidence], names: dict[str, str]) -> tuple[Proof, ...]:
    return tuple(
        Proof(
            quote=e.quote,
            document=names.get(e.document, e.document),
            sha256=e.document,
            page=e.page,
            start=e.start,
            end=e.end,
            alignment=e.alignment,
            boxes=e.boxes,
        )
        for e in evidence
    )


def schema() -> dict[str, Any]:
    """JSON Schema of the full form; `plain` records follow its definition `ContractRecord`."""
    built = Portfolio.model_json_schema(mode="serialization")
    plain_schema = ContractRecord.model_json_schema(mode="serialization", ref_template="#/$defs/{model}")
    built["$defs"] |= plain_schema.pop("$defs", {})
    built["$defs"]["ContractRecord"] = plain_schema
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_FILE, **built}


def schema_text() -> str:
    """The published schema file's text."""
    return files("portfolio.exports").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")


def render_schema() -> str:
    """What the published file must hold."""
    return json.dumps(schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
