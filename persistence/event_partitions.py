"""The partitions of the feed, by the time at which events were written: made ahead, and dropped when all that is in them is old.

They belong to the owner of the tables, so these statements call functions of the owner's, which do this and nothing else
(docs/decisions/0021). None waits longer than a fifth of a second for the feed to be free; then it raises Overloaded, and nothing was done.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Integer, bindparam, func, select

from persistence.database import Reading, Writing
from persistence.statements import Constant

_before = bindparam("before", type_=DateTime(timezone=True))
_MAKE = Constant(select(func.make_event_partitions(bindparam("days", type_=Integer()))))
_DUE = Constant(select(func.events_to_drop(_before)))
_DROP = Constant(select(func.drop_events(_before)))


async def make_event_partitions(tx: Writing, days: int) -> int:
    """Make partitions until there is room for so many days from now on, each as many days wide (1–366); return how many."""
    return await tx.fetch_value(_MAKE, days=days)


async def events_to_drop(db: Reading, before: datetime) -> datetime | None:
    """Return up to which instant, `before` or earlier and eight days ago, events can be dropped; None: there is nothing to drop."""
    return await db.fetch_value(_DUE, before=before)


async def drop_events(tx: Writing, before: datetime) -> int:
    """Drop, in all workspaces, the partitions that end at an instant or earlier, but nothing that is younger than eight days.

    Of events that were written when there was no partition for them, a thousand are deleted. Return how many partitions and such events.
    """
    return await tx.fetch_value(_DROP, before=before)
