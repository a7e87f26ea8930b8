"""The timeline of a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

from gql.edges import to_pages
from gql.paging import Connection
from gql.timeline.types import TIMELINE_ARGUMENTS, timeline_types
from persistence.timeline import timeline_by_lead

if TYPE_CHECKING:
    from gql.activities.types import Activity, ContactAttempt
    from gql.campaigns.types import CampaignMember
    from gql.consent.types import ConsentEntry
    from gql.enrollments.types import EnrollmentChange
    from gql.follow_ups.types import FollowUp
    from gql.leads.histories import Assignment, CloseDateSlip, StatusChange
    from gql.merging.types import LeadMerge
    from gql.pipelines.types import StageStay
    from gql.scoring.types import ScoreChange


@strawberry.type
class TimelineFields:
    """A part of `Lead`. The union is written out in the annotation: lazy types are found by their words there, not inside an alias."""

    timeline: Connection[
        Annotated[
            Annotated[Activity, strawberry.lazy("gql.activities.types")]
            | Annotated[ContactAttempt, strawberry.lazy("gql.activities.types")]
            | Annotated[StatusChange, strawberry.lazy("gql.leads.histories")]
            | Annotated[Assignment, strawberry.lazy("gql.leads.histories")]
            | Annotated[ScoreChange, strawberry.lazy("gql.scoring.types")]
            | Annotated[StageStay, strawberry.lazy("gql.pipelines.types")]
            | Annotated[CloseDateSlip, strawberry.lazy("gql.leads.histories")]
            | Annotated[CampaignMember, strawberry.lazy("gql.campaigns.types")]
            | Annotated[EnrollmentChange, strawberry.lazy("gql.enrollments.types")]
            | Annotated[FollowUp, strawberry.lazy("gql.follow_ups.types")]
            | Annotated[LeadMerge, strawberry.lazy("gql.merging.types")]
            | Annotated[ConsentEntry, strawberry.lazy("gql.consent.types")],
            strawberry.union("TimelineEntry", description="Something that happened to a lead."),
        ]
    ] = to_pages(
        "Everything that happened to it in one order, the latest first.",
        listing=timeline_by_lead,
        order="AT",
        arguments=TIMELINE_ARGUMENTS,
        narrow=timeline_types,
    )
