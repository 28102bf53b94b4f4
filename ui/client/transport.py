"""What every operation of the client does: ask, and give the answer as what it is, or the problem as an error."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from ui.client.models import Problem

T = TypeVar("T")


class ApiError(Exception):
    """The API refused: ``problem`` says what happened and what to do, in the client's language."""

    def __init__(self, problem: Problem, headers: httpx.Headers) -> None:
        super().__init__(f"{problem.title}: {problem.detail}")
        self.problem = problem
        self.headers = headers

    @property
    def kind(self) -> str:
        """`not_found`, `not_allowed`, `invalid`…: the same in every language."""
        return self.problem.type.rpartition(":")[2]


@dataclass(frozen=True)
class ServerEvent:
    """One event of an answer that comes in parts."""

    name: str
    data: Any


class Page(Protocol):
    """An answer that goes on at ``next``."""

    @property
    def next(self) -> str | None: ...


P = TypeVar("P", bound=Page)


class Transport:
    """``address``: where the API is, without `/v1`. ``last`` are the headers of the last answer: ETag, Location…
    Raises ApiError where the API refuses, httpx.HTTPError where it cannot be reached."""

    def __init__(self, address: str, key: str | None = None, *, language: str = "fr", timeout: float = 60.0) -> None:
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {key}"} if key else {})
        self._http = httpx.Client(base_url=address, headers=headers, timeout=timeout)
        self.last = httpx.Headers()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._http.close()

    def pages(self, ask: Callable[..., P], **given: Any) -> Iterator[P]:
        """Every page of a list: ``for page in client.pages(client.list_contracts, limit=100)``."""
        cursor: str | None = None
        while True:
            page = ask(**given, cursor=cursor)
            yield page
            cursor = page.next
            if cursor is None:
                return

    def _json(self, kind: type[T], method: str, path: str, **parts: Any) -> T:
        return TypeAdapter(kind).validate_json(self._bytes(method, path, **parts))

    def _bytes(self, method: str, path: str, **parts: Any) -> bytes:
        answer = self._http.send(self._request(method, path, **parts))
        self._refused(answer)
        return answer.content

    def _events(self, method: str, path: str, **parts: Any) -> Iterator[ServerEvent]:
        answer = self._http.send(self._request(method, path, **parts), stream=True)
        try:
            if answer.is_error:
                answer.read()
            self._refused(answer)
            name = ""
            for line in answer.iter_lines():
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    yield ServerEvent(name, json.loads(line.removeprefix("data: ")))
        finally:
            answer.close()

    def _request(
        self,
        method: str,
        path: str,
        *,
        within: Mapping[str, object] | None = None,
        query: Mapping[str, Any] | None = None,
        headers: Mapping[str, str | None] | None = None,
        body: BaseModel | None = None,
        files: Sequence[tuple[str, bytes]] | None = None,
    ) -> httpx.Request:
        names = {name: quote(str(value), safe="") for name, value in (within or {}).items()}
        return self._http.build_request(
            method,
            path.format(**names),
            params={name: _plain(value) for name, value in (query or {}).items() if value is not None},
            headers={name: value for name, value in (headers or {}).items() if value is not None},
            json=body.model_dump(mode="json", exclude_unset=True) if body is not None else None,
            files=[("files", file) for file in files] if files is not None else None,
        )

    def _refused(self, answer: httpx.Response) -> None:
        self.last = answer.headers
        if answer.is_success:
            return
        try:
            problem = Problem.model_validate_json(answer.content)
        except ValidationError:  # of something between here and the API
            problem = Problem(
                type="about:blank", title=answer.reason_phrase, status=answer.status_code, detail=answer.text[:500],
                instance=answer.url.path,
            )  # fmt: skip
        raise ApiError(problem, answer.headers)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
