"""Who may be contacted in the demo workspace: some said yes, some no, a few numbers are on a list, and three queues wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from domain.activities import ContactChannel
from domain.consent import ConsentAction, ConsentEntry, LegalBasis, Suppression, SuppressionKind, SuppressionReason
from domain.consent_purposes import ConsentPurpose
from domain.contact_points import email_key
from domain.contact_rules import SHIPPED, FrequencyCap, PublishedRules
from domain.filter_json import written_filter
from domain.filters import LeadFilter, OneOf, Reference
from domain.leads import Lead, LeadSource
from domain.people import Agent
from domain.queues import CHANCES, Claim, ClaimState, Queue, QueueOrder
from usecases.demo.contacting import ContactingContents
from usecases.verbs import new_id

_C, _P = ContactChannel, ConsentPurpose
_BY: dict[str, Any] = {"actor_kind": "SYSTEM", "actor_id": None}
_ASKED_FOR = {
    LeadSource.WEBSITE_FORM: "Website form",
    LeadSource.WEBINAR: "Webinar registration",
    LeadSource.CONTENT_DOWNLOAD: "Download form",
}
# Name, channel, order, filter.
_QUEUES: tuple[tuple[str, ContactChannel, QueueOrder, LeadFilter], ...] = (
    ("Next best call", _C.PHONE, QueueOrder.EXPECTED_VALUE, LeadFilter()),
    ("Nobody's yet", _C.PHONE, QueueOrder.SCORE, LeadFilter(owner=Reference(is_null=True))),
    ("Keep in touch", _C.EMAIL, QueueOrder.LONGEST_UNTOUCHED, LeadFilter(status=OneOf(in_=("NURTURING", "RECYCLED")))),
)


def invented_contacting(seed: int, leads: Sequence[Lead], agents: Sequence[Agent], now: datetime) -> ContactingContents:
    """Make it up from a generator of its own: another consent must not make up other leads."""
    random = Random(f"{seed} contacting")
    queues = [_queue(name, channel, order, filter, now) for name, channel, order, filter in _QUEUES]
    quiet = replace(SHIPPED, version=1, caps=(*SHIPPED.caps, FrequencyCap(channel=None, days=1, most=4)))
    return ContactingContents(
        rules=PublishedRules(
            id=new_id(), version=1, rules=quiet, note="No more than four contacts a day in all.", at=now - timedelta(days=90), **_BY
        ),
        entries=[entry for lead in leads for entry in _said(random, lead, now)],
        suppressions=[each for lead in leads if random.random() < 0.02 for each in _listed(lead, now)],
        queues=queues,
        claims=_claims(random, queues[0], leads, agents, now),
    )


def _said(random: Random, lead: Lead, now: datetime) -> list[ConsentEntry]:
    """Let those who filled in a form have ticked a box, most of them, and a few have thought better of it."""
    source = _ASKED_FOR.get(lead.source)
    if source is None or random.random() < 0.3:
        return []
    granted = ConsentEntry(
        id=new_id(), lead_id=lead.id, channel=_C.EMAIL, purpose=_P.MARKETING, action=ConsentAction.GRANTED, basis=LegalBasis.CONSENT,
        claimed=False, source=source, evidence="Yes, send me news about the product.", evidence_url=None, at=lead.created_at,
        expires_at=None, recorded_at=lead.created_at, cause_id=None, **_BY,
    )  # fmt: skip
    entries = [granted]
    if random.random() < 0.4:
        entries.append(replace(granted, id=new_id(), channel=_C.SMS, purpose=_P.SALES, evidence="You may text me."))
    later = lead.created_at + (now - lead.created_at) * 0.8
    if random.random() < 0.1:
        withdrawn = {"action": ConsentAction.WITHDRAWN, "basis": None, "source": "Preference page", "evidence": None}
        entries.append(replace(granted, id=new_id(), at=later, recorded_at=later, **withdrawn))
    return entries


def _listed(lead: Lead, now: datetime) -> list[Suppression]:
    addresses = [(_C.PHONE, phone) for phone in lead.phones[:1]] + ([(_C.EMAIL, email_key(lead.email))] if lead.email else [])
    return [
        Suppression(
            id=new_id(), kind=SuppressionKind.ADDRESS, channel=channel, lead_id=None, address=address, reason=SuppressionReason.LEGAL,
            note="National opt-out register", at=now - timedelta(days=30), cause_id=None, **_BY,
        )
        for channel, address in addresses[:1]
    ]  # fmt: skip


def _queue(name: str, channel: ContactChannel, order: QueueOrder, filter: LeadFilter, now: datetime) -> Queue:
    then = now - timedelta(days=60)
    return Queue(
        id=new_id(), version=1, name=name, definition=written_filter(filter), channel=channel, purpose=_P.SALES, order=order, **CHANCES,
        default_value=Decimal(5000), rest_minutes=240, archived_at=None, created_at=then, updated_at=then,
    )  # fmt: skip


def _claims(random: Random, queue: Queue, leads: Sequence[Lead], agents: Sequence[Agent], now: datetime) -> list[Claim]:
    """Let a few leads have been taken and given back in the last hours."""
    claims: list[Claim] = []
    for lead in random.sample(list(leads), min(8, len(leads))):
        began = max(lead.created_at, now - timedelta(minutes=random.randrange(30, 600)))
        claims.append(
            Claim(
                id=new_id(), queue_id=queue.id, lead_id=lead.id, state=ClaimState.RELEASED, claimed_at=began,
                leased_until=began + timedelta(minutes=5), ended_at=began + timedelta(minutes=2), contact_attempt_id=None,
                note="The line was engaged; somebody else may try.", actor_kind="AGENT", actor_id=random.choice(agents).id,
            )
        )  # fmt: skip
    return claims
