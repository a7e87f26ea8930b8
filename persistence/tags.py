"""Tags, and which leads carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.leads import Tag
from persistence.database import Reading
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import lead_tags, tags

tag_by_id = by_id(tags, Tag)
_to_tag = mapper(Tag)
_columns: list[ColumnElement[Any]] = [tags.c[name] for name in columns_of(Tag)]
_name = func.lower(tags.c.name).collate("C")

_BY_LEAD = Constant(
    select(*_columns, lead_tags.c.lead_id.label("_lead_id"))
    .select_from(tags.join(lead_tags, and_(lead_tags.c.workspace_id == tags.c.workspace_id, lead_tags.c.tag_id == tags.c.id)))
    .where(tags.c.workspace_id == bindparam("workspace_id"), lead_tags.c.lead_id == any_(bindparam("ids", type_=ARRAY(Uuid))))
    .order_by(lead_tags.c.lead_id, _name)
)

all_tags: Listing[Tag, Any] = Listing(
    build=_to_tag,
    columns=_columns,
    source=tags,
    workspace=tags.c.workspace_id,
    id=tags.c.id,
    orderings={"NAME": Ordering(_name, str)},
)


async def tags_by_lead(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Tag]]:
    """Read the tags of leads, by name."""
    grouped: dict[UUID, list[Tag]] = {}
    for row in await db.fetch(_BY_LEAD, ids=list(ids)):
        grouped.setdefault(row["_lead_id"], []).append(_to_tag(row))
    return grouped
