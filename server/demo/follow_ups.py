"""What is to be done about the leads of the demo workspace, by the policy that holds for real ones and by people's own plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from domain.activities import ContactAttempt, ContactDirection
from domain.follow_ups import FollowUp, FollowUpKind, FollowUpResolution, FollowUpState, due_at_instant, due_at_local, put_off
from domain.outcome_policies import ANSWERED, DEFAULT_RULES, UNANSWERED
from domain.people import Agent, Team
from domain.status import CLOSED, LeadStatus
from domain.weekdays import Weekday
from domain.working_hours import DEFAULT_WEEKLY, Holiday, WorkingHours
from domain.working_time import WorkingInterval
from persistence.follow_up_facts import FollowUpFacts, Tried
from persistence.working_hours import Hours
from usecases.follow_ups.settling import apply, begin, end, follow, new_follow_up
from usecases.verbs import Work, new_id

if TYPE_CHECKING:
    from server.demo.story import Story
    from usecases.leads.editing import LeadEdit

# Month and day of the holidays that Portugal keeps every year.
_HOLIDAYS = (
    (1, 1, "New Year"), (4, 25, "Freedom Day"), (5, 1, "Labour Day"), (6, 10, "Portugal Day"), (8, 15, "Assumption"),
    (10, 5, "Republic Day"), (11, 1, "All Saints"), (12, 1, "Restoration of Independence"), (12, 8, "Immaculate Conception"),
    (12, 25, "Christmas"),
)  # fmt: skip
_SATURDAYS = WorkingInterval(Weekday.SATURDAY, 10 * 60, 13 * 60)
_LEFT_OPEN = timedelta(days=4)
_K = FollowUpKind
_PLANS = {
    LeadStatus.QUALIFIED: ((_K.MEETING, "Show the product to the team"), (_K.EMAIL, "Send two references")),
    LeadStatus.NURTURING: ((_K.EMAIL, "Ask how the year is going"), (_K.TASK, "Look up who decides now")),
    LeadStatus.PROPOSAL: ((_K.CALL, "Go through the offer"), (_K.EMAIL, "Send the offer once more")),
    LeadStatus.NEGOTIATION: ((_K.CALL, "Ask for the signature"), (_K.TASK, "Have the contract checked")),
}


def invented_hours(teams: Sequence[Team], now: datetime) -> list[WorkingHours]:
    """Set the hours of the workspace, and of its first team, which works on Saturdays, too."""
    holidays = tuple(Holiday(date(year, month, day), name) for year in (now.year, now.year + 1) for month, day, name in _HOLIDAYS)
    return [_hours(None, None, holidays, now), _hours(teams[0].id, (*DEFAULT_WEEKLY, _SATURDAYS), (), now)]


def _hours(team_id: UUID | None, weekly: tuple[WorkingInterval, ...] | None, holidays: tuple[Holiday, ...], now: datetime) -> WorkingHours:
    return WorkingHours(
        id=new_id(), team_id=team_id, time_zone=None, weekly=weekly, holidays=holidays, response_minutes=None if team_id else 60,
        response_start=None, version=1, created_at=now, updated_at=now,
    )  # fmt: skip


def known_hours(hours: Sequence[WorkingHours], agents: Sequence[Agent], zone: str) -> Hours:
    """Collect what holds for whom."""
    return Hours(zone, {each.team_id: each for each in hours}, {agent.id: agent.team_id for agent in agents})


@dataclass(slots=True)
class Duties:
    """What is to be done about one lead, as far as its life has been told."""

    hours: Hours
    follow_ups: dict[UUID, FollowUp] = field(default_factory=dict[UUID, FollowUp])

    def settle(self, work: Work, edit: LeadEdit, attempt: ContactAttempt | None, attempts: Sequence[ContactAttempt]) -> None:
        """Let one step of a life have its consequences; `attempt` is the one that was just made, the last of `attempts`."""
        tried = {} if attempt is None else {edit.lead.id: _tried(attempts, attempt)}
        facts = FollowUpFacts(self.hours, {edit.lead.id: self.open}, 0, DEFAULT_RULES, tried)
        if attempt is not None:
            follow(work, edit, facts, attempt)
        apply(work, [edit], facts)
        self.follow_ups |= edit.follow_ups

    @property
    def open(self) -> list[FollowUp]:
        """What is still to be done."""
        return [each for each in self.follow_ups.values() if each.state is FollowUpState.OPEN]


def _tried(attempts: Sequence[ContactAttempt], latest: ContactAttempt) -> Tried:
    in_vain = 0
    for attempt in attempts:
        if attempt.outcome in ANSWERED:
            in_vain = 0
        elif attempt.direction is ContactDirection.OUTBOUND and attempt.outcome in UNANSWERED:
            in_vain += 1
    return Tried(in_vain, latest.occurred_at)


def plan_ahead(story: Story, random: Random, agents: Sequence[Agent], now: datetime) -> None:
    """Let what was due long ago have been done, and let people plan what comes next."""
    owner = next((agent for agent in agents if agent.id == story.lead.owner_id), None)
    stale = [each for each in story.duties.open if each.due_at < now - _LEFT_OPEN]
    then = max(story.last_at, now - timedelta(minutes=random.randrange(60, 3_000)))
    if stale and owner is not None:

        def clear(work: Work, edit: LeadEdit) -> None:
            for follow_up in stale:
                end(work, edit, follow_up, FollowUpResolution.COMPLETED, "Wrote an e-mail instead.", None)

        story.step(then, owner, clear)
    plans = _PLANS.get(story.lead.status, ())
    if owner is None or story.lead.status in CLOSED or not plans or random.random() < 0.4:
        return
    kind, title = random.choice(plans)
    day = (now + timedelta(days=random.randrange(-2, 8))).date()
    meant = datetime.combine(day, time(random.randrange(9, 17), random.choice((0, 30))))
    due = due_at_local(meant, story.lead.time_zone, story.duties.hours.zone)

    def plan(work: Work, edit: LeadEdit) -> None:
        made = new_follow_up(work, edit.lead.id, kind=kind, title=title, due=due, agent_id=owner.id)
        begin(edit, made)
        if random.random() < 0.2:
            later = due_at_instant(due.at + timedelta(days=2), edit.lead.time_zone, story.duties.hours.zone)
            edit.follow_up(put_off(made, later, "Asked for more time.", work.actor, work.at))

    story.step(then, owner, plan)
