"""Whether an endpoint can be worked with: reachable, model there, JSON schema honoured, context as said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from agent.model.client import Access, ModelClient
from agent.model.errors import ModelError
from agent.model.request import Request
from agent.model.settings import ModelSettings


class Probe(BaseModel):
    model_config = ConfigDict(extra="forbid")
    answer: int
    word: str


@dataclass(frozen=True)
class Checked:
    """``models`` that the endpoint lists (empty where it lists none), ``answered_by`` the model that it says answered,
    ``context`` what it says its model takes; ``problem`` why it cannot be worked with."""

    models: tuple[str, ...] = ()
    answered_by: str | None = None
    context: int | None = None
    schema: bool = False
    problem: str | None = None


def check(access: Access) -> Checked:
    """Asks the endpoint what it is, and one small question."""
    settings = access.settings
    models, context = _listed(settings)
    client = ModelClient(access)
    request = Request("check", "check@1", "Answer in the schema.", "answer: 7, word: seven", Probe, 200)
    try:
        client.ask(request, Probe)
    except ModelError as error:
        return Checked(models, None, context, False, str(error))
    else:
        calls = client.store.sent(50)
        answered = next((call.answered_by for call in calls if call.prompt == request.prompt), None)
        return Checked(models, answered, context, True)
    finally:
        client.store.close()


def _listed(settings: ModelSettings) -> tuple[tuple[str, ...], int | None]:
    """Names of the endpoint's models, and the context of ours where it tells (vLLM, llama.cpp)."""
    import openai

    if settings.api_version is not None:
        return (), None  # Azure's dated interface lists base models, not deployments
    key = settings.api_key.get_secret_value() if settings.api_key else "none"
    client = openai.OpenAI(base_url=settings.url, api_key=key, timeout=settings.timeout, max_retries=0)
    try:
        found = list(client.models.list())
    except openai.OpenAIError:
        return (), None  # the question tells what is wrong
    ours: Any = next((model for model in found if model.id == settings.name), None)
    meta = getattr(ours, "meta", None) or {}
    context = getattr(ours, "max_model_len", None) or meta.get("n_ctx_train")
    return tuple(model.id for model in found), int(context) if context else None
