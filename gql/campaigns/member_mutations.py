"""Mutations that put leads into campaigns and take them out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from gql.campaigns.types import CampaignMember
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter
from gql.leads.inputs import to_targets
from gql.mutations import MutationInput, MutationPayload, run
from gql.nodes import computed, plain
from gql.refusals import IdempotencyKeyReused, LeadOptedOut, NotFound, ValidationError, WrongCampaignStatus
from usecases.campaigns import members as verbs
from usecases.verbs import Call

_INDEX = "The row, from 0: its place in `leadIds`, or among the leads that `filter` means."
_REMAINING = "How many leads the filter still means: repeat the request until it is 0. Always 0 with `leadIds`."
_ALL_ERRORS = "Why all was refused; empty when it was not."
_POLICY = "What a refused lead means for the others."


@strawberry.input(description="What `addCampaignMembers` takes: either `leadIds` or `filter` says which leads.")
class AddCampaignMembersInput(MutationInput):
    """See `usecases.campaigns.members.ChangeMembers`."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign, which must not be over.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(
        default=None,
        description=(
            "The leads that it means, in batches: 500 that are not in yet, the oldest first; `remaining` says how many are left. "
            "Leads that opted out of the campaign are left out."
        ),
    )
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=_POLICY)


AddCampaignMembersError = Annotated[
    ValidationError | NotFound | WrongCampaignStatus | LeadOptedOut | IdempotencyKeyReused,
    strawberry.union("AddCampaignMembersError", description="Why leads were not put into a campaign."),
]


@strawberry.type(description="What became of one lead of `addCampaignMembers`.")
class AddCampaignMembersRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_INDEX)
    member: CampaignMember | None = computed(
        "Its place in the campaign, also when it was in already; null when it was refused.", lambda row: row.thing
    )
    errors: list[AddCampaignMembersError] = computed("Why it was refused; empty when it was not.", lambda row: row.refusals)


@strawberry.type(description="What `addCampaignMembers` answers.")
class AddCampaignMembersPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[AddCampaignMembersRow] = strawberry.field(
        default_factory=list["AddCampaignMembersRow"], description="What became of each lead; empty when all was refused."
    )
    remaining: int | None = strawberry.field(default=None, description=_REMAINING)
    errors: list[AddCampaignMembersError] = strawberry.field(description=_ALL_ERRORS)


@strawberry.input(description="What `removeCampaignMembers` takes: either `leadIds` or `filter` says which leads.")
class RemoveCampaignMembersInput(MutationInput):
    """See `usecases.campaigns.members.ChangeMembers`."""

    campaign_id: strawberry.ID = strawberry.field(description="The campaign, which must not be over.")
    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(
        default=None,
        description="The members that it means, in batches: 500 of them, the oldest leads first, and `remaining` says how many are left.",
    )
    error_policy: ErrorPolicy = strawberry.field(default=ErrorPolicy.ALL_OR_NOTHING, description=_POLICY)


RemoveCampaignMembersError = Annotated[
    ValidationError | NotFound | WrongCampaignStatus | IdempotencyKeyReused,
    strawberry.union("RemoveCampaignMembersError", description="Why leads were not taken out of a campaign."),
]


@strawberry.type(description="What became of one lead of `removeCampaignMembers`.")
class RemoveCampaignMembersRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain(_INDEX)
    member: CampaignMember | None = computed(
        "The place that it had, and keeps for its return; null when it was refused.", lambda row: row.thing
    )
    errors: list[RemoveCampaignMembersError] = computed("Why it was refused; empty when it was not.", lambda row: row.refusals)


@strawberry.type(description="What `removeCampaignMembers` answers.")
class RemoveCampaignMembersPayload(MutationPayload):
    """The rows, or the refusals of the whole."""

    rows: list[RemoveCampaignMembersRow] = strawberry.field(
        default_factory=list["RemoveCampaignMembersRow"], description="What became of each lead; empty when all was refused."
    )
    remaining: int | None = strawberry.field(default=None, description=_REMAINING)
    errors: list[RemoveCampaignMembersError] = strawberry.field(description=_ALL_ERRORS)


def _request(input: AddCampaignMembersInput | RemoveCampaignMembersInput) -> verbs.ChangeMembers:
    return verbs.ChangeMembers(
        campaign_id=decode_kind("Campaign", input.campaign_id),
        targets=to_targets(input.lead_ids, input.filter),
        policy=input.error_policy,
    )


async def add_campaign_members(info: Info, input: AddCampaignMembersInput) -> AddCampaignMembersPayload:
    """Put leads into a campaign."""
    request = _request(input)

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await verbs.add_campaign_members(call, request)).parts

    return await run(info, AddCampaignMembersPayload, input, verb)


async def remove_campaign_members(info: Info, input: RemoveCampaignMembersInput) -> RemoveCampaignMembersPayload:
    """Take leads out of a campaign."""
    request = _request(input)

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await verbs.remove_campaign_members(call, request)).parts

    return await run(info, RemoveCampaignMembersPayload, input, verb)


@strawberry.type
class CampaignMemberMutations:
    """The part of `Mutation` that is about members."""

    add_campaign_members = strawberry.mutation(
        resolver=add_campaign_members,
        description="Put up to 500 leads into a campaign. Each gets a variant, always the same one, also when it comes back.",
    )
    remove_campaign_members = strawberry.mutation(
        resolver=remove_campaign_members,
        description="Take up to 500 leads out of a campaign; what it did with them stays, and counts in its performance.",
    )
