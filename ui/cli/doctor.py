"""`contratheque doctor`: what is there, what is owed, what is wrong."""

from __future__ import annotations

import shutil

import click

from portfolio.register.records import Filters
from ui.cli.app import App, console, json_option, print_json


@click.command("doctor")
@json_option
@click.pass_obj
def command(app: App, as_json: bool) -> None:
    """The state of the register, the files, the passages and what reads them; exit code 1 when something is wrong."""
    texts = app.texts
    with app.register() as register, app.passages() as passages:
        state = passages.state()
        unindexed = len({summary.id for summary in register.contracts()} - passages.contracts())
        waiting = register.count(Filters(link=("waiting", "ambiguous")))
        refused = len(register.ledger("refused"))
        missing = sum(not register.files.exists(sha) for sha in register.document_hashes())
        report = {
            "home": str(app.settings.home),
            "contracts": register.count(),
            "amendments_waiting": waiting,
            "files_refused": refused,
            "files_missing": missing,
            "contracts_without_passages": unindexed,
            "passages": state.passages,
            "embedded": state.embedded,
            "owed": state.owed,
            "embedding_model": state.model,
            "index_model": state.index_model,
            "index_stale": state.stale,
            "search_by_meaning": state.unavailable or "ok",
            "ocr": "tesseract" if shutil.which("tesseract") else "rapidocr",
        }
    problems = [
        text
        for wrong, text in (
            (missing, texts("doctor.missing_files", count=missing)),
            (unindexed, texts("doctor.unindexed", count=unindexed)),
            (state.stale, texts("doctor.stale", model=state.index_model)),
        )
        if wrong
    ]
    if as_json:
        print_json({**report, "problems": problems})
    else:
        out = console()
        out.print(f"{texts('doctor.home')}: {report['home']}")
        counts = texts("doctor.contracts", count=report["contracts"], waiting=waiting, refused=refused)
        out.print(f"{texts('doctor.register')}: {counts}")
        owed = texts("doctor.owed", count=state.owed) if state.owed else texts("doctor.ok")
        out.print(f"{texts('doctor.passages')}: {state.passages} ({owed})")
        out.print(f"{texts('doctor.embeddings')}: {state.model or '—'} · {state.unavailable or texts('doctor.ok')}")
        out.print(f"{texts('doctor.ocr')}: {report['ocr']}")
        for problem in problems:
            out.print(f"✘ {problem}")
    if problems:
        raise click.exceptions.Exit(1)
