"""Record contact attempts: how somebody tried to reach a lead, or the lead us, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.activities import (
    OUTCOMES_BY_CHANNEL,
    ContactAttempt,
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    SocialNetwork,
)
from domain.contact_points import web_address
from domain.events import EventType
from domain.follow_ups import Due, wanted_due
from domain.people import Agent
from domain.refusals import Refusal, ValidationFailed
from domain.scoring import ScoreCause
from domain.status import LeadStatus
from persistence import contact_attempts
from persistence.workspaces import own_workspace
from usecases.answers import RowOutcome, Several
from usecases.bulk import ErrorPolicy
from usecases.consent.objections import respect_wish
from usecases.follow_ups.settling import follow_attempts
from usecases.leads.change_status import apply_status
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

MAX_SECONDS = 86_400
_WITH_DURATION = (ContactChannel.PHONE, ContactChannel.MEETING)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordContactAttempt:
    """What is reported of one attempt."""

    lead_id: UUID
    channel: ContactChannel
    direction: ContactDirection
    outcome: ContactOutcome
    occurred_at: datetime
    social_network: SocialNetwork | None = None
    duration_seconds: int | None = None
    provider: str | None = None
    provider_id: str | None = None
    recording_url: str | None = None
    transcript_url: str | None = None
    notes: str | None = None
    agent_id: UUID | None = None
    callback_at: datetime | None = None
    callback_local: str | None = None


@verb
async def record_contact_attempt(work: Work, request: RecordContactAttempt) -> Several:
    """Record one attempt; answer `contact_attempt`, `lead` and `created`. Raises Refused: NotFound, ValidationFailed, AlreadyExists."""
    edits = LeadEdits(work)
    return await settle_one(edits, await record_attempts(work, edits, [request]), request.lead_id, "contact_attempt")


@verb
async def record_contact_attempts(work: Work, requests: Sequence[RecordContactAttempt], policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Record up to 500 attempts of any leads; each row answers `contact_attempt` and `created`."""
    check_row_count(requests)
    edits = LeadEdits(work)
    return await settle_many(edits, await record_attempts(work, edits, requests), "contact_attempt", policy)


async def record_attempts(work: Work, edits: LeadEdits, requests: Sequence[RecordContactAttempt]) -> Sequence[Recorded[ContactAttempt]]:
    """Record attempts as part of something larger; whoever calls saves the edits."""
    loaded = await edits.load((request.lead_id for request in requests), triggering=True)
    agents = await known_agents(work, (request.agent_id for request in requests))
    zone = (await own_workspace(work.tx)).time_zone if any(request.callback_local for request in requests) else "UTC"
    callbacks = [_callback(work, loaded.get(request.lead_id), zone, request) for request in requests]
    drafts = [
        _drafted(work, loaded, agents, request, () if callback is None or isinstance(callback, Due) else callback)
        for request, callback in zip(requests, callbacks, strict=True)
    ]
    recorded = await record(
        work,
        drafts,
        contact_attempts.add_contact_attempts,
        another_leads("provider_id"),
        lambda attempt: count_attempt(work, loaded[attempt.lead_id], attempt),
    )
    new = [
        (row.thing, request.callback_at or (callback if isinstance(callback, Due) else None))
        for row, request, callback in zip(recorded, requests, callbacks, strict=True)
        if row.created and row.thing is not None
    ]
    await follow_attempts(work, loaded, new)
    return recorded


def _callback(work: Work, edit: LeadEdit | None, zone: str, request: RecordContactAttempt) -> Due | Sequence[Refusal] | None:
    """Settle when the lead wants to be called back, if it said so."""
    if request.callback_at is None and request.callback_local is None:
        return None
    if request.outcome is not ContactOutcome.CALLBACK_REQUESTED:
        path = ("callback_at" if request.callback_at is not None else "callback_local",)
        return [ValidationFailed(message="Only CALLBACK_REQUESTED comes with a time.", path=path)]
    names = ("callback_at", "callback_local")
    return wanted_due(request.callback_at, request.callback_local, (edit and edit.lead.time_zone, zone), work.at, names)


