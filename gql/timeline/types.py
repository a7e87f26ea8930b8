"""What a lead's timeline is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from domain.timeline import TimelineEntryType
from gql.enums import describe

describe(
    TimelineEntryType,
    "The kinds of things that a timeline shows.",
    {
        "ACTIVITY": "What the lead did, and what was noted.",
        "CONTACT_ATTEMPT": "Attempts to reach it, and its own to reach us.",
        "STATUS_CHANGE": "Changes of its status.",
        "ASSIGNMENT": "Changes of its owner.",
        "SCORE_CHANGE": "Moves of its score.",
        "STAGE_STAY": "Its stays in stages of a pipeline, by when it entered.",
        "CLOSE_DATE_SLIP": "Moves of the day on which its deal is expected to close.",
        "ENROLLMENT_CHANGE": "What was done to its enrollments in sequences.",
        "FOLLOW_UP": "What was to be done about it, by when that was decided.",
        "MERGE": "Leads that it took in.",
        "CONSENT": "What it agreed to and objected to.",
        "CAMPAIGN_MEMBERSHIP": "Its places in campaigns, by when it joined; those that it left, too.",
    },
)

TIMELINE_ARGUMENTS: Mapping[str, Any] = {
    "types": Annotated[
        list[TimelineEntryType] | None,
        strawberry.argument(description="Only entries of these kinds; without it, of all. An empty list asks for none."),
    ]
}


def timeline_types(given: Mapping[str, Any]) -> tuple[TimelineEntryType, ...] | None:
    """Make the listing's filter of the argument `types`."""
    types: list[TimelineEntryType] | None = given.get("types")
    return None if types is None else tuple(sorted(set(types)))
