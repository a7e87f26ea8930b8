"""The closed sets around working hours and first answers."""

from __future__ import annotations

from domain.first_response import FirstResponseState
from domain.working_hours import ResponseClockStart
from gql.enums import describe

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = ["FirstResponseState", "ResponseClockStart"]

describe(
    ResponseClockStart,
    "From when on a lead waits for its first answer.",
    {
        "CREATED": "Since it was created, whoever owns it.",
        "ASSIGNED": "Since its owner got it; without an owner it does not wait.",
    },
)
describe(
    FirstResponseState,
    "Where the clock of a lead's first answer stands.",
    {
        "RUNNING": "The lead waits, and working time goes by.",
        "PAUSED": "The lead waits, but nobody works just now.",
        "MET": "It was answered in time.",
        "MISSED": "It was not answered in time.",
        "STOPPED": "It was closed before the time was up.",
    },
)
