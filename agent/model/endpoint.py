"""LangChain's chat and embedding models for an endpoint. Importing this module loads LangChain and takes a second."""

from __future__ import annotations

from typing import Any

from langchain_openai import AzureChatOpenAI, AzureOpenAIEmbeddings, ChatOpenAI, OpenAIEmbeddings
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


def embeddings(settings: ModelSettings) -> Any:
    """The embedding model of ``settings``, which must name one; texts go as they are, not as tokens of OpenAI's."""
    common: dict[str, Any] = {
        "api_key": settings.api_key or _NO_KEY,
        "timeout": settings.timeout,
        "max_retries": 3,
        "check_embedding_ctx_length": False,
    }
    if settings.api_version is not None:
        return AzureOpenAIEmbeddings(
            azure_endpoint=settings.url,
            deployment=settings.embedding,
            openai_api_version=settings.api_version,
            **common,
        )
    return OpenAIEmbeddings(model=settings.embedding or "", openai_api_base=settings.url, **common)
