"""Looks up what filters name: whether it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Select, Text, Uuid, any_, bindparam, column, func, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY

from domain.filters import LeadFilter
from domain.segments import FilterProblem, Known, names_in, problems_of
from persistence.custom_fields import definitions
from persistence.database import Reading
from persistence.statements import Constant
from persistence.tables import agents, campaigns, pipelines, segments, stages, tags, teams


def _there(table: Any) -> Select[Any]:
    return select(table.c.id).where(
        table.c.workspace_id == bindparam("workspace_id"), table.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    )


_THERE = Constant(union_all(*(_there(table) for table in (agents, teams, pipelines, stages, campaigns, segments))))
_asked = func.unnest(bindparam("names", type_=ARRAY(Text))).table_valued(column("name", Text), name="asked").render_derived()
_TAGS = Constant(
    select(_asked.c.name)
    .select_from(tags.join(_asked, func.lower(tags.c.name) == func.lower(_asked.c.name)))
    .where(tags.c.workspace_id == bindparam("workspace_id"))
)


async def filter_problems(db: Reading, filters: Sequence[LeadFilter]) -> Mapping[LeadFilter, Sequence[FilterProblem]]:
    """Say what each filter names in vain."""
    names = {filter: names_in(filter) for filter in filters}
    ids = {id for each in names.values() for some in each.ids.values() for id in some}
    asked = {name for each in names.values() for name in each.tags}
    keys = {match.key for each in names.values() for match in each.custom_fields}
    known = Known(
        frozenset(row["id"] for row in await db.fetch(_THERE, ids=list(ids))) if ids else frozenset(),
        frozenset(row["name"] for row in await db.fetch(_TAGS, names=list(asked))) if asked else frozenset(),
        await definitions(db, keys) if keys else {},
    )
    return {filter: problems_of(each, known) for filter, each in names.items()}
