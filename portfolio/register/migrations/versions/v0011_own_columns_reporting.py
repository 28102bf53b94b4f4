"""The table behind the view of own columns."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bi_own_columns",
        sa.Column("own_id", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("column_key", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("question_kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("read_by", sa.String(length=40), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("quote", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("own_id", name=op.f("pk_bi_own_columns")),
    )
    op.execute(f"CREATE VIEW v_own_columns AS SELECT {_COLUMNS} FROM bi_own_columns")


_COLUMNS = (
    "own_id, contract_id, contract, column_key, question, question_kind, value, number, currency, on_day, holds, "
    "answer, state, confidence, read_by, set_by, document, page, quote"
)
"""The columns of the view, as they are published."""


def downgrade() -> None:
    op.execute("DROP VIEW v_own_columns")
    op.drop_table("bi_own_columns")
