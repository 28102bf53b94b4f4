"""`contratheque column`: your own questions as columns, read for the whole portfolio, reviewed, kept up to date."""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, get_args

import click
from pydantic import TypeAdapter
from rich import box
from rich.table import Table

from agent.columns.written import parse
from agent.pipeline import Pipeline
from agent.readers import Readers, chosen
from portfolio.columns import wording
from portfolio.columns.book import Columns
from portfolio.columns.records import Column, Kind, OwnValue
from portfolio.errors import ContrathequeError
from portfolio.register.store import Register
from portfolio.words.values import Wording
from ui.cli.app import App, console, errors, json_option, print_json
from ui.cli.progress import progress_bar

_KINDS: dict[str, Kind] = {kind.replace("_", "-"): kind for kind in get_args(Kind)}
_JSON: TypeAdapter[Any] = TypeAdapter(Any)
_QUOTE = 160
who_option = click.option("--who", help="The person who decides (default: the user of this computer).")
reader_option = click.option(
    "--reader",
    type=click.Choice(["rules", "hybrid"]),
    help="Who reads: the built-in reader, or a language model with it (the default where an endpoint is configured).",
)


@click.group("column")
def command() -> None:
    """Your own questions as columns: « plafond de responsabilité », « clause de non-sollicitation ? »."""


