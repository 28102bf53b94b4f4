"""Published tables for reporting tools, and the views that show them."""

import sqlalchemy as sa
from alembic import op

from portfolio.register.models import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bi_contracts",
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("contract_type", sa.String(length=40), nullable=True),
        sa.Column("sector", sa.String(length=40), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=True),
        sa.Column("counterparties", sa.Text(), nullable=True),
        sa.Column("our_role", sa.String(length=40), nullable=True),
        sa.Column("sites", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=True),
        sa.Column("status_by_dates", sa.String(length=40), nullable=True),
        sa.Column("signature_date", sa.Date(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("end_date", sa.Date(), nullable=True),
        sa.Column("duration", sa.String(length=30), nullable=True),
        sa.Column("renewal", sa.String(length=40), nullable=True),
        sa.Column("renewal_period", sa.String(length=30), nullable=True),
        sa.Column("renewal_max_count", sa.Integer(), nullable=True),
        sa.Column("renewals_used", sa.Integer(), nullable=True),
        sa.Column("current_end", sa.Date(), nullable=True),
        sa.Column("final_end", sa.Date(), nullable=True),
        sa.Column("notice_period", sa.String(length=30), nullable=True),
        sa.Column("notice_deadline", sa.Date(), nullable=True),
        sa.Column("notice_missed", sa.Boolean(), nullable=True),
        sa.Column("following_notice_deadline", sa.Date(), nullable=True),
        sa.Column("yearly_amount", sa.Float(), nullable=True),
        sa.Column("price_revision", sa.String(length=40), nullable=True),
        sa.Column("revision_formula", sa.Text(), nullable=True),
        sa.Column("revision_indices", sa.Text(), nullable=True),
        sa.Column("revision_frequency", sa.String(length=30), nullable=True),
        sa.Column("revision_month_day", sa.Text(), nullable=True),
        sa.Column("revision_cap_percent", sa.Float(), nullable=True),
        sa.Column("next_revision", sa.Date(), nullable=True),
        sa.Column("payment_days", sa.Integer(), nullable=True),
        sa.Column("late_interest", sa.Text(), nullable=True),
        sa.Column("termination", sa.Text(), nullable=True),
        sa.Column("governing_law", sa.Text(), nullable=True),
        sa.Column("jurisdiction", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.Column("amendments", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=40), nullable=False),
        sa.Column("tags", sa.Text(), nullable=True),
        sa.Column("to_review", sa.Integer(), nullable=False),
        sa.Column("updated_at", Moment(), nullable=False),
        sa.PrimaryKeyConstraint("contract_id", name=op.f("pk_bi_contracts")),
    )
    op.create_table(
        "bi_parties",
        sa.Column("value_id", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("registration", sa.Text(), nullable=True),
        sa.Column("counterparty_id", sa.Text(), nullable=True),
        sa.Column("counterparty", sa.Text(), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("value_id", name=op.f("pk_bi_parties")),
    )
    op.create_table(
        "bi_sites",
        sa.Column("value_id", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("city", sa.Text(), nullable=True),
        sa.Column("postal_code", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("value_id", name=op.f("pk_bi_sites")),
    )
    op.create_table(
        "bi_amounts",
        sa.Column("value_id", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("amount", sa.Float(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("tax", sa.String(length=40), nullable=True),
        sa.Column("period", sa.String(length=40), nullable=True),
        sa.Column("bound", sa.String(length=40), nullable=True),
        sa.Column("amount_per_year", sa.Float(), nullable=True),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("value_id", name=op.f("pk_bi_amounts")),
    )
    op.create_table(
        "bi_deadlines",
        sa.Column("deadline_id", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("counterparties", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("days_left", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("debtor", sa.Text(), nullable=True),
        sa.Column("to_verify", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("missing", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("deadline_id", name=op.f("pk_bi_deadlines")),
    )
    op.create_table(
        "bi_obligations",
        sa.Column("value_id", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("debtor", sa.Text(), nullable=True),
        sa.Column("side", sa.String(length=40), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("deliverable", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=True),
        sa.Column("due_every", sa.String(length=30), nullable=True),
        sa.Column("due_month_day", sa.Text(), nullable=True),
        sa.Column("due_event", sa.Text(), nullable=True),
        sa.Column("due_offset", sa.String(length=30), nullable=True),
        sa.Column("next_due", sa.Date(), nullable=True),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("value_id", name=op.f("pk_bi_obligations")),
    )
    op.create_table(
        "bi_amendments",
        sa.Column("amendment_id", sa.Text(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("amendment", sa.Text(), nullable=False),
        sa.Column("amendment_title", sa.Text(), nullable=True),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("in_force", sa.Boolean(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("amendment_id", "change", name=op.f("pk_bi_amendments")),
    )
    op.create_table(
        "bi_terms",
        sa.Column("value_id", sa.Text(), nullable=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("set_by_id", sa.Text(), nullable=False),
        sa.Column("set_by", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("value_id", name=op.f("pk_bi_terms")),
    )
    op.create_table(
        "bi_sources",
        sa.Column("value_id", sa.Text(), nullable=False),
        sa.Column("proof", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("contract_id", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("found", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("value_id", "proof", name=op.f("pk_bi_sources")),
    )
    op.create_table(
        "bi_refresh",
        sa.Column("version", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("refreshed_at", Moment(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_bi_refresh")),
    )
    for name, columns in VIEWS.items():
        op.execute(f"CREATE VIEW v_{name} AS SELECT {columns} FROM bi_{name}")


VIEWS = {
    "contracts": (
        "contract_id, contract, title, reference, contract_type, sector, form, counterparties, our_role, "
        "sites, status, status_by_dates, signature_date, start_date, end_date, duration, renewal, "
        "renewal_period, renewal_max_count, renewals_used, current_end, final_end, notice_period, "
        "notice_deadline, notice_missed, following_notice_deadline, yearly_amount, price_revision, "
        "revision_formula, revision_indices, revision_frequency, revision_month_day, "
        "revision_cap_percent, next_revision, payment_days, late_interest, termination, governing_law, "
        "jurisdiction, language, amendments, link, tags, to_review, updated_at"
    ),
    "parties": (
        "value_id, contract_id, contract, name, role, registration, counterparty_id, counterparty, side, set_by, state"
    ),
    "sites": ("value_id, contract_id, contract, site, city, postal_code, department, region, set_by, state"),
    "amounts": (
        "value_id, contract_id, contract, label, amount, currency, tax, period, bound, amount_per_year, "
        "set_by, since, state"
    ),
    "deadlines": (
        "deadline_id, contract_id, contract, counterparties, due_on, days_left, kind, what, side, debtor, "
        "to_verify, basis, missing"
    ),
    "obligations": (
        "value_id, contract_id, contract, debtor, side, action, deliverable, due, due_date, due_every, "
        "due_month_day, due_event, due_offset, next_due, set_by, state, quote"
    ),
    "amendments": (
        "amendment_id, change, amendment, amendment_title, contract_id, contract, effective_on, in_force, "
        "field, before, after"
    ),
    "terms": ("value_id, contract_id, contract, field, value, set_by_id, set_by, since, state, confidence, basis"),
    "sources": ("value_id, proof, contract_id, contract, field, value, document, page, quote, found, document_id"),
    "refresh": ("version, as_of, refreshed_at, language"),
}
"""The columns of each view, as they are published."""


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW v_{name}")
        op.drop_table(f"bi_{name}")
