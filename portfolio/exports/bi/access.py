"""Who may read the views: on PostgreSQL a role that sees them and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portfolio.errors import ContrathequeError, NotFound
from portfolio.exports.bi.models import VIEWS
from portfolio.register.store import Register


def grant(register: Register, role: str) -> None:
    """Lets the role ``role`` of the PostgreSQL server read the views.

    Raises NotFound where there is no such role, and ContrathequeError, granting nothing, where the role could read or
    change other tables of the register too (a superuser, an owner, a member of a role that may).
    """
    if register.database.engine.dialect.name != "postgresql":
        raise ContrathequeError(
            "SQLite has no roles: who can read its file reads everything. Give reporting tools the Parquet export, "
            "or move the register to PostgreSQL."
        )
    with register.database.writing() as session:
        if session.scalar(sa.text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role}) is None:
            raise NotFound(f"The server has no role « {role} »; make it: CREATE ROLE … LOGIN PASSWORD '…'.")
        quoted = register.database.engine.dialect.identifier_preparer.quote(role)
        schema = register.database.engine.dialect.identifier_preparer.quote(
            session.scalar(sa.text("SELECT current_schema()")) or "public"
        )
        session.execute(sa.text(f"GRANT USAGE ON SCHEMA {schema} TO {quoted}"))
        for view in VIEWS:
            session.execute(sa.text(f"GRANT SELECT ON {schema}.{view} TO {quoted}"))
        beyond = sorted(_beyond(session, role))
        if beyond:
            raise ContrathequeError(
                f"« {role} » could reach {len(beyond)} other tables too ({', '.join(beyond[:3])}…); nothing was "
                "granted. Use a role of its own that is no superuser, no owner, and no member of another role."
            )


def _beyond(session: Session, role: str) -> Iterable[str]:
    """Tables of the register that the role may read or change beside the views, and views that it may change."""
    query = sa.text(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        "WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'v', 'm', 'p') AND ("
        "  has_table_privilege(:role, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR"
        "  (c.relname <> ALL(:views) AND has_table_privilege(:role, c.oid, 'SELECT')))"
    )
    return session.scalars(query, {"role": role, "views": list(VIEWS)})
