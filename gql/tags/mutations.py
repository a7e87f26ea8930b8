"""Mutations of tags, and of which leads carry them."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter
from gql.leads.inputs import optional, to_targets
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.nodes import computed, plain
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotAllowed, NotFound, ValidationError, VersionConflict
from gql.tags.types import Tag
from usecases.tags import create_tag as creating
from usecases.tags import delete_tag as deleting
from usecases.tags import tag_leads as tagging
from usecases.tags import update_tag as updating
from usecases.verbs import Call

_TAG = "The tag as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_NAME = "The name, 1–50 characters, unique in the workspace without regard to case."
_COLOR = "The colour, as `#rrggbb`."


@strawberry.input(description="What `createTag` takes.")
class CreateTagInput(MutationInput):
    """See `usecases.tags.create_tag`."""

    name: str = strawberry.field(description=_NAME)
    color: str | None = strawberry.field(default=None, description=_COLOR)


@strawberry.input(description="What `updateTag` takes: what is absent is left alone.")
class UpdateTagInput(VersionedInput):
    """See `usecases.tags.update_tag.UpdateTag`."""

    tag_id: strawberry.ID = strawberry.field(description="The tag.")
    name: str | None = optional(_NAME)
    color: str | None = optional("The colour, as `#rrggbb`; null takes it away.")


@strawberry.input(description="What `deleteTag` takes.")
class DeleteTagInput(VersionedInput):
    """See `usecases.tags.delete_tag`."""

    tag_id: strawberry.ID = strawberry.field(description="The tag.")


@strawberry.input(description="What `tagLeads` takes: either `leadIds` or `filter` says which leads.")
class TagLeadsInput(MutationInput):
    """See `usecases.tags.tag_leads`."""

    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    tags: list[str] = strawberry.field(description="The tags by name, 1–50; those that do not exist are made.")
    error_policy: ErrorPolicy = strawberry.field(
        default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused lead means for the others."
    )


@strawberry.input(description="What `untagLeads` takes: either `leadIds` or `filter` says which leads.")
class UntagLeadsInput(MutationInput):
    """See `usecases.tags.tag_leads`."""

    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    tags: list[str] = strawberry.field(description="The tags by name, 1–50; unknown ones are no mistake.")
    error_policy: ErrorPolicy = strawberry.field(
        default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused lead means for the others."
    )


CreateTagError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateTagError", description="Why a tag was not created."),
]
UpdateTagError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateTagError", description="Why a tag was not updated."),
]
DeleteTagError = Annotated[
    NotFound | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("DeleteTagError", description="Why a tag was not deleted."),
]
TagLeadsError = Annotated[
    ValidationError | NotFound | NotAllowed | IdempotencyKeyReused,
    strawberry.union("TagLeadsError", description="Why leads were not tagged."),
]
UntagLeadsError = Annotated[
    ValidationError | NotFound | IdempotencyKeyReused,
    strawberry.union("UntagLeadsError", description="Why tags were not taken off."),
]


@strawberry.type(description="What `createTag` answers.")
class CreateTagPayload(MutationPayload):
    """The tag, or the refusals."""

    tag: Tag | None = strawberry.field(default=None, description=_TAG)
    errors: list[CreateTagError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateTag` answers.")
class UpdateTagPayload(MutationPayload):
    """The tag, or the refusals."""

    tag: Tag | None = strawberry.field(default=None, description=_TAG)
    errors: list[UpdateTagError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `deleteTag` answers.")
class DeleteTagPayload(MutationPayload):
    """Whether it is gone, or the refusals."""

    deleted: bool = strawberry.field(default=False, description="Whether the tag was deleted.")
    errors: list[DeleteTagError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What became of one lead of `tagLeads`.")
class TagLeadsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row, from 0: its place in `leadIds`, or among the leads that `filter` means.")
    lead: Lead | None = computed("The lead as it is now; null when it was refused.", lambda row: row.thing)
    errors: list[TagLeadsError] = computed(_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `tagLeads` answers.")
class TagLeadsPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[TagLeadsRow] = strawberry.field(
        default_factory=list["TagLeadsRow"], description="What became of each lead; empty when all was refused."
    )
    errors: list[TagLeadsError] = strawberry.field(description="Why all was refused; empty when it was not.")


@strawberry.type(description="What became of one lead of `untagLeads`.")
class UntagLeadsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row, from 0: its place in `leadIds`, or among the leads that `filter` means.")
    lead: Lead | None = computed("The lead as it is now; null when it was refused.", lambda row: row.thing)
    errors: list[UntagLeadsError] = computed(_ERRORS, lambda row: row.refusals)


@strawberry.type(description="What `untagLeads` answers.")
class UntagLeadsPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[UntagLeadsRow] = strawberry.field(
        default_factory=list["UntagLeadsRow"], description="What became of each lead; empty when all was refused."
    )
    errors: list[UntagLeadsError] = strawberry.field(description="Why all was refused; empty when it was not.")


async def create_tag(info: Info, input: CreateTagInput) -> CreateTagPayload:
    """Create a tag."""
    return await run(info, CreateTagPayload, input, lambda call: creating.create_tag(call, input.name, input.color), result="tag")


async def update_tag(info: Info, input: UpdateTagInput) -> UpdateTagPayload:
    """Update a tag."""
    given: dict[str, Any] = {name: value for name in ("name", "color") if (value := getattr(input, name)) is not UNSET}
    request = updating.UpdateTag(
        tag_id=decode_kind("Tag", input.tag_id), fields=updating.TagFields(**given), expected_version=input.expected_version
    )
    return await run(info, UpdateTagPayload, input, lambda call: updating.update_tag(call, request), result="tag")


async def delete_tag(info: Info, input: DeleteTagInput) -> DeleteTagPayload:
    """Delete a tag."""
    tag_id, version = decode_kind("Tag", input.tag_id), input.expected_version
    return await run(info, DeleteTagPayload, input, lambda call: deleting.delete_tag(call, tag_id, version), result="deleted")


async def tag_leads(info: Info, input: TagLeadsInput) -> TagLeadsPayload:
    """Tag leads."""
    targets = to_targets(input.lead_ids, input.filter)

    async def act(call: Call) -> Any:
        return await tagging.tag_leads(call, targets, input.tags, input.error_policy)

    return await run(info, TagLeadsPayload, input, act, result="rows")


async def untag_leads(info: Info, input: UntagLeadsInput) -> UntagLeadsPayload:
    """Take tags off leads."""
    targets = to_targets(input.lead_ids, input.filter)

    async def act(call: Call) -> Any:
        return await tagging.untag_leads(call, targets, input.tags, input.error_policy)

    return await run(info, UntagLeadsPayload, input, act, result="rows")


@strawberry.type
class TagMutations:
    """The part of `Mutation` that is about tags."""

    create_tag = strawberry.mutation(resolver=create_tag, description="Create a tag.")
    update_tag = strawberry.mutation(resolver=update_tag, description="Rename or recolour a tag.")
    delete_tag = strawberry.mutation(
        resolver=delete_tag, description="Delete a tag and take it off every lead; the leads count no new version."
    )
    tag_leads = strawberry.mutation(
        resolver=tag_leads, description="Put tags on up to 500 leads. A lead carries at most 50; one that has them all is left alone."
    )
    untag_leads = strawberry.mutation(resolver=untag_leads, description="Take tags off up to 500 leads.")
