"""Work queues: the best lead that may be contacted now, for one at a time, until it is dealt with, given back, or the lease runs out."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from domain.access import Role
from domain.leads import Lead
from tests.worlds import World

ERRORS = "errors { __typename ... on UserError { code path } }"
ENDED = "errors { __typename ... on ClaimEnded { code path claimState } }"
CLAIMED = f"claim {{ id state leasedUntil actor {{ agent {{ name }} }} queue {{ name }} }} lead {{ id name }} nextReadyAt {ERRORS}"


async def queue(world: World, **more: Any) -> str:
    answer = await world.tell("createQueue", {"name": "Calls", "channel": "PHONE"} | more, f"queue {{ id version }} {ERRORS}")
    assert answer["errors"] == []
    return answer["queue"]["id"]


async def callable_lead(world: World, name: str, **fields: Any) -> Lead:
    number = len((await world.ask("{ leads(first: 100) { nodes { id } } }"))["leads"]["nodes"])
    known = {"last_name": name, "phones": (f"+3512100000{number:02}",), "country": "PT"}
    return await world.lead(**known | fields)


async def claim(world: World, id: str, viewer: Any = None, **more: Any) -> dict[str, Any]:
    return await world.tell("claimNextLead", {"queueId": id} | more, CLAIMED, viewer=viewer)


async def names_in_order(world: World, id: str) -> list[str | None]:
    """Claim until nothing is left."""
    names: list[str | None] = []
    while (answer := await claim(world, id))["claim"]:
        names.append(answer["lead"]["name"])
    return names


async def test_the_largest_expected_value_comes_first(world: World) -> None:
    deal = {"deal_currency": "EUR", "pipeline_id": world.pipeline.id, "stage_entered_at": world.at}
    # 2 % of 1,000; 10 % of 5,000; 50 % of 2,000; 30 % of 9,000, set by hand; one that is worth something only by its grade; and 10 % of
    # an amount in another currency, which counts as the 1,000 of those that nobody knows.
    await callable_lead(world, "Plain")
    await callable_lead(world, "Discovery", **deal, stage_id=world.stages[0].id, deal_value=Decimal(5000))
    await callable_lead(world, "Offer", **deal, stage_id=world.stages[1].id, deal_value=Decimal(2000))
    await callable_lead(world, "By hand", **deal, stage_id=world.stages[0].id, deal_value=Decimal(9000), deal_probability=30)
    foreign = {"deal_value": Decimal(900_000), "deal_currency": "JPY"}
    await callable_lead(world, "Yen", **deal | foreign, stage_id=world.stages[0].id)
    await callable_lead(world, "Graded", title="CEO", company="Lima", industry="Shoes", employees=900, annual_revenue=Decimal(10) ** 9)

    assert await names_in_order(world, await queue(world)) == ["By hand", "Offer", "Discovery", "Yen", "Graded", "Plain"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [("SCORE", ["Graded", "New", "Old"]), ("OLDEST", ["Old", "New", "Graded"]), ("LONGEST_UNTOUCHED", ["Old", "Graded", "New"])],
)
async def test_other_orders(world: World, order: str, expected: list[str]) -> None:
    await callable_lead(world, "New", created_at=world.at - timedelta(days=1), last_contacted_at=world.at - timedelta(days=1), title="CEO")
    await callable_lead(world, "Old", created_at=world.at - timedelta(days=9))
    await callable_lead(world, "Graded", title="CEO", company="Lima", last_contacted_at=world.at - timedelta(days=3))

    assert await names_in_order(world, await queue(world, order=order)) == expected


async def test_a_queue_tells_its_filter_as_it_is_sent_back(world: World) -> None:
    good = {"grade": {"in": ["A", "B"]}, "owner": {"isNull": True}}
    created = await world.tell("createQueue", {"name": "Good ones", "channel": "PHONE", "filter": good}, "queue { filter }")
    assert json.loads(created["queue"]["filter"]) == good
    unfiltered = await world.tell("createQueue", {"name": "All", "channel": "PHONE"}, "queue { filter }")
    assert json.loads(unfiltered["queue"]["filter"]) == {}


async def test_only_leads_that_may_be_contacted_now_are_given_out(world: World) -> None:
    await callable_lead(world, "Callable")
    await callable_lead(world, "Objects", do_not_call=True)
    await callable_lead(world, "Unreachable", phones=())
    await callable_lead(world, "Asleep", phones=("+14155552671",), country="US", time_zone="America/Los_Angeles")
    await callable_lead(world, "Won", status="CLOSED_WON")
    suppressed = await callable_lead(world, "Listed")
    await world.tell("suppress", {"channel": "PHONE", "addresses": list(suppressed.phones)}, "errors { __typename }")
    id = await queue(world)

    assert (await claim(world, id))["lead"]["name"] == "Callable"
    nothing = await claim(world, id)
    assert (nothing["claim"], nothing["lead"], nothing["errors"]) == (None, None, [])
    # At nine in California.
    assert nothing["nextReadyAt"] == "2026-06-30T16:00:00Z"
    world.at += timedelta(hours=4)
    assert await names_in_order(world, id) == ["Callable", "Asleep"]


async def test_what_changed_since_the_queue_was_filled_counts(world: World) -> None:
    leads = {name: await callable_lead(world, name) for name in ("First", "Second", "Third", "Fourth")}
    id = await queue(world, order="OLDEST")
    assert (await claim(world, id))["lead"]["name"] == "First"

    await world.tell("updateLead", {"leadId": world.id(leads["Second"]), "contact": {"doNotCall": True}}, "errors { __typename }")
    await world.tell("deleteLead", {"leadId": world.id(leads["Third"])}, "errors { __typename }")

    assert (await claim(world, id))["lead"]["name"] == "Fourth"


async def test_a_lease_that_runs_out_gives_the_lead_back(world: World) -> None:
    await callable_lead(world, "Only")
    id = await queue(world)
    first = await claim(world, id, world.viewer(Role.AGENT, world.ada), leaseSeconds=60)
    assert first["claim"]["leasedUntil"] == "2026-06-30T12:01:00Z"
    world.at += timedelta(seconds=59)
    assert (await claim(world, id))["claim"] is None

    beat = await world.tell(
        "heartbeatClaim", {"claimId": first["claim"]["id"], "leaseSeconds": 60}, f"claim {{ leasedUntil }} {ERRORS}",
        viewer=world.viewer(Role.AGENT, world.ada),
    )  # fmt: skip
    assert beat == {"claim": {"leasedUntil": "2026-06-30T12:01:59Z"}, "errors": []}
    world.at += timedelta(seconds=60)

    second = await claim(world, id, world.viewer(Role.AGENT, world.ben))
    assert (second["lead"]["name"], second["claim"]["actor"]["agent"]["name"]) == ("Only", "Ben")
    for mutation, more in (("heartbeatClaim", {}), ("releaseClaim", {}), ("completeClaim", {"outcome": "CONNECTED"})):
        late = await world.tell(mutation, {"claimId": first["claim"]["id"]} | more, ENDED, viewer=world.viewer(Role.AGENT, world.ada))
        assert late["errors"] == [{"__typename": "ClaimEnded", "code": "CLAIM_ENDED", "path": ["input", "claimId"], "claimState": "LAPSED"}]
    shown = await world.ask("{ leads { nodes { openClaim { id } claims { nodes { state endedAt } } } } }")
    assert shown["leads"]["nodes"][0] == {
        "openClaim": {"id": second["claim"]["id"]},
        "claims": {"nodes": [{"state": "ACTIVE", "endedAt": None}, {"state": "LAPSED", "endedAt": "2026-06-30T12:01:59Z"}]},
    }


async def test_a_completed_claim_records_the_attempt_and_lets_the_lead_rest(world: World) -> None:
    lead = await callable_lead(world, "Only")
    id = await queue(world, restMinutes=30)
    viewer = world.viewer(Role.AGENT, world.ada)
    held = await claim(world, id, viewer)

    request = {"claimId": held["claim"]["id"], "outcome": "NO_ANSWER", "durationSeconds": 20}
    selection = (
        "claim { state endedAt contactAttempt { outcome channel agent { name } } } lead { status } contactAttempt { durationSeconds }"
    )
    done = await world.tell("completeClaim", request, f"{selection} {ERRORS}", viewer=viewer)

    assert done == {
        "claim": {
            "state": "COMPLETED", "endedAt": "2026-06-30T12:00:00Z",
            "contactAttempt": {"outcome": "NO_ANSWER", "channel": "PHONE", "agent": {"name": "Ada"}},
        },
        "lead": {"status": "CONTACTED"},
        "contactAttempt": {"durationSeconds": 20},
        "errors": [],
    }  # fmt: skip
    told = [type for type, _ in await world.events(lead)]
    assert (told[0], "CONTACT_ATTEMPT_RECORDED" in told, told[-1] == "CLAIM_COMPLETED" or "CLAIM_COMPLETED" in told) == (
        "LEAD_CLAIMED",
        True,
        True,
    )
    world.at += timedelta(minutes=29)
    assert (await claim(world, id))["claim"] is None
    world.at += timedelta(minutes=2)
    assert (await claim(world, id))["lead"]["name"] == "Only"


async def test_a_claim_is_completed_with_what_its_channel_has(world: World) -> None:
    await callable_lead(world, "Only")
    held = await claim(world, await queue(world))
    before = await world.contents()

    wrong = await world.tell("completeClaim", {"claimId": held["claim"]["id"], "outcome": "OPENED", "durationSeconds": -1}, ERRORS)

    assert [error["path"] for error in wrong["errors"]] == [["input", "outcome"], ["input", "durationSeconds"]]
    assert await world.contents() == before


async def test_a_released_lead_comes_again_at_once(world: World) -> None:
    await callable_lead(world, "Only")
    id = await queue(world)
    held = await claim(world, id)

    given_back = await world.tell("releaseClaim", {"claimId": held["claim"]["id"], "note": "Lunch."}, f"claim {{ state note }} {ERRORS}")
    assert given_back == {"claim": {"state": "RELEASED", "note": "Lunch."}, "errors": []}
    world.at += timedelta(seconds=2)

    assert (await claim(world, id))["lead"]["name"] == "Only"


async def test_who_holds_a_claim_decides_about_it_and_so_do_managers(world: World) -> None:
    await callable_lead(world, "Only")
    held = await claim(world, await queue(world), world.viewer(Role.AGENT, world.ada))
    request = {"claimId": held["claim"]["id"]}

    denied = await world.tell("releaseClaim", request, ERRORS, viewer=world.viewer(Role.AGENT, world.ben))
    assert [error["code"] for error in denied["errors"]] == ["NOT_ALLOWED"]
    allowed = await world.tell("releaseClaim", request, ERRORS, viewer=world.viewer(Role.MANAGER))
    assert allowed["errors"] == []


async def test_a_lead_in_two_queues_is_claimed_once(world: World) -> None:
    await callable_lead(world, "Only")
    first, second = await queue(world), await queue(world, name="Again")

    assert (await claim(world, first))["lead"]["name"] == "Only"
    assert (await claim(world, second))["lead"] is None


async def test_agents_are_given_leads_that_they_may_see(world: World) -> None:
    await callable_lead(world, "Cleo's", owner_id=world.cleo.id, created_at=world.at - timedelta(days=2))
    await callable_lead(world, "Pool", created_at=world.at - timedelta(days=1))
    id = await queue(world, order="OLDEST")
    viewer = world.viewer(Role.AGENT, world.ada)

    # The first one to ask fills the queue for everybody.
    assert (await claim(world, id, viewer))["lead"]["name"] == "Pool"
    assert (await claim(world, id, viewer))["lead"] is None
    assert (await claim(world, id, world.viewer(Role.AGENT, world.cleo)))["lead"]["name"] == "Cleo's"
    hidden = await world.ask("{ queues { nodes { claims { totalCount } } } }", viewer=viewer)
    assert hidden["queues"]["nodes"] == [{"claims": {"totalCount": 1}}]


async def test_queues_are_named_changed_and_archived(world: World) -> None:
    await callable_lead(world, "Hot", country="DE", time_zone="Europe/Berlin")
    id = await queue(world, filter={"country": {"eq": "PT"}})
    assert (await claim(world, id))["lead"] is None

    taken = await world.tell("createQueue", {"name": "CALLS", "channel": "MEETING", "restMinutes": -1, "winChances": {"a": 101}}, ERRORS)
    assert [(error["code"], error["path"][1:]) for error in taken["errors"]] == [
        ("VALIDATION_FAILED", ["channel"]), ("VALIDATION_FAILED", ["winChances", "a"]), ("VALIDATION_FAILED", ["restMinutes"]),
        ("ALREADY_EXISTS", ["name"]),
    ]  # fmt: skip
    stale = await world.tell("updateQueue", {"queueId": id, "order": "SCORE", "expectedVersion": 7}, ERRORS)
    assert [error["code"] for error in stale["errors"]] == ["VERSION_CONFLICT"]
    changed = await world.tell(
        "updateQueue", {"queueId": id, "filter": {}, "winChances": {"a": 50}}, f"queue {{ version winChances {{ a b }} }} {ERRORS}"
    )
    assert changed == {"queue": {"version": 2, "winChances": {"a": 50, "b": 20}}, "errors": []}
    assert (await claim(world, id))["lead"]["name"] == "Hot"

    await world.tell("archiveQueue", {"queueId": id}, ERRORS)
    archived = await claim(world, id)
    assert [error["code"] for error in archived["errors"]] == ["QUEUE_ARCHIVED"]
    assert (await world.ask("{ queues { totalCount } }"))["queues"] == {"totalCount": 0}
    assert (await world.ask("{ queues(includeArchived: true) { totalCount } }"))["queues"] == {"totalCount": 1}
    await queue(world)


async def test_the_same_key_claims_once(world: World) -> None:
    await callable_lead(world, "One")
    await callable_lead(world, "Two")
    id = await queue(world)

    first = await claim(world, id, idempotencyKey="k")

    assert await claim(world, id, idempotencyKey="k") == first
    assert (await claim(world, id))["lead"]["id"] != first["lead"]["id"]


async def test_bounds_and_unknown_ids(world: World) -> None:
    id = await queue(world)

    assert [error["path"][1] for error in (await claim(world, world.id(world.ada), leaseSeconds=9))["errors"]] == [
        "queueId",
        "leaseSeconds",
    ]
    assert [error["path"][1] for error in (await claim(world, id, leaseSeconds=3601))["errors"]] == ["leaseSeconds"]
    unknown = await world.tell("completeClaim", {"claimId": id, "outcome": "BUSY"}, ERRORS)
    assert [error["code"] for error in unknown["errors"]] == ["NOT_FOUND"]
