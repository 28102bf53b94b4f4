"""Who reads: the choice of readers that a person has."""

from __future__ import annotations

import streamlit as st

from agent.reading.facts import CHOICES, readers
from ui.web.shell import Shell

OFFERED = ("rules",)
"""Those that need nothing but this machine."""


def choose(shell: Shell, key: str) -> tuple[str, ...]:
    """Lets the person choose, where there is a choice; the names of the readers that are to read together."""
    offered = [choice for choice in CHOICES if choice in OFFERED]
    chosen = offered[0]
    if len(offered) > 1:
        chosen = st.radio(
            shell.texts("again.reader"), offered, format_func=lambda name: shell.texts.name("reader", name), key=key
        )
    return readers(chosen)
