"""The part of the root that is about consent and contacting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import strawberry

from domain.contact_points import email_key
from domain.contact_rules import ContactRules as DomainContactRules
from gql.activities.enums import ContactChannel
from gql.consent.enums import SuppressionKind
from gql.consent.types import ContactRules, ContactRulesVersion, Suppression
from gql.context import Info
from gql.edges import to_pages
from gql.leads.filters import to_filter
from gql.leads.inputs import optional
from gql.paging import Connection
from persistence.contact_rules import all_contact_rules, current_contact_rules
from persistence.database import Reading
from persistence.suppressions import SuppressionFilter as DomainSuppressionFilter
from persistence.suppressions import all_suppressions


@strawberry.input(description="Which suppressions are meant: everything that is set must hold. A condition that is null is refused.")
class SuppressionFilter:
    """See `persistence.suppressions.SuppressionFilter`."""

    channels: list[ContactChannel] | None = optional("On one of these channels.")
    kinds: list[SuppressionKind] | None = optional("Of one of these kinds.")
    address: str | None = optional("Of exactly this address: a number as E.164, or an e-mail address.")
    include_lifted: bool | None = optional("True: lifted ones too.")


def _narrow(given: Mapping[str, Any]) -> DomainSuppressionFilter | None:
    filter: Any = given.get("filter")
    if filter is None:
        return None
    found: DomainSuppressionFilter = to_filter(filter, DomainSuppressionFilter)
    return DomainSuppressionFilter(
        found.channels, found.kinds, None if found.address is None else email_key(found.address.strip()), bool(found.include_lifted)
    )


async def _rules(db: Reading, keys: Sequence[str]) -> Mapping[str, DomainContactRules]:
    return {keys[0]: await current_contact_rules(db)}


@strawberry.type
class ConsentQueries:
    """The part of `Query` that is about consent."""

    suppressions: Connection[Suppression] = to_pages(
        "Who must not be contacted, the latest first; keys of agents see what concerns their leads, and whole channels.",
        listing=all_suppressions,
        order="AT",
        key=None,
        arguments={
            "filter": Annotated[SuppressionFilter | None, strawberry.argument(description="Only those that meet these conditions.")]
        },
        narrow=_narrow,
    )
    contact_rules_versions: Connection[ContactRulesVersion] = to_pages(
        "The published versions of the rules of contacting, the latest first.", listing=all_contact_rules, order="AT", key=None
    )

    @strawberry.field(
        description="The rules of contacting that hold now: the latest published ones, else the shipped ones.", metadata={"loads": True}
    )
    def contact_rules(self, info: Info) -> ContactRules:
        """Show the current rules."""
        return info.context.loaders.load(_rules, "now")  # pyright: ignore[reportReturnType] -- a future of them
