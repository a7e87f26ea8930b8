"""Fill a workspace with what was made up: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from domain.activities import Activity, ContactAttempt
from domain.enrollments import Enrollment, EnrollmentStep
from domain.events import Event
from domain.leads import CurrentScore, ExternalReference, Lead, Tag
from domain.people import Agent, Team
from domain.pipelines import Pipeline, Stage
from domain.workspaces import Workspace
from persistence import activities, contact_attempts, enrollments, histories, leads, people, pipelines, tags, workspaces
from persistence.emptying import empty_workspace
from usecases.demo.campaigns import CampaignContents, add_campaigns
from usecases.demo.contacting import ContactingContents, add_contacting
from usecases.demo.fields import FieldContents, add_fields
from usecases.demo.follow_ups import FollowUpContents, add_follow_ups
from usecases.demo.models import ModelContents, add_scoring_models
from usecases.demo.sequences import SequenceContents, add_sequences
from usecases.verbs import Work, verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything that goes into a workspace. `entries` are history entries of every kind; `tagged` pairs leads with tags."""

    workspace: Workspace
    teams: Sequence[Team]
    agents: Sequence[Agent]
    pipelines: Sequence[Pipeline]
    stages: Sequence[Stage]
    tags: Sequence[Tag]
    leads: Sequence[Lead]
    scores: Sequence[CurrentScore]
    entries: Sequence[object]
    activities: Sequence[Activity]
    attempts: Sequence[ContactAttempt]
    references: Sequence[ExternalReference]
    tagged: Sequence[tuple[UUID, UUID, datetime]]
    events: Sequence[Event]
    campaigns: CampaignContents
    fields: FieldContents
    models: ModelContents
    sequences: SequenceContents
    enrollments: Sequence[Enrollment]
    enrollment_steps: Sequence[EnrollmentStep]
    contacting: ContactingContents
    follow_ups: FollowUpContents


@verb
async def fill_workspace(work: Work, contents: Contents) -> int:
    """Make the viewer's workspace, or empty the one there is of all but its keys, and fill it; return the number of leads."""
    exists = await workspaces.workspace_by_id(work.tx, [work.viewer.workspace_id])
    if exists:
        await empty_workspace(work.tx)
    tx = work.tx
    if not exists:
        await workspaces.add_workspace(tx, contents.workspace)
    # Teams name their managers and agents their team: whoever comes first cannot name the other yet.
    await people.add_teams(tx, [replace(team, manager_id=None) for team in contents.teams])
    await people.add_agents(tx, contents.agents)
    await people.save_teams(tx, contents.teams)
    await pipelines.add_pipelines(tx, contents.pipelines)
    await pipelines.add_stages(tx, contents.stages)
    await tags.add_tags(tx, contents.tags)
    await leads.add_leads(tx, contents.leads)
    await leads.add_references(tx, contents.references)
    for instant in sorted({at for _, _, at in contents.tagged}):
        await tags.attach_tags(tx, [(lead, tag) for lead, tag, at in contents.tagged if at == instant], instant)
    await add_campaigns(tx, contents.campaigns)
    await add_fields(tx, contents.fields)
    await add_scoring_models(tx, contents.models)
    await add_sequences(tx, contents.sequences)
    await enrollments.add_enrollments(tx, contents.enrollments)
    await enrollments.add_enrollment_steps(tx, contents.enrollment_steps)
    await activities.add_activities(tx, contents.activities)
    await contact_attempts.add_contact_attempts(tx, contents.attempts)
    await add_contacting(tx, contents.contacting)
    await add_follow_ups(tx, contents.follow_ups)
    await histories.save_scores(tx, contents.scores)
    await histories.add_entries(tx, contents.entries)
    await histories.add_events(tx, contents.events)
    return len(contents.leads)
