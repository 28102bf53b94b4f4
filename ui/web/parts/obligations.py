"""What each party owes under a contract and when; done with what was handed over, waived with a reason, taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import streamlit as st

from portfolio.alerts.clock import today
from portfolio.obligations.book import Listed, Occurrence
from portfolio.obligations.log import Entry, HandedOver
from portfolio.register.records import Contract, Side
from ui.web.parts.days import days_left
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_BACK, _AHEAD = 365, 365
_SHOWN = 24
_SIDE, _SAID, _OPEN = "obligations-side", "obligations-said", "obligations-open"


def show(shell: Shell, contract: Contract) -> None:
    texts = shell.texts
    said = st.session_state.pop(_SAID, None)
    if said:
        (st.warning if said[1] else st.success)(" ".join(filter(None, said)))
    listed = shell.owing.of(contract.id, today(), _BACK, _AHEAD)
    if not listed.occurrences and not listed.undated:
        st.info(texts("owed.none"))
    else:
        side = st.segmented_control(
            texts("owed.side"),
            ["all", *get_args(Side)],
            default="all",
            required=True,
            format_func=lambda key: texts(f"owed.side_{key}"),
            key=_SIDE,
            label_visibility="collapsed",
        )
        wanted = [o for o in listed.occurrences if side in (None, "all", o.event.side)]
        _occurrences(shell, [o for o in wanted if o.state == "late"], "late")
        _occurrences(shell, [o for o in wanted if o.state == "to_do"], "to_do")
        _settled(shell, [o for o in wanted if o.state in ("done", "waived")])
        _undated(shell, listed, side)
    _history(shell, contract)


def _occurrences(shell: Shell, found: list[Occurrence], state: str) -> None:
    if not found:
        return
    st.html(f'<h2 class="ct-label"><strong>{markup(shell.texts(f"owed.head_{state}", count=len(found)))}</strong></h2>')
    for one in found[:_SHOWN]:
        words, done, waived = st.columns([6, 1, 1], vertical_alignment="center")
        with words:
            _told(shell, one)
        if not shell.may_edit:
            continue
        what = md(line(one.event.what.say(shell.say), 80))
        for column, action in ((done, "done"), (waived, "waive")):
            column.button(
                shell.texts(f"owed.{action}"),
                key=f"owed-{action}-{one.handle}",
                help=shell.say.about(shell.texts(f"owed.{action}_title"), what),
                type="secondary" if action == "done" else "tertiary",
                width="stretch",
                on_click=_open,
                args=((action, one.handle),),
            )
        opened = st.session_state.get(_OPEN)
        if opened and opened[1] == one.handle:
            with st.container(border=True):
                (_done if opened[0] == "done" else _waive)(shell, one)
    if len(found) > _SHOWN:
        st.caption(shell.texts("owed.more", count=len(found) - _SHOWN))


def _told(shell: Shell, one: Occurrence) -> None:
    """An occurrence: its day, what is owed, by whom, and why on that day."""
    say, texts, event = shell.say, shell.texts, one.event
    about = [
        days_left(shell, event.on, today()),
        line(event.debtor or "", 100),
        one.document.name.say(say) if one.document else "",
        texts("obligations.unsure") if event.unsure else "",
    ]
    why = event.steps[0].say(say) if event.steps else ""
    st.html(
        f'<p class="ct-text"><strong>{markup(say.date(event.on))}</strong> · {markup(event.what.say(say), 400)}</p>'
        f'<p class="ct-label">{markup(" · ".join(filter(None, about)), 400)}</p>'
        f'<p class="ct-label">{markup(why, 400)}</p>'
    )


def _settled(shell: Shell, found: list[Occurrence]) -> None:
    if not found:
        return
    texts, say = shell.texts, shell.say
    heads = "".join(f'<th scope="col">{markup(texts(f"owed.{h}"))}</th>' for h in ("day", "what", "outcome"))
    rows = "".join(
        f'<tr><td class="ct-day">{markup(say.date(o.event.on))}</td><td>{markup(o.event.what.say(say), 300)}</td>'
        f"<td>{markup(outcome(shell, o.entry) if o.entry else '', 600)}</td></tr>"
        for o in reversed(found[-_SHOWN:])
    )
    caption = markup(texts("owed.head_settled", count=len(found)))
    st.html(f'<table class="ct-table"><caption>{caption}</caption><tbody><tr>{heads}</tr>{rows}</tbody></table>')


def outcome(shell: Shell, entry: Entry) -> str:
    """What was done, by whom and when, with the document and its validity, or the reason."""
    texts, say, handed = shell.texts, shell.say, entry.handed
    words = [f"{texts(f'obligation_action.{entry.action}')} ({entry.who}, {say.date(entry.at.date())})"]
    if handed is not None:
        words.append(line(handed.document, 200))
        words += [texts("owed.of_day", day=say.date(handed.dated))] if handed.dated else []
        words += [texts("owed.valid", day=say.date(handed.valid_until))] if handed.valid_until else []
    words += [line(entry.reason, 300)] if entry.reason else []
    return " · ".join(words)


def _undated(shell: Shell, listed: Listed, side: Any) -> None:
    found = [waiting for _, waiting in listed.undated if side in (None, "all", waiting.side)]
    if not found:
        return
    with st.expander(shell.texts("owed.undated", count=len(found)), icon=":material/event_busy:"):
        items = "".join(
            f"<li>{markup(w.what.say(shell.say), 300)} — {markup(w.missing.say(shell.say), 300)}</li>"
            for w in found[:_SHOWN]
        )
        st.html(f'<ul class="ct-text">{items}</ul>')


def _history(shell: Shell, contract: Contract) -> None:
    entries = shell.owing.history(contract.id)
    if not entries:
        return
    taken = {entry.undoes for entry in entries}
    with st.expander(shell.texts("owed.history", count=len(entries)), icon=":material/history:"):
        for entry in reversed(entries[-_SHOWN:]):
            words, button = st.columns([6, 1], vertical_alignment="center")
            words.html(
                f'<p class="ct-text">{markup(shell.say.date(entry.on))} · {markup(outcome(shell, entry), 600)}</p>'
            )
            if shell.may_edit and entry.action != "undone" and entry.id not in taken:
                button.button(
                    shell.texts("history.undo"),
                    key=f"owed-undo-{entry.id}",
                    icon=":material/undo:",
                    type="tertiary",
                    on_click=_act,
                    args=(shell, lambda id_=entry.id: shell.owing.undo(contract.id, id_), "obligations.was_undone"),
                )


def _open(what: tuple[str, str] | None) -> None:
    """Opens the form of one occurrence, or, with None, closes it."""
    st.session_state[_OPEN] = what


def _done(shell: Shell, one: Occurrence) -> None:
    texts = shell.texts
    shown = "DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD"
    asked = one.document.name.say(shell.say) if one.document else ""
    with st.form("owed-done-form", border=False):
        document = st.text_input(texts("owed.document"), asked, key="owed-document", max_chars=300)
        columns = st.columns(2)
        dated = columns[0].date_input(texts("owed.dated"), None, key="owed-dated", format=shown)
        valid = columns[1].date_input(
            texts("owed.valid_until"), None, key="owed-valid", format=shown, help=texts("owed.valid_help")
        )
        note = st.text_input(texts("owed.note"), key="owed-note", max_chars=1000)
        sent = _sent(shell, "owed-done-save")
    if not sent:
        return
    handed = HandedOver(document.strip(), dated or None, valid or None) if document.strip() else None
    if handed is None and (dated or valid):
        st.warning(texts("owed.document_first"))
        return
    try:
        _, wrong = shell.owing.done(one.handle, today(), handed, note.strip() or None)
    except EXPECTED as error:
        shell.problem(error)
    else:
        warned = texts("obligations.warning", wrong=wrong.say(shell.say)) if wrong else ""
        _said(texts("obligations.was_done"), md(warned))


def _waive(shell: Shell, one: Occurrence) -> None:
    texts = shell.texts
    with st.form("owed-waive-form", border=False):
        reason = st.text_input(texts("owed.reason"), key="owed-reason", max_chars=1000)
        sent = _sent(shell, "owed-waive-save")
    if not sent:
        return
    if not reason.strip():
        st.warning(texts("owed.reason_first"))
        return
    try:
        shell.owing.waive(one.handle, reason, today())
    except EXPECTED as error:
        shell.problem(error)
    else:
        _said(texts("obligations.was_waived"), "")


def _sent(shell: Shell, key: str) -> bool:
    """The form's buttons; whether it is to be saved."""
    with st.container(horizontal=True):
        sent = st.form_submit_button(shell.texts("owed.save"), type="primary", key=key)
        st.form_submit_button(shell.texts("owed.close"), key=f"{key}-close", on_click=_open, args=(None,))
    return sent


def _said(words: str, warned: str) -> None:
    st.session_state[_SAID] = (words, warned)
    _open(None)
    st.rerun()


def _act(shell: Shell, act: Callable[[], object], said: str) -> None:
    try:
        act()
    except EXPECTED as error:
        shell.problem(error)
    else:
        st.session_state[_SAID] = (shell.texts(said), "")
