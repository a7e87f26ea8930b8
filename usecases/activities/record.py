"""Record activities: what leads did, each once, and counted in their scores at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.activities import COUNTED_BY_TYPE, DONE_TO_LEAD, ONLY_IN_CAMPAIGNS, Activity, ActivityType
from domain.events import EventType
from domain.leads import CountedFact
from domain.people import Agent
from domain.refusals import Refusal, ValidationFailed
from domain.scoring import ScoreCause
from domain.texts import optional_text
from persistence import activities
from usecases.answers import RowOutcome, Several
from usecases.bulk import ErrorPolicy
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.recording import (
    Recorded,
    another_leads,
    check_row_count,
    checked_agent,
    checked_instant,
    checked_origin,
    known_agents,
    long_text,
    record,
    settle_many,
    settle_one,
)
from usecases.verbs import Work, new_id, verb

MAX_LINE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordActivity:
    """What is reported of one lead."""

    lead_id: UUID
    type: ActivityType
    occurred_at: datetime
    source: str | None = None
    source_event_id: str | None = None
    asset: str | None = None
    subject: str | None = None
    body: str | None = None
    agent_id: UUID | None = None


@verb
async def record_activity(work: Work, request: RecordActivity) -> Several:
    """Record one activity; answer `activity`, `lead` and `created`. Raises Refused: NotFound, ValidationFailed, AlreadyExists."""
    edits = LeadEdits(work)
    return await settle_one(edits, await _record(work, edits, [request]), request.lead_id, "activity")


@verb
async def record_activities(work: Work, requests: Sequence[RecordActivity], policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Record up to 500 activities of any leads; each row answers `activity` and `created`."""
    check_row_count(requests)
    edits = LeadEdits(work)
    return await settle_many(edits, await _record(work, edits, requests), "activity", policy)


async def _record(work: Work, edits: LeadEdits, requests: Sequence[RecordActivity]) -> Sequence[Recorded[Activity]]:
    loaded = await edits.load((request.lead_id for request in requests), triggering=True)
    agents = await known_agents(work, (request.agent_id for request in requests))
    drafts = [_drafted(work, loaded, agents, request) for request in requests]
    known = await _downloaded_before(work, drafts)

    def count(activity: Activity) -> None:
        counted = COUNTED_BY_TYPE.get(activity.type)
        if activity.type is ActivityType.CONTENT_DOWNLOADED and activity.asset is not None:
            counted = None if (activity.lead_id, activity.asset) in known else counted
            known.add((activity.lead_id, activity.asset))
        count_activity(loaded[activity.lead_id], activity, counted)

    return await record(work, drafts, activities.add_activities, another_leads("source_event_id"), count)


async def _downloaded_before(work: Work, drafts: Sequence[Activity | Sequence[Refusal]]) -> set[tuple[UUID, str]]:
    """Find the named downloads that leads made before; their locks keep others from adding any meanwhile."""
    downloads = [draft for draft in drafts if isinstance(draft, Activity) and draft.type is ActivityType.CONTENT_DOWNLOADED]
    named = {(download.lead_id, download.asset) for download in downloads if download.asset is not None}
    if not named:
        return set()
    return await activities.downloaded_assets(work.tx, sorted({lead for lead, _ in named}), sorted({asset for _, asset in named}))


def _drafted(
    work: Work, loaded: Mapping[UUID, LeadEdit], agents: Mapping[UUID, Agent], request: RecordActivity
) -> Activity | Sequence[Refusal]:
    edit = checked(loaded, request.lead_id, None)
    occurred_at, early_or_late = checked_instant(request.occurred_at, work.at)
    source, source_event_id, no_origin = checked_origin(("source", "source_event_id"), request.source, request.source_event_id)
    asset, long_asset = optional_text(request.asset, MAX_LINE, "asset")
    subject, long_subject = optional_text(request.subject, MAX_LINE, "subject")
    body, long_body = long_text(request.body, "body")
    refusals: list[Refusal] = [edit] if isinstance(edit, Refusal) else []
    if request.type in ONLY_IN_CAMPAIGNS:
        refusals.append(ValidationFailed(message="A touch of a campaign is recorded with `recordCampaignTouch`.", path=("type",)))
    refusals += [*early_or_late, *no_origin, *long_asset, *long_subject, *long_body, *checked_agent(agents, request.agent_id)]
    if not (long_subject or long_body):
        refusals += _untold(request.type, subject, body)
    if refusals:
        return refusals
    return Activity(
        id=new_id(),
        lead_id=request.lead_id,
        type=request.type,
        occurred_at=occurred_at,
        recorded_at=work.at,
        source=source,
        source_event_id=source_event_id,
        asset=asset,
        subject=subject,
        body=body,
        agent_id=request.agent_id,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
    )


def _untold(type: ActivityType, subject: str | None, body: str | None) -> Sequence[Refusal]:
    """Refuse what says nothing: a CUSTOM activity is told by its subject, a note by any text."""
    if type is ActivityType.CUSTOM and subject is None:
        return (ValidationFailed(message="Needed: a CUSTOM activity is told by its subject.", path=("subject",)),)
    if type is ActivityType.NOTE_ADDED and subject is None and body is None:
        return (ValidationFailed(message="Needed, or a subject: a note says something.", path=("body",)),)
    return ()


def count_activity(edit: LeadEdit, activity: Activity, counted: CountedFact | None) -> None:
    """Let a new activity count for its lead; instants are the latest ones, in whatever order activities arrive."""
    lead = edit.lead
    if activity.type not in DONE_TO_LEAD:
        edit.change(last_activity_at=max(lead.last_activity_at or activity.occurred_at, activity.occurred_at))
    if counted is not None:
        field = counted.lower()
        edit.change(**{field: getattr(lead, field) + 1})
    if activity.type is ActivityType.CONTACT_REQUESTED:
        edit.change(contact_requested_at=max(lead.contact_requested_at or activity.occurred_at, activity.occurred_at))
    edit.because(ScoreCause.ACTIVITY, activity.id)
    edit.tell(
        EventType.ACTIVITY_RECORDED,
        {"activity_id": activity.id, "type": activity.type, "occurred_at": activity.occurred_at},
        activity.id,
    )
