"""Leads from files: created, updated, left alone or left out, row by row."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.access import Permission, Role
from tests.usecases.import_files import HEADER, MAPPING, counts, imported, left_out
from tests.worlds import World

LEAD = """
query ($id: String!) {
  lead(externalReference: {system: "crm", externalId: $id}) {
    version status createdAt firstTouch { source detail }
    contact { firstName lastName email phones }
    company { name industry employees annualRevenue }
    behaviour { websiteVisits pageViews emailOpens }
    owner { name }
    stage { name }
    tags { name }
    score { total categories { key points } }
    scoreHistory { totalCount nodes { total cause } }
    statusHistory { nodes { from to reason at } }
    activities { nodes { type subject occurredAt } }
    contactAttempts { nodes { outcome durationSeconds } }
  }
}
"""


async def lead(world: World, id: str) -> dict[str, Any]:
    return (await world.ask(LEAD, {"id": id}))["lead"]


async def test_a_row_becomes_a_scored_lead(world: World) -> None:
    ended = await imported(world, HEADER + '7,"Marques, Rosa",rosa@Ramos.example,912 345 678,Ramos,Web,vip;south,3\n', MAPPING)

    assert counts(ended) == {
        "status": "FINISHED",
        "done": 1,
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "duplicates": 0,
        "failed": 0,
    }
    rosa = await lead(world, "7")
    assert rosa["contact"] == {"firstName": "Rosa", "lastName": "Marques", "email": "rosa@ramos.example", "phones": ["+351912345678"]}
    assert rosa["firstTouch"] == {"source": "WEBSITE_FORM", "detail": None}
    assert [tag["name"] for tag in rosa["tags"]] == ["south", "vip"]
    assert rosa["behaviour"] == {"websiteVisits": 3, "pageViews": 0, "emailOpens": 0}
    # Company 5, phone 3, three visits of 2 points each.
    assert rosa["score"]["total"] == 14
    assert rosa["scoreHistory"] == {"totalCount": 1, "nodes": [{"total": 14, "cause": "FIELD_CHANGE"}]}
    assert rosa["statusHistory"]["nodes"] == [{"from": None, "to": "NEW", "reason": "Imported", "at": "2026-06-30T12:00:00Z"}]
    found = await world.ask('{ leads(search: "ramos 9123") { nodes { contact { firstName } } } }')
    assert found == {"leads": {"nodes": [{"contact": {"firstName": "Rosa"}}]}}


async def test_the_same_file_again_changes_nothing(world: World) -> None:
    text = HEADER + "1,Ada Lo,,,Lo,Web,vip,2\n2,Bo Ek,,,Ek,Web,,\n"
    await imported(world, text, MAPPING)
    before = await lead(world, "1")
    world.at += timedelta(days=1)

    again = await imported(world, text, MAPPING)

    assert counts(again) == {**counts(again), "created": 0, "updated": 0, "unchanged": 2}
    assert await lead(world, "1") == before


async def test_a_file_updates_what_it_holds_and_leaves_blanks_alone(world: World) -> None:
    await imported(world, HEADER + "1,Ada Lo,ada@lo.example,,Lo,Web,vip,2\n", MAPPING)
    await world.tell(
        "recordActivity",
        {"leadId": await _id(world, "1"), "type": "WEBSITE_VISITED", "occurredAt": "2026-06-30T11:00:00Z"},
        "errors { __typename }",
    )

    ended = await imported(world, HEADER + "1,,,,Lo & Sons,,new,5\n", MAPPING)

    ada = await lead(world, "1")
    assert ended.updated == 1
    assert (ada["contact"]["firstName"], ada["contact"]["email"], ada["company"]["name"]) == ("Ada", "ada@lo.example", "Lo & Sons")
    assert [tag["name"] for tag in ada["tags"]] == ["new", "vip"]
    # Five from the file in place of two, and the one that was recorded here.
    assert ada["behaviour"]["websiteVisits"] == 6
    assert ada["version"] == 2


async def _id(world: World, id: str) -> str:
    query = 'query ($id: String!) { lead(externalReference: {system: "crm", externalId: $id}) { id } }'
    return (await world.ask(query, {"id": id}))["lead"]["id"]


async def test_what_is_wrong_with_a_row_is_kept_with_its_cells(world: World) -> None:
    rows = (
        "1,Ada Lo,no-address,911,Lo,Web,,many\n",
        "2,Bo Ek,,,Ek\n",
        ",Nobody,,,,,,\n",
        "4,Cy\0 Do,,,,,,\n",
        "5,=HYPERLINK(1),,,,,,1\n",
    )

    ended = await imported(world, HEADER + "".join(rows), MAPPING)

    assert counts(ended) == {**counts(ended), "done": 5, "created": 1, "failed": 4}
    errors = {
        error.row_number: [(problem["column"], problem["message"]) for problem in error.problems] for error in await left_out(world, ended)
    }
    assert errors == {
        1: [
            ("Email", "Must be an e-mail address of at most 254 characters."),
            ("Phone", "Must be a valid phone number, international or of the lead's country."),
            ("Visits", "Must be a number."),
        ],
        2: [("", "The row has 5 cells, the header 8.")],
        3: [("", "Has neither a reference nor an e-mail address nor a phone number.")],
        4: [("", "Holds a NUL character.")],
    }
    assert (await left_out(world, ended))[1].cells == ("2", "Bo Ek", "", "", "Ek")
    assert (await lead(world, "5"))["contact"]["firstName"] == "=HYPERLINK(1)"


async def test_a_known_lead_does_not_get_the_address_of_another_one(world: World) -> None:
    await imported(world, HEADER + "1,Ada,ada@lo.example,,,,,\n2,Bo,bo@lo.example,,,,,\n", MAPPING)

    own = await imported(world, HEADER + "1,Ada,ADA@lo.example,,,,,\n", MAPPING)
    ended = await imported(world, HEADER + "2,Boo,ada@lo.example,,,,,\n", MAPPING)

    # Writing the own address in another way takes nothing from anybody.
    assert counts(own) == {**counts(own), "updated": 1, "duplicates": 0}
    assert counts(ended) == {**counts(ended), "updated": 0, "duplicates": 1}
    assert [error.problems[0]["message"] for error in await left_out(world, ended)] == ["Another lead has this e-mail address."]
    assert (await lead(world, "2"))["contact"]["email"] == "bo@lo.example"
    allowed = await imported(world, HEADER + "2,Boo,ada@lo.example,,,,,\n", MAPPING + "      same_email: create\n")
    assert counts(allowed) == {**counts(allowed), "updated": 1, "duplicates": 0}


async def test_a_second_row_about_the_same_lead_is_a_duplicate(world: World) -> None:
    await world.lead(email="taken@lo.example")

    ended = await imported(
        world, HEADER + "1,Ada,ada@lo.example,,,,,\n1,Ada,,,,,,\n2,Bo,ADA@lo.example,,,,,\n3,Cy,taken@lo.example,,,,,\n", MAPPING
    )

    assert counts(ended) == {**counts(ended), "created": 1, "duplicates": 3}
    messages = [(error.row_number, error.problems[0]["message"]) for error in await left_out(world, ended)]
    assert messages == [
        (2, "An earlier row is about the same lead."),
        (3, "An earlier row is about the same lead."),
        (4, "Another lead has this e-mail address."),
    ]


async def test_without_references_leads_are_known_by_address_then_phone(world: World) -> None:
    mapping = "lead: {name: Name, email: Email, phones: Phone, company: Company}"
    header = "Name,Email,Phone,Company\n"
    await imported(world, header + "Ada,ada@lo.example,,Lo\nBo,,+351 912 345 678,Ek\n", mapping)

    ended = await imported(world, header + "Ada,Ada@lo.example,,Lo\nBo,,912345678,Ek & Co\n", mapping)

    assert counts(ended) == {**counts(ended), "created": 0, "unchanged": 0, "updated": 2}


HISTORY = """
        file: {dates: "%d-%m-%y"}
        lookups: {firms: {rows: [[firm, staff, millions], [Lo, "120", "2.5"]], key: firm, on: Company}}
        lead:
          references: {system: crm, id: Id}
          created_at: Begun
          company: Company
          employees: firms.staff
          annual_revenue: {column: firms.millions, times: 1000000}
          owner: Agent
          status: {column: Stage, map: {Won: CLOSED_WON, Talk: CONTACTED}}
          status_at: [Closed, Begun]
          deal:
            pipeline: {name: Past deals, stages: [{name: Talk, probability: 20}, {name: Won, kind: WON, probability: 100}]}
            before: {stage: {constant: Talk}, entered_at: Begun}
            stage: Stage
            entered_at: [Closed, Begun]
            value: Value
          activities: {type: {constant: EMAIL_OPENED}, at: Begun, subject: {text: "Opened {Id}"}}
          attempts: {outcome: {constant: INTERESTED}, at: Begun, duration: Seconds}
