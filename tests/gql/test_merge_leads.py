"""Two leads become one: whose values are kept, what moves along, and where the former id leads."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from domain.access import Role
from domain.leads import Lead, LeadSource
from domain.status import LeadStatus
from gql.ids import encode_id
from tests.worlds import World

SELECTION = """
    lead { id name status contact { email phones doNotCall } company { name employees } notes owner { name } version }
    merge { id at loser { id name email } survivor { id } decisions { field rule kept } moved { kind moved settled } unmergedAt }
    errors { ... on UserError { __typename code message path } ... on SameLead { lead { id } } }
"""


async def merge(world: World, survivor: Lead, loser: Lead, **more: Any) -> dict[str, Any]:
    return await world.tell("mergeLeads", {"survivorId": world.id(survivor), "loserId": world.id(loser), **more}, SELECTION)


async def record(world: World, lead: Lead, type: str, **more: Any) -> None:
    input = {"leadId": world.id(lead), "type": type, "occurredAt": world.at.isoformat(), **more}
    assert (await world.tell("recordActivity", input, "errors { ... on UserError { message } }"))["errors"] == []


async def test_the_survivor_keeps_its_values_and_takes_the_losers_where_it_has_none(world: World) -> None:
    survivor = await world.lead(first_name="Ana", email="ana@lima.example", phones=("+351210000001",), notes="Met in Porto.")
    loser = await world.lead(
        first_name="A.",
        last_name="Lima",
        email="a.lima@lima.example",
        phones=("+351210000002", "+351210000001"),
        company="Lima",
        employees=30,
        notes="Wants a call.",
        do_not_call=True,
        status=LeadStatus.QUALIFIED,
        owner_id=world.ada.id,
    )

    answer = await merge(world, survivor, loser)

    assert answer["errors"] == []
    assert answer["lead"] == {
        "id": world.id(survivor),
        "name": "Ana",
        "status": "QUALIFIED",
        "contact": {"email": "ana@lima.example", "phones": ["+351210000001", "+351210000002"], "doNotCall": True},
        "company": {"name": "Lima", "employees": 30},
        "notes": "Met in Porto.\n\nWants a call.",
        "owner": {"name": "Ada"},
        "version": 2,
    }
    assert answer["merge"]["loser"] == {"id": world.id(loser), "name": "A. Lima", "email": "a.lima@lima.example"}
    assert answer["merge"]["decisions"] == [
        {"field": "NAME", "rule": "NON_EMPTY", "kept": "SURVIVOR"},
        {"field": "EMAIL", "rule": "NON_EMPTY", "kept": "SURVIVOR"},
        {"field": "PHONES", "rule": "UNITED", "kept": "BOTH"},
        {"field": "COMPANY", "rule": "NON_EMPTY", "kept": "LOSER"},
        {"field": "EMPLOYEES", "rule": "NON_EMPTY", "kept": "LOSER"},
        {"field": "NOTES", "rule": "UNITED", "kept": "BOTH"},
        {"field": "STATUS", "rule": "FURTHEST", "kept": "LOSER"},
        {"field": "OWNER", "rule": "NON_EMPTY", "kept": "LOSER"},
    ]


async def test_a_rule_for_a_field_overrules_the_default(world: World) -> None:
    survivor = await world.lead(first_name="Ana", last_name="Lima", title="Director", company="Lima", notes="One")
    world.at += timedelta(hours=1)
    loser = await world.lead(first_name="Anna", title="Buyer", company=None, notes="Two", status=LeadStatus.NEW)
    fields = [
        {"field": "NAME", "keep": "LOSER"},
        {"field": "TITLE", "keep": "NEWEST"},
        {"field": "COMPANY", "keep": "NEWEST"},
        {"field": "NOTES", "keep": "SURVIVOR"},
    ]

    answer = await merge(world, survivor, loser, fields=fields)

    assert answer["lead"]["name"] == "Anna"
    assert answer["lead"]["company"]["name"] == "Lima"
    assert answer["lead"]["notes"] == "One"
    decided = {each["field"]: each["kept"] for each in answer["merge"]["decisions"]}
    assert decided == {"NAME": "LOSER", "TITLE": "LOSER", "COMPANY": "SURVIVOR", "NOTES": "SURVIVOR"}


async def test_the_score_is_that_of_the_facts_of_both(world: World) -> None:
    survivor = await world.lead(title="Director", source=LeadSource.OTHER)
    loser = await world.lead(company="Lima", source=LeadSource.WEBINAR, first_touch_at=world.at - timedelta(days=9))
    for lead, asset in ((survivor, "guide"), (loser, "guide"), (loser, "prices")):
        await record(world, lead, "CONTENT_DOWNLOADED", asset=asset)
    await record(world, loser, "WEBSITE_VISITED")

    await merge(world, survivor, loser)

    lead = (
        await world.ask(
            """query ($id: ID!) { lead(id: $id) { firstTouch { source } behaviour { contentDownloads websiteVisits } score { total }
                 scoreHistory(first: 1) { nodes { total cause } } } }""",
            {"id": world.id(survivor)},
        )
    )["lead"]
    # Director 10, company 5, webinar 5, two downloads of distinct assets 10, one visit 2.
    assert lead == {
        "firstTouch": {"source": "WEBINAR"},
        "behaviour": {"contentDownloads": 2, "websiteVisits": 1},
        "score": {"total": 32},
        "scoreHistory": {"nodes": [{"total": 32, "cause": "MERGE"}]},
    }


async def test_tags_references_and_histories_are_those_of_both(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna")
    await world.tell("tagLeads", {"leadIds": [world.id(survivor)], "tags": ["hot", "fair"]}, "errors { ... on UserError { message } }")
    await world.tell("tagLeads", {"leadIds": [world.id(loser)], "tags": ["hot", "north"]}, "errors { ... on UserError { message } }")
    await world.tell(
        "upsertLead",
        {"reference": {"system": "crm", "externalId": "7"}, "contact": {"firstName": "Bo"}},
        "errors { ... on UserError { message } }",
    )
    other = (await world.ask('{ lead(externalReference: { system: "crm", externalId: "7" }) { id } }'))["lead"]["id"]
    await record(world, loser, "NOTE_ADDED", body="Asked for prices.")

    answer = await merge(world, survivor, loser)
    second = await world.tell("mergeLeads", {"survivorId": world.id(survivor), "loserId": other}, SELECTION)

    assert second["errors"] == []
    assert {each["kind"]: (each["moved"], each["settled"]) for each in answer["merge"]["moved"]} == {
        "activities": (1, 0),
        "leadTags": (1, 1),
        "scoreEntries": (1, 0),
    }
    lead = await world.ask(
        """query ($id: ID!) { lead(id: $id) { tags { name } externalReferences { externalId } activities { nodes { body } }
                 merges { nodes { loser { name } } } } byReference: lead(externalReference: { system: "crm", externalId: "7" }) { id } }""",
        {"id": world.id(survivor)},
    )
    assert lead["lead"] == {
        "tags": [{"name": "fair"}, {"name": "hot"}, {"name": "north"}],
        "externalReferences": [{"externalId": "7"}],
        "activities": {"nodes": [{"body": "Asked for prices."}]},
        "merges": {"nodes": [{"loser": {"name": "Bo"}}, {"loser": {"name": "Anna"}}]},
    }
    assert lead["byReference"] == {"id": world.id(survivor)}


async def test_of_two_stages_only_one_goes_on(world: World) -> None:
    survivor, loser = await world.lead(), await world.lead(deal_value=Decimal(500), deal_currency="EUR")
    for lead, stage in ((survivor, world.stages[0]), (loser, world.stages[1])):
        moved = await world.tell(
            "moveLeadToStage", {"leadId": world.id(lead), "stageId": world.id(stage)}, "errors { ... on UserError { message } }"
        )
        assert moved["errors"] == []
    world.at += timedelta(days=1)

    answer = await merge(world, survivor, loser, fields=[{"field": "STAGE", "keep": "LOSER"}])

    assert answer["errors"] == []
    lead = (
        await world.ask(
            """query ($id: ID!) { lead(id: $id) { stage { name } deal { value { amount } }
                 stageHistory { nodes { stage { name } leftAt } } } }""",
            {"id": world.id(survivor)},
        )
    )["lead"]
    assert lead == {
        "stage": {"name": "Offer"},
        "deal": {"value": {"amount": "500"}},
        "stageHistory": {
            "nodes": [{"stage": {"name": "Offer"}, "leftAt": None}, {"stage": {"name": "Discovery"}, "leftAt": "2026-07-01T12:00:00Z"}]
        },
    }


async def do(world: World, mutation: str, input: dict[str, Any], selection: str = "") -> dict[str, Any]:
    answer = await world.tell(mutation, input, f"{selection} errors {{ ... on UserError {{ message }} }}")
    assert answer["errors"] == [], (mutation, answer)
    return answer


async def test_what_both_are_in_is_settled(world: World) -> None:
    survivor, loser = (
        await world.lead(first_name="Ana", email="ana@lima.example"),
        await world.lead(first_name="Anna", email="anna@lima.example"),
    )
    sequence = (await do(world, "createSequence", {"fromTemplate": "AWARENESS"}, "sequence { id }"))["sequence"]["id"]
    await do(world, "publishSequence", {"sequenceId": sequence})
    campaign = (await do(world, "createCampaign", {"name": "Spring", "type": "EMAIL", "variants": [{"name": "A"}]}, "campaign { id }"))[
        "campaign"
    ]["id"]
    await do(world, "startCampaign", {"campaignId": campaign})
    for number, lead in enumerate((survivor, loser)):
        id = world.id(lead)
        await do(world, "enrollLead", {"leadId": id, "sequenceId": sequence})
        await do(world, "addCampaignMembers", {"campaignId": campaign, "leadIds": [id]})
        clicked = {"type": "CLICKED", "occurredAt": (world.at - timedelta(hours=number)).isoformat()}
        await do(world, "recordCampaignTouch", {"campaignId": campaign, "leadId": id, **clicked})
        await do(world, "suppress", {"channel": "SOCIAL", "leadIds": [id], "reason": "OPT_OUT"})
    world.at += timedelta(hours=2)

    answer = await merge(world, survivor, loser)

    assert answer["errors"] == []
    settled = {each["kind"]: each["settled"] for each in answer["merge"]["moved"] if each["settled"]}
    assert settled == {"campaignMembers": 1, "enrollments": 1, "suppressions": 1}
    lead = (
        await world.ask(
            """query ($id: ID!) { lead(id: $id) {
                 enrollments(first: 5) { nodes { state exitReason } }
                 campaignMemberships { nodes { clickedAt } }
                 suppressions(first: 5) { nodes { channel liftedAt } } } }""",
            {"id": world.id(survivor)},
        )
    )["lead"]
    assert sorted((each["state"], each["exitReason"]) for each in lead["enrollments"]["nodes"]) == [
        ("ACTIVE", None),
        ("EXITED", "LEAD_MERGED"),
    ]
    assert lead["campaignMemberships"]["nodes"] == [{"clickedAt": "2026-06-30T11:00:00Z"}]
    assert [each["liftedAt"] for each in lead["suppressions"]["nodes"] if each["liftedAt"] is None] == [None]


async def test_the_timeline_shows_the_merge(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna")
    await merge(world, survivor, loser)

    timeline = await world.ask(
        "query ($id: ID!) { lead(id: $id) { timeline(types: [MERGE]) { nodes { __typename ... on LeadMerge { loser { name } } } } } }",
        {"id": world.id(survivor)},
    )
    assert timeline["lead"]["timeline"]["nodes"] == [{"__typename": "LeadMerge", "loser": {"name": "Anna"}}]


async def test_everything_that_is_wrong_is_said_and_nothing_is_written(world: World) -> None:
    survivor = await world.lead(phones=tuple(f"+35121000000{n}" for n in range(6)), notes="a" * 20_000)
    loser = await world.lead(phones=tuple(f"+35121000001{n}" for n in range(6)), notes="b" * 20_000)
    before = await world.contents()

    twice = [{"field": "NAME", "keep": "LOSER"}, {"field": "NAME", "keep": "FURTHEST"}]
    answer = await merge(world, survivor, loser, fields=twice)
    unknown = await world.tell(
        "mergeLeads", {"survivorId": world.id(survivor), "loserId": world.id(world.ada), "expectedVersion": 7}, SELECTION
    )

    assert [(each["message"], each["path"]) for each in answer["errors"]] == [
        ("NAME is named twice.", ["input", "fields", "1", "field"]),
        ("NAME cannot be FURTHEST.", ["input", "fields", "1", "keep"]),
        ("Together they have more than 10 phone numbers. Choose one of the two.", ["input", "fields"]),
        ("Together the notes are longer than 32 KiB. Choose one of the two.", ["input", "fields"]),
    ]
    assert [(each["code"], each["path"]) for each in unknown["errors"]] == [
        ("VERSION_CONFLICT", ["input", "expectedVersion"]),
        ("NOT_FOUND", ["input", "loserId"]),
    ]
    assert await world.contents() == before


async def test_a_lead_is_not_merged_with_itself_nor_twice_with_another(world: World) -> None:
    survivor, loser = await world.lead(), await world.lead()
    itself = await merge(world, survivor, survivor)
    await merge(world, survivor, loser)
    again = await merge(world, survivor, loser)
    back = await merge(world, loser, survivor)

    for answer in (itself, again, back):
        assert answer["errors"] == [
            {
                "__typename": "SameLead",
                "code": "SAME_LEAD",
                "message": "Both ids are those of one lead.",
                "path": ["input", "loserId"],
                "lead": {"id": world.id(survivor)},
            }
        ]


async def test_agents_do_not_merge(world: World) -> None:
    survivor, loser = await world.lead(), await world.lead()
    body = await world.answer(
        "mutation ($input: MergeLeadsInput!) { mergeLeads(input: $input) { errors { __typename } } }",
        {"input": {"survivorId": world.id(survivor), "loserId": world.id(loser)}},
        viewer=world.viewer(Role.AGENT, world.ada),
    )
    assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_merges_of_other_kinds_of_things_are_not_found(world: World) -> None:
    answer = await world.tell("unmergeLeads", {"mergeId": encode_id("Lead", world.ada.id)}, "errors { ... on UserError { code path } }")
    assert answer["errors"] == [{"code": "NOT_FOUND", "path": ["input", "mergeId"]}]


async def test_the_number_of_statements_does_not_depend_on_what_a_lead_has(world: World) -> None:
    counts: list[int] = []
    for rows in (2, 30):
        survivor, loser = await world.lead(), await world.lead()
        for lead in (survivor, loser):
            tags = [f"Tag {number}" for number in range(rows)]
            await do(world, "tagLeads", {"leadIds": [world.id(lead)], "tags": tags})
            for _ in range(rows):
                await record(world, lead, "NOTE_ADDED", body="Hello")
        with world.recorded() as statements:
            await merge(world, survivor, loser)
        counts.append(len(statements))
    assert counts[0] == counts[1]


async def test_a_dry_run_shows_the_merge_and_keeps_nothing(world: World) -> None:
    survivor, loser = await world.lead(first_name="Ana"), await world.lead(first_name="Anna", title="Buyer")
    await record(world, loser, "WEBSITE_VISITED")
    before = await world.contents()

    answer = await world.tell(
        "mergeLeads",
        {"survivorId": world.id(survivor), "loserId": world.id(loser), "dryRun": True},
        "lead { contact { title } score { total } } dryRun { changes { kind type } events { type } } errors { __typename }",
    )

    assert answer["lead"] == {"contact": {"title": "Buyer"}, "score": {"total": 2}}
    assert {(each["kind"], each["type"]) for each in answer["dryRun"]["changes"]} == {
        ("CREATED", "LeadMerge"),
        ("CREATED", "score_entries"),
        ("DELETED", "lead_scores"),
        ("UPDATED", "Activity"),
        ("UPDATED", "Lead"),
        ("UPDATED", "score_entries"),
        ("UPDATED", "lead_scores"),
    }
    assert [each["type"] for each in answer["dryRun"]["events"]] == ["LEAD_MERGED", "LEAD_SCORE_CHANGED", "LEAD_MERGED"]
    assert await world.contents() == before
