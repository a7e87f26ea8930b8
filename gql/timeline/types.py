"""The entries of a lead's timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import strawberry

from domain.timeline import TimelineEntryType
from gql.enums import describe

if TYPE_CHECKING:
    from gql.activities.types import Activity, ContactAttempt
    from gql.leads.histories import Assignment, CloseDateSlip, StatusChange
    from gql.pipelines.types import StageStay
    from gql.scoring.types import ScoreChange

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
    },
)

TimelineEntry = Annotated[
    Annotated["Activity", strawberry.lazy("gql.activities.types")]
    | Annotated["ContactAttempt", strawberry.lazy("gql.activities.types")]
    | Annotated["StatusChange", strawberry.lazy("gql.leads.histories")]
    | Annotated["Assignment", strawberry.lazy("gql.leads.histories")]
    | Annotated["ScoreChange", strawberry.lazy("gql.scoring.types")]
    | Annotated["StageStay", strawberry.lazy("gql.pipelines.types")]
    | Annotated["CloseDateSlip", strawberry.lazy("gql.leads.histories")],
    strawberry.union("TimelineEntry", description="Something that happened to a lead."),
]

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
