"""`contratheque`: the command line. Commands are imported only when they are called, so that each starts at once."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click
from sqlalchemy.exc import DatabaseError

from portfolio.errors import ContrathequeError
from ui.cli.app import App
from vectorstore.records import PassagesError

COMMANDS: dict[str, tuple[str, str]] = {
    "ingest": ("ui.cli.ingest", "Read files, folders, mails and archives into the portfolio."),
    "import": ("ui.cli.import_", "Take in documents with their records as a person's confirmed values."),
    "list": ("ui.cli.list", "The portfolio, a line a contract."),
    "show": ("ui.cli.show", "One contract with the words that prove each value."),
    "deadlines": ("ui.cli.deadlines", "What falls due in the days ahead, and where each contract stands."),
    "tell": ("ui.cli.tell", "The day of an event, a notice, an end or a renewal that no document tells."),
    "obligations": ("ui.cli.obligations", "What each party owes, when, in which state; legal rules."),
    "revision": ("ui.cli.revision", "What a contract's price is on a day, each step shown."),
    "indices": ("ui.cli.indices", "Values of indices that prices are revised by."),
    "report": ("ui.cli.report", "Commitments by year, what falls due by month, with amounts."),
    "ask": ("ui.cli.ask", "A question on the portfolio, answered with its proof."),
    "column": ("ui.cli.column", "Your own questions as columns, read for the whole portfolio."),
    "sessions": ("ui.cli.sessions", "Conversations: search them, judge answers, see what waits for a yes."),
    "alerts": ("ui.cli.alerts", "Deadlines that want a look before their day; confirm, snooze, assign, close."),
    "remind": ("ui.cli.remind", "What people and programs are told today; sends it with --send."),
    "hooks": ("ui.cli.hooks", "Programs told of what happens: add, deliveries, replay."),
    "calendar": ("ui.cli.calendar", "Private addresses of calendars: make one, take it back."),
    "relance": ("ui.cli.relance", "Requests to suppliers for documents that they owe: approve, refuse, stop."),
    "watch": ("ui.cli.watch", "Take in what arrives in watched folders and mailboxes."),
    "worker": ("ui.cli.worker", "Do each day's work, send what is due, make vectors, until it is stopped."),
    "search": ("ui.cli.search", "Passages that speak of something, by words and by meaning."),
    "export": ("ui.cli.export", "The portfolio for other programs: JSON, Excel, CSV, Parquet, calendar."),
    "import-changes": ("ui.cli.import_changes", "Take an exported workbook back with the corrections made in it."),
    "decp": ("ui.cli.decp", "Public contracts as French open data, with what is missing in each."),
    "odoo": ("ui.cli.odoo", "Partners, contracts and deadlines in Odoo, by a mapping of fields."),
    "letter": ("ui.cli.letter", "Draft the letter that gives notice of a contract."),
    "bi": ("ui.cli.bi", "The views that reporting tools read: refresh them, let a role read them."),
    "reindex": ("ui.cli.reindex", "Rebuild the passages and their vectors, or catch up with what is owed."),
    "reread": ("ui.cli.reread", "Read registered contracts again, with a language model or by batch."),
    "config": ("ui.cli.config", "The settings of the language model."),
    "usage": ("ui.cli.usage", "What language models were asked, where, and what it cost."),
    "doctor": ("ui.cli.doctor", "What is there, what is owed, what is wrong."),
    "eval": ("ui.cli.evaluate", "Score a reader against labelled contracts."),
    "web": ("ui.cli.web", "Serve the web application."),
    "api": ("ui.cli.api", "Serve the API for other programs."),
    "api-key": ("ui.cli.api_key", "Keys by which programs come in: make, list, revoke."),
    "users": ("ui.cli.users", "Accounts, roles and rights."),
}
"""Name of a command: the module that holds `command`, and its line in the help."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="Data folder (CONTRATHEQUE_HOME).")
@click.option("--lang", type=click.Choice(["fr", "en"]), help="Language of what is shown (CONTRATHEQUE_LANG).")
@click.version_option(package_name="contratheque")
@click.pass_context
def group(ctx: click.Context, home: Path | None, lang: str | None) -> None:
    """Contrathèque: reads contracts, proves every value, keeps the portfolio."""
    ctx.obj = App.from_environment(home, lang)


def main() -> None:
    """Runs a command; an expected error is one line on stderr and exit code 1, wrong usage is exit code 2."""
    try:
        code = group.main(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        click.echo("", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (ContrathequeError, PassagesError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except (OSError, DatabaseError) as error:
        what = getattr(error, "orig", None) or error
        click.echo(f"The data folder cannot be used ({what}); free some space or check its rights.", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
