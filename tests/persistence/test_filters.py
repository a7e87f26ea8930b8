"""Filters over leads: the same answer as Python would give, in every list that leads appear in."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.custom_fields import CustomValue
from domain.filter_json import written_filter
from domain.filters import (
    CustomFieldMatch,
    LeadFilter,
    LeadQuery,
    Reference,
    TagMatch,
    TextMatch,
)
from domain.leads import ExternalReference, Lead, LeadSource, Tag
from domain.paging import PageRequest
from domain.scoring import Grade, Priority, Temperature
from domain.segments import Segment
from domain.status import LeadStatus
from persistence import tables
from persistence.database import Database
from persistence.lead_lists import all_leads, leads_by_owner, leads_by_tag, leads_by_team
from persistence.leads import add_leads, add_references
from persistence.segments import add_segments
from persistence.statements import Constant
from tests.persistence.drawn_filters import LEAD_TEXTS, SYSTEMS, TAGS, Ids, conditions, drawn_filter
from tests.persistence.known_values import meets, some_values, write_values
from tests.worlds import NOON, World, blank_lead, build_world


@dataclass(slots=True)
class Known:
    """A workspace full of random leads, and what Python knows of them."""

    world: World
    leads: Sequence[Lead]
    tags: Mapping[UUID, frozenset[str]] = field(default_factory=dict[UUID, frozenset[str]])
    systems: Mapping[UUID, frozenset[str]] = field(default_factory=dict[UUID, frozenset[str]])
    teams: Mapping[UUID, UUID | None] = field(default_factory=dict[UUID, UUID | None])
    values: Mapping[UUID, Mapping[str, CustomValue]] = field(default_factory=dict[UUID, Mapping[str, CustomValue]])
    segments: Mapping[UUID, LeadFilter] = field(default_factory=dict[UUID, LeadFilter])

    @property
    def ids(self) -> Ids:
        """Return what filters may name."""
        world = self.world
        return Ids(
            [world.ada.id, world.ben.id, world.cleo.id],
            [world.team.id, world.other_team.id],
            [world.pipeline.id],
            [stage.id for stage in world.stages],
            [lead.id for lead in self.leads],
            list(self.segments),
        )


def _some_lead(world: World, choices: random.Random) -> Lead:
    def perhaps(value: Any) -> Any:
        return value if choices.random() < 0.7 else None

    def instant() -> datetime:
        return NOON + timedelta(hours=choices.randrange(5))

    in_pipeline = choices.random() < 0.5
    return replace(
        blank_lead(instant()),
        deleted_at=choices.choice([None, None, None, NOON]),
        updated_at=instant(),
        closed_at=perhaps(instant()),
        last_contacted_at=perhaps(instant()),
        last_activity_at=perhaps(instant()),
        status=choices.choice(list(LeadStatus)),
        grade=choices.choice(list(Grade)),
        temperature=choices.choice(list(Temperature)),
        priority=choices.choice(list(Priority)),
        source=choices.choice(list(LeadSource)),
        score_total=choices.randrange(0, 101, 20),
        owner_id=perhaps(choices.choice([world.ada, world.ben, world.cleo]).id),
        pipeline_id=world.pipeline.id if in_pipeline else None,
        stage_id=choices.choice(world.stages).id if in_pipeline else None,
        employees=perhaps(choices.choice([0, 10, 500])),
        annual_revenue=perhaps(Decimal(choices.choice(["0", "0.5", "1000000"]))),
        deal_value=perhaps(Decimal(choices.choice(["0", "0.5", "1000000"]))),
        expected_close_date=perhaps(date(2026, 7, choices.randrange(1, 4))),
        do_not_call=choices.random() < 0.3,
        first_response_due_at=perhaps(instant()),
        first_contacted_at=perhaps(instant()),
        **{name: perhaps(choices.choice(LEAD_TEXTS)) for name in ("email", "company", "title", "industry", "country", "city")},
    )


@pytest.fixture(scope="module")
async def known(database: Database) -> Known:
    """Sixty leads in one workspace; nobody's team has one more, for agents without a team."""
    world = await build_world(database)
    choices = random.Random(7)
    leads = [_some_lead(world, choices) for _ in range(60)]
    labels = {name: Tag(id=uuid7(), version=1, name=name, color=None, created_at=NOON, updated_at=NOON) for name in TAGS}
    known = Known(
        world,
        leads,
        {lead.id: frozenset(choices.sample(TAGS, choices.randrange(3))) for lead in leads},
        {lead.id: frozenset(choices.sample(SYSTEMS, choices.randrange(2))) for lead in leads},
        {world.ada.id: world.team.id, world.ben.id: None, world.cleo.id: world.other_team.id},
        {lead.id: some_values(choices) for lead in leads},
        _some_segments(),
    )
    async with database.writing(world.scope) as tx:
        await tx.execute(Constant(text("UPDATE agents SET team_id = NULL WHERE workspace_id = :workspace_id AND name = 'Ben'")))
        await add_leads(tx, leads)
        columns = ("workspace_id", *(column.name for column in fields_of(Tag)))
        await tx.execute_many(
            Constant(tables.tags.insert(), columns), [{f.name: getattr(tag, f.name) for f in fields_of(Tag)} for tag in labels.values()]
        )
        await tx.execute_many(
            Constant(tables.lead_tags.insert(), ("workspace_id", "lead_id", "tag_id", "tagged_at")),
            [{"lead_id": id, "tag_id": labels[name].id, "tagged_at": NOON} for id, names in known.tags.items() for name in sorted(names)],
        )
        await write_values(tx, known.values)
        await add_segments(tx, [_segment(id, filter) for id, filter in known.segments.items()])
        await add_references(tx, [ExternalReference(id, name, str(id), NOON) for id, names in known.systems.items() for name in names])
    return known


