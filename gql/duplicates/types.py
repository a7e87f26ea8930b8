"""Leads that may be one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import duplicates as domain
from domain.duplicates import DuplicateSignal, DuplicateStrength
from gql.edges import to_one
from gql.enums import describe
from gql.leads.arguments import lead_pages
from gql.nodes import plain, shows
from gql.paging import Connection
from persistence.duplicates import leads_by_duplicate_key
from persistence.leads import lead_by_id

if TYPE_CHECKING:
    from gql.leads.types import Lead

describe(
    DuplicateSignal,
    "What leads have in common that may be one person.",
    {
        "EMAIL": "The e-mail address, in upper or lower case.",
        "MAILBOX": "An e-mail address that differs only in dots or in a tag after a plus sign, which many providers ignore but not all.",
        "NAME_AND_COMPANY": "First and last name, and the company's name without its legal form; neither case, accents nor order count.",
        "PHONE": "A phone number.",
    },
)

describe(
    DuplicateStrength,
    "How likely leads are one person.",
    {
        "STRONG": "The same e-mail address, or two things at once.",
        "MEDIUM": "A phone number, which may be a company's, or name and company.",
        "WEAK": "Nothing but similar e-mail addresses.",
    },
)


@strawberry.type(description="A lead that may be the same person as another one.")
class DuplicateCandidate:
    """See `domain.duplicates.DuplicateCandidate`."""

    lead: Annotated[Lead, strawberry.lazy("gql.leads.types")] | None = to_one(
        "The lead; null when it was deleted meanwhile.", key=lambda candidate: candidate.lead_id, batch=lead_by_id
    )
    signals: list[DuplicateSignal] = plain("What the two have in common.")
    strength: DuplicateStrength = plain("How much that says.")
    is_type_of = shows(domain.DuplicateCandidate)


@strawberry.type(description="All leads that have one thing in common. `mergeLeads` makes one of two.")
class DuplicateGroup:
    """See `domain.duplicates.DuplicateGroup`."""

    signal: DuplicateSignal = plain("What they have in common.")
    strength: DuplicateStrength = plain("How much that says by itself; pairs may have more in common, see `Lead.duplicates`.")
    leads: Connection[Annotated[Lead, strawberry.lazy("gql.leads.types")]] = lead_pages("The leads.", leads_by_duplicate_key)
    is_type_of = shows(domain.DuplicateGroup)
