"""The revision calculator: what a contract's price is on a day, each step told, and what was invoiced against it."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from portfolio.errors import InvalidValue
from portfolio.register.records import Contract
from portfolio.revision.chain import Revision, money
from portfolio.revision.index_csv import decimal
from portfolio.revision.price import RevisedPrice
from ui.web.plain import markup, md
from ui.web.shell import EXPECTED, Shell

_SETTINGS = ("reading", "rounding", "base_period", "cap_percent", "floor_percent", "first", "frequency", "price")
"""What a person sets most: all of it is on the command line."""
_TABLES = ("base_values", "series")
"""Settings by symbol of the formula, written `S = 109,6 ; T = 87`."""


def show(shell: Shell, contract: Contract) -> None:
    texts = shell.texts
    shown = "DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD"
    columns = st.columns(3, vertical_alignment="bottom")
    on = columns[0].date_input(texts("price.on"), shell.as_of, key=f"price-on-{contract.id}", format=shown)
    amount = columns[1].text_input(
        texts("price.amount"), key=f"price-amount-{contract.id}", help=texts("price.amount_help"), max_chars=40
    )
    invoiced = columns[2].text_input(
        texts("price.invoiced"), key=f"price-invoiced-{contract.id}", help=texts("price.invoiced_help"), max_chars=40
    )
    try:
        found = shell.prices.on(contract.id, on or shell.as_of, _number(amount), _number(invoiced))
        coming = shell.prices.coming(contract.id, on or shell.as_of)
    except EXPECTED as error:
        shell.problem(error)
        return
    _result(shell, found)
    if coming is not None:
        st.caption(texts("revision_cli.next", day=shell.say.date(coming.on)))
    _missing(shell, found)
    _steps(shell, found)
    if shell.may_edit:
        _rules(shell, contract)


def _number(text: str) -> Decimal | None:
    return decimal(text) if text.strip() else None


def _said(shell: Shell, found: RevisedPrice, value: Decimal) -> str:
    return money(value, found.amount.currency if found.amount else "EUR").say(shell.say)


def _result(shell: Shell, found: RevisedPrice) -> None:
    """The price, or why there is none; what was invoiced; the safeguard; whether it has to be verified."""
    texts, say = shell.texts, shell.say
    label = texts("price.result", day=say.date(found.on))
    price = texts("price.unknown")
    if found.price is not None:
        parts = [_said(shell, found, found.price)]
        if found.amount is not None:
            parts += [texts(f"tax.{found.amount.tax}")] if found.amount.tax else []
            parts += [texts(f"period.{found.amount.period}")] if found.amount.period else []
        price = " ".join(filter(None, parts))
    st.html(f'<p class="ct-label">{markup(label)}</p><p class="ct-value">{markup(price)}</p>')
    if found.refused is not None:
        st.info(texts("revision_cli.because", why=md(found.refused.say(say), 600)))
    if found.estimate is not None:
        st.caption(texts("revision_cli.estimate", price=_said(shell, found, found.estimate)))
    if found.difference is not None and found.invoiced is not None:
        key = "right" if not found.difference else "above" if found.difference > 0 else "below"
        words = texts(
            f"revision_cli.invoiced_{key}",
            invoiced=_said(shell, found, found.invoiced),
            difference=_said(shell, found, abs(found.difference)),
        )
        (st.success if key == "right" else st.warning)(words)
    if found.safeguard is not None:
        st.warning(md(found.safeguard.say(say), 600))
    if found.unsure:
        st.caption(texts("revision_cli.unsure"))


def _missing(shell: Shell, found: RevisedPrice) -> None:
    if found.missing:
        items = "".join(f"<li>{markup(one.why.say(shell.say), 400)}</li>" for one in found.missing)
        words = markup(shell.texts("revision_cli.missing"))
        st.html(f'<p class="ct-label"><strong>{words}</strong></p><ul class="ct-text">{items}</ul>')
        if "settings" in shell.pages:
            shell.link("settings", shell.texts("price.to_indices"), icon=":material/upload_file:", part="indices")


def _steps(shell: Shell, found: RevisedPrice) -> None:
    """Every step of the arithmetic, and the revisions as a table."""
    texts, say = shell.texts, shell.say
    items = "".join(f"<li>{markup(step.say(say), 600)}</li>" for step in found.steps)
    if items:
        st.html(
            f'<p class="ct-label"><strong>{markup(texts("price.steps"))}</strong></p><ul class="ct-text">{items}</ul>'
        )
    if not found.revisions:
        return
    heads = "".join(
        f'<th scope="col">{markup(texts(f"price.{h}"))}</th>' for h in ("day", "before", "coefficient", "after", "how")
    )
    rows = "".join(_row(shell, found, revision) for revision in found.revisions)
    caption = markup(texts("price.revisions"))
    st.html(f'<table class="ct-table"><caption>{caption}</caption><tbody><tr>{heads}</tr>{rows}</tbody></table>')


def _row(shell: Shell, found: RevisedPrice, revision: Revision) -> str:
    say = shell.say
    how = "<br>".join(markup(step.say(say), 600) for step in revision.steps)
    return (
        f'<tr><td class="ct-day">{markup(say.date(revision.on))}</td>'
        f"<td>{markup(_said(shell, found, revision.before))}</td><td>{markup(say.decimal(revision.coefficient))}</td>"
        f"<td>{markup(_said(shell, found, revision.after))}</td><td>{how}</td></tr>"
    )


def _rules(shell: Shell, contract: Contract) -> None:
    """What a person says of how this price is revised, where the contract leaves it open."""
    texts = shell.texts
    with st.expander(texts("price.rules"), icon=":material/tune:"), st.form("price-rules", border=False):
        st.caption(texts("price.rules_about"))
        columns = st.columns(2)
        pairs = {
            key: columns[n % 2].text_input(
                texts(f"price.rule_{key}"),
                key=f"price-rule-{key}",
                placeholder=texts(f"price.example_{key}"),
                max_chars=80,
            )
            for n, key in enumerate((*_SETTINGS, *_TABLES))
        }
        if st.form_submit_button(texts("price.rules_save"), key="price-rules-save"):
            given = {key: value for key, value in pairs.items() if key in _SETTINGS and value.strip()}
            for table in _TABLES:
                given |= _table(table, pairs[table])
            try:
                if not given:
                    raise InvalidValue(texts("price.rules_none"))
                shell.prices.set(contract.id, given)
            except EXPECTED as error:
                shell.problem(error)
            else:
                st.rerun()


def _table(name: str, said: str) -> dict[str, str]:
    """`S = 109,6 ; T = 87` as settings by symbol."""
    pairs = (part.partition("=") for part in said.split(";") if part.strip())
    return {f"{name}.{symbol.strip()}": value.strip() for symbol, _, value in pairs}