"""


async def test_history_arrives_as_it_was(world: World) -> None:
    text = "Id,Company,Agent,Stage,Begun,Closed,Value,Seconds\n1,Lo,ada,Won,03-01-26,05-02-26,900,75\n2,Ek,Nobody,Talk,31-02-26,,,\n"

    ended = await imported(world, text, HISTORY)

    assert counts(ended) == {**counts(ended), "created": 1, "failed": 1}
    assert [problem["message"] for problem in (await left_out(world, ended))[0].problems] == [
        "Must be a date or time as %d-%m-%y.",
        "Must be a date or time as %d-%m-%y.",
        "No agent has this name or address.",
        *["Must be a date or time as %d-%m-%y."] * 4,
    ]
    lo = await lead(world, "1")
    assert lo["company"] == {"name": "Lo", "industry": None, "employees": 120, "annualRevenue": "2500000"}
    assert (lo["owner"], lo["stage"], lo["status"], lo["createdAt"]) == (
        {"name": "Ada"},
        {"name": "Won"},
        "CLOSED_WON",
        "2026-01-03T00:00:00Z",
    )
    assert lo["statusHistory"]["nodes"] == [{"from": None, "to": "CLOSED_WON", "reason": "Imported", "at": "2026-02-05T00:00:00Z"}]
    assert lo["activities"]["nodes"] == [{"type": "EMAIL_OPENED", "subject": "Opened 1", "occurredAt": "2026-01-03T00:00:00Z"}]
    assert lo["contactAttempts"]["nodes"] == [{"outcome": "INTERESTED", "durationSeconds": 75}]
    # Company 5; the opened mail 2; 51–200 people and 1–10 millions are 10 and 5; contacted before 2.
    assert {each["key"]: each["points"] for each in lo["score"]["categories"]} == {
        "demographic": 5,
        "behavioural": 0,
        "engagement": 2,
        "firmographic": 15,
        "intent": 2,
    }


async def test_a_key_writes_no_owner_and_no_status_beyond_its_scopes(world: World) -> None:
    mapping = "lead: {references: {system: crm, id: Id}, owner: Owner, status: Status}"
    scopes = frozenset({Permission.READ_LEADS, Permission.IMPORT_LEADS})

    ended = await imported(world, "Id,Owner,Status\n1,Ada,CLOSED_WON\n", mapping, viewer=world.viewer(Role.INTEGRATION, scopes=scopes))

    assert ended.warnings == (
        "The owner is ignored: the key may not assign leads.",
        "The status is ignored: the key may not change it.",
    )
    first = await lead(world, "1")
    assert (first["owner"], first["status"]) == (None, "NEW")


async def test_a_deleted_lead_is_not_brought_back(world: World) -> None:
    await imported(world, HEADER + "1,Ada,,,,,,\n", MAPPING)
    await world.tell("deleteLead", {"leadId": await _id(world, "1")}, "errors { __typename }")

    ended = await imported(world, HEADER + "1,Ada,,,Lo,,,\n", MAPPING)

    assert counts(ended) == {**counts(ended), "updated": 0, "failed": 1}


async def test_the_statements_of_a_batch_do_not_depend_on_its_rows(world: World) -> None:
    async def statements(first: int, rows: int) -> int:
        text = HEADER + "".join(f"{id},Lead {id},l{id}@lo.example,,Lo,Web,vip,2\n" for id in range(first, first + rows))
        with world.recorded() as sql:
            await imported(world, text, MAPPING)
        return len([each for each in sql if not each.startswith("CREATE TEMPORARY")])

    # The first import also makes the tag.
    await imported(world, HEADER + "0,Lead 0,,,,,vip,\n", MAPPING)
    assert await statements(1, 10) == await statements(100, 200)


async def test_agents_come_with_their_teams_and_managers(world: World) -> None:
    mapping = """
        kind: agents
        agent: {name: Agent, email_domain: sales.example, manager: Boss, team: {text: "Team {Boss}"}, territories: Office}
    """
    text = "Agent,Boss,Office\nZoë Ng,Max Bo,East\nAda,Max Bo,East\n"

    ended = await imported(world, text, mapping)

    # Ada has had this address before.
    assert counts(ended) == {**counts(ended), "created": 1, "unchanged": 1}
    team = await world.ask("{ teams { nodes { name manager { name } members { nodes { name email territories } } } } }")
    assert [each for each in team["teams"]["nodes"] if each["name"] == "Team Max Bo"] == [
        {
            "name": "Team Max Bo",
            "manager": {"name": "Max Bo"},
            "members": {
                "nodes": [
                    {"name": "Max Bo", "email": "max.bo@sales.example", "territories": ["East"]},
                    {"name": "Zoë Ng", "email": "zoe.ng@sales.example", "territories": ["East"]},
                ]
            },
        }
    ]


async def test_whoever_watches_is_told_at_once_of_leads_that_a_file_brings(world: World) -> None:
    told: list[UUID] = []
    world.database.on_told = told.append
    try:
        await imported(world, HEADER + "1,Ada Lo,,,Lo,Web,,\n", MAPPING)
        assert told == [world.workspace.id]
        await imported(world, HEADER + "1,Ada Lo,,,Lo,Web,,\n", MAPPING)
        assert told == [world.workspace.id]
    finally:
        world.database.on_told = None
