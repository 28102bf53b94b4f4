"""An Excel workbook that a person corrected comes back: what it would change, contract by contract, then the change.

Three states are compared cell by cell: what the workbook said when it was made, what it says now, and what the register
says now. Only cells that the person changed count; where the register moved on since, the difference is shown and
nothing is written. A line that is missing changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from portfolio.errors import ContrathequeError, InvalidValue, NotFound
from portfolio.exports.cells import shown
from portfolio.exports.columns import Column, Table
from portfolio.exports.gather import gather
from portfolio.exports.origin import as_cell, mark
from portfolio.exports.returning import Returned, ReturnedLine, read, same, value_of
from portfolio.exports.tables import TABLES, Line
from portfolio.register.records import Filters, Scope
from portfolio.register.store import Register
from portfolio.schema import FIELDS
from portfolio.words.phrases import Phrase, phrase
from portfolio.words.values import Wording

ChangeKind = Literal["corrected", "added", "rejected"]
ProblemKind = Literal["conflict", "unknown", "invalid"]
"""``conflict``: the register moved on since the export; ``unknown``: the line names nothing that is there;
``invalid``: what was written is no value of its field."""


WHOLE = Scope()


@dataclass(frozen=True)
class Change:
    """One value that a person changed. ``target`` is the contract or amendment that the value stands in; ``contract``
    is the file stem of the contract of its line, ``before`` and ``after`` have the type of their field."""

    place: str
    contract: str
    target: str
    kind: ChangeKind
    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Problem:
    """Something in the workbook that is not taken over, and why. ``now``: what the register says, of a conflict."""

    place: str
    contract: str | None
    kind: ProblemKind
    reason: Phrase
    column: str | None = None
    written: Any = None
    now: Any = None


@dataclass(frozen=True)
class Comeback:
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...]


def preview(register: Register, content: bytes, scope: Scope = WHOLE) -> Comeback:
    """What the workbook in ``content`` would change; writes nothing. Contracts outside ``scope``, the part of the
    portfolio that the person may see, are as if they were not there. Raises InvalidValue for a file that is no workbook
    of this program."""
    returned = read(content)
    edited = [_found(register, line) for line in _edited(returned)]
    ids = {line.line.contract_id for line in edited if isinstance(line, _Edited) and line.line.contract_id}
    compared = _Compared(register, returned, frozenset(ids) & register.ids(Filters(scope=scope)))
    found = [item for line in edited for item in (compared.of(line) if isinstance(line, _Edited) else (line,))]
    return Comeback(
        tuple(item for item in found if isinstance(item, Change)),
        tuple(item for item in found if isinstance(item, Problem)),
    )


def apply(register: Register, comeback: Comeback, who: str, reason: str | None = None) -> Comeback:
    """Writes the changes as ``who``'s values, each by itself. Gives those that were written, and as problems those that
    the register refused or that it moved on from in the meantime; writing them again changes nothing more."""
    done: list[Change] = []
    refused: list[Problem] = []
    for change in comeback.changes:
        try:
            _write(register, change, who, reason)
            done.append(change)
        except ContrathequeError as error:
            said = phrase("export_back.refused", error=str(error))
            refused.append(Problem(change.place, change.contract, "conflict", said, change.field, change.after))
    return Comeback(tuple(done), tuple(refused))


def _write(register: Register, change: Change, who: str, reason: str | None) -> None:
    field, many = change.field, FIELDS[change.field].many
    values = register.contract(change.target).values(field)
    if change.kind == "added" and many:
        register.add(change.target, field, change.after, who, reason)
        return
    if many:
        if change.before not in values:
            raise InvalidValue(f"{field} changed since the workbook was looked at; look at it again.")
        position = values.index(change.before)
    else:
        if values and values[0] != change.before:
            raise InvalidValue(f"{field} changed since the workbook was looked at; look at it again.")
        position = 0
    if change.kind == "rejected":
        register.reject(change.target, field, who, position, reason)
    else:
        register.correct(change.target, field, change.after, who, position, reason)


@dataclass(frozen=True)
class _Edited:
    """A line with the columns that a person changed; ``origin`` None: a new line."""

    table: Table
    line: ReturnedLine
    columns: tuple[Column, ...]
    origin: Mapping[str, str] | None


def _edited(returned: Returned) -> Iterator[_Edited | Problem]:
    for name, lines in returned.lines.items():
        table = TABLES[name]
        correctable = [column for column in table.columns if column.of]
        seen: set[str] = set()
        for line in lines:
            written = tuple(column for column in correctable if column.name in line.cells)
            if line.key is None:
                if any(line.cells.get(column.name) is not None for column in written):
                    yield _Edited(table, line, written, None)
                continue
            origin = returned.origin.get((name, line.key))
            if origin is None:
                yield Problem(line.place, _named(line), "unknown", phrase("export_back.unknown_line"), None, line.key)
                continue
            changed = tuple(c for c in written if not same(line.cells[c.name], origin[c.name]))
            if changed and line.key in seen:
                yield Problem(line.place, _named(line), "unknown", phrase("export_back.twice"), None, line.key)
            elif changed:
                yield _Edited(table, line, changed, origin)
            seen.add(line.key)


def _found(register: Register, edited: _Edited | Problem) -> _Edited | Problem:
    """A new line that names its contract by reference or file stem, with its id."""
    name = _named(edited.line) if isinstance(edited, _Edited) else None
    if not isinstance(edited, _Edited) or edited.line.contract_id or name is None:
        return edited
    try:
        contract = register.contract(name)
    except NotFound:
        return edited
    return replace(edited, line=replace(edited.line, contract_id=contract.link.base or contract.id))


def _named(line: ReturnedLine) -> str | None:
    name = line.cells.get("contract")
    return str(name) if name else None


class _Compared:
    """Edited lines beside what the register says now of their contracts."""

    def __init__(self, register: Register, returned: Returned, ids: frozenset[str]) -> None:
        self._register = register
        self._say: Wording = returned.say
        self._as_of: date = returned.as_of
        only = Filters(ids=tuple(sorted(ids)))
        rows = gather(register, returned.as_of, returned.say, only, 0).rows if ids else {}
        self._rows: Mapping[str, Sequence[Line]] = rows
        self._set_by: dict[str, str] = {row.value_id: row.set_by_id for row in self._lines("terms")}
        self._stems: dict[str, str] = {row.contract_id: row.contract for row in self._lines("contracts")}

    def _lines(self, table: str) -> Sequence[Any]:
        return self._rows.get(table, ())

    @cached_property
    def _by_key(self) -> Mapping[tuple[str, str], Any]:
        return {(name, getattr(row, TABLES[name].key[0])): row for name, rows in self._rows.items() for row in rows}

    @cached_property
    def _by_contract(self) -> Mapping[tuple[str, str], Sequence[Any]]:
        found: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for name, rows in self._rows.items():
            for row in rows:
                found[name, row.contract_id].append(row)
        return found

    def of(self, edited: _Edited) -> Iterator[Change | Problem]:
        line = edited.line
        if line.contract_id not in self._stems:
            yield Problem(
                line.place, _named(line), "unknown", phrase("export_back.no_contract"), None, line.contract_id
            )
        elif edited.table.name == "contracts":
            if all(line.cells.get(c.name) is None for c in edited.table.columns if c.of):
                yield Problem(line.place, _named(line), "invalid", phrase("export_back.emptied"))
                return
            for column in edited.columns:
                yield from self._scalar(edited, column)
        else:
            yield from self._item(edited)

    def _cell(self, column: Column, row: Any) -> Any:
        return as_cell(shown(column, getattr(row, column.name), self._say), self._say)

    def _scalar(self, edited: _Edited, column: Column) -> Iterator[Change | Problem]:
        assert column.of is not None
        assert edited.origin is not None
        line, field = edited.line, column.of.field
        row = self._by_key["contracts", str(line.contract_id)]
        written, now = line.cells[column.name], self._cell(column, row)
        if same(written, mark(now)):
            return
        if mark(now) != edited.origin[column.name]:
            yield Problem(line.place, row.contract, "conflict", phrase("export_back.moved"), column.name, written, now)
            return
        try:
            after = value_of(column, written, self._say)
            after = None if after is None else FIELDS[field].validate(after)
        except InvalidValue as error:
            said = phrase("export_back.invalid", error=str(error))
            yield Problem(line.place, row.contract, "invalid", said, column.name, written)
            return
        before = getattr(row, column.name)
        kind: ChangeKind = "rejected" if after is None else "added" if before is None else "corrected"
        target = self._target(row.contract_id, field)
        own = self._register.contract(target).value(field)
        if after is None and own is None:
            yield Problem(line.place, row.contract, "invalid", phrase("export_back.computed"), column.name)
            return
        yield Change(line.place, row.contract, target, kind, field, own if after is None else before, after)

    def _target(self, contract: str, field: str) -> str:
        """Whose value is to be changed: of the contract or amendment that set it; of the amendment that lifted it,
        where one did; else of the contract itself."""
        terms = self._register.terms(contract, self._as_of)
        term = terms.term(field)
        if term is not None:
            return term.contract
        lifted = [change.amendment for change in terms.changes if change.field == field and change.after is None]
        return lifted[-1] if lifted else terms.base

    def _item(self, edited: _Edited) -> Iterator[Change | Problem]:
        line, table = edited.line, edited.table
        stem = self._stems[str(line.contract_id)]
        field = next(column.of.field for column in table.columns if column.of)
        if self._there_already(edited):
            return
        row = self._by_key.get((table.name, line.key)) if line.key else None
        if line.key and row is None:
            written = "; ".join(str(line.cells[c.name]) for c in edited.columns if line.cells[c.name] is not None)
            yield Problem(line.place, stem, "conflict", phrase("export_back.item_moved"), None, written or None)
            return
        before = FIELDS[field].validate(_assembled(table, _parts(table, row))) if row is not None else None
        target = self._set_by[str(line.key)] if row is not None else str(line.contract_id)
        if before is not None and before not in self._register.contract(target).values(field):
            yield Problem(line.place, stem, "invalid", phrase("export_back.combined"), None)
            return
        if all(line.cells.get(c.name) is None for c in table.columns if c.of):
            yield Change(line.place, stem, target, "rejected", field, before, None)
            return
        try:
            parts = _parts(table, row) if row is not None else {}
            for column in edited.columns:
                assert column.of is not None
                parts[str(column.of.part)] = value_of(column, line.cells[column.name], self._say)
            after = FIELDS[field].validate(_assembled(table, parts))
        except InvalidValue as error:
            said = phrase("export_back.invalid", error=str(error))
            yield Problem(line.place, stem, "invalid", said, edited.columns[0].name, None)
            return
        yield Change(line.place, stem, target, "corrected" if row is not None else "added", field, before, after)

    def _there_already(self, edited: _Edited) -> bool:
        """Whether a line of the register says all that the line says: the workbook was taken over before."""
        line, table = edited.line, edited.table
        columns = [column for column in table.columns if column.of and column.name in line.cells]
        return any(
            all(same(line.cells[column.name], mark(self._cell(column, row))) for column in columns)
            for row in self._by_contract.get((table.name, str(line.contract_id)), ())
        )


def _parts(table: Table, row: Any) -> dict[str, Any]:
    """The parts of a line's value in JSON's own types, by their names (`due.date`)."""
    found: dict[str, Any] = {}
    for column in table.columns:
        if column.of and column.of.part:
            value = getattr(row, column.name)
            found[column.of.part] = value if isinstance(value, str | int | float) or value is None else str(value)
    return found


def _assembled(table: Table, parts: Mapping[str, Any]) -> dict[str, Any]:
    """A value from its parts; of a due rule, the kind that its filled parts make."""
    value = {name: part for name, part in parts.items() if part is not None and "." not in name}
    due = {name.partition(".")[2]: part for name, part in parts.items() if part is not None and "." in name}
    if due:
        value["due"] = due
    if table.name == "obligations":
        value.setdefault("quote", value.get("action"))
    return value


def said(changes: Iterable[Change], say: Wording) -> list[Change]:
    """The changes with their values in words, for a diff that people read."""
    return [
        replace(
            change,
            before=say.value(change.field, change.before) if change.before is not None else None,
            after=say.value(change.field, change.after) if change.after is not None else None,
        )
        for change in changes
    ]
