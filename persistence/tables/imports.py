"""Files of leads on their way in."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from persistence.tables.columns import INSTANT, TEXTS, actor, count, key, refers, table

imports = table(
    "imports",
    Column("id", Uuid, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("mapping", JSONB),
    Column("mapping_hash", LargeBinary),
    Column("content_hash", LargeBinary),
    Column("content", LargeBinary),
    Column("byte_size", BigInteger),
    Column("encoding", Text),
    Column("delimiter", Text),
    Column("upload_secret_hash", LargeBinary),
    Column("rows_total", Integer),
    count("rows_done"),
    count("created"),
    count("updated"),
    count("unchanged"),
    count("duplicates"),
    count("failed"),
    Column("warnings", TEXTS, nullable=False, server_default=text("'{}'")),
    Column("message", Text),
    # What the key that started it may do; the rows are applied as if by that key, long after its request.
    Column("permissions", TEXTS, nullable=False, server_default=text("'{}'")),
    # Whoever holds the lease applies the rows; when it ran out, somebody else may take over.
    Column("lease", Uuid),
    Column("leased_until", INSTANT),
    *actor("created_by"),
    Column("created_at", INSTANT, nullable=False),
    Column("started_at", INSTANT),
    Column("finished_at", INSTANT),
    key("id"),
    Index(None, "workspace_id", "created_at", "id"),
    # One file by one mapping is imported once at a time: the second request finds the first.
    Index(
        "uq_imports_unfinished",
        "workspace_id",
        "content_hash",
        "mapping_hash",
        unique=True,
        postgresql_where=text("status IN ('QUEUED', 'RUNNING')"),
    ),
)

import_row_errors = table(
    "import_row_errors",
    Column("import_id", Uuid, nullable=False),
    Column("row_number", Integer, nullable=False),
    Column("problems", JSONB, nullable=False),
    Column("cells", JSONB, nullable=False),
    key("import_id", "row_number"),
    refers("import_id", "imports", ondelete="CASCADE"),
)
