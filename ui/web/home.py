"""Home: what needs somebody today, the nearest day first, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from portfolio.accounts.duties import Stakes, Today, urgency
from portfolio.alerts.clock import today as now
from portfolio.alerts.records import Alert
from portfolio.register.records import ContractSummary
from ui.web.parts.days import days_left, reason
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_ALERTS, _LISTED = 12, 6
"""Alerts, and other lines, that are shown; the pages behind have all."""


def page(shell: Shell) -> None:
    texts = shell.texts
    st.title(texts("page.home"), anchor=False)
    if not shell.desk.totals().contracts:
        st.info(texts("portfolio.empty" if shell.may_edit else "portfolio.empty_reader"))
        if shell.may_edit:
            shell.link("import", texts("portfolio.bring"), icon=":material/upload_file:")
        return
    found = shell.duties.today(shell.as_of, _ALERTS)
    _next(shell, found)
    figures = st.empty()
    _figures(shell, figures, found, None)
    with st.container(key="beside"):
        left, right = st.columns([3, 2], gap="large")
    with left:
        _alerts(shell, found)
    with right:
        st.subheader(texts("home_page.ending"), anchor=False)
        ending = st.container()
        _waiting(shell, found)
    # What calendars say comes last: on the first look of a day each of them may have to be computed.
    with ending:
        with st.spinner(texts("home_page.looking"), show_time=False):
            stakes = shell.duties.stakes(shell.as_of, found.alerts)
        _ending(shell, stakes)
    _figures(shell, figures, found, stakes)


def _next(shell: Shell, found: Today) -> None:
    """One line: what to do first."""
    texts = shell.texts
    with st.container(border=True):
        if found.first is not None:
            alert = found.first
            what = f"{alert.what.say(shell.say)}, {_name(alert.contract, alert.stem, found.contracts)}"
            told = shell.say.about(what, days_left(shell, alert.on, now()))
            st.markdown(f"**{texts('home_page.next')}** {md(told)}")
            shell.link("alerts", texts("home_page.answer"), icon=":material/notifications:", alert=str(alert.id))
        elif found.waiting:
            first = found.waiting[0]
            what = texts("home_page.next_review", title=md(first.title, 120), count=first.values)
            st.markdown(f"**{texts('home_page.next')}** {what}")
            shell.link("review", texts("page.review"), icon=":material/fact_check:")
        else:
            st.markdown(f"**{texts('home_page.next')}** {texts('home_page.next_none')}")


def _figures(shell: Shell, place: DeltaGenerator, found: Today, stakes: Stakes | None) -> None:
    """Four figures; those that calendars say are still to come where ``stakes`` is None."""
    texts, say = shell.texts, shell.say
    late = sum(urgency(alert.on, now()) == "late" for alert in found.alerts)
    ending, stake, priced = "…", "…", 0
    if stakes is not None:
        ending, priced = say.number(len(stakes.ending.events), 0), stakes.priced
        stake = f"{say.number(round(stakes.at_stake), 0)}\u202f€\u00a0{texts('tax.excl')}" if priced else "–"
    for column, (label, value, note) in zip(
        place.container().columns(4),
        (
            ("alerts", say.number(len(found.alerts), 0), texts("home_page.late", count=late) if late else ""),
            ("ending", ending, ""),
            ("stake", stake, _priced(shell, priced)),
            ("review", say.number(len(found.waiting), 0), ""),
        ),
        strict=True,
    ):
        column.html(
            f'<p class="ct-label">{markup(texts(f"home_page.figure_{label}"))}</p>'
            f'<p class="ct-value">{markup(value)}</p><p class="ct-label">{markup(note)}</p>'
        )


def _priced(shell: Shell, count: int) -> str:
    return shell.texts("home_page.priced_one" if count == 1 else "home_page.priced", count=count) if count else ""


def _alerts(shell: Shell, found: Today) -> None:
    texts, today = shell.texts, now()
    st.subheader(texts("page.alerts"), anchor=False)
    if not found.alerts:
        st.info(texts("alerts_page.none"))
        if shell.may_edit and st.button(
            texts("alerts_page.to_run"), type="primary", icon=":material/refresh:", key="home-run"
        ):
            _run(shell)
        return
    for group, alerts in groupby(found.alerts[:_ALERTS], lambda alert: urgency(alert.on, today)):
        st.html(f'<h3 class="ct-label"><strong>{markup(texts(f"urgency.{group}"))}</strong></h3>')
        for alert in alerts:
            _alert(shell, alert, found, today)
    more = len(found.alerts) - _ALERTS
    label = texts("home_page.more", count=more) if more > 0 else texts("home_page.all_alerts")
    shell.link("alerts", label, icon=":material/notifications:")


def _run(shell: Shell) -> None:
    """Looks for what falls due, here and now."""
    try:
        with st.spinner(shell.texts("home_page.looking"), show_time=False):
            shell.duties.run(now())
    except EXPECTED as error:
        shell.problem(error)
    else:
        st.rerun()


def _alert(shell: Shell, alert: Alert, found: Today, today: date) -> None:
    shell.link("alerts", f"{shell.say.date(alert.on)} · {line(alert.what.say(shell.say), 110)}", alert=str(alert.id))
    name = _name(alert.contract, alert.stem, found.contracts)
    words = (days_left(shell, alert.on, today), name, reason(shell, alert))
    st.html(f'<p class="ct-quote">{markup(" · ".join(filter(None, words)), 600)}</p>')


def _ending(shell: Shell, found: Stakes) -> None:
    texts = shell.texts
    if not found.ending.events:
        st.caption(texts("home_page.ending_none"))
    for event in found.ending.events[:_LISTED]:
        name = _name(event.contract, found.ending.names[event.contract], found.contracts)
        summary = found.contracts.get(event.contract)
        words = [shell.say.date(event.on), name]
        if summary and summary.yearly_amount is not None:
            amount = shell.say.number(round(summary.yearly_amount), 0)
            words.append(texts("home_page.a_year", amount=amount))
        shell.link("contract", " · ".join(words), icon=":material/event_busy:", contract=event.contract)
    shell.link("deadlines", texts("home_page.all_deadlines"), icon=":material/calendar_month:")


def _waiting(shell: Shell, found: Today) -> None:
    texts = shell.texts
    st.subheader(texts("home_page.waiting"), anchor=False)
    if not found.waiting:
        st.caption(texts("review.nothing"))
        return
    for one in found.waiting[:_LISTED]:
        label = texts("home_page.to_review", title=line(one.title, 90), count=one.values)
        shell.link("contract", label, icon=":material/description:", contract=one.contract)
    shell.link("review", texts("home_page.review"), icon=":material/fact_check:")


def _name(id_: str, stem: str, contracts: Mapping[str, ContractSummary]) -> str:
    summary = contracts.get(id_)
    return line((summary.title if summary else None) or stem, 90)
