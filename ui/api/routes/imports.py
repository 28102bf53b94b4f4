"""Bringing contracts in: files, or addresses of a store that the settings allow. They are read in the background."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import unquote, urlsplit

import httpx
from fastapi import File, Path, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from agent.intake import Run, Upload
from agent.readers import chosen
from portfolio.errors import ContrathequeError, InvalidValue, NotFound
from ui.api.route import router
from ui.api.seat import At, Seat

routes = router("/v1/imports", "imports")
_MOST = 1000
_TIMEOUT = 30.0


class OutcomeOut(BaseModel):
    """What became of a file: registered, updated, duplicate, attached, refused, ignored; ``reason`` is a short code."""

    name: str
    status: str
    contract: str | None
    reason: str | None


class RunOut(BaseModel):
    """``total`` is null until all files are counted; ``done``: nothing more will come."""

    id: str
    began: datetime
    total: int | None
    given: int
    done: bool
    error: str | None
    outcomes: list[OutcomeOut]


class Addresses(BaseModel):
    model_config = ConfigDict(extra="forbid")
    urls: list[Annotated[str, Field(min_length=8, max_length=2000)]] = Field(
        min_length=1, max_length=20, examples=[["https://ged.example.org/contrats/bail.pdf"]]
    )


@routes.post("", status_code=202)
def import_files(at: At, files: Annotated[list[UploadFile], File(max_length=_MOST)], response: Response) -> RunOut:
    """Files, or a ZIP archive, as a form (`files`). `Location` says where to see how far it is."""
    return _begin(at, [Upload(one.filename or "file", one.file.read()) for one in files], response)


@routes.post("/url", status_code=202)
def import_addresses(at: At, body: Addresses, response: Response) -> RunOut:
    """Files at addresses below a store that `CONTRATHEQUE_API_IMPORT_STORES` allows; any other is refused."""
    stores = at.parts.api.import_stores
    for url in body.urls:
        if not any(_below(url, store) for store in stores):
            raise InvalidValue(
                "An address is below no allowed store; an administrator sets CONTRATHEQUE_API_IMPORT_STORES."
            )
    left = at.parts.api.largest_upload
    uploads: list[Upload] = []
    with httpx.Client(timeout=_TIMEOUT, follow_redirects=False) as client:
        for url in body.urls:
            content = _fetched(client, url, left)
            left -= len(content)
            uploads.append(Upload(PurePosixPath(unquote(urlsplit(url).path)).name or "file", content))
    return _begin(at, uploads, response)


@routes.get("/{run}")
def import_progress(at: At, run: Annotated[str, Path(pattern="^[0-9A-Za-z-]{1,40}$")]) -> RunOut:
    """How far an import is, and what became of each file."""
    found = at.parts.intake.run(run)
    if found is None or (found.who != at.account.name and not at.account.may("administrator")):
        raise NotFound(f"There is no import « {run} » of yours; runs are forgotten when the server stops.")
    return _out(found)


def _begin(at: Seat, uploads: list[Upload], response: Response) -> RunOut:
    settings = at.parts.settings
    run = at.parts.intake.start(at.desk, uploads, readers=chosen(settings.home, settings.database_url))
    response.headers["Location"] = f"/v1/imports/{run.id}"
    return _out(run)


def _below(url: str, store: str) -> bool:
    """Whether an address lies below a store: no way up, no user or password, nothing that is read two ways."""
    path = unquote(urlsplit(url).path)
    plain = url.isascii() and url.isprintable() and "\\" not in path and "@" not in urlsplit(url).netloc
    return plain and url.startswith(store) and ".." not in path.split("/")


def _fetched(client: httpx.Client, url: str, most: int) -> bytes:
    content = bytearray()
    try:
        with client.stream("GET", url) as answer:
            if answer.status_code != 200:
                raise ContrathequeError(f"The store answered {answer.status_code}; nothing was brought in.")
            for part in answer.iter_bytes():
                content += part
                if len(content) > most:
                    raise InvalidValue("The files are larger together than one import may be; bring in fewer at once.")
    except httpx.HTTPError as error:
        raise ContrathequeError(f"The store cannot be reached ({type(error).__name__}); try again later.") from error
    return bytes(content)


def _out(run: Run) -> RunOut:
    return RunOut(
        id=run.id,
        began=run.began,
        total=run.total,
        given=run.given,
        done=run.done,
        error=run.error,
        outcomes=[
            OutcomeOut(name=one.name, status=one.status, contract=one.contract, reason=one.reason)
            for one in tuple(run.outcomes)
        ],
    )
