"""Deadlines: what falls due as a list, a calendar and a timeline; and what has no date yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import get_args

import pandas as pd
import streamlit as st

from portfolio.agenda.keeping import Agenda
from portfolio.alerts.clock import today as now
from portfolio.calendar.given import GivenKind
from portfolio.events import EventKind
from ui.web.parts import address, month, timeline
from ui.web.parts.days import days_left
from ui.web.parts.dues import Due, all_people, all_sites, dues, titles, who
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_VIEWS = ("list", "calendar", "timeline", "undated")
_DAYS = (30, 90, 180, 365)
_ORDERS = ("month", "site", "person")
_NAMES = ("view", "days", "kind", "site", "person", "by", "month")
_ROWS = 20
_MOST = 500
"""Lines of a table: nobody reads on, and the browser is spared."""


def page(shell: Shell) -> None:
    texts = shell.texts
    arrived = address.arrive("deadlines", _NAMES)
    if arrived is not None:
        _load(arrived)
    _hold()
    st.title(texts("page.deadlines"), anchor=False)
    view = st.segmented_control(
        texts("alerts_page.view"),
        _VIEWS,
        required=True,
        key=_key("view"),
        format_func=lambda key: texts(f"deadlines_view.{key}"),
        label_visibility="collapsed",
    )
    said = st.session_state.pop(_key("said"), "")
    if said:
        st.success(said)
    days = st.session_state[_key("days")]
    with st.spinner(texts("home_page.looking"), show_time=False):
        agenda = shell.duties.upcoming(shell.as_of, days)
    if view == "undated":
        _undated(shell, agenda)
    else:
        found = _filtered(shell, dues(shell, agenda))
        if not found:
            st.info(texts("deadlines_page.none", until=shell.say.date(agenda.until)))
        elif view == "calendar":
            _calendar(shell, found)
        elif view == "timeline":
            timeline.gantt(shell, found, days)
        else:
            _list(shell, found)
        if agenda.undated:
            st.caption(texts("deadlines_page.undated_count", count=len(agenda.undated)))
    address.keep("deadlines", _NAMES, _state())


def _filtered(shell: Shell, found: tuple[Due, ...]) -> list[Due]:
    texts = shell.texts
    horizon, kinds, sites, people = st.columns([2, 4, 2, 2], vertical_alignment="bottom")
    horizon.selectbox(
        texts("deadlines_page.days"),
        _DAYS,
        key=_key("days"),
        format_func=lambda days: texts("deadlines_page.ahead", days=days),
    )
    chosen = kinds.multiselect(
        texts("deadlines_page.kind"),
        get_args(EventKind),
        key=_key("kind"),
        format_func=lambda kind: texts(f"event_kind.{kind}"),
        placeholder=texts("filter.any"),
    )
    site = sites.selectbox(
        texts("deadlines_page.site"), all_sites(found), index=None, key=_key("site"), placeholder=texts("filter.any")
    )
    person = people.selectbox(
        texts("deadlines_page.person"),
        all_people(found),
        index=None,
        key=_key("person"),
        placeholder=texts("filter.any"),
    )
    return [
        due
        for due in found
        if (not chosen or due.event.kind in chosen)
        and (site is None or site in due.sites)
        and (person is None or person in due.people)
    ]


def _list(shell: Shell, found: Sequence[Due]) -> None:
    texts = shell.texts
    chosen: str | None = st.segmented_control(
        texts("deadlines_page.by"),
        _ORDERS,
        required=True,
        key=_key("by"),
        format_func=lambda key: texts(f"deadlines_by.{key}"),
    )
    by = chosen or "month"
    if by == "month":
        shown = [month.name(shell, due.event.on) for due in found[:_MOST]]
        _table(shell, found, shown, "month")
        return
    # A contract of several sites, or of several persons, stands under each of them.
    none = texts(f"deadlines_page.no_{by}")
    grouped = [(name, due) for due in found for name in ((due.sites if by == "site" else due.people) or (none,))]
    grouped.sort(key=lambda pair: (pair[0] == none, pair[0], pair[1].event.on))
    _table(shell, [due for _, due in grouped], [name for name, _ in grouped], by)


def _table(shell: Shell, found: Sequence[Due], groups: Sequence[str] = (), by: str = "group") -> None:
    """``groups``: what each line stands under; ``by``: the column that this replaces."""
    texts, say, today = shell.texts, shell.say, now()
    total, found, groups = len(found), found[:_MOST], groups[:_MOST]
    columns = ("group", "date", "left", "kind", "what", "contract", "who", "site", "person")
    shown = [name for name in columns if name != by]
    rows = pd.DataFrame(
        [
            (
                group,
                due.event.on,
                days_left(shell, due.event.on, today),
                texts(f"event_kind.{due.event.kind}"),
                line(due.event.what.say(say), 160) + (f" ({texts('deadlines.unsure')})" if due.event.unsure else ""),
                due.contract,
                who(shell, due),
                ", ".join(due.sites),
                ", ".join(due.people),
            )
            for due, group in zip(found, groups or [""] * len(found), strict=True)
        ],
        columns=list(columns),
    )[shown]
    form = "DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD"
    config = {
        name: st.column_config.TextColumn(texts(f"deadlines_by.{by}" if name == "group" else f"deadlines_page.{name}"))
        for name in shown
        if name != "date"
    }
    picked = st.dataframe(
        rows,
        key=_key(f"table-{by}"),
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        column_config=config | {"date": st.column_config.DateColumn(texts("deadlines.date"), format=form, width=90)},
        placeholder="",
        row_height=32,
        height=36 + 32 * min(len(rows), _ROWS),
        alt=texts("page.deadlines"),
    )["selection"]["rows"]
    if total > _MOST:
        st.caption(texts("deadlines_page.most", shown=_MOST, count=shell.say.number(total, 0)))
    if picked and picked[0] < len(found):
        _why(shell, found[picked[0]])
    else:
        st.caption(texts("deadlines_page.hint"))


def _why(shell: Shell, due: Due) -> None:
    """The arithmetic of a day."""
    event, days = due.event, (due.event.on - shell.as_of).days
    stands = shell.duties.standings([event.contract], shell.as_of, max(days, 0))
    steps = next((e.steps for one in stands for e in one.events if e.key == event.key), ())
    with st.container(border=True):
        st.html(
            f'<h2 class="ct-head">{markup(shell.say.about(event.what.say(shell.say), shell.say.date(event.on)))}</h2>'
            f'<ul class="ct-text">{"".join(f"<li>{markup(step.say(shell.say))}</li>" for step in steps)}</ul>'
        )
        shell.link("contract", due.contract, icon=":material/description:", contract=event.contract)


def _calendar(shell: Shell, found: Sequence[Due]) -> None:
    months = sorted({due.event.on.replace(day=1) for due in found})
    if st.session_state.get(_key("month")) not in months:
        st.session_state[_key("month")] = months[0]
    first: date = st.selectbox(
        shell.texts("deadlines_by.month"),
        months,
        key=_key("month"),
        format_func=lambda day: month.name(shell, day),
        width=260,
    )
    of_month = [due for due in found if due.event.on.replace(day=1) == first]
    month.sheet(shell, first, of_month)
    _table(shell, of_month)


def _undated(shell: Shell, agenda: Agenda) -> None:
    """What waits for a day that somebody has to tell."""
    texts, say = shell.texts, shell.say
    if not agenda.undated:
        st.info(texts("deadlines_page.undated_none"))
        return
    names = titles(shell, agenda)
    rows = [
        (names[one.contract], line(one.what.say(say), 200), line(one.missing.say(say), 300)) for one in agenda.undated
    ]
    st.dataframe(
        pd.DataFrame(rows, columns=["contract", "what", "missing"]),
        hide_index=True,
        column_config={
            name: st.column_config.TextColumn(texts(f"deadlines_page.{name}"), width="large")
            for name in ("contract", "what", "missing")
        },
        height=36 + 35 * min(len(rows), 12),
        alt=texts("deadlines_view.undated"),
    )
    if not shell.may_edit:
        return
    ids = list(dict.fromkeys(one.contract for one in agenda.undated))
    with st.form("tell"):
        st.html(f'<h2 class="ct-head">{markup(texts("deadlines_page.tell"))}</h2>')
        contract = st.selectbox(
            texts("deadlines_page.contract"), ids, format_func=names.__getitem__, key="tell-contract"
        )
        kind: GivenKind = st.selectbox(
            texts("deadlines_page.happened"),
            get_args(GivenKind),
            index=get_args(GivenKind).index("event"),
            format_func=lambda key: texts(f"tell.kind_{key}"),
            key="tell-kind",
        )
        event = st.text_input(
            texts("deadlines_page.event"),
            placeholder=texts("deadlines_page.event_example"),
            max_chars=200,
            key="tell-event",
        )
        on = st.date_input(
            texts("deadlines.date"),
            shell.as_of,
            format="DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD",
            min_value=shell.as_of - timedelta(days=36_500),
            max_value=shell.as_of + timedelta(days=36_500),
            key="tell-on",
        )
        note = st.text_input(texts("alerts_page.note"), max_chars=500, key="tell-note")
        if st.form_submit_button(texts("decide.save"), type="primary") and isinstance(on, date):
            try:
                shell.duties.tell(contract, kind, on, event if kind == "event" else None, note.strip() or None)
            except EXPECTED as error:
                shell.problem(error)
            else:
                st.session_state[_key("said")] = texts("deadlines_page.told", contract=md(names[contract]))
                st.rerun()


def _key(name: str) -> str:
    return f"deadlines-{name}"


def _hold() -> None:
    """Keeps what was chosen where this view does not draw it: Streamlit forgets a widget that is not drawn."""
    for name in _NAMES:
        if _key(name) in st.session_state:
            st.session_state[_key(name)] = st.session_state[_key(name)]


def _load(state: address.State) -> None:
    """Sets the page to what the address says."""
    said = {name: values[0] for name, values in state.items()}
    days = said.get("days", "")
    first = said.get("month", "")
    st.session_state[_key("view")] = said["view"] if said.get("view") in _VIEWS else "list"
    st.session_state[_key("days")] = int(days) if days.isdecimal() and len(days) < 4 and int(days) in _DAYS else 90
    st.session_state[_key("by")] = said["by"] if said.get("by") in _ORDERS else "month"
    st.session_state[_key("kind")] = [kind for kind in get_args(EventKind) if kind in state.get("kind", [])]
    st.session_state[_key("site")] = said.get("site")
    st.session_state[_key("person")] = said.get("person")
    try:
        st.session_state[_key("month")] = date.fromisoformat(f"{first}-01")
    except ValueError:
        st.session_state[_key("month")] = None


def _state() -> address.State:
    """What the page shows, as its address says it."""
    kept = st.session_state
    first = kept.get(_key("month"))
    state = {
        "view": [kept[_key("view")]] if kept.get(_key("view"), "list") != "list" else [],
        "days": [str(kept[_key("days")])] if kept.get(_key("days"), 90) != 90 else [],
        "by": [kept[_key("by")]] if kept.get(_key("by"), "month") != "month" else [],
        "kind": list(kept.get(_key("kind")) or []),
        "site": [kept[_key("site")]] if kept.get(_key("site")) else [],
        "person": [kept[_key("person")]] if kept.get(_key("person")) else [],
        "month": [f"{first:%Y-%m}"] if first and kept.get(_key("view")) == "calendar" else [],
    }
    return {name: values for name, values in state.items() if values}
