"""Consent is a ledger, suppressions are respected whatever way they came about, and a lead says whether it may be contacted, and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from domain.access import Permission, Role
from domain.leads import Lead
from tests.worlds import World

ERRORS = "errors { __typename ... on UserError { code path } }"
ENTRIES = f"entries {{ channel purpose action basis claimed }} lead {{ version consents {{ channel purpose state }} }} {ERRORS}"
SHOWN = "kind channel address reason note liftedAt liftNote lead { id }"
ROWS = f"rows {{ index suppression {{ {SHOWN} }} errors {{ ... on UserError {{ code path }} }} }} {ERRORS}"
CAN = """query ($id: ID!, $channel: ContactChannel!, $purpose: ConsentPurpose, $at: DateTime) {
  lead(id: $id) { canContact(channel: $channel, purpose: $purpose, at: $at) {
    verdict until zoneSource rulesVersion clocks { zone localTime } rules { kind verdict facts { name value } }
  } }
}"""


async def can_contact(world: World, lead: Lead, channel: str = "PHONE", **more: Any) -> tuple[str, list[str]]:
    asked = {"id": world.id(lead), "channel": channel, **({"purpose": "SALES"} | more)}
    decision = (await world.ask(CAN, asked))["lead"]["canContact"]
    return decision["verdict"], [rule["kind"] for rule in decision["rules"]]


async def ana(world: World, **fields: Any) -> Lead:
    return await world.lead(**{"email": "Ana@lima.example", "phones": ("+351210000001",), "country": "PT"} | fields)


def said(world: World, lead: Lead, **more: Any) -> dict[str, Any]:
    known = {
        "leadId": world.id(lead),
        "channels": ["EMAIL"],
        "purposes": ["MARKETING"],
        "source": "web form",
        "saidAt": world.at.isoformat(),
    }
    return known | more


async def test_consent_is_recorded_line_by_line(world: World) -> None:
    lead = await ana(world)
    assert await can_contact(world, lead, "EMAIL", purpose="MARKETING") == ("DENY", ["CONSENT"])

    answer = await world.tell("recordConsent", said(world, lead, channels=["EMAIL", "SMS"], evidence="Yes, please."), ENTRIES)

    assert answer["errors"] == []
    assert answer["entries"] == [
        {"channel": channel, "purpose": "MARKETING", "action": "GRANTED", "basis": "CONSENT", "claimed": False}
        for channel in ("EMAIL", "SMS")
    ]
    assert answer["lead"] == {
        "version": 1, "consents": [{"channel": channel, "purpose": "MARKETING", "state": "GRANTED"} for channel in ("EMAIL", "SMS")],
    }  # fmt: skip
    assert (await can_contact(world, lead, "EMAIL", purpose="MARKETING"))[0] == "ALLOW"
    assert [type for type, _ in await world.events(lead)] == ["CONSENT_RECORDED", "CONSENT_RECORDED"]


async def test_a_withdrawal_counts_from_when_it_was_said_and_no_claim_lifts_it(world: World) -> None:
    lead = await ana(world)
    await world.tell("recordConsent", said(world, lead), ENTRIES)
    world.at += timedelta(days=1)
    await world.tell("withdrawConsent", said(world, lead, source="phone call"), ENTRIES)
    world.at += timedelta(days=1)

    answer = await world.tell("recordConsent", said(world, lead, claimed=True, source="crm"), ENTRIES)
    assert answer["lead"]["consents"] == [{"channel": "EMAIL", "purpose": "MARKETING", "state": "WITHDRAWN"}]

    answer = await world.tell("recordConsent", said(world, lead, expiresAt=(world.at + timedelta(days=1)).isoformat()), ENTRIES)
    assert answer["lead"]["consents"][0]["state"] == "GRANTED"
    world.at += timedelta(days=1)
    data = await world.ask(
        "query ($id: ID!) { lead(id: $id) { consents { state entry { source } } consentHistory { totalCount nodes { claimed } } } }",
        {"id": world.id(lead)},
    )
    assert data["lead"]["consents"] == [{"state": "EXPIRED", "entry": {"source": "web form"}}]
    assert data["lead"]["consentHistory"]["totalCount"] == 4


async def test_consent_of_unknown_origin_is_none(world: World) -> None:
    lead = await ana(world)
    later = (world.at + timedelta(days=1)).isoformat()
    request = said(world, lead, channels=[], purposes=[], source=" ", saidAt=later, evidenceUrl="ftp://x", expiresAt=world.at.isoformat())
    before = await world.contents()

    answer = await world.tell("recordConsent", request, ENTRIES)

    assert [error["path"][1] for error in answer["errors"]] == ["saidAt", "channels", "purposes", "source", "evidenceUrl", "expiresAt"]
    assert await world.contents() == before
    unknown = await world.tell("withdrawConsent", said(world, lead, leadId=world.id(world.ada)), ENTRIES)
    assert unknown["errors"] == [{"__typename": "NotFound", "code": "NOT_FOUND", "path": ["input", "leadId"]}]


@pytest.mark.parametrize(
    ("channel", "outcome", "flag", "suppressed"),
    [
        ("PHONE", "DO_NOT_CALL", "doNotCall", ["PHONE"]),
        ("EMAIL", "UNSUBSCRIBED", "doNotEmail", ["EMAIL"]),
        ("SMS", "UNSUBSCRIBED", "doNotEmail", ["EMAIL", "SMS"]),
    ],
)
async def test_an_opt_out_is_a_suppression_and_a_withdrawal_in_the_same_transaction(
    world: World, channel: str, outcome: str, flag: str, suppressed: list[str]
) -> None:
    lead = await ana(world)
    attempt = {
        "leadId": world.id(lead),
        "channel": channel,
        "direction": "OUTBOUND",
        "outcome": outcome,
        "occurredAt": world.at.isoformat(),
    }

    selection = "suppressions { nodes { channel reason kind } } consents { channel purpose state }"
    answer = await world.tell("recordContactAttempt", attempt, f"lead {{ contact {{ {flag} }} {selection} }} {ERRORS}")

    assert answer["errors"] == []
    found = answer["lead"]
    assert found["contact"] == {flag: True}
    assert sorted(each["channel"] for each in found["suppressions"]["nodes"]) == suppressed
    assert {(each["reason"], each["kind"]) for each in found["suppressions"]["nodes"]} == {("OPT_OUT", "LEAD")}
    assert found["consents"] == [
        {"channel": each, "purpose": purpose, "state": "WITHDRAWN"} for each in suppressed for purpose in ("MARKETING", "SALES", "SERVICE")
    ]
    for each in suppressed:
        assert (await can_contact(world, lead, each))[0] == "DENY"


async def test_a_flag_and_its_suppression_are_set_and_lifted_together(world: World) -> None:
    lead = await ana(world)
    shown = "lead { contact { doNotCall } suppressions(includeLifted: true) { nodes { channel reason liftedAt } } }"

    def update(*, flag: bool) -> dict[str, Any]:
        return {"leadId": world.id(lead), "contact": {"doNotCall": flag}}

    answer = await world.tell("updateLead", update(flag=True), shown)
    assert answer["lead"]["suppressions"]["nodes"] == [{"channel": "PHONE", "reason": "OTHER", "liftedAt": None}]
    assert await can_contact(world, lead) == ("DENY", ["SUPPRESSION"])

    answer = await world.tell("updateLead", update(flag=False), shown)
    assert answer["lead"]["suppressions"]["nodes"] == [{"channel": "PHONE", "reason": "OTHER", "liftedAt": "2026-06-30T12:00:00Z"}]

    again = await world.tell("suppress", {"channel": "PHONE", "leadIds": [world.id(lead)], "reason": "COMPLAINT", "note": "Angry."}, ROWS)
    assert again["rows"][0]["suppression"] == {
        "kind": "LEAD", "channel": "PHONE", "address": None, "reason": "COMPLAINT", "note": "Angry.", "liftedAt": None, "liftNote": None,
        "lead": {"id": world.id(lead)},
    }  # fmt: skip
    data = await world.ask("query ($id: ID!) { lead(id: $id) { contact { doNotCall } } }", {"id": world.id(lead)})
    assert data["lead"]["contact"] == {"doNotCall": True}
    lifted = await world.tell("unsuppress", {"channel": "PHONE", "leadIds": [world.id(lead)], "note": "Calmed down."}, ROWS)
    assert lifted["rows"][0]["suppression"]["liftNote"] == "Calmed down."
    assert (await can_contact(world, lead))[0] == "ALLOW"


async def test_a_new_lead_that_must_not_be_called_is_suppressed_from_the_beginning(world: World) -> None:
    request = {"contact": {"lastName": "Lima", "email": "new@lima.example", "doNotEmail": True}}

    answer = await world.tell("createLead", request, f"lead {{ suppressions {{ nodes {{ channel }} }} }} {ERRORS}")

    assert answer["lead"]["suppressions"]["nodes"] == [{"channel": "EMAIL"}]


async def test_addresses_are_suppressed_in_bulk_in_the_form_in_which_leads_have_them(world: World) -> None:
    lead, other = await ana(world), await ana(world, email="other@lima.example", phones=("+351210000002",))
    numbers = ["210 000 001", "nonsense", "+351 210 000 001"]

    refused = await world.tell("suppress", {"channel": "PHONE", "addresses": numbers}, ROWS)
    assert refused["rows"] == []
    assert [error["path"] for error in refused["errors"]] == [["input", "addresses", "1"]]

    answer = await world.tell("suppress", {"channel": "PHONE", "addresses": numbers, "errorPolicy": "SKIP_FAILED"}, ROWS)
    addresses = [row["suppression"] and row["suppression"]["address"] for row in answer["rows"]]
    assert addresses == ["+351210000001", None, "+351210000001"]
    await world.tell("suppress", {"channel": "EMAIL", "addresses": ["ANA@lima.example"]}, ROWS)

    assert await can_contact(world, lead) == ("DENY", ["SUPPRESSION"])
    assert await can_contact(world, lead, "EMAIL") == ("DENY", ["SUPPRESSION"])
    assert (await can_contact(world, other))[0] == "ALLOW"
    listed = await world.ask('{ suppressions(filter: { address: "Ana@Lima.example" }) { totalCount nodes { address channel } } }')
    assert listed["suppressions"] == {"totalCount": 1, "nodes": [{"address": "ana@lima.example", "channel": "EMAIL"}]}

    await world.tell("unsuppress", {"channel": "PHONE", "addresses": ["+351210000001"]}, ROWS)
    assert (await can_contact(world, lead))[0] == "ALLOW"
    assert (await world.ask("{ suppressions { totalCount } }"))["suppressions"] == {"totalCount": 1}
    everything = "{ suppressions(filter: { includeLifted: true, channels: [PHONE], kinds: [ADDRESS] }) { totalCount } }"
    assert (await world.ask(everything))["suppressions"] == {"totalCount": 1}


async def test_a_whole_channel_stands_still_when_a_manager_says_so(world: World) -> None:
    lead = await ana(world)
    request = {"channel": "SMS", "wholeChannel": True, "reason": "LEGAL"}

    refused = await world.tell("suppress", request, ROWS, viewer=world.viewer(Role.AGENT, world.ada))
    assert [(error["code"], error["path"]) for error in refused["errors"]] == [("NOT_ALLOWED", ["input", "wholeChannel"])]

    await world.tell("suppress", request, ROWS)
    await world.tell("recordConsent", said(world, lead, channels=["SMS"], purposes=["SALES"]), ENTRIES)
    assert await can_contact(world, lead, "SMS") == ("DENY", ["SUPPRESSION"])
    await world.tell("unsuppress", {"channel": "SMS", "wholeChannel": True}, ROWS)
    assert (await can_contact(world, lead, "SMS"))[0] == "ALLOW"


async def test_targets_are_named_in_one_way(world: World) -> None:
    wrong: list[dict[str, Any]] = [
        {"channel": "PHONE"},
        {"channel": "PHONE", "wholeChannel": True, "addresses": ["+351210000001"]},
        {"channel": "SOCIAL", "addresses": ["@ana"]},
        {"channel": "PHONE", "addresses": []},
    ]
    answers = [await world.tell("suppress", request, ROWS) for request in wrong]

    assert [[error["path"][1] for error in answer["errors"]] for answer in answers] == [
        ["addresses"],
        ["addresses"],
        ["channel"],
        ["addresses"],
    ]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
async def test_nobody_asks_about_other_centuries(world: World, at: str) -> None:
    lead = await ana(world)
    body = await world.answer(CAN, {"id": world.id(lead), "channel": "PHONE", "purpose": "SALES", "at": at})
    assert [(error["message"], error["extensions"]["code"]) for error in body["errors"]] == [
        ("`at` must lie in the years 2000 to 2199.", "BAD_USER_INPUT")
    ]


async def test_a_decision_tells_the_clocks_the_zone_and_the_rules(world: World) -> None:
    lead = await ana(world, phones=("+351912345678",))
    asked = {"id": world.id(lead), "channel": "PHONE", "purpose": "SALES", "at": "2026-06-30T08:30:00Z"}

    decision = (await world.ask(CAN, asked))["lead"]["canContact"]

    assert decision == {
        "verdict": "DEFER",
        "until": "2026-06-30T09:00:00Z",
        "zoneSource": "PHONE_AND_COUNTRY",
        "rulesVersion": 0,
        "clocks": [
            {"zone": "Atlantic/Azores", "localTime": "2026-06-30T08:30:00"},
            {"zone": "Europe/Lisbon", "localTime": "2026-06-30T09:30:00"},
        ],
        "rules": [{"kind": "WINDOW", "verdict": "DEFER", "facts": [{"name": "zones", "value": "Atlantic/Azores, Europe/Lisbon"}]}],
    }


async def test_attempts_count_against_the_caps(world: World) -> None:
    lead = await ana(world)
    for minute in range(3):
        attempt = {
            "channel": "PHONE",
            "direction": "OUTBOUND",
            "outcome": "NO_ANSWER",
            "occurredAt": (world.at - timedelta(minutes=minute)).isoformat(),
        }
        await world.tell("recordContactAttempt", {"leadId": world.id(lead), **attempt}, ERRORS)

    assert await can_contact(world, lead) == ("DEFER", ["FREQUENCY_CAP"])
    assert (await can_contact(world, lead, "EMAIL"))[0] == "ALLOW"


async def test_rules_are_published_in_versions(world: World) -> None:
    lead = await ana(world)
    window = {"channel": "PHONE", "weekly": [{"day": "TUESDAY", "opens": "14:00", "closes": "15:00"}]}
    rules = "rules { version windows { channel weekly { day opens closes } } caps { days most } consent { need } }"
    selection = f"version {{ note {rules} }} {ERRORS}"

    wrong = {
        "windows": [{"channel": "PHONE", "weekly": [{"day": "MONDAY", "opens": "07:00", "closes": "soon"}]}],
        "caps": [{"days": 0, "most": 1}],
    }
    refused = await world.tell("updateContactRules", wrong | {"expectedVersion": 3}, selection)
    assert [error["path"][1:] for error in refused["errors"]] == [
        ["expectedVersion"],
        ["windows", "0", "weekly", "0"],
        ["caps", "0", "days"],
    ]

    answer = await world.tell("updateContactRules", {"windows": [window], "caps": [], "note": "Summer", "expectedVersion": 0}, selection)
    assert answer["errors"] == []
    assert answer["version"]["note"] == "Summer"
    assert answer["version"]["rules"]["windows"] == [window]
    assert (answer["version"]["rules"]["version"], answer["version"]["rules"]["caps"]) == (1, [])
    assert len(answer["version"]["rules"]["consent"]) == 15
    assert await can_contact(world, lead) == ("DEFER", ["WINDOW"])

    await world.tell("updateContactRules", {"consent": [{"channel": "PHONE", "purpose": "SALES", "need": "GIVEN"}]}, selection)
    assert await can_contact(world, lead) == ("DENY", ["CONSENT"])
    shown = await world.ask(
        "{ contactRules { version windows { channel } } contactRulesVersions { nodes { rules { version } note actor { kind } } } }"
    )
    assert shown["contactRules"] == {"version": 2, "windows": [{"channel": "PHONE"}]}
    assert [each["rules"]["version"] for each in shown["contactRulesVersions"]["nodes"]] == [2, 1]


async def test_two_hundred_leads_take_as_many_statements_as_two(world: World) -> None:
    counts: list[int] = []
    for number in (2, 60):
        for each in range(number):
            await ana(world, email=f"{number}-{each}@lima.example")
        with world.recorded() as statements:
            await world.ask("{ leads(first: 100) { nodes { canContact(channel: PHONE) { verdict } consents { state } } } }")
        counts.append(len(statements))
    assert counts == [6, 6]


async def test_agents_see_and_touch_what_concerns_their_leads_only(world: World) -> None:
    mine, hidden = await ana(world, owner_id=world.ada.id), await ana(world, owner_id=world.cleo.id, email="cleo@lima.example")
    viewer = world.viewer(Role.AGENT, world.ada)
    await world.tell("suppress", {"channel": "PHONE", "leadIds": [world.id(mine), world.id(hidden)]}, ROWS)
    await world.tell("suppress", {"channel": "EMAIL", "addresses": ["x@y.example"]}, ROWS)

    assert (await world.ask("{ suppressions { totalCount } }", viewer=viewer))["suppressions"] == {"totalCount": 1}
    assert (await world.ask("{ suppressions { totalCount } }"))["suppressions"] == {"totalCount": 3}
    answer = await world.tell("recordConsent", said(world, hidden), ENTRIES, viewer=viewer)
    assert [error["code"] for error in answer["errors"]] == ["NOT_FOUND"]
    denied = await world.answer(
        "mutation ($input: UnsuppressInput!) { unsuppress(input: $input) { rows { index } } }",
        {"input": {"channel": "PHONE", "leadIds": [world.id(mine)]}},
        viewer=viewer,
    )
    assert denied["errors"][0]["extensions"]["permission"] == Permission.MANAGE_CONSENT


async def test_leads_that_nobody_knows_are_refused_where_they_were_named(world: World) -> None:
    lead = await ana(world)
    request = {"channel": "SMS", "leadIds": [world.id(lead), world.id(world.ada)]}

    refused = await world.tell("suppress", request, ROWS)

    assert [(error["code"], error["path"]) for error in refused["errors"]] == [("NOT_FOUND", ["input", "leadIds", "1"])]
    assert (await world.ask("{ suppressions { totalCount } }"))["suppressions"] == {"totalCount": 0}


async def test_the_same_key_suppresses_once(world: World) -> None:
    lead = await ana(world)
    request = {"channel": "PHONE", "leadIds": [world.id(lead)], "idempotencyKey": "s"}

    first = await world.tell("suppress", request, ROWS)
    await world.tell("unsuppress", {"channel": "PHONE", "leadIds": [world.id(lead)]}, ROWS)

    assert await world.tell("suppress", request, ROWS) == first
    assert (await can_contact(world, lead))[0] == "ALLOW"
    entry = [await world.tell("recordConsent", said(world, lead, idempotencyKey="c"), ENTRIES) for _ in range(2)]
    assert entry[0] == entry[1]
    versions = [
        await world.tell("updateContactRules", {"caps": [], "idempotencyKey": "r"}, "version { rules { version } }") for _ in range(2)
    ]
    assert versions[0] == versions[1]
