"""An e-mail address belongs to one lead, unless the caller says otherwise: the one rule of everything that gives a lead an address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from domain.contact_points import email_address, email_key
from domain.leads import DuplicateLead, Lead, ProfileFields
from persistence import leads
from usecases.verbs import Work


def address_in(profile: ProfileFields) -> str | None:
    """Return the key of the address that a request would give to a lead, if it names a valid one."""
    email = email_address(profile.get("email") or "")
    return email_key(email) if email else None


async def address_problems(work: Work, lead: Lead | None, changes: Mapping[str, Any], *, allow_duplicate: bool) -> Sequence[DuplicateLead]:
    """Refuse an address that is new to the lead while another one has it. The address must be locked."""
    email: str | None = changes.get("email")
    if lead is None or email is None or allow_duplicate or email_key(email) == email_key(lead.email or ""):
        return ()
    owner = (await leads.lead_id_by_email(work.tx, [email_key(email)])).get(email_key(email))
    return () if owner is None or owner == lead.id else (taken_email(owner),)


def taken_email(lead_id: UUID) -> DuplicateLead:
    """Build the refusal for an e-mail address that another lead has."""
    return DuplicateLead(
        message="Another lead has this e-mail address.", path=("contact", "email"), existing_id=lead_id, matched_on="email"
    )
