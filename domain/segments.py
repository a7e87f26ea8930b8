"""Segments: filters over leads that are saved under a name, and what a filter names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, TypedDict
from uuid import UUID

from domain.custom_fields import CustomFieldType, Definition
from domain.filter_json import UnreadableFilter, read_filter
from domain.filters import CustomFieldMatch, LeadFilter, Reference
from domain.lead_labels import one_line
from domain.refusals import Refusal, ValidationFailed
from domain.texts import optional_text

MAX_SEGMENTS = 100
MAX_DEPTH = 5
MAX_TERMS = 500
MAX_NAME = 100
MAX_DESCRIPTION = 500
NOTHING = LeadFilter(or_=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A saved filter; `definition` is the filter as it is stored."""

    id: UUID
    version: int
    name: str
    description: str | None
    definition: Mapping[str, Any]
    created_at: datetime
    updated_at: datetime

    @property
    def filter(self) -> LeadFilter:
        """Read the filter; one that this version cannot read means no lead."""
        try:
            return read_filter(self.definition)
        except UnreadableFilter:
            return NOTHING


class SegmentFields(TypedDict, total=False):
    """What create and update write. A key that is absent leaves the value alone; only the description can be cleared."""

    name: str | None
    description: str | None
    filter: LeadFilter | None


def checked_fields(given: SegmentFields) -> tuple[SegmentFields, list[Refusal]]:
    """Clean what is given and list everything that is wrong with it, apart from what the filter names."""
    checked: SegmentFields = {**given}
    refusals: list[Refusal] = []
    if "name" in given:
        checked["name"] = one_line(given["name"] or "")
        if not 0 < len(checked["name"]) <= MAX_NAME:
            refusals.append(ValidationFailed(message=f"A name has 1–{MAX_NAME} characters.", path=("name",)))
    if "description" in given:
        checked["description"], problems = optional_text(given["description"], MAX_DESCRIPTION, "description")
        refusals += problems
    if "filter" in given:
        filter = given["filter"]
        if filter is None:
            refusals.append(ValidationFailed(message="A segment has a filter.", path=("filter",)))
        elif any(each.deleted for each in parts_of(filter)):
            refusals.append(
                ValidationFailed(message="A segment is about leads that are there: `deleted` has no place in it.", path=("filter",))
            )
    return checked, refusals


def parts_of(filter: LeadFilter) -> Iterator[LeadFilter]:
    """Go through a filter and those inside it."""
    yield filter
    for inner in (*(filter.and_ or ()), *(filter.or_ or ()), *((filter.not_,) if filter.not_ else ())):
        yield from parts_of(inner)


def terms_of(filter: LeadFilter) -> int:
    """Count the conditions of a filter."""
    return sum(1 for part in parts_of(filter) for each in fields(part) if getattr(part, each.name) is not None)


def referenced(condition: Reference | None) -> frozenset[UUID]:
    """Collect the ids that a condition names."""
    if condition is None:
        return frozenset()
    return frozenset((*(condition.in_ or ()), *(() if condition.eq is None else (condition.eq,))))


def segments_in(filter: LeadFilter) -> frozenset[UUID]:
    """Collect the ids of the segments that a filter names itself."""
    return frozenset(id for part in parts_of(filter) for id in referenced(part.segment))


def without_segments(filter: LeadFilter, known: Mapping[UUID, LeadFilter], depth: int = MAX_DEPTH) -> LeadFilter:
    """Put the filters of segments in the places of their ids; an unknown segment, and one nested too deeply, means no lead."""
    changes: dict[str, Any] = {}
    if filter.and_ is not None:
        changes["and_"] = tuple(without_segments(part, known, depth) for part in filter.and_)
    if filter.or_ is not None:
        changes["or_"] = tuple(without_segments(part, known, depth) for part in filter.or_)
    if filter.not_ is not None:
        changes["not_"] = without_segments(filter.not_, known, depth)
    if filter.segment is not None:
        meant = tuple(
            without_segments(known[id], known, depth - 1) for id in sorted(referenced(filter.segment)) if id in known and depth > 0
        )
        changes |= {"segment": None, "and_": (*changes.get("and_", ()), LeadFilter(or_=meant))}
    return replace(filter, **changes) if changes else filter


# What a plain id in a filter is the id of, by the field that holds it.
REFERS_TO = {"owner": "Agent", "team": "Team", "pipeline": "Pipeline", "stage": "Stage", "campaign": "Campaign", "segment": "Segment"}


@dataclass(frozen=True, slots=True)
class Names:
    """What filters name: ids by kind, names of tags, conditions on custom fields."""

    ids: Mapping[str, frozenset[UUID]]
    tags: frozenset[str]
    custom_fields: tuple[CustomFieldMatch, ...]


def names_in(filter: LeadFilter) -> Names:
    """Collect what a filter names."""
    parts = list(parts_of(filter))
    ids = {kind: frozenset(id for part in parts for id in referenced(getattr(part, name, None))) for name, kind in REFERS_TO.items()}
    tags = frozenset(
        name for part in parts if part.tags for names in (part.tags.any_of, part.tags.all_of, part.tags.none_of) for name in names or ()
    )
    return Names(ids, tags, tuple(match for part in parts for match in part.custom_fields or ()))


@dataclass(frozen=True, slots=True)
class FilterProblem:
    """Something that a filter names and that is not there, or not as the filter thinks."""

    message: str


@dataclass(frozen=True, slots=True)
class Known:
    """What there is of what filters name; `tags` as they were asked for, `custom_fields` by key."""

    ids: frozenset[UUID]
    tags: frozenset[str]
    custom_fields: Mapping[str, Definition]


def problems_of(names: Names, known: Known) -> Sequence[FilterProblem]:
    """Say what a filter names in vain."""
    problems = [f"There is no {kind.lower()} with an id that the filter names." for kind, ids in names.ids.items() if ids - known.ids]
    problems += [f"There is no tag “{name}”." for name in sorted(names.tags - known.tags)]
    for match in names.custom_fields:
        problems += _custom_problems(match, known.custom_fields.get(match.key))
    return [FilterProblem(message) for message in dict.fromkeys(problems)]


_MEMBERS = {
    "text": (CustomFieldType.TEXT,),
    "number": (CustomFieldType.NUMBER,),
    "date": (CustomFieldType.DATE,),
    "boolean": (CustomFieldType.BOOLEAN,),
    "options": (CustomFieldType.SELECT, CustomFieldType.MULTI_SELECT),
}


def _custom_problems(match: CustomFieldMatch, definition: Definition | None) -> list[str]:
    if definition is None:
        return [f"There is no custom field `{match.key}`."]
    problems: list[str] = []
    if definition.field.archived_at is not None:
        problems.append(f"The custom field `{match.key}` is archived.")
    for name, types in _MEMBERS.items():
        if getattr(match, name) is not None and definition.field.type not in types:
            problems.append(f"The custom field `{match.key}` is a {definition.field.type}: `{name}` finds nothing.")
    if match.options is not None and definition.field.type in _MEMBERS["options"]:
        keys = (*(match.options.any_of or ()), *(match.options.all_of or ()), *(match.options.none_of or ()))
        problems += [f"The custom field `{match.key}` has no option `{key}`." for key in keys if key not in definition.options]
    return problems
