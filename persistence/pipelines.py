"""Pipelines and their stages."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func

from domain.pipelines import Pipeline, Stage, StageStay
from persistence.lead_lists import visible_lead
from persistence.lookups import by_id, lists_by
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.tables import pipelines, stage_stays, stages
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
add_stages = adding(stages, Stage)
stage_for_update = locking(stages, Stage)
save_stages = saving(stages, Stage)
