"""Create, update and delete segments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from domain.events import EventType
from domain.filter_json import written_filter
from domain.filters import LeadFilter
from domain.refusals import AlreadyExists, Refusal, Refused, ValidationFailed, not_found
from domain.segments import (
    MAX_DEPTH,
    MAX_SEGMENTS,
    MAX_TERMS,
    Segment,
    SegmentFields,
    checked_fields,
    segments_in,
    terms_of,
    without_segments,
)
from persistence import segments
from persistence.filter_names import filter_problems
from persistence.locks import lock_names
from usecases.telling import tell_workspace
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateSegment:
    """What is asked for one segment."""

    segment_id: UUID
    fields: SegmentFields
    expected_version: int | None = None


@verb
async def create_segment(work: Work, fields: SegmentFields) -> Segment:
    """Save a filter under a name. Raises Refused: ValidationFailed, AlreadyExists."""
    checked, refusals = checked_fields(fields)
    await _one_at_a_time(work)
    if await segments.segment_count(work.tx) >= MAX_SEGMENTS:
        refusals.append(ValidationFailed(message=f"A workspace has at most {MAX_SEGMENTS} segments."))
    refusals += await _problems(work, None, checked)
    if refusals:
        raise Refused(refusals)
    segment = Segment(
        id=new_id(),
        version=1,
        name=checked.get("name") or "",
        description=checked.get("description"),
        definition=written_filter(checked.get("filter") or LeadFilter()),
        created_at=work.at,
        updated_at=work.at,
    )
    await segments.add_segments(work.tx, [segment])
    return segment


@verb
async def update_segment(work: Work, request: UpdateSegment) -> Segment:
    """Change a segment; what is the same already changes nothing.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists.
    """
    checked, refusals = checked_fields(request.fields)
    await _one_at_a_time(work)
    segment = (await segments.segment_for_update(work.tx, [request.segment_id])).get(request.segment_id)
    if segment is None:
        raise Refused([not_found("Segment", "segment_id"), *refusals])
    refusals += version_problem(segment.version, request.expected_version, "segment")
    refusals += await _problems(work, segment.id, checked)
    if refusals:
        raise Refused(refusals)
    changes: dict[str, Any] = {name: value for name, value in checked.items() if name != "filter"}
    filter = checked.get("filter")
    if filter is not None:
        changes["definition"] = written_filter(filter)
    changed = replace(segment, **changes)
    if changed == segment:
        return segment
    changed = replace(changed, version=segment.version + 1, updated_at=work.at)
    await segments.save_segments(work.tx, [changed])
    if changed.definition != segment.definition:
        await tell_workspace(work, EventType.SEGMENT_CHANGED, {"segment_id": str(segment.id), "name": changed.name}, segment.id)
    return changed


@verb
async def delete_segment(work: Work, segment_id: UUID, expected_version: int | None) -> bool:
    """Delete a segment; filters that name it find nothing by it any more. Raises Refused: NotFound, VersionConflict."""
    segment = (await segments.segment_for_update(work.tx, [segment_id])).get(segment_id)
    if segment is None:
        raise Refused.because(not_found("Segment", "segment_id"))
    conflicts = version_problem(segment.version, expected_version, "segment")
    if conflicts:
        raise Refused(conflicts)
    await segments.delete_segments(work.tx, [segment_id])
    await tell_workspace(work, EventType.SEGMENT_CHANGED, {"name": [segment.name, None]}, segment_id)
    return True


async def _one_at_a_time(work: Work) -> None:
    # Two at once could name each other, take one name, or exceed the number together.
    await lock_names(work.tx, [("segments",)])


async def _problems(work: Work, segment_id: UUID | None, checked: SegmentFields) -> list[Refusal]:
    """Find what only the database knows to be wrong."""
    refusals: list[Refusal] = []
    name, filter = checked.get("name"), checked.get("filter")
    if name and await segments.segment_id_by_name(work.tx, name) not in (None, segment_id):
        refusals.append(AlreadyExists(message="There is a segment with this name.", path=("name",)))
    if filter is not None:
        found = (await filter_problems(work.tx, [filter]))[filter]
        messages = [problem.message for problem in found] or await _nesting_problems(work, segment_id, filter)
        refusals += [ValidationFailed(message=message, path=("filter",)) for message in messages]
    return refusals


async def _nesting_problems(work: Work, segment_id: UUID | None, filter: LeadFilter) -> list[str]:
    known = await segments.filters_within(work.tx, [filter])
    level, depth = segments_in(filter), 0
    while level:
        depth += 1
        if segment_id in level:
            return ["The segment would name itself, by way of others."]
        if depth >= MAX_DEPTH:
            return [f"Segments name each other over at most {MAX_DEPTH - 1} steps."]
        level = frozenset(id for each in level if each in known for id in segments_in(known[each]))
    if terms_of(without_segments(filter, known)) > MAX_TERMS:
        return [f"With the segments that it names, the filter has more than {MAX_TERMS} conditions."]
    return []
