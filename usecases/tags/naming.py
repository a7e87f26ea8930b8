"""Tags by name, made where they are missing, and put on leads with all that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from domain.access import Permission
from domain.events import EventType
from domain.lead_labels import MAX_TAGS
from domain.leads import Tag
from domain.refusals import NotAllowed, Refusal, ValidationFailed
from persistence import tags
from persistence.failures import Deadlocked
from usecases.leads.editing import LeadEdit
from usecases.verbs import Work, new_id


def may_name(work: Work, names: Sequence[str], known: Mapping[str, Tag]) -> NotAllowed | None:
    """Refuse names that no tag has yet to those who may not make tags."""
    if work.viewer.may(Permission.MANAGE_TAGS) or all(name in known for name in names):
        return None
    return NotAllowed(message="The key allows no new tags.", path=("tags",))


async def tags_named(work: Work, names: Sequence[str], known: Mapping[str, Tag]) -> Mapping[str, Tag]:
    """Return a tag for every name, making those that are missing; `known` are those that were found by `tag_by_name`."""
    missing = [name for name in dict.fromkeys(names) if name not in known]
    if not missing:
        return known
    await tags.add_tags(
        work.tx, [Tag(id=new_id(), version=1, name=name, color=None, created_at=work.at, updated_at=work.at) for name in missing]
    )
    made = await tags.tag_by_name(work.tx, missing)
    if len(made) < len(missing):
        raise Deadlocked("a tag was deleted while it was being made")
    return {**known, **made}


def add_tags(edit: LeadEdit, present: Sequence[Tag], wanted: Sequence[Tag]) -> Sequence[tuple[UUID, UUID]] | Refusal:
    """Put tags on a lead: returns the pairs (lead, tag) that are new, or the refusal of more tags than a lead may carry."""
    here = {tag.id for tag in present}
    new = {tag.id: tag for tag in wanted if tag.id not in here}
    if len(here) + len(new) > MAX_TAGS:
        return ValidationFailed(message=f"A lead carries at most {MAX_TAGS} tags.", path=("tags",))
    if new:
        _tell(edit, present, [*present, *new.values()])
    return [(edit.lead.id, id) for id in new]


def remove_tags(edit: LeadEdit, present: Sequence[Tag], unwanted: Sequence[Tag]) -> None:
    """Take tags off a lead, as far as it carries them."""
    gone = {tag.id for tag in unwanted}
    left = [tag for tag in present if tag.id not in gone]
    if len(left) < len(present):
        _tell(edit, present, left)


def _tell(edit: LeadEdit, before: Sequence[Tag], after: Sequence[Tag]) -> None:
    edit.change_beside()
    edit.tell(EventType.LEAD_TAGGED, {"tags": [sorted(tag.name for tag in before), sorted(tag.name for tag in after)]})
