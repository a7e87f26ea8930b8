"""All that decides about the follow-ups of leads after something happened to them, read with one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.activities import ContactDirection
from domain.follow_ups import FollowUp, FollowUpState
from domain.outcome_policies import ANSWERED, DEFAULT_RULES, UNANSWERED, OutcomeRule, rules_of
from persistence.database import Writing
from persistence.documents import from_document
from persistence.statements import Constant
from persistence.tables import contact_attempts, follow_ups, outcome_policies, workspaces
from persistence.working_hours import Hours, hours_json, read_hours, teams_json

_workspace = bindparam("workspace_id", type_=Uuid)
_nothing = func.jsonb_build_array()

_open = (
    select(func.coalesce(func.jsonb_agg(func.to_jsonb(follow_ups.table_valued())), _nothing))
    .where(
        follow_ups.c.workspace_id == _workspace,
        follow_ups.c.lead_id == any_(bindparam("lead_ids", type_=ARRAY(Uuid))),
        follow_ups.c.state == literal_column(f"'{FollowUpState.OPEN}'"),
    )
    .scalar_subquery()
)
_policy = (
    select(func.jsonb_build_object("version", outcome_policies.c.version, "rules", outcome_policies.c.rules))
    .where(outcome_policies.c.workspace_id == _workspace)
    .order_by(outcome_policies.c.version.desc())
    .limit(1)
    .scalar_subquery()
)
_attempts = (
    select(
        contact_attempts.c.lead_id,
        contact_attempts.c.direction,
        contact_attempts.c.outcome,
        contact_attempts.c.occurred_at,
        func.max(contact_attempts.c.occurred_at)
        .filter(contact_attempts.c.outcome == any_(bindparam("answered", sorted(ANSWERED), type_=ARRAY(Text))))
        .over(partition_by=contact_attempts.c.lead_id)
        .label("talked_at"),
    )
    .where(
        contact_attempts.c.workspace_id == _workspace,
        contact_attempts.c.lead_id == any_(bindparam("tried_lead_ids", type_=ARRAY(Uuid))),
    )
    .subquery("tried")
)
_in_vain = func.count().filter(
    _attempts.c.direction == ContactDirection.OUTBOUND.value,
    _attempts.c.outcome == any_(bindparam("unanswered", sorted(UNANSWERED), type_=ARRAY(Text))),
    or_(_attempts.c.talked_at.is_(None), _attempts.c.occurred_at > _attempts.c.talked_at),
)
_rows = (
    select(_attempts.c.lead_id, _in_vain.label("in_vain"), func.max(_attempts.c.occurred_at).label("latest_at"))
    .group_by(_attempts.c.lead_id)
    .subquery("rows")
)
_tried = select(func.coalesce(func.jsonb_agg(func.to_jsonb(_rows.table_valued())), _nothing)).select_from(_rows).scalar_subquery()
_READ = Constant(
    select(
        workspaces.c.time_zone.label("zone"),
        hours_json().label("hours"),
        teams_json().label("teams"),
        _open.label("open"),
        _policy.label("policy"),
        _tried.label("tried"),
    ).where(workspaces.c.workspace_id == _workspace)
)


@dataclass(frozen=True, slots=True)
class Tried:
    """How often in a row a lead was not reached, and when the latest attempt of all was."""

    in_vain: int
    latest_at: datetime


@dataclass(frozen=True, slots=True)
class FollowUpFacts:
    """What decides: the hours, the open follow-ups by lead, the policy in force (version 0: the shipped one), and what was tried."""

    hours: Hours
    open: Mapping[UUID, Sequence[FollowUp]]
    policy_version: int
    rules: Sequence[OutcomeRule]
    tried: Mapping[UUID, Tried]


async def read_facts(
    tx: Writing, lead_ids: Sequence[UUID], *, agent_ids: Sequence[UUID] = (), tried_lead_ids: Sequence[UUID] = ()
) -> FollowUpFacts:
    """Read what decides about locked leads; attempts are counted for `tried_lead_ids` only."""
    row = await tx.fetch_one(_READ, lead_ids=list(lead_ids), agent_ids=list(agent_ids), team_ids=[], tried_lead_ids=list(tried_lead_ids))
    if row is None:
        raise LookupError("no such workspace")
    open_by_lead: dict[UUID, list[FollowUp]] = {}
    for follow_up in sorted(from_document(list[FollowUp], row["open"]), key=lambda each: (each.due_at, each.id)):
        open_by_lead.setdefault(follow_up.lead_id, []).append(follow_up)
    policy = cast("Mapping[str, Any] | None", row["policy"])
    return FollowUpFacts(
        read_hours(row["zone"], row["hours"], row["teams"]),
        open_by_lead,
        0 if policy is None else policy["version"],
        DEFAULT_RULES if policy is None else rules_of(policy["rules"]),
        {UUID(each["lead_id"]): Tried(each["in_vain"], datetime.fromisoformat(each["latest_at"])) for each in row["tried"]},
    )
