"""Mutations of teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from domain.people import TeamFields
from gql.context import Info
from gql.ids import decode_kind, encode_id
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.people.types import Team
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from usecases.people import teams as verbs
from usecases.verbs import Call

_NAME = "The team's name, 1–100 characters, unique in the workspace whatever its case."
_MANAGER = "The agent who leads it, in the team or not; null: nobody."
_TEAM = "The team as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."


@strawberry.input(description="What `createTeam` takes.")
class CreateTeamInput(MutationInput):
    """See `domain.people.TeamFields`."""

    name: str = strawberry.field(description=_NAME)
    manager_id: strawberry.ID | None = strawberry.field(default=UNSET, description=_MANAGER)


CreateTeamError = Annotated[
    ValidationError | NotFound | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateTeamError", description="Why no team was created."),
]


@strawberry.type(description="What `createTeam` answers.")
class CreateTeamPayload(MutationPayload):
    """The team, or the refusals."""

    team: Team | None = strawberry.field(default=None, description="The new team; null when none was created.")
    errors: list[CreateTeamError] = strawberry.field(description=_ERRORS)


@strawberry.input(description="What `updateTeam` takes. What is absent stays as it is; null clears the manager.")
class UpdateTeamInput(VersionedInput):
    """See `domain.people.TeamFields`."""

    team_id: strawberry.ID = strawberry.field(description="The team.")
    name: str | None = strawberry.field(default=UNSET, description=_NAME)
    manager_id: strawberry.ID | None = strawberry.field(default=UNSET, description=_MANAGER)


UpdateTeamError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateTeamError", description="Why a team was not changed."),
]


@strawberry.type(description="What `updateTeam` answers.")
class UpdateTeamPayload(MutationPayload):
    """The team as it is now, or the refusals."""

    team: Team | None = strawberry.field(default=None, description=_TEAM)
    errors: list[UpdateTeamError] = strawberry.field(description=_ERRORS)


@strawberry.input(description="What `deleteTeam` takes.")
class DeleteTeamInput(VersionedInput):
    """Names the team."""

    team_id: strawberry.ID = strawberry.field(description="The team.")


DeleteTeamError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("DeleteTeamError", description="Why a team was not deleted."),
]


@strawberry.type(description="What `deleteTeam` answers.")
class DeleteTeamPayload(MutationPayload):
    """The id of what is gone, or the refusals."""

    deleted_team_id: strawberry.ID | None = strawberry.field(
        default=None, description="The id that the team had; null when it was not deleted."
    )
    errors: list[DeleteTeamError] = strawberry.field(description=_ERRORS)


def _fields(input: CreateTeamInput | UpdateTeamInput) -> TeamFields:
    fields = TeamFields()
    if input.name is not UNSET:
        fields["name"] = input.name
    if input.manager_id is not UNSET:
        fields["manager_id"] = None if input.manager_id is None else decode_kind("Agent", input.manager_id)
    return fields


async def create_team(info: Info, input: CreateTeamInput) -> CreateTeamPayload:
    """Create a team."""
    fields = _fields(input)
    return await run(info, CreateTeamPayload, input, lambda call: verbs.create_team(call, fields), result="team")


async def update_team(info: Info, input: UpdateTeamInput) -> UpdateTeamPayload:
    """Change a team."""
    request = verbs.UpdateTeam(team_id=decode_kind("Team", input.team_id), fields=_fields(input), expected_version=input.expected_version)
    return await run(info, UpdateTeamPayload, input, lambda call: verbs.update_team(call, request), result="team")


async def delete_team(info: Info, input: DeleteTeamInput) -> DeleteTeamPayload:
    """Delete a team."""
    team_id = decode_kind("Team", input.team_id)

    async def delete(call: Call) -> Mapping[str, Any]:
        deleted = await verbs.delete_team(call, team_id, input.expected_version)
        return {"deleted_team_id": strawberry.ID(encode_id("Team", UUID(deleted)))}

    return await run(info, DeleteTeamPayload, input, delete)


@strawberry.type
class TeamMutations:
    """The part of `Mutation` that manages teams."""

    create_team = strawberry.mutation(resolver=create_team, description="Found a team.")
    update_team = strawberry.mutation(resolver=update_team, description="Change a team's name or manager; agents join by `updateAgent`.")
    delete_team = strawberry.mutation(resolver=delete_team, description="Delete a team. Its members stay, without a team.")
