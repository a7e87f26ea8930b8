"""Update a tag: its name, its colour."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypedDict
from uuid import UUID

from domain.events import EventType
from domain.lead_labels import checked_color, checked_tag_name
from domain.leads import Tag
from domain.refusals import AlreadyExists, Refusal, Refused, ValidationFailed, VersionConflict, not_found
from persistence import tags
from persistence.failures import Deadlocked, UniqueViolation
from usecases.telling import tell_workspace
from usecases.verbs import Work, verb


class TagFields(TypedDict, total=False):
    """What an update writes. A key that is absent leaves the value alone; None clears the colour."""

    name: str | None
    color: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTag:
    """What is asked for one tag."""

    tag_id: UUID
    fields: TagFields
    expected_version: int | None = None


@verb
async def update_tag(work: Work, request: UpdateTag) -> Tag:
    """Change a tag; what is the same already changes nothing.

    Raises Refused: NotFound, VersionConflict, ValidationFailed, AlreadyExists.
    """
    changes, refusals = _checked(request.fields)
    tag = (await tags.tag_for_update(work.tx, [request.tag_id])).get(request.tag_id)
    if tag is None:
        raise Refused([not_found("Tag", "tag_id"), *refusals])
    refusals += tag_conflict(tag, request.expected_version)
    name = changes.get("name")
    if name is not None and (await tags.tag_by_name(work.tx, [name])).get(name, tag).id != tag.id:
        refusals.append(AlreadyExists(message="There is a tag with this name.", path=("name",)))
    if refusals:
        raise Refused(refusals)
    changed = replace(tag, **changes)
    if changed != tag:
        changed = replace(changed, version=tag.version + 1, updated_at=work.at)
        try:
            await tags.save_tags(work.tx, [changed])
        except UniqueViolation as error:
            # Somebody took the name meanwhile; the next attempt sees who.
            raise Deadlocked(str(error)) from error
    if changed.name != tag.name:
        await tell_workspace(work, EventType.TAG_CHANGED, {"tag_id": str(tag.id), "name": [tag.name, changed.name]}, tag.id)
    return changed


def _checked(fields: TagFields) -> tuple[dict[str, str | None], list[Refusal]]:
    changes: dict[str, str | None] = {}
    refusals: list[Refusal] = []
    if "name" in fields:
        name = fields["name"]
        if name is None:
            refusals.append(ValidationFailed(message="A tag keeps a name.", path=("name",)))
        else:
            changes["name"], problems = checked_tag_name(name, "name")
            refusals += problems
    if "color" in fields:
        changes["color"], problems = checked_color(fields["color"], "color")
        refusals += problems
    return changes, refusals


def tag_conflict(tag: Tag, expected_version: int | None) -> list[VersionConflict]:
    """Compare a tag's version with the one that the caller knows."""
    if expected_version in (None, tag.version):
        return []
    return [
        VersionConflict(
            message=f"The tag is at version {tag.version} by now.",
            path=("expected_version",),
            expected_version=expected_version,
            current_version=tag.version,
        )
    ]
