"""What the client library raises, as the reasons there are: each with its line and what to do."""

from __future__ import annotations

import time
from email.utils import parsedate_to_datetime
from typing import Any

from agent.model.errors import ModelError
from agent.model.settings import ModelSettings


def as_model_error(error: Exception, settings: ModelSettings) -> ModelError:
    """The reason of ``error``; no key and no text of a contract is in its words."""
    import openai

    host, model = settings.host, settings.name
    match error:
        case ModelError():
            return error
        case openai.LengthFinishReasonError():
            return ModelError("truncated", "The model's answer was longer than it may be, and was cut off.")
        case openai.ContentFilterFinishReasonError():
            return ModelError("refusal", f"{host} withheld the answer by its content filter.")
        case openai.APITimeoutError():
            return ModelError("timeout", f"{host} did not answer within {settings.timeout:.0f} s.")
        case openai.APIConnectionError():
            return ModelError(
                "unreachable", f"{host} cannot be reached, or cut the connection; check CONTRATHEQUE_MODEL_URL."
            )
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return ModelError("unauthorised", f"{host} does not accept the key; check CONTRATHEQUE_API_KEY.")
        case openai.NotFoundError():
            return ModelError(
                "no_model", f"{host} does not know the model {model} (or the address); see: contratheque doctor."
            )
        case openai.RateLimitError() if _code(error) == "insufficient_quota":
            return ModelError("quota", f"The account at {host} is used up; top it up there.")
        case openai.RateLimitError():
            return ModelError("busy", f"{host} takes no more requests for now.", after(error.response.headers))
        case openai.BadRequestError() if _code(error) == "context_length_exceeded":
            return ModelError(
                "bad_request", f"The text is longer than {model} takes; set CONTRATHEQUE_MODEL_CONTEXT to what it does."
            )
        case openai.APIStatusError() if error.status_code >= 500 or error.status_code in (408, 409):
            return ModelError("server_error", f"{host} failed ({error.status_code}).", after(error.response.headers))
        case openai.APIStatusError():
            return ModelError("bad_request", f"{host} turned the request away ({error.status_code}): {_said(error)}")
        case _:
            return ModelError("invalid", f"{host} gave an answer that is none ({type(error).__name__}).")


def after(headers: Any) -> float | None:
    """Seconds to wait as the server hints: `retry-after-ms`, or `retry-after` in seconds or as a date."""
    try:
        if (millis := headers.get("retry-after-ms")) is not None:
            return max(0.0, float(millis) / 1000)
        hint = headers.get("retry-after")
        if hint is None:
            return None
        if hint.strip().replace(".", "", 1).isdigit():
            return float(hint)
        return max(0.0, parsedate_to_datetime(hint).timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def _code(error: Any) -> str | None:
    return getattr(error, "code", None) or getattr(error, "type", None)


def _said(error: Any) -> str:
    """What the endpoint said of it, short; it may repeat a bit of the request, never the key."""
    body = error.body if isinstance(error.body, dict) else {}
    return str(body.get("message") or "no reason given")[:160]
