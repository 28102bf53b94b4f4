"""`contratheque doctor`: what is there, what is owed, what is wrong."""

from __future__ import annotations

import shutil
from typing import Any

import click

from agent.model.check import check
from agent.model.client import Access
from agent.model.settings import load
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
    model, model_problems = _model(app)
    report["language_model"] = model
    problems = model_problems + [
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
        out.print(f"{texts('model.endpoint')}: {_model_line(app, model)}")
        for problem in problems:
            out.print(f"✘ {problem}")
    if problems:
        raise click.exceptions.Exit(1)


def _model(app: App) -> tuple[dict[str, Any] | None, list[str]]:
    """What the language model's endpoint is and whether it can be worked with; None where none is configured."""
    settings = load(app.settings.home)
    if not settings.configured:
        return None, []
    found = check(Access(settings, app.settings.home, app.settings.database_url))
    report = {
        "host": settings.host,
        "model": settings.name,
        "answered_by": found.answered_by,
        "json_schema": found.schema,
        "context": found.context,
        "context_set": settings.context,
        "priced": settings.priced,
        "masked": settings.mask,
    }
    problems = [found.problem] if found.problem else []
    if found.models and settings.name not in found.models:
        known = ", ".join(found.models[:8])
        problems.append(app.texts("model.model_absent", model=settings.name, host=settings.host, known=known))
    if found.context is not None and found.context < settings.context:
        problems.append(
            app.texts("model.context_less", model=settings.name, context=found.context, set=settings.context)
        )
    return report, problems


def _model_line(app: App, model: dict[str, Any] | None) -> str:
    texts = app.texts
    if model is None:
        return texts("model.none")
    said = [f"{model['model']} ({model['host']})"]
    if model["json_schema"]:
        said += [texts("model.reachable"), texts("model.schema_ok")]
    if not model["priced"]:
        said.append(texts("model.no_price"))
    return " · ".join(said)
