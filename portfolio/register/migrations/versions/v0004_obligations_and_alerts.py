"""What became of obligations, legal rules switched, alerts with their history and lead times."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "alert_run",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_alert_run")),
    )
    op.create_table(
        "lead_time",
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("days", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "kind", name=op.f("pk_lead_time")),
    )
    op.create_table(
        "legal_rule",
        sa.Column("rule", sa.String(length=50), nullable=False),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("rule", name=op.f("pk_legal_rule")),
    )
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("event_key", sa.String(length=200), nullable=False),
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=True),
        sa.Column("debtor", sa.Text(), nullable=True),
        sa.Column("unsure", sa.Boolean(), nullable=False),
        sa.Column("what", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("steps", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("rests_on", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("assignee", sa.String(length=200), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_alert_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint("event_key", name=op.f("uq_alert_event_key")),
    )
    op.create_index(op.f("ix_alert_contract_id"), "alert", ["contract_id"])
    op.create_index("ix_alert_state", "alert", ["state", "due_on"])
    op.create_table(
        "obligation_action",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("event_key", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("sha", sa.String(length=64), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_obligation_action_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["obligation_action.id"], name=op.f("fk_obligation_action_undoes_obligation_action")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation_action")),
    )
    op.create_index("ix_obligation_action_contract", "obligation_action", ["contract_id", "id"])
    op.create_index(op.f("ix_obligation_action_event_key"), "obligation_action", ["event_key"])
    op.create_table(
        "alert_action",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_action_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["alert_action.id"], name=op.f("fk_alert_action_undoes_alert_action"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_action")),
    )
    op.create_index(op.f("ix_alert_action_alert_id"), "alert_action", ["alert_id"])
    op.create_table(
        "alert_raise",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=10), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("overtaken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alert.id"], name=op.f("fk_alert_raise_alert_id_alert"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_raise")),
        sa.UniqueConstraint("alert_id", "due_on", "reason", "lead", name="uq_alert_raise_once"),
    )
    op.create_index(op.f("ix_alert_raise_raised_on"), "alert_raise", ["raised_on"])


def downgrade() -> None:
    op.drop_index(op.f("ix_alert_raise_raised_on"), table_name="alert_raise")
    op.drop_table("alert_raise")
    op.drop_index(op.f("ix_alert_action_alert_id"), table_name="alert_action")
    op.drop_table("alert_action")
    op.drop_index(op.f("ix_obligation_action_event_key"), table_name="obligation_action")
    op.drop_index("ix_obligation_action_contract", table_name="obligation_action")
    op.drop_table("obligation_action")
    op.drop_index("ix_alert_state", table_name="alert")
    op.drop_index(op.f("ix_alert_contract_id"), table_name="alert")
    op.drop_table("alert")
    op.drop_table("legal_rule")
    op.drop_table("lead_time")
    op.drop_table("alert_run")
