"""Follow-ups, outcome policies and working hours for seeded workspaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from uuid_utils.compat import uuid7

from domain.activities import ContactAttempt
from domain.follow_ups import FollowUpKind, FollowUpOrigin, due_at_instant
from domain.leads import Lead
from domain.outcome_policies import DEFAULT_RULES, OutcomePolicy, as_json
from domain.weekdays import Weekday
from domain.working_hours import Holiday, WorkingHours
from domain.working_time import WorkingInterval
from persistence.database import Writing
from persistence.follow_ups import save_follow_ups
from persistence.outcome_policies import add_outcome_policies
from persistence.working_hours import save_hours
from tests.worlds import World
from usecases.follow_ups.settling import new_follow_up
from usecases.verbs import Work


async def seed_follow_ups(
    tx: Writing, world: World, leads: Sequence[Lead], attempts: Sequence[ContactAttempt], rows: int
) -> Mapping[str, Sequence[Any]]:
    """Put `rows` follow-ups to the first lead and one to each other, publish `rows` policies, and set hours for workspace and team."""
    work = Work(tx, world.viewer(), world.at)
    causes = {attempt.lead_id: attempt.id for attempt in reversed(attempts)}
    follow_ups = [
        # One a day, like all that hangs on the first lead: so a page of its timeline has something of everything.
        replace(
            new_follow_up(
                work,
                lead.id,
                kind=FollowUpKind.CALL,
                title=f"Call {number}",
                due=due_at_instant(world.at + timedelta(hours=number + 1), None, world.workspace.time_zone),
                agent_id=world.ada.id,
                origin=FollowUpOrigin.MANUAL if number % 2 else FollowUpOrigin.POLICY,
                cause_id=None if number % 2 else causes[lead.id],
            ),
            created_at=world.at - timedelta(days=number),
        )
        for lead in leads
        for number in range(rows if lead is leads[0] else 1)
    ]
    policies = [
        OutcomePolicy(
            id=uuid7(), version=number + 1, rules=as_json(DEFAULT_RULES), published_at=world.at, actor_kind="AGENT", actor_id=world.ada.id
        )
        for number in range(rows)
    ]
    await save_follow_ups(tx, follow_ups)
    await add_outcome_policies(tx, policies)
    for team_id in (None, world.team.id):
        await save_hours(
            tx,
            WorkingHours(
                id=uuid7(),
                team_id=team_id,
                time_zone=None,
                weekly=(WorkingInterval(Weekday.MONDAY, 540, 1020),),
                holidays=(Holiday(date(2026, 12, 25), "Christmas"),),
                response_minutes=None,
                response_start=None,
                version=1,
                created_at=world.at,
                updated_at=world.at,
            ),
        )
    return {"followUp": follow_ups}