def _some_segments() -> Mapping[UUID, LeadFilter]:
    """Make one of customers, and one that names it."""
    customers = uuid7()
    return {
        customers: LeadFilter(custom_fields=(CustomFieldMatch("vip", boolean=True),)),
        uuid7(): LeadFilter(segment=Reference(in_=(customers,)), do_not_call=False),
    }


def _segment(id: UUID, filter: LeadFilter) -> Segment:
    return Segment(id=id, version=1, name=str(id), description=None, definition=written_filter(filter), created_at=NOON, updated_at=NOON)


def fields_of(noun: type[Any]) -> Sequence[Any]:
    return fields(noun)


# What the filter means, said in Python

_BOUNDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "gte": operator.ge,
    "gt": operator.gt,
    "lte": operator.le,
    "lt": operator.lt,
}


def _holds(value: Any, condition: Any) -> bool:
    """Tell whether a condition holds for one value; nothing but `isNull` holds for an empty one."""
    given = {each.name: getattr(condition, each.name) for each in fields(condition) if getattr(condition, each.name) is not None}
    is_text = isinstance(condition, TextMatch)
    fold: Callable[[Any], Any] = (lambda each: each.lower()) if is_text else (lambda each: each)
    for name, wanted in given.items():
        if name == "is_null":
            if (value is None) is not wanted:
                return False
            continue
        if value is None:
            return False
        held = {
            "in_": lambda wanted=wanted: fold(value) in [fold(each) for each in wanted],
            "not_in": lambda wanted=wanted: value not in wanted,
            "contains": lambda wanted=wanted: fold(wanted) in fold(value),
            "starts_with": lambda wanted=wanted: fold(value).startswith(fold(wanted)),
        }.get(name, lambda name=name, wanted=wanted: _BOUNDS[name](fold(value), fold(wanted)))
        if not held():
            return False
    return True


def _meant(known: Known, lead: Lead, filter: LeadFilter) -> bool:
    for each in fields(filter):
        condition = getattr(filter, each.name)
        if condition is not None and each.name != "deleted" and not _part(known, lead, each.name, condition):
            return False
    return True


