"""What a person tells of a contract: the day of an event, a notice, an end, a renewal."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Moment

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("event", sa.String(length=200), nullable=True),
        sa.Column("event_key", sa.String(length=200), nullable=True),
        sa.Column("by_side", sa.String(length=10), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("withdrawn_by", sa.String(length=200), nullable=True),
        sa.Column("withdrawn_at", Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_told_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_told")),
    )
    op.create_index(op.f("ix_told_contract_id"), "told", ["contract_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_told_contract_id"), table_name="told")
    op.drop_table("told")
