"""Runs the steps over the connection that the register hands in, inside its transaction."""

from importlib import import_module

from alembic import context

from portfolio.register.models import Table

_TABLES_OF = (
    "portfolio.accounts.models",
    "portfolio.agenda.models",
    "portfolio.alerts.models",
    "portfolio.calendar.told",
    "portfolio.columns.models",
    "portfolio.delivery.models",
    "portfolio.exports.bi.models",
    "portfolio.intake.models",
    "portfolio.listing.models",
    "portfolio.obligations.models",
    "portfolio.proposals.models",
    "portfolio.revision.settings",
    "portfolio.revision.store",
)
"""The modules that declare tables, beside the register's own."""

for module in _TABLES_OF:
    import_module(module)
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
