"""Work queues: the queues, which leads are ready in them, and how the next one is taken without waiting for others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Interval,
    Numeric,
    Text,
    Uuid,
    and_,
    any_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    extract,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.sql.functions import coalesce

from domain.activities import ContactChannel
from domain.consent import BY_NUMBER, FLAGS
from domain.filters import LeadQuery
from domain.queues import ClaimState, Filling, Queue, QueueOrder
from domain.status import CLOSED
from persistence.database import Reading, Writing
from persistence.lead_conditions import Conditions, lead_conditions, visible
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.segments import resolved_query
from persistence.statements import Constant
from persistence.tables import claims, leads, queue_fillings, queue_items, queues, stages, workspaces
from persistence.writes import adding, locking, saving

_mine = queues.c.workspace_id == bindparam("workspace_id")
_at = bindparam("at", type_=DateTime(timezone=True))
_queue_id = bindparam("queue_id", type_=Uuid())

queue_by_id = by_id(queues, Queue)
queue_for_update = locking(queues, Queue)
add_queues = adding(queues, Queue)
save_queues = saving(queues, Queue)
_same_name = func.lower(queues.c.name) == func.lower(bindparam("name", type_=Text()))
_NAMED = Constant(select(queues.c.id).where(_mine, queues.c.archived_at.is_(None), _same_name))


async def queue_id_by_name(db: Reading, name: str) -> UUID | None:
    """Find the queue with a name, without regard to case; archived ones have given theirs up."""
    return await db.fetch_value(_NAMED, name=name)


all_queues: Listing[Queue, bool] = Listing(
    build=mapper(Queue),
    columns=[queues.c[name] for name in columns_of(Queue)],
    source=queues,
    workspace=queues.c.workspace_id,
    id=queues.c.id,
    orderings={"NAME": Ordering(func.lower(queues.c.name).collate("C"), str)},
    where=lambda archived, _scope: () if archived else [queues.c.archived_at.is_(None)],
)


def _chance(queue: Queue) -> ColumnElement[Any]:
    by_grade = {grade.upper(): getattr(queue, f"chance_{grade}") for grade in "abcd"}
    known = case(*((leads.c.grade == grade, chance) for grade, chance in by_grade.items()), else_=0)
    return coalesce(leads.c.deal_probability, stages.c.win_probability, known)


def _worth(queue: Queue) -> ColumnElement[Any]:
    """Build what a won deal would bring; amounts in another currency cannot be compared, so they count like those that nobody knows."""
    currency = select(workspaces.c.currency).where(workspaces.c.workspace_id == bindparam("workspace_id")).scalar_subquery()
    known = case((leads.c.deal_currency == currency, leads.c.deal_value))
    return coalesce(known, bindparam(None, queue.default_value, type_=Numeric(), unique=True))


def _rank(queue: Queue) -> ColumnElement[Any]:
    """Build what the queue orders by, as one number: the largest comes first."""
    if queue.order is QueueOrder.SCORE:
        number: ColumnElement[Any] = leads.c.score_total
    elif queue.order is QueueOrder.OLDEST:
        number = -extract("epoch", leads.c.created_at)
    elif queue.order is QueueOrder.LONGEST_UNTOUCHED:
        number = -coalesce(extract("epoch", leads.c.last_contacted_at), 0)
    else:
        number = _chance(queue) * _worth(queue) / 100
    return cast(number, Numeric(24, 6))


def _may_come(queue: Queue) -> Conditions:
    """Leave out at once whom no rule would let through: closed leads, those that nobody can reach or that object, and those at rest."""
    closed = bindparam(None, [status.value for status in sorted(CLOSED)], type_=ARRAY(Text), unique=True)
    parts: Conditions = [not_(leads.c.status == any_(closed))]
    if queue.channel in BY_NUMBER:
        parts.append(func.cardinality(leads.c.phones) > 0)
    if queue.channel is ContactChannel.EMAIL:
        parts.append(leads.c.email.is_not(None))
    if queue.channel in FLAGS:
        parts.append(leads.c[FLAGS[queue.channel]].is_(False))
    busy = and_(claims.c.ended_at.is_(None), claims.c.leased_until > _at)
    rest = cast(bindparam(None, timedelta(minutes=queue.rest_minutes), type_=Interval(), unique=True), Interval)
    resting = and_(claims.c.state == ClaimState.COMPLETED.value, claims.c.ended_at > _at - rest)
    parts.append(~exists().where(claims.c.workspace_id == leads.c.workspace_id, claims.c.lead_id == leads.c.id, or_(busy, resting)))
    return parts


async def _meant(db: Reading, queue: Queue) -> Conditions:
    query = await resolved_query(db, LeadQuery(queue.filter))
    return [leads.c.workspace_id == bindparam("workspace_id"), *lead_conditions(query, db.scope), *_may_come(queue)]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A lead's place in a queue."""

    lead_id: UUID
    rank: Decimal


