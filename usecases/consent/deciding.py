"""May leads be contacted: the facts of many at once, with a number of statements that does not depend on how many."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.activities import ContactChannel
from domain.consent import Suppression, SuppressionKind
from domain.consent_purposes import ConsentPurpose
from domain.contact_decisions import ContactDecision, ContactFacts, ContactPoints, decide
from domain.contact_rules import ContactRules
from persistence.consent import contact_points_by_lead, last_entries, recent_attempts
from persistence.contact_rules import current_contact_rules
from persistence.database import Reading
from persistence.suppressions import suppressions_in_force

# A day of a lead's calendar begins at most this long before and after that of UTC.
_WIDEST = timedelta(days=2)


async def may_contact(
    db: Reading, lead_ids: Collection[UUID], channel: ContactChannel, purpose: ConsentPurpose, at: datetime
) -> Mapping[UUID, ContactDecision]:
    """Decide for leads by id; those that are unknown, deleted or out of sight are not in the answer. Five statements."""
    if not lead_ids:
        return {}
    points = await contact_points_by_lead(db, list(lead_ids))
    return await contact_decisions(db, list(points.values()), channel, purpose, at)


async def contact_decisions(
    db: Reading, points: Sequence[ContactPoints], channel: ContactChannel, purpose: ConsentPurpose, at: datetime
) -> Mapping[UUID, ContactDecision]:
    """Decide for leads that were read already. Four statements."""
    if not points:
        return {}
    rules = await current_contact_rules(db)
    facts = await _facts(db, points, rules, channel, purpose, at)
    return {each.points.lead_id: decide(each, rules, channel, purpose, at) for each in facts}


async def _facts(
    db: Reading, points: Sequence[ContactPoints], rules: ContactRules, channel: ContactChannel, purpose: ConsentPurpose, at: datetime
) -> Sequence[ContactFacts]:
    ids = [each.lead_id for each in points]
    addresses = {address for each in points for address in each.addresses(channel)}
    suppressed = await suppressions_in_force(db, channel, ids, sorted(addresses))
    entries = await last_entries(db, ids, at, (channel, purpose))
    longest = max((cap.days for cap in rules.caps_on(channel)), default=0)
    attempts = await recent_attempts(db, ids, at - timedelta(days=longest) - _WIDEST, at)
    everybody = [each for each in suppressed if each.kind is SuppressionKind.CHANNEL]
    by_target: dict[UUID | str, Suppression] = {each.lead_id or each.address or "": each for each in suppressed}

    def of(each: ContactPoints) -> Sequence[Suppression]:
        targets = (each.lead_id, *each.addresses(channel))
        return [*everybody, *(by_target[target] for target in targets if target in by_target)]

    return [ContactFacts(each, of(each), entries.get(each.lead_id, ()), attempts.get(each.lead_id, ())) for each in points]
