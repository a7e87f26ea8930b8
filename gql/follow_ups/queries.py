"""The root fields of follow-ups."""

from __future__ import annotations

import strawberry

from gql.edges import to_pages
from gql.follow_ups.filters import follow_up_pages
from gql.follow_ups.types import FollowUp, OutcomePolicy
from gql.paging import Connection
from persistence.follow_ups import all_follow_ups
from persistence.outcome_policies import all_outcome_policies


@strawberry.type
class FollowUpQueries:
    """A part of `Query`."""

    follow_ups: Connection[FollowUp] = follow_up_pages(
        "The follow-ups of all leads that the viewer may see, those due first come first.", all_follow_ups, key=None
    )
    outcome_policies: Connection[OutcomePolicy] = to_pages(
        "The outcome policies that the workspace has published, the one in force first; empty as long as the shipped one holds.",
        listing=all_outcome_policies,
        order="VERSION",
        key=None,
    )
