"""Fills a workspace with what decides whether leads may be contacted, and with queues and claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from uuid_utils.compat import uuid7

from domain.activities import Activity, ContactAttempt, ContactChannel
from domain.consent import ConsentAction, ConsentEntry, LegalBasis, Suppression, SuppressionKind, SuppressionReason
from domain.consent_purposes import ConsentPurpose
from domain.contact_rules import SHIPPED, PublishedRules
from domain.filter_json import written_filter
from domain.filters import LeadFilter
from domain.leads import Lead
from domain.queues import CHANCES, Claim, ClaimState, Queue, QueueOrder
from persistence.claims import add_claims
from persistence.consent import add_consent_entries
from persistence.contact_rules import add_contact_rules
from persistence.database import Writing
from persistence.queues import add_queues
from persistence.suppressions import add_suppressions
from tests.worlds import World


async def seed_contacts(
    tx: Writing, world: World, leads: Sequence[Lead], activities: Sequence[Activity], attempts: Sequence[ContactAttempt], rows: int
) -> Mapping[str, Sequence[Any]]:
    """Put `rows` rows into each list of the workspace, of the first lead, and of the first queue."""
    by: dict[str, Any] = {"actor_kind": "AGENT", "actor_id": world.ada.id}
    causes = [{thing.lead_id: thing.id for thing in reversed(things)} for things in (attempts, activities)]
    entries = [
        ConsentEntry(
            id=uuid7(), lead_id=lead.id, channel=ContactChannel.EMAIL, purpose=ConsentPurpose.MARKETING, action=ConsentAction.GRANTED,
            basis=LegalBasis.CONSENT, claimed=False, source="form", evidence=None, evidence_url=None, at=world.at - timedelta(days=number),
            expires_at=None, recorded_at=world.at, cause_id=causes[number % 2][lead.id], **by,
        )
        for lead in leads
        for number in range(rows if lead is leads[0] else 1)
    ]  # fmt: skip
    lifted = {"lifted_at": world.at, "lifted_by_kind": "AGENT", "lifted_by_id": world.ada.id}
    suppression = Suppression(
        id=uuid7(), kind=SuppressionKind.LEAD, channel=ContactChannel.SMS, lead_id=leads[0].id, address=None,
        reason=SuppressionReason.OPT_OUT, note=None, at=world.at, cause_id=None, **by,
    )  # fmt: skip
    listed = replace(suppression, kind=SuppressionKind.ADDRESS, lead_id=None, channel=ContactChannel.EMAIL)
    suppressions = [
        replace(suppression, id=uuid7(), lead_id=leads[-2].id),
        *(replace(suppression, id=uuid7(), at=world.at - timedelta(days=number), **lifted) for number in range(rows)),
        *(
            replace(listed, id=uuid7(), address=f"nobody{number}@lima.example", at=world.at - timedelta(days=number))
            for number in range(rows)
        ),
    ]
    rules = [
        PublishedRules(id=uuid7(), version=number + 1, rules=replace(SHIPPED, version=number + 1), note=None, at=world.at, **by)
        for number in range(rows)
    ]
    queues = [_queue(world, number) for number in range(rows)]
    claim = Claim(
        id=uuid7(), queue_id=queues[0].id, lead_id=leads[1].id, state=ClaimState.ACTIVE, claimed_at=world.at,
        leased_until=world.at + timedelta(hours=1), ended_at=None, contact_attempt_id=None, note=None, **by,
    )  # fmt: skip
    ended = replace(claim, lead_id=leads[0].id, state=ClaimState.COMPLETED, ended_at=world.at, contact_attempt_id=attempts[0].id)
    claims = [claim, *(replace(ended, id=uuid7(), claimed_at=world.at - timedelta(days=number)) for number in range(rows))]
    await add_consent_entries(tx, entries)
    await add_suppressions(tx, suppressions)
    for each in rules:
        await add_contact_rules(tx, each)
    await add_queues(tx, queues)
    await add_claims(tx, claims)
    return {"queue": queues, "claim": claims, "suppression": suppressions, "contactRules": rules}


def _queue(world: World, number: int) -> Queue:
    return Queue(
        id=uuid7(), version=1, name=f"Queue {number}", definition=written_filter(LeadFilter()), channel=ContactChannel.PHONE,
        purpose=ConsentPurpose.SALES, order=QueueOrder.EXPECTED_VALUE, **CHANCES, default_value=Decimal(1000), rest_minutes=240,
        archived_at=None, created_at=world.at, updated_at=world.at,
    )  # fmt: skip
