"""`contratheque obligations`: what each party owes, when, in which state; what was done about it; the legal rules."""

from __future__ import annotations

import getpass
from datetime import date, timedelta
from typing import Any

import click
from rich import box
from rich.table import Table

from portfolio.events import Undated
from portfolio.obligations.book import Listed, ObligationBook, Occurrence
from portfolio.obligations.log import Entry, HandedOver
from portfolio.register.records import Filters, Side
from portfolio.schema import Obligation
from portfolio.values import DueRule, Duration, Every, FromEvent, OnDate
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json

_DAYS = ["%Y-%m-%d", "%d/%m/%Y"]
_day = click.DateTime(_DAYS)
_who = click.option("--who", help="The person who says so (default: the user of this computer).")
_as_of = click.option("--as-of", type=_day, help="The day on which one stands (default: today).")


@click.group("obligations", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """What each party owes besides delivering and paying; without a command, the list of the next 90 days."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@command.command("list")
@click.argument("refs", nargs=-1)
@_as_of
@click.option("--days", default=90, show_default=True, type=click.IntRange(0, 36_600), help="How far ahead.")
@click.option("--back", default=30, show_default=True, type=click.IntRange(0, 36_600), help="How far back.")
@click.option("--side", type=click.Choice(["us", "them"]), help="Only what we, or they, owe.")
@click.option("--state", type=click.Choice(["to_do", "late", "done", "waived"]), help="Only those in a state.")
@click.option("--undated", is_flag=True, help="Also what waits for an event or a date.")
@click.option("--why", is_flag=True, help="The rule and the arithmetic of each day.")
@json_option
@click.pass_obj
def list_(
    app: App,
    refs: tuple[str, ...] = (),
    as_of: Any = None,
    days: int = 90,
    back: int = 30,
    side: Side | None = None,
    state: str | None = None,
    undated: bool = False,
    why: bool = False,
    as_json: bool = False,
) -> None:
    """What falls due in the days ahead (of REFS, or of the whole portfolio), and what is late."""
    day = _date(as_of)
    with app.register() as register:
        ids = tuple(register.contract(ref).id for ref in refs)
        listed = ObligationBook(register).list(
            day, day - timedelta(days=back), day + timedelta(days=days), Filters(ids=ids)
        )
    wanted = tuple(
        o
        for o in listed.occurrences
        if side in (None, o.event.side)
        and (o.state == state if state else o.event.on >= day or o.state in ("late", "to_do"))
    )
    waiting = tuple((stem, u) for stem, u in listed.undated if undated and side in (None, u.side))
    if as_json:
        _print_json(app, Listed(wanted, waiting))
    else:
        _print(app, Listed(wanted, waiting), why)


@command.command("done")
@click.argument("handle")
@click.option("--document", help="What was handed over, in a few words or the file's name.")
@click.option("--dated", type=_day, help="The document's own date.")
@click.option("--valid-until", type=_day, help="The last day on which it is valid, where it says so.")
@click.option("--note", help="A few words.")
@_who
@_as_of
@json_option
@click.pass_obj
def done(
    app: App, handle: str, document: str | None, dated: Any, valid_until: Any, note: str | None, who: str | None,
    as_of: Any, as_json: bool,
) -> None:  # fmt: skip
    """The obligation HANDLE was done, with the document that was handed over where there is one."""
    if document is None and (dated or valid_until):
        raise click.UsageError("Name the document that was handed over: --document « attestation URSSAF ».")
    handed = HandedOver(document, _known(dated), _known(valid_until)) if document else None
    with app.register() as register:
        entry, wrong = ObligationBook(register).done(handle, who or getpass.getuser(), _date(as_of), handed, note)
    say = Wording(app.texts)
    if as_json:
        print_json({**_entry(entry), "warning": wrong.say(say) if wrong else None})
        return
    out = console()
    until = entry.handed.valid_until if entry.handed else None
    said = app.texts("obligations.done_valid", until=say.date(until)) if until else app.texts("obligations.was_done")
    out.print(f"{said} {app.texts('obligations.take_back', id=entry.id)}")
    if wrong is not None:
        out.print(app.texts("obligations.warning", wrong=wrong.say(say)))


@command.command("waive")
@click.argument("handle")
@click.argument("reason")
@_who
@_as_of
@json_option
@click.pass_obj
def waive(app: App, handle: str, reason: str, who: str | None, as_of: Any, as_json: bool) -> None:
    """The obligation HANDLE need not be done this time, for a REASON."""
    with app.register() as register:
        entry = ObligationBook(register).waive(handle, who or getpass.getuser(), reason, _date(as_of))
    _acted(app, entry, "obligations.was_waived", as_json)


@command.command("undo")
@click.argument("number", type=int)
@_who
@json_option
@click.pass_obj
def undo(app: App, number: int, who: str | None, as_json: bool) -> None:
    """Take back what was said as line NUMBER of the history."""
    with app.register() as register:
        entry = ObligationBook(register).undo(number, who or getpass.getuser())
    _acted(app, entry, "obligations.was_undone", as_json)


@command.command("history")
@click.argument("ref")
@json_option
@click.pass_obj
def history(app: App, ref: str, as_json: bool) -> None:
    """What was done about the obligations of the contract REF."""
    with app.register() as register:
        entries = ObligationBook(register).history(ref)
    if as_json:
        print_json([_entry(entry) for entry in entries])
        return
    out, say = console(), Wording(app.texts)
    for entry in entries:
        what = app.texts.name("obligation_action", entry.action)
        about = entry.handed.document if entry.handed else entry.reason or ""
        out.print(f"{entry.id} · {entry.at:%Y-%m-%d %H:%M} · {entry.who} · {what} · {say.date(entry.on)} · {about}")


@command.command("add")
@click.argument("ref")
@click.argument("action")
@click.option("--debtor", help="The party that owes it, as the contract names it.")
@click.option("--document", help="The document to be handed over.")
@click.option("--on", "on_day", type=_day, help="Due on a day.")
@click.option("--every", metavar="P6M", help="Due on a rhythm: P1M, P3M, P6M, P1Y…")
@click.option("--month-day", metavar="MM-DD", help="With --every: the day of the year.")
@click.option("--event", help="Due at an event of the contract: « fin du contrat ».")
@click.option("--offset", metavar="P15D", help="With --event: how long after it; -P15D: before.")
@_who
@json_option
@click.pass_obj
def add(
    app: App, ref: str, action: str, debtor: str | None, document: str | None, on_day: Any, every: str | None,
    month_day: str | None, event: str | None, offset: str | None, who: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Add an obligation to the contract REF: ACTION says what has to be done."""
    if sum(map(bool, (on_day, every, event))) > 1:
        raise click.UsageError("An obligation is due on a day, on a rhythm or at an event: give one of them.")
    person = who or getpass.getuser()
    quote = app.texts("obligations.added_quote", who=person)
    due = _due(on_day, every, month_day, event, offset)
    obligation = Obligation(debtor=debtor, action=action, document=document, due=due, quote=quote)
    with app.register() as register:
        register.add(ref, "obligations", obligation, person)
    if as_json:
        print_json(obligation.model_dump(mode="json"))
    else:
        console().print(app.texts("obligations.was_added", what=Wording(app.texts).obligation(obligation)))


@command.command("rules")
@click.option("--on", "switch_on", metavar="RULE", help="Switch a rule on.")
@click.option("--off", "switch_off", metavar="RULE", help="Switch a rule off.")
@_who
@json_option
@click.pass_obj
def rules(app: App, switch_on: str | None, switch_off: str | None, who: str | None, as_json: bool) -> None:
    """The obligations that the law sets where contracts are silent; switch them on and off."""
    with app.register() as register:
        book = ObligationBook(register)
        for rule, enabled in ((switch_on, True), (switch_off, False)):
            if rule:
                book.switch(rule, enabled, who or getpass.getuser())
        found = book.rules()
    say = Wording(app.texts)
    if as_json:
        print_json(
            [{"id": r.id, "name": r.name.say(say), "reference": r.reference, "enabled": r.enabled} for r in found]
        )
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in ("rule", "what", "reference", "state"):
        table.add_column(app.texts(f"obligations.{name}"), overflow="fold")
    for rule_ in found:
        state = app.texts("obligations.on" if rule_.enabled else "obligations.off")
        table.add_row(rule_.id, rule_.name.say(say), rule_.reference, state)
    console().print(table)


def _due(
    on_day: Any, every: str | None, month_day: str | None, event: str | None, offset: str | None
) -> DueRule | None:
    if on_day:
        return OnDate(date=on_day.date())
    if every:
        return Every(every=Duration.parse(every), month_day=month_day)
    if event:
        return FromEvent(event=event, offset=Duration.parse(offset or "P0D"))
    return None


def _print(app: App, listed: Listed, why: bool) -> None:
    out, say, texts = console(), Wording(app.texts), app.texts
    if not listed.occurrences:
        out.print(texts("obligations.none"))
    else:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for name in ("date", "state", "handle"):
            table.add_column(texts(f"obligations.{name}"), no_wrap=True)
        for name, share in (("contract", 3), ("what", 6), ("debtor", 3)):
            table.add_column(texts(f"obligations.{name}"), overflow="fold", ratio=share)
        for o in listed.occurrences:
            what = o.event.what.say(say) + (f" ({texts('obligations.unsure')})" if o.event.unsure else "")
            lines = [what, *((f"· {step.say(say)}" for step in o.event.steps) if why else ())]
            state = texts(f"obligation_state.{o.state}")
            table.add_row(say.date(o.event.on), state, o.handle, o.stem, "\n".join(lines), o.event.debtor or "")
        out.print(table)
    for stem, waiting in listed.undated:
        out.print(f"{stem} : {waiting.what.say(say)} — {texts('obligations.missing')} {waiting.missing.say(say)}")


def _print_json(app: App, listed: Listed) -> None:
    say = Wording(app.texts)
    print_json(
        {
            "obligations": [_occurrence(o, say) for o in listed.occurrences],
            "undated": [_undated(stem, waiting, say) for stem, waiting in listed.undated],
        }
    )


def _occurrence(o: Occurrence, say: Wording) -> dict[str, Any]:
    return {
        "handle": o.handle,
        "key": o.event.key,
        "date": o.event.on.isoformat(),
        "state": o.state,
        "contract": o.stem,
        "what": o.event.what.say(say),
        "debtor": o.event.debtor,
        "side": o.event.side,
        "unsure": o.event.unsure,
        "document": o.document.name.say(say) if o.document else None,
        "law": o.law,
        "basis": " ".join(step.say(say) for step in o.event.steps),
        "entry": _entry(o.entry) if o.entry else None,
    }


def _undated(stem: str, waiting: Undated, say: Wording) -> dict[str, Any]:
    return {
        "key": waiting.key,
        "contract": stem,
        "what": waiting.what.say(say),
        "debtor": waiting.debtor,
        "side": waiting.side,
        "missing": waiting.missing.say(say),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    handed = entry.handed
    return {
        "id": entry.id,
        "action": entry.action,
        "date": entry.on.isoformat(),
        "who": entry.who,
        "at": entry.at.isoformat(),
        "reason": entry.reason,
        "document": handed.document if handed else None,
        "dated": handed.dated.isoformat() if handed and handed.dated else None,
        "valid_until": handed.valid_until.isoformat() if handed and handed.valid_until else None,
        "undoes": entry.undoes,
    }


def _acted(app: App, entry: Entry, key: str, as_json: bool) -> None:
    if as_json:
        print_json(_entry(entry))
    else:
        console().print(f"{app.texts(key)} {app.texts('obligations.take_back', id=entry.id)}")


def _date(value: Any) -> date:
    return value.date() if value else date.today()


def _known(value: Any) -> date | None:
    return value.date() if value else None
