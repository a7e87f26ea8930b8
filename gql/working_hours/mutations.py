"""Mutations of working hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from domain import working_hours as domain
from gql.context import Info
from gql.ids import decode_kind
from gql.mutations import MutationPayload, VersionedInput, run
from gql.people.types import Team
from gql.refusals import IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from gql.weekdays import Weekday
from gql.working_hours.enums import ResponseClockStart
from gql.workspaces.types import Workspace
from usecases.verbs import Call
from usecases.working_hours import set_working_hours as verbs


def _optional(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


@strawberry.input(description="Part of every week that is worked.")
class WorkingIntervalInput:
    """See `domain.working_time.WorkingInterval`."""

    day: Weekday = strawberry.field(description="The day on which it begins.")
    opens: str = strawberry.field(description="When it begins, from `00:00` to `23:59`.")
    closes: str = strawberry.field(
        description="When it ends, from `00:00` to `23:59`; on the next day, unless that is later than it opens."
    )


@strawberry.input(description="A day on which nobody works.")
class HolidayInput:
    """See `domain.working_hours.Holiday`."""

    on: date = strawberry.field(description="The day.")
    name: str | None = strawberry.field(default=None, description="What it is called, at most 100 characters.")


@strawberry.input(
    description=(
        "What `setWorkingHours` takes. What is absent stays as it is; null goes back to what holds without it: "
        "for a team the workspace's, for the workspace what is shipped, "
        "which is Monday to Friday, 09:00–17:00 in its zone, and 30 minutes from creation."
    )
)
class SetWorkingHoursInput(VersionedInput):
    """See `domain.working_hours.WorkingHoursFields`."""

    team_id: strawberry.ID | None = strawberry.field(
        default=None, description="The team; null: the workspace, and every team that sets nothing."
    )
    time_zone: str | None = _optional("The IANA time zone whose clocks count.")
    weekly: list[WorkingIntervalInput] | None = _optional(
        "What is worked every week: at most 50 intervals that do not overlap, an hour in all at least."
    )
    holidays: list[HolidayInput] | None = _optional("The days without work, at most 400; a team's come on top of the workspace's.")
    first_response_minutes: int | None = _optional(
        "Within how many minutes of working time a new lead shall be answered, at most 43,200; 0: no answer is asked for. "
        "Leads that wait already keep the time that they were given."
    )
    first_response_start: ResponseClockStart | None = _optional("From when on they count.")


SetWorkingHoursError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("SetWorkingHoursError", description="Why the working hours were not set."),
]


@strawberry.type(description="What `setWorkingHours` answers.")
class SetWorkingHoursPayload(MutationPayload):
    """Whose hours were set, or the refusals."""

    workspace: Workspace | None = strawberry.field(default=None, description="The workspace; null when the request was refused.")
    team: Team | None = strawberry.field(default=None, description="The team, where one was named; null when the request was refused.")
    errors: list[SetWorkingHoursError] = strawberry.field(description="Why it was refused; empty when it was not.")


async def set_working_hours(info: Info, input: SetWorkingHoursInput) -> SetWorkingHoursPayload:
    """Set working hours."""
    team_id = None if input.team_id is None else decode_kind("Team", input.team_id)
    fields = domain.WorkingHoursFields()
    if input.time_zone is not UNSET:
        fields["time_zone"] = input.time_zone
    if input.weekly is not UNSET:
        fields["weekly"] = None if input.weekly is None else [(each.day, each.opens, each.closes) for each in input.weekly]
    if input.holidays is not UNSET:
        fields["holidays"] = None if input.holidays is None else [domain.Holiday(each.on, each.name) for each in input.holidays]
    if input.first_response_minutes is not UNSET:
        fields["response_minutes"] = input.first_response_minutes
    if input.first_response_start is not UNSET:
        fields["response_start"] = input.first_response_start

    async def verb(call: Call) -> Mapping[str, Any]:
        return (await verbs.set_working_hours(call, team_id, fields, input.expected_version)).parts

    return await run(info, SetWorkingHoursPayload, input, verb)


@strawberry.type
class WorkingHoursMutations:
    """The part of `Mutation` that sets working hours."""

    set_working_hours = strawberry.mutation(
        resolver=set_working_hours,
        description="Set when the workspace or a team works, its holidays, and how soon new leads shall be answered.",
    )