def _drafted(
    work: Work,
    loaded: Mapping[UUID, LeadEdit],
    agents: Mapping[UUID, Agent],
    request: RecordContactAttempt,
    problems: Sequence[Refusal],
) -> ContactAttempt | Sequence[Refusal]:
    edit = checked(loaded, request.lead_id, None)
    occurred_at, early_or_late = checked_instant(request.occurred_at, work.at)
    provider, provider_id, no_origin = checked_origin(("provider", "provider_id"), request.provider, request.provider_id)
    recording_url, bad_recording = _link(request.recording_url, "recording_url")
    transcript_url, bad_transcript = _link(request.transcript_url, "transcript_url")
    notes, long_notes = long_text(request.notes, "notes")
    refusals: list[Refusal] = [edit] if isinstance(edit, Refusal) else []
    refusals += [*_misfits(request), *problems, *early_or_late, *no_origin, *bad_recording, *bad_transcript, *long_notes]
    refusals += checked_agent(agents, request.agent_id)
    if refusals:
        return refusals
    return ContactAttempt(
        id=new_id(),
        lead_id=request.lead_id,
        channel=request.channel,
        social_network=request.social_network,
        direction=request.direction,
        outcome=request.outcome,
        occurred_at=occurred_at,
        recorded_at=work.at,
        duration_seconds=request.duration_seconds,
        agent_id=request.agent_id,
        provider=provider,
        provider_id=provider_id,
        recording_url=recording_url,
        transcript_url=transcript_url,
        notes=notes,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
    )


def _misfits(request: RecordContactAttempt) -> list[Refusal]:
    """List what does not belong to the channel (rules §3)."""
    refusals: list[Refusal] = []
    channel = request.channel
    if request.outcome not in OUTCOMES_BY_CHANNEL[channel]:
        refusals.append(ValidationFailed(message=f"{channel} has no outcome {request.outcome}.", path=("outcome",)))
    if channel is ContactChannel.SOCIAL and request.social_network is None:
        refusals.append(ValidationFailed(message="SOCIAL needs its network.", path=("social_network",)))
    if channel is not ContactChannel.SOCIAL and request.social_network is not None:
        refusals.append(ValidationFailed(message=f"{channel} has no network; SOCIAL has.", path=("social_network",)))
    if request.duration_seconds is not None:
        if channel not in _WITH_DURATION:
            refusals.append(ValidationFailed(message="Only PHONE and MEETING have a duration.", path=("duration_seconds",)))
        elif not 0 <= request.duration_seconds <= MAX_SECONDS:
            refusals.append(ValidationFailed(message=f"Must be 0–{MAX_SECONDS} seconds.", path=("duration_seconds",)))
    return refusals


def _link(text: str | None, name: str) -> tuple[str | None, Sequence[Refusal]]:
    if text is None or not text.strip():
        return None, ()
    link = web_address(text)
    return link, () if link else (ValidationFailed(message="Must be an absolute http or https address.", path=(name,)),)


def count_attempt(work: Work, edit: LeadEdit, attempt: ContactAttempt) -> None:
    """Let a new attempt count for its lead; instants are the earliest and latest ones, in whatever order attempts arrive."""
    lead, occurred_at = edit.lead, attempt.occurred_at
    if attempt.direction is ContactDirection.OUTBOUND:
        edit.change(
            outbound_attempts=lead.outbound_attempts + 1,
            first_contacted_at=min(lead.first_contacted_at or occurred_at, occurred_at),
            last_contacted_at=max(lead.last_contacted_at or occurred_at, occurred_at),
        )
    if attempt.asks_for_contact:
        edit.change(contact_requested_at=max(lead.contact_requested_at or occurred_at, occurred_at))
    edit.because(ScoreCause.CONTACT_ATTEMPT, attempt.id)
    edit.tell(
        EventType.CONTACT_ATTEMPT_RECORDED,
        {
            "contact_attempt_id": attempt.id,
            "channel": attempt.channel,
            "direction": attempt.direction,
            "outcome": attempt.outcome,
            "occurred_at": occurred_at,
        },
        attempt.id,
    )
    respect_wish(work, edit, attempt)
    if attempt.direction is ContactDirection.OUTBOUND and lead.status is LeadStatus.NEW:
        apply_status(work, edit, LeadStatus.CONTACTED, None)
