"""`contratheque ask`: a question on the portfolio, answered with its proof."""

from __future__ import annotations

from typing import Any

import click
from rich import box
from rich.table import Table

from agent.chat.answer import Answer
from agent.chat.chat import Chat
from agent.chat.sessions import Sessions
from ui.cli.app import App, console, json_option, print_json

_LONGEST = 160
"""Characters of a quote that are shown."""


@click.command("ask")
@click.argument("question")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to answer for (today unless told).")
@click.option("--session", metavar="ID", help="A conversation of this name: the question may refer to the one before.")
@json_option
@click.pass_obj
def command(app: App, question: str, as_of: Any, session: str | None, as_json: bool) -> None:
    """Answer QUESTION, in French or English, from the contracts and with the words that prove it."""
    sessions = Sessions(app.settings.home)
    with app.register() as register, app.passages() as passages:
        chat = Chat(register, passages, as_of.date() if as_of else None)
        answer = chat.ask(question, sessions.last(session) if session else None)
    if session:
        sessions.keep(session, answer.plan)
    if as_json:
        print_json(answer.to_json())
    else:
        _print(app, answer)


def _print(app: App, answer: Answer) -> None:
    out = console()
    out.print(answer.text, style="bold", soft_wrap=True)
    if len(answer.finding.rows) > 1:
        out.print(_table(app, answer))
    for step in answer.steps:
        out.print(f"  {step}", style="dim", soft_wrap=True)
    if answer.citations:
        out.print(app.texts("ask.citations"), style="dim")
    for citation in answer.citations:
        quote = " ".join(citation.quote.split())
        shown = quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rstrip()}…"
        page = app.texts("show.page", page=citation.page)
        out.print(f"  {citation.contract} · {citation.document} · {page} · « {shown} »", soft_wrap=True)
    if answer.filters:
        out.print(app.texts("ask.understood", filters=" · ".join(answer.filters)), style="dim", soft_wrap=True)


def _table(app: App, answer: Answer) -> Table:
    keys = list(dict.fromkeys(key for row in answer.finding.rows for key in row))
    table = Table(box=box.SIMPLE_HEAD)
    for key in keys:
        table.add_column(app.texts.name("ask_column", key))
    for row in answer.finding.rows:
        table.add_row(*("" if row.get(key) is None else str(row[key]) for key in keys))
    return table
