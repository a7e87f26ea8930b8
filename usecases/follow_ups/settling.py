"""What becomes of follow-ups when something else happens to their leads, in the same transaction and with a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from domain.activities import ContactAttempt
from domain.events import EventType
from domain.first_response import promise
from domain.follow_ups import (
    Due,
    FollowUp,
    FollowUpKind,
    FollowUpOrigin,
    FollowUpResolution,
    FollowUpState,
    changed,
    closed,
    due_at_instant,
)
from domain.outcome_policies import FollowUpAction, OutcomeRule, is_used_up, refuses_contact, rule_for
from domain.status import CLOSED
from domain.working_time import add_working_minutes
from persistence.follow_up_facts import FollowUpFacts, read_facts
from usecases.verbs import Work, new_id

if TYPE_CHECKING:
    from usecases.leads.editing import LeadEdit

# An attempt that is reported later than this is history: nobody is waiting for what follows from it.
LATEST_REPORT = timedelta(days=7)

# The instant, or the time on the lead's clocks, at which it wants to be called back.
Callback: TypeAlias = datetime | Due | None


def end(
    work: Work, edit: LeadEdit, follow_up: FollowUp, resolution: FollowUpResolution, outcome: str | None, cause_id: UUID | None
) -> FollowUp:
    """End an open follow-up and tell of it."""
    ended = changed(follow_up, closed(follow_up, resolution, outcome, work.actor, work.at), work.at)
    type = EventType.FOLLOW_UP_COMPLETED if ended.state is FollowUpState.DONE else EventType.FOLLOW_UP_CANCELLED
    edit.tell(type, {"follow_up_id": ended.id, "kind": ended.kind, "resolution": resolution, "outcome": outcome}, cause_id)
    edit.follow_up(ended)
    return ended


def begin(edit: LeadEdit, follow_up: FollowUp) -> None:
    """Take in a new follow-up and tell of it."""
    edit.tell(
        EventType.FOLLOW_UP_SCHEDULED,
        {
            "follow_up_id": follow_up.id,
            "kind": follow_up.kind,
            "due_at": follow_up.due_at.isoformat(),
            "agent_id": follow_up.agent_id and str(follow_up.agent_id),
            "origin": follow_up.origin,
        },
        follow_up.cause_id,
    )
    edit.follow_up(follow_up)


def hand_on(work: Work, edit: LeadEdit, follow_up: FollowUp, agent_id: UUID | None) -> FollowUp:
    """Give a follow-up to another agent and tell of it; who has it already keeps it."""
    if follow_up.agent_id == agent_id:
        return follow_up
    handed = changed(follow_up, replace(follow_up, agent_id=agent_id), work.at)
    agents = [None if id is None else str(id) for id in (follow_up.agent_id, agent_id)]
    edit.tell(EventType.FOLLOW_UP_REASSIGNED, {"follow_up_id": follow_up.id, "agent_id": agents})
    edit.follow_up(handed)
    return handed


async def settle(work: Work, edits: Sequence[LeadEdit]) -> None:
    """Let follow-ups and promises go with their leads: closed leads need none, a new owner takes them over, new leads begin to wait.

    Costs one statement, and only where one of these happened.
    """
    touched = _touched(edits)
    if not any(touched):
        return
    closing, handed, waiting = touched
    lead_ids = sorted({edit.lead.id for edit in (*closing, *handed)})
    owners = sorted({edit.lead.owner_id for edit in waiting if edit.lead.owner_id is not None})
    apply(work, edits, await read_facts(work.tx, lead_ids, agent_ids=owners))


def apply(work: Work, edits: Sequence[LeadEdit], facts: FollowUpFacts) -> None:
    """Do what `settle` does, by facts that are known already."""
    closing, handed, waiting = _touched(edits)
    for edit in handed:
        for follow_up in _still_open(edit, facts):
            if follow_up.agent_id is not None and follow_up.agent_id == edit.before.owner_id:
                hand_on(work, edit, follow_up, edit.lead.owner_id)
    for edit in closing:
        for follow_up in _still_open(edit, facts):
            end(work, edit, follow_up, FollowUpResolution.LEAD_CLOSED, edit.lead.status, None)
    for edit in waiting:
        _promise(edit, facts)


def _touched(edits: Sequence[LeadEdit]) -> tuple[list[LeadEdit], list[LeadEdit], list[LeadEdit]]:
    """Find the leads that are being closed, those that get another owner, and those whose wait for an answer begins."""
    handed = [edit for edit in edits if not edit.is_new and edit.lead.owner_id != edit.before.owner_id]
    closing = [edit for edit in edits if not edit.is_new and edit.lead.status in CLOSED and edit.before.status not in CLOSED]
    waiting = [edit for edit in edits if (edit.is_new or edit.lead.owner_id != edit.before.owner_id) and _waits(edit)]
    return closing, handed, waiting


def _waits(edit: LeadEdit) -> bool:
    return edit.lead.first_contacted_at is None and edit.lead.status not in CLOSED


def _still_open(edit: LeadEdit, facts: FollowUpFacts) -> Sequence[FollowUp]:
    """Return the lead's open follow-ups, with what this transaction made of them already."""
    known = {each.id: each for each in facts.open.get(edit.lead.id, ())} | edit.follow_ups
    return [each for each in known.values() if each.state is FollowUpState.OPEN]


