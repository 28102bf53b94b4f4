"""The tables of the passage store. Everything in them can be made again from the register and the files."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("contract", sa.Text, nullable=False),
    sa.Column("document", sa.Text, nullable=False),
    sa.Column("document_name", sa.Text, nullable=False),
    sa.Column("document_kind", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("page", sa.Integer, nullable=False),
    sa.Column("last_page", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("path", sa.JSON, nullable=False),
    sa.Column("headline", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("embed_text", sa.Text, nullable=False),
    sa.Column("text_hash", sa.Text, nullable=False),
    sa.Column("build", sa.Text, comment="the build of the vector index that holds this passage"),
    sa.Index("passages_by_place", "contract", "document", "position"),
    sa.Index("passages_by_build", "build"),
)

contracts = sa.Table(
    "passages_contracts",
    metadata,
    sa.Column("contract", sa.Text, primary_key=True),
    sa.Column("contract_type", sa.Text, index=True),
    sa.Column("language", sa.Text),
)

labels = sa.Table(
    "passages_labels",
    metadata,
    sa.Column("contract", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False, comment="site or counterparty"),
    sa.Column("folded", sa.Text, nullable=False),
)

embeddings = sa.Table(
    "passages_embeddings",
    metadata,
    sa.Column("text_hash", sa.Text, primary_key=True),
    sa.Column("model", sa.Text, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False, comment="little-endian float32"),
    sqlite_with_rowid=False,
)

removed = sa.Table(
    "passages_removed",
    metadata,
    sa.Column("id", sa.Text, primary_key=True, comment="a passage that the vector index may still hold"),
)

settings = sa.Table(
    "passages_settings",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
