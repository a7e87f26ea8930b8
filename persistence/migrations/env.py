"""Runs migrations on the connection that `persistence.migrating` hands over."""

from __future__ import annotations

from typing import cast

from alembic import context
from sqlalchemy import Connection

from persistence.tables import metadata

connection = cast(Connection, context.config.attributes["connection"])
context.configure(
    connection=connection,
    target_metadata=metadata,
    compare_type=True,
    compare_server_default=True,
    process_revision_directives=context.config.attributes.get("walls"),
)
with context.begin_transaction():
    context.run_migrations()
