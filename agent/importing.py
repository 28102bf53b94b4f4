"""Takes in documents whose records a person made: a move from another tool. The records' values enter as confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from agent.documents.discover import load
from agent.documents.errors import UnreadableDocument
from agent.dossiers import Bundle, Part, open_file
from agent.pipeline import Outcome, about
from agent.reading.locate import locate
from agent.reading.reader import Dossier, Quote
from agent.worker import drafted
from portfolio.facts import PERSON, Fact
from portfolio.register.records import Company
from portfolio.register.store import Register
from portfolio.schema import FIELDS, ContractRecord, Obligation, flatten
from vectorstore.passages import Passages

_LARGEST_RECORD = 20_000_000


def import_folder(register: Register, passages: Passages, folder: Path, who: str) -> Iterator[Outcome]:
    """Imports every record of ``folder`` with the documents that it names, an outcome a record; ``who`` confirmed them.

    JSON files that are no records are passed over. A record whose document is missing or unreadable is refused. Where
    the register does not know our own company yet, the records' `perspective` tells it.
    """
    companies: dict[str, None] = {}
    for path in sorted(folder.rglob("*.json")):
        try:
            content = json.loads(load(path, str(path), _LARGEST_RECORD))
        except (UnreadableDocument, ValueError) as error:
            message = f"{path} is no JSON that can be read ({error}); correct it."
            yield Outcome(str(path), "refused", reason="damaged", message=message)
            continue
        if not isinstance(content, dict) or "document" not in content:
            continue
        try:
            record = ContractRecord.model_validate(content)
            if record.perspective:
                companies[record.perspective] = None
            yield _import(register, passages, path, record, who)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            message = f"{path}: {where}: {first['msg']}; correct the record."
            yield Outcome(str(path), "refused", reason="damaged", message=message)
        except UnreadableDocument as error:
            yield Outcome(str(path), "refused", reason=error.reason, message=str(error))
    if companies and not register.companies():
        register.set_companies([Company(name) for name in companies])


def _import(register: Register, passages: Passages, path: Path, record: ContractRecord, who: str) -> Outcome:
    names = (record.document,) if isinstance(record.document, str) else record.document
    bundle, sha256 = _bundle(register, path, names)
    dossier = bundle.dossier()
    facts = tuple(_fact(dossier, record, name, value) for name, value in flatten(record))
    contract = drafted(str(path.parent / names[0]), sha256, bundle, facts, register.files)
    result = register.import_contract(contract.draft, who)
    passages.replace(about(result.contract, facts), contract.passages)
    return Outcome(str(path), "registered" if result.created else "updated", result.contract)


def _bundle(register: Register, path: Path, names: tuple[str, ...]) -> tuple[Bundle, str]:
    """All documents of a record in one bundle, the first file's first, and that file's content hash."""
    parts: list[Part] = []
    first = ""
    for name in names:
        file = path.parent / Path(name).name
        content = load(file, str(file))
        sha256 = register.files.put(content)
        first = first or sha256
        opened = open_file(file.name, content).bundles
        for part in (part for bundle in opened for part in bundle.parts):
            if all(part.document.sha256 != other.document.sha256 for other in parts):
                role = "annex" if part.role == "main" and any(p.role == "main" for p in parts) else part.role
                parts.append(Part(role, part.document, part.content))
    return Bundle(names[0], Path(names[0]).stem, tuple(parts)), first


def _fact(dossier: Dossier, record: ContractRecord, name: str, value: object) -> Fact:
    """A confirmed value; its evidence is the record's quote where the documents hold it."""
    quote = value.quote if isinstance(value, Obligation) else record.quotes.get(FIELDS[name].key)
    found = locate(Quote(quote), dossier) if quote else None
    return Fact(field=name, value=value, evidence=(found,) if found else (), reader=PERSON, review="confirmed")
