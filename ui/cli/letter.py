"""`contratheque letter`: the letter that gives notice, drafted for a person to complete, sign and send."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from portfolio.words.texts import LANGUAGES
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json
from ui.texts import Texts


@click.command("letter")
@click.argument("ref")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Where to (default: REF.docx).")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day of the letter (default: today).")
@click.option("--article", help="Number of the article that the notice relies on, where you know it.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the letter (default: that of the commands).")
@json_option
@click.pass_obj
def command(
    app: App,
    ref: str,
    output: Path | None,
    as_of: datetime | None,
    article: str | None,
    lang: str | None,
    as_json: bool,
) -> None:
    """Drafts the notice that stops the next renewal of REF as a Word document. Nothing is sent."""
    from portfolio.exports import docx, files
    from portfolio.exports.letter import notice_letter

    say = Wording(Texts(lang) if lang else app.texts)
    with app.register() as register:
        letter = notice_letter(register, ref, as_of.date() if as_of else date.today(), say, article=article)
        stem = register.contract(letter.contract).stem
    path = output or Path(f"{stem}.docx")
    files.write(path, docx.render(letter, say))
    here = Wording(app.texts)
    if as_json:
        print_json(
            {
                "path": str(path),
                "contract": stem,
                "end": letter.end.isoformat(),
                "last_day": letter.last_day.isoformat() if letter.last_day else None,
                "unsure": letter.unsure,
            }
        )
        return
    out = console()
    out.print(app.texts("letter_command.done", path=path, end=here.date(letter.end)), soft_wrap=True)
    for warning in letter.warnings:
        out.print(f"- {warning.say(here)}", soft_wrap=True)
