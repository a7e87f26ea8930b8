"""The rules of contacting, version by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record
from sqlalchemy import Uuid, any_, bindparam, insert, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.contact_rules import SHIPPED, ContactRules, PublishedRules
from persistence.database import Reading, Writing
from persistence.documents import from_document, to_document
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of
from persistence.statements import Constant
from persistence.tables import contact_rules

_names = columns_of(PublishedRules)
_columns = [contact_rules.c[name] for name in _names]
_mine = contact_rules.c.workspace_id == bindparam("workspace_id")
_CURRENT = Constant(select(contact_rules.c.rules).where(_mine).order_by(contact_rules.c.version.desc()).limit(1))
_BY_ID = Constant(select(*_columns).where(_mine, contact_rules.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))))
_ADD = Constant(insert(contact_rules), ("workspace_id", *_names))


def _published(row: Record) -> PublishedRules:
    values: dict[str, Any] = {name: row[name] for name in _names}
    values["rules"] = from_document(ContactRules, row["rules"])
    return PublishedRules(**values)


async def current_contact_rules(db: Reading) -> ContactRules:
    """Read the rules that hold now: the latest published, else the shipped ones."""
    row = await db.fetch_one(_CURRENT)
    return SHIPPED if row is None else from_document(ContactRules, row["rules"])


async def contact_rules_by_id(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, PublishedRules]:
    """Read published versions."""
    return {row["id"]: _published(row) for row in await db.fetch(_BY_ID, ids=list(ids))}


async def add_contact_rules(tx: Writing, published: PublishedRules) -> None:
    """Insert a version."""
    values: dict[str, Any] = {name: getattr(published, name) for name in _names}
    await tx.execute(_ADD, **{**values, "rules": to_document(ContactRules, published.rules)})


all_contact_rules: Listing[PublishedRules, Any] = Listing(
    build=_published,
    columns=_columns,
    source=contact_rules,
    workspace=contact_rules.c.workspace_id,
    id=contact_rules.c.id,
    orderings={"AT": Ordering(contact_rules.c.at, datetime)},
)
