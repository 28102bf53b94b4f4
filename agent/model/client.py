"""Asks the endpoint: answers that are kept are not asked for again, failures are tried again as the server hints, every
request is in the account before it is sent.

LangChain speaks to the endpoint and is loaded with the first request; its tracing is off, so that a text goes to the
endpoint and nowhere else.
"""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from agent.model.errors import LASTING, ModelError, Reason
from agent.model.failures import as_model_error
from agent.model.masking import Mask
from agent.model.request import Request
from agent.model.settings import ModelSettings
from agent.model.store import ModelStore, OverLimit
from vectorstore.tokens import counter

if TYPE_CHECKING:
    from langchain_core.messages import AIMessage

Schema = TypeVar("Schema", bound=BaseModel)

_AGAIN = frozenset(("unreachable", "timeout", "busy", "server_error", "empty", "invalid"))
_ONCE_MORE = frozenset(("empty", "invalid"))
"""Worth one more try only: the model, not the way to it, is what failed."""
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
UNMASKED = Mask(active=False)
_GIVE_UP_AFTER = 3
"""Requests in a row that never reached the endpoint, after which a run asks no further."""


@dataclass(frozen=True)
class Access:
    """All that a process needs to ask: plain values that travel between processes. ``run`` names the run in the
    account; ``collect``: nothing is sent, what would be is left for a batch."""

    settings: ModelSettings
    home: Path
    url: str | None = None
    run: str = ""
    collect: bool = False

    def __hash__(self) -> int:
        return hash((self.home, self.url, self.run, self.collect, self.settings.name, self.settings.url))


def new_run() -> str:
    return uuid.uuid4().hex[:12]


@dataclass(frozen=True)
class Answer(Generic[Schema]):
    value: Schema
    kept: bool
    """It was asked before and cost nothing now."""


class Slots(Protocol):
    """A semaphore of threads or of processes."""

    def __enter__(self) -> Any: ...

    def __exit__(self, *_: Any) -> Any: ...


