"""Mutations that give leads to agents."""

from __future__ import annotations

from typing import Annotated

import strawberry

from domain import assignment as domain
from domain.filters import LeadFilter as DomainLeadFilter
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import ErrorPolicy
from gql.leads.filters import LeadFilter, to_filter
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.nodes import computed, plain
from gql.people.enums import AssignmentStrategy, MatchAttribute
from gql.refusals import (
    AgentAtCapacity,
    AgentNotAvailable,
    IdempotencyKeyReused,
    NoEligibleAgent,
    NotAllowed,
    NotFound,
    ValidationError,
    VersionConflict,
)
from usecases.assignment import assign_lead as verbs
from usecases.assignment import unassign_lead as unassigning
from usecases.assignment.giving import Recipient
from usecases.bulk import Targets

_AGENT = "The agent who gets it, by hand: available and with room for it. Either this or `rule`."
_RULE = "The rule that picks who gets it. Either this or `agentId`."
_REASON = "Why. At most 500 characters."
_LEAD = "The lead as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="Picks an agent who is available, has room and matches.")
class AssignmentRuleInput:
    """See `domain.assignment.AssignmentRule`."""

    strategy: AssignmentStrategy = strawberry.field(description="How one of them is picked.")
    team_id: strawberry.ID | None = strawberry.field(default=None, description="Only agents of this team; null: of the whole workspace.")
    match: list[MatchAttribute] = strawberry.field(
        default_factory=list["MatchAttribute"], description="The attributes in which lead and agent must agree."
    )


@strawberry.input(description="What `assignLead` takes: either `agentId` or `rule` says who gets the lead.")
class AssignLeadInput(VersionedInput):
    """See `usecases.assignment.assign_lead.AssignLead`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    agent_id: strawberry.ID | None = strawberry.field(default=None, description=_AGENT)
    rule: AssignmentRuleInput | None = strawberry.field(default=None, description=_RULE)
    reason: str | None = strawberry.field(default=None, description=_REASON)


AssignLeadError = Annotated[
    ValidationError
    | NotFound
    | VersionConflict
    | NotAllowed
    | AgentNotAvailable
    | AgentAtCapacity
    | NoEligibleAgent
    | IdempotencyKeyReused,
    strawberry.union("AssignLeadError", description="Why a lead was not assigned."),
]


@strawberry.type(description="What `assignLead` answers.")
class AssignLeadPayload(MutationPayload):
    """The lead as it is now, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[AssignLeadError] = strawberry.field(description=_ERRORS)


@strawberry.input(
    description="What `assignLeads` takes: either `leadIds` or `filter` says which leads, either `agentId` or `rule` who gets them."
)
class AssignLeadsInput(MutationInput):
    """See `usecases.assignment.assign_lead.AssignLeads`."""

    lead_ids: list[strawberry.ID] | None = strawberry.field(default=None, description="The leads, row by row; at most 500.")
    filter: LeadFilter | None = strawberry.field(default=None, description="All leads that it means; at most 500.")
    agent_id: strawberry.ID | None = strawberry.field(default=None, description=_AGENT)
    rule: AssignmentRuleInput | None = strawberry.field(default=None, description=_RULE)
    reason: str | None = strawberry.field(default=None, description=_REASON)
    error_policy: ErrorPolicy = strawberry.field(
        default=ErrorPolicy.ALL_OR_NOTHING, description="What a refused lead means for the others."
    )


AssignLeadsError = Annotated[
    ValidationError
    | NotFound
    | VersionConflict
    | NotAllowed
    | AgentNotAvailable
    | AgentAtCapacity
    | NoEligibleAgent
    | IdempotencyKeyReused,
    strawberry.union("AssignLeadsError", description="Why leads were not assigned."),
]


@strawberry.type(description="What became of one lead of `assignLeads`.")
class AssignLeadsRow:
    """See `usecases.answers.RowOutcome`."""

    index: int = plain("The row, from 0: its place in `leadIds`, or among the leads that `filter` means, the oldest first.")
    lead: Lead | None = computed("The lead as it is now; null when it was refused.", lambda row: row.thing)
    errors: list[AssignLeadsError] = computed("Why it was refused; empty when it was not.", lambda row: row.refusals)


