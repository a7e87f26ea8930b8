"""Merging takes everything along, and unmerging puts everything back, whatever the leads had."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column, func, select

from domain.leads import Lead, LeadSource
from domain.merging import DEFAULTS, MERGED_COLUMNS, OWN_COLUMNS, MergeField
from domain.status import LeadStatus
from persistence.merge_rules import Combine, MoveUnlessTaken, Stay, TakeAway, lead_columns, ruled
from persistence.tables import leads
from tests.contents import contents
from tests.worlds import World

# What only grows: the feed and its numbers, the record of the merge, and the versions by which callers notice that something happened.
GROWING = frozenset({"events", "lead_merges", "merge_parts"})
COUNTING = frozenset({"version", "updated_at", "event_sequence"})
RUNS = 12


async def snapshot(world: World) -> Mapping[str, Any]:
    """Read all tables but those that only grow; of the leads all columns but those that count."""
    tables = {name: rows for name, rows in (await contents(world)).items() if name not in GROWING | {"leads"}}
    columns = [column for column in leads.columns if column.name not in COUNTING]
    async with world.database.reading(world.scope) as db:
        rows = await db.fetch(select(*columns).where(leads.c.workspace_id == world.workspace.id).order_by(leads.c.id))
    return {**tables, "leads": [dict(row) for row in rows]}


def _phone(dice: random.Random) -> str:
    return f"+35121000{dice.randrange(4):04d}"


def _lead(dice: random.Random, world: World) -> dict[str, Any]:
    """Invent a lead; values are few, so that two leads often agree."""

    def perhaps(value: Any) -> Any:
        return value if dice.random() < 0.6 else None

    staged = dice.random() < 0.5
    status = dice.choice([status for status in LeadStatus if status is not LeadStatus.CLOSED_WON])
    return {
        "first_name": perhaps(dice.choice(["Ana", "Bo"])),
        "last_name": perhaps(dice.choice(["Lima", "Reis"])),
        "email": perhaps(dice.choice(["a@lima.example", "b@lima.example"])),
        "phones": tuple(dict.fromkeys(_phone(dice) for _ in range(dice.randrange(3)))),
        "title": perhaps(dice.choice(["Director", "Buyer"])),
        "company": perhaps("Lima"),
        "employees": perhaps(dice.choice([5, 50, 600])),
        "annual_revenue": perhaps(Decimal("1250000.500")),
        "notes": perhaps(dice.choice(["One", "Two"])),
        "do_not_call": dice.random() < 0.3,
        "source": dice.choice([LeadSource.WEBINAR, LeadSource.OTHER]),
        "first_touch_at": world.at - timedelta(days=dice.randrange(9)),
        "last_touch_at": world.at - timedelta(hours=dice.randrange(9)),
        "status": status,
        "owner_id": perhaps(dice.choice([world.ada.id, world.ben.id])),
        "deal_value": Decimal("12.500") if staged else None,
        "deal_currency": "EUR" if staged else None,
    }


async def _ask(world: World, mutation: str, input: Mapping[str, Any]) -> None:
    answer = await world.tell(mutation, input, "errors { ... on UserError { message } }")
    assert answer["errors"] == [], (mutation, answer)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What leads of one workspace get into: two sequences, two campaigns, two fields of its own, and a queue."""

    sequences: Sequence[str]
    campaigns: Sequence[str]
    queue: str


async def surroundings(world: World) -> Surroundings:
    async def made(mutation: str, input: Mapping[str, Any], name: str) -> str:
        answer = await world.tell(mutation, input, f"{name} {{ id }} errors {{ ... on UserError {{ message path }} }}")
        assert answer["errors"] == [], (mutation, answer)
        return answer[name]["id"]

    sequences: list[str] = []
    for template in ("DECISION", "AWARENESS"):
        sequences.append(await made("createSequence", {"fromTemplate": template}, "sequence"))
        await made("publishSequence", {"sequenceId": sequences[-1]}, "sequence")
    campaigns: list[str] = []
    for name in ("Spring", "Autumn"):
        campaigns.append(
            await made("createCampaign", {"name": name, "type": "EMAIL", "variants": [{"name": "A"}, {"name": "B"}]}, "campaign")
        )
        await made("startCampaign", {"campaignId": campaigns[-1]}, "campaign")
    await made("createCustomField", {"key": "size", "label": "Size", "type": "NUMBER"}, "customField")
    options = [{"key": key, "label": key.upper()} for key in ("s", "m", "l")]
    await made("createCustomField", {"key": "cuts", "label": "Cuts", "type": "MULTI_SELECT", "options": options}, "customField")
    return Surroundings(sequences, campaigns, await made("createQueue", {"name": "Calls", "channel": "PHONE"}, "queue"))


