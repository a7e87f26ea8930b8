"""Write the made-up part of a workspace that is about contacting: rules, consent, suppressions, queues and claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.consent import ConsentEntry, Suppression
from domain.contact_rules import PublishedRules
from domain.queues import Claim, Queue
from persistence.claims import add_claims
from persistence.consent import add_consent_entries
from persistence.contact_rules import add_contact_rules
from persistence.database import Writing
from persistence.queues import add_queues
from persistence.suppressions import add_suppressions


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactingContents:
    """What is known of who may be contacted, and who works on whom."""

    rules: PublishedRules
    entries: Sequence[ConsentEntry]
    suppressions: Sequence[Suppression]
    queues: Sequence[Queue]
    claims: Sequence[Claim]


async def add_contacting(tx: Writing, contents: ContactingContents) -> None:
    """Write it; leads and contact attempts are there already."""
    await add_contact_rules(tx, contents.rules)
    await add_consent_entries(tx, contents.entries)
    await add_suppressions(tx, contents.suppressions)
    await add_queues(tx, contents.queues)
    await add_claims(tx, contents.claims)
