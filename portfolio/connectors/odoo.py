"""The portfolio in Odoo over JSON-RPC: partners, contracts, and activities for what falls due.

Everything has an external id (`contratheque_…`), by which Odoo's own `load` creates or updates it in one call: done
twice, stopped in the middle, it doubles nothing. Only what differs is sent. Nothing is deleted there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import httpx

from portfolio.connectors.mapping import OdooMapping, Server
from portfolio.errors import ContrathequeError
from portfolio.exports.gather import Tables
from portfolio.values import Duration

_AT_ONCE = 200
_IMPORTED = "__import__"
"""The module under which Odoo keeps external ids that no module of its own brought."""


@dataclass(frozen=True)
class Change:
    """What would be or was written: ``values`` that differ, by field of Odoo."""

    model: str
    external: str
    shown: str
    action: Literal["create", "update"]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class _Record:
    external: str
    shown: str
    values: Mapping[str, Any]


class Odoo:
    """A signed-in connection. Raises ContrathequeError, never with the key in it."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._key = server.key()
        self._client = httpx.Client(timeout=server.timeout, follow_redirects=False)
        uid = self._rpc("common", "authenticate", [server.database, server.user, self._key, {}])
        if not isinstance(uid, int) or isinstance(uid, bool):
            raise ContrathequeError(f"Odoo refused {server.user} on {server.database}; check user, database and key.")
        self.uid = uid

    def call(self, model: str, method: str, *arguments: Any, **options: Any) -> Any:
        """A method of a model."""
        given = [self._server.database, self.uid, self._key, model, method, list(arguments), options]
        return self._rpc("object", "execute_kw", given)

    def close(self) -> None:
        self._client.close()

    def _rpc(self, service: str, method: str, arguments: list[Any]) -> Any:
        params = {"service": service, "method": method, "args": arguments}
        asked = {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params}
        url = f"{self._server.url.rstrip('/')}/jsonrpc"
        try:
            answer = self._client.post(url, json=asked)
            answer.raise_for_status()
            said = answer.json()
        except (httpx.HTTPError, ValueError) as error:
            raise ContrathequeError(f"Odoo at {self._server.url} did not answer ({type(error).__name__}).") from None
        if not isinstance(said, dict) or "error" in said:
            data = said.get("error", {}).get("data", {}) if isinstance(said, dict) else {}
            message = str(data.get("message") or "an error without words").replace(self._key, "…")
            raise ContrathequeError(f"Odoo refused: {message[:500]}")
        return said.get("result")


def synchronise(odoo: Odoo, mapping: OdooMapping, tables: Tables, *, apply: bool) -> tuple[Change, ...]:
    """Brings Odoo to what the tables say, or tells what it would do where ``apply`` is False (then activities of
    contracts that are not there yet are told too). Raises ContrathequeError; what was written before stays."""
    partners = {one.external: one for one in _partners(mapping, tables)}
    changes = _write(odoo, "res.partner", list(partners.values()), apply)
    model = mapping.contract.model
    changes += _write(odoo, model, list(_contracts(mapping, tables, partners)), apply)
    if mapping.activity is not None:
        changes += _write(odoo, "mail.activity", list(_activities(odoo, mapping, tables)), apply)
    return tuple(changes)


def _partners(mapping: OdooMapping, tables: Tables) -> Iterable[_Record]:
    for row in tables.rows["parties"]:
        party: Any = row
        if party.side != "us" and party.counterparty_id:
            values = {field: _plain(getattr(party, column)) for field, column in mapping.partner.fields.items()}
            yield _Record(f"contratheque_partner_{party.counterparty_id}", party.name, values)


def _contracts(mapping: OdooMapping, tables: Tables, partners: Mapping[str, _Record]) -> Iterable[_Record]:
    first: dict[str, str] = {}
    for row in tables.rows["parties"]:
        party: Any = row
        external = f"contratheque_partner_{party.counterparty_id}"
        if party.side != "us" and external in partners:
            first.setdefault(party.contract_id, external)
    for line in tables.rows["contracts"]:
        contract: Any = line
        values = {field: _plain(getattr(contract, column)) for field, column in mapping.contract.fields.items()}
        # Odoo asks for a name, and a contract may have no title
        values = {
            field: contract.contract if field == "name" and not value else value for field, value in values.items()
        }
        if mapping.contract.partner and contract.contract_id in first:
            values[f"{mapping.contract.partner}/id"] = f"{_IMPORTED}.{first[contract.contract_id]}"
        yield _Record(f"contratheque_contract_{contract.contract_id}", contract.contract, values)


