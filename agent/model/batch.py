"""OpenAI's Batch interface: requests handed over in a file, answered within a day at a lower price.

A batch fills the same store of answers that live requests fill: once it is collected, reading finds every answer there
and sends nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agent.model.client import ModelClient
from agent.model.errors import ModelError
from agent.model.failures import as_model_error
from agent.model.masking import Mask
from agent.model.request import Request

MOST_REQUESTS = 10_000
MOST_BYTES = 90_000_000
"""Of one batch; OpenAI takes 50,000 requests and 200 MB."""
_ENDED = frozenset(("completed", "failed", "expired", "cancelled"))


@dataclass(frozen=True)
class Batch:
    """A batch at the endpoint: ``done`` of ``total`` requests so far; once it has ended, how many answers were kept."""

    id: str
    status: str
    total: int
    done: int
    kept: int = 0

    @property
    def ended(self) -> bool:
        return self.status in _ENDED


def hand_over(client: ModelClient) -> list[Batch]:
    """Hands the requests that ``client`` collected over, in as many batches as they take. Raises ModelError."""
    openai = _openai(client)
    wanted = {key: pair for key, pair in client.wanted.items() if not client.store.in_batch(key)}
    _afford(client, wanted)
    made = []
    for lines in _files(client, wanted):
        keys = [json.loads(line)["custom_id"] for line in lines]
        try:
            file = openai.files.create(file=("requests.jsonl", "\n".join(lines).encode()), purpose="batch")
            batch = openai.batches.create(
                input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
            )
        except Exception as error:
            raise as_model_error(error, client.settings) from error
        rows = [
            {"key": key, "subject": request.subject, "prompt": request.prompt, "masked": len(mask.hidden)}
            for key, (request, mask) in ((key, wanted[key]) for key in keys)
        ]
        client.store.open_batch(batch.id, client.settings.host, rows)
        made.append(Batch(batch.id, batch.status, len(keys), 0))
    return made


def collect(client: ModelClient) -> Iterator[Batch]:
    """Looks after every batch handed over and keeps the answers of those that have ended. Raises ModelError."""
    openai = _openai(client)
    for id_ in client.store.open_batches(client.settings.host):
        try:
            batch = openai.batches.retrieve(id_)
            counts = batch.request_counts
            total, done = (counts.total, counts.completed) if counts else (0, 0)
            kept = 0
            if batch.status in _ENDED:
                if batch.output_file_id:
                    content = openai.files.content(batch.output_file_id).text
                    kept = sum(_keep(client, id_, line) for line in content.splitlines() if line.strip())
                client.store.close_batch(id_, batch.status)
        except Exception as error:
            raise as_model_error(error, client.settings) from error
        yield Batch(id_, batch.status, total, done, kept)


def _openai(client: ModelClient) -> Any:
    import openai

    settings = client.settings
    key = settings.api_key.get_secret_value() if settings.api_key else "none"
    if settings.api_version is not None:
        return openai.AzureOpenAI(
            azure_endpoint=settings.url or "", api_key=key, api_version=settings.api_version, timeout=settings.timeout
        )
    return openai.OpenAI(base_url=settings.url, api_key=key, timeout=settings.timeout)


def _afford(client: ModelClient, wanted: Mapping[str, tuple[Request, Mask]]) -> None:
    """Raises ModelError where the requests would go over the spending limit."""
    limit = client.settings.spending_limit
    if limit is None:
        return
    sent = sum(client.count(request.system + request.user) for request, _ in wanted.values())
    cost = client.settings.cost(sent, sum(request.max_output // 4 for request, _ in wanted.values())) or 0.0
    spent = client.store.spent()
    if spent + cost > limit:
        raise ModelError(
            "limit", f"The batch would cost about {cost:.2f}, and {spent:.2f} of {limit:.2f} are spent this month."
        )


def _files(client: ModelClient, wanted: Mapping[str, tuple[Request, Mask]]) -> Iterator[list[str]]:
    lines: list[str] = []
    size = 0
    for key, (request, _) in wanted.items():
        line = json.dumps(_line(client, key, request), ensure_ascii=False)
        if lines and (len(lines) >= MOST_REQUESTS or size + len(line) > MOST_BYTES // 2):
            yield lines
            lines, size = [], 0
        lines.append(line)
        size += len(line)
    if lines:
        yield lines


def _line(client: ModelClient, key: str, request: Request) -> dict[str, Any]:
    schema = {"name": request.schema.__name__, "schema": request.json_schema, "strict": True}
    body: dict[str, Any] = {
        "model": client.settings.name,
        "messages": [{"role": "system", "content": request.system}, {"role": "user", "content": request.user}],
        "response_format": {"type": "json_schema", "json_schema": schema},
        "max_completion_tokens": request.max_output,
    }
    if client.settings.temperature is not None:
        body["temperature"] = client.settings.temperature
    return {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}


def _keep(client: ModelClient, batch: str, line: str) -> bool:
    """Keeps one answer of a batch and notes it in the account; a useless one is noted only, and asked for again."""
    waiting = client.store.batch_requests(batch)
    answer = json.loads(line)
    asked = waiting.get(answer.get("custom_id", ""))
    body = (answer.get("response") or {}).get("body") or {}
    if asked is None or not body.get("choices"):
        return False
    choice = body["choices"][0]
    content = choice.get("message", {}).get("content") or ""
    useful = choice.get("finish_reason") == "stop" and content.strip() != ""
    usage = body.get("usage") or {}
    sent, received = int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0)
    row = {
        "run": batch[:40], "subject": asked["subject"], "prompt": asked["prompt"], "host": client.settings.host,
        "model": client.settings.name, "answered_by": body.get("model"), "key": asked["key"], "masked": asked["masked"],
        "sent": sent, "received": received, "cost": client.settings.cost(sent, received), "seconds": 0.0,
        "outcome": "answered" if useful else "invalid",
    }  # fmt: skip
    client.store.open_call(row, None)
    if useful:
        client.store.keep(asked["key"], client.settings.name or "", asked["prompt"], content)
    return useful
