"""The closed sets of enrollments, named once for the graph."""

from __future__ import annotations

from domain.enrollments import CapKind, EnrollmentChangeKind, EnrollmentState, ExitReason, RunningEnrollments, StepOutcome
from gql.enums import describe

__all__ = ["CapKind", "EnrollmentChangeKind", "EnrollmentState", "ExitReason", "RunningEnrollments", "StepOutcome"]

describe(
    EnrollmentState,
    "How an enrollment stands.",
    {
        "ACTIVE": "The lead is on its way.",
        "PAUSED": "It stays where it is until it is resumed.",
        "COMPLETED": "It came to the end.",
        "EXITED": "It left before the end.",
    },
)
describe(
    ExitReason,
    "Why an enrollment ended before its sequence did.",
    {
        "UNENROLLED": "Somebody took the lead out.",
        "CONVERTED": "The lead is won.",
        "LOST": "The lead is lost.",
        "DISQUALIFIED": "The lead is disqualified.",
        "REPLIED": "The lead replied.",
        "UNSUBSCRIBED": "The lead wants no more calls, or no more messages.",
        "STATUS_REACHED": "The lead got a status that ends the sequence for it.",
        "GRADE_REACHED": "The lead got a grade that ends the sequence for it.",
        "LEAD_DELETED": "The lead was deleted.",
        "LEAD_MERGED": "The lead was merged into another one, which was in the sequence already.",
    },
)
describe(
    StepOutcome,
    "What became of a step that was entered.",
    {
        "WAITING": "The lead is still there.",
        "DONE": "It did what it is for.",
        "SKIPPED": "It was passed over.",
        "FAILED": "It could not do what it is for.",
        "EXITED": "The lead left the sequence, or went over to another version, while it was there.",
    },
)
describe(
    EnrollmentChangeKind,
    "What was done to an enrollment.",
    {
        "ENROLLED": "It began.",
        "PAUSED": "It was paused, or the end of its pause was moved.",
        "RESUMED": "It went on after a pause.",
        "MOVED": "It went over to another version.",
        "COMPLETED": "It came to the end.",
        "EXITED": "It ended before that.",
    },
)
describe(
    CapKind,
    "Which bound on enrollments was reached.",
    {
        "AT_ONCE": "So many leads may be in the sequence at once.",
        "PER_DAY": "So many leads may be enrolled in a day of the workspace.",
        "PER_LEAD": "In so many sequences a lead may be at once.",
        "REENTRY": "So many days must lie between a lead's last end in the sequence and its next beginning.",
    },
)
describe(
    RunningEnrollments,
    "What becomes of leads that are on their way when a version is published.",
    {
        "PIN": "They finish on the version on which they are.",
        "REMAP": "They go over to the step with the same key; where it is gone, or does something else, they stay.",
        "RESTART": "They begin again at the new version's first step.",
    },
)