async def involve(dice: random.Random, world: World, lead: Lead, around: Surroundings) -> None:
    """Let a lead take part in what the workspace does; what the rules refuse does not happen."""
    id = world.id(lead)
    touch = {"type": dice.choice(["SENT", "OPENED", "CLICKED"]), "occurredAt": world.at.isoformat()}
    campaign = dice.choice(around.campaigns)
    custom = [
        {"key": "size", "value": {"number": str(dice.randrange(3))}},
        {"key": "cuts", "value": {"options": dice.sample(["s", "m", "l"], 2)}},
    ]
    happenings: Sequence[tuple[str, Mapping[str, Any]]] = (
        ("enrollLead", {"leadId": id, "sequenceId": dice.choice(around.sequences)}),
        ("addCampaignMembers", {"campaignId": campaign, "leadIds": [id]}),
        ("recordCampaignTouch", {"campaignId": campaign, "leadId": id, **touch}),
        ("scheduleFollowUp", {"leadId": id, "title": "Call", "kind": "CALL", "dueLocal": "2026-07-02T10:00"}),
        ("recordConsent", {"leadId": id, "channels": ["EMAIL"], "purposes": ["SALES"], "source": "Form", "saidAt": world.at.isoformat()}),
        ("suppress", {"channel": dice.choice(["PHONE", "SMS"]), "leadIds": [id], "reason": "OPT_OUT"}),
        ("updateLead", {"leadId": id, "customFields": custom[: dice.randrange(3)]}),
        ("claimNextLead", {"queueId": around.queue, "leaseSeconds": 600}),
    )
    mutation, input = dice.choice(happenings)
    await world.tell(mutation, input, "errors { ... on UserError { message } }")


async def live(dice: random.Random, world: World, lead: Lead, around: Surroundings, *, most: int) -> None:
    """Let things happen to a lead."""
    for _ in range(dice.randrange(most)):
        id = {"leadId": world.id(lead)}
        at = {"occurredAt": world.at.isoformat()}
        world.at += timedelta(minutes=1)
        if dice.random() < 0.5:
            await involve(dice, world, lead, around)
            continue
        match dice.randrange(8):
            case 0:
                await _ask(world, "recordActivity", {**id, **at, "type": "WEBSITE_VISITED"})
            case 1:
                await _ask(world, "recordActivity", {**id, **at, "type": "CONTENT_DOWNLOADED", "asset": dice.choice(["guide", "prices"])})
            case 2:
                await _ask(world, "recordActivity", {**id, **at, "type": "CONTACT_REQUESTED"})
            case 3:
                attempt = {"channel": "PHONE", "direction": "OUTBOUND", "outcome": dice.choice(["NO_ANSWER", "CONNECTED", "DO_NOT_CALL"])}
                await _ask(world, "recordContactAttempt", {**id, **at, **attempt})
            case 4:
                await _ask(world, "tagLeads", {"leadIds": [world.id(lead)], "tags": [dice.choice(["hot", "fair", "north"])]})
            case 5:
                await _ask(world, "moveLeadToStage", {**id, "stageId": world.id(dice.choice(world.stages[:2]))})
            case 6:
                await _ask(world, "pinLeadPriority", {**id, "priority": "HIGH", "reason": "Asked for."})
            case _:
                await _ask(world, "assignLead", {**id, "agentId": world.id(dice.choice([world.ada, world.ben]))})


async def merge(world: World, survivor: Lead, loser: Lead, choices: Sequence[tuple[MergeField, str]] = ()) -> str:
    fields = [{"field": field, "keep": keep} for field, keep in choices]
    input = {"survivorId": world.id(survivor), "loserId": world.id(loser), "fields": fields}
    answer = await world.tell("mergeLeads", input, "merge { id } errors { ... on UserError { message } }")
    assert answer["errors"] == []
    return answer["merge"]["id"]


