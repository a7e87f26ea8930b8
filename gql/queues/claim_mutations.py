"""Mutations by which people and diallers work through a queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

import strawberry

from gql.activities.enums import ContactOutcome, SocialNetwork
from gql.activities.types import ContactAttempt
from gql.context import Info
from gql.ids import decode_kind
from gql.leads.types import Lead
from gql.mutations import MutationInput, MutationPayload, run
from gql.queues.types import Claim
from gql.refusals import AlreadyExists, ClaimEnded, IdempotencyKeyReused, NotAllowed, NotFound, QueueArchived, ValidationError
from gql.scalars import URL
from usecases.queues import claim_next_lead as claiming
from usecases.queues import claims
from usecases.verbs import Call

_CLAIM = "The claim as it is now; null when it was refused."
_LEAD = "The lead as it is now; null when it was refused."
_ERRORS = "Why it was refused; empty when it was not."
_LEASE = "For how many seconds from now nobody else gets the lead: 10–3,600."


@strawberry.input(description="What `claimNextLead` takes.")
class ClaimNextLeadInput(MutationInput):
    """See `usecases.queues.claim_next_lead`."""

    queue_id: strawberry.ID = strawberry.field(description="The queue.")
    lease_seconds: int = strawberry.field(default=300, description=_LEASE)


@strawberry.input(description="What `heartbeatClaim` takes.")
class HeartbeatClaimInput(MutationInput):
    """See `usecases.queues.claims.heartbeat_claim`."""

    claim_id: strawberry.ID = strawberry.field(description="The claim.")
    lease_seconds: int = strawberry.field(default=300, description=_LEASE)


@strawberry.input(description="What `releaseClaim` takes.")
class ReleaseClaimInput(MutationInput):
    """See `usecases.queues.claims.release_claim`."""

    claim_id: strawberry.ID = strawberry.field(description="The claim.")
    note: str | None = strawberry.field(default=None, description="Why, at most 500 characters.")


@strawberry.input(description="What `completeClaim` takes: how the contact ended, as `recordContactAttempt` takes it.")
class CompleteClaimInput(MutationInput):
    """See `usecases.queues.claims.CompleteClaim`."""

    claim_id: strawberry.ID = strawberry.field(description="The claim; lead, channel and agent are its own.")
    outcome: ContactOutcome = strawberry.field(description="How it ended; must be one that the queue's channel has.")
    occurred_at: datetime | None = strawberry.field(default=None, description="When it was; without it, now.")
    social_network: SocialNetwork | None = strawberry.field(default=None, description="The network; SOCIAL needs one.")
    duration_seconds: int | None = strawberry.field(default=None, description="How long a call took, 0–86,400 seconds.")
    provider: str | None = strawberry.field(default=None, description="The system that made the call, at most 100 characters.")
    provider_id: str | None = strawberry.field(default=None, description="The call's id there; recorded once. At most 200 characters.")
    recording_url: URL | None = strawberry.field(default=None, description="Where the recording is kept.")
    transcript_url: URL | None = strawberry.field(default=None, description="Where the transcript is kept.")
    notes: str | None = strawberry.field(default=None, description="What was noted down, at most 32 KiB.")
    callback_at: datetime | None = strawberry.field(default=None, description="When the lead asked to be called back.")


ClaimNextLeadError = Annotated[
    ValidationError | NotFound | QueueArchived | IdempotencyKeyReused,
    strawberry.union("ClaimNextLeadError", description="Why no lead was looked for."),
]
HeartbeatClaimError = Annotated[
    ValidationError | NotFound | NotAllowed | ClaimEnded | IdempotencyKeyReused,
    strawberry.union("HeartbeatClaimError", description="Why a lease was not renewed."),
]
ReleaseClaimError = Annotated[
    ValidationError | NotFound | NotAllowed | ClaimEnded | IdempotencyKeyReused,
    strawberry.union("ReleaseClaimError", description="Why a lead was not given back."),
]
CompleteClaimError = Annotated[
    ValidationError | NotFound | NotAllowed | ClaimEnded | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CompleteClaimError", description="Why a claim was not completed."),
]


@strawberry.type(description="What `claimNextLead` answers.")
class ClaimNextLeadPayload(MutationPayload):
    """The claim with its lead, neither when there is nothing to do, or the refusals."""

    claim: Claim | None = strawberry.field(default=None, description="The claim; null when no lead may be contacted now.")
    lead: Lead | None = strawberry.field(default=None, description="The lead that was taken.")
    next_ready_at: datetime | None = strawberry.field(
        default=None, description="Without a lead: when the next one may be contacted, as far as that is known."
    )
    errors: list[ClaimNextLeadError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `heartbeatClaim` answers.")
class HeartbeatClaimPayload(MutationPayload):
    """The claim, or the refusals."""

    claim: Claim | None = strawberry.field(default=None, description=_CLAIM)
    errors: list[HeartbeatClaimError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `releaseClaim` answers.")
class ReleaseClaimPayload(MutationPayload):
    """The claim and its lead, or the refusals."""

    claim: Claim | None = strawberry.field(default=None, description=_CLAIM)
    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    errors: list[ReleaseClaimError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `completeClaim` answers.")
class CompleteClaimPayload(MutationPayload):
    """The claim, its lead and the contact attempt, or the refusals."""

    claim: Claim | None = strawberry.field(default=None, description=_CLAIM)
    lead: Lead | None = strawberry.field(default=None, description=_LEAD)
    contact_attempt: ContactAttempt | None = strawberry.field(default=None, description="The attempt as it was recorded.")
    errors: list[CompleteClaimError] = strawberry.field(description=_ERRORS)


async def claim_next_lead(info: Info, input: ClaimNextLeadInput) -> ClaimNextLeadPayload:
    """Claim the next lead."""
    queue_id = decode_kind("Queue", input.queue_id)

    async def verb(call: Call) -> Mapping[str, Any]:
        parts = (await claiming.claim_next_lead(call, queue_id, input.lease_seconds)).parts
        soonest = parts["next_ready_at"]
        return {**parts, "next_ready_at": datetime.fromisoformat(soonest) if soonest else None}

    return await run(info, ClaimNextLeadPayload, input, verb)


async def heartbeat_claim(info: Info, input: HeartbeatClaimInput) -> HeartbeatClaimPayload:
    """Renew a lease."""
    claim_id = decode_kind("Claim", input.claim_id)
    return await run(
        info, HeartbeatClaimPayload, input, lambda call: claims.heartbeat_claim(call, claim_id, input.lease_seconds), result="claim"
    )


async def release_claim(info: Info, input: ReleaseClaimInput) -> ReleaseClaimPayload:
    """Give a lead back."""
    claim_id = decode_kind("Claim", input.claim_id)

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await claims.release_claim(call, claim_id, input.note)).parts

    return await run(info, ReleaseClaimPayload, input, verb)


async def complete_claim(info: Info, input: CompleteClaimInput) -> CompleteClaimPayload:
    """Complete a claim."""
    request = claims.CompleteClaim(
        claim_id=decode_kind("Claim", input.claim_id),
        outcome=input.outcome,
        occurred_at=input.occurred_at,
        social_network=input.social_network,
        duration_seconds=input.duration_seconds,
        provider=input.provider,
        provider_id=input.provider_id,
        recording_url=input.recording_url,
        transcript_url=input.transcript_url,
        notes=input.notes,
        callback_at=input.callback_at,
    )

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await claims.complete_claim(call, request)).parts

    return await run(info, CompleteClaimPayload, input, verb)


@strawberry.type
class ClaimMutations:
    """The part of `Mutation` by which a queue is worked through."""

    claim_next_lead = strawberry.mutation(
        resolver=claim_next_lead,
        description="Take the best lead of a queue that may be contacted now; nobody else gets it until the lease runs out.",
    )
    heartbeat_claim = strawberry.mutation(resolver=heartbeat_claim, description="Renew the lease of a claim, from now on.")
    release_claim = strawberry.mutation(resolver=release_claim, description="Give a lead back; the next one who asks may get it.")
    complete_claim = strawberry.mutation(
        resolver=complete_claim, description="Record how the contact ended, with all that follows from it, and end the claim."
    )