async def ranked_leads(db: Reading, queue: Queue, at: datetime, after: Ranked | None, size: int) -> Sequence[Ranked]:
    """List the leads that a queue means in its order, after a place in it."""
    rank = _rank(queue)
    statement = (
        select(leads.c.id, rank.label("rank"))
        .select_from(leads.outerjoin(stages, and_(stages.c.workspace_id == leads.c.workspace_id, stages.c.id == leads.c.stage_id)))
        .where(*await _meant(db, queue))
        .order_by(rank.desc(), leads.c.id)
        .limit(bindparam("size", type_=Integer()))
    )
    marks: dict[str, Any] = {"at": at, "size": size}
    if after is not None:
        beyond = or_(
            rank < bindparam("last_rank", type_=Numeric()),
            and_(rank == bindparam("last_rank", type_=Numeric()), leads.c.id > bindparam("last_id", type_=Uuid())),
        )
        statement = statement.where(beyond)
        marks |= {"last_rank": after.rank, "last_id": after.lead_id}
    return [Ranked(row["id"], row["rank"]) for row in await db.fetch(statement, **marks)]


async def still_meant(tx: Writing, queue: Queue, lead_id: UUID, at: datetime) -> bool:
    """Tell whether a lead that was locked still belongs into the queue, and is nobody's."""
    statement = select(leads.c.id).where(*await _meant(tx, queue), leads.c.id == bindparam("lead_id", type_=Uuid()))
    return await tx.fetch_value(statement, lead_id=lead_id, at=at) is not None


_FILLING_NAMES = ("filled_at", "complete", "last_rank", "last_lead_id", "next_ready_at")
_FILLING = Constant(
    select(*(queue_fillings.c[name] for name in _FILLING_NAMES)).where(
        queue_fillings.c.workspace_id == bindparam("workspace_id"), queue_fillings.c.queue_id == _queue_id
    )
)
_fill = upsert(queue_fillings)
_FILL = Constant(
    _fill.on_conflict_do_update(index_elements=["workspace_id", "queue_id"], set_={name: _fill.excluded[name] for name in _FILLING_NAMES}),
    ("workspace_id", "queue_id", *_FILLING_NAMES),
)


async def filling_of(db: Reading, queue_id: UUID) -> Filling | None:
    """Read how far a queue was filled; None: never."""
    row = await db.fetch_one(_FILLING, queue_id=queue_id)
    return None if row is None else Filling(*(row[name] for name in _FILLING_NAMES))


async def save_filling(tx: Writing, queue_id: UUID, filling: Filling) -> None:
    """Write how far a queue was filled."""
    await tx.execute(_FILL, queue_id=queue_id, **{name: getattr(filling, name) for name in _FILLING_NAMES})


