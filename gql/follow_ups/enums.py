"""The closed sets around follow-ups."""

from __future__ import annotations

from domain.follow_ups import (
    ClockAdjustment,
    FollowUpKind,
    FollowUpOrderField,
    FollowUpOrigin,
    FollowUpResolution,
    FollowUpState,
)
from domain.outcome_policies import FollowUpAction
from gql.enums import describe

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = [
    "ClockAdjustment",
    "FollowUpAction",
    "FollowUpKind",
    "FollowUpOrderField",
    "FollowUpOrigin",
    "FollowUpResolution",
    "FollowUpState",
]

describe(
    FollowUpKind,
    "What is to be done.",
    {
        "CALL": "Call the lead.",
        "EMAIL": "Write an e-mail.",
        "SMS": "Write a text message.",
        "SOCIAL": "Write through a social network.",
        "MEETING": "Meet the lead.",
        "TASK": "Something else, told by the title.",
    },
)
describe(
    FollowUpState,
    "Whether a follow-up is still to be done.",
    {"OPEN": "It is.", "DONE": "It was done.", "CANCELLED": "It is not to be done any more."},
)
describe(
    FollowUpOrigin,
    "Who wanted a follow-up.",
    {
        "MANUAL": "A person or an integration.",
        "POLICY": "The outcome policy, after a contact attempt.",
        "SEQUENCE": "A step of a sequence.",
    },
)
describe(
    FollowUpResolution,
    "What ended a follow-up.",
    {
        "COMPLETED": "Somebody said that it was done.",
        "CARRIED_OUT": "A contact attempt did what it asked for.",
        "CANCELLED": "Somebody cancelled it.",
        "LEAD_CLOSED": "The lead was won, lost or disqualified.",
        "DO_NOT_CONTACT": "The lead wants no more contact of this kind.",
    },
)
describe(
    ClockAdjustment,
    "How a local time was settled that is not one instant, because the clocks change.",
    {
        "SKIPPED": "The clocks skip it; it counts as the time that they show as long after midnight, so 02:30 becomes 03:30.",
        "REPEATED": "The clocks show it twice; the first time is meant.",
    },
)
describe(
    FollowUpOrderField,
    "By what a list of follow-ups can be ordered.",
    {"DUE_AT": "By when it is due.", "CREATED_AT": "By when it was made."},
)
describe(
    FollowUpAction,
    "What a rule of the outcome policy does.",
    {
        "SCHEDULE": "End what the policy made before, and schedule the next follow-up.",
        "CLOSE": "End what the policy made before: nothing more is to be done.",
    },
)
