"""A dry run answers like the real thing, tells what would change, and keeps nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path

import pytest
from sqlalchemy import text

from domain.leads import LeadSource
from domain.status import LeadStatus
from gql.dry_runs import TYPES
from persistence.database import Database
from persistence.tables import metadata
from tests.contents import contents
from tests.gql.test_operations import OPERATIONS, filled_world, prepare, variables_of
from tests.silence import SILENT, untold_leads, untold_tables
from tests.worlds import World

EFFECTS = "dryRun { changes { kind type id fields { field old new } } events { type sequence changes { field old new } } }"
MUTATIONS = [path for path in OPERATIONS if path.read_text().startswith("mutation")]


async def test_a_status_change_shows_its_whole_answer_and_its_effects_and_is_not_kept(world: World) -> None:
    lead = await world.lead(first_name="Grace", source=LeadSource.WEBINAR)
    before = await world.contents()

    payload = await world.tell(
        "changeLeadStatus",
        {"leadId": world.id(lead), "status": "CONTACTED", "reason": "Rang", "dryRun": True},
        f"lead {{ status version statusHistory(first: 1) {{ nodes {{ to reason lead {{ status }} }} }} }} {EFFECTS}",
    )

    assert payload["lead"] == {
        "status": "CONTACTED",
        "version": 2,
        "statusHistory": {"nodes": [{"to": "CONTACTED", "reason": "Rang", "lead": {"status": "CONTACTED"}}]},
    }
    changed = {change["type"]: change for change in payload["dryRun"]["changes"]}
    assert changed["Lead"]["kind"] == "UPDATED"
    assert changed["Lead"]["id"] == world.id(lead)
    assert {"field": "status", "old": "NEW", "new": "CONTACTED"} in changed["Lead"]["fields"]
    assert {"field": "version", "old": "1", "new": "2"} in changed["Lead"]["fields"]
    assert changed["status_changes"]["kind"] == "CREATED"
    assert [event["type"] for event in payload["dryRun"]["events"]] == ["LEAD_STATUS_CHANGED"]
    assert await world.contents() == before


async def test_a_real_run_says_nothing_of_a_dry_one(world: World) -> None:
    lead = await world.lead()
    payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": "CONTACTED"}, f"lead {{ status }} {EFFECTS}")
    assert payload == {"lead": {"status": "CONTACTED"}, "dryRun": None}


async def test_what_would_be_created_is_told_with_its_values(world: World) -> None:
    payload = await world.tell("createTag", {"name": "Hot", "dryRun": True}, f"tag {{ name leads {{ totalCount }} }} {EFFECTS}")
    (change,) = payload["dryRun"]["changes"]
    assert payload["tag"] == {"name": "Hot", "leads": {"totalCount": 0}}
    assert (change["kind"], change["type"]) == ("CREATED", "Tag")
    assert {"field": "name", "old": None, "new": "Hot"} in change["fields"]
    assert (await world.ask("{ tags { totalCount } }")) == {"tags": {"totalCount": 0}}


async def test_what_would_be_deleted_is_told_too(world: World) -> None:
    made = await world.tell("createTag", {"name": "Hot"}, "tag { id }")
    payload = await world.tell("deleteTag", {"tagId": made["tag"]["id"], "dryRun": True}, EFFECTS)
    assert [(change["kind"], change["type"], change["id"]) for change in payload["dryRun"]["changes"]] == [
        ("DELETED", "Tag", made["tag"]["id"])
    ]


async def test_a_refused_dry_run_changes_nothing_and_says_why(world: World) -> None:
    lead = await world.lead(status=LeadStatus.CLOSED_LOST)
    payload = await world.tell(
        "changeLeadStatus",
        {"leadId": world.id(lead), "status": "PROPOSAL", "dryRun": True},
        f"lead {{ id }} errors {{ ... on UserError {{ code }} }} {EFFECTS}",
    )
    assert payload == {"lead": None, "errors": [{"code": "ILLEGAL_STATUS_CHANGE"}], "dryRun": {"changes": [], "events": []}}


async def test_each_mutation_of_a_request_sees_what_those_before_it_would_have_done(world: World) -> None:
    lead = await world.lead()
    before = await world.contents()
    answer = await world.ask(
        f"""mutation ($lead: ID!) {{
            called: changeLeadStatus(input: {{leadId: $lead, status: CONTACTED, dryRun: true}}) {{ lead {{ version }} {EFFECTS} }}
            nurtured: changeLeadStatus(input: {{leadId: $lead, status: NURTURING, dryRun: true}}) {{ lead {{ version }} {EFFECTS} }}
        }}""",
        {"lead": world.id(lead)},
    )
    assert [answer[name]["lead"]["version"] for name in ("called", "nurtured")] == [2, 3]
    (second,) = [change for change in answer["nurtured"]["dryRun"]["changes"] if change["type"] == "Lead"]
    assert {"field": "status", "old": "CONTACTED", "new": "NURTURING"} in second["fields"]
    assert [event["sequence"] for event in answer["nurtured"]["dryRun"]["events"]] == [
        event["sequence"] + 1 for event in answer["called"]["dryRun"]["events"]
    ]
    assert await world.contents() == before


@pytest.mark.parametrize(("first", "second"), [("true", "false"), ("false", "true")])
async def test_a_request_is_a_dry_run_as_a_whole_or_not_at_all(world: World, first: str, second: str) -> None:
    lead = await world.lead()
    before = await world.contents()
    body = await world.answer(
        f"""mutation ($lead: ID!) {{
            a: changeLeadStatus(input: {{leadId: $lead, status: CONTACTED, dryRun: {first}}}) {{ lead {{ id }} }}
            b: changeLeadStatus(input: {{leadId: $lead, status: NURTURING, dryRun: {second}}}) {{ lead {{ id }} }}
        }}""",
        {"lead": world.id(lead)},
    )
    assert body["data"] == {"a": None, "b": None}
    assert {error["extensions"]["code"] for error in body["errors"]} == {"BAD_USER_INPUT"}
    assert await world.contents() == before


async def test_a_dry_run_neither_uses_nor_reads_an_idempotency_key(world: World) -> None:
    lead = await world.lead()
    input = {"leadId": world.id(lead), "status": "CONTACTED", "idempotencyKey": "once"}
    dry = await world.tell("changeLeadStatus", {**input, "dryRun": True}, "lead { version } dryRun { events { type } }")
    real = await world.tell("changeLeadStatus", input, "lead { version } dryRun { events { type } }")
    again = await world.tell("changeLeadStatus", {**input, "dryRun": True}, "lead { version } dryRun { events { type } }")
    assert dry == {"lead": {"version": 2}, "dryRun": {"events": [{"type": "LEAD_STATUS_CHANGED"}]}}
    assert real == {"lead": {"version": 2}, "dryRun": None}
    assert again == {"lead": {"version": 2}, "dryRun": {"events": []}}


async def test_a_secret_is_not_among_the_effects(world: World) -> None:
    payload = await world.tell("createApiKey", {"name": "CRM", "role": "INTEGRATION", "dryRun": True}, f"apiKey {{ name }} {EFFECTS}")
    (change,) = payload["dryRun"]["changes"]
    assert "secretHash" not in {field["field"] for field in change["fields"]}


def goes_with(table: str, gone: Collection[str]) -> bool:
    """Tell whether the database deletes rows of a table by itself, with a thing of one of these types that is deleted."""
    owners = [key.referred_table.name for key in metadata.tables[table].foreign_key_constraints if key.ondelete == "CASCADE"]
    return any(TYPES.get(owner, owner) in gone or (owner not in (table, "workspaces") and goes_with(owner, gone)) for owner in owners)


async def leads_as_told(world: World) -> str:
    """Digest the leads without the counter of their events, which is not told: an event alone changes no lead."""
    statement = text(
        "SELECT md5(string_agg((to_jsonb(leads) - 'event_sequence')::text, '' ORDER BY id)) FROM leads WHERE workspace_id = :workspace_id"
    )
    async with world.database.reading(world.scope) as db:
        return await db.fetch_value(statement)


# What is written beside the things themselves, and told in another way or not at all.
UNTOLD = {"duplicate_keys", "events", "idempotency_keys", "merge_parts", "search_terms"}


@pytest.mark.parametrize("operation", MUTATIONS, ids=lambda path: path.stem)
async def test_a_dry_run_of_any_mutation_leaves_every_table_alone_and_names_those_that_the_real_run_changes(
    operation: Path, database: Database
) -> None:
    world, known = await filled_world(database, 10)
    await prepare(world, operation, known)
    before = await world.contents()
    viewer = world.viewer(agent=world.ada)
    asked, variables = operation.read_text(), dict(variables_of(operation, known))
    asking, count = re.subn(r"(\(\s*input: \$input\s*\)\s*\{)", r"\1 dryRun { changes { kind type } }", asked)
    assert count == 1, "its one input must be the variable $input"

    rehearsed = await world.ask(asking, {**variables, "input": {**variables["input"], "dryRun": True}}, viewer=viewer)
    (payload,) = rehearsed.values()
    assert payload.get("errors", []) == []
    assert await world.contents() == before

    leads_before, rows_before = await leads_as_told(world), await contents(world)
    await world.ask(asked, variables, viewer=viewer)
    after = await world.contents()
    # The law that everything is told rides along: it needs the same runs.
    rows = await contents(world)
    assert untold_tables(rows_before, rows) == set()
    assert untold_leads(rows_before, rows) == set()
    changed = {table for table in after if after[table] != before[table]} - UNTOLD
    if await leads_as_told(world) == leads_before:
        changed -= {"leads"}
    told = {change["type"] for change in payload["dryRun"]["changes"]}
    gone = {change["type"] for change in payload["dryRun"]["changes"] if change["kind"] == "DELETED"}
    assert {TYPES.get(table, table) for table in changed if not goes_with(table, gone)} == told


def test_what_may_change_in_silence_is_there() -> None:
    assert SILENT.keys() <= metadata.tables.keys()
