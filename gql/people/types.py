"""Agents and teams."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import people as domain
from gql.activities.types import Activity, ContactAttempt
from gql.edges import by_id, to_many, to_one, to_pages
from gql.follow_ups.filters import follow_up_pages
from gql.follow_ups.types import FollowUp
from gql.leads.arguments import lead_pages
from gql.leads.enums import LeadSource
from gql.nodes import NODE_BATCHES, Node, node_id, plain, shows
from gql.paging import Connection
from gql.people.enums import Availability
from gql.queues.types import AgentClaimFields
from gql.scalars import EmailAddress
from gql.working_hours.types import WorkingHours
from gql.workspaces.edges import own_workspace
from persistence.activities import activities_by_agent
from persistence.api_keys import api_keys_by_agent
from persistence.contact_attempts import contact_attempts_by_agent
from persistence.follow_ups import follow_ups_by_agent
from persistence.histories import assignments_by_agent
from persistence.lead_lists import leads_by_owner, leads_by_team
from persistence.people import agent_by_id, agents_by_team, team_by_id, teams_by_manager
from persistence.working_hours import hours_by_team

if TYPE_CHECKING:
    from gql.keys.types import ApiKey
    from gql.leads.histories import Assignment
    from gql.leads.types import Lead
    from gql.workspaces.types import Workspace


@strawberry.type(description="A person who works on leads.")
class Agent(AgentClaimFields, Node):
    """See `domain.people.Agent`."""

    id: strawberry.ID = node_id("Agent")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("The person's name.")
    email: EmailAddress = plain("The person's e-mail address, unique in the workspace.")
    availability: Availability = plain("Whether the agent takes new leads.")
    capacity: int | None = plain(
        "How many open leads assignment gives the agent at most; null: any number. Reopened and restored leads come back even beyond it."
    )
    weight: int = plain("The share in weighted assignment, 1–100.")
    territories: list[str] = plain("Countries and regions served, such as `PT` or `US-CA`; empty: all.")
    languages: list[str] = plain("Languages spoken, as BCP 47 writes them; empty: all.")
    sources: list[LeadSource] = plain("Sources worked on; empty: all.")
    last_assigned_at: datetime | None = plain("When a rule last gave this agent a lead.")
    created_at: datetime = plain("When the agent was created.")
    updated_at: datetime = plain("When somebody last changed the agent.")
    team: Annotated[Team, strawberry.lazy("gql.people.types")] | None = to_one(
        "The team that the agent belongs to.", key=lambda agent: agent.team_id, batch=team_by_id
    )
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads that the agent owns, as far as the viewer may see them.", leads_by_owner
    )
    activities: Connection[Activity] = to_pages(
        "The activities that the agent took part in, the latest first.", listing=activities_by_agent, order="OCCURRED_AT"
    )
    contact_attempts: Connection[ContactAttempt] = to_pages(
        "The attempts that the agent made, the latest first.", listing=contact_attempts_by_agent, order="OCCURRED_AT"
    )
    follow_ups: Connection[FollowUp] = follow_up_pages(
        "What the agent is to do and did about leads that the viewer may see, those due first come first.", follow_ups_by_agent
    )
    managed_teams: list[Annotated[Team, strawberry.lazy("gql.people.types")]] = to_many(
        "The teams that the agent leads, by name.", batch=teams_by_manager
    )
    assignments: Connection[Annotated[Assignment, strawberry.lazy("gql.leads.histories")]] = to_pages(
        "The times that the agent was given a lead which the viewer may see, the latest first.", listing=assignments_by_agent, order="AT"
    )
    api_keys: list[Annotated[ApiKey, strawberry.lazy("gql.keys.types")]] = to_many(
        "The unrevoked keys that stand for the agent, the oldest first.", batch=api_keys_by_agent
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Agent)


@strawberry.type(description="A group of agents.")
class Team(Node):
    """See `domain.people.Team`."""

    id: strawberry.ID = node_id("Team")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("The team's name, unique in the workspace.")
    created_at: datetime = plain("When the team was created.")
    updated_at: datetime = plain("When somebody last changed the team.")
    working_hours: WorkingHours | None = to_one("When it works, and how soon it answers.", key=by_id, batch=hours_by_team)
    manager: Agent | None = to_one("The agent who leads the team.", key=lambda team: team.manager_id, batch=agent_by_id)
    members: Connection[Agent] = to_pages("The team's agents, by name.", listing=agents_by_team, order="NAME", descending=False)
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages(
        "The leads that the team's agents own, as far as the viewer may see them.", leads_by_team
    )
    workspace: Annotated[Workspace, strawberry.lazy("gql.workspaces.types")] | None = own_workspace()
    is_type_of = shows(domain.Team)


NODE_BATCHES["Agent"] = agent_by_id
NODE_BATCHES["Team"] = team_by_id
