"""What is kept of the model's work: its answers, a line a request, and batches that wait."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

answers = Table(
    "model_answer",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("model", String(200), nullable=False),
    Column("prompt", String(400), nullable=False),
    Column("content", Text, nullable=False),
    Column("at", Float, nullable=False),
)
"""Answers that were used, by what was asked (`agent.model.request.Request.key`); ``at`` in seconds since 1970."""

calls = Table(
    "model_call",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("run", String(40), nullable=False, index=True),
    Column("at", Float, nullable=False, index=True),
    Column("subject", String(64), nullable=False, index=True),
    Column("prompt", String(400), nullable=False),
    Column("host", String(300), nullable=False),
    Column("model", String(200), nullable=False),
    Column("answered_by", String(200)),
    Column("key", String(64), nullable=False),
    Column("masked", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("received", Integer, nullable=False),
    Column("cost", Float),
    Column("seconds", Float, nullable=False),
    Column("outcome", String(20), nullable=False),
    Index("ix_model_call_outcome", "outcome", "at"),
)
"""What was sent where, and what it cost. ``subject`` is the content hash of the document that was asked about;
``outcome`` `sent` until there is an answer, then `answered` or the reason why there is none. No text is kept here."""

batches = Table(
    "model_batch",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("host", String(300), nullable=False),
    Column("at", Float, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("state", String(20), nullable=False),
)

batch_requests = Table(
    "model_batch_request",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("batch", String(200), nullable=False, index=True),
    Column("subject", String(64), nullable=False),
    Column("prompt", String(400), nullable=False),
    Column("masked", Integer, nullable=False),
)
"""Requests handed over in a batch and not answered yet."""
