"""Mutations of agents."""

from __future__ import annotations

from typing import Annotated, Any, cast

import strawberry
from strawberry import UNSET

from domain.people import AgentFields
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.enums import LeadSource
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.people.enums import Availability
from gql.people.types import Agent
from gql.refusals import (
    AgentAtCapacity,
    AgentNotAvailable,
    AlreadyExists,
    IdempotencyKeyReused,
    NotFound,
    ValidationError,
    VersionConflict,
)
from gql.scalars import EmailAddress
from usecases.people import agents as verbs
from usecases.people import deactivate_agent as deactivating

_NAME = "The person's name, 1–100 characters."
_EMAIL = "The person's e-mail address, unique in the workspace whatever its case."
_TEAM = "The team that the agent belongs to; null: none."
_AVAILABILITY = "AVAILABLE or AWAY. A deactivated agent comes back this way; `deactivateAgent` is the way there."
_CAPACITY = "How many open leads the agent may own, 0–100,000; null: any number. Leads that are there already stay."
_WEIGHT = "The share in weighted assignment, 1–100."
_TERRITORIES = "Countries and regions served, such as `PT` or `US-CA`, at most 100; empty: all."
_LANGUAGES = "Languages spoken, as BCP 47 writes them, at most 100; empty: all."
_SOURCES = "Sources worked on; empty: all."
_AGENT = "The agent as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What `createAgent` takes.")
class CreateAgentInput(MutationInput):
    """See `domain.people.AgentFields`."""

    name: str = strawberry.field(description=_NAME)
    email: EmailAddress = strawberry.field(description=_EMAIL)
    team_id: strawberry.ID | None = strawberry.field(default=UNSET, description=_TEAM)
    availability: Availability = strawberry.field(default=Availability.AVAILABLE, description="AVAILABLE or AWAY.")
    capacity: int | None = strawberry.field(default=UNSET, description=_CAPACITY)
    weight: int = strawberry.field(default=1, description=_WEIGHT)
    territories: list[str] | None = strawberry.field(default=UNSET, description=_TERRITORIES)
    languages: list[str] | None = strawberry.field(default=UNSET, description=_LANGUAGES)
    sources: list[LeadSource] | None = strawberry.field(default=UNSET, description=_SOURCES)


CreateAgentError = Annotated[
    ValidationError | NotFound | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateAgentError", description="Why no agent was created."),
]


@strawberry.type(description="What `createAgent` answers.")
class CreateAgentPayload(MutationPayload):
    """The agent, or the refusals."""

    agent: Agent | None = strawberry.field(default=None, description="The new agent; null when none was created.")
    errors: list[CreateAgentError] = strawberry.field(description=_ERRORS)


@strawberry.input(description="What `updateAgent` takes. What is absent stays as it is; null clears what may be empty.")
class UpdateAgentInput(VersionedInput):
    """See `domain.people.AgentFields`."""

    agent_id: strawberry.ID = strawberry.field(description="The agent.")
    name: str | None = strawberry.field(default=UNSET, description=_NAME)
    email: EmailAddress | None = strawberry.field(default=UNSET, description=_EMAIL)
    team_id: strawberry.ID | None = strawberry.field(default=UNSET, description=_TEAM)
    availability: Availability | None = strawberry.field(default=UNSET, description=_AVAILABILITY)
    capacity: int | None = strawberry.field(default=UNSET, description=_CAPACITY)
    weight: int | None = strawberry.field(default=UNSET, description=_WEIGHT)
    territories: list[str] | None = strawberry.field(default=UNSET, description=_TERRITORIES)
    languages: list[str] | None = strawberry.field(default=UNSET, description=_LANGUAGES)
    sources: list[LeadSource] | None = strawberry.field(default=UNSET, description=_SOURCES)


UpdateAgentError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateAgentError", description="Why an agent was not changed."),
]


@strawberry.type(description="What `updateAgent` answers.")
class UpdateAgentPayload(MutationPayload):
    """The agent as it is now, or the refusals."""

    agent: Agent | None = strawberry.field(default=None, description=_AGENT)
    errors: list[UpdateAgentError] = strawberry.field(description=_ERRORS)


@strawberry.input(description="What `deactivateAgent` takes.")
class DeactivateAgentInput(VersionedInput):
    """See `usecases.people.deactivate_agent.DeactivateAgent`."""

    agent_id: strawberry.ID = strawberry.field(description="The agent.")
    reassign_to: strawberry.ID | None = strawberry.field(
        default=None, description="The agent who gets the open leads, available and with room for all of them; null: the pool."
    )
    reason: str | None = strawberry.field(default=None, description="Why the leads move. At most 500 characters.")


DeactivateAgentError = Annotated[
    ValidationError | NotFound | VersionConflict | AgentNotAvailable | AgentAtCapacity | IdempotencyKeyReused,
    strawberry.union("DeactivateAgentError", description="Why an agent was not deactivated."),
]


@strawberry.type(description="What `deactivateAgent` answers.")
class DeactivateAgentPayload(MutationPayload):
    """The agent as it is now, or the refusals."""

    agent: Agent | None = strawberry.field(default=None, description=_AGENT)
    errors: list[DeactivateAgentError] = strawberry.field(description=_ERRORS)


def _fields(input: CreateAgentInput | UpdateAgentInput) -> AgentFields:
    given: dict[str, Any] = {name: value for name in AgentFields.__annotations__ if (value := getattr(input, name)) is not UNSET}
    if given.get("team_id") is not None:
        given["team_id"] = decode_kind("Team", given["team_id"])
    return cast(AgentFields, given)


async def create_agent(info: Info, input: CreateAgentInput) -> CreateAgentPayload:
    """Create an agent."""
    fields = _fields(input)
    return await run(info, CreateAgentPayload, input, lambda call: verbs.create_agent(call, fields), result="agent")


async def update_agent(info: Info, input: UpdateAgentInput) -> UpdateAgentPayload:
    """Change an agent."""
    request = verbs.UpdateAgent(
        agent_id=decode_kind("Agent", input.agent_id), fields=_fields(input), expected_version=input.expected_version
    )
    return await run(info, UpdateAgentPayload, input, lambda call: verbs.update_agent(call, request), result="agent")


async def deactivate_agent(info: Info, input: DeactivateAgentInput) -> DeactivateAgentPayload:
    """Deactivate an agent."""
    request = deactivating.DeactivateAgent(
        agent_id=decode_kind("Agent", input.agent_id),
        reassign_to=None if input.reassign_to is None else decode_kind("Agent", input.reassign_to),
        reason=input.reason,
        expected_version=input.expected_version,
    )
    return await run(info, DeactivateAgentPayload, input, lambda call: deactivating.deactivate_agent(call, request), result="agent")


@strawberry.type
class AgentMutations:
    """The part of `Mutation` that manages agents."""

    create_agent = strawberry.mutation(resolver=create_agent, description="Take in a person who works on leads.")
    update_agent = strawberry.mutation(resolver=update_agent, description="Change an agent.")
    deactivate_agent = strawberry.mutation(
        resolver=deactivate_agent,
        description=(
            "Deactivate an agent: it gets no more leads, its keys are refused, the open leads go to another agent or back to the pool, "
            "and the teams that it led have no manager. Closed leads stay with who closed them."
        ),
    )
