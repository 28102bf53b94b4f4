"""The first tables."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("stem", sa.String(length=500), nullable=False),
        sa.Column("stem_key", sa.String(length=500), nullable=False),
        sa.Column("reader", sa.String(length=50), nullable=False),
        sa.Column("created_at", Moment(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.Column("base_id", sa.String(length=32), nullable=True),
        sa.Column("amends_id", sa.String(length=32), nullable=True),
        sa.Column("link_state", sa.String(length=10), nullable=False),
        sa.Column("linked_by", sa.String(length=200), nullable=True),
        sa.Column("link_reasons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("link_candidates", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("reference_key", sa.String(length=200), nullable=True),
        sa.Column("amends", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=True),
        sa.Column("contract_type", sa.String(length=20), nullable=True),
        sa.Column("sector", sa.String(length=10), nullable=True),
        sa.Column("form", sa.String(length=20), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("signature_date", sa.Date(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("renewal", sa.String(length=10), nullable=True),
        sa.Column("notice_period", sa.String(length=20), nullable=True),
        sa.Column("yearly_amount", sa.Double(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=True),
        sa.Column("to_review", sa.Integer(), nullable=False),
        sa.Column("reviewed", sa.Integer(), nullable=False),
        sa.Column("search", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["amends_id"], ["contract.id"], name=op.f("fk_contract_amends_id_contract")),
        sa.ForeignKeyConstraint(["base_id"], ["contract.id"], name=op.f("fk_contract_base_id_contract")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    op.create_index(op.f("ix_contract_amends_id"), "contract", ["amends_id"], unique=False)
    op.create_index(op.f("ix_contract_base_id"), "contract", ["base_id"], unique=False)
    op.create_index(op.f("ix_contract_contract_type"), "contract", ["contract_type"], unique=False)
    op.create_index(op.f("ix_contract_end_date"), "contract", ["end_date"], unique=False)
    op.create_index(op.f("ix_contract_form"), "contract", ["form"], unique=False)
    op.create_index(op.f("ix_contract_kind"), "contract", ["kind"], unique=False)
    op.create_index(op.f("ix_contract_link_state"), "contract", ["link_state"], unique=False)
    op.create_index(op.f("ix_contract_reference_key"), "contract", ["reference_key"], unique=False)
    op.create_index(op.f("ix_contract_sector"), "contract", ["sector"], unique=False)
    op.create_index(op.f("ix_contract_status"), "contract", ["status"], unique=False)
    op.create_index(op.f("ix_contract_stem"), "contract", ["stem"], unique=False)
    op.create_index(op.f("ix_contract_stem_key"), "contract", ["stem_key"], unique=False)
    op.create_table(
        "counterparty",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=4000), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counterparty")),
    )
    op.create_table(
        "document",
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(length=20), nullable=False),
        sa.Column("parent", sa.String(length=64), nullable=True),
        sa.Column("received_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("sha", name=op.f("pk_document")),
    )
    op.create_table(
        "site",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.String(length=10), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("city_key", sa.String(length=500), nullable=False),
        sa.Column("department", sa.String(length=3), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    op.create_index(op.f("ix_site_city_key"), "site", ["city_key"], unique=False)
    op.create_index(op.f("ix_site_department"), "site", ["department"], unique=False)
    op.create_table(
        "amends_key",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_amends_key_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contract_id", "key", name=op.f("pk_amends_key")),
    )
    op.create_index(op.f("ix_amends_key_key"), "amends_key", ["key"], unique=False)
    op.create_table(
        "contract_document",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_document_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha"], ["document.sha"], name=op.f("fk_contract_document_sha_document")),
        sa.PrimaryKeyConstraint("contract_id", "sha", name=op.f("pk_contract_document")),
    )
    op.create_index(op.f("ix_contract_document_sha"), "contract_document", ["sha"], unique=False)
    op.create_table(
        "contract_site",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_contract_site_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_contract_site_site_id_site")),
        sa.PrimaryKeyConstraint("contract_id", "position", name=op.f("pk_contract_site")),
    )
    op.create_index(op.f("ix_contract_site_site_id"), "contract_site", ["site_id"], unique=False)
    op.create_table(
        "document_name",
        sa.Column("sha", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=1000), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha"], ["document.sha"], name=op.f("fk_document_name_sha_document"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha", "name", name=op.f("pk_document_name")),
    )
    op.create_table(
        "fact",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("reader", sa.String(length=50), nullable=False),
        sa.Column("rule", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("review", sa.String(length=10), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_fact_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact")),
    )
    op.create_index("ix_fact_contract", "fact", ["contract_id", "field", "position"], unique=False)
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=20), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("after", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("states", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_history_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["undoes"], ["history.id"], name=op.f("fk_history_undoes_history")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_contract_id"), "history", ["contract_id"], unique=False)
    op.create_table(
        "identity",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=4000), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("head", sa.String(length=2000), nullable=True),
        sa.Column("tail", sa.String(length=2000), nullable=True),
        sa.Column("counterparty_id", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["counterparty_id"], ["counterparty.id"], name=op.f("fk_identity_counterparty_id_counterparty")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_counterparty_id"), "identity", ["counterparty_id"], unique=False)
    op.create_index(op.f("ix_identity_head"), "identity", ["head"], unique=False)
    op.create_index(op.f("ix_identity_key"), "identity", ["key"], unique=False)
    op.create_index(op.f("ix_identity_number"), "identity", ["number"], unique=False)
    op.create_index(op.f("ix_identity_tail"), "identity", ["tail"], unique=False)
    op.create_table(
        "label",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("dimension", sa.String(length=200), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_label_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("contract_id", "dimension", "value", name=op.f("pk_label")),
    )
    op.create_index("ix_label_value", "label", ["dimension", "value"], unique=False)
    op.create_table(
        "ledger",
        sa.Column("path", sa.String(length=2000), nullable=False),
        sa.Column("sha", sa.String(length=64), nullable=True),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=50), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("contract_id", sa.String(length=32), nullable=True),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_ledger_contract_id_contract"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_ledger")),
    )
    op.create_index(op.f("ix_ledger_contract_id"), "ledger", ["contract_id"], unique=False)
    op.create_index(op.f("ix_ledger_outcome"), "ledger", ["outcome"], unique=False)
    op.create_index(op.f("ix_ledger_sha"), "ledger", ["sha"], unique=False)
    op.create_table(
        "company",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=500), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=True),
        sa.Column("identity_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_company_identity_id_identity")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_company")),
    )
    op.create_table(
        "former_name",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("identity_id", sa.String(length=32), nullable=False),
        sa.Column("former_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=4000), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_former_name_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["former_id"], ["identity.id"], name=op.f("fk_former_name_former_id_identity")),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_former_name_identity_id_identity")),
        sa.PrimaryKeyConstraint("contract_id", "identity_id", "former_id", name=op.f("pk_former_name")),
    )
    op.create_index(op.f("ix_former_name_former_id"), "former_name", ["former_id"], unique=False)
    op.create_index(op.f("ix_former_name_identity_id"), "former_name", ["identity_id"], unique=False)
    op.create_table(
        "identity_rule",
        sa.Column("left", sa.String(length=32), nullable=False),
        sa.Column("right", sa.String(length=32), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("who", sa.String(length=200), nullable=False),
        sa.Column("at", Moment(), nullable=False),
        sa.ForeignKeyConstraint(["left"], ["identity.id"], name=op.f("fk_identity_rule_left_identity")),
        sa.ForeignKeyConstraint(["right"], ["identity.id"], name=op.f("fk_identity_rule_right_identity")),
        sa.PrimaryKeyConstraint("left", "right", name=op.f("pk_identity_rule")),
    )
    op.create_index(op.f("ix_identity_rule_right"), "identity_rule", ["right"], unique=False)
    op.create_table(
        "party",
        sa.Column("contract_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=4000), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("registration", sa.String(length=20), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("identity_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["contract_id"], ["contract.id"], name=op.f("fk_party_contract_id_contract"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["identity_id"], ["identity.id"], name=op.f("fk_party_identity_id_identity")),
        sa.PrimaryKeyConstraint("contract_id", "position", name=op.f("pk_party")),
    )
    op.create_index("ix_party_identity", "party", ["identity_id", "name", "dated", "contract_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_party_identity", table_name="party")
    op.drop_table("party")
    op.drop_index(op.f("ix_identity_rule_right"), table_name="identity_rule")
    op.drop_table("identity_rule")
    op.drop_index(op.f("ix_former_name_identity_id"), table_name="former_name")
    op.drop_index(op.f("ix_former_name_former_id"), table_name="former_name")
    op.drop_table("former_name")
    op.drop_table("company")
    op.drop_index(op.f("ix_ledger_sha"), table_name="ledger")
    op.drop_index(op.f("ix_ledger_outcome"), table_name="ledger")
    op.drop_index(op.f("ix_ledger_contract_id"), table_name="ledger")
    op.drop_table("ledger")
    op.drop_index("ix_label_value", table_name="label")
    op.drop_table("label")
    op.drop_index(op.f("ix_identity_tail"), table_name="identity")
    op.drop_index(op.f("ix_identity_number"), table_name="identity")
    op.drop_index(op.f("ix_identity_key"), table_name="identity")
    op.drop_index(op.f("ix_identity_head"), table_name="identity")
    op.drop_index(op.f("ix_identity_counterparty_id"), table_name="identity")
    op.drop_table("identity")
    op.drop_index(op.f("ix_history_contract_id"), table_name="history")
    op.drop_table("history")
    op.drop_index("ix_fact_contract", table_name="fact")
    op.drop_table("fact")
    op.drop_table("document_name")
    op.drop_index(op.f("ix_contract_site_site_id"), table_name="contract_site")
    op.drop_table("contract_site")
    op.drop_index(op.f("ix_contract_document_sha"), table_name="contract_document")
    op.drop_table("contract_document")
    op.drop_index(op.f("ix_amends_key_key"), table_name="amends_key")
    op.drop_table("amends_key")
    op.drop_index(op.f("ix_site_department"), table_name="site")
    op.drop_index(op.f("ix_site_city_key"), table_name="site")
    op.drop_table("site")
    op.drop_table("document")
    op.drop_table("counterparty")
    op.drop_index(op.f("ix_contract_stem_key"), table_name="contract")
    op.drop_index(op.f("ix_contract_stem"), table_name="contract")
    op.drop_index(op.f("ix_contract_status"), table_name="contract")
    op.drop_index(op.f("ix_contract_sector"), table_name="contract")
    op.drop_index(op.f("ix_contract_reference_key"), table_name="contract")
    op.drop_index(op.f("ix_contract_link_state"), table_name="contract")
    op.drop_index(op.f("ix_contract_kind"), table_name="contract")
    op.drop_index(op.f("ix_contract_form"), table_name="contract")
    op.drop_index(op.f("ix_contract_end_date"), table_name="contract")
    op.drop_index(op.f("ix_contract_contract_type"), table_name="contract")
    op.drop_index(op.f("ix_contract_base_id"), table_name="contract")
    op.drop_index(op.f("ix_contract_amends_id"), table_name="contract")
    op.drop_table("contract")
