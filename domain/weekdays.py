"""The days of the week."""

from __future__ import annotations

from enum import StrEnum


class Weekday(StrEnum):
    """A day of the week, in the order of ISO 8601."""

    MONDAY = "MONDAY"
    TUESDAY = "TUESDAY"
    WEDNESDAY = "WEDNESDAY"
    THURSDAY = "THURSDAY"
    FRIDAY = "FRIDAY"
    SATURDAY = "SATURDAY"
    SUNDAY = "SUNDAY"

    @property
    def number(self) -> int:
        """Count from Monday, which is 0, as Python's dates do."""
        return _NUMBERS[self]


_NUMBERS = {day: number for number, day in enumerate(Weekday)}
WORKING_DAYS = tuple(Weekday)[:5]
