"""`contratheque show`: one contract with the words that prove each value, or its terms in force on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import click
from rich import box
from rich.table import Table

from portfolio.columns import wording
from portfolio.columns.book import Columns
from portfolio.columns.records import Column, OwnValue
from portfolio.evidence import Evidence
from portfolio.exports.json import exported, plain_record
from portfolio.register.records import Contract
from portfolio.register.store import Register
from portfolio.schema import FIELDS
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_WIDTHS = {"field": 2, "value": 5, "state": 1, "proof": 5}
"""Columns of the tables and their share of the width."""


@click.command("show")
@click.argument("ref")
@click.option("--plain", is_flag=True, help="The keys of the labelled format with plain values (implies --json).")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The terms in force on that day, amendments counted in."
)
@click.option("--history", is_flag=True, help="What happened to its values.")
@json_option
@click.pass_obj
def command(app: App, ref: str, plain: bool, as_of: Any, history: bool, as_json: bool) -> None:
    """One contract (REF: an id, a reference, or a file's stem) with the words that prove each value."""
    with app.register() as register:
        contract = register.contract(ref)
        if plain:
            print_json(plain_record(contract))
        elif as_of:
            _in_force(app, register, contract, as_of.date(), as_json)
        elif as_json:
            print_json(exported(contract, Columns(register).of(contract.id)).model_dump(mode="json"))
        else:
            _print(app, register, contract)
            if history:
                _history(app, register, contract)


def _print(app: App, register: Register, contract: Contract) -> None:
    out, say, texts = console(), Wording(app.texts), app.texts
    out.print(contract.value("title") or contract.stem, style="bold")
    out.print(f"{contract.id[:12]} · {contract.stem}")
    if contract.link.base:
        out.print(f"{texts('list.base')} {register.contract(contract.link.base).stem}")
    elif contract.kind == "amendment":
        out.print(texts("show.waiting", amends=contract.value("amends") or "?"))
    table = _table(app, "field", "value", "state", "proof")
    names = {document.sha256: document.name for document in contract.documents}
    for stored in contract.facts:
        fact = stored.fact
        table.add_row(
            say.field(fact.field),
            say.value(fact.field, fact.value),
            say.state(fact),
            _proof(app, fact.evidence, names, fact.basis),
        )
    out.print(table)
    _print_own(app, Columns(register).of(contract.id), names)
    out.print(f"{texts('show.documents')}: " + ", ".join(f"{d.name} ({d.role})" for d in contract.documents))
    if contract.amendments:
        stems = ", ".join(register.contract(id_).stem for id_ in contract.amendments)
        out.print(f"{texts('show.amendments')}: {stems}")


def _print_own(app: App, answers: Sequence[tuple[Column, OwnValue | None]], names: dict[str, str]) -> None:
    """What the contract says to the users' own columns; nothing where there are none."""
    if not answers:
        return
    say = Wording(app.texts)
    table = _table(app, "field", "value", "state", "proof")
    for column, own in answers:
        proof = _proof(app, own.answer.evidence, names) if own else ""
        table.add_row(column.words, wording.own_value(column, own, say), wording.state(own, say) if own else "", proof)
    console().print(app.texts("own_column.title"), style="bold")
    console().print(table)


def _in_force(app: App, register: Register, contract: Contract, as_of: date, as_json: bool) -> None:
    terms = register.terms(contract.id, as_of)
    stems = {id_: register.contract(id_).stem for id_ in {term.contract for term in terms.terms} | {terms.base}}
    replaced = {(c.field, id(c.after)): c.before for c in terms.changes if c.after and c.before}
    if as_json:
        print_json(
            {
                "contract": terms.base,
                "as_of": as_of.isoformat(),
                "applied": [stems.get(id_, id_) for id_ in terms.applied],
                "terms": [
                    {
                        "field": term.fact.field,
                        "value": FIELDS[term.fact.field].to_json(term.fact.value),
                        "set_by": stems[term.contract],
                        "since": term.since.isoformat() if term.since else None,
                    }
                    for term in terms.terms
                ],
                "changes": [
                    {
                        "field": change.field,
                        "amendment": stems.get(change.amendment) or register.contract(change.amendment).stem,
                        "on": change.on.isoformat() if change.on else None,
                        "before": FIELDS[change.field].to_json(change.before.fact.value) if change.before else None,
                        "after": FIELDS[change.field].to_json(change.after.fact.value) if change.after else None,
                    }
                    for change in terms.changes
                ],
            }
        )
        return
    say, texts = Wording(app.texts), app.texts
    out = console()
    out.print(texts("show.in_force", date=say.date(as_of)), style="bold")
    table = _table(app, "field", "value", "proof")
    for term in terms.terms:
        words = texts("show.set_by", document=stems[term.contract]) if len(stems) > 1 else ""
        before = replaced.get((term.fact.field, id(term)))
        if before is not None:
            words += f"\n{texts('show.replaces', before=say.value(term.fact.field, before.fact.value))}"
        table.add_row(say.field(term.fact.field), say.value(term.fact.field, term.fact.value), words)
    out.print(table)


def _history(app: App, register: Register, contract: Contract) -> None:
    out = console()
    out.print(app.texts("show.history"), style="bold")
    for entry in register.history(contract.id):
        moved = " → ".join(str(value) for value in (entry.before, entry.after) if value is not None)
        out.print(f"{entry.at:%Y-%m-%d %H:%M} {entry.who} {entry.action} {entry.field or ''} {moved}"[:300])


def _table(app: App, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(app.texts(f"show.{column}"), overflow="fold", ratio=_WIDTHS[column])
    return table


def _proof(app: App, proofs: Sequence[Evidence], names: dict[str, str], basis: str | None = None) -> str:
    lines = [
        f"« {evidence.quote} » {app.texts('show.page', page=evidence.page)}"
        + (f", {names[evidence.document]}" if len(names) > 1 and evidence.document in names else "")
        for evidence in proofs
    ]
    return "\n".join([*lines, *([app.texts("show.computed", basis=basis)] if basis else [])])
