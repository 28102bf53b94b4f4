"""LangChain's chat model for an endpoint. Importing this module loads LangChain and takes a second."""

from __future__ import annotations

from typing import Any

from langchain_openai import AzureChatOpenAI, ChatOpenAI
from pydantic import SecretStr

from agent.model.settings import ModelSettings

_NO_KEY = SecretStr("none")
"""Servers of one's own ask for no key, the client for some."""


def chat(settings: ModelSettings) -> Any:
    """The chat model of ``settings``, which must be configured. It does not try again by itself."""
    common: dict[str, Any] = {
        "api_key": settings.api_key or _NO_KEY,
        "timeout": settings.timeout,
        "max_retries": 0,
        "use_responses_api": False,
        "temperature": settings.temperature,
    }
    if settings.api_version is not None:
        return AzureChatOpenAI(
            azure_endpoint=settings.url, azure_deployment=settings.name, api_version=settings.api_version, **common
        )
    return ChatOpenAI(model=settings.name or "", base_url=settings.url, **common)
