"""Mutations that merge leads, and undo that."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry

from gql.context import Info
from gql.ids import decode_kind
from gql.leads.types import Lead
from gql.merging.enums import MergeField, Survivorship
from gql.merging.refusals import MergeNotUndoable, SameLead
from gql.merging.types import LeadMerge
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.leads import merge as merging
from usecases.leads import unmerge as unmerging
from usecases.verbs import Call


@strawberry.input(description="Whose value a field shall have.")
class MergeChoiceInput:
    """A pair of `usecases.leads.merge.MergeLeads.choices`."""

    field: MergeField = strawberry.field(description="The field.")
    keep: Survivorship = strawberry.field(description="The rule for it.")


@strawberry.input(description="What `mergeLeads` takes.")
class MergeLeadsInput(VersionedInput):
    """See `usecases.leads.merge.MergeLeads`."""

    survivor_id: strawberry.ID = strawberry.field(description="The lead that is kept; `expectedVersion` is its.")
    loser_id: strawberry.ID = strawberry.field(description="The lead that becomes part of it.")
    fields: list[MergeChoiceInput] = strawberry.field(
        default_factory=list[MergeChoiceInput],
        description=(
            "Rules for single fields, each named once. The others: phone numbers and notes of both, the status that is further on, "
            "and else the survivor's value if it has one."
        ),
    )


MergeLeadsError = Annotated[
    ValidationError | NotFound | SameLead | VersionConflict | IdempotencyKeyReused,
    strawberry.union("MergeLeadsError", description="Why leads were not merged."),
]


@strawberry.type(description="What `mergeLeads` answers.")
class MergeLeadsPayload(MutationPayload):
    """The survivor and the merge, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description="The survivor as it is now; null when the merge was refused.")
    merge: LeadMerge | None = strawberry.field(default=None, description="The merge, with what it decided; null when it was refused.")
    errors: list[MergeLeadsError] = strawberry.field(description="Why it was refused; empty when it was not.")


@strawberry.input(description="What `unmergeLeads` takes.")
class UnmergeLeadsInput(MutationInput):
    """See `usecases.leads.unmerge`."""

    merge_id: strawberry.ID = strawberry.field(description="The merge to undo; of a lead's merges the latest that stands.")


UnmergeLeadsError = Annotated[
    ValidationError | NotFound | MergeNotUndoable | IdempotencyKeyReused,
    strawberry.union("UnmergeLeadsError", description="Why a merge was not undone."),
]


@strawberry.type(description="What `unmergeLeads` answers.")
class UnmergeLeadsPayload(MutationPayload):
    """Both leads, or the refusals."""

    survivor: Lead | None = strawberry.field(default=None, description="The lead that had been kept; null when it was refused.")
    lead: Lead | None = strawberry.field(default=None, description="The lead that is there again; null when it was refused.")
    merge: LeadMerge | None = strawberry.field(default=None, description="The merge that was undone; null when it was refused.")
    errors: list[UnmergeLeadsError] = strawberry.field(description="Why it was refused; empty when it was not.")


async def merge_leads(info: Info, input: MergeLeadsInput) -> MergeLeadsPayload:
    """Merge one lead into another."""
    request = merging.MergeLeads(
        survivor_id=decode_kind("Lead", input.survivor_id),
        loser_id=decode_kind("Lead", input.loser_id),
        choices=tuple((choice.field, choice.keep) for choice in input.fields),
        expected_version=input.expected_version,
    )

    async def act(call: Call) -> Any:
        return (await merging.merge_leads(call, request)).parts

    return await run(info, MergeLeadsPayload, input, act)


async def unmerge_leads(info: Info, input: UnmergeLeadsInput) -> UnmergeLeadsPayload:
    """Undo a merge."""
    merge_id = decode_kind("LeadMerge", input.merge_id)

    async def act(call: Call) -> Any:
        return (await unmerging.unmerge_leads(call, merge_id)).parts

    return await run(info, UnmergeLeadsPayload, input, act)


@strawberry.type
class MergeMutations:
    """The part of `Mutation` that makes one lead of two."""

    merge_leads = strawberry.mutation(
        resolver=merge_leads,
        description=(
            "Make one lead of two: the survivor gets everything that is recorded of the loser, and the loser's id leads to it from now on, "
            "in queries and mutations alike."
        ),
    )
    unmerge_leads = strawberry.mutation(
        resolver=unmerge_leads,
        description="Undo a merge: both leads are as they were; what was changed or recorded since stays with the survivor.",
    )
