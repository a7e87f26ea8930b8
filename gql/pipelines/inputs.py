"""What mutations take about pipelines and stages, and how it becomes the domain's fields."""

from __future__ import annotations

from typing import Any, cast

import strawberry
from strawberry import UNSET

from domain.pipelines import PipelineFields, StageFields
from gql.leads.enums import LeadStatus
from gql.pipelines.enums import DealField, StageKind


@strawberry.input(description="A stage of a pipeline that is being created.")
class StageInput:
    """See `domain.pipelines.StageFields`."""

    name: str = strawberry.field(description="Its name, unique in the pipeline. 1–100 characters.")
    kind: StageKind = strawberry.field(default=StageKind.OPEN, description="What it says about the deals in it.")
    win_probability: int | None = strawberry.field(
        default=None, description="How likely a deal in it is won, in percent. A WON stage has 100 and a LOST one 0, others must say."
    )
    mapped_status: LeadStatus | None = strawberry.field(
        default=None,
        description=(
            "The status that a lead gets by entering it: CLOSED_WON for a WON stage; CLOSED_LOST, DISQUALIFIED or RECYCLED for a LOST one; "
            "for an OPEN one any that is not closed."
        ),
    )
    rotting_days: int | None = strawberry.field(
        default=None, description="After how many days without a move a deal in it counts as rotting, 1–3,650; null: never."
    )
    required_fields: list[DealField] = strawberry.field(default_factory=list[DealField], description="What a lead must have to enter it.")


def stage_fields(input: Any) -> StageFields:
    """Take what an input says about a stage; absent stays absent."""
    return cast(StageFields, _given(input, StageFields.__annotations__))


def pipeline_fields(input: Any) -> PipelineFields:
    """Take what an input says about a pipeline; absent stays absent."""
    return cast(PipelineFields, _given(input, PipelineFields.__annotations__))


def _given(input: Any, names: Any) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(input, name, UNSET)) is not UNSET}
