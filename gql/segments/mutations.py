"""Mutations of segments."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from domain.filters import LeadFilter as DomainLeadFilter
from domain.segments import SegmentFields
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.filters import LeadFilter, to_filter
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from gql.segments.types import Segment
from usecases.segments import save_segment as verbs
from usecases.verbs import Call

_NAME = "The name, 1–100 characters, unique in the workspace without regard to case."
_DESCRIPTION = "What it is for, at most 500 characters."
_FILTER = "Which leads it means. What the filter names must be there; it may name other segments."
_SEGMENT = "The segment as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What `createSegment` takes.")
class CreateSegmentInput(MutationInput):
    """See `domain.segments.SegmentFields`."""

    name: str = strawberry.field(description=_NAME)
    description: str | None = strawberry.field(default=None, description=_DESCRIPTION)
    filter: LeadFilter = strawberry.field(description=_FILTER)


@strawberry.input(description="What `updateSegment` takes: what is absent is left alone.")
class UpdateSegmentInput(VersionedInput):
    """See `usecases.segments.save_segment.UpdateSegment`."""

    segment_id: strawberry.ID = strawberry.field(description="The segment.")
    name: str | None = strawberry.field(default=UNSET, description=_NAME)
    description: str | None = strawberry.field(default=UNSET, description="What it is for, at most 500 characters; null: nothing.")
    filter: LeadFilter | None = strawberry.field(default=UNSET, description=_FILTER)


@strawberry.input(description="What `deleteSegment` takes.")
class DeleteSegmentInput(VersionedInput):
    """See `usecases.segments.save_segment.delete_segment`."""

    segment_id: strawberry.ID = strawberry.field(description="The segment.")


CreateSegmentError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateSegmentError", description="Why a segment was not created."),
]
UpdateSegmentError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateSegmentError", description="Why a segment was not updated."),
]
DeleteSegmentError = Annotated[
    NotFound | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("DeleteSegmentError", description="Why a segment was not deleted."),
]


@strawberry.type(description="What `createSegment` answers.")
class CreateSegmentPayload(MutationPayload):
    """The segment, or the refusals."""

    segment: Segment | None = strawberry.field(default=None, description=_SEGMENT)
    errors: list[CreateSegmentError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateSegment` answers.")
class UpdateSegmentPayload(MutationPayload):
    """The segment, or the refusals."""

    segment: Segment | None = strawberry.field(default=None, description=_SEGMENT)
    errors: list[UpdateSegmentError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `deleteSegment` answers.")
class DeleteSegmentPayload(MutationPayload):
    """Whether it is gone, or the refusals."""

    deleted: bool = strawberry.field(default=False, description="Whether the segment was deleted.")
    errors: list[DeleteSegmentError] = strawberry.field(description=_ERRORS)


def _fields(input: CreateSegmentInput | UpdateSegmentInput) -> SegmentFields:
    given: dict[str, Any] = {name: value for name in ("name", "description", "filter") if (value := getattr(input, name)) is not UNSET}
    if given.get("filter") is not None:
        given["filter"] = to_filter(given["filter"], DomainLeadFilter)
    return SegmentFields(**given)


async def create_segment(info: Info, input: CreateSegmentInput) -> CreateSegmentPayload:
    """Create a segment."""
    fields = _fields(input)
    return await run(info, CreateSegmentPayload, input, lambda call: verbs.create_segment(call, fields), result="segment")


async def update_segment(info: Info, input: UpdateSegmentInput) -> UpdateSegmentPayload:
    """Update a segment."""
    request = verbs.UpdateSegment(
        segment_id=decode_kind("Segment", input.segment_id), fields=_fields(input), expected_version=input.expected_version
    )
    return await run(info, UpdateSegmentPayload, input, lambda call: verbs.update_segment(call, request), result="segment")


async def delete_segment(info: Info, input: DeleteSegmentInput) -> DeleteSegmentPayload:
    """Delete a segment."""

    async def act(call: Call) -> Any:
        return await verbs.delete_segment(call, decode_kind("Segment", input.segment_id), input.expected_version)

    return await run(info, DeleteSegmentPayload, input, act, result="deleted")


@strawberry.type
class SegmentMutations:
    """The part of `Mutation` that is about segments."""

    create_segment = strawberry.mutation(
        resolver=create_segment, description="Save a filter over leads under a name; a workspace has at most 100 segments."
    )
    update_segment = strawberry.mutation(resolver=update_segment, description="Change a segment's name, description or filter.")
    delete_segment = strawberry.mutation(
        resolver=delete_segment, description="Delete a segment. Filters that name it find nothing by it any more, and say so."
    )
