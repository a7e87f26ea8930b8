"""What campaigns do with their members: each touch an activity of its lead, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.leads import Lead
from tests.campaigns import ERRORS, add, draft_campaign, refusals, running_campaign, touch
from tests.worlds import World


async def test_an_open_counts_for_the_score_and_for_the_member(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await add(world, campaign, lead)

    payload = await touch(world, campaign, lead, "OPENED", subject="What teams do first")

    assert payload["errors"] == []
    assert payload["activity"] == {
        "id": payload["activity"]["id"],
        "type": "EMAIL_OPENED",
        "occurredAt": "2026-06-30T12:00:00Z",
        "campaign": {"id": campaign},
    }
    assert payload["member"] == {
        "leftAt": None,
        "sentAt": "2026-06-30T12:00:00Z",
        "deliveredAt": "2026-06-30T12:00:00Z",
        "openedAt": "2026-06-30T12:00:00Z",
        "clickedAt": None,
        "respondedAt": None,
        "optedOutAt": None,
        "reportedConversionAt": None,
        "touches": 1,
        "lastTouchAt": "2026-06-30T12:00:00Z",
    }
    assert payload["lead"] == {
        "version": 1,
        "lastActivityAt": "2026-06-30T12:00:00Z",
        "score": {"total": 2},
        "behaviour": {"emailOpens": 1, "emailClicks": 0},
        "contact": {"doNotEmail": False, "doNotCall": False},
    }


async def test_what_is_sent_is_in_the_timeline_but_is_nothing_that_the_lead_did(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await add(world, campaign, lead)

    payload = await touch(world, campaign, lead, "SENT")
    await touch(world, campaign, lead, "DELIVERED")

    assert (payload["lead"]["lastActivityAt"], payload["lead"]["score"]["total"]) == (None, 0)
    query = """query ($id: ID!, $campaign: ID!) {
        lead(id: $id) {
            lastActivityAt
            timeline(types: [ACTIVITY]) { nodes { ... on Activity { type } } }
            activities(filter: {campaign: {eq: $campaign}}) { totalCount }
        }
        campaign(id: $campaign) { touches { nodes { type } } }
    }"""
    answer = await world.ask(query, {"id": world.id(lead), "campaign": campaign})
    assert answer["lead"] == {
        "lastActivityAt": None,
        "timeline": {"nodes": [{"type": "CAMPAIGN_DELIVERED"}, {"type": "CAMPAIGN_SENT"}]},
        "activities": {"totalCount": 2},
    }
    assert [each["type"] for each in answer["campaign"]["touches"]["nodes"]] == ["CAMPAIGN_DELIVERED", "CAMPAIGN_SENT"]


async def test_a_recalculation_from_scratch_agrees(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await add(world, campaign, lead)
    await touch(world, campaign, lead, "CLICKED")
    world.at += timedelta(days=1)
    before = await touch(world, campaign, lead, "SENT")

    again = await world.tell(
        "recalculateLeadScore", {"leadId": world.id(lead)}, "lead { lastActivityAt score { total } behaviour { emailClicks } }"
    )

    assert again["lead"] == {"lastActivityAt": "2026-06-30T12:00:00Z", "score": {"total": 3}, "behaviour": {"emailClicks": 1}}
    assert before["lead"]["lastActivityAt"] == "2026-06-30T12:00:00Z"


async def test_the_same_event_of_the_same_system_counts_once(world: World) -> None:
    campaign, lead, other = await running_campaign(world), await world.lead(), await world.lead()
    await add(world, campaign, lead, other)
    origin = {"source": "mailer", "sourceEventId": "e-1"}

    first = await touch(world, campaign, lead, "OPENED", **origin)
    again = await touch(world, campaign, lead, "OPENED", **origin)
    another_lead = await touch(world, campaign, other, "OPENED", **origin)
    another_kind = await touch(world, campaign, lead, "CLICKED", **origin)

    assert (first["created"], again["created"]) == (True, False)
    assert again["activity"] == first["activity"]
    assert again["member"]["touches"] == 1
    assert again["lead"]["behaviour"]["emailOpens"] == 1
    for payload in (another_lead, another_kind):
        assert refusals(payload) == [("AlreadyExists", ["input", "sourceEventId"])]


async def test_who_opts_out_leaves_and_is_marked_for_the_channel(world: World) -> None:
    mailing, calls, mixed = [await running_campaign(world, type, type=type) for type in ("EMAIL", "CALLING", "MULTI_CHANNEL")]
    lead = await world.lead()
    for campaign in (mailing, calls, mixed):
        await add(world, campaign, lead)

    neither = await touch(world, mixed, lead, "OPTED_OUT")
    by_mail = await touch(world, mailing, lead, "OPTED_OUT")
    by_phone = await touch(world, calls, lead, "OPTED_OUT")

    marks = [payload["lead"]["contact"] for payload in (neither, by_mail, by_phone)]
    assert marks == [
        {"doNotEmail": False, "doNotCall": False},
        {"doNotEmail": True, "doNotCall": False},
        {"doNotEmail": True, "doNotCall": True},
    ]
    assert by_mail["member"]["leftAt"] == by_mail["member"]["optedOutAt"] == "2026-06-30T12:00:00Z"
    left = [changes["opted_out"] for type, changes in await world.events(lead) if type == "LEAD_LEFT_CAMPAIGN"]
    assert left == [True, True, True]


async def test_touches_belong_to_members_of_campaigns_that_have_begun(world: World) -> None:
    draft, running = await draft_campaign(world), await running_campaign(world, "Autumn")
    lead, stranger = await world.lead(), await world.lead()
    await add(world, draft, lead)

    too_early = await touch(world, draft, lead, "SENT")
    too_many = await touch(world, running, stranger, "SENT", sourceEventId="e-1", occurredAt="1999-12-31T00:00:00Z")

    assert refusals(too_early) == [("WrongCampaignStatus", ["input", "campaignId"])]
    assert refusals(too_many) == [
        ("NotFound", ["input", "leadId"]),
        ("ValidationError", ["input", "occurredAt"]),
        ("ValidationError", ["input", "source"]),
    ]


async def test_late_touches_reach_who_left_and_what_is_over(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await add(world, campaign, lead)
    await world.tell("removeCampaignMembers", {"campaignId": campaign, "leadIds": [world.id(lead)]}, ERRORS)
    await world.tell("completeCampaign", {"campaignId": campaign}, ERRORS)

    payload = await touch(world, campaign, lead, "CLICKED")

    assert (payload["created"], payload["member"]["leftAt"]) == (True, "2026-06-30T12:00:00Z")


async def test_many_touches_are_recorded_row_by_row(world: World) -> None:
    campaign = await running_campaign(world)
    leads = [await world.lead() for _ in range(3)]
    await add(world, campaign, *leads[:2])
    touches = [(leads[0], "SENT"), (leads[1], "OPENED"), (leads[2], "SENT"), (leads[1], "CLICKED")]
    rows = [{"campaignId": campaign, "leadId": world.id(lead), "type": type, "occurredAt": world.at.isoformat()} for lead, type in touches]
    selection = f"rows {{ index created activity {{ type }} {ERRORS} }} {ERRORS}"

    refused = await world.tell("recordCampaignTouches", {"rows": rows}, selection)
    skipped = await world.tell("recordCampaignTouches", {"rows": rows, "errorPolicy": "SKIP_FAILED"}, selection)

    assert refusals(refused) == [("NotFound", ["input", "rows", "2", "leadId"])]
    assert [(row["created"], row["activity"] and row["activity"]["type"]) for row in skipped["rows"]] == [
        (True, "CAMPAIGN_SENT"),
        (True, "EMAIL_OPENED"),
        (None, None),
        (True, "EMAIL_CLICKED"),
    ]
    query = "query ($id: ID!) { campaign(id: $id) { members(filter: {reached: CLICKED}) { nodes { lead { id } touches } } } }"
    answer = await world.ask(query, {"id": campaign})
    assert answer["campaign"]["members"]["nodes"] == [{"lead": {"id": world.id(leads[1])}, "touches": 2}]


async def test_touches_are_not_recorded_as_plain_activities(world: World) -> None:
    lead = await world.lead()
    request = {"leadId": world.id(lead), "type": "CAMPAIGN_SENT", "occurredAt": world.at.isoformat()}

    assert refusals(await world.tell("recordActivity", request, ERRORS)) == [("ValidationError", ["input", "type"])]


LEDGER = """query ($id: ID!) { lead(id: $id) {
    consents { channel purpose state }
    consentHistory {
        nodes {
            channel purpose source evidence at recordedAt
            activity { id campaign { id } consentEntries { purpose } }
            contactAttempt { id }
        }
    }
} }"""


async def withdrawals(world: World, lead: Lead) -> list[dict[str, Any]]:
    return [changes for type, changes in await world.events(lead) if type == "CONSENT_WITHDRAWN"]


async def test_who_opts_out_withdraws_its_consent_to_direct_marketing_on_the_channel(world: World) -> None:
    campaign, lead = await running_campaign(world, "Autumn"), await world.lead()
    await add(world, campaign, lead)
    said = world.at
    world.at += timedelta(hours=1)

    payload = await touch(world, campaign, lead, "OPTED_OUT", occurredAt=said.isoformat(), source="mailer", sourceEventId="e-1")

    found = (await world.ask(LEDGER, {"id": world.id(lead)}))["lead"]
    assert found["consents"] == [
        {"channel": "EMAIL", "purpose": "MARKETING", "state": "WITHDRAWN"},
        {"channel": "EMAIL", "purpose": "SALES", "state": "WITHDRAWN"},
    ]
    lines = sorted(found["consentHistory"]["nodes"], key=lambda line: line["purpose"])
    assert lines == [
        {
            "channel": "EMAIL",
            "purpose": purpose,
            "source": "EMAIL campaign",
            "evidence": "Opted out of the campaign Autumn. mailer reported it as e-1.",
            "at": "2026-06-30T12:00:00Z",
            "recordedAt": "2026-06-30T13:00:00Z",
            "activity": {
                "id": payload["activity"]["id"],
                "campaign": {"id": campaign},
                "consentEntries": [{"purpose": "MARKETING"}, {"purpose": "SALES"}],
            },
            "contactAttempt": None,
        }
        for purpose in ("MARKETING", "SALES")
    ]
    assert await withdrawals(world, lead) == [
        {"channel": "EMAIL", "purposes": ["MARKETING", "SALES"], "withdrawn_at": "2026-06-30T12:00:00+00:00"}
    ]


async def test_lifting_the_suppression_of_an_opt_out_does_not_bring_the_consent_back(world: World) -> None:
    campaign, lead = await running_campaign(world, type="CALLING"), await world.lead(phones=("+351210000001",), country="PT")
    await add(world, campaign, lead)
    await touch(world, campaign, lead, "OPTED_OUT")
    can = "query ($id: ID!) { lead(id: $id) { sales: canContact(channel: PHONE, purpose: SALES) { verdict rules { kind } }"
    can += " service: canContact(channel: PHONE, purpose: SERVICE) { verdict rules { kind } } } }"
    suppressed = await world.ask(can, {"id": world.id(lead)})
    await world.tell("unsuppress", {"channel": "PHONE", "leadIds": [world.id(lead)]}, ERRORS)

    lifted = await world.ask(can, {"id": world.id(lead)})

    assert [each["verdict"] for each in suppressed["lead"].values()] == ["DENY", "DENY"]
    assert lifted["lead"]["sales"] == {"verdict": "DENY", "rules": [{"kind": "CONSENT"}]}
    assert lifted["lead"]["service"]["verdict"] == "ALLOW"


async def test_an_opt_out_that_is_reported_twice_is_written_once(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await add(world, campaign, lead)
    report = {
        "campaignId": campaign, "leadId": world.id(lead), "type": "OPTED_OUT", "occurredAt": world.at.isoformat(), "channel": "SMS",
        "source": "mailer", "sourceEventId": "e-1",
    }  # fmt: skip

    await world.tell("recordCampaignTouches", {"rows": [report, report]}, ERRORS)
    again = await touch(world, campaign, lead, "OPTED_OUT", source="mailer", sourceEventId="e-1")

    assert again["created"] is False
    found = (await world.ask(LEDGER, {"id": world.id(lead)}))["lead"]
    lines = sorted((line["channel"], line["purpose"]) for line in found["consentHistory"]["nodes"])
    assert lines == [("SMS", "MARKETING"), ("SMS", "SALES")]
    assert [each["channel"] for each in await withdrawals(world, lead)] == ["SMS"]


async def test_an_opt_out_without_a_channel_leaves_the_campaign_and_the_ledger_alone(world: World) -> None:
    campaign, lead = await running_campaign(world, type="MULTI_CHANNEL"), await world.lead()
    await add(world, campaign, lead)

    payload = await touch(world, campaign, lead, "OPTED_OUT")

    assert payload["member"]["leftAt"] == "2026-06-30T12:00:00Z"
    assert (await world.ask(LEDGER, {"id": world.id(lead)}))["lead"] == {"consents": [], "consentHistory": {"nodes": []}}


async def test_a_rehearsed_opt_out_shows_the_withdrawal_and_writes_none(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await add(world, campaign, lead)
    before = await world.contents()
    report = {"campaignId": campaign, "leadId": world.id(lead), "type": "OPTED_OUT", "occurredAt": world.at.isoformat(), "dryRun": True}

    payload = await world.tell(
        "recordCampaignTouch",
        report,
        "lead { consents { purpose state } contact { doNotEmail } } dryRun { changes { kind type } events { type } }",
    )

    assert payload["lead"] == {
        "consents": [{"purpose": "MARKETING", "state": "WITHDRAWN"}, {"purpose": "SALES", "state": "WITHDRAWN"}],
        "contact": {"doNotEmail": True},
    }
    assert [change["kind"] for change in payload["dryRun"]["changes"] if change["type"] == "consent_entries"] == ["CREATED", "CREATED"]
    told = [event["type"] for event in payload["dryRun"]["events"]]
    assert (told.count("CONSENT_WITHDRAWN"), told.count("SUPPRESSION_ADDED")) == (1, 1)
    assert await world.contents() == before


async def test_leads_that_opt_out_are_suppressed_on_the_channel(world: World) -> None:
    campaign, lead = await running_campaign(world), await world.lead()
    await add(world, campaign, lead)

    await touch(world, campaign, lead, "OPTED_OUT")
    await touch(world, campaign, lead, "OPTED_OUT", channel="SMS")

    told = [changes for type, changes in await world.events(lead) if type == "SUPPRESSION_ADDED"]
    assert sorted(told, key=str) == [{"channel": "EMAIL", "reason": "OPT_OUT"}, {"channel": "SMS", "reason": "OPT_OUT"}]
