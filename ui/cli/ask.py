"""`contratheque ask`: a question on the portfolio, answered with its proof."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click
from rich import box
from rich.table import Table

from agent.chat.answer import Answer
from agent.chat.plan import QueryPlan
from agent.chat.proposing import proposed
from ui.cli.app import App, console, json_option, print_json
from ui.cli.asking import change_line, desk, opened, person, talk

if TYPE_CHECKING:
    from agent.chat.actions import ActionDesk
    from agent.chat.chat import Chat

_LONGEST = 160
"""Characters of a quote that are shown."""


@click.command("ask")
@click.argument("question", required=False)
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to answer for (today unless told).")
@click.option("--session", metavar="ID", help="A conversation of this name: the question may refer to the one before.")
@click.option("--confirm", metavar="ACTION_ID", help="Do what an answer proposed: this is the person's yes.")
@click.option("--refuse", metavar="ACTION_ID", help="Do not do what an answer proposed.")
@click.option("--who", help="The person who asks or decides (default: the user of this computer).")
@click.option("--rules", is_flag=True, help="Ask no language model, even where one is configured.")
@json_option
@click.pass_obj
def command(
    app: App,
    question: str | None,
    as_of: Any,
    session: str | None,
    confirm: str | None,
    refuse: str | None,
    who: str | None,
    rules: bool,
    as_json: bool,
) -> None:
    """Answer QUESTION, in French or English, from the contracts and with the words that prove it."""
    if sum(given is not None for given in (question, confirm, refuse)) != 1:
        raise click.UsageError("Give a QUESTION, or --confirm ACTION_ID, or --refuse ACTION_ID.")
    day = as_of.date() if as_of else None
    if question is None:
        _decide(app, confirm, refuse, person(who), day, as_json)
        return
    with opened(app, day, rules) as (chat, desk_):
        if session is None:
            answer = chat.ask(question)
            content = answer.to_json()
            if answer.pending_action is not None:
                content["pending_action"] |= proposed(desk_, answer, person(who))
        else:
            content, answer = _continued(app, chat, desk_, question, session, person(who))
    if as_json:
        print_json(content)
    else:
        _print(app, answer)
        _print_proposal(app, content["pending_action"])


def _continued(
    app: App, chat: Chat, desk_: ActionDesk, question: str, session: str, who: str
) -> tuple[dict[str, Any], Answer]:
    from agent.chat.graph import Conversation, checkpoints

    with talk(app) as store, checkpoints(app.settings.home, app.settings.database_url) as saver:
        content = Conversation(chat, desk_, store, saver).ask(question, session, who)
    return content, chat.answer(QueryPlan.model_validate(content["plan"]))


def _decide(app: App, confirm: str | None, refuse: str | None, who: str, day: date | None, as_json: bool) -> None:
    with desk(app, day) as deciding:
        if confirm is not None:
            done = deciding.confirm(confirm, who)
            proposal, said = done.proposal, app.texts("ask.done", what=done.text)
            file = str(done.file) if done.file else None
        else:
            proposal, file = deciding.refuse(refuse or "", who), None
            said = app.texts("ask.refused")
    if as_json:
        print_json({"id": proposal.id, "state": proposal.state, "who": who, "outcome": proposal.outcome, "file": file})
        return
    console().print(said, soft_wrap=True)
    if file:
        console().print(file, soft_wrap=True)


def _print_proposal(app: App, action: dict[str, Any] | None) -> None:
    if action is None:
        return
    out = console()
    if action["problem"]:
        out.print(action["problem"], soft_wrap=True)
        return
    for change in action["changes"]:
        out.print(f"  {change_line(app, change)}", soft_wrap=True)
    out.print(app.texts("ask.to_confirm", id=action["id"]), soft_wrap=True)


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