def _promise(edit: LeadEdit, facts: FollowUpFacts) -> None:
    """Say by when the lead shall be answered, by the hours of its owner's team."""
    made = promise(facts.hours.of_agent(edit.lead.owner_id), edit.lead.created_at, edit.lead.assigned_at)
    edit.change(
        first_response_started_at=made and made.started_at,
        first_response_due_at=made and made.due_at,
        first_response_minutes=made and made.minutes,
    )


async def follow_attempts(work: Work, edits: Mapping[UUID, LeadEdit], attempts: Sequence[tuple[ContactAttempt, Callback]]) -> None:
    """Do what the outcome policy says about attempts that were just recorded, each with the time at which a callback was asked for.

    Of several attempts of one lead the latest decides, and none where a later one is known or the report comes more than a week late.
    Costs one statement.
    """
    latest: dict[UUID, tuple[ContactAttempt, Callback]] = {}
    for attempt, callback in attempts:
        known = latest.get(attempt.lead_id)
        if known is None or attempt.occurred_at >= known[0].occurred_at:
            latest[attempt.lead_id] = (attempt, callback)
    fresh = {id: each for id, each in latest.items() if each[0].occurred_at >= work.at - LATEST_REPORT}
    if not fresh:
        return
    owners = sorted({owner for id in fresh if (owner := edits[id].lead.owner_id) is not None})
    ids = sorted(fresh)
    facts = await read_facts(work.tx, ids, agent_ids=owners, tried_lead_ids=ids)
    for id, (attempt, callback) in fresh.items():
        if facts.tried[id].latest_at <= attempt.occurred_at:
            follow(work, edits[id], facts, attempt, callback)


def follow(work: Work, edit: LeadEdit, facts: FollowUpFacts, attempt: ContactAttempt, callback: Callback = None) -> None:
    """Do what the policy says about a lead's latest attempt, by facts that are known already."""
    rule = rule_for(facts.rules, attempt)
    unwanted = refuses_contact(attempt)
    for follow_up in _still_open(edit, facts):
        if rule is not None and follow_up.origin is FollowUpOrigin.POLICY:
            end(work, edit, follow_up, FollowUpResolution.CARRIED_OUT, attempt.outcome, attempt.id)
        elif follow_up.kind is unwanted:
            end(work, edit, follow_up, FollowUpResolution.DO_NOT_CONTACT, attempt.outcome, attempt.id)
    if rule is None:
        return
    in_vain = facts.tried[edit.lead.id].in_vain
    if rule.action is FollowUpAction.SCHEDULE and not is_used_up(rule, in_vain) and _may_follow(edit, rule):
        due = _due(edit, facts, rule, attempt, callback)
        if due is not None:
            begin(edit, _made_by_policy(work, edit, facts, rule, attempt, due))


def _may_follow(edit: LeadEdit, rule: OutcomeRule) -> bool:
    """Leave leads alone that are closed, or that want no contact of the kind that would follow."""
    lead = edit.lead
    refused = (rule.kind is FollowUpKind.CALL and lead.do_not_call) or (rule.kind is FollowUpKind.EMAIL and lead.do_not_email)
    return lead.status not in CLOSED and not refused


def _due(edit: LeadEdit, facts: FollowUpFacts, rule: OutcomeRule, attempt: ContactAttempt, callback: Callback) -> Due | None:
    """Work out when the follow-up is due: as the lead asked, else after the rule's working time of the owner's team."""
    if isinstance(callback, Due):
        return callback
    at = callback
    if at is None and rule.working_minutes is not None:
        at = add_working_minutes(attempt.occurred_at, rule.working_minutes, facts.hours.of_agent(edit.lead.owner_id).calendar)
    return None if at is None else due_at_instant(at, edit.lead.time_zone, facts.hours.zone)


def _made_by_policy(work: Work, edit: LeadEdit, facts: FollowUpFacts, rule: OutcomeRule, attempt: ContactAttempt, due: Due) -> FollowUp:
    counted = rule.max_attempts is not None
    return new_follow_up(
        work,
        edit.lead.id,
        kind=rule.kind or FollowUpKind.TASK,
        title=rule.title or "",
        due=due,
        agent_id=edit.lead.owner_id or attempt.agent_id,
        origin=FollowUpOrigin.POLICY,
        cause_id=attempt.id,
        policy_version=facts.policy_version,
        attempt_number=facts.tried[edit.lead.id].in_vain + 1 if counted else None,
    )


def new_follow_up(
    work: Work,
    lead_id: UUID,
    *,
    kind: FollowUpKind,
    title: str,
    due: Due,
    agent_id: UUID | None,
    note: str | None = None,
    origin: FollowUpOrigin = FollowUpOrigin.MANUAL,
    cause_id: UUID | None = None,
    policy_version: int | None = None,
    attempt_number: int | None = None,
) -> FollowUp:
    """Make an open follow-up."""
    return FollowUp(
        id=new_id(),
        version=1,
        lead_id=lead_id,
        agent_id=agent_id,
        kind=kind,
        title=title,
        note=note,
        due_at=due.at,
        due_local=due.local,
        due_zone=due.zone,
        due_adjustment=due.adjustment,
        state=FollowUpState.OPEN,
        resolution=None,
        outcome=None,
        snoozes=[],
        told_due_at=None,
        origin=origin,
        cause_id=cause_id,
        policy_version=policy_version,
        attempt_number=attempt_number,
        closed_at=None,
        closed_by_kind=None,
        closed_by_id=None,
        actor_kind=work.actor.kind,
        actor_id=work.actor.id,
        created_at=work.at,
        updated_at=work.at,
    )