class ModelClient:
    """Asks one endpoint. ``slots`` bound the requests under way; ``sleep`` waits between tries.

    Raises ModelError from every method that asks.
    """

    def __init__(self, access: Access, slots: Slots | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        access.settings.require()
        self.settings = access.settings
        self._access = access
        self._slots: AbstractContextManager[Any] | Slots = slots or threading.BoundedSemaphore(access.settings.parallel)
        self._sleep = sleep
        self._given_up: ModelError | None = None
        self._unreached = 0
        self.wanted: dict[str, tuple[Request, Mask]] = {}
        """With ``collect``: what was asked and is not known, by key."""

    @cached_property
    def store(self) -> ModelStore:
        return ModelStore(self._access.home, self._access.url)

    def count(self, text: str) -> int:
        """Tokens of ``text``."""
        return counter(self._access.home / "tokens")(text)

    def ask(self, request: Request, schema: type[Schema], mask: Mask = UNMASKED) -> Answer[Schema]:
        """The answer to ``request`` as an object of ``schema``; ``mask`` hides what must not be sent. Several threads
        may ask at once."""
        hidden = mask.hide(request)
        key = hidden.key(self._model, self.settings.host)
        content = self.store.answer(key)
        if content is not None:
            try:
                return Answer(_parsed(content, schema, mask), kept=True)
            except ModelError:
                pass  # the schema's Python side moved on: asked anew
        if self._access.collect:
            self.wanted[key] = (hidden, mask)
            raise ModelError("waiting", "The request waits for its batch.")
        if self.store.in_batch(key):
            raise ModelError("waiting", "A batch that holds this request is not answered yet; collect it later.")
        return Answer(self._patiently(hidden, key, schema, mask), kept=False)

    @property
    def _model(self) -> str:
        return self.settings.name or ""

    def _patiently(self, request: Request, key: str, schema: type[Schema], mask: Mask) -> Schema:
        """Tries until there is an answer, the failure is one that stays, or patience is at its end."""
        until = time.monotonic() + self.settings.patience
        failures: dict[Reason, int] = {}
        wait = _FIRST_WAIT
        while True:
            if self._given_up is not None:
                raise self._given_up
            try:
                value = self._once(request, key, schema, mask)
            except ModelError as error:
                failures[error.reason] = failures.get(error.reason, 0) + 1
                pause = error.after if error.after is not None else wait
                tired = time.monotonic() + pause > until or (error.reason in _ONCE_MORE and failures[error.reason] > 1)
                if error.reason not in _AGAIN or tired:
                    self._note(error)
                    raise
            else:
                self._unreached = 0
                return value
            self._sleep(pause)
            wait = min(_LONGEST_WAIT, 2 * wait)

    def _note(self, error: ModelError) -> None:
        """Remembers a failure that the next request would meet as well."""
        self._unreached = self._unreached + 1 if error.reason in ("unreachable", "timeout", "busy") else 0
        if error.reason in LASTING or self._unreached >= _GIVE_UP_AFTER:
            self._given_up = error

    def _once(self, request: Request, key: str, schema: type[Schema], mask: Mask) -> Schema:
        with self._slots:
            message, seconds, number = self._send(request, key, mask)
        content = str(message.content)
        usage: Any = message.usage_metadata or {}
        sent = usage.get("input_tokens") or self.count(request.system + request.user)
        received = usage.get("output_tokens") or self.count(content)
        spent: dict[str, Any] = {
            "sent": sent,
            "received": received,
            "cost": self.settings.cost(sent, received),
            "seconds": seconds,
            "answered_by": str(message.response_metadata.get("model_name") or "")[:200] or None,
        }
        try:
            value = _checked(message, content, schema, mask)
        except ModelError as error:
            self.store.close_call(number, outcome=error.reason, **spent)
            raise
        self.store.close_call(number, outcome="answered", **spent)
        self.store.keep(key, self._model, request.prompt, content)
        return value

    def _send(self, request: Request, key: str, mask: Mask) -> tuple[AIMessage, float, int]:
        """One request over the wire: the message, the seconds, and its line in the account."""
        estimate = self.count(request.system + request.user + json.dumps(request.json_schema))
        row = {
            "run": self._access.run,
            "subject": request.subject,
            "prompt": request.prompt,
            "host": self.settings.host,
            "model": self._model,
            "key": key,
            "masked": len(mask.hidden),
            "sent": estimate,
            "received": 0,
            "cost": self.settings.cost(estimate, request.max_output // 2),
            "seconds": 0.0,
            "outcome": "sent",
        }
        try:
            number = self.store.open_call(row, self.settings.spending_limit)
        except OverLimit as error:
            raise ModelError(
                "limit", f"The spending limit stops the model: {error} Raise it, or wait for the next month."
            ) from error
        began = time.monotonic()
        try:
            with _untraced():
                message = self._structured(request).invoke(request.messages)["raw"]
        except Exception as error:
            failure = as_model_error(error, self.settings)
            # what never reached the endpoint, or was turned away, costs nothing
            paid = failure.reason in ("truncated", "timeout")
            spent = {} if paid else {"sent": 0, "cost": 0.0 if self.settings.priced else None}
            self.store.close_call(number, outcome=failure.reason, seconds=time.monotonic() - began, **spent)
            raise failure from error
        return message, time.monotonic() - began, number

    def _structured(self, request: Request) -> Any:
        schema = {"name": request.schema.__name__, "schema": request.json_schema, "strict": True}
        chat = self._chat.model_copy(update={"max_tokens": request.max_output})
        return chat.with_structured_output(schema, method="json_schema", include_raw=True)

    @cached_property
    def _chat(self) -> Any:
        from agent.model.endpoint import chat

        return chat(self.settings)


@contextmanager
def _untraced() -> Iterator[None]:
    from langsmith import tracing_context

    with tracing_context(enabled=False):
        yield


def _checked(message: AIMessage, content: str, schema: type[Schema], mask: Mask) -> Schema:
    refusal = message.additional_kwargs.get("refusal")
    if refusal:
        raise ModelError("refusal", f"The model refused: {str(refusal)[:200]}")
    if message.response_metadata.get("finish_reason") == "length":
        raise ModelError("truncated", "The model's answer was longer than it may be, and was cut off.")
    if not content.strip():
        raise ModelError("empty", "The model gave an empty answer.")
    return _parsed(content, schema, mask)


def _parsed(content: str, schema: type[Schema], mask: Mask) -> Schema:
    try:
        return schema.model_validate(mask.restore(json.loads(content)))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ModelError(
            "invalid", f"The model's answer breaks the schema at {where or 'its root'}: {first['msg']}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ModelError("invalid", f"The model's answer is not JSON ({str(error)[:80]}).") from error
