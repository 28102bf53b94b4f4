"""Who is told, what waits to be sent and what was sent, webhooks, and requests to suppliers."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Json, Moment

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery_cursor",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_delivery_cursor")),
    )
    op.create_table(
        "delivery_person",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("general", sa.Boolean(), nullable=False),
        sa.Column("away", sa.Boolean(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deputy_id"],
            ["delivery_person.id"],
            name=op.f("fk_delivery_person_deputy_id_delivery_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_person")),
        sa.UniqueConstraint("key", name=op.f("uq_delivery_person_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("lane", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=400), nullable=False),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("next_at", Moment(), nullable=False),
        sa.Column("claimed_until", Moment(), nullable=True),
        sa.Column("sent_at", Moment(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
    )
    op.create_index("ix_outbox_due", "outbox", ["state", "next_at"])
    op.create_table(
        "relance",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("reply_to", sa.String(length=320), nullable=True),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decided_at", Moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("created_on", sa.Date(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relance")),
    )
    op.create_index(op.f("ix_relance_state"), "relance", ["state"])
    op.create_index(op.f("ix_relance_supplier"), "relance", ["supplier"])
    op.create_table(
        "supplier_contact",
        sa.Column("supplier", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("supplier", name=op.f("pk_supplier_contact")),
    )
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("secret", sa.String(length=100), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "delivery_charge",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=220), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("shown", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["delivery_person.id"],
            name=op.f("fk_delivery_charge_person_id_delivery_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_charge")),
        sa.UniqueConstraint("person_id", "scope", "value", name="uq_delivery_charge_once"),
    )
    op.create_index(op.f("ix_delivery_charge_person_id"), "delivery_charge", ["person_id"])
    op.create_table(
        "delivery_telling",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("raise_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("outbox_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_delivery_telling_outbox_id_outbox")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["delivery_person.id"],
            name=op.f("fk_delivery_telling_person_id_delivery_person"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["raise_id"], ["alert_raise.id"], name=op.f("fk_delivery_telling_raise_id_alert_raise"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_telling")),
        sa.UniqueConstraint("raise_id", "person_id", name="uq_delivery_telling_once"),
    )
    op.create_index(op.f("ix_delivery_telling_outbox_id"), "delivery_telling", ["outbox_id"])
    op.create_index(op.f("ix_delivery_telling_raise_id"), "delivery_telling", ["raise_id"])


def downgrade() -> None:
    op.drop_table("delivery_telling")
    op.drop_table("delivery_charge")
    op.drop_table("webhook")
    op.drop_table("supplier_contact")
    op.drop_table("relance")
    op.drop_table("outbox")
    op.drop_table("delivery_person")
    op.drop_table("delivery_cursor")
