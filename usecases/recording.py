"""What recording an activity and recording a contact attempt have in common: when it was, who reported it, and that it counts once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from domain.people import Agent
from domain.refusals import AlreadyExists, NotFound, Refusal, Refused, ValidationFailed, not_found
from domain.texts import optional_text
from persistence import people
from persistence.recording import AddOnce, OfLead
from usecases.answers import RowOutcome, Several
from usecases.bulk import MAX_ROWS, ErrorPolicy, placed_in_rows, refuse_all
from usecases.leads.editing import LeadEdits
from usecases.verbs import Work

MAX_SYSTEM = 100
MAX_EXTERNAL_ID = 200
MAX_LONG_TEXT_BYTES = 32 * 1024
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
CLOCK_TOLERANCE = timedelta(minutes=5)


T = TypeVar("T", bound=OfLead)


@dataclass(frozen=True, slots=True)
class Recorded(Generic[T]):
    """What became of one request: the thing as it is stored, and whether it is new; or why not."""

    thing: T | None
    created: bool
    refusals: tuple[Refusal, ...] = ()


def checked_instant(occurred_at: datetime, at: datetime) -> tuple[datetime, Sequence[Refusal]]:
    """Bound an instant to 2000 … `at`.

    Up to five minutes ahead is the reporter's clock running fast, and taken as `at`: nothing that was recorded lies in the future.
    """
    if not EARLIEST <= occurred_at <= at + CLOCK_TOLERANCE:
        return at, [ValidationFailed(message="Must lie between the year 2000 and now.", path=("occurred_at",))]
    return min(occurred_at, at), ()


def checked_origin(names: tuple[str, str], system: str | None, external_id: str | None) -> tuple[str | None, str | None, Sequence[Refusal]]:
    """Clean the reporting system and the id there; an id needs its system. `names` are the two fields' names."""
    clean_system, refusals = optional_text(system, MAX_SYSTEM, names[0])
    clean_id, more = optional_text(external_id, MAX_EXTERNAL_ID, names[1])
    refusals += more
    if clean_id is not None and clean_system is None and not refusals:
        refusals += (ValidationFailed(message="Needed, because the id alone does not tell whose it is.", path=(names[0],)),)
    return clean_system, clean_id, refusals


def long_text(text: str | None, *path: str) -> tuple[str | None, Sequence[Refusal]]:
    """Clean a text of at most 32 KiB of UTF-8."""
    clean, refusals = optional_text(text, MAX_LONG_TEXT_BYTES, *path)
    if refusals or len((clean or "").encode()) > MAX_LONG_TEXT_BYTES:
        return None, [ValidationFailed(message="At most 32 KiB.", path=path)]
    return clean, ()


def check_row_count(rows: Sequence[object]) -> None:
    """Bound a bulk request. Raises Refused."""
    if len(rows) > MAX_ROWS:
        raise Refused.because(ValidationFailed(message=f"At most {MAX_ROWS} rows in one request.", path=("rows",)))


async def known_agents(work: Work, ids: Iterable[UUID | None]) -> Mapping[UUID, Agent]:
    """Read those of the agents that are there."""
    named = {id for id in ids if id is not None}
    return await people.agent_by_id(work.tx, sorted(named)) if named else {}


def checked_agent(agents: Mapping[UUID, Agent], id: UUID | None) -> Sequence[NotFound]:
    """Refuse an agent whom nobody knows."""
    return () if id is None or id in agents else (not_found("Agent", "agent_id"),)


async def record(
    work: Work, drafts: Sequence[T | Sequence[Refusal]], add_once: AddOnce[T], taken: Refusal, count: Callable[[T], None]
) -> Sequence[Recorded[T]]:
    """Store what is new and call `count` for it, in the requests' order; refused drafts stay refused.

    What is known already is answered as it was stored first, or refused with `taken` when it is another lead's. The leads must be locked.
    """
    kept = await add_once(work.tx, [draft for draft in drafts if not isinstance(draft, Sequence)])
    recorded: list[Recorded[T]] = []
    for draft in drafts:
        if isinstance(draft, Sequence):
            recorded.append(Recorded(None, created=False, refusals=tuple(draft)))
            continue
        stored = kept[draft.id]
        created = stored.id == draft.id
        if stored.lead_id != draft.lead_id:
            recorded.append(Recorded(None, created=False, refusals=(taken,)))
            continue
        if created:
            count(stored)
        recorded.append(Recorded(stored, created))
    return recorded


def another_leads(name: str) -> AlreadyExists:
    """Build the refusal for an external id under which another lead's thing is stored; `name` is the field's name."""
    return AlreadyExists(message="This id was recorded before, for another lead.", path=(name,))


async def settle_one(edits: LeadEdits, recorded: Sequence[Recorded[T]], lead_id: UUID, name: str) -> Several:
    """Save and answer a single request. Raises Refused."""
    (only,) = recorded
    if only.refusals:
        raise Refused(only.refusals)
    saved = await edits.save()
    return Several({name: only.thing, "lead": saved[lead_id], "created": only.created})


async def settle_many(edits: LeadEdits, recorded: Sequence[Recorded[T]], name: str, policy: ErrorPolicy) -> Sequence[RowOutcome]:
    """Save and answer row by row. Under ALL_OR_NOTHING one refused row undoes all: raises Refused with every row's refusals."""
    placed = placed_in_rows([row.refusals for row in recorded])
    refuse_all(placed, policy)
    await edits.save()
    return tuple(
        RowOutcome(index, None if refusals else Several({name: row.thing, "created": row.created}), refusals)
        for index, (row, refusals) in enumerate(zip(recorded, placed, strict=True))
    )
