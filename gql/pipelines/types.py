"""Pipelines, their stages, and the time that leads spent in them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import pipelines as domain
from gql.actors import Actor
from gql.edges import to_many, to_one, to_pages
from gql.leads.arguments import lead_pages
from gql.leads.enums import LeadStatus
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.pipelines.enums import DealField, StageKind
from gql.workspaces.edges import own_workspace
from persistence.histories import stage_stay_by_id
from persistence.lead_lists import leads_by_pipeline, leads_by_stage
from persistence.leads import lead_by_id
from persistence.pipelines import pipeline_by_id, stage_by_id, stages_by_pipeline, stays_by_stage

if TYPE_CHECKING:
    from gql.leads.types import Lead
    from gql.workspaces.types import Workspace


@strawberry.type(description="A way that deals go, stage by stage.")
class Pipeline(Node):
    """See `domain.pipelines.Pipeline`."""

    id: strawberry.ID = node_id("Pipeline")
    version: int = plain("Counts the changes of it and of its stages; `expectedVersion` compares with it.")
    name: str = plain("The pipeline's name, unique in the workspace.")
    description: str | None = plain("What it is for.")
    archived_at: datetime | None = plain("When it was archived; it takes no more leads since.")
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When somebody last changed it or its stages.")
    stages: list[Annotated[Stage, strawberry.lazy("gql.pipelines.types")]] = to_many(
        "Its stages, in their order.", batch=stages_by_pipeline
    )
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads in it, as far as the viewer may see them.", leads_by_pipeline
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Pipeline)


@strawberry.type(description="One step of a pipeline.")
class Stage(Node):
    """See `domain.pipelines.Stage`."""

    id: strawberry.ID = node_id("Stage")
    version: int = plain("Counts the changes of its settings; its place among the stages counts in the pipeline's version.")
    name: str = plain("The stage's name, unique in its pipeline.")
    position: int = plain("Its place in the pipeline, from 0.")
    kind: StageKind = plain("What it says about the deals in it.")
    win_probability: int = plain("How likely a deal in it is won, in percent; a lead's own probability overrules it.")
    mapped_status: LeadStatus | None = plain("The status that a lead gets by entering it.")
    rotting_days: int | None = plain("After how many days without a move a deal in it counts as rotting.")
    required_fields: list[DealField] = plain("What a lead must have to enter it.")
    deleted_at: datetime | None = plain("When it was deleted; histories still name it.")
    pipeline: Pipeline | None = to_one("The pipeline that it belongs to.", key=lambda stage: stage.pipeline_id, batch=pipeline_by_id)
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads in it, as far as the viewer may see them.", leads_by_stage
    )
    stays: Connection[Annotated[StageStay, strawberry.lazy("gql.pipelines.types")]] = to_pages(
        "The stays in it, past and present, the latest first.", listing=stays_by_stage, order="ENTERED_AT"
    )
    is_type_of = shows(domain.Stage)


@strawberry.type(description="The time that a lead spent in a stage.")
class StageStay(Node):
    """See `domain.pipelines.StageStay`."""

    id: strawberry.ID = node_id("StageStay")
    entered_at: datetime = plain("When the lead entered.")
    left_at: datetime | None = plain("When it left; null while it is there.")
    entered_by: Actor = computed("Who moved it in.", lambda stay: _By(stay.entered_by_kind, stay.entered_by_id))
    left_by: Actor | None = computed(
        "Who moved it out.", lambda stay: None if stay.left_by_kind is None else _By(stay.left_by_kind, stay.left_by_id)
    )
    stage: Stage | None = to_one("The stage.", key=lambda stay: stay.stage_id, batch=stage_by_id)
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda stay: stay.lead_id, batch=lead_by_id
    )
    is_type_of = shows(domain.StageStay)


class _By:
    """An actor under the names that `Actor` reads."""

    __slots__ = ("actor_id", "actor_kind")

    def __init__(self, kind: str, id: object) -> None:
        self.actor_kind = kind
        self.actor_id = id


NODE_BATCHES["Pipeline"] = pipeline_by_id
NODE_BATCHES["Stage"] = stage_by_id
NODE_BATCHES["StageStay"] = stage_stay_by_id
