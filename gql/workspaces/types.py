"""The workspace and the viewer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import strawberry

from domain import workspaces as domain
from domain.access import AgentVisibility, Permission, Role
from gql.edges import by_id, to_many, to_one, to_pages
from gql.enums import describe
from gql.follow_ups.filters import follow_up_pages
from gql.follow_ups.types import FollowUp, OutcomePolicy, OutcomeRule
from gql.leads.arguments import lead_pages
from gql.nodes import NODE_BATCHES, Node, computed, node_id, plain, shows
from gql.paging import Connection
from gql.scoring_models.workspace_fields import ScoringFields
from gql.working_hours.types import WorkingHours
from persistence.api_keys import api_key_by_id
from persistence.campaigns import all_campaigns
from persistence.custom_fields import all_custom_fields
from persistence.follow_ups import follow_ups_by_agent
from persistence.lead_lists import all_leads
from persistence.messages import all_message_templates
from persistence.outcome_policies import current_outcome_policy, rules_in_force
from persistence.people import agent_by_id, all_agents, all_teams
from persistence.pipelines import all_pipelines
from persistence.segments import all_segments
from persistence.sequences import all_sequences
from persistence.tags import all_tags
from persistence.working_hours import hours_of_workspace
from persistence.workspaces import workspace_by_id

if TYPE_CHECKING:
    from gql.campaigns.types import Campaign
    from gql.custom_fields.types import CustomField
    from gql.leads.types import Lead
    from gql.messages.types import MessageTemplate
    from gql.people.types import Agent, Team
    from gql.pipelines.types import Pipeline
    from gql.segments.types import Segment
    from gql.sequences.types import Sequence
    from gql.tags.types import Tag

_NOBODY = UUID(int=0)

describe(
    Role,
    "What a key or a person may do, in broad strokes.",
    {
        "ADMIN": "Everything.",
        "MANAGER": "Everything but keys, webhooks and the workspace's settings.",
        "AGENT": "Works on the leads that the workspace lets agents see.",
        "INTEGRATION": "Writes and imports leads, without managing people, pipelines or keys.",
        "READ_ONLY": "Reads, and changes nothing.",
    },
)
describe(
    Permission,
    "One thing that a role, or a key's scopes, may allow.",
    {
        "READ_LEADS": "Read leads and all that hangs on them.",
        "WRITE_LEADS": "Create and update leads, their deals and their pins.",
        "DELETE_LEADS": "Delete and restore leads.",
        "MERGE_LEADS": "Merge leads that are one, and undo that.",
        "RECORD_ACTIVITY": "Record activities and contact attempts.",
        "CHANGE_STATUS": "Change status and stage.",
        "FORCE_STATUS": "Force a status that the rules refuse, and reopen what was won.",
        "ASSIGN_LEADS": "Assign and unassign leads.",
        "MANAGE_TAGS": "Create tags and put them on leads.",
        "MANAGE_CUSTOM_FIELDS": "Define custom fields and their options.",
        "MANAGE_SEGMENTS": "Save, change and delete segments.",
        "MANAGE_PIPELINES": "Create and change pipelines and stages.",
        "MANAGE_CAMPAIGNS": "Create and change campaigns, their variants and their money.",
        "MANAGE_SCORING": "Draft, publish and choose scoring models.",
        "MANAGE_SEQUENCES": "Create, change and publish sequences and message templates.",
        "MANAGE_CONSENT": "Publish the rules of contacting, lift suppressions and stop whole channels.",
        "MANAGE_QUEUES": "Create and change work queues, and give back what others took from them.",
        "MANAGE_PEOPLE": "Create and change agents and teams.",
        "MANAGE_KEYS": "Create, list and revoke API keys.",
        "MANAGE_WORKSPACE": "Change the workspace's settings.",
        "MANAGE_FOLLOW_UPS": "Set working hours, times to answer, and what follows from outcomes.",
        "IMPORT_LEADS": "Import leads from files.",
        "MANAGE_WEBHOOKS": "Set up receivers of events, and see what is sent to them.",
        "INTROSPECT": "Read the schema by introspection.",
    },
)
describe(
    AgentVisibility,
    "Which leads an agent sees.",
    {
        "OWN": "Only the own ones.",
        "TEAM": "The own ones and the team's.",
        "TEAM_AND_POOL": "The own ones, the team's and those without an owner.",
        "ALL": "All of the workspace's.",
    },
)


@strawberry.type(description="One customer's world; nothing in it refers to anything outside.")
class Workspace(ScoringFields, Node):
    """See `domain.workspaces.Workspace`."""

    id: strawberry.ID = node_id("Workspace")
    version: int = plain("Counts the changes of its settings; `expectedVersion` compares with it.")
    name: str = plain("The workspace's name.")
    currency: str = plain("The currency of amounts that name none, as ISO 4217.")
    time_zone: str = plain("The IANA time zone of its reports.")
    country: str | None = plain("The country of phone numbers that name none, as ISO 3166-1 alpha-2.")
    agent_visibility: AgentVisibility = plain("Which leads its agents see.")
    postal_address: str | None = plain(
        "Where its owner is reached by letter, in up to 8 lines; mails of marketing show it, and are not published without."
    )
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When somebody last changed its settings.")
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "Its leads, as far as the viewer may see them.", all_leads, key=None
    )
    agents: Connection[Annotated[Agent, strawberry.lazy("gql.people.types")]] = to_pages(
        "Its agents, by name.", listing=all_agents, order="NAME", descending=False, key=None
    )
    teams: Connection[Annotated[Team, strawberry.lazy("gql.people.types")]] = to_pages(
        "Its teams, by name.", listing=all_teams, order="NAME", descending=False, key=None
    )
    pipelines: Connection[Annotated[Pipeline, strawberry.lazy("gql.pipelines.types")]] = to_pages(
        "Its pipelines that are not archived, by name.", listing=all_pipelines, order="NAME", descending=False, key=None
    )
    campaigns: Connection[Annotated[Campaign, strawberry.lazy("gql.campaigns.types")]] = to_pages(
        "Its campaigns, the newest first.", listing=all_campaigns, order="CREATED_AT", key=None
    )
    tags: Connection[Annotated[Tag, strawberry.lazy("gql.tags.types")]] = to_pages(
        "Its tags, by name.", listing=all_tags, order="NAME", descending=False, key=None
    )
    segments: Connection[Annotated[Segment, strawberry.lazy("gql.segments.types")]] = to_pages(
        "Its segments, by name.", listing=all_segments, order="NAME", descending=False, key=None
    )
    custom_fields: Connection[Annotated[CustomField, strawberry.lazy("gql.custom_fields.types")]] = to_pages(
        "Its custom fields that are in use, by label.", listing=all_custom_fields, order="LABEL", descending=False, key=None
    )
    sequences: Connection[Annotated[Sequence, strawberry.lazy("gql.sequences.types")]] = to_pages(
        "Its sequences that are not archived, by name.", listing=all_sequences, order="NAME", descending=False, key=None
    )
    message_templates: Connection[Annotated[MessageTemplate, strawberry.lazy("gql.messages.types")]] = to_pages(
        "Its message templates that are not archived, by name.", listing=all_message_templates, order="NAME", descending=False, key=None
    )
    working_hours: WorkingHours | None = to_one(
        "When teams work that set nothing else, and how soon leads without an owner are answered.", key=by_id, batch=hours_of_workspace
    )
    outcome_policy: OutcomePolicy | None = to_one(
        "What follows from how contact attempts end; null as long as the shipped policy holds.", key=by_id, batch=current_outcome_policy
    )
    outcome_rules: list[OutcomeRule] = to_many(
        "The rules of the outcome policy that is in force, or of the shipped one.", batch=rules_in_force
    )
    is_type_of = shows(domain.Workspace)


@strawberry.type(description="The key that a viewer asks with.")
class ViewerKey:
    """A view of `domain.workspaces.ApiKey` that needs no permission: everybody may know the own key."""

    name: str = plain("What people call it.")
    hint: str = plain("The beginning of the token, and four characters out of its middle.")
    expires_at: datetime | None = plain("From when on it is refused; null: never.")


@strawberry.type(description="Who asks.")
class Viewer:
    """See `domain.access.Viewer`."""

    role: Role = plain("The role of the key.")
    permissions: list[Permission] = computed("What role and scopes allow together, by name.", lambda viewer: sorted(viewer.permissions))
    workspace: Workspace | None = to_one(
        "The workspace that the key belongs to.", key=lambda viewer: viewer.workspace_id, batch=workspace_by_id
    )
    agent: Annotated[Agent, strawberry.lazy("gql.people.types")] | None = to_one(
        "The agent whom the key stands for, if it does.", key=lambda viewer: viewer.agent_id, batch=agent_by_id
    )
    follow_ups: Connection[FollowUp] = follow_up_pages(
        "What the viewer's agent is to do and did, those due first come first; empty for a key that stands for nobody.",
        follow_ups_by_agent,
        key=lambda viewer: viewer.agent_id or _NOBODY,
    )
    key: ViewerKey | None = to_one("The key itself.", key=lambda viewer: viewer.key_id, batch=api_key_by_id)


NODE_BATCHES["Workspace"] = workspace_by_id
