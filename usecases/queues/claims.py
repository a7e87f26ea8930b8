"""What becomes of a claim: its lease is renewed, the lead is dealt with, or it goes back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from domain.access import Permission
from domain.activities import ContactDirection, ContactOutcome, SocialNetwork
from domain.events import EventType
from domain.queues import Claim, ClaimEnded, ClaimState, lease_problems
from domain.refusals import NotAllowed, Refusal, Refused, not_found
from domain.texts import optional_text
from persistence import claims, queues
from usecases.answers import Several
from usecases.contact_attempts.record import RecordContactAttempt, record_attempts
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.verbs import Work, verb

MAX_NOTE = 500


@verb
async def heartbeat_claim(work: Work, claim_id: UUID, lease_seconds: int) -> Claim:
    """Renew the lease from now on. Raises Refused: NotFound, NotAllowed, ClaimEnded, ValidationFailed."""
    refusals: list[Refusal] = [*lease_problems(lease_seconds)]
    if not await claims.claim_by_id(work.tx, [claim_id]):
        raise Refused([not_found("Claim", "claim_id"), *refusals])
    claim = (await claims.claim_for_update(work.tx, [claim_id]))[claim_id]
    refusals = [*_problems(work, claim), *refusals]
    if refusals:
        raise Refused(refusals)
    # A lease is never cut short by a heartbeat that was overtaken.
    renewed = replace(claim, leased_until=max(claim.leased_until, work.at + timedelta(seconds=lease_seconds)))
    await claims.save_claims(work.tx, [renewed])
    return renewed


@verb
async def release_claim(work: Work, claim_id: UUID, note: str | None) -> Several:
    """Give the lead back; answer `claim` and `lead`. Raises Refused: NotFound, NotAllowed, ClaimEnded, ValidationFailed."""
    clean, problems = optional_text(note, MAX_NOTE, "note")
    edits = LeadEdits(work)
    claim, edit = await _held(work, edits, claim_id, list(problems))
    ended = replace(claim, state=ClaimState.RELEASED, ended_at=work.at, note=clean)
    edit.tell(EventType.CLAIM_RELEASED, {"queue_id": claim.queue_id, "claim_id": claim.id}, claim.id)
    await claims.save_claims(work.tx, [ended])
    return Several({"claim": ended, "lead": (await edits.save())[claim.lead_id]})


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteClaim:
    """How the contact ended, as `RecordContactAttempt` tells it; channel and lead are those of the claim."""

    claim_id: UUID
    outcome: ContactOutcome
    occurred_at: datetime | None = None
    social_network: SocialNetwork | None = None
    duration_seconds: int | None = None
    provider: str | None = None
    provider_id: str | None = None
    recording_url: str | None = None
    transcript_url: str | None = None
    notes: str | None = None
    callback_at: datetime | None = None


@verb
async def complete_claim(work: Work, request: CompleteClaim) -> Several:
    """Record how the contact ended and end the claim, with all that follows from the outcome; answer `claim`, `lead`, `contact_attempt`.

    Raises Refused: NotFound, NotAllowed, ClaimEnded, and whatever recording a contact attempt refuses.
    """
    edits = LeadEdits(work)
    claim, edit = await _held(work, edits, request.claim_id, [])
    queue = (await queues.queue_by_id(work.tx, [claim.queue_id]))[claim.queue_id]
    attempt = RecordContactAttempt(
        lead_id=claim.lead_id,
        channel=queue.channel,
        direction=ContactDirection.OUTBOUND,
        outcome=request.outcome,
        occurred_at=request.occurred_at or work.at,
        social_network=request.social_network,
        duration_seconds=request.duration_seconds,
        provider=request.provider,
        provider_id=request.provider_id,
        recording_url=request.recording_url,
        transcript_url=request.transcript_url,
        notes=request.notes,
        agent_id=work.viewer.agent_id,
        callback_at=request.callback_at,
    )
    (recorded,) = await record_attempts(work, edits, [attempt])
    if recorded.refusals or recorded.thing is None:
        raise Refused(recorded.refusals)
    ended = replace(claim, state=ClaimState.COMPLETED, ended_at=work.at, contact_attempt_id=recorded.thing.id)
    told = {"queue_id": claim.queue_id, "claim_id": claim.id, "contact_attempt_id": recorded.thing.id, "outcome": request.outcome}
    edit.tell(EventType.CLAIM_COMPLETED, told, claim.id)
    saved = await edits.save()
    await claims.save_claims(work.tx, [ended])
    return Several({"claim": ended, "lead": saved[claim.lead_id], "contact_attempt": recorded.thing})


async def _held(work: Work, edits: LeadEdits, claim_id: UUID, problems: list[Refusal]) -> tuple[Claim, LeadEdit]:
    """Lock a claim, and its lead before it as everybody does. Raises Refused."""
    known = (await claims.claim_by_id(work.tx, [claim_id])).get(claim_id)
    edit = (await edits.load([known.lead_id])).get(known.lead_id) if known else None
    if known is None or edit is None:
        raise Refused([not_found("Claim", "claim_id"), *problems])
    claim = (await claims.claim_for_update(work.tx, [claim_id]))[claim_id]
    refusals = [*_problems(work, claim), *problems]
    if refusals:
        raise Refused(refusals)
    return claim, edit


def _problems(work: Work, claim: Claim) -> list[Refusal]:
    refusals: list[Refusal] = []
    if (claim.actor_kind, claim.actor_id) != (work.actor.kind, work.actor.id) and not work.viewer.may(Permission.MANAGE_QUEUES):
        refusals.append(NotAllowed(message="Somebody else holds this claim.", path=("claim_id",)))
    if not claim.holds(work.at):
        state = claim.state_at(work.at)
        message = f"The claim is {state.value.lower()} by now."
        refusals.append(ClaimEnded(message=message, path=("claim_id",), state=state, leased_until=claim.leased_until))
    return refusals
