"""Commitments by year, and by type, site or counterparty."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import streamlit as st

from portfolio.accounts.board import Board
from portfolio.reports import Commitments, Group, Horizon, Total
from ui.web.dashboards.wording import MOST, money
from ui.web.parts import plots
from ui.web.plain import line
from ui.web.shell import Shell

_HORIZON, _GROUP = "dashboards-horizon", "dashboards-group"
_GROUPS: tuple[Group, ...] = ("type", "site", "counterparty")


def show(shell: Shell) -> None:
    texts, say = shell.texts, shell.say
    left, right = st.columns(2)
    horizon = left.segmented_control(
        texts("dashboards.horizon"),
        list(get_args(Horizon)),
        default="current",
        required=True,
        format_func=lambda key: texts(f"dashboards.horizon_{key}"),
        key=_HORIZON,
    )
    group = right.segmented_control(
        texts("dashboards.group"),
        list(_GROUPS),
        default="type",
        required=True,
        format_func=lambda key: texts(f"report_cli.by_{key}"),
        key=_GROUP,
    )
    counted = found(shell, horizon or "current")
    if not counted.lines:
        st.info(texts("report_cli.none"))
        _unconverted(shell, counted)
        return
    plots.figures(
        shell, [(texts(f"report_cli.{way}"), money(shell, counted.total(way).yearly)) for way in counted.ways()]
    )
    st.caption(texts("report_cli.footing"))
    _by_year(shell, counted)
    _by_group(shell, counted, group or "type")
    _unconverted(shell, counted)
    st.caption(texts("dashboards.as_of", date=say.date(counted.as_of)))


def found(shell: Shell, horizon: Horizon) -> Commitments:
    with st.spinner(shell.texts("dashboards.counting"), show_time=False):
        return _counted(shell.board, shell.board.stamp(), shell.as_of, horizon)


@st.cache_resource(max_entries=16, show_spinner=False)
def _counted(_board: Board, stamp: str, as_of: date, horizon: Horizon) -> Commitments:
    """The commitments, counted once for all who see the same."""
    return _board.commitments(as_of, horizon)


def _by_year(shell: Shell, found: Commitments) -> None:
    texts = shell.texts
    ways, title = found.ways(), texts("dashboards.by_year")
    totals = {way: found.total(way) for way in ways}
    st.subheader(title, anchor=False)
    rows = [
        (str(year), texts(f"report_cli.{way}"), float(totals[way].by_year.get(year, Decimal(0))))
        for year in found.years
        for way in ways
    ]
    years = [str(year) for year in found.years]
    plots.bars(
        shell, title, rows, texts("dashboards.euros"), years, groups=[texts(f"report_cli.{way}") for way in ways]
    )
    plots.table(
        shell,
        title,
        [texts("dashboards.year"), *(texts(f"report_cli.{way}") for way in ways)],
        [[str(y), *(money(shell, totals[way].by_year.get(y, Decimal(0))) for way in ways)] for y in found.years],
    )


def _by_group(shell: Shell, found: Commitments, group: Group) -> None:
    texts = shell.texts
    title = texts(f"dashboards.by_{group}")
    st.subheader(title, anchor=False)
    totals = found.by(group)
    labels = _labels(shell, totals, group)
    rows = [
        (
            labels.get(total.label, texts("dashboards.others")),
            texts(f"report_cli.{total.direction}"),
            float(total.yearly),
        )
        for total in totals
    ]
    order = [*dict.fromkeys(label for label, _, _ in rows)]
    others = texts("dashboards.others")
    order = [label for label in order if label != others] + [label for label in order if label == others]
    groups = [texts(f"report_cli.{way}") for way in found.ways()]
    plots.bars(shell, title, rows, texts("dashboards.euros_yearly"), order, across=True, groups=groups)
    plots.table(
        shell,
        title,
        [
            texts(f"report_cli.by_{group}"),
            texts("dashboards.way"),
            texts("report_cli.contracts"),
            texts("report_cli.yearly"),
        ],
        [
            [_label(shell, t, group), texts(f"report_cli.{t.direction}"), str(t.count), money(shell, t.yearly)]
            for t in totals
        ],
        figures=2,
    )


def _labels(shell: Shell, totals: tuple[Total, ...], group: Group) -> dict[str, str]:
    """How the largest labels are written; the others are added up."""
    sums: dict[str, Decimal] = {}
    for total in totals:
        sums[total.label] = sums.get(total.label, Decimal(0)) + total.yearly
    largest = sorted(sums, key=lambda label: -sums[label])[:MOST]
    return {total.label: _label(shell, total, group) for total in totals if total.label in largest}


def _label(shell: Shell, total: Total, group: Group) -> str:
    if not total.label:
        return shell.texts("report_cli.no_label")
    return shell.texts.name("contract_type", total.label) if group == "type" else line(total.label, 60)


def _unconverted(shell: Shell, found: Commitments) -> None:
    """The contracts that are not counted, and why."""
    if not found.unconverted:
        return
    with st.expander(shell.texts("dashboards.unconverted", count=len(found.unconverted)), icon=":material/help:"):
        for one in found.unconverted[:100]:
            label = f"{line(one.stem, 80)} : {one.why.say(shell.say)}"
            shell.link("contract", label, icon=":material/description:", contract=one.contract)
