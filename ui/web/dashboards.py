"""Dashboards: commitments, ends, indices, obligations, quality of reading, the cost of the language model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

import streamlit as st
from dateutil.relativedelta import relativedelta

from agent.settings import Settings
from agent.spending import spending
from portfolio.accounts.board import Board, Kept
from portfolio.alerts.clock import today
from portfolio.reports import DIRECTIONS, Commitments, Group, Horizon, Total
from ui.web.parts import address, plots
from ui.web.plain import line, md
from ui.web.shell import Shell

_NAMES = ("show",)
_SHOWN, _HORIZON, _GROUP, _AHEAD = "dashboards-show", "dashboards-horizon", "dashboards-group", "dashboards-ahead"
_MONTHS = (6, 12, 24)
"""Months ahead; the first is what is always kept ready, the others are counted when they are asked for."""
_MOST = 15
"""Bars of a chart; what is below is added up."""
_GROUPS: tuple[Group, ...] = ("type", "site", "counterparty")


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("dashboards", _NAMES)
    if arrived is not None:
        asked = next(iter(arrived.get("show", [])), "endings")
        st.session_state[_SHOWN] = asked if asked in BOARDS else "endings"
    st.title(texts("page.dashboards"), anchor=False)
    if not shell.desk.totals().contracts:
        st.info(texts("portfolio.empty" if shell.may_edit else "portfolio.empty_reader"))
        return
    shown = st.segmented_control(
        texts("dashboards.boards"),
        list(BOARDS),
        required=True,
        format_func=lambda key: texts(f"dashboards.{key}"),
        key=_SHOWN,
        label_visibility="collapsed",
    )
    address.keep("dashboards", _NAMES, {"show": [shown] if shown not in (None, "endings") else []})
    BOARDS[shown or "endings"](shell)


# --- what is committed


def _commitments(shell: Shell) -> None:
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
    found = _found(shell, horizon or "current")
    if not found.lines:
        st.info(texts("report_cli.none"))
        _unconverted(shell, found)
        return
    plots.figures(shell, [(texts(f"report_cli.{way}"), _money(shell, found.total(way).yearly)) for way in found.ways()])
    st.caption(texts("report_cli.footing"))
    _by_year(shell, found)
    _by_group(shell, found, group or "type")
    _unconverted(shell, found)
    st.caption(texts("dashboards.as_of", date=say.date(found.as_of)))


def _found(shell: Shell, horizon: Horizon) -> Commitments:
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
        [[str(y), *(_money(shell, totals[way].by_year.get(y, Decimal(0))) for way in ways)] for y in found.years],
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
            [_label(shell, t, group), texts(f"report_cli.{t.direction}"), str(t.count), _money(shell, t.yearly)]
            for t in totals
        ],
        figures=2,
    )


def _labels(shell: Shell, totals: tuple[Total, ...], group: Group) -> dict[str, str]:
    """How the largest labels are written; the others are added up."""
    sums: dict[str, Decimal] = {}
    for total in totals:
        sums[total.label] = sums.get(total.label, Decimal(0)) + total.yearly
    largest = sorted(sums, key=lambda label: -sums[label])[:_MOST]
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


# --- what ends


def _endings(shell: Shell) -> None:
    texts = shell.texts
    ahead = st.segmented_control(
        texts("dashboards.ahead"),
        _MONTHS,
        default=_MONTHS[0],
        required=True,
        format_func=lambda count: texts("dashboards.months", count=count),
        key=_AHEAD,
        label_visibility="collapsed",
    )
    count = ahead or _MONTHS[0]
    months = [shell.as_of.replace(day=1) + relativedelta(months=n) for n in range(count)]
    days = (months[-1] + relativedelta(months=1) - shell.as_of).days - 1
    with st.spinner(texts("dashboards.counting"), show_time=False):
        found = {one.month: one for one in shell.board.endings(shell.as_of, days)}
    title = texts("dashboards.endings_title", months=count)
    st.subheader(title, anchor=False)
    if not found:
        st.info(texts("home_page.ending_none"))
        return
    final, other = texts("dashboards.final"), texts("dashboards.turning")
    rows: list[tuple[str, str, float]] = []
    for month in months:
        one = found.get(month)
        ended = one.final if one else 0
        rows += [
            (_month(shell, month), final, ended),
            (_month(shell, month), other, (len(one.contracts) if one else 0) - ended),
        ]
    plots.bars(
        shell, title, rows, texts("report_cli.contracts"), [_month(shell, m) for m in months], groups=(final, other)
    )
    plots.table(
        shell,
        title,
        [texts("report_cli.month"), final, other],
        [
            [_month(shell, month), str(found[month].final), str(len(found[month].contracts) - found[month].final)]
            for month in months
            if month in found
        ],
    )
    shell.link("deadlines", texts("home_page.all_deadlines"), icon=":material/calendar_month:")


# --- which indices


def _indices(shell: Shell) -> None:
    texts = shell.texts
    title = texts("dashboards.indices_title")
    st.subheader(title, anchor=False)
    st.caption(texts("dashboards.indices_about"))
    exposed = shell.board.exposure(_found(shell, "current"))
    if not exposed:
        st.info(texts("dashboards.indices_none"))
        return
    ways = [way for way in DIRECTIONS if any(one.direction == way for one in exposed)]
    names = [line(one.index, 40) for one in exposed]
    largest = set(dict.fromkeys(names[: 2 * _MOST]))
    others = texts("dashboards.others")
    rows = [
        (name if name in largest else others, texts(f"report_cli.{one.direction}"), float(one.yearly))
        for name, one in zip(names, exposed, strict=True)
    ]
    plots.bars(
        shell,
        title,
        rows,
        texts("dashboards.euros_yearly"),
        list(dict.fromkeys(label for label, _, _ in rows)),
        across=True,
        groups=[texts(f"report_cli.{way}") for way in ways],
    )
    plots.table(
        shell,
        title,
        [texts("dashboards.index"), texts("dashboards.way"), texts("report_cli.contracts"), texts("report_cli.yearly")],
        [
            [
                line(f"{one.index} — {one.name}" if one.name else one.index, 120),
                texts(f"report_cli.{one.direction}"),
                str(one.count),
                _money(shell, one.yearly),
            ]
            for one in exposed
        ],
        figures=2,
    )


# --- what is owed


def _obligations(shell: Shell) -> None:
    texts = shell.texts
    day = today()
    since = day.replace(day=1) - relativedelta(months=11)
    title = texts("dashboards.obligations_title")
    st.subheader(title, anchor=False)
    with st.spinner(texts("dashboards.counting"), show_time=False):
        kept = _kept(shell.board, shell.board.stamp(), day, since)
    if not kept:
        st.info(texts("dashboards.obligations_none"))
        return
    states: tuple[Literal["done", "waived", "late"], ...] = ("done", "waived", "late")
    told = [(texts(f"dashboards.state_{s}"), str(sum(getattr(one, s) for one in kept))) for s in states]
    plots.figures(shell, told)
    months = [since + relativedelta(months=n) for n in range(12)]
    rows = [
        (_month(shell, one.month), texts(f"dashboards.state_{s}"), float(getattr(one, s)))
        for one in kept
        for s in states
    ]
    groups = [texts(f"dashboards.state_{s}") for s in states]
    plots.bars(shell, title, rows, texts("dashboards.count"), [_month(shell, m) for m in months], groups=groups)
    plots.table(
        shell,
        title,
        [texts("report_cli.month"), texts("owed.side"), *groups],
        [
            [_month(shell, one.month), texts(f"dashboards.side_{one.side}"), *(str(getattr(one, s)) for s in states)]
            for one in kept
        ],
        figures=2,
    )


@st.cache_resource(max_entries=8, show_spinner=False)
def _kept(_board: Board, stamp: str, as_of: date, since: date) -> tuple[Kept, ...]:
    """What became of obligations, counted once for all who see the same."""
    return _board.kept(as_of, since)


# --- how well was read


def _quality(shell: Shell) -> None:
    texts, say = shell.texts, shell.say
    title = texts("dashboards.quality_title")
    st.subheader(title, anchor=False)
    st.caption(texts("dashboards.quality_about"))
    found = shell.board.quality()
    decided = sum(one.decided for one in found)
    right = sum(one.confirmed for one in found)
    share = texts("dashboards.percent", percent=say.number(100 * right / decided, 1)) if decided else "—"
    plots.figures(
        shell,
        [
            (texts("dashboards.right"), share),
            (texts("dashboards.decided"), say.number(decided, 0)),
            (texts("dashboards.certain"), say.number(sum(one.certain for one in found), 0)),
            (texts("dashboards.doubtful"), say.number(sum(one.doubtful for one in found), 0)),
        ],
    )
    kinds = ("confirmed", "wrong", "certain", "doubtful")
    groups = [texts(f"dashboards.{kind}") for kind in kinds]
    rows = [
        (say.field(one.field), texts(f"dashboards.{kind}"), float(getattr(one, kind)))
        for one in found
        for kind in kinds
    ]
    order = [say.field(one.field) for one in found]
    plots.bars(shell, title, rows, texts("dashboards.values"), order, across=True, groups=groups)
    plots.table(
        shell,
        title,
        [texts("show.field"), *groups, texts("dashboards.written"), texts("dashboards.right")],
        [
            [
                say.field(one.field),
                *(say.number(getattr(one, kind), 0) for kind in (*kinds, "written")),
                "—" if one.right is None else texts("dashboards.percent", percent=say.number(100 * one.right, 0)),
            ]
            for one in found
        ],
    )


# --- what the language model costs


def _model(shell: Shell) -> None:
    texts, say = shell.texts, shell.say
    settings = Settings()
    found = spending(shell.desk, settings.home, settings.database_url)
    title = texts("dashboards.model_title")
    st.subheader(title, anchor=False)
    if found.configured:
        st.caption(texts("dashboards.model_is", model=md(found.model or "", 80), host=md(found.host or "", 80)))
    else:
        st.caption(texts("dashboards.model_none"))
    if not found.months:
        st.info(texts("dashboards.model_nothing"))
        return
    told = [(texts("dashboards.model_spent"), say.money(found.spent, found.currency))]
    if found.limit is not None:
        told.append((texts("dashboards.model_limit"), say.money(found.limit, found.currency)))
    told.append((texts("dashboards.model_calls"), say.number(sum(u.calls for _, u in found.months), 0)))
    plots.figures(shell, told)
    order = [_month(shell, month) for month, _ in found.months]
    rows = [(_month(shell, month), found.currency, usage.cost) for month, usage in found.months]
    plots.bars(shell, title, rows, texts("dashboards.model_cost", currency=found.currency), order)
    heads = ("calls", "failed", "sent", "received", "paid")
    plots.table(
        shell,
        title,
        [texts("report_cli.month"), *(texts(f"dashboards.model_{head}") for head in heads)],
        [
            [
                _month(shell, month),
                *(say.number(n, 0) for n in (u.calls, u.failed, u.sent, u.received)),
                say.money(round(u.cost, 2), found.currency),
            ]
            for month, u in found.months
        ],
    )


BOARDS: Mapping[str, Callable[[Shell], None]] = {
    "endings": _endings,
    "commitments": _commitments,
    "indices": _indices,
    "obligations": _obligations,
    "quality": _quality,
    "model": _model,
}
"""By key of the catalogue's `[dashboards]`: what shows it."""


def _month(shell: Shell, month: date) -> str:
    return f"{month:%m/%Y}" if shell.texts.language == "fr" else f"{month:%Y-%m}"


def _money(shell: Shell, value: Decimal) -> str:
    return f"{shell.say.number(round(float(value)), 0)}\u00a0€"
