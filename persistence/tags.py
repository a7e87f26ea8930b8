"""Tags, and which leads carry them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Text, Uuid, and_, any_, bindparam, column, delete, func, select, text
from sqlalchemy.dialects.postgresql import ARRAY, insert

from domain.leads import Tag
from persistence.database import Reading, Writing
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper, values_of
from persistence.statements import Constant
from persistence.tables import lead_tags, tags
from persistence.writes import locking, saving

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


_asked = func.unnest(bindparam("names", type_=ARRAY(Text))).table_valued(column("name", Text), name="asked").render_derived()
_by_name = (
    select(_asked.c.name.label("_asked"), *_columns)
    .select_from(tags.join(_asked, func.lower(tags.c.name) == func.lower(_asked.c.name)))
    .where(tags.c.workspace_id == bindparam("workspace_id"))
)


_BY_NAME = Constant(_by_name.with_for_update(of=tags, read=True, key_share=True))


async def tag_by_name(tx: Writing, names: Sequence[str]) -> Mapping[str, Tag]:
    """Read tags by their names, without regard to case as the database sees it, and keep them from being deleted meanwhile."""
    return {row["_asked"]: _to_tag(row) for row in await tx.fetch(_BY_NAME, names=list(names))} if names else {}


tag_for_update = locking(tags, Tag)
save_tags = saving(tags, Tag)

_ADD = Constant(
    insert(tags).on_conflict_do_nothing(index_elements=[tags.c.workspace_id, text("lower(name)")]), ("workspace_id", *columns_of(Tag))
)


async def add_tags(tx: Writing, new: Sequence[Tag]) -> None:
    """Insert tags; a name that is taken is left to whoever took it, so read again by name afterwards."""
    await tx.execute_many(_ADD, [values_of(tag) for tag in sorted(new, key=lambda tag: tag.name.lower())])


_mine = tags.c.workspace_id == bindparam("workspace_id")
_DELETE = Constant(delete(tags).where(_mine, tags.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))))


async def delete_tags(tx: Writing, ids: Sequence[UUID]) -> None:
    """Delete tags, and take them off every lead."""
    await tx.execute(_DELETE, ids=list(ids))


_lead_ids, _tag_ids = (bindparam(name, type_=ARRAY(Uuid)) for name in ("lead_ids", "tag_ids"))
_ATTACH = Constant(
    insert(lead_tags)
    .from_select(
        ["workspace_id", "lead_id", "tag_id", "tagged_at"],
        select(
            bindparam("workspace_id", type_=Uuid()),
            func.unnest(_lead_ids),
            func.unnest(_tag_ids),
            bindparam("at", type_=DateTime(timezone=True)),
        ),
    )
    .on_conflict_do_nothing()
)
_DETACH = Constant(
    delete(lead_tags).where(
        lead_tags.c.workspace_id == bindparam("workspace_id"), lead_tags.c.lead_id == any_(_lead_ids), lead_tags.c.tag_id == any_(_tag_ids)
    )
)


async def attach_tags(tx: Writing, pairs: Sequence[tuple[UUID, UUID]], at: datetime) -> None:
    """Put tags on leads: pairs of (lead, tag)."""
    if pairs:
        await tx.execute(_ATTACH, lead_ids=[lead for lead, _ in pairs], tag_ids=[tag for _, tag in pairs], at=at)


async def detach_tags(tx: Writing, lead_ids: Sequence[UUID], tag_ids: Sequence[UUID]) -> None:
    """Take all of these tags off all of these leads."""
    await tx.execute(_DETACH, lead_ids=list(lead_ids), tag_ids=list(tag_ids))
