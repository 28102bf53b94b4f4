"""Columns that users add, what each contract says to them, and what happened to the answers."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Json, Moment

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "own_column",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("choices", Json, nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_own_column")),
    )
    op.create_table(
        "own_value",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("column_key", sa.String(length=80), nullable=False),
        sa.Column("value", Json, nullable=True),
        sa.Column("evidence", Json, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("reader", sa.String(length=50), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("review", sa.String(length=10), nullable=False),
        sa.Column("stamp", sa.String(length=64), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_own_value_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["column_key"], ["own_column.key"], name=op.f("fk_own_value_column_key_own_column"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contract_id", "column_key", name=op.f("pk_own_value")),
    )
    op.create_index(op.f("ix_own_value_column_key"), "own_value", ["column_key"])
    op.create_table(
        "own_history",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("column_key", sa.String(length=80), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("before", Json, nullable=True),
        sa.Column("after", Json, nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_own_history_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["column_key"], ["own_column.key"], name=op.f("fk_own_history_column_key_own_column"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_history")),
    )
    op.create_index("ix_own_history_answer", "own_history", ["column_key", "contract_id"])


def downgrade() -> None:
    for table in ("own_history", "own_value", "own_column"):
        op.drop_table(table)
