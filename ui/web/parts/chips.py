"""What was understood of a question, as chips: each opens to be set to something else or taken out."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from agent.chat.chips import Chip, changed, without
from agent.chat.plan import QueryPlan, Window
from ui.web.plain import md
from ui.web.shell import EXPECTED, Shell


def show(shell: Shell, plan: QueryPlan, chips: tuple[Chip, ...], place: str, ask: Callable[[QueryPlan], None]) -> None:
    """``ask`` is called with the plan that a person made of it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(shell.texts("chat_page.understood"), width="content")
        for chip in chips:
            key = f"chip-{place}-{chip.key}"
            with st.popover(md(chip.text, 120), key=f"{key}-open"):
                _editor(shell, plan, chip, key, ask)
                st.button(
                    shell.texts("chips.remove"),
                    key=f"{key}-remove",
                    icon=":material/close:",
                    on_click=ask,
                    args=(without(plan, chip.key),),
                )


def _editor(shell: Shell, plan: QueryPlan, chip: Chip, key: str, ask: Callable[[QueryPlan], None]) -> None:
    texts = shell.texts
    if chip.kind == "fixed":
        return
    with st.form(f"{key}-form", border=False):
        said: object = None
        if chip.kind == "choice" and chip.options:
            options = list(chip.options)
            said = st.selectbox(
                texts("chips.other"),
                options,
                options.index(chip.value),
                format_func=chip.options.__getitem__,
                key=f"{key}-choice",
            )
        elif chip.kind == "days":
            shown = "DD/MM/YYYY" if texts.language == "fr" else "YYYY-MM-DD"
            first = st.date_input(texts("chips.from"), chip.value.start, key=f"{key}-from", format=shown)
            last = st.date_input(texts("chips.until"), chip.value.end, key=f"{key}-until", format=shown)
            said = Window(start=first or None, end=last or None)
        else:
            said = st.text_input(texts("chips.other"), str(chip.value), key=f"{key}-words", max_chars=200).strip()
        if st.form_submit_button(texts("chips.apply"), icon=":material/check:") and said:
            try:
                ask(changed(plan, chip.key, said))
            except EXPECTED as error:
                shell.problem(error)
            else:
                st.rerun()
