"""Import: files, folders and ZIP archives dropped; what becomes of each, told while they are read; another try."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from agent.intake import SHOWN_UNDER, Run, Upload
from agent.pipeline import Outcome
from agent.readers import chosen as usual
from agent.settings import Settings
from portfolio.errors import NotFound
from portfolio.register.records import LedgerLine
from ui.web.parts import readers, watched
from ui.web.plain import line, markup, md
from ui.web.shell import EXPECTED, Shell

_RUN, _WIDGET = "import-run", "import-widget"
_MARKS = {
    "registered": "✔", "updated": "✔", "duplicate": "=", "attached": "+", "refused": "✘", "ignored": "·",
}  # fmt: skip
_SHOWN = 500
"""Lines of the report; the counts above it are of all."""


def page(shell: Shell) -> None:
    texts = shell.texts
    st.title(texts("page.import"), anchor=False)
    _choose(shell)
    run = shell.intake.run(st.session_state.get(_RUN, "")) or shell.intake.latest(shell.desk.account.name)
    if run is not None:
        _report(shell, run)
    watched.show(shell)
    _refused(shell)


def _choose(shell: Shell) -> None:
    texts = shell.texts
    kind = st.segmented_control(
        texts("intake.kind"),
        ["files", "folder"],
        default="files",
        required=True,
        format_func=lambda k: texts(f"intake.{k}"),
        label_visibility="collapsed",
    )
    st.html(_in_words(texts("intake.pick"), texts("intake.limit")))
    given = st.file_uploader(
        texts(f"intake.drop_{kind or 'files'}"),
        accept_multiple_files="directory" if kind == "folder" else True,
        key=f"{_WIDGET}-{kind}-{st.session_state.get(_WIDGET, 0)}",
    )
    st.caption(texts("intake.formats"))
    with st.expander(texts("intake.options"), icon=":material/tune:"):
        reading = readers.choose(shell, "import-reader")
        force = st.checkbox(texts("intake.force"), help=texts("intake.force_help"))
    if st.button(
        texts("intake.go", count=len(given)) if given else texts("intake.go_none"),
        type="primary",
        icon=":material/upload_file:",
        disabled=not given,
    ):
        uploads = [Upload(file.name, file.getvalue()) for file in given]
        run = shell.intake.start(shell.desk, uploads, readers=reading, force=force)
        st.session_state[_RUN] = run.id
        st.session_state[_WIDGET] = st.session_state.get(_WIDGET, 0) + 1
        st.rerun()


def _in_words(pick: str, limit: str) -> str:
    """Streamlit says what stands in the box in English only; this says it in the language of the page."""
    box, told = "[data-testid=stFileUploaderDropzone]", "[data-testid=stFileUploaderDropzoneInstructions]"
    button = f"{box} button [data-testid=stMarkdownContainer] p"
    return (
        f"<style>{button}, {told}, {told} * {{ font-size: 0; }}"
        f'{button}::after {{ content: "{pick}"; font-size: 1rem; }}'
        f'{told}::after {{ content: "{limit}"; font-size: .9rem; }}</style>'
    )


def _report(shell: Shell, run: Run) -> None:
    """Looks again every second while the run works; draws the page anew when it is done."""
    was_done = run.done

    @st.fragment(run_every=None if was_done else 1.0)
    def look() -> None:
        _progress(shell, run)
        _outcomes(shell, tuple(run.outcomes))
        if run.done and not was_done:
            st.rerun()

    look()


def _progress(shell: Shell, run: Run) -> None:
    texts, counts = shell.texts, run.counts
    if run.error:
        st.error(md(run.error, 1000))
    elif run.done:
        kept = counts["registered"] + counts["updated"]
        words = {name: counts[name] for name in ("duplicate", "attached", "refused", "ignored")}
        say = st.warning if counts["refused"] else st.success
        say(texts("intake.done", registered=kept, **words))
        if kept:
            with st.container(horizontal=True):
                shell.link("review", texts("intake.to_review"), icon=":material/fact_check:")
                shell.link("portfolio", texts("intake.to_portfolio"), icon=":material/folder_open:")
    elif run.total is None:
        st.progress(0.0, texts("intake.looking"))
    else:
        st.progress(min(1.0, run.given / max(1, run.total)), texts("intake.reading", at=run.given, total=run.total))


def _outcomes(shell: Shell, outcomes: Sequence[Outcome]) -> None:
    texts = shell.texts
    if not outcomes:
        return
    rows = "".join(
        f'<tr><td aria-hidden="true">{_MARKS[o.status]}</td><td>{markup(texts(f"ingest.{o.status}"))}</td>'
        f"<td>{markup(_name(o.name))}</td><td>{markup(_said(shell, o), 600)}</td></tr>"
        for o in reversed(outcomes[-_SHOWN:])
    )
    heads = "".join(f'<th scope="col">{markup(texts(f"intake.{h}"))}</th>' for h in ("outcome", "file", "what"))
    st.html(f'<table class="ct-table"><tr><td></td>{heads}</tr>{rows}</table>')


def _said(shell: Shell, outcome: Outcome) -> str:
    """What became of a file, in words: the contract's title, what it doubles, or why it was refused."""
    texts = shell.texts
    if outcome.reason is not None:
        return texts.name("intake_reason", outcome.reason)
    if outcome.contract is None:
        return ""
    try:
        contract = shell.desk.contract(outcome.contract)
    except NotFound:
        return texts("intake.elsewhere")
    title = line(contract.value("title") or contract.stem, 160)
    if outcome.status == "duplicate":
        return texts("ingest.duplicate_of", other=title)
    if outcome.status == "attached":
        return texts("ingest.attached_to", other=title)
    if contract.kind == "amendment":
        return f"{title} ({texts('ingest.waiting') if contract.link.base is None else texts('intake.amendment')})"
    return " ".join((title, *(f"— {line(warning, 200)}" for warning in outcome.warnings)))


def _refused(shell: Shell) -> None:
    """Every file that could not be read, why, and another try."""
    texts = shell.texts
    lines = shell.desk.ledger("refused")
    if not lines:
        return
    with st.expander(texts("intake.refused", count=len(lines)), icon=":material/error:"):
        for refused in lines[:_SHOWN]:
            reason = texts.name("intake_reason", refused.reason or "")
            st.html(f'<p class="ct-text">{markup(_name(refused.path))} — {markup(reason, 600)}</p>')
        again = [refused for refused in lines if refused.sha256]
        if again and st.button(texts("intake.retry", count=len(again)), icon=":material/refresh:"):
            _retry(shell, again)


def _retry(shell: Shell, lines: Sequence[LedgerLine]) -> None:
    try:
        run = shell.intake.retry(
            shell.desk, [refused.path for refused in lines], readers=usual(Settings().home, Settings().database_url)
        )
    except EXPECTED as error:
        shell.problem(error)
    else:
        st.session_state[_RUN] = run.id
        st.rerun()


def _name(path: str) -> str:
    """A file's name as the person gave it: without the folder that uploads are kept in."""
    parts = path.split("/", 2)
    return line(parts[2] if parts[0] == SHOWN_UNDER and len(parts) == 3 else path, 200)
