"""Mutations of the workspace's settings."""

from __future__ import annotations

from typing import Annotated, cast

import strawberry
from strawberry import UNSET

from domain.workspaces import WorkspaceSettings
from gql.context import Info
from gql.mutations import MutationPayload, VersionedInput, run
from gql.refusals import IdempotencyKeyReused, ValidationError, VersionConflict
from gql.workspaces.types import AgentVisibility, Workspace
from usecases.workspaces import update_workspace as verbs


@strawberry.input(
    description="What `updateWorkspace` takes. What is absent stays as it is; only `country` and `postalAddress` can be cleared by null."
)
class UpdateWorkspaceInput(VersionedInput):
    """See `domain.workspaces.WorkspaceSettings`."""

    name: str | None = strawberry.field(default=UNSET, description="The workspace's name, 1–100 characters.")
    currency: str | None = strawberry.field(
        default=UNSET, description="The currency of amounts that name none, as ISO 4217. Nothing is converted."
    )
    time_zone: str | None = strawberry.field(default=UNSET, description="The IANA time zone of its reports.")
    country: str | None = strawberry.field(
        default=UNSET, description="The country of phone numbers that name none, as ISO 3166-1 alpha-2; null: none."
    )
    agent_visibility: AgentVisibility | None = strawberry.field(
        default=UNSET, description="Which leads its agents see; takes effect within a second."
    )
    postal_address: str | None = strawberry.field(
        default=UNSET,
        description=(
            "Where its owner is reached by letter, at most 300 characters in 8 lines; null or blank: none. "
            "Messages name it as `workspace.postal_address`, and mails of marketing must."
        ),
    )


UpdateWorkspaceError = Annotated[
    ValidationError | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UpdateWorkspaceError", description="Why the settings were not changed."),
]


@strawberry.type(description="What `updateWorkspace` answers.")
class UpdateWorkspacePayload(MutationPayload):
    """The workspace as it is now, or the refusals."""

    workspace: Workspace | None = strawberry.field(
        default=None, description="The workspace as it is now; null when the change was refused."
    )
    errors: list[UpdateWorkspaceError] = strawberry.field(description="Why it was refused; empty when it was not.")


async def update_workspace(info: Info, input: UpdateWorkspaceInput) -> UpdateWorkspacePayload:
    """Change the workspace's settings."""
    names = WorkspaceSettings.__annotations__
    settings = cast(WorkspaceSettings, {name: value for name in names if (value := getattr(input, name)) is not UNSET})
    version = input.expected_version
    return await run(info, UpdateWorkspacePayload, input, lambda call: verbs.update_workspace(call, settings, version), result="workspace")


@strawberry.type
class WorkspaceMutations:
    """The part of `Mutation` that changes the workspace."""

    update_workspace = strawberry.mutation(resolver=update_workspace, description="Change the workspace's settings.")
