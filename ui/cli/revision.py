"""`contratheque revision`: what a contract's price is on a day, with every step."""

from __future__ import annotations

import getpass
from datetime import date
from decimal import Decimal
from typing import Any

import click
from rich.console import Console

from portfolio.amendments import terms_in_force
from portfolio.errors import InvalidValue
from portfolio.events import Event
from portfolio.revision import adjust
from portfolio.revision.chain import money
from portfolio.revision.contract import agreement, contract_price
from portfolio.revision.index_csv import decimal
from portfolio.revision.price import RevisedPrice
from portfolio.revision.schedule import next_revision
from portfolio.words.phrases import Phrase
from portfolio.words.values import Wording
from ui.cli.app import App, console, json_option, print_json


class _Number(click.ParamType[Decimal]):
    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            return decimal(str(value))
        except InvalidValue as error:
            self.fail(str(error), param, ctx)


NUMBER = _Number()


@click.command("revision")
@click.argument("ref")
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day (default: today).")
@click.option("--amount", type=NUMBER, help="The price before revision, where the contract has several or none.")
@click.option("--invoiced", type=NUMBER, help="What was invoiced, to be compared.")
@click.option("--set", "pairs", multiple=True, metavar="KEY=VALUE", help="Set a rule of this revision first.")
@click.option("--who", help="Who sets it (default: the user of this computer).")
@json_option
@click.pass_obj
def command(
    app: App,
    ref: str,
    on: Any,
    amount: Decimal | None,
    invoiced: Decimal | None,
    pairs: tuple[str, ...],
    who: str | None,
    as_json: bool,
) -> None:
    """The price of a contract (REF: an id, a reference, or a file's stem) on a day, each step shown.

    Settings: reading=M-3, mois or dernier; rounding="3 up"; base_values.SYMBOL=109,6; base_period=2024-01;
    series.SYMBOL=CODE; cap_percent, cap_of=revision or base, floor_percent, safeguard_percent; first, frequency,
    month_day; formula, basis=base or last; price, price_since. An empty value takes one back.
    """
    day = on.date() if on else date.today()
    out = console()
    with app.register() as register:
        contract = register.contract(ref)
        if pairs:
            given = dict(_pair(pair) for pair in pairs)
            before = agreement(register, contract.id, date.today()).setting
            adjust.save(register, contract.id, adjust.changed(before, given), who or getpass.getuser())
        found = contract_price(register, contract.id, day, amount, invoiced)
        made = agreement(register, contract.id, date.today())
        coming = next_revision(
            terms_in_force(made.base, made.amendments, day), day, last_day=made.last_day, start=made.start,
            setting=made.setting,
        )  # fmt: skip
        stem = register.contract(found.contract).stem
    following = coming if isinstance(coming, Event) else None
    if as_json:
        print_json(_json(app, found, stem, following))
    else:
        if pairs:
            out.print(app.texts("revision_cli.saved", contract=stem))
        _print(app, out, found, stem, following)
    if found.price is None:
        raise click.exceptions.Exit(1)


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise click.BadParameter(f"« {text} » is not KEY=VALUE.", param_hint="--set")
    return key.strip(), value


def _print(app: App, out: Console, found: RevisedPrice, stem: str, following: Event | None) -> None:
    say, texts = Wording(app.texts), app.texts
    out.print(texts("revision_cli.title", contract=stem, day=say.date(found.on)), style="bold", soft_wrap=True)
    for step in found.steps:
        out.print(f"  {step.say(say)}", soft_wrap=True)
    for revision in found.revisions:
        head, *steps = revision.steps
        out.print(f"  {head.say(say)}", soft_wrap=True)
        for step in steps:
            out.print(f"    {step.say(say)}", soft_wrap=True)
    if found.missing:
        out.print(texts("revision_cli.missing"))
        for missing in found.missing:
            out.print(f"  {missing.why.say(say)}", soft_wrap=True)
    out.print(_price(app, found), style="bold", soft_wrap=True)
    if found.refused:
        out.print(texts("revision_cli.because", why=found.refused.say(say)), soft_wrap=True)
    if found.estimate is not None:
        out.print(texts("revision_cli.estimate", price=_money(found, found.estimate).say(say)), soft_wrap=True)
    if found.difference is not None and found.invoiced is not None:
        key = "right" if not found.difference else "above" if found.difference > 0 else "below"
        invoiced, difference = _money(found, found.invoiced).say(say), _money(found, abs(found.difference)).say(say)
        out.print(texts(f"revision_cli.invoiced_{key}", invoiced=invoiced, difference=difference), soft_wrap=True)
    if found.safeguard is not None:
        out.print(found.safeguard.say(say), soft_wrap=True)
    if found.unsure:
        out.print(texts("revision_cli.unsure"), soft_wrap=True)
    if following is not None:
        out.print(texts("revision_cli.next", day=say.date(following.on)), soft_wrap=True)


def _price(app: App, found: RevisedPrice) -> str:
    say, texts = Wording(app.texts), app.texts
    if found.price is None:
        return texts("revision_cli.none")
    said = _money(found, found.price).say(say)
    if found.amount is None:
        return texts("revision_cli.price", price=said)
    tax = texts(f"tax.{found.amount.tax}") if found.amount.tax else ""
    period = texts(f"period.{found.amount.period}") if found.amount.period else ""
    return " ".join(texts("revision_cli.price_taxed", price=said, tax=tax, period=period).rstrip(" ").split("  "))


def _money(found: RevisedPrice, value: Decimal) -> Phrase:
    return money(value, found.amount.currency if found.amount else "EUR")


def _json(app: App, found: RevisedPrice, stem: str, following: Event | None) -> dict[str, Any]:
    say = Wording(app.texts)
    return {
        "contract": stem,
        "on": found.on.isoformat(),
        "price": _number(found.price),
        "currency": found.amount.currency if found.amount else None,
        "tax": found.amount.tax if found.amount else None,
        "period": found.amount.period if found.amount else None,
        "before": found.amount.value if found.amount else None,
        "estimate": _number(found.estimate),
        "revisions": [
            {
                "on": one.on.isoformat(),
                "coefficient": _number(one.coefficient),
                "before": _number(one.before),
                "after": _number(one.after),
                "limited": one.limited,
                "steps": [step.say(say) for step in one.steps],
            }
            for one in found.revisions
        ],
        "steps": [step.say(say) for step in found.steps],
        "missing": [
            {"index": one.index, "period": str(one.period) if one.period else None, "why": one.why.say(say)}
            for one in found.missing
        ],
        "refused": found.refused.say(say) if found.refused else None,
        "invoiced": _number(found.invoiced),
        "difference": _number(found.difference),
        "safeguard": found.safeguard.say(say) if found.safeguard else None,
        "to_verify": found.unsure,
        "next_revision": following.on.isoformat() if following else None,
    }


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
