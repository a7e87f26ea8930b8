"""Pipelines and their stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from domain.access import Actor
from domain.pipelines import Pipeline, Stage, StageStay
from persistence.database import Reading, Writing
from persistence.lead_conditions import visible_lead
from persistence.lookups import by_id, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import leads, pipelines, stage_stays, stages
from persistence.writes import adding, locking, saving

pipeline_by_id = by_id(pipelines, Pipeline)
stage_by_id = by_id(stages, Stage)
stages_by_pipeline = lists_by(stages, Stage, "pipeline_id", stages.c.position, stages.c.id, where=[stages.c.deleted_at.is_(None)])


all_pipelines: Listing[Pipeline, Any] = Listing(
    build=mapper(Pipeline),
    columns=[pipelines.c[name] for name in columns_of(Pipeline)],
    source=pipelines,
    workspace=pipelines.c.workspace_id,
    id=pipelines.c.id,
    orderings={"NAME": Ordering(func.lower(pipelines.c.name).collate("C"), str)},
    where=lambda archived, _scope: [] if archived else [pipelines.c.archived_at.is_(None)],
)

stays_by_stage: Listing[StageStay, Any] = Listing(
    build=mapper(StageStay),
    columns=[stage_stays.c[name] for name in columns_of(StageStay)],
    source=stage_stays,
    workspace=stage_stays.c.workspace_id,
    id=stage_stays.c.id,
    orderings={"ENTERED_AT": Ordering(stage_stays.c.entered_at, datetime)},
    where=lambda _filter, scope: [visible_lead(stage_stays.c.lead_id, stage_stays.c.workspace_id, scope)],
    parent=stage_stays.c.stage_id,
)

add_pipelines = adding(pipelines, Pipeline)
pipeline_for_update = locking(pipelines, Pipeline)
save_pipelines = saving(pipelines, Pipeline)
_to_pipeline = mapper(Pipeline)
add_stages = adding(stages, Stage)
save_stages = saving(stages, Stage)

_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
_PIPELINE_OF_STAGE = Constant(
    select(*(pipelines.c[name] for name in columns_of(Pipeline)))
    .where(
        pipelines.c.workspace_id == bindparam("workspace_id"),
        pipelines.c.id
        == select(stages.c.pipeline_id)
        .where(stages.c.workspace_id == bindparam("workspace_id"), stages.c.id == bindparam("stage_id"))
        .scalar_subquery(),
    )
    .with_for_update(read=True)
)


async def pipeline_of_stage_for_share(tx: Writing, stage_id: UUID) -> Pipeline | None:
    """Read a stage's pipeline and keep it, with its stages, from changing until the transaction ends.

    Read the stage itself only afterwards. Pipelines are locked before leads, always, so that no two wait in a circle.
    """
    row = await tx.fetch_one(_PIPELINE_OF_STAGE, stage_id=stage_id)
    return None if row is None else _to_pipeline(row)


_PIPELINE_BY_NAME = Constant(
    select(pipelines.c.id).where(
        pipelines.c.workspace_id == bindparam("workspace_id"),
        func.lower(pipelines.c.name) == func.lower(bindparam("name", type_=Text())),
    )
)


async def pipeline_ids_by_name(db: Reading, name: str) -> Sequence[UUID]:
    """Find the pipelines of a name, without regard to case, archived ones too."""
    return [row["id"] for row in await db.fetch(_PIPELINE_BY_NAME, name=name)]


# A merged lead's stay is over or the survivor's; if it comes back, its stage is looked at again.
_in_stage = (
    leads.c.workspace_id == bindparam("workspace_id"),
    leads.c.stage_id == bindparam("stage_id"),
    leads.c.merged_into_id.is_(None),
)
_LEADS_IN_STAGE = Constant(select(leads.c.id).where(*_in_stage).order_by(leads.c.id))
_LEADS_IN_STAGE_COUNTED = Constant(
    select(
        func.count().filter(leads.c.deleted_at.is_(None)).label("there"),
        func.count().filter(leads.c.deleted_at.is_not(None)).label("deleted"),
    ).where(*_in_stage)
)


async def lead_ids_in_stage(db: Reading, stage_id: UUID) -> Sequence[UUID]:
    """List the leads in a stage, whoever may see them and deleted ones too."""
    return [row["id"] for row in await db.fetch(_LEADS_IN_STAGE, stage_id=stage_id)]


async def leads_in_stage(db: Reading, stage_id: UUID) -> tuple[int, int]:
    """Count the leads in a stage, whoever may see them: those that are there, and deleted ones."""
    row = await db.fetch_one(_LEADS_IN_STAGE_COUNTED, stage_id=stage_id)
    return (row["there"], row["deleted"]) if row else (0, 0)


_CLOSE_STAYS = Constant(
    update(stage_stays)
    .where(stage_stays.c.workspace_id == bindparam("workspace_id"), stage_stays.c.lead_id == _ids, stage_stays.c.left_at.is_(None))
    .values(
        left_at=func.greatest(stage_stays.c.entered_at, bindparam("at", type_=stage_stays.c.left_at.type)),
        left_by_kind=bindparam("kind", type_=Text()),
        left_by_id=bindparam("actor", type_=Uuid()),
    )
)


async def close_stays(tx: Writing, lead_ids: Sequence[UUID], at: datetime, actor: Actor) -> None:
    """Write down that leads left the stages which they are in."""
    if lead_ids:
        await tx.execute(_CLOSE_STAYS, ids=list(lead_ids), at=at, kind=actor.kind, actor=actor.id)


_WIN_PROBABILITIES = Constant(
    select(stages.c.id, stages.c.win_probability).where(stages.c.workspace_id == bindparam("workspace_id"), stages.c.id == _ids)
)


async def deal_probabilities(db: Reading, keys: Sequence[tuple[int | None, UUID | None]]) -> Mapping[tuple[int | None, UUID | None], int]:
    """Find how likely deals are won, in percent, by (the probability set by hand, the stage): the one set by hand counts first."""
    asked = sorted({stage_id for manual, stage_id in keys if manual is None and stage_id is not None})
    rows = await db.fetch(_WIN_PROBABILITIES, ids=asked) if asked else ()
    of_stage: dict[UUID, int] = {row["id"]: row["win_probability"] for row in rows}
    found: dict[tuple[int | None, UUID | None], int] = {}
    for manual, stage_id in keys:
        probability = manual if manual is not None else of_stage.get(stage_id) if stage_id else None
        if probability is not None:
            found[manual, stage_id] = probability
    return found
