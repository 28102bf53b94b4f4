"""The client against an endpoint that misbehaves in every way: nothing lost, nothing asked twice, a clear line each."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from agent.model.client import Access, ModelClient
from agent.model.errors import ModelError
from agent.model.masking import Mask
from agent.model.request import Request
from agent.model.settings import ModelSettings
from evals.scripted.server import MODEL, Reply, Script, ScriptedServer, error

KEY = "sk-very-secret"


class Sum(BaseModel):
    model_config = ConfigDict(extra="forbid")
    total: int
    quote: str


GOOD = Reply(json.dumps({"total": 12, "quote": "douze"}))
REQUEST = Request("sha", "read@1", "Relève le total.", "Le total est de douze.", Sum, 200)


class Asked:
    """A client of a scripted endpoint, and the waits that it made."""

    def __init__(self, home: Path, server: ScriptedServer, **settings: Any) -> None:
        self.server = server
        self.waits: list[float] = []
        chosen: dict[str, Any] = {"name": MODEL, "url": server.url, "api_key": KEY, "timeout": 2.0} | settings
        self.client = ModelClient(Access(ModelSettings(**chosen), home, run="r1"), sleep=self.waits.append)

    def __call__(self, request: Request = REQUEST) -> Sum:
        return self.client.ask(request, Sum).value

    def fails(self) -> ModelError:
        with pytest.raises(ModelError) as caught:
            self()
        assert KEY not in str(caught.value)
        assert "douze" not in str(caught.value)
        return caught.value


Start = Callable[..., Asked]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    servers: list[ScriptedServer] = []

    def started(script: Script | Sequence[Reply], **settings: Any) -> Asked:
        server = ScriptedServer(script if callable(script) else in_turn(script))
        servers.append(server.__enter__())
        return Asked(tmp_path, server, **settings)

    yield started
    for server in servers:
        server.__exit__(None, None, None)


def in_turn(replies: Sequence[Reply]) -> Script:
    """The replies one after another, the last one for ever."""
    left = list(replies)
    return lambda request: left.pop(0) if len(left) > 1 else left[0]


def test_an_answer_is_kept_and_not_asked_for_again(start: Start, tmp_path: Path) -> None:
    asked = start([GOOD], price_input=1.0, price_output=10.0)
    assert asked() == Sum(total=12, quote="douze")
    assert asked() == Sum(total=12, quote="douze")
    assert len(asked.server.requests) == 1
    assert asked.server.authorisations == [f"Bearer {KEY}"]
    usage = asked.client.store.usage(run="r1")
    assert (usage.calls, usage.failed, usage.sent, usage.received) == (1, 0, 100, 20)
    assert usage.cost == pytest.approx(0.0003)
    assert KEY.encode() not in (tmp_path / "model.db").read_bytes()
    assert b"total est de" not in (tmp_path / "model.db").read_bytes()


def test_the_schema_is_asked_for_strictly(start: Start) -> None:
    asked = start([GOOD])
    asked()
    (request,) = asked.server.requests
    asked_for = request["response_format"]["json_schema"]
    assert asked_for["strict"] is True
    assert asked_for["schema"]["required"] == ["total", "quote"]
    assert asked_for["schema"]["additionalProperties"] is False


@pytest.mark.parametrize("changed", [{"prompt": "read@2"}, {"user": "Le total est de treize."}])
def test_another_text_or_prompt_is_asked_anew(start: Start, changed: dict[str, str]) -> None:
    asked = start([GOOD])
    asked()
    asked(Request(**(vars(REQUEST) | changed)))
    assert len(asked.server.requests) == 2


@pytest.mark.parametrize(
    ("failure", "wait"),
    [
        (error(429, "rate_limit_exceeded", retry_after="7"), 7.0),
        (error(429, "rate_limit_exceeded", retry_after_ms="2500"), 2.5),
        (error(429, "rate_limit_exceeded"), 1.0),
        (error(500, "server_error"), 1.0),
        (error(503, "overloaded", retry_after="4"), 4.0),
        (Reply(GOOD.content, cut=True), 1.0),
        (Reply(""), 1.0),
        (Reply("{not json"), 1.0),
        (Reply('{"total": "many", "quote": "x"}'), 1.0),
        (Reply('{"total": 1}'), 1.0),
        (Reply('{"total": 1, "quote": "x", "more": 2}'), 1.0),
        (Reply(body=b"<html>gateway</html>"), 1.0),
        (Reply(body=b'{"choices": []}'), 1.0),
        (Reply(GOOD.content, delay=3.0), 1.0),
    ],
    ids=["429 with a hint", "429 in ms", "429 without", "500", "503 with a hint", "cut", "empty", "no JSON",
         "wrong type", "missing", "too many", "HTML", "no choice", "too late"],
)  # fmt: skip
def test_what_passes_is_tried_again_as_the_server_hints(start: Start, failure: Reply, wait: float) -> None:
    asked = start([failure, GOOD], timeout=1.0)
    assert asked().total == 12
    assert asked.waits == [wait]
    assert len(asked.server.requests) == 2


@pytest.mark.parametrize(
    ("failure", "reason", "tries"),
    [
        (error(401, "invalid_api_key", f"Incorrect API key provided: {KEY}"), "unauthorised", 1),
        (error(404, "model_not_found"), "no_model", 1),
        (error(429, "insufficient_quota"), "quota", 1),
        (error(400, "context_length_exceeded"), "bad_request", 1),
        (error(400, "invalid_schema"), "bad_request", 1),
        (Reply('{"total": 1', finish="length"), "truncated", 1),
        (Reply("", refusal="I cannot help with that."), "refusal", 1),
        (Reply("", finish="content_filter"), "refusal", 1),
        (Reply("nonsense"), "invalid", 2),
        (Reply(""), "empty", 2),
    ],
)
def test_what_stays_is_told_and_not_tried_for_ever(start: Start, failure: Reply, reason: str, tries: int) -> None:
    asked = start([failure])
    assert asked.fails().reason == reason
    assert len(asked.server.requests) == tries
    assert asked.client.store.usage().failed == tries


def test_patience_has_an_end(start: Start) -> None:
    asked = start([error(429, "rate_limit_exceeded", retry_after="3600")], patience=60.0)
    assert asked.fails().reason == "busy"
    assert asked.waits == []


def test_a_run_asks_no_further_once_the_key_is_turned_down(start: Start) -> None:
    asked = start([error(401, "invalid_api_key")])
    asked.fails()
    asked.fails()
    assert len(asked.server.requests) == 1


def test_azures_dated_interface_is_spoken(tmp_path: Path) -> None:
    with ScriptedServer(lambda request: GOOD) as server:
        root = server.url.removesuffix("/v1")
        assert Asked(tmp_path, server, name="contrats", api_version="2024-10-21", url=root)().total == 12
    assert server.paths == ["/openai/deployments/contrats/chat/completions?api-version=2024-10-21"]
    assert server.authorisations == [KEY]
    assert server.requests[0]["response_format"]["json_schema"]["strict"] is True


def test_nobody_listens(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = ModelSettings(name=MODEL, url=f"http://127.0.0.1:{port}/v1", patience=2.0)
    client = ModelClient(Access(settings, tmp_path), sleep=lambda seconds: None)
    with pytest.raises(ModelError, match=f"127.0.0.1:{port} cannot be reached"):
        client.ask(REQUEST, Sum)


def test_another_models_name_is_noted(start: Start) -> None:
    asked = start([Reply(GOOD.content, model="something-else")])
    asked()
    (call,) = asked.client.store.sent()
    assert (call.model, call.answered_by) == (MODEL, "something-else")


def test_the_spending_limit_stops_before_it_is_passed(start: Start) -> None:
    asked = start([Reply(GOOD.content, tokens=(1000, 100))], price_input=100.0, price_output=100.0, spending_limit=0.15)
    asked()
    assert asked.client.store.spent() == pytest.approx(0.11)
    with pytest.raises(ModelError, match="spending limit") as caught:
        asked(Request("sha", "read@1", "x", "Un autre texte.", Sum, 4000))
    assert caught.value.reason == "limit"
    assert len(asked.server.requests) == 1


def test_what_is_masked_is_not_sent_and_comes_back(start: Start) -> None:
    text = "Jeanne Roche (j.roche@exemple.fr, 01 23 45 67 89) paie NETISOL sur FR76 3000 6000 0112 3456 7890 189."

    def quoting(request: dict[str, Any]) -> Reply:
        return Reply(json.dumps({"total": 1, "quote": request["messages"][-1]["content"]}))

    asked = start(quoting)
    request = Request("sha", "read@1", "Relève.", text, Sum, 200)
    answer = asked.client.ask(request, Sum, Mask(["Netisol", "Jeanne Roche"]))
    sent = asked.server.requests[0]["messages"][-1]["content"]
    for hidden in ("Roche", "exemple.fr", "45 67", "NETISOL", "FR76", "7890"):
        assert hidden not in sent
    assert answer.value.quote == text
    (call,) = asked.client.store.sent()
    assert call.masked == 5


def test_tracing_of_the_environment_sends_nothing(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    traced = start([GOOD])
    for name, value in (
        ("LANGSMITH_TRACING", "true"),
        ("LANGSMITH_ENDPOINT", traced.server.url),
        ("LANGSMITH_API_KEY", "k"),
    ):
        monkeypatch.setenv(name, value)
    asked = start([GOOD])
    asked()
    from langchain_core.tracers.langchain import wait_for_all_tracers

    wait_for_all_tracers()
    assert traced.server.requests == []
