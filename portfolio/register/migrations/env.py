"""Runs the steps over the connection that the register hands in, inside its transaction."""

from alembic import context

import portfolio.calendar.told
from portfolio.register.models import Table

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
