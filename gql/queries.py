"""The root of the graph."""

from __future__ import annotations

from collections.abc import Awaitable, Hashable, Mapping
from typing import Annotated, Any

import strawberry

from gql.activities.types import (
    Activity,
    ActivityFilter,
    ContactAttempt,
    ContactAttemptFilter,
    activity_filter,
    attempt_filter,
)
from gql.campaigns.queries import CampaignQueries
from gql.consent.queries import ConsentQueries
from gql.context import Info
from gql.custom_fields.queries import CustomFieldQueries
from gql.duplicates.queries import DuplicateQueries
from gql.edges import looked_up, to_pages
from gql.enrollments.queries import EnrollmentQueries
from gql.errors import ErrorCode, PublicError
from gql.events.queries import EventQueries
from gql.follow_ups.queries import FollowUpQueries
from gql.ids import decode_id, decode_kind
from gql.imports.queries import ImportQueries
from gql.keys.types import ApiKey
from gql.leads.arguments import lead_pages
from gql.leads.inputs import ExternalReferenceInput
from gql.leads.types import Lead
from gql.loaders import Batch
from gql.messages.queries import MessageQueries
from gql.nodes import NODE_BATCHES, Node
from gql.paging import Connection
from gql.people.filters import AgentFilter, agent_filter
from gql.people.types import Agent, Team
from gql.pipelines.types import Pipeline
from gql.queues.queries import QueueQueries
from gql.scoring_models.impact import ScoringImpactQueries
from gql.scoring_models.queries import ScoringModelQueries
from gql.segments.queries import SegmentQueries
from gql.sequences.queries import SequenceQueries
from gql.tags.types import Tag
from gql.webhooks.queries import WebhookQueries
from gql.workspaces.types import Viewer
from persistence.activities import all_activities
from persistence.api_keys import all_api_keys
from persistence.contact_attempts import all_contact_attempts
from persistence.lead_lists import all_leads
from persistence.leads import lead_by_id, lead_by_reference
from persistence.people import all_agents, all_teams
from persistence.pipelines import all_pipelines
from persistence.tags import all_tags

MAX_NODES = 100


def _node(info: Info, id: str) -> Awaitable[Any] | None:
    decoded = decode_id(id)
    batch = NODE_BATCHES.get(decoded[0]) if decoded else None
    return None if decoded is None or batch is None else info.context.loaders.load(batch, decoded[1])


def _lead(given: Mapping[str, Any]) -> tuple[Batch, Hashable] | None:
    id, external_reference = given.get("id"), given.get("external_reference")
    if bool(id) == bool(external_reference):
        raise PublicError(ErrorCode.BAD_USER_INPUT, "Name the lead by `id` or by `externalReference`.")
    if external_reference:
        reference = (external_reference.system, external_reference.external_id)
        return None if any("\0" in part for part in reference) else (lead_by_reference, reference)
    return lead_by_id, decode_kind("Lead", id or "")


def _revoked(given: Mapping[str, Any]) -> bool:
    return bool(given.get("include_revoked"))


def _archived(given: Mapping[str, Any]) -> bool:
    return bool(given.get("include_archived"))


@strawberry.type(description="Where every query begins.")
class Query(
    ConsentQueries,
    QueueQueries,
    EnrollmentQueries,
    FollowUpQueries,
    MessageQueries,
    SequenceQueries,
    WebhookQueries,
    CampaignQueries,
    CustomFieldQueries,
    SegmentQueries,
    ScoringModelQueries,
    ScoringImpactQueries,
    ImportQueries,
    EventQueries,
    DuplicateQueries,
):
    """Relations from the root are declared like all others; only look-ups by id are written out."""

    lead: Lead | None = looked_up(
        "One lead, by its id or by another system's; null when nothing visible has it.",
        {
            "id": Annotated[strawberry.ID | None, strawberry.argument(description="The lead's global id.")],
            "external_reference": Annotated[
                ExternalReferenceInput | None, strawberry.argument(description="The id by which another system knows it.")
            ],
        },
        _lead,
    )
    leads: Connection[Lead] = lead_pages("The leads that the viewer may see.", all_leads, key=None)
    agents: Connection[Agent] = to_pages(
        "The agents, by name.",
        listing=all_agents,
        order="NAME",
        descending=False,
        key=None,
        arguments={"filter": Annotated[AgentFilter | None, strawberry.argument(description="Only agents that meet these conditions.")]},
        narrow=agent_filter,
    )
    teams: Connection[Team] = to_pages("The teams, by name.", listing=all_teams, order="NAME", descending=False, key=None)
    activities: Connection[Activity] = to_pages(
        "The activities of all leads that the viewer may see, the latest first.",
        listing=all_activities,
        order="OCCURRED_AT",
        key=None,
        arguments={
            "filter": Annotated[ActivityFilter | None, strawberry.argument(description="Only activities that meet these conditions.")]
        },
        narrow=activity_filter,
    )
    contact_attempts: Connection[ContactAttempt] = to_pages(
        "The contact attempts of all leads that the viewer may see, the latest first.",
        listing=all_contact_attempts,
        order="OCCURRED_AT",
        key=None,
        arguments={
            "filter": Annotated[
                ContactAttemptFilter | None, strawberry.argument(description="Only contact attempts that meet these conditions.")
            ]
        },
        narrow=attempt_filter,
    )
    pipelines: Connection[Pipeline] = to_pages(
        "The pipelines, by name.",
        listing=all_pipelines,
        order="NAME",
        descending=False,
        key=None,
        arguments={"include_archived": Annotated[bool | None, strawberry.argument(description="True: archived pipelines too.")]},
        narrow=_archived,
    )
    api_keys: Connection[ApiKey] = to_pages(
        "The API keys of the workspace, the latest first.",
        listing=all_api_keys,
        order="CREATED_AT",
        key=None,
        arguments={"include_revoked": Annotated[bool | None, strawberry.argument(description="True: revoked keys too.")]},
        narrow=_revoked,
    )
    tags: Connection[Tag] = to_pages("The tags, by name.", listing=all_tags, order="NAME", descending=False, key=None)

    @strawberry.field(description="Who asks.")
    def viewer(self, info: Info) -> Viewer:
        """Show the viewer itself."""
        return info.context.viewer  # pyright: ignore[reportReturnType] -- the type is a view of the domain's noun

    @strawberry.field(description="The thing with this global id; null when nothing visible has it.")
    def node(self, info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="A global id.")]) -> Node | None:
        """Look up one thing."""
        return _node(info, id)  # pyright: ignore[reportReturnType] -- a future of it

    @strawberry.field(description="The things with these global ids, in the same order; null where nothing visible has one.")
    def nodes(
        self,
        info: Info,
        ids: Annotated[list[strawberry.ID], strawberry.argument(description="Global ids, at most 100.")],
    ) -> list[Node | None]:
        """Look up several things."""
        if len(ids) > MAX_NODES:
            raise PublicError(ErrorCode.BAD_USER_INPUT, f"At most {MAX_NODES} ids.")
        return [_node(info, id) for id in ids]  # pyright: ignore[reportReturnType] -- futures of them
