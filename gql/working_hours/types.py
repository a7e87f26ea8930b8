"""When teams work, and how long a lead waited for its first answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

import strawberry

from domain import working_hours as domain
from domain.first_response import FirstResponse as DomainFirstResponse
from domain.first_response import Promise
from domain.status import CLOSED
from domain.working_hours import clock_time
from domain.working_time import WorkingInterval as DomainInterval
from gql.context import Info
from gql.nodes import computed, plain, shows
from gql.weekdays import Weekday
from gql.working_hours.enums import FirstResponseState, ResponseClockStart
from persistence.database import Reading
from persistence.working_hours import hours_for


@strawberry.type(description="Part of every week that is worked. One that does not close later than it opens ends on the next day.")
class WorkingInterval:
    """See `domain.working_time.WorkingInterval`."""

    day: Weekday = plain("The day on which it begins.")
    opens: str = computed("When it begins, such as `09:00`.", lambda interval: clock_time(interval.opens))
    closes: str = computed("When it ends, such as `17:30`.", lambda interval: clock_time(interval.closes))
    is_type_of = shows(DomainInterval)


@strawberry.type(description="A day on which nobody works.")
class Holiday:
    """See `domain.working_hours.Holiday`."""

    on: date = plain("The day.")
    name: str | None = plain("What it is called.")
    is_type_of = shows(domain.Holiday)


@strawberry.type(
    description="When a team works, and how soon it answers new leads: as it has set, else as the workspace has, else as shipped."
)
class WorkingHours:
    """See `domain.working_hours.EffectiveHours`."""

    version: int = plain("Counts the changes of what is set here and not inherited; `expectedVersion` compares with it. 0: nothing is.")
    time_zone: str = computed("The IANA time zone whose clocks count.", lambda hours: hours.calendar.zone)
    weekly: list[WorkingInterval] = computed("What is worked every week, from Monday.", lambda hours: list(hours.calendar.weekly))
    holidays: list[Holiday] = computed("The days without work, the workspace's among them.", lambda hours: list(hours.holidays))
    first_response_minutes: int = computed(
        "Within how many minutes of working time a new lead shall be answered; 0: no answer is asked for.",
        lambda hours: hours.response_minutes,
    )
    first_response_start: ResponseClockStart = computed("From when on they count.", lambda hours: hours.response_start)
    is_type_of = shows(domain.EffectiveHours)


def _state(root: Any, info: Info) -> Any:
    return root.state(info.context.at)


def _waited(root: Any, info: Info) -> int:
    return root.waited(info.context.at)


@strawberry.type(description="By when a lead is to be answered for the first time, and what became of it.")
class FirstResponse:
    """See `domain.first_response.FirstResponse`."""

    state: FirstResponseState = strawberry.field(resolver=_state, description="Where the clock stands now.")
    started_at: datetime = computed("Since when the lead waits.", lambda response: response.promise.started_at)
    due_at: datetime = computed(
        "By when it is to be answered. Worked out when the clock starts: later changes of hours and holidays leave it alone.",
        lambda response: response.promise.due_at,
    )
    target_minutes: int = computed("How many minutes of working time it was given.", lambda response: response.promise.minutes)
    responded_at: datetime | None = plain("When somebody first tried to reach it; null while nobody has.")
    business_minutes: int = strawberry.field(
        resolver=_waited,
        description="How many minutes of working time it waited: until it was answered, else until it was closed, else until now.",
    )
    is_type_of = shows(DomainFirstResponse)


Waiting: TypeAlias = tuple[UUID | None, datetime, datetime, int, datetime | None, datetime | None]


def waiting(lead: Any) -> Waiting | None:
    """Take out of a lead what its first answer depends on; None when none is asked for."""
    if lead.first_response_due_at is None:
        return None
    closed_at = lead.closed_at if lead.status in CLOSED else None
    return (
        lead.owner_id,
        lead.first_response_started_at,
        lead.first_response_due_at,
        lead.first_response_minutes,
        lead.first_contacted_at,
        closed_at,
    )


async def first_response_by_waiting(db: Reading, keys: Sequence[Waiting]) -> Mapping[Waiting, DomainFirstResponse]:
    """Read by whose hours leads wait, with one statement."""
    hours = await hours_for(db, agent_ids=sorted({key[0] for key in keys if key[0] is not None}))
    return {
        key: DomainFirstResponse(Promise(started_at, due_at, minutes), responded_at, closed_at, hours.of_agent(owner_id).calendar)
        for key in keys
        for owner_id, started_at, due_at, minutes, responded_at, closed_at in [key]
        if hours.knows_agent(owner_id)
    }
