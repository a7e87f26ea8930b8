"""Fill a queue with the leads that may be contacted now, the best first.

A queue is a cache: the items only say whom to look at next, and whoever takes one looks again. So they may be a little old.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.contact_decisions import ContactVerdict
from domain.queues import Filling, Queue
from persistence import queues
from persistence.queues import Ranked
from usecases.consent.deciding import may_contact
from usecases.verbs import Work

FRESH = timedelta(seconds=30)
"""So long a filling is good: a lead that is new, or may be contacted by now, waits no longer than this."""
LOOKED_AT_AGAIN = timedelta(seconds=2)
"""So long a queue that has nothing more to give is left alone."""
READY = 1_000
MOST_LOOKED_AT = 5_000
_AT_ONCE = 500


def is_stale(filling: Filling | None, at: datetime) -> bool:
    """Tell whether a queue has to be filled from its beginning."""
    return filling is None or at - filling.filled_at >= FRESH or at < filling.filled_at


def may_hold_more(filling: Filling | None, at: datetime) -> bool:
    """Tell whether filling may find something more although nothing is left."""
    return filling is None or not filling.complete or at - filling.filled_at >= LOOKED_AT_AGAIN


async def fill(work: Work, queue: Queue, filling: Filling | None) -> Filling:
    """Put the next leads into a queue: from the beginning, or where the last filling stopped short of the end.

    What is in it is everybody's: each viewer takes only what it may see.
    """
    work = replace(work, tx=work.tx.beyond_sight())
    after = _stopped_at(filling, work.at)
    if after is None:
        await queues.empty_queue(work.tx, queue.id)
    ranked = await queues.ranked_leads(work.tx, queue, work.at, after, MOST_LOOKED_AT)
    ready: list[tuple[Ranked, datetime | None]] = []
    next_ready_at = filling.next_ready_at if filling is not None and after is not None else None
    looked_at = 0
    while looked_at < len(ranked) and len(ready) < READY:
        some = ranked[looked_at : looked_at + _AT_ONCE]
        looked_at += len(some)
        found, soonest = await _ready(work, queue, some)
        ready += found
        next_ready_at = min((each for each in (next_ready_at, soonest) if each is not None), default=None)
    await queues.put_items(work.tx, queue.id, ready)
    last = ranked[looked_at - 1] if looked_at else after
    complete = looked_at == len(ranked) and len(ranked) < MOST_LOOKED_AT
    filled = Filling(work.at, complete, last.rank if last else None, last.lead_id if last else None, next_ready_at)
    await queues.save_filling(work.tx, queue.id, filled)
    return filled


def _stopped_at(filling: Filling | None, at: datetime) -> Ranked | None:
    if filling is None or filling.complete or is_stale(filling, at) or filling.last_lead_id is None or filling.last_rank is None:
        return None
    return Ranked(filling.last_lead_id, filling.last_rank)


async def _ready(work: Work, queue: Queue, some: Sequence[Ranked]) -> tuple[list[tuple[Ranked, datetime | None]], datetime | None]:
    """Return those that may be contacted, and when the first of the others may be."""
    decisions = await may_contact(work.tx, [each.lead_id for each in some], queue.channel, queue.purpose, work.at)
    ready: list[tuple[Ranked, datetime | None]] = []
    soonest: datetime | None = None
    for each in some:
        decision = decisions.get(each.lead_id)
        if decision is None:
            continue
        if decision.verdict is ContactVerdict.ALLOW:
            ready.append((each, decision.until))
        elif decision.until is not None:
            soonest = decision.until if soonest is None else min(soonest, decision.until)
    return ready, soonest