def _part(known: Known, lead: Lead, name: str, condition: Any) -> bool:
    if name in ("and_", "or_"):
        return (all if name == "and_" else any)(_meant(known, lead, part) for part in condition)
    if name == "not_":
        return not _meant(known, lead, condition)
    if name == "ids":
        return lead.id in condition
    if name == "do_not_call":
        return lead.do_not_call is condition
    if name == "tags":
        return _tagged({tag.lower() for tag in known.tags[lead.id]}, condition)
    if name == "campaign":
        return _holds(None, condition)
    if name == "first_response":
        answered = condition.responded is None or (lead.first_contacted_at is not None) is condition.responded
        return (
            lead.first_response_due_at is not None
            and answered
            and (condition.due_at is None or _holds(lead.first_response_due_at, condition.due_at))
        )
    if name == "custom_fields":
        return all(meets(known.values[lead.id], match, _holds) for match in condition)
    if name == "segment":
        return any(_meant(known, lead, known.segments[id]) for id in condition.in_ if id in known.segments)
    if name == "external_system":
        return any(_holds(system, condition) for system in known.systems[lead.id] or [None])
    if name == "team":
        return _holds(known.teams[lead.owner_id] if lead.owner_id else None, condition)
    column = {"owner": "owner_id", "pipeline": "pipeline_id", "stage": "stage_id", "score": "score_total"}.get(name, name)
    return _holds(getattr(lead, column), condition)


def _tagged(tags: set[str], condition: TagMatch) -> bool:
    any_of, all_of, none_of = (None if names is None else {name.lower() for name in names} for names in _sets(condition))
    return (any_of is None or bool(tags & any_of)) and (all_of is None or all_of <= tags) and (none_of is None or not tags & none_of)


def _sets(condition: TagMatch) -> Sequence[Sequence[str] | None]:
    return condition.any_of, condition.all_of, condition.none_of


def test_every_condition_of_the_filter_is_tried(known: Known) -> None:
    assert {each.name for each in fields(LeadFilter)} == {*conditions(known.ids), "and_", "or_", "not_", "deleted"}


@pytest.mark.parametrize("seed", range(400))
async def test_a_filter_finds_what_it_says(known: Known, seed: int) -> None:
    choices = random.Random(seed)
    filter, deleted = drawn_filter(choices, known.ids), choices.random() < 0.3
    query = LeadQuery(replace(filter, deleted=deleted or None))
    request = PageRequest("CREATED_AT", descending=True, size=100)
    async with known.world.database.reading(known.world.scope) as db:
        page = await all_leads.page(db, request, query)
        count = await all_leads.count(db, query)
    expected = {lead.id for lead in known.leads if (lead.deleted_at is not None) is deleted and _meant(known, lead, filter)}
    assert {lead.id for _, lead in page.rows} == expected, filter
    assert count == len(expected), filter


@pytest.mark.parametrize("seed", range(400, 480))
async def test_a_filter_means_the_same_in_lists_that_join_other_tables(known: Known, seed: int) -> None:
    filter = drawn_filter(random.Random(seed), known.ids)
    request = PageRequest("CREATED_AT", descending=True, size=100)
    world = known.world
    async with world.database.reading(world.scope) as db:
        by_owner = await leads_by_owner.pages(db, [world.ada.id], request, LeadQuery(filter))
        by_team = await leads_by_team.pages(db, [world.team.id], request, LeadQuery(filter))
        counted = await leads_by_team.counts(db, [world.team.id], LeadQuery(filter))
        tags = {row["name"]: row["id"] for row in await db.fetch(text("SELECT id, name FROM tags WHERE workspace_id = :workspace_id"))}
        by_tag = await leads_by_tag.pages(db, list(tags.values()), request, LeadQuery(filter))
    found = {lead.id for lead in known.leads if lead.deleted_at is None and _meant(known, lead, filter)}
    adas = {lead.id for lead in known.leads if lead.owner_id == world.ada.id} & found
    assert {lead.id for _, lead in by_owner[world.ada.id].rows} == adas
    assert {lead.id for _, lead in by_team[world.team.id].rows} == adas
    assert counted[world.team.id] == len(adas)
    for name, id in tags.items():
        assert {lead.id for _, lead in by_tag[id].rows} == {lead for lead, names in known.tags.items() if name in names} & found


@pytest.mark.parametrize("company", ["İstanbul", "ΑΣ", "ǅ", "ẞ"])
async def test_letters_that_languages_fold_differently_find_themselves(company: str, world: World) -> None:
    lead = await world.lead(company=company)
    for condition in ({"eq": company}, {"in": [company]}, {"contains": company}, {"startsWith": company}):
        found = await world.ask("query ($f: LeadFilter) { leads(filter: $f) { nodes { id } } }", {"f": {"company": condition}})
        assert found["leads"]["nodes"] == [{"id": world.id(lead)}], condition
