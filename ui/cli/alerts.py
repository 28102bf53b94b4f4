"""`contratheque alerts`: what is to be looked at, what a person says about it, the daily run, lead times."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import click
from rich import box
from rich.table import Table

from portfolio.alerts.book import AlertBook
from portfolio.alerts.clock import today as now
from portfolio.alerts.records import Alert, AlertEntry, AlertFilters, AlertState, Raise, RunReport
from portfolio.events import EventKind
from portfolio.obligations.log import HandedOver
from portfolio.register.records import Side
from portfolio.schema import ContractType
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_day = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])
_who = click.option("--who", help="The person who says so (default: the user of this computer).")
_as_of = click.option("--as-of", type=_day, help="The day on which one stands (default: today, in France).")
_ids = click.argument("ids", nargs=-1, required=True, type=int)


@click.group("alerts", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Deadlines that want a look before their day; without a command, those that are open."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@command.command("list")
@click.argument("refs", nargs=-1)
@click.option("--state", "states", multiple=True, type=click.Choice(get_args(AlertState)), help="Only in a state.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(get_args(EventKind)), help="Only events of a kind.")
@click.option("--assignee", help="Only those of a person.")
@click.option("--side", type=click.Choice(get_args(Side)), help="Only what we, or they, have to do.")
@click.option("--until", type=_day, help="Only those that fall due by then.")
@click.option("--why", is_flag=True, help="The facts, the rule and the arithmetic of each day.")
@json_option
@click.pass_obj
def list_(
    app: App,
    refs: tuple[str, ...] = (),
    states: tuple[AlertState, ...] = (),
    kinds: tuple[EventKind, ...] = (),
    assignee: str | None = None,
    side: Side | None = None,
    until: Any = None,
    why: bool = False,
    as_json: bool = False,
) -> None:
    """The open alerts (of REFS, or of the whole portfolio), by day."""
    with app.register() as register:
        found = [register.contract(ref) for ref in refs]
        contracts = tuple(c.link.base or c.id for c in found)
        last = until.date() if until else None
        alerts = AlertBook(register).alerts(AlertFilters(states, kinds, contracts, assignee, side, last))
    if as_json:
        print_json([_json(alert, Wording(app.texts)) for alert in alerts])
    elif not alerts:
        console().print(app.texts("alerts.none"))
    else:
        _table(app, alerts, why)


@command.command("run")
@_as_of
@json_option
@click.pass_obj
def run(app: App, as_of: Any, as_json: bool) -> None:
    """The daily run: proposes, moves and raises alerts. Safe to run twice, and after days without."""
    with app.register() as register:
        report = AlertBook(register).run(_today(as_of))
    if as_json:
        print_json(_report(report, Wording(app.texts)))
    else:
        _print_report(app, report)


@command.command("confirm")
@_ids
@_who
@_as_of
@json_option
@click.pass_obj
def confirm(app: App, ids: tuple[int, ...], who: str | None, as_of: Any, as_json: bool) -> None:
    """The event and its day are right."""
    _act(app, ids, as_json, lambda book, id_: book.confirm(id_, _person(who), _today(as_of)))


@command.command("snooze")
@click.argument("ids", nargs=-1, required=True, type=int)
@click.option("--until", required=True, type=_day, help="The day on which it is told again.")
@_who
@_as_of
@json_option
@click.pass_obj
def snooze(app: App, ids: tuple[int, ...], until: Any, who: str | None, as_of: Any, as_json: bool) -> None:
    """Not before a day, which is at the latest the one it falls due on."""
    _act(app, ids, as_json, lambda book, id_: book.snooze(id_, until.date(), _person(who), _today(as_of)))


@command.command("assign")
@_ids
@click.option("--to", help="Who looks after it; nobody any more where this is left out.")
@_who
@_as_of
@json_option
@click.pass_obj
def assign(app: App, ids: tuple[int, ...], to: str | None, who: str | None, as_of: Any, as_json: bool) -> None:
    """Somebody looks after it."""
    _act(app, ids, as_json, lambda book, id_: book.assign(id_, to, _person(who), _today(as_of)))


@command.command("done")
@_ids
@click.option("--note", help="A few words.")
@click.option("--document", help="Of an obligation: what was handed over.")
@click.option("--dated", type=_day, help="The document's own date.")
@click.option("--valid-until", type=_day, help="The last day on which it is valid.")
@_who
@_as_of
@json_option
@click.pass_obj
def done(
    app: App, ids: tuple[int, ...], note: str | None, document: str | None, dated: Any, valid_until: Any,
    who: str | None, as_of: Any, as_json: bool,
) -> None:  # fmt: skip
    """What it asked for is done."""
    if document is None and (dated or valid_until):
        raise click.UsageError("Name the document that was handed over: --document « attestation URSSAF ».")
    days = [value.date() if value else None for value in (dated, valid_until)]
    handed = HandedOver(document, *days) if document else None
    _act(app, ids, as_json, lambda book, id_: book.done(id_, _person(who), _today(as_of), note, handed))


@command.command("dismiss")
@_ids
@click.option("--reason", required=True, help="Why nothing has to be done.")
@_who
@_as_of
@json_option
@click.pass_obj
def dismiss(app: App, ids: tuple[int, ...], reason: str, who: str | None, as_of: Any, as_json: bool) -> None:
    """It is of no use; if its day moves, it comes back."""
    _act(app, ids, as_json, lambda book, id_: book.dismiss(id_, reason, _person(who), _today(as_of)))


@command.command("undo")
@click.argument("numbers", nargs=-1, required=True, type=int)
@_who
@_as_of
@json_option
@click.pass_obj
def undo(app: App, numbers: tuple[int, ...], who: str | None, as_of: Any, as_json: bool) -> None:
    """Take back what was said, by its number in the history."""
    _act(app, numbers, as_json, lambda book, number: book.undo(number, _person(who), _today(as_of)))


@command.command("history")
@click.argument("number", type=int)
@json_option
@click.pass_obj
def history(app: App, number: int, as_json: bool) -> None:
    """What happened to an alert."""
    with app.register() as register:
        entries = AlertBook(register).history(number)
    if as_json:
        print_json([_line(entry) for entry in entries])
        return
    out = console()
    for entry in entries:
        what = app.texts.name("alert_action", entry.action)
        out.print(f"{entry.id} · {entry.at:%Y-%m-%d %H:%M} · {entry.who} · {what} · {entry.reason or ''}".rstrip(" ·"))


@command.command("leads")
@click.option("--kind", type=click.Choice(get_args(EventKind)), help="The kind of event to set.")
@click.option("--days", help="Days before it, like 180,90,30; « none » silences, « default » goes back.")
@click.option("--contract", metavar="REF", help="For one contract.")
@click.option("--type", "contract_type", type=click.Choice(get_args(ContractType)), help="For a type of contract.")
@_who
@json_option
@click.pass_obj
def lead_times(
    app: App, kind: EventKind | None, days: str | None, contract: str | None, contract_type: ContractType | None,
    who: str | None, as_json: bool,
) -> None:  # fmt: skip
    """How many days before an event its alert is told; set others with --kind and --days."""
    if (kind is None) != (days is None):
        raise click.UsageError("Give --kind and --days together, or neither to see the lead times.")
    with app.register() as register:
        book = AlertBook(register)
        if kind is not None and days is not None:
            book.set_lead_times(kind, _numbers(days), _person(who), contract, contract_type)
        found = book.lead_times()
        chosen = register.contract(contract) if contract else None
    id_ = (chosen.link.base or chosen.id) if chosen else ""
    rows = {each: found.of(each, id_, contract_type) for each in get_args(EventKind)}
    if as_json:
        print_json({each: list(numbers) for each, numbers in rows.items()})
        return
    out = console()
    for each, numbers in rows.items():
        said = ", ".join(map(str, numbers)) or app.texts("alerts.silent")
        out.print(f"{app.texts(f'event_kind.{each}')} : {said}")


def _numbers(days: str) -> list[int] | None:
    if days == "default":
        return None
    try:
        return [] if days == "none" else [int(day) for day in days.split(",")]
    except ValueError:
        raise click.UsageError("--days is a list of numbers like 180,90,30, or « none », or « default ».") from None


def _act(app: App, ids: tuple[int, ...], as_json: bool, action: Callable[[AlertBook, int], Alert]) -> None:
    with app.register() as register:
        book = AlertBook(register)
        alerts = tuple(action(book, id_) for id_ in ids)
        lines = [book.history(alert.id)[-1].id for alert in alerts]
    say = Wording(app.texts)
    if as_json:
        print_json([{**_json(alert, say), "action": line} for alert, line in zip(alerts, lines, strict=True)])
        return
    for alert, line in zip(alerts, lines, strict=True):
        state = _state(app, say, alert)
        back = app.texts("alerts.take_back", id=line)
        console().print(f"{alert.id} · {say.date(alert.on)} · {alert.what.say(say)} · {state} {back}")


def _table(app: App, alerts: tuple[Alert, ...], why: bool) -> None:
    say, texts = Wording(app.texts), app.texts
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("id", "date", "state"):
        table.add_column(texts(f"alerts.{name}"), no_wrap=True)
    for name, share in (("contract", 3), ("what", 6), ("who", 3)):
        table.add_column(texts(f"alerts.{name}"), overflow="fold", ratio=share)
    for alert in alerts:
        lines = [f"{texts(f'event_kind.{alert.kind}')} : {alert.what.say(say)}"]
        lines += [texts("alerts.verify")] if alert.to_verify else []
        lines += [texts("alerts.escalated")] if alert.escalated else []
        lines += [alert.moved.say(say)] if alert.moved else []
        lines += [f"· {step.say(say)}" for step in alert.steps] if why else []
        who = alert.assignee or alert.debtor or (texts.name("side", alert.side) if alert.side else "")
        table.add_row(str(alert.id), say.date(alert.on), _state(app, say, alert), alert.stem, "\n".join(lines), who)
    console().print(table)


def _state(app: App, say: Wording, alert: Alert) -> str:
    until = f" {say.date(alert.snoozed_until)}" if alert.snoozed_until else ""
    return app.texts(f"alert_state.{alert.state}") + until


def _print_report(app: App, report: RunReport) -> None:
    out, say, texts = console(), Wording(app.texts), app.texts
    for raised in report.raised:
        left = texts("alerts.left", days=raised.days) if raised.days >= 0 else texts("alerts.ago", days=-raised.days)
        verify = f" ({texts('alerts.verify')})" if raised.alert.to_verify else ""
        reason = texts(f"raise_reason.{raised.reason}")
        line = f"{say.date(raised.alert.on)} · {left} · {raised.alert.stem} · {raised.alert.what.say(say)}{verify}"
        out.print(f"{line} · {reason}", soft_wrap=True)
    out.print(
        texts(
            "alerts.ran", day=say.date(report.day), contracts=report.contracts, raised=len(report.raised),
            moved=report.moved, gone=report.gone, past=report.past,
        )
    )  # fmt: skip
    if report.skipped_days:
        out.print(texts("alerts.caught_up", days=report.skipped_days))


def _json(alert: Alert, say: Wording) -> dict[str, Any]:
    return {
        "id": alert.id,
        "event": alert.event,
        "kind": alert.kind,
        "contract": alert.stem,
        "title": alert.title,
        "date": alert.on.isoformat(),
        "what": alert.what.say(say),
        "state": alert.state,
        "to_verify": alert.to_verify,
        "snoozed_until": _iso(alert.snoozed_until),
        "assignee": alert.assignee,
        "reason": alert.reason,
        "moved": alert.moved.say(say) if alert.moved else None,
        "debtor": alert.debtor,
        "side": alert.side,
        "raised_on": _iso(alert.raised_on),
        "escalated": alert.escalated,
        "basis": " ".join(step.say(say) for step in alert.steps),
    }


def _report(report: RunReport, say: Wording) -> dict[str, Any]:
    return {
        "day": report.day.isoformat(),
        "contracts": report.contracts,
        "raised": [_raise(raised, say) for raised in report.raised],
        "moved": report.moved,
        "gone": report.gone,
        "past": report.past,
        "skipped_days": report.skipped_days,
    }


def _raise(raised: Raise, say: Wording) -> dict[str, Any]:
    return {"id": raised.id, "reason": raised.reason, "days": raised.days, "alert": _json(raised.alert, say)}


def _line(entry: AlertEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "at": entry.at.isoformat(),
        "who": entry.who,
        "action": entry.action,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
        "undoable": entry.undoable,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _person(who: str | None) -> str:
    return who or getpass.getuser()


def _today(as_of: Any) -> date:
    return as_of.date() if as_of else now()
