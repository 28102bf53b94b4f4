"""Watched folders and mailboxes: when each was looked at, what came in, what was refused and why."""

from __future__ import annotations

import streamlit as st

from portfolio.intake.book import Item, Place
from ui.web.plain import line, markup, md
from ui.web.shell import Shell

_SHOWN = 50
"""Things that came in last."""


def show(shell: Shell) -> None:
    """Nothing for a person who sees a part of the portfolio alone: places are of the whole."""
    if not shell.desk.account.scope.whole:
        return
    texts = shell.texts
    places = shell.desk.watched()
    failed = any(place.error for place in places)
    with st.expander(texts("watched_page.title"), expanded=failed, icon=":material/visibility:"):
        if not places:
            st.caption(texts("watched_page.none"))
            return
        for place in places:
            _place(shell, place)
        _latest(shell)


def _place(shell: Shell, place: Place) -> None:
    texts, say = shell.texts, shell.say
    counts = ", ".join(
        f"{texts(f'ingest.{outcome}')} {say.number(count, 0)}" for outcome, count in sorted(place.counts.items())
    )
    looked = texts("watched_page.never")
    if place.looked_at is not None:
        at = place.looked_at.astimezone()
        looked = texts("watched_page.looked", date=say.date(at.date()), time=f"{at:%H:%M}")
    told = " · ".join((line(place.shown, 160), looked, counts or texts("watched_page.nothing")))
    kind = texts(f"watched_page.{place.kind}")
    st.html(f'<p class="ct-text"><strong>{markup(kind)} {markup(place.name)}</strong><br>{markup(told, 600)}</p>')
    if place.error:
        st.error(md(texts("watched_page.failed", error=place.error), 600))


def _latest(shell: Shell) -> None:
    """What came in, the newest first; or what was refused alone."""
    texts = shell.texts
    refused = st.toggle(texts("watched_page.refused_only"), key="watched-refused")
    items = shell.desk.came_in("refused" if refused else None, _SHOWN)
    if not items:
        st.caption(texts("watched_page.refused_none" if refused else "watched_page.nothing"))
        return
    heads = "".join(
        f'<th scope="col">{markup(texts(key))}</th>'
        for key in ("watched_page.when", "watched_page.where", "intake.file", "intake.outcome", "intake.what")
    )
    rows = "".join(f"<tr>{_row(shell, item)}</tr>" for item in items)
    title = markup(texts("watched_page.latest"))
    st.html(f'<h3 class="ct-label">{title}</h3><table class="ct-table"><tr>{heads}</tr>{rows}</table>')
    if any(item.outcome == "refused" for item in items):
        st.caption(texts("watched_page.again"))


def _row(shell: Shell, item: Item) -> str:
    at = item.at.astimezone()
    why = shell.texts.name("intake_reason", item.reason) if item.reason else item.message or ""
    cells = (
        f"{shell.say.date(at.date())} {at:%H:%M}",
        line(item.source, 80),
        line(item.shown, 200),
        shell.texts(f"ingest.{item.outcome}"),
        why,
    )
    return "".join(f"<td>{markup(cell, 600)}</td>" for cell in cells)
