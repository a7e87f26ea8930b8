"""The feed of events: read in the order of the transactions that wrote them, strictly below the oldest that still runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from asyncpg import Record
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Text,
    Uuid,
    any_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.functions import coalesce

from domain.access import Actor, ActorKind
from domain.events import Event, EventCause, EventFilter, EventType, FeedPage, FeedPosition
from domain.filters import LeadFilter, LeadQuery
from persistence.database import Reading, Scope, Writing
from persistence.lead_conditions import lead_conditions, visible
from persistence.paging import Listing, Ordering
from persistence.segments import resolved_query
from persistence.statements import Constant
from persistence.tables import Xid8, events, leads, workspaces

# A narrow filter over a long feed must not read all of it in one statement: a page looks at this many events at most.
LOOKED_AT = 5_000

_COLUMNS = ("id", "lead_id", "sequence", "type", "at", "changes", "cause", "cause_id", "actor_kind", "actor_id")


def _number(xid: ColumnElement[Any]) -> ColumnElement[int]:
    # PostgreSQL casts its transaction ids to nothing but text.
    return cast(cast(xid, Text), BigInteger)


# Whatever is below it has ended, and whatever began later is above it: nothing can appear below it any more.
_HORIZON = func.pg_snapshot_xmin(func.pg_current_snapshot())


def _seen(workspace: ColumnElement[Any], lead_id: ColumnElement[Any], scope: Scope) -> list[ColumnElement[bool]]:
    """Keep events of the workspace, and those of leads that the viewer may see now, of deleted ones too: that they were deleted is news."""
    if scope.visibility is None:
        return []
    return [or_(lead_id.is_(None), exists().where(leads.c.workspace_id == workspace, leads.c.id == lead_id, visible(scope)))]


_PLACE = tuple_(events.c.xid, events.c.id)
# Statistics always lag behind the end of the feed. A planner that saw the position would believe that little follows it, and sort all that
# follows rather than merge the partitions' indexes; of one that it does not see it expects much.
_position = (
    select(cast(bindparam("xid", type_=Xid8()), Xid8()).label("xid"), bindparam("id", type_=Uuid()).label("id"))
    .cte("position")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_AFTER = (
    events.c.workspace_id == bindparam("workspace_id"),
    _PLACE.__gt__(tuple_(select(_position.c.xid).scalar_subquery(), select(_position.c.id).scalar_subquery())),
)
_ORDER = (events.c.xid, events.c.id)
_horizon = select(_HORIZON.label("xid")).cte("horizon").prefix_with("MATERIALIZED", dialect="postgresql")
_below_horizon = events.c.xid < select(_horizon.c.xid).scalar_subquery()
# Read off the index alone: where the last of the events lies that a page may look at, if there are so many.
_window = (
    select(events.c.xid, events.c.id)
    .where(*_AFTER, _below_horizon)
    .order_by(*_ORDER)
    .offset(bindparam("looked_at"))
    .limit(1)
    .cte("looked_at")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_SINCE = select(workspaces.c.events_since).where(workspaces.c.workspace_id == bindparam("workspace_id")).scalar_subquery()
_LAST_ID = bindparam(None, UUID(int=2**128 - 1), type_=Uuid(), unique=True)
# Behind row security only what can leak nothing is looked for in an index, and COALESCE is not trusted; values that were found before are.
_last = (
    select(coalesce(_window.c.xid, _horizon.c.xid).label("xid"), coalesce(_window.c.id, _LAST_ID).label("id"))
    .select_from(_horizon.outerjoin(_window, true()))
    .cte("last")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_inside_window = _PLACE.__le__(tuple_(select(_last.c.xid).scalar_subquery(), select(_last.c.id).scalar_subquery()))


def page_statement(filter: EventFilter, scope: Scope) -> Executable:
    """Build the statement: one row for the horizon and the window, with an event each, or with none."""
    conditions = _seen(events.c.workspace_id, events.c.lead_id, scope)
    if filter.types is not None:
        conditions.append(events.c.type == any_(bindparam(None, [str(type) for type in filter.types], type_=ARRAY(Text), unique=True)))
    if filter.lead_ids is not None:
        conditions.append(events.c.lead_id == any_(bindparam(None, list(filter.lead_ids), type_=ARRAY(Uuid), unique=True)))
    wanted = (
        select(events.c.xid, *(events.c[name] for name in _COLUMNS))
        .where(*_AFTER, _below_horizon, _inside_window, *conditions)
        .order_by(*_ORDER)
        .limit(bindparam("size"))
        .subquery("wanted")
    )
    return (
        select(
            _number(_horizon.c.xid).label("horizon"),
            _number(_window.c.xid).label("last_xid"),
            _window.c.id.label("last_id"),
            _SINCE.label("since"),
            _number(wanted.c.xid).label("xid"),
            *(wanted.c[name] for name in _COLUMNS),
        )
        .select_from(_horizon.outerjoin(_window, true()).outerjoin(wanted, true()))
        .order_by(wanted.c.xid, wanted.c.id)
    )


def _event(row: Record) -> Event:
    return Event(
        id=row["id"],
        lead_id=row["lead_id"],
        sequence=row["sequence"],
        type=EventType(row["type"]),
        at=row["at"],
        actor=Actor(ActorKind(row["actor_kind"]), row["actor_id"]),
        # Events from before causes were kept have none.
        cause=EventCause(row["cause"] or EventCause.REQUEST),
        cause_id=row["cause_id"],
        changes=row["changes"],
    )


class UnknownPosition(Exception):
    """A position lies where this database has not been yet: it was read in another one."""


async def feed_page(db: Reading, after: FeedPosition, filter: EventFilter, size: int, *, looked_at: int = LOOKED_AT) -> FeedPage:
    """Read what follows a position and the viewer may see, at most `size` events, with one statement. Raises UnknownPosition."""
    statement = page_statement(filter, db.scope)
    rows = await db.fetch(statement, xid=after.xid, id=after.id, size=size + 1, looked_at=looked_at - 1)
    first = rows[0]
    horizon = FeedPosition(first["horizon"])
    if after > horizon:
        raise UnknownPosition
    found = tuple((FeedPosition(row["xid"], row["id"]), _event(row)) for row in rows if row["id"] is not None)
    if len(found) > size:
        return FeedPage(found[:size], found[size - 1][0], has_more=True, since=first["since"])
    if first["last_id"] is not None:
        return FeedPage(found, FeedPosition(first["last_xid"], first["last_id"]), has_more=True, since=first["since"])
    return FeedPage(found, horizon, has_more=False, since=first["since"])


_WRITTEN_HERE = Constant(
    select(*(events.c[name] for name in _COLUMNS))
    .where(events.c.workspace_id == bindparam("workspace_id"), events.c.xid == func.pg_current_xact_id_if_assigned(type_=Xid8()))
    .order_by(events.c.id)
)


async def events_of_this_transaction(db: Reading) -> Sequence[Event]:
    """Read the events that the running transaction has written so far, in their order."""
    return [_event(row) for row in await db.fetch(_WRITTEN_HERE)]


_PRESENT = Constant(select(_number(_HORIZON)))


async def feed_end(db: Reading) -> FeedPosition:
    """Return the position from which everything that is still to come can be read."""
    return FeedPosition(await db.fetch_value(_PRESENT))


_CEILING = Constant(select(_number(func.pg_snapshot_xmax(func.pg_current_snapshot()))))


async def feed_ceiling(db: Reading) -> int:
    """Return a transaction's number below which lies all that has been committed by now."""
    return await db.fetch_value(_CEILING)


