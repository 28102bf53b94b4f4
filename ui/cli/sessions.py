"""`contratheque sessions`: the conversations that were had, what was thought of the answers, what waits for a yes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import click

from agent.chat.talk import Thumb
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json
from ui.cli.asking import change_line, desk, person, talk

_who = click.option("--who", help="Whose conversations (default: the user of this computer).")


@click.group("sessions")
def command() -> None:
    """Conversations: search them, judge answers, see what waits for a yes."""


@command.command("search")
@click.argument("words", nargs=-1)
@click.option("--session", help="Only in this session.")
@_who
@json_option
@click.pass_obj
def search(app: App, words: tuple[str, ...], session: str | None, who: str | None, as_json: bool) -> None:
    """The turns in which all WORDS occur, newest first."""
    with talk(app) as store:
        turns = store.search(" ".join(words), person(who), session)
    if as_json:
        print_json(
            [
                {"turn": t.id, "session": t.session, "at": t.at.isoformat(), "question": t.question,
                 "answer": t.answer["answer"], "thumb": t.thumb, "comment": t.comment}
                for t in turns
            ]
        )  # fmt: skip
        return
    for turn in turns:
        console().print(f"{turn.id} · {turn.session} · {turn.at:%Y-%m-%d %H:%M} · {turn.question}", soft_wrap=True)
        console().print(f"    {turn.answer['answer']}", soft_wrap=True)


@command.command("judge")
@click.argument("turn", type=int)
@click.argument("thumb", type=click.Choice(get_args(Thumb)))
@click.option("--comment", help="A few words.")
@_who
@click.pass_obj
def judge(app: App, turn: int, thumb: Thumb, comment: str | None, who: str | None) -> None:
    """An answer was right (up) or not (down)."""
    with talk(app) as store:
        store.judge(turn, person(who), thumb, comment)


@command.command("export")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def export(app: App, output: Path) -> None:
    """Judged answers as the entries of a question file."""
    with talk(app) as store:
        entries = store.judged()
    output.write_text(json.dumps(entries, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    console().print(app.texts("ask.exported", count=len(entries), path=output), soft_wrap=True)


@command.command("proposals")
@json_option
@click.pass_obj
def proposals(app: App, as_json: bool) -> None:
    """What was proposed and waits for a person's yes or no."""
    say = Wording(app.texts)
    with desk(app) as waiting_at:
        rows: list[dict[str, Any]] = [
            {
                "id": p.id,
                "action": p.kind,
                "asked_by": p.asked_by,
                "question": p.question,
                "changes": [
                    {"what": c.what.say(say), "before": c.before, "after": c.after} for c in waiting_at.changes(p)
                ],
            }
            for p in waiting_at.waiting()
        ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        console().print(f"{row['id']} · {row['asked_by']} · {row['question']}", soft_wrap=True)
        for change in row["changes"]:
            console().print(f"    {change_line(app, change)}", soft_wrap=True)
