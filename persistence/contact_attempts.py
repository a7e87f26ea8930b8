"""Contact attempts: lists of them, and the statements that add them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY

from domain.activities import ContactAttempt
from domain.filters import ContactAttemptFilter
from persistence.database import Scope
from persistence.lead_lists import range_conditions, visible_lead
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.tables import contact_attempts

contact_attempt_by_id = by_id(contact_attempts, ContactAttempt)


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
