"""What tables are made of: the columns and keys that many of them share."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Numeric,
    PrimaryKeyConstraint,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine, UserDefinedType

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

INSTANT: TypeEngine[Any] = DateTime(timezone=True)
TEXTS: TypeEngine[Any] = ARRAY(Text)
# 18 digits, three of them after the point: the dinars have mils, and no deal has 16 digits before the point.
MONEY: TypeEngine[Any] = Numeric(18, 3)


class Xid8(UserDefinedType[int]):
    """PostgreSQL's 64-bit transaction id."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


def table(name: str, *items: SchemaItem, divided_by: str | None = None) -> Table:
    """Build a workspace's table: `workspace_id` first, and a foreign key to the workspace.

    Where a key to another table must have a value, that key implies the workspace already: a second check of every row would buy nothing.
    `divided_by`: how its rows are divided among partitions, which no other table is.
    """
    required = {item.name for item in items if isinstance(item, Column) and not item.nullable}
    implied = any(isinstance(item, ForeignKeyConstraint) and required.issuperset(item.column_keys[1:]) for item in items)
    workspace = ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE")
    references = [] if implied or name == "workspaces" else [workspace]
    return Table(name, metadata, Column("workspace_id", Uuid, nullable=False), *items, *references, postgresql_partition_by=divided_by)


def key(*columns: str) -> PrimaryKeyConstraint:
    return PrimaryKeyConstraint("workspace_id", *columns)


def refers(columns: str | list[str], target: str, *, ondelete: str | None = None) -> ForeignKeyConstraint:
    """Build a foreign key that cannot leave the workspace. `SET NULL` spares `workspace_id` by naming the column."""
    names = [columns] if isinstance(columns, str) else columns
    action = f"SET NULL ({', '.join(names)})" if ondelete == "SET NULL" else ondelete
    return ForeignKeyConstraint(["workspace_id", *names], [f"{target}.workspace_id", *(f"{target}.id" for _ in names)], ondelete=action)


def actor(prefix: str = "actor", *, required: bool = True) -> tuple[Column[str], Column[object]]:
    return Column(f"{prefix}_kind", Text, nullable=not required), Column(f"{prefix}_id", Uuid)


def count(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text("0"))


def stamps() -> tuple[Column[int], Column[object], Column[object]]:
    return (
        Column("version", Integer, nullable=False, server_default=text("1")),
        Column("created_at", INSTANT, nullable=False),
        Column("updated_at", INSTANT, nullable=False),
    )
