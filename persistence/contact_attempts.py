"""Contact attempts: lists of them, and the statements that add them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.activities import TALKED_TO_LEAD, ContactAttempt, ContactChannel
from domain.filters import ContactAttemptFilter
from domain.scoring import ConversationCall
from persistence.database import Reading, Scope
from persistence.lead_conditions import range_conditions, visible_lead
from persistence.lookups import by_id_of_leads
from persistence.paging import Listing, Ordering
from persistence.recording import adding_once
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import contact_attempts

contact_attempt_by_id = by_id_of_leads(contact_attempts, ContactAttempt)


def _conditions(filter: ContactAttemptFilter | None, _scope: Scope) -> Sequence[ColumnElement[bool]]:
    if filter is None:
        return ()
    parts: list[ColumnElement[bool]] = []
    for column, values in (
        (contact_attempts.c.channel, filter.channels),
        (contact_attempts.c.direction, filter.directions),
        (contact_attempts.c.outcome, filter.outcomes),
    ):
        if values is not None:
            parts.append(column == any_(bindparam(None, list(values), type_=ARRAY(Text), unique=True)))
    if filter.occurred_at is not None:
        parts += range_conditions(contact_attempts.c.occurred_at, filter.occurred_at)
    return parts


def _seen(filter: ContactAttemptFilter | None, scope: Scope) -> Sequence[ColumnElement[bool]]:
    """Besides the filter, keep only contact_attempts of leads that the viewer may see."""
    return [*_conditions(filter, scope), visible_lead(contact_attempts.c.lead_id, contact_attempts.c.workspace_id, scope)]


def _list(parent: ColumnElement[Any] | None, where: Any) -> Listing[ContactAttempt, ContactAttemptFilter]:
    return Listing(
        build=mapper(ContactAttempt),
        columns=[contact_attempts.c[name] for name in columns_of(ContactAttempt)],
        source=contact_attempts,
        workspace=contact_attempts.c.workspace_id,
        id=contact_attempts.c.id,
        orderings={"OCCURRED_AT": Ordering(contact_attempts.c.occurred_at, datetime)},
        where=where,
        parent=parent,
    )


all_contact_attempts = _list(None, _seen)
contact_attempts_by_lead = _list(contact_attempts.c.lead_id, _conditions)
contact_attempts_by_agent = _list(contact_attempts.c.agent_id, _seen)

add_contact_attempts = adding_once(contact_attempts, ContactAttempt, "provider", "provider_id")

_CALLS = Constant(
    select(
        contact_attempts.c.lead_id, contact_attempts.c.outcome, contact_attempts.c.duration_seconds, contact_attempts.c.occurred_at
    ).where(
        contact_attempts.c.workspace_id == bindparam("workspace_id"),
        contact_attempts.c.lead_id == any_(bindparam("lead_ids", type_=ARRAY(Uuid))),
        contact_attempts.c.channel == ContactChannel.PHONE.value,
    )
)


async def calls_by_lead(db: Reading, lead_ids: Sequence[UUID]) -> Mapping[UUID, Sequence[ConversationCall]]:
    """Read leads' calls as scoring models see them; time in which nobody talked to the lead does not count as connected."""
    grouped: dict[UUID, list[ConversationCall]] = {}
    for row in await db.fetch(_CALLS, lead_ids=list(lead_ids)):
        seconds = (row["duration_seconds"] or 0) if row["outcome"] in TALKED_TO_LEAD else 0
        grouped.setdefault(row["lead_id"], []).append(ConversationCall(row["outcome"], seconds, row["occurred_at"]))
    return grouped
