"""What other readers read instead of a value, beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fact", sa.Column("alternatives", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("fact", "alternatives")