def _activities(odoo: Odoo, mapping: OdooMapping, tables: Tables) -> Iterable[_Record]:
    wanted = mapping.activity
    if wanted is None:
        return
    model = odoo.call("ir.model", "search_read", [["model", "=", mapping.contract.model]], fields=["id"])
    if not model:
        raise ContrathequeError(
            f"Odoo has no model {mapping.contract.model}; install its module or change the mapping."
        )
    user = odoo.uid
    if wanted.user is not None:
        found = odoo.call("res.users", "search_read", [["login", "=", wanted.user]], fields=["id"])
        if not found:
            raise ContrathequeError(f"Odoo has no user {wanted.user}; change activity.user in the mapping.")
        user = found[0]["id"]
    there = _known(odoo, [f"contratheque_contract_{c}" for c in {row.contract_id for row in tables.rows["deadlines"]}])
    for row in tables.rows["deadlines"]:
        event: Any = row
        if event.due_on is None or event.kind not in wanted.kinds or event.days_left > wanted.days:
            continue
        external = f"contratheque_activity_{event.deadline_id.replace(':', '_').replace('.', '_')}"
        values = {
            "res_model_id/.id": model[0]["id"],
            "res_id": there.get(f"contratheque_contract_{event.contract_id}", 0),
            "summary": event.what[:200],
            "date_deadline": event.due_on.isoformat(),
            "user_id/.id": user,
        }
        yield _Record(external, f"{event.contract} · {event.what}", values)


def _write(odoo: Odoo, model: str, records: Sequence[_Record], apply: bool) -> list[Change]:
    known = _known(odoo, [record.external for record in records])
    changes: list[Change] = []
    current = _current(odoo, model, records, known)
    for record in records:
        id_ = known.get(record.external)
        held = current.get(id_ or 0)
        if id_ is None or held is None:
            changes.append(Change(model, record.external, record.shown, "create", record.values))
            continue
        differing = {name: v for name, v in record.values.items() if not _same(name, v, held, known, odoo)}
        if differing:
            changes.append(Change(model, record.external, record.shown, "update", differing))
    if apply:
        by_name = {record.external: record for record in records}
        for start in range(0, len(changes), _AT_ONCE):
            _load(odoo, model, [by_name[change.external] for change in changes[start : start + _AT_ONCE]])
    return changes


def _load(odoo: Odoo, model: str, records: Sequence[_Record]) -> None:
    """Creates and updates by external id. Records with the same fields go together."""
    groups: dict[tuple[str, ...], list[_Record]] = {}
    for record in records:
        groups.setdefault(tuple(record.values), []).append(record)
    for names, some in groups.items():
        rows = [[record.external, *(_cell(value) for value in record.values.values())] for record in some]
        done = odoo.call(model, "load", ["id", *names], rows)
        if not done.get("ids"):
            said = "; ".join(str(message.get("message")) for message in done.get("messages", ()))
            raise ContrathequeError(f"Odoo took none of {len(some)} records of {model}: {said[:500]}")


def _known(odoo: Odoo, externals: Sequence[str]) -> dict[str, int]:
    """The ids in Odoo of what was written there before, by external id."""
    found: dict[str, int] = {}
    for start in range(0, len(externals), _AT_ONCE):
        names = list(externals[start : start + _AT_ONCE])
        domain = [["module", "=", _IMPORTED], ["name", "in", names]]
        for row in odoo.call("ir.model.data", "search_read", domain, fields=["name", "res_id"]):
            found[row["name"]] = row["res_id"]
    return found


def _current(odoo: Odoo, model: str, records: Sequence[_Record], known: Mapping[str, int]) -> dict[int, dict[str, Any]]:
    ids = [known[record.external] for record in records if record.external in known]
    fields = sorted({name.partition("/")[0] for record in records for name in record.values})
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        domain = [["id", "in", ids[start : start + _AT_ONCE]]]
        for row in odoo.call(model, "search_read", domain, fields=fields):
            found[row["id"]] = row
    return found


def _same(name: str, value: Any, held: Mapping[str, Any], known: Mapping[str, int], odoo: Odoo) -> bool:
    field, _, how = name.partition("/")
    there = held.get(field)
    if not how:
        return (there or None) == (value or None)
    id_ = there[0] if isinstance(there, list) and there else there
    if how == ".id":
        return bool(id_ == value)
    external = str(value).removeprefix(f"{_IMPORTED}.")
    return bool(id_ == (known.get(external) or _known(odoo, [external]).get(external)))


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Duration():
            return str(value)
        case _:
            return value


def _cell(value: Any) -> Any:
    """As `load` takes it: an empty text empties a field."""
    return "" if value is None else value
