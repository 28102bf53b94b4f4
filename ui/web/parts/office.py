"""What the parts of the settings share: an act is done, and said on the page that is drawn anew."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui.web.shell import EXPECTED, Shell

_SAID = "settings-said"


def act(shell: Shell, do: Callable[[], object], words: str) -> None:
    """Does something that may be refused; then the page is drawn anew and says ``words``."""
    try:
        do()
    except EXPECTED as error:
        shell.problem(error)
    else:
        st.session_state[_SAID] = words
        st.rerun()


def said() -> None:
    """Says what was done last."""
    words = st.session_state.pop(_SAID, None)
    if words:
        st.success(words, icon=":material/check:")
