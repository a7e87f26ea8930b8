"""What a lead shows of its follow-ups and its first answer."""

from __future__ import annotations

import strawberry

from gql.edges import by_id, to_one
from gql.follow_ups.filters import follow_up_pages
from gql.follow_ups.types import FollowUp
from gql.paging import Connection
from gql.working_hours.types import FirstResponse, first_response_by_waiting, waiting
from persistence.follow_ups import follow_ups_by_lead, next_follow_up_by_lead


@strawberry.type
class FollowUpFields:
    """A part of `Lead`."""

    follow_ups: Connection[FollowUp] = follow_up_pages(
        "What is to be done about it and what was, those due first come first.", follow_ups_by_lead
    )
    next_follow_up: FollowUp | None = to_one("What is to be done about it next.", key=by_id, batch=next_follow_up_by_lead)
    first_response: FirstResponse | None = to_one(
        "By when it is to be answered for the first time; null where no answer is asked for, and for imported leads that nobody got yet.",
        key=waiting,
        batch=first_response_by_waiting,
    )
