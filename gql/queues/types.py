"""Work queues, and claims on leads."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain import queues as domain
from gql.activities.enums import ContactChannel
from gql.activities.types import ContactAttempt
from gql.actors import Actor, actor
from gql.consent.enums import ConsentPurpose
from gql.context import Info
from gql.edges import to_one, to_pages
from gql.nodes import NODE_BATCHES, Node, computed, itself, node_id, plain, shows
from gql.paging import Connection
from gql.queues.enums import ClaimState, QueueOrder
from gql.segments.filter_text import filter_text
from persistence.claims import claim_by_id, claims_by_agent, claims_by_lead, claims_by_queue, open_claim_by_lead
from persistence.contact_attempts import contact_attempt_by_id
from persistence.leads import lead_by_id
from persistence.queues import queue_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead


@strawberry.type(description="How likely leads without a deal are won, by grade, in percent.")
class WinChances:
    """A view of `domain.queues.Queue`."""

    a: int = computed("Of grade A.", lambda queue: queue.chance_a)
    b: int = computed("Of grade B.", lambda queue: queue.chance_b)
    c: int = computed("Of grade C.", lambda queue: queue.chance_c)
    d: int = computed("Of grade D.", lambda queue: queue.chance_d)


@strawberry.type(description="A saved filter over leads with a channel and an order, from which people and diallers take the next lead.")
class Queue(Node):
    """See `domain.queues.Queue`."""

    id: strawberry.ID = node_id("Queue")
    version: int = plain("Counts the changes; `expectedVersion` compares with it.")
    name: str = plain("Its name, unique among the queues that are not archived.")
    channel: ContactChannel = plain("The channel on which its leads are contacted.")
    purpose: ConsentPurpose = plain("What they are contacted for.")
    order: QueueOrder = plain("Which lead comes first.")
    filter: str = computed(
        "Which of the open leads it gives out, as JSON in the shape of `LeadFilter`, ready to be sent back.",
        lambda queue: filter_text(queue.filter),
    )
    win_chances: WinChances = itself("For the expected value: the chance of a lead whose deal and stage have none.")
    default_value: Decimal = plain("For the expected value: the worth of a lead without a deal in the workspace's currency.")
    rest_minutes: int = plain("For how long a lead does not come again after it was dealt with.")
    archived_at: datetime | None = plain("Since when it gives out no more leads.")
    created_at: datetime = plain("When it was created.")
    updated_at: datetime = plain("When it was last changed.")
    claims: Connection[Annotated[Claim, strawberry.lazy("gql.queues.types")]] = to_pages(
        "The claims on leads that the viewer may see, the latest first.", listing=claims_by_queue, order="CLAIMED_AT"
    )
    is_type_of = shows(domain.Queue)


def _state(root: Any, info: Info) -> Any:
    # Spelt out, because the engine reads off the code which columns it needs.
    return ClaimState.LAPSED if root.ended_at is None and root.leased_until <= info.context.at else root.state


@strawberry.type(description="Somebody works on a lead from a queue; until the lease runs out nobody else gets it.")
class Claim(Node):
    """See `domain.queues.Claim`."""

    id: strawberry.ID = node_id("Claim")
    state: ClaimState = strawberry.field(resolver=_state, description="What became of it by now.")
    claimed_at: datetime = plain("When the lead was taken.", name="takenAt")
    leased_until: datetime = plain("Until when nobody else gets the lead, unless the lease is renewed.")
    ended_at: datetime | None = plain("When it ended; null while somebody holds it, and while nobody has noticed that the lease ran out.")
    note: str | None = plain("What was noted when it was given back.")
    actor: Actor = actor("Who took the lead.")
    queue: Queue | None = to_one("The queue that it was taken from.", key=lambda claim: claim.queue_id, batch=queue_by_id)
    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted.", key=lambda claim: claim.lead_id, batch=lead_by_id
    )
    contact_attempt: ContactAttempt | None = to_one(
        "How the contact ended, once the claim is completed.", key=lambda claim: claim.contact_attempt_id, batch=contact_attempt_by_id
    )
    is_type_of = shows(domain.Claim)


@strawberry.type
class ClaimFields:
    """The part of `Lead` that is about claims."""

    open_claim: Claim | None = to_one(
        "Who works on it just now; its state tells whether the lease ran out.", key=lambda lead: lead.id, batch=open_claim_by_lead
    )
    claims: Connection[Claim] = to_pages("Who took it from a queue, the latest first.", listing=claims_by_lead, order="CLAIMED_AT")


@strawberry.type
class AgentClaimFields:
    """The part of `Agent` that is about claims."""

    claims: Connection[Claim] = to_pages(
        "The leads that the agent took from queues, as far as the viewer may see them, the latest first.",
        listing=claims_by_agent,
        order="CLAIMED_AT",
    )


NODE_BATCHES["Queue"] = queue_by_id
NODE_BATCHES["Claim"] = claim_by_id
