"""Ways back: from what something leads to, to all that leads there; and nobody sees more on the way back than on the way there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.access import Permission, Role
from domain.webhooks import DeliveryKind
from gql.ids import decode_kind
from persistence.webhooks import add_webhook_deliveries, add_webhook_endpoints
from tests.campaigns import ERRORS, draft_campaign
from tests.models import in_use
from tests.sequence_plans import end, send
from tests.sequences import TWO_DAYS, published, published_anew
from tests.webhook_seeding import webhook_endpoint
from tests.worlds import World
from usecases.webhooks.relay import new_delivery


async def node(world: World, id: str, type: str, selection: str, viewer: Any = None) -> Any:
    query = f"query ($id: ID!) {{ node(id: $id) {{ ... on {type} {{ {selection} }} }} }}"
    return (await world.ask(query, {"id": id}, viewer=viewer))["node"]


async def test_a_contact_attempt_leads_to_the_claim_that_it_completed_and_to_what_is_to_be_done(world: World) -> None:
    await world.lead(last_name="Lima", phones=("+351210000001",), country="PT")
    queue = (await world.tell("createQueue", {"name": "Calls", "channel": "PHONE"}, "queue { id }"))["queue"]["id"]
    claim = (await world.tell("claimNextLead", {"queueId": queue}, "claim { id }"))["claim"]["id"]
    request = {"claimId": claim, "outcome": "NO_ANSWER"}
    attempt = (await world.tell("completeClaim", request, "contactAttempt { id }"))["contactAttempt"]["id"]

    found = await node(
        world, attempt, "ContactAttempt", "claims { id contactAttempt { id } } followUps { origin causedBy { id } } consentEntries { id }"
    )

    assert found == {
        "claims": [{"id": claim, "contactAttempt": {"id": attempt}}],
        "followUps": [{"origin": "POLICY", "causedBy": {"id": attempt}}],
        "consentEntries": [],
    }


async def test_the_follow_ups_of_an_attempt_go_with_its_lead(world: World) -> None:
    lead = await world.lead()
    request = {"leadId": world.id(lead), "channel": "PHONE", "direction": "OUTBOUND", "outcome": "NO_ANSWER"}
    request["occurredAt"] = world.at.isoformat()
    attempt = (await world.tell("recordContactAttempt", request, "contactAttempt { id }"))["contactAttempt"]["id"]
    assert len((await node(world, attempt, "ContactAttempt", "followUps { id }"))["followUps"]) == 1

    await world.tell("deleteLead", {"leadId": world.id(lead)}, ERRORS)

    assert await node(world, attempt, "ContactAttempt", "followUps { id }") == {"followUps": []}


async def test_an_attempt_leads_to_the_lines_of_the_ledger_that_it_wrote(world: World) -> None:
    lead = await world.lead()
    request = {"leadId": world.id(lead), "channel": "PHONE", "direction": "OUTBOUND", "outcome": "DO_NOT_CALL"}
    request["occurredAt"] = world.at.isoformat()

    payload = await world.tell(
        "recordContactAttempt",
        request,
        "contactAttempt { id consentEntries { channel purpose action contactAttempt { id } activity { id } } }",
    )

    attempt = payload["contactAttempt"]
    assert attempt["consentEntries"] == [
        {"channel": "PHONE", "purpose": purpose, "action": "WITHDRAWN", "contactAttempt": {"id": attempt["id"]}, "activity": None}
        for purpose in ("MARKETING", "SALES", "SERVICE")
    ]


async def test_a_variant_leads_to_the_money_that_is_its_own(world: World) -> None:
    campaign = await draft_campaign(world, variants=[{"name": "A"}, {"name": "B"}])
    variants = (await world.ask("query ($id: ID!) { campaign(id: $id) { variants { id name } } }", {"id": campaign}))["campaign"][
        "variants"
    ]
    of_a = {"campaignId": campaign, "variantId": next(each["id"] for each in variants if each["name"] == "A")}
    await world.tell("createCampaignBudgetLine", {**of_a, "label": "Pictures", "amount": {"amount": "100", "currency": "EUR"}}, ERRORS)
    await world.tell(
        "createCampaignBudgetLine", {"campaignId": campaign, "label": "Postage", "amount": {"amount": "50", "currency": "EUR"}}, ERRORS
    )
    for day in ("2026-06-01", "2026-06-02"):
        await world.tell("recordCampaignCost", {**of_a, "amount": {"amount": "30", "currency": "EUR"}, "incurredOn": day}, ERRORS)
    await world.tell(
        "recordCampaignCost", {"campaignId": campaign, "amount": {"amount": "40", "currency": "EUR"}, "incurredOn": "2026-06-03"}, ERRORS
    )

    found = {
        each["name"]: await node(
            world, each["id"], "CampaignVariant", "budgetLines { label variant { name } } costs { totalCount nodes { incurredOn } }"
        )
        for each in variants
    }

    assert found == {
        "A": {
            "budgetLines": [{"label": "Pictures", "variant": {"name": "A"}}],
            "costs": {"totalCount": 2, "nodes": [{"incurredOn": "2026-06-02"}, {"incurredOn": "2026-06-01"}]},
        },
        "B": {"budgetLines": [], "costs": {"totalCount": 0, "nodes": []}},
    }


async def test_an_event_leads_to_its_deliveries_for_those_who_manage_webhooks(world: World) -> None:
    endpoints = [webhook_endpoint(world, name) for name in ("Reports", "Mirror", "Silent")]
    lead = (await world.tell("createLead", {"contact": {"lastName": "Lima"}}, "lead { id events { nodes { id } } }"))["lead"]
    (event,) = lead["events"]["nodes"]
    told = [
        new_delivery(endpoint.id, DeliveryKind.EVENT, decode_kind("Event", event["id"]), decode_kind("Lead", lead["id"]), 1, world.at)
        for endpoint in endpoints[:2]
    ]
    async with world.database.writing(world.scope) as tx:
        await add_webhook_endpoints(tx, endpoints)
        await add_webhook_deliveries(tx, told)

    found = await node(world, event["id"], "Event", "webhookDeliveries { totalCount nodes { kind endpoint { name } event { id } } }")

    assert found["webhookDeliveries"]["totalCount"] == 2
    assert sorted((each["kind"], each["endpoint"]["name"], each["event"]["id"]) for each in found["webhookDeliveries"]["nodes"]) == [
        ("EVENT", "Mirror", event["id"]),
        ("EVENT", "Reports", event["id"]),
    ]


async def test_a_custom_field_leads_to_the_leads_that_hold_something_in_it(world: World) -> None:
    options = [{"key": "crm", "label": "CRM"}, {"key": "ads", "label": "Ads"}]
    request = {"key": "uses", "label": "Uses", "type": "MULTI_SELECT", "options": options}
    field = (await world.tell("createCustomField", request, "customField { id }"))["customField"]["id"]
    for name, value in (("Both", ["crm", "ads"]), ("One", ["ads"]), ("None", None)):
        given = [{"key": "uses", "value": {"options": value}}] if value else []
        await world.tell("createLead", {"contact": {"lastName": name}, "customFields": given}, ERRORS)

    selection = 'leads(orderBy: {field: NAME, direction: ASC}) { totalCount nodes { name customField(key: "uses") { field { id } } } }'
    found = await node(world, field, "CustomField", selection)

    assert found["leads"] == {
        "totalCount": 2,
        "nodes": [{"name": name, "customField": {"field": {"id": field}}} for name in ("Both", "One")],
    }


async def test_a_version_of_a_model_leads_to_the_leads_that_it_scored_and_to_what_it_moved(world: World) -> None:
    before = await world.lead(last_name="Before", title="CEO")
    shipped = (await node(world, world.id(before), "Lead", "score { model { published { id } } }"))["score"]["model"]["published"]["id"]
    version = await in_use(world)
    await world.lead(last_name="After", title="CEO")
    deleted = await world.lead(last_name="Deleted")
    await world.tell("deleteLead", {"leadId": world.id(deleted)}, ERRORS)

    selection = "leads(orderBy: {field: NAME}) { totalCount nodes { name score { model { published { id } } } } }"
    selection += " scoreChanges { totalCount nodes { total lead { name } } } workspace { id }"
    of_shipped, of_new = [await node(world, id, "ScoringModelVersion", selection) for id in (shipped, version["id"])]

    workspace = {"id": world.id(world.workspace)}
    assert of_shipped == {
        "leads": {"totalCount": 0, "nodes": []},
        "scoreChanges": {"totalCount": 1, "nodes": [{"total": 10, "lead": {"name": "Before"}}]},
        "workspace": workspace,
    }
    made = {"score": {"model": {"published": {"id": version["id"]}}}}
    assert of_new["leads"] == {"totalCount": 2, "nodes": [{"name": "Before", **made}, {"name": "After", **made}]}
    assert sorted((each["lead"]["name"], each["total"]) for each in of_new["scoreChanges"]["nodes"]) == [("After", 30), ("Before", 30)]


async def test_a_template_and_its_words_lead_to_the_versions_that_send_them(world: World) -> None:
    request = {"name": "Welcome", "channel": "EMAIL", "subject": "Hello", "text": "Hello"}
    template = (await world.tell("createMessageTemplate", request, "template { id current { id } }"))["template"]
    ids = {
        "template_id": decode_kind("MessageTemplate", template["id"]),
        "template_version_id": decode_kind("MessageTemplateVersion", template["current"]["id"]),
    }
    sequence, _ = await published(world, replace(send("first", "second"), **ids), replace(send("second", "end"), **ids), end())
    await published_anew(world, sequence, *TWO_DAYS)
    await published(world, *TWO_DAYS, name="Silent")

    versions = "sequenceVersions { totalCount nodes { number sequence { name } } }"
    found = await node(world, template["id"], "MessageTemplate", f"{versions} current {{ {versions} }}")

    once = {"totalCount": 1, "nodes": [{"number": 1, "sequence": {"name": "Warm up"}}]}
    assert found == {"sequenceVersions": once, "current": {"sequenceVersions": once}}


async def test_a_sequence_leads_to_the_history_of_its_enrollments(world: World) -> None:
    sequence, _ = await published(world)
    other, _ = await published(world, name="Other")
    lead = await world.lead(last_name="Lima")
    for each in (sequence, other):
        await world.tell("enrollLead", {"leadId": world.id(lead), "sequenceId": world.id(each)}, ERRORS)

    selection = "enrollmentHistory { totalCount nodes { kind lead { name } sequence { id } } }"
    found = await node(world, world.id(sequence), "Sequence", selection)

    assert found["enrollmentHistory"] == {
        "totalCount": 1,
        "nodes": [{"kind": "ENROLLED", "lead": {"name": "Lima"}, "sequence": {"id": world.id(sequence)}}],
    }


async def test_agents_meet_only_their_own_leads_on_the_way_back(world: World) -> None:
    sequence, _ = await published(world)
    version = await in_use(world)
    plan = {"key": "plan", "label": "Plan", "type": "TEXT"}
    field = (await world.tell("createCustomField", plan, "customField { id }"))["customField"]["id"]
    for name, owner in (("Mine", world.ada), ("Hidden", world.cleo)):
        lead = await world.lead(last_name=name, owner_id=owner.id)
        await world.tell("enrollLead", {"leadId": world.id(lead), "sequenceId": world.id(sequence)}, ERRORS)
        value = [{"key": "plan", "value": {"text": "pro"}}]
        await world.tell("updateLead", {"leadId": world.id(lead), "customFields": value}, ERRORS)
    ada = world.viewer(Role.AGENT, world.ada)

    ways = [
        (world.id(sequence), "Sequence", "found: enrollmentHistory { totalCount nodes { lead { name } } }"),
        (version["id"], "ScoringModelVersion", "found: scoreChanges { totalCount nodes { lead { name } } }"),
        (version["id"], "ScoringModelVersion", "found: leads { totalCount nodes { name } }"),
        (field, "CustomField", "found: leads { totalCount nodes { name } }"),
    ]
    histories, leads = [[(await node(world, *way, ada))["found"] for way in some] for some in (ways[:2], ways[2:])]

    assert histories == [{"totalCount": 1, "nodes": [{"lead": {"name": "Mine"}}]}] * 2
    assert leads == [{"totalCount": 1, "nodes": [{"name": "Mine"}]}] * 2


@pytest.mark.parametrize(
    ("query", "lacking"),
    [
        ("{ viewer { workspace { leads { totalCount } } } }", Permission.READ_LEADS),
        ("{ viewer { workspace { leads { edges { cursor } } } } }", Permission.READ_LEADS),
        ('{ node(id: "x") { ... on Event { webhookDeliveries { totalCount } } } }', Permission.MANAGE_WEBHOOKS),
    ],
)
async def test_how_many_there_are_is_told_only_to_those_who_may_see_them(world: World, query: str, lacking: Permission) -> None:
    without = world.viewer(scopes=frozenset(Permission) - {lacking})

    body = await world.answer(query, viewer=without)

    assert {(error["extensions"]["code"], error["extensions"]["permission"]) for error in body["errors"]} == {("FORBIDDEN", lacking)}
    assert "errors" not in await world.answer(query)
