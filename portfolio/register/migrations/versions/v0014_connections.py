"""The view of alerts, watched places, webhooks told of more than alerts, private calendar addresses."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Json, Moment

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bi_alerts",
        sa.Column("alert_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days_left", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("alert_state", sa.String(length=40), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("assignee", sa.Text(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("debtor", sa.Text(), nullable=True),
        sa.Column("to_verify", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("moved", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_bi_alerts")),
    )
    op.execute(f"CREATE VIEW v_alerts AS SELECT {_ALERTS} FROM bi_alerts")
    op.create_table(
        "intake_source",
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("shown", sa.String(length=1000), nullable=False),
        sa.Column("uid_validity", sa.BigInteger(), nullable=True),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", Moment(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_intake_source")),
    )
    op.create_table(
        "intake_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("source", sa.String(length=100), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("stamp", sa.String(length=100), nullable=False),
        sa.Column("shown", sa.String(length=1000), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=50), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("contract_id", sa.String(length=40), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source"], ["intake_source.name"], name=op.f("fk_intake_item_source_intake_source"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_item")),
        sa.UniqueConstraint("source", "key", name="uq_intake_item_once"),
    )
    op.create_index("ix_intake_item_at", "intake_item", ["at"])
    # without a batch: a table made anew on SQLite would give the number of a removed webhook again
    op.add_column("webhook", sa.Column("topics", Json, nullable=False, server_default='["alert.raised"]'))
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=200), nullable=True),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("contract_types", Json, nullable=False),
        sa.Column("tag", sa.String(length=200), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("used_at", Moment(), nullable=True),
        sa.Column("revoked_at", Moment(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token", name=op.f("uq_calendar_feed_token")),
    )


_ALERTS = (
    "alert_id, contract_id, contract, due_on, days_left, kind, what, alert_state, snoozed_until, assignee, raised_on, "
    "escalated, side, debtor, to_verify, note, moved, basis"
)
"""The columns of the view, as they are published."""


def downgrade() -> None:
    op.drop_table("calendar_feed")
    with op.batch_alter_table("webhook", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.drop_column("topics")
    op.drop_table("intake_item")
    op.drop_table("intake_source")
    op.execute("DROP VIEW v_alerts")
    op.drop_table("bi_alerts")
