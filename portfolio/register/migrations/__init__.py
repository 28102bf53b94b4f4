"""The register's schema, step by step (Alembic). `HEAD` is the newest step."""

HEAD = "0014"
