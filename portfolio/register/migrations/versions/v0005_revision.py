"""Index series with their values and links; what a person set for the revision of a contract's price."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Moment

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "index_series",
        sa.Column("code", sa.String(length=100), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("per_year", sa.Integer(), nullable=False),
        sa.Column("aliases", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("idbank", sa.String(length=20), nullable=True),
        sa.Column("base", sa.String(length=100), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_index_series")),
    )
    op.create_table(
        "index_value",
        sa.Column("series", sa.String(length=100), nullable=False),
        sa.Column("period", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["series"], ["index_series.code"], name=op.f("fk_index_value_series_index_series"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("series", "period", name=op.f("pk_index_value")),
    )
    op.create_table(
        "index_link",
        sa.Column("old", sa.String(length=100), nullable=False),
        sa.Column("new", sa.String(length=100), nullable=False),
        sa.Column("coefficient", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["new"], ["index_series.code"], name=op.f("fk_index_link_new_index_series"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["old"], ["index_series.code"], name=op.f("fk_index_link_old_index_series"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("old", name=op.f("pk_index_link")),
    )
    op.create_table(
        "revision_setting",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("setting", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_revision_setting_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_revision_setting")),
    )


def downgrade() -> None:
    for table in ("revision_setting", "index_link", "index_value", "index_series"):
        op.drop_table(table)