_EVENTS_SINCE = Constant(select(_SINCE))


async def events_kept_since(db: Reading) -> datetime | None:
    """Return the instant before which events of the workspace may be gone; None: none is."""
    return await db.fetch_value(_EVENTS_SINCE)


_KEEP_SINCE = Constant(
    update(workspaces)
    .where(workspaces.c.workspace_id == bindparam("workspace_id"))
    .values(events_since=func.greatest(workspaces.c.events_since, bindparam("since", type_=DateTime(timezone=True))))
)


async def keep_events_since(tx: Writing, since: datetime) -> None:
    """Write down that events from before an instant may be gone."""
    await tx.execute(_KEEP_SINCE, since=since)


_BY_ID = select(*(events.c[name] for name in _COLUMNS)).where(
    events.c.workspace_id == bindparam("workspace_id"), events.c.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
)


async def event_by_id(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, Event]:
    """Read events of the workspace, and of leads that the viewer may see, deleted ones included."""
    return {
        row["id"]: _event(row)
        for row in await db.fetch(_BY_ID.where(*_seen(events.c.workspace_id, events.c.lead_id, db.scope)), ids=list(ids))
    }


events_by_lead: Listing[Event, Any] = Listing(
    build=_event,
    columns=[events.c[name] for name in _COLUMNS],
    source=events,
    workspace=events.c.workspace_id,
    id=events.c.id,
    orderings={"SEQUENCE": Ordering(events.c.sequence, int)},
    parent=events.c.lead_id,
)


async def leads_meant(db: Reading, ids: Sequence[UUID], filter: LeadFilter | None) -> frozenset[UUID]:
    """Keep the leads that the viewer may see and that meet a filter now; without a filter, deleted ones too."""
    conditions = [visible(db.scope)] if filter is None else lead_conditions(await resolved_query(db, LeadQuery(filter)), db.scope)
    statement = select(leads.c.id).where(
        leads.c.workspace_id == bindparam("workspace_id"), leads.c.id == any_(bindparam("lead_ids", type_=ARRAY(Uuid))), *conditions
    )
    return frozenset(row["id"] for row in await db.fetch(statement, lead_ids=list(ids)))