def _choices(dice: random.Random) -> list[tuple[MergeField, str]]:
    return [(field, dice.choice(["SURVIVOR", "LOSER", "NEWEST"])) for field in DEFAULTS if dice.random() < 0.3]


async def _naming(world: World, lead: Lead) -> dict[str, int]:
    """Count the rows that name a lead, by column."""
    counts: dict[str, int] = {}
    async with world.database.reading(world.scope) as db:
        for column in lead_columns():
            statement = select(func.count()).select_from(column.table).where(column == lead.id)
            counts[f"{column.table.name}.{column.name}"] = await db.fetch_value(statement)
    return counts


def _staying() -> set[str]:
    return {f"{table.name}.{column.name}" for table, column, rule in ruled() if isinstance(rule, Stay)}


@pytest.mark.parametrize("seed", range(RUNS))
async def test_unmerging_puts_every_table_back_as_it_was(world: World, seed: int) -> None:
    dice = random.Random(seed)
    survivor, loser = await world.lead(**_lead(dice, world)), await world.lead(**_lead(dice, world))
    around = await surroundings(world)
    for lead in (survivor, loser):
        await live(dice, world, lead, around, most=16)
    before = await snapshot(world)
    world.at += timedelta(hours=1)

    merge_id = await merge(world, survivor, loser, _choices(dice))

    left = {name: count for name, count in (await _naming(world, loser)).items() if count and name not in _staying()}
    assert left == {}, "the loser is still named"
    world.at += timedelta(minutes=1)
    undone = await world.tell("unmergeLeads", {"mergeId": merge_id}, "lead { id } survivor { id } errors { ... on UserError { message } }")
    assert undone == {"lead": {"id": world.id(loser)}, "survivor": {"id": world.id(survivor)}, "errors": []}
    after = await snapshot(world)
    assert {name for name in before if before[name] != after[name]} == set()


@pytest.mark.parametrize("seed", range(4))
async def test_a_stack_of_merges_is_undone_one_by_one(world: World, seed: int) -> None:
    dice = random.Random(100 + seed)
    three = [await world.lead(**_lead(dice, world)) for _ in range(3)]
    around = await surroundings(world)
    for lead in three:
        await live(dice, world, lead, around, most=9)
    states = [await snapshot(world)]
    world.at += timedelta(hours=1)
    first = await merge(world, three[1], three[0])
    states.append(await snapshot(world))
    second = await merge(world, three[2], three[1]) if seed % 2 else await merge(world, three[1], three[2])

    for merge_id in (second, first):
        undone = await world.tell("unmergeLeads", {"mergeId": merge_id}, "errors { ... on UserError { message } }")
        assert undone["errors"] == []
        assert await snapshot(world) == states.pop()


def test_every_column_that_names_a_lead_has_a_rule() -> None:
    known = {f"{table.name}.{column.name}" for table, column, _ in ruled()}
    found = {f"{column.table.name}.{column.name}" for column in lead_columns()}
    assert found - known == set(), "say in persistence.merge_rules what a merge does with them"
    assert known - found == set()


def test_every_field_of_a_lead_is_merged_or_counts_for_itself() -> None:
    fields = set(Lead.__dataclass_fields__)
    assert fields - MERGED_COLUMNS - OWN_COLUMNS == set(), "say in domain.merging what a merge does with them"
    assert not MERGED_COLUMNS & OWN_COLUMNS


def test_rows_that_others_refer_to_are_never_taken_away() -> None:
    """Taking a row away would take what hangs on it along, unseen."""
    taken = {table.name for table, _, rule in ruled() if isinstance(rule, Combine | MoveUnlessTaken | TakeAway)}
    referred: set[str] = set()
    for table in leads.metadata.tables.values():
        for column in table.columns:
            referred |= {key.column.table.name for key in column.foreign_keys if _beyond_workspace(column)}
    assert taken & referred == set()


def _beyond_workspace(column: Column[Any]) -> bool:
    return column.name != "workspace_id"
