"""How long a new lead waits for its first answer: the promise that is made when its clock starts, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.working_hours import EffectiveHours, ResponseClockStart
from domain.working_time import Calendar, add_working_minutes, working_minutes


class FirstResponseState(StrEnum):
    """Where a lead's clock stands at an instant."""

    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    MET = "MET"
    MISSED = "MISSED"
    STOPPED = "STOPPED"


@dataclass(frozen=True, slots=True)
class Promise:
    """By when a lead shall be answered; what it was worked out from stays with it, whatever is set later."""

    started_at: datetime
    due_at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class FirstResponse:
    """A lead's promise beside what happened: `responded_at` is the first outbound attempt; closing the lead ends the waiting, too."""

    promise: Promise
    responded_at: datetime | None
    closed_at: datetime | None
    calendar: Calendar

    def state(self, at: datetime) -> FirstResponseState:
        """Tell where the clock stands at an instant. Outside working hours it is paused, unless it has run out already."""
        if (self.responded_at or self.closed_at or at) > self.promise.due_at:
            return FirstResponseState.MISSED
        if self.responded_at is not None:
            return FirstResponseState.MET
        if self.closed_at is not None:
            return FirstResponseState.STOPPED
        return FirstResponseState.RUNNING if self.calendar.is_open(at) else FirstResponseState.PAUSED

    def waited(self, at: datetime) -> int:
        """Count the working minutes until the answer, else until the lead was closed, else until now."""
        return working_minutes(self.promise.started_at, self.responded_at or self.closed_at or at, self.calendar)


def promise(hours: EffectiveHours, created_at: datetime, assigned_at: datetime | None) -> Promise | None:
    """Work out by when a lead shall be answered; None when no answer is asked for, the clock has not started, or nobody ever works."""
    started_at = created_at if hours.response_start is ResponseClockStart.CREATED else assigned_at
    if started_at is None or hours.response_minutes == 0:
        return None
    due_at = add_working_minutes(started_at, hours.response_minutes, hours.calendar)
    return None if due_at is None else Promise(started_at, due_at, hours.response_minutes)
