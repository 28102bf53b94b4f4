"""Who reads: the choice of readers that a person has."""

from __future__ import annotations

import streamlit as st

from agent.model.settings import load
from agent.readers import Readers, chosen
from agent.reading.facts import CHOICES
from agent.settings import Settings
from ui.web.plain import md
from ui.web.shell import Shell


def choose(shell: Shell, key: str) -> Readers:
    """Lets the person choose where a language model is configured, and says where texts would be sent."""
    home, url = Settings().home, Settings().database_url
    usual = chosen(home, url)
    if usual.access is None:
        return usual
    offered = list(CHOICES)
    choice = st.radio(
        shell.texts("again.reader"),
        offered,
        offered.index(usual.choice),
        format_func=lambda name: shell.texts.name("reader", name),
        key=key,
    )
    readers = chosen(home, url, choice)
    if readers.access is not None:
        st.caption(shell.texts("again.sent", where=md(load(home).url or "?")))
    return readers
