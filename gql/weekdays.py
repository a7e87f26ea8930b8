"""The days of the week in the graph."""

from __future__ import annotations

from domain.weekdays import Weekday
from gql.enums import describe

# Whoever annotates a field with it imports it from here, so that it is described before it is used.
__all__ = ["Weekday"]

describe(
    Weekday,
    "A day of the week.",
    {
        "MONDAY": "The first day of the week.",
        "TUESDAY": "The second.",
        "WEDNESDAY": "The third.",
        "THURSDAY": "The fourth.",
        "FRIDAY": "The fifth.",
        "SATURDAY": "The sixth.",
        "SUNDAY": "The last.",
    },
)