@command.command("add")
@click.argument("words")
@click.option("--type", "kind", type=click.Choice(list(_KINDS)), default="text", show_default=True)
@click.option(
    "--choice", "choices", multiple=True, metavar="WORDS", help="An option of the type choice; once an option."
)
@click.option("--no-fill", is_flag=True, help="Do not read it now; `column fill` does later.")
@reader_option
@who_option
@json_option
@click.pass_obj
def add(
    app: App, words: str, kind: str, choices: tuple[str, ...], no_fill: bool, reader: str | None, who: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Add a column named by WORDS and read it for every contract."""
    with app.register() as register:
        column = Columns(register).add(words, _KINDS[kind], who or getpass.getuser(), choices)
        if not as_json:
            said = app.texts.name("own_kind", column.kind)
            console().print(
                app.texts("own_column.added", words=column.words, kind=said, name=column.key), soft_wrap=True
            )
        done = {} if no_fill else _fill(app, register, [column], None, reader, again=False, quiet=as_json)
    if as_json:
        print_json({"column": _JSON.dump_python(column, mode="json"), **done})


@command.command("list")
@json_option
@click.pass_obj
def list_(app: App, as_json: bool) -> None:
    """The columns there are, and how far each is read."""
    with app.register() as register, _filling(app, register, None) as (filling, _):
        columns = Columns(register).all()
        values = Columns(register).values()
        owed = {column.key: sum(1 for _ in filling.owed(columns=[column])) for column in columns}
    rows = [
        {
            "key": column.key,
            "words": column.words,
            "kind": column.kind,
            "choices": list(column.choices),
            "read": sum(1 for own in values if own.column == column.key),
            "said": sum(1 for own in values if own.column == column.key and own.value is not None),
            "to_review": sum(1 for own in values if own.column == column.key and _waits(own)),
            "owed": owed[column.key],
        }
        for column in columns
    ]
    if as_json:
        print_json(rows)
        return
    if not rows:
        console().print(app.texts("own_column.none"), soft_wrap=True)
        return
    table = _table(app, "key", "words", "kind", "filled", "to_review", "owed")
    for row in rows:
        kind = app.texts.name("own_kind", str(row["kind"]))
        table.add_row(
            str(row["key"]), str(row["words"]), kind, f"{row['said']} / {row['read']}", str(row["to_review"]),
            str(row["owed"]),
        )  # fmt: skip
    console().print(table)


@command.command("fill")
@click.argument("keys", nargs=-1)
@click.option("--again", is_flag=True, help="Read again what was read already; what a person decided stays.")
@click.option("--contract", "refs", multiple=True, metavar="REF", help="Only these contracts.")
@reader_option
@json_option
@click.pass_obj
def fill(
    app: App, keys: tuple[str, ...], again: bool, refs: tuple[str, ...], reader: str | None, as_json: bool
) -> None:
    """Read what is owed of the columns KEY…, or of all. Interrupted, the same command goes on where it stopped."""
    with app.register() as register:
        book = Columns(register)
        columns = [book.get(key) for key in keys] or list(book.all())
        contracts = [register.contract(ref).id for ref in refs] or None
        done = _fill(app, register, columns, contracts, reader, again=again, quiet=as_json)
    if as_json:
        print_json(done)


@command.command("show")
@click.argument("key")
@click.option("--all", "everything", is_flag=True, help="Also the contracts that do not say it.")
@json_option
@click.pass_obj
def show(app: App, key: str, everything: bool, as_json: bool) -> None:
    """What every contract says to the column KEY, with the words that prove it."""
    with app.register() as register:
        book = Columns(register)
        column = book.get(key)
        values = book.values(column.key)
        stems = {summary.id: summary.stem for summary in register.contracts()}
    if as_json:
        print_json([as_json_value(column, own, stems[own.contract]) for own in values])
        return
    say = Wording(app.texts)
    table = _table(app, "contract", "value", "state", "proof")
    for own in values:
        if everything or own.state != "silent":
            table.add_row(
                stems[own.contract], wording.own_value(column, own, say), wording.state(own, say), proof(app, own)
            )
    console().print(f"{column.words} ({app.texts.name('own_kind', column.kind)})", style="bold")
    console().print(table)


@command.command("confirm")
@click.argument("ref")
@click.argument("key")
@who_option
@click.pass_obj
def confirm(app: App, ref: str, key: str, who: str | None) -> None:
    """What was read of the contract REF for the column KEY is right."""
    with app.register() as register:
        Columns(register).confirm(ref, key, who or getpass.getuser())
        _say_decided(app, register, "confirmed", ref, key)


@command.command("correct")
@click.argument("ref")
@click.argument("key")
@click.argument("value")
@click.option("--reason", help="Why, in a few words.")
@who_option
@click.pass_obj
def correct(app: App, ref: str, key: str, value: str, reason: str | None, who: str | None) -> None:
    """VALUE is right for the contract REF and the column KEY, whatever was read."""
    with app.register() as register:
        book = Columns(register)
        book.correct(ref, key, parse(book.get(key), value), who or getpass.getuser(), reason)
        _say_decided(app, register, "corrected", ref, key)


@command.command("reject")
@click.argument("ref")
@click.argument("key")
@click.option("--reason", help="Why, in a few words.")
@who_option
@click.pass_obj
def reject(app: App, ref: str, key: str, reason: str | None, who: str | None) -> None:
    """What was read of the contract REF for the column KEY is wrong, and there is no other value."""
    with app.register() as register:
        Columns(register).reject(ref, key, who or getpass.getuser(), reason)
        _say_decided(app, register, "rejected", ref, key)


@command.command("remove")
@click.argument("key")
@click.option("--yes", is_flag=True, help="Do not ask, also where a person decided values.")
@click.pass_obj
def remove(app: App, key: str, yes: bool) -> None:
    """Remove the column KEY with all that was read and decided."""
    with app.register() as register:
        book = Columns(register)
        column = book.get(key)
        decided = sum(1 for own in book.values(column.key) if own.decided)
        if decided and not yes:
            click.confirm(
                app.texts("own_column.remove_sure", words=column.words, decided=decided), abort=True, err=True
            )
        count = book.remove(column.key)
    console().print(app.texts("own_column.removed", words=column.words, count=count), soft_wrap=True)


def as_json_value(column: Column, own: OwnValue, stem: str) -> dict[str, Any]:
    """A value with its proof in JSON's own types."""
    answer = own.answer
    return {
        "contract": own.contract,
        "stem": stem,
        "column": column.key,
        "value": column.to_json(own.value),
        "state": own.state,
        "review": own.review,
        "confidence": answer.confidence,
        "reader": answer.reader,
        "rule": answer.rule,
        "evidence": [evidence.model_dump(mode="json", exclude={"boxes"}) for evidence in answer.evidence],
    }


def proof(app: App, own: OwnValue) -> str:
    """The words that prove it, cut to a few lines, with their page."""
    return "\n".join(
        f"« {_short(evidence.quote)} », {app.texts('own_column.page', page=evidence.page)}"
        for evidence in own.answer.evidence
    )


def _short(quote: str) -> str:
    plain = " ".join(quote.split())
    return plain if len(plain) <= _QUOTE else f"{plain[: _QUOTE - 1]}…"


def _waits(own: OwnValue) -> bool:
    """Nobody decided, it is not certain, and there is something to decide on."""
    return not own.decided and not own.certain and own.state != "silent"


def _table(app: App, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(app.texts(f"own_column.{column}"), overflow="fold")
    return table


@contextmanager
def _filling(app: App, register: Register, reader: str | None) -> Iterator[tuple[Any, Readers]]:
    readers = chosen(app.settings.home, app.settings.database_url, reader)
    with app.passages() as passages:
        yield Pipeline(register, passages).filling(readers.access), readers


def _fill(
    app: App,
    register: Register,
    columns: Sequence[Column],
    contracts: list[str] | None,
    reader: str | None,
    *,
    again: bool,
    quiet: bool,
) -> dict[str, Any]:
    """Reads with a progress bar and says what came of it."""
    counts = {"contracts": 0, "said": 0, "silent": 0, "refused": 0}
    problems: dict[str, str] = {}
    out, texts = console(), app.texts
    with _filling(app, register, reader) as (filling, readers):
        owed = len(filling.owed(contracts, columns, again=again))
        with progress_bar(out) as progress:
            task = progress.add_task(texts("own_column.reading"), total=owed)
            for filled in filling.fill(contracts, columns, again=again):
                progress.advance(task)
                counts["contracts"] += 1
                for name in ("said", "silent", "refused"):
                    counts[name] += getattr(filled, name)
                if filled.problem is not None:
                    problems[filled.contract] = filled.problem
        model = readers.access.settings.name if readers.access else None
    if not quiet:
        out.print(texts("own_column.done", **counts) if owed else texts("own_column.nothing_owed"), soft_wrap=True)
        if owed:
            out.print(
                texts("own_column.by_llm", model=model) if model else texts("own_column.by_rules"), soft_wrap=True
            )
        if counts["refused"]:
            out.print(texts("own_column.refused", count=counts["refused"]), soft_wrap=True)
        for contract, problem in problems.items():
            stem = register.contract(contract).stem
            errors().print(texts("own_column.problem", contract=stem, problem=problem), soft_wrap=True)
    return {**counts, "reader": model or "rules", "problems": problems}


def _say_decided(app: App, register: Register, what: str, ref: str, key: str) -> None:
    column, own = next((c, o) for c, o in Columns(register).of(ref) if c.key == Columns(register).get(key).key)
    if own is None:
        raise ContrathequeError(app.texts("own.unread"))
    said = wording.value(column, own.value, Wording(app.texts))
    stem = register.contract(ref).stem
    console().print(app.texts(f"own_column.{what}", contract=stem, words=column.words, value=said), soft_wrap=True)
