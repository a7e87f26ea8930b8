"""Delete a tag."""

from __future__ import annotations

from uuid import UUID

from domain.events import EventType
from domain.refusals import Refused, not_found
from persistence import tags
from usecases.tags.update_tag import tag_conflict
from usecases.telling import tell_workspace
from usecases.verbs import Work, verb


@verb
async def delete_tag(work: Work, tag_id: UUID, expected_version: int | None) -> bool:
    """Delete a tag and take it off every lead. Raises Refused: NotFound, VersionConflict.

    The leads count no version and tell no event of their own: nobody decided anything about them, and they may be all of the workspace.
    """
    tag = (await tags.tag_for_update(work.tx, [tag_id])).get(tag_id)
    if tag is None:
        raise Refused.because(not_found("Tag", "tag_id"))
    conflicts = tag_conflict(tag, expected_version)
    if conflicts:
        raise Refused(conflicts)
    await tags.delete_tags(work.tx, [tag_id])
    await tell_workspace(work, EventType.TAG_CHANGED, {"name": [tag.name, None]}, tag_id)
    return True
