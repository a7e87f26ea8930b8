"""Create a tag."""

from __future__ import annotations

from domain.lead_labels import checked_color, checked_tag_name
from domain.leads import Tag
from domain.refusals import AlreadyExists, Refused
from persistence import tags
from usecases.verbs import Work, new_id, verb


@verb
async def create_tag(work: Work, name: str, color: str | None) -> Tag:
    """Create a tag. Raises Refused: ValidationFailed, AlreadyExists."""
    clean, refusals = checked_tag_name(name, "name")
    written, problems = checked_color(color, "color")
    if refusals or problems:
        raise Refused([*refusals, *problems])
    tag = Tag(id=new_id(), version=1, name=clean, color=written, created_at=work.at, updated_at=work.at)
    await tags.add_tags(work.tx, [tag])
    if (await tags.tag_by_name(work.tx, [clean]))[clean] != tag:
        raise Refused.because(AlreadyExists(message="There is a tag with this name.", path=("name",)))
    return tag
