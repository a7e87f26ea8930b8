"""Filters over leads: the same answer as Python would give, in every list that leads appear in."""

from __future__ import annotations

import operator
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from uuid_utils.compat import uuid7

from domain.filters import DateRange, InstantRange, LeadFilter, LeadQuery, NumberRange, OneOf, Reference, TagMatch, TextMatch
from domain.leads import ExternalReference, Lead, LeadSource, Tag
from domain.paging import PageRequest
from domain.scoring import Grade, Priority, Temperature
from domain.status import LeadStatus
from persistence import tables
from persistence.database import Database
from persistence.lead_lists import all_leads, leads_by_owner, leads_by_tag, leads_by_team
from persistence.leads import add_leads, add_references
from persistence.statements import Constant
from tests.worlds import NOON, World, blank_lead, build_world

# Letters on whose small form Python and PostgreSQL agree, and all that is special to LIKE.
TEXTS = ["Acme", "acme", "ACME Ltd", "Éclair", "éclair", "100%", "100 %", "a_b", "axb", "\\", "'", "straße", ""]
TAGS = ["Gold", "VIP", "cold", "100%"]
SYSTEMS = ["crm", "CRM-2", "shop"]


@dataclass(slots=True)
class Known:
    """A workspace full of random leads, and what Python knows of them."""

    world: World
    leads: Sequence[Lead]
    tags: Mapping[UUID, frozenset[str]] = field(default_factory=dict[UUID, frozenset[str]])
    systems: Mapping[UUID, frozenset[str]] = field(default_factory=dict[UUID, frozenset[str]])
    teams: Mapping[UUID, UUID | None] = field(default_factory=dict[UUID, UUID | None])


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
        **{name: perhaps(choices.choice(TEXTS)) for name in ("email", "company", "title", "industry", "country", "city")},
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
        await add_references(tx, [ExternalReference(id, name, str(id), NOON) for id, names in known.systems.items() for name in names])
    return known


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


# Every filter there is


Draw = Callable[[random.Random], Any]


def _one(values: Sequence[Any]) -> Draw:
    return lambda choices: choices.choice(values)


def _some(values: Sequence[Any]) -> Draw:
    return lambda choices: tuple(choices.choices(values, k=choices.randrange(4)))


def _built(noun: type[Any], **parts: Draw) -> Draw:
    """Set each part with a chance of two fifths, and at least one."""

    def draw(choices: random.Random) -> Any:
        chosen = [name for name in parts if choices.random() < 0.4] or [choices.choice(list(parts))]
        return noun(**{name: parts[name](choices) for name in chosen})

    return draw


_FLAG = _one([True, False])
_WHOLE = _one([Decimal(n) for n in (-(2**31), -1, 0, 10, 20, 40, 100, 500, 40_000, 2**31 - 1)])
_NUMBER = _one([Decimal(n) for n in ("-1", "0", "0.5", "10", "20", "500", "1000000", "2147483647", "999999999999999999")])
_INSTANT_OF = _one([NOON + timedelta(hours=hours) for hours in range(-1, 6)])
_DAY = _one([date(2026, 7, day) for day in range(1, 5)])


def _one_of(kind: type[StrEnum]) -> Draw:
    values = [str(value) for value in kind]
    return _built(OneOf, eq=_one(values), in_=_some(values), not_in=_some(values))


def _text(values: Sequence[str]) -> Draw:
    one = _one([*values, "100%", "%", "_", "\\", "A", "é"])
    return _built(TextMatch, eq=one, in_=_some(values), contains=one, starts_with=one, is_null=_FLAG)


def _reference(values: Sequence[UUID]) -> Draw:
    known = [*values, UUID(int=0)]
    return _built(Reference, eq=_one(known), in_=_some(known), is_null=_FLAG)


def _range(number: Draw) -> Draw:
    return _built(NumberRange, eq=number, gte=number, gt=number, lte=number, lt=number, is_null=_FLAG)


_INSTANT = _built(InstantRange, gte=_INSTANT_OF, lt=_INSTANT_OF, is_null=_FLAG)
_TAG = _built(TagMatch, any_of=_some([*TAGS, "gold", "?"]), all_of=_some([*TAGS, "gold"]), none_of=_some(TAGS))


def _conditions(known: Known) -> Mapping[str, Draw]:
    world = known.world
    return {
        **{name: _one_of(kind) for name, kind in (("status", LeadStatus), ("grade", Grade), ("source", LeadSource))},
        **{name: _one_of(kind) for name, kind in (("temperature", Temperature), ("priority", Priority))},
        **{name: _text(TEXTS) for name in ("email", "company", "title", "industry", "country", "city")},
        **dict.fromkeys(("created_at", "updated_at", "closed_at", "last_contacted_at", "last_activity_at"), _INSTANT),
        "external_system": _text(SYSTEMS),
        "score": _range(_WHOLE),
        "employees": _range(_WHOLE),
        "annual_revenue": _range(_NUMBER),
        "deal_value": _range(_NUMBER),
        "expected_close_date": _built(DateRange, gte=_DAY, lte=_DAY, is_null=_FLAG),
        "owner": _reference([world.ada.id, world.ben.id, world.cleo.id]),
        "team": _reference([world.team.id, world.other_team.id]),
        "pipeline": _reference([world.pipeline.id]),
        "stage": _reference([stage.id for stage in world.stages]),
        "tags": _TAG,
        "ids": _some([lead.id for lead in known.leads]),
        "do_not_call": _FLAG,
    }


def _filter(known: Known, choices: random.Random, depth: int = 0) -> LeadFilter:
    conditions = _conditions(known)
    nested = choices.random() < 0.5 if depth < 3 else False
    if not nested:
        return LeadFilter(**{name: conditions[name](choices) for name in choices.sample(sorted(conditions), choices.choice([1, 1, 2]))})
    name = choices.choice(["and_", "or_", "not_"])
    if name == "not_":
        return LeadFilter(not_=_filter(known, choices, depth + 1))
    parts = tuple(_filter(known, choices, depth + 1) for _ in range(choices.randrange(4)))
    return LeadFilter(and_=parts) if name == "and_" else LeadFilter(or_=parts)


def test_every_condition_of_the_filter_is_tried(known: Known) -> None:
    assert {each.name for each in fields(LeadFilter)} == {*_conditions(known), "and_", "or_", "not_", "deleted"}


@pytest.mark.parametrize("seed", range(400))
async def test_a_filter_finds_what_it_says(known: Known, seed: int) -> None:
    choices = random.Random(seed)
    filter, deleted = _filter(known, choices), choices.random() < 0.3
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
    filter = _filter(known, random.Random(seed))
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
