"""`contratheque usage`: what language models were asked, where, and what it cost."""

from __future__ import annotations

from dataclasses import asdict

import click

from agent.model.settings import load
from agent.model.store import Call, ModelStore
from ui.cli.app import App, console, json_option, print_json
from ui.cli.model import usage_line


@click.command("usage")
@click.argument("ref", required=False)
@click.option("--last", default=20, show_default=True, type=click.IntRange(0), help="Requests listed, newest first.")
@json_option
@click.pass_obj
def command(app: App, ref: str | None, last: int, as_json: bool) -> None:
    """Tokens, money and time in total (of the contract REF: about it), and the log of what was sent where."""
    settings = load(app.settings.home)
    subjects: tuple[str, ...] = ()
    if ref is not None:
        with app.register() as register:
            subjects = tuple(document.sha256 for document in register.contract(ref).documents)
    store = ModelStore(app.settings.home, app.settings.database_url)
    try:
        usage = store.usage(subjects=subjects)
        calls = [call for call in store.sent(None if subjects else last) if not subjects or call.subject in subjects]
        spent = store.spent()
    finally:
        store.close()
    if as_json:
        listed = [asdict(call) | {"at": call.at.isoformat()} for call in calls[:last]]
        print_json({"total": asdict(usage), "this_month": spent, "currency": settings.currency, "calls": listed})
        return
    out = console()
    for call in calls[:last]:
        out.print(_line(call), soft_wrap=True)
    out.print(usage_line(app, "total", usage, settings) if usage.calls else app.texts("model.sent_nothing"))
    if settings.spending_limit is not None:
        limit = {"spent": spent, "limit": settings.spending_limit, "currency": settings.currency}
        out.print(app.texts("model.limit", **limit))


def _line(call: Call) -> str:
    by = call.answered_by if call.answered_by and not call.answered_by.startswith(call.model) else ""
    model = f"{call.model}{f' ({by})' if by else ''}"
    return (
        f"{call.at:%Y-%m-%d %H:%M:%S} {call.host} {model} {call.subject[:12]} {call.prompt} "
        f"{call.sent}→{call.received} {call.seconds:.1f} s {call.outcome}"
    )