@strawberry.type(description="What `assignLeads` answers.")
class AssignLeadsPayload(MutationPayload):
    """The rows, or why nothing was done."""

    rows: list[AssignLeadsRow] = strawberry.field(
        default_factory=list["AssignLeadsRow"], description="What became of each lead; empty when all was refused."
    )
    errors: list[AssignLeadsError] = strawberry.field(description="Why all was refused; empty when it was not.")


@strawberry.input(description="What `unassignLead` takes.")
class UnassignLeadInput(VersionedInput):
    """See `usecases.assignment.unassign_lead.UnassignLead`."""

    lead_id: strawberry.ID = strawberry.field(description="The lead.")
    reason: str | None = strawberry.field(default=None, description=_REASON)


UnassignLeadError = Annotated[
    ValidationError | NotFound | VersionConflict | NotAllowed | IdempotencyKeyReused,
    strawberry.union("UnassignLeadError", description="Why a lead stayed with its owner."),
]


@strawberry.type(description="What `unassignLead` answers.")
class UnassignLeadPayload(MutationPayload):
    """The lead as it is now, or the refusals."""

    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[UnassignLeadError] = strawberry.field(description=_ERRORS)


def _recipient(input: AssignLeadInput | AssignLeadsInput) -> Recipient:
    rule = input.rule
    return Recipient(
        agent_id=None if input.agent_id is None else decode_kind("Agent", input.agent_id),
        rule=None
        if rule is None
        else domain.AssignmentRule(
            strategy=rule.strategy,
            team_id=None if rule.team_id is None else decode_kind("Team", rule.team_id),
            match=tuple(dict.fromkeys(rule.match)),
        ),
    )


async def assign_lead(info: Info, input: AssignLeadInput) -> AssignLeadPayload:
    """Give a lead to an agent."""
    request = verbs.AssignLead(
        lead_id=decode_kind("Lead", input.lead_id), to=_recipient(input), reason=input.reason, expected_version=input.expected_version
    )
    return await run(info, AssignLeadPayload, input, lambda call: verbs.assign_lead(call, request), result="lead")


async def assign_leads(info: Info, input: AssignLeadsInput) -> AssignLeadsPayload:
    """Give many leads to agents."""
    request = verbs.AssignLeads(
        targets=Targets(
            ids=None if input.lead_ids is None else tuple(decode_kind("Lead", id) for id in input.lead_ids),
            filter=None if input.filter is None else to_filter(input.filter, DomainLeadFilter),
        ),
        to=_recipient(input),
        reason=input.reason,
        policy=input.error_policy,
    )
    return await run(info, AssignLeadsPayload, input, lambda call: verbs.assign_leads(call, request), result="rows")


async def unassign_lead(info: Info, input: UnassignLeadInput) -> UnassignLeadPayload:
    """Put a lead back into the pool."""
    request = unassigning.UnassignLead(
        lead_id=decode_kind("Lead", input.lead_id), reason=input.reason, expected_version=input.expected_version
    )
    return await run(info, UnassignLeadPayload, input, lambda call: unassigning.unassign_lead(call, request), result="lead")


@strawberry.type
class AssignmentMutations:
    """The part of `Mutation` that gives leads to agents."""

    assign_lead = strawberry.mutation(
        resolver=assign_lead,
        description=(
            "Give a lead to an agent, by hand or by a rule; who owns it already keeps it. Nobody gets more open leads than the capacity "
            "allows. Agents take leads from the pool and pass on their own, within their team; others' leads are for managers."
        ),
    )
    assign_leads = strawberry.mutation(
        resolver=assign_leads,
        description="Give up to 500 leads to agents, row by row: a rule's turns and everybody's capacity are counted on across the rows.",
    )
    unassign_lead = strawberry.mutation(resolver=unassign_lead, description="Put a lead back into the pool.")