_items = queue_items.c.workspace_id == bindparam("workspace_id"), queue_items.c.queue_id == _queue_id
# Whoever takes an item just now deletes it; waiting for that would hold up the filling.
_free = select(queue_items.c.lead_id).where(*_items).with_for_update(skip_locked=True)
_EMPTY = Constant(delete(queue_items).where(*_items, queue_items.c.lead_id.in_(_free)))
_ids, _ranks = bindparam("lead_ids", type_=ARRAY(Uuid)), bindparam("ranks", type_=ARRAY(Numeric))
_PUT = Constant(
    upsert(queue_items)
    .from_select(
        ["workspace_id", "queue_id", "lead_id", "rank", "ready_until"],
        select(
            bindparam("workspace_id", type_=Uuid()),
            _queue_id,
            func.unnest(_ids),
            func.unnest(_ranks),
            func.unnest(bindparam("untils", type_=ARRAY(DateTime(timezone=True)))),
        ),
    )
    .on_conflict_do_nothing()
)


async def empty_queue(tx: Writing, queue_id: UUID) -> None:
    """Take all items out of a queue that nobody is taking just now."""
    await tx.execute(_EMPTY, queue_id=queue_id)


async def put_items(tx: Writing, queue_id: UUID, items: Sequence[tuple[Ranked, datetime | None]]) -> None:
    """Put leads into a queue that may be contacted: (place, until when)."""
    if items:
        await tx.execute(
            _PUT,
            queue_id=queue_id,
            lead_ids=[item.lead_id for item, _ in items],
            ranks=[item.rank for item, _ in items],
            untils=[until for _, until in items],
        )


_ready = or_(queue_items.c.ready_until.is_(None), queue_items.c.ready_until > _at)
_NEXT = (
    select(queue_items.c.lead_id)
    .where(*_items, _ready)
    .order_by(queue_items.c.rank.desc(), queue_items.c.lead_id)
    .limit(1)
    # The heart of it: whoever comes at the same time takes the next one instead of waiting for this one.
    .with_for_update(skip_locked=True)
)


async def next_item(tx: Writing, queue_id: UUID, at: datetime) -> UUID | None:
    """Lock the first item of a queue that is ready, that the viewer may see, and that nobody else is taking; return its lead."""
    statement = _NEXT
    if tx.scope.visibility is not None:
        seen = exists().where(leads.c.workspace_id == queue_items.c.workspace_id, leads.c.id == queue_items.c.lead_id, visible(tx.scope))
        statement = statement.where(seen)
    return await tx.fetch_value(statement, queue_id=queue_id, at=at)


_TAKE = Constant(delete(queue_items).where(*_items, queue_items.c.lead_id == bindparam("lead_id", type_=Uuid())))


async def take_item(tx: Writing, queue_id: UUID, lead_id: UUID) -> None:
    """Delete an item that was locked."""
    await tx.execute(_TAKE, queue_id=queue_id, lead_id=lead_id)


_halves = bindparam("high", type_=Integer()), bindparam("low", type_=Integer())
_BEGIN = Constant(select(func.pg_try_advisory_xact_lock(*_halves)))
# Shared: all who waited go on together, and only a filling has to wait for them.
_WAIT = Constant(select(cast(func.pg_advisory_xact_lock_shared(*_halves), Text)))


def _key(tx: Writing, queue_id: UUID) -> dict[str, int]:
    key = tx.scope.workspace_id.int ^ queue_id.int
    return {"high": (key >> 32) & 0x7FFFFFFF, "low": key & 0x7FFFFFFF}


async def begin_to_fill(tx: Writing, queue_id: UUID) -> bool:
    """Become the one who fills a queue until the transaction ends; False: somebody else is at it."""
    return await tx.fetch_value(_BEGIN, **_key(tx, queue_id))


async def wait_for_filling(tx: Writing, queue_id: UUID) -> None:
    """Wait until nobody fills the queue. Raises Overloaded after two seconds."""
    await tx.fetch(_WAIT, **_key(tx, queue_id))


_FORGET = Constant(
    delete(queue_fillings).where(queue_fillings.c.workspace_id == bindparam("workspace_id"), queue_fillings.c.queue_id == _queue_id)
)


async def forget_filling(tx: Writing, queue_id: UUID) -> None:
    """Have a queue be filled anew before the next lead is taken from it."""
    await tx.execute(_FORGET, queue_id=queue_id)
    await empty_queue(tx, queue_id)
