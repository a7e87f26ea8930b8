"""Create, update and archive work queues."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from domain.activities import ContactChannel
from domain.consent_purposes import ConsentPurpose
from domain.filter_json import written_filter
from domain.filters import LeadFilter
from domain.lead_labels import one_line
from domain.queues import CHANCES, DEFAULT_REST_MINUTES, DEFAULT_VALUE, Queue, QueueOrder, queue_problems
from domain.refusals import AlreadyExists, Refusal, Refused, not_found
from persistence import queues
from persistence.failures import Deadlocked, UniqueViolation
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


class QueueFields(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone."""

    name: str
    filter: LeadFilter
    channel: ContactChannel
    purpose: ConsentPurpose
    order: QueueOrder
    chance_a: int
    chance_b: int
    chance_c: int
    chance_d: int
    default_value: Decimal
    rest_minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateQueue:
    """What is asked for one queue."""

    queue_id: UUID
    fields: QueueFields
    expected_version: int | None = None


@verb
async def create_queue(work: Work, fields: QueueFields) -> Queue:
    """Create a queue; it fills when somebody first asks for a lead. Raises Refused: ValidationFailed, AlreadyExists."""
    blank = Queue(
        id=new_id(),
        version=1,
        name="",
        definition=written_filter(LeadFilter()),
        channel=ContactChannel.PHONE,
        purpose=ConsentPurpose.SALES,
        order=QueueOrder.EXPECTED_VALUE,
        **CHANCES,
        default_value=DEFAULT_VALUE,
        rest_minutes=DEFAULT_REST_MINUTES,
        archived_at=None,
        created_at=work.at,
        updated_at=work.at,
    )
    queue = _changed(blank, fields)
    await _check(work, queue, [])
    try:
        await queues.add_queues(work.tx, [queue])
    except UniqueViolation as error:
        # Somebody took the name meanwhile; the next attempt sees who.
        raise Deadlocked(str(error)) from error
    return queue


@verb
async def update_queue(work: Work, request: UpdateQueue) -> Queue:
    """Change a queue; it fills anew. Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists."""
    before = (await queues.queue_for_update(work.tx, [request.queue_id])).get(request.queue_id)
    if before is None or before.archived_at is not None:
        raise Refused.because(not_found("Queue", "queue_id"))
    queue = _changed(before, request.fields)
    await _check(work, queue, [*version_problem(before.version, request.expected_version, "queue")])
    if queue == before:
        return before
    queue = replace(queue, version=before.version + 1, updated_at=work.at)
    try:
        await queues.save_queues(work.tx, [queue])
    except UniqueViolation as error:
        raise Deadlocked(str(error)) from error
    await queues.forget_filling(work.tx, queue.id)
    return queue


@verb
async def archive_queue(work: Work, queue_id: UUID, expected_version: int | None) -> Queue:
    """Have a queue give out no more leads; claims that are running go on. Raises Refused: NotFound, VersionConflict."""
    before = (await queues.queue_for_update(work.tx, [queue_id])).get(queue_id)
    if before is None:
        raise Refused.because(not_found("Queue", "queue_id"))
    problems = version_problem(before.version, expected_version, "queue")
    if problems:
        raise Refused(problems)
    if before.archived_at is not None:
        return before
    queue = replace(before, archived_at=work.at, version=before.version + 1, updated_at=work.at)
    await queues.save_queues(work.tx, [queue])
    await queues.forget_filling(work.tx, queue.id)
    return queue


def _changed(queue: Queue, fields: QueueFields) -> Queue:
    values: dict[str, Any] = {**fields}
    if "filter" in values:
        values["definition"] = written_filter(values.pop("filter"))
    if "name" in values:
        values["name"] = one_line(values["name"])
    return replace(queue, **values)


async def _check(work: Work, queue: Queue, problems: list[Refusal]) -> None:
    problems += queue_problems(queue)
    taken = await queues.queue_id_by_name(work.tx, queue.name)
    if taken is not None and taken != queue.id:
        problems.append(AlreadyExists(message="There is a queue with this name.", path=("name",)))
    if problems:
        raise Refused(problems)
