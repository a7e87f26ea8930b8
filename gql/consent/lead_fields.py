"""What a lead agreed to and whether it may be contacted: fields of `Lead`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

import strawberry
from strawberry import UNSET

from domain import consent as domain
from domain import contact_decisions as decisions
from domain.consent import current_consent
from domain.contact_decisions import contact_points
from gql.activities.enums import ContactChannel
from gql.consent.enums import ConsentPurpose
from gql.consent.types import Consent, ConsentEntry, ContactDecision, Suppression
from gql.context import Info
from gql.edges import to_many, to_pages
from gql.errors import ErrorCode, PublicError
from gql.paging import Connection
from persistence.consent import consent_entries_by_lead, last_entries
from persistence.database import Reading
from persistence.suppressions import SuppressionFilter, suppressions_by_lead
from usecases.consent.deciding import contact_decisions

_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_ALL_THAT_WAS_SAID = datetime.max.replace(tzinfo=UTC)


async def _decisions(
    db: Reading, points: Sequence[decisions.ContactPoints], channel: ContactChannel, purpose: ConsentPurpose, at: datetime
) -> Mapping[decisions.ContactPoints, decisions.ContactDecision]:
    found = await contact_decisions(db, points, channel, purpose, at)
    return {each: found[each.lead_id] for each in points}


async def _consents(db: Reading, lead_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[domain.Consent]]:
    """Derive where leads stand, in the order of channels and purposes, as far as anything was ever said."""
    found: dict[UUID, Sequence[domain.Consent]] = {}
    for lead_id, said in (await last_entries(db, lead_ids, _ALL_THAT_WAS_SAID)).items():
        about = sorted({(entry.channel, entry.purpose) for entry in said})
        found[lead_id] = [
            current_consent(channel, purpose, [entry for entry in said if (entry.channel, entry.purpose) == (channel, purpose)])
            for channel, purpose in about
        ]
    return found


def _can_contact(
    root: Any,
    info: Info,
    channel: Annotated[ContactChannel, strawberry.argument(description="On which channel.")],
    purpose: Annotated[ConsentPurpose, strawberry.argument(description="For what.")] = ConsentPurpose.SALES,
    at: Annotated[datetime | None, strawberry.argument(description="At which instant, from 2000 to 2199; without it, now.")] = UNSET,
) -> ContactDecision:
    if at and not _EARLIEST <= at < _LATEST:
        raise PublicError(ErrorCode.BAD_USER_INPUT, f"`at` must lie in the years {_EARLIEST.year} to {_LATEST.year - 1}.")
    points = contact_points(root)
    return info.context.loaders.load(_decisions, points, channel, purpose, at or info.context.at)  # pyright: ignore[reportReturnType] -- a future of it


def _with_lifted(given: Mapping[str, Any]) -> SuppressionFilter:
    return SuppressionFilter(include_lifted=bool(given.get("include_lifted")))


@strawberry.type
class ConsentFields:
    """The part of `Lead` that is about consent."""

    can_contact: ContactDecision = strawberry.field(
        resolver=_can_contact,
        description="Whether it may be contacted, by consent, suppressions, the hours where it is, and how often it was tried.",
    )
    consents: list[Consent] = to_many("Where it stands, for each channel and purpose about which anything was said.", batch=_consents)
    consent_history: Connection[ConsentEntry] = to_pages(
        "The ledger of what it agreed to and objected to, the latest first.", listing=consent_entries_by_lead, order="AT"
    )
    suppressions: Connection[Suppression] = to_pages(
        "The suppressions of the lead as a whole, the latest first; those of its addresses are found by the address.",
        listing=suppressions_by_lead,
        order="AT",
        arguments={"include_lifted": Annotated[bool | None, strawberry.argument(description="True: lifted ones too.")]},
        narrow=_with_lifted,
    )
