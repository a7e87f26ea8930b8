"""What is attached to a lead besides its fields: external references and the names of tags, checked on their way in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.refusals import Refusal, ValidationFailed
from domain.texts import cleaned

MAX_REFERENCES = 20
MAX_SYSTEM = 50
MAX_EXTERNAL_ID = 200
MAX_TAGS = 50
MAX_TAG_NAME = 50
_COLOR = re.compile(r"#[0-9a-f]{6}")


def one_line(text: str) -> str:
    """Clean a text that stands in one line."""
    return " ".join(cleaned(text).split())


def checked_references(references: Sequence[tuple[str, str]], *path: str) -> tuple[tuple[tuple[str, str], ...], list[Refusal]]:
    """Clean references (system, external id), each kept once; refusals name the reference by its index below `path`."""
    if len(references) > MAX_REFERENCES:
        return (), [ValidationFailed(message=f"At most {MAX_REFERENCES} references.", path=path)]
    kept: dict[tuple[str, str], None] = {}
    refusals: list[Refusal] = []
    for index, (system, external_id) in enumerate(references):
        reference, problems = checked_reference(system, external_id, *path, str(index))
        refusals += problems
        kept[reference] = None
    return tuple(kept), refusals


def checked_reference(system: str, external_id: str, *path: str) -> tuple[tuple[str, str], list[Refusal]]:
    """Clean one reference; refusals name `system` and `external_id` below `path`."""
    refusals: list[Refusal] = []
    system, external_id = one_line(system), one_line(external_id)
    for name, text, longest in (("system", system, MAX_SYSTEM), ("external_id", external_id, MAX_EXTERNAL_ID)):
        if not 0 < len(text) <= longest:
            refusals.append(ValidationFailed(message=f"Must have 1–{longest} characters.", path=(*path, name)))
    return (system, external_id), refusals


def checked_tag_name(name: str, *path: str) -> tuple[str, list[Refusal]]:
    """Clean the name of a tag."""
    clean = one_line(name)
    if 0 < len(clean) <= MAX_TAG_NAME:
        return clean, []
    return clean, [ValidationFailed(message=f"A tag's name has 1–{MAX_TAG_NAME} characters.", path=path)]


def checked_tag_names(names: Sequence[str], *path: str) -> tuple[tuple[str, ...], list[Refusal]]:
    """Clean names of tags; names that differ in case only are one. Refusals name the index below `path`."""
    if len(names) > MAX_TAGS:
        return (), [ValidationFailed(message=f"At most {MAX_TAGS} tags.", path=path)]
    kept: dict[str, str] = {}
    refusals: list[Refusal] = []
    for index, name in enumerate(names):
        clean, problems = checked_tag_name(name, *path, str(index))
        refusals += problems
        kept.setdefault(clean.lower(), clean)
    return tuple(kept.values()), refusals


def checked_color(color: str | None, *path: str) -> tuple[str | None, list[Refusal]]:
    """Bring a colour into the form `#rrggbb`."""
    if color is None:
        return None, []
    written = color.strip().lower()
    if _COLOR.fullmatch(written):
        return written, []
    return None, [ValidationFailed(message="A colour is written as #rrggbb.", path=path)]
