"""The closed sets around work queues, described."""

from __future__ import annotations

from domain.queues import ClaimState, QueueOrder
from gql.enums import describe

# Whoever annotates a field with one of them imports it from here, so that it is described before it is used.
__all__ = ["ClaimState", "QueueOrder"]

describe(
    QueueOrder,
    "Which lead of a queue comes first.",
    {
        "EXPECTED_VALUE": "The one whose chance to be won times the worth of its deal is largest.",
        "SCORE": "The one with the highest score.",
        "OLDEST": "The one that was created first.",
        "LONGEST_UNTOUCHED": "The one that was not tried for longest, those never tried before all others.",
    },
)
describe(
    ClaimState,
    "What became of a claim.",
    {
        "ACTIVE": "Somebody works on the lead, and nobody else may take it.",
        "COMPLETED": "It was dealt with.",
        "RELEASED": "It was given back.",
        "LAPSED": "The lease ran out; the lead went back by itself.",
    },
)
