"""Events reach their receivers: signed, in order for each lead, again after failures, and never lost or made twice."""

from __future__ import annotations

import asyncio
import base64
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError
from uuid_utils.compat import uuid7

from domain.leads import Lead
from domain.web_addresses import Sink, WebPolicy
from domain.webhooks import BREAKS_AFTER, LEASE, RETRIED_FOR, WebhookEndpoint, WebhookState, shown_secret
from gql.webhooks.shaping import Teller
from integrations.outbound import Outbound
from persistence.database import Database
from persistence.webhooks import add_webhook_endpoints, endpoints_behind, webhook_endpoint_by_id
from server.behind import sender
from tests.receivers import Receiver, receiving
from tests.webhook_seeding import webhook_endpoint
from tests.worlds import EXECUTOR, World
from usecases.forget_events import expire_cursors
from usecases.webhooks.deliver import Courier, Deliverer
from usecases.webhooks.forget import forget_some_deliveries
from usecases.webhooks.relay import relay_events
from usecases.webhooks.settle import Outcome, Turn, take_turn


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        yield found


class Post:
    """The relay and the deliverer of one process."""

    def __init__(self, world: World, receiver: Receiver) -> None:
        self.world = world
        self.outbound = Outbound(WebPolicy(sink=Sink("127.0.0.1", receiver.port)))
        tell = Teller(EXECUTOR, world.database, lambda: world.at)
        self.deliverer = Deliverer(world.database, Courier(sender(self.outbound), tell, lambda: world.at))

    async def relay(self) -> None:
        """Relay all that happened. Transactions of other tests hold the feed back as long as they run."""
        async with asyncio.timeout(30):
            while True:
                await relay_events(self.world.database, self.world.workspace.id, self.world.at)
                async with self.world.database.reading(self.world.scope) as db:
                    if not await endpoints_behind(db):
                        return
                await asyncio.sleep(0.01)

    async def go(self) -> int:
        """Relay what happened and send what is due; return how many deliveries were tried."""
        await self.relay()
        before = self.deliverer.sent
        while await self.deliverer.deliver_due(self.world.workspace.id):
            await self.deliverer.settled()
        return self.deliverer.sent - before


@pytest.fixture
async def post(world: World, receiver: Receiver) -> AsyncIterator[Post]:
    found = Post(world, receiver)
    yield found
    await found.deliverer.close()


async def endpoint(world: World, receiver: Receiver, name: str = "CRM", path: str = "/hooks", **fields: Any) -> WebhookEndpoint:
    made = webhook_endpoint(world, name, url=receiver.url + path, **fields)
    async with world.database.writing(world.scope) as tx:
        await add_webhook_endpoints(tx, [made])
    return made


async def now(world: World, made: WebhookEndpoint) -> WebhookEndpoint:
    async with world.database.reading(world.scope) as db:
        return (await webhook_endpoint_by_id(db, [made.id]))[made.id]


async def change(world: World, lead: Lead, status: str) -> None:
    payload = await world.tell("changeLeadStatus", {"leadId": world.id(lead), "status": status}, "errors { __typename }")
    assert payload["errors"] == []


def told(receiver: Receiver) -> list[tuple[str, int]]:
    return [(orjson.loads(each.body)["type"], each.data["sequence"]) for each in receiver.received]


async def test_an_event_arrives_once_and_its_signature_is_good(world: World, receiver: Receiver, post: Post) -> None:
    world.at = datetime.now(UTC)
    made = await endpoint(world, receiver)
    lead = await world.lead()
    await change(world, lead, "CONTACTED")

    await post.go()
    assert await post.go() == 0

    (arrived,) = [each for each in receiver.received if orjson.loads(each.body)["type"] == "LEAD_STATUS_CHANGED"]
    verified: Any = Webhook(shown_secret(made.secret)).verify(arrived.body, dict(arrived.headers))
    assert verified["data"]["lead"]["id"] == world.id(lead)
    assert verified["data"]["changes"] == [{"field": "status", "old": "NEW", "new": "CONTACTED"}]
    with pytest.raises(WebhookVerificationError):
        Webhook(base64.b64encode(b"another secret of 24 byt").decode()).verify(arrived.body, dict(arrived.headers))


async def test_only_wanted_types_are_sent_and_a_selection_shapes_them(world: World, receiver: Receiver, post: Post) -> None:
    await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",), selection="{ sequence lead { status owner { name } } }")
    lead = await world.lead(owner_id=world.ada.id)
    await world.tell("assignLead", {"leadId": world.id(lead), "agentId": world.id(world.ben)}, "errors { __typename }")
    await change(world, lead, "CONTACTED")
    await post.go()
    assert [each.data for each in receiver.received] == [{"sequence": 2, "lead": {"status": "CONTACTED", "owner": {"name": "Ben"}}}]


async def test_a_lead_whose_delivery_failed_waits_and_no_other_does(world: World, receiver: Receiver, post: Post) -> None:
    await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    first, second = await world.lead(), await world.lead()
    receiver.status = 500
    await change(world, first, "CONTACTED")
    assert await post.go() == 1
    receiver.status = 200
    await change(world, first, "NURTURING")
    await change(world, second, "CONTACTED")
    receiver.received.clear()

    assert await post.go() == 1
    assert [each.data["lead"]["id"] for each in receiver.received] == [world.id(second)]

    world.at += timedelta(seconds=31)
    await post.go()
    assert [each.data["changes"][0]["new"] for each in receiver.received[1:]] == ["CONTACTED", "NURTURING"]


async def test_a_delivery_is_tried_for_72_hours_and_then_given_up_for_those_behind_it(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    lead = await world.lead()
    await change(world, lead, "CONTACTED")
    receiver.status = 503
    began = world.at
    await post.go()
    while world.at < began + RETRIED_FOR:
        world.at += timedelta(hours=3)
        await post.go()
    receiver.status = 200
    world.at += timedelta(hours=1)
    await change(world, lead, "NURTURING")
    receiver.received.clear()
    await post.go()

    answer = await world.ask(
        "{ webhookEndpoints { nodes { missedEvents { type } deliveries { nodes { state attemptCount } } } } }", viewer=world.viewer()
    )
    (shown,) = answer["webhookEndpoints"]["nodes"]
    assert [each["state"] for each in shown["deliveries"]["nodes"]] == ["DELIVERED", "EXHAUSTED"]
    assert shown["missedEvents"] == [{"type": "LEAD_STATUS_CHANGED"}]
    assert [each.data["changes"][0]["new"] for each in receiver.received] == ["NURTURING"]
    assert (await now(world, made)).failures == 0


async def test_a_broken_receiver_is_left_alone_and_then_asked_with_one_request(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    receiver.status = 500
    leads = [await world.lead() for _ in range(BREAKS_AFTER + 5)]
    for lead in leads[:BREAKS_AFTER]:
        await change(world, lead, "CONTACTED")
    assert await post.go() == BREAKS_AFTER
    broken = await now(world, made)
    assert (broken.failures, broken.broken_until) == (BREAKS_AFTER, world.at + timedelta(minutes=1))
    for lead in leads[BREAKS_AFTER:]:
        await change(world, lead, "CONTACTED")
    assert await post.go() == 0

    world.at += timedelta(minutes=1)
    receiver.received.clear()
    assert await post.go() == 1
    assert (await now(world, made)).broken_until == world.at + timedelta(minutes=2)

    world.at += timedelta(minutes=2)
    receiver.status = 200
    await post.go()
    assert (await now(world, made)).failures == 0
    assert len(receiver.received) == 1 + len(leads)


async def test_requests_that_were_under_way_when_a_receiver_broke_do_not_lengthen_its_pause(
    world: World, receiver: Receiver, post: Post
) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    receiver.status = 500
    for _ in range(BREAKS_AFTER + 5):
        await change(world, await world.lead(), "CONTACTED")
    await post.relay()
    turns = [Turn(endpoint_id=made.id, lease=uuid7()) for _ in range(2)]
    taken = [(await take_turn(world.call(), turn)).deliveries for turn in turns]
    assert [len(each) for each in taken] == [10, 5]
    for turn, deliveries in zip(turns, taken, strict=True):
        await take_turn(world.call(), replace(turn, outcomes={each.id: Outcome(500, 1) for each in deliveries}, room=0))
    broken = await now(world, made)
    assert (broken.failures, broken.broken_until) == (BREAKS_AFTER, world.at + timedelta(minutes=1))


async def test_a_receiver_that_is_gone_gets_nothing_more(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    receiver.status = 410
    lead = await world.lead()
    await change(world, lead, "CONTACTED")
    await post.go()
    assert (await now(world, made)).state is WebhookState.GONE
    await change(world, lead, "NURTURING")
    assert await post.go() == 0


async def test_what_arrived_long_ago_does_not_count_as_missed_while_its_event_is_kept(world: World, receiver: Receiver, post: Post) -> None:
    await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    await change(world, await world.lead(), "CONTACTED")
    await post.go()
    seen = "{ webhookEndpoints { nodes { missedEvents { type } deliveries { totalCount } } } }"
    delivered: dict[str, Any] = {"webhookEndpoints": {"nodes": [{"missedEvents": [], "deliveries": {"totalCount": 1}}]}}
    written = datetime.now(UTC)

    # The partition of its event goes later than its last day; cursors go an hour before that.
    for told in (None, written - timedelta(minutes=30), written + timedelta(minutes=30)):
        if told is not None:
            await expire_cursors(world.call(), told)
        assert await forget_some_deliveries(world.call()) == 0
        assert await world.ask(seen) == delivered
    await expire_cursors(world.call(), written + timedelta(hours=2))
    assert await forget_some_deliveries(world.call()) == 1


async def test_an_outage_of_our_own_is_no_failure_of_a_receiver(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    await change(world, await world.lead(), "CONTACTED")
    await post.relay()
    gone = Database("postgresql://nobody@127.0.0.1:1/nothing")
    blind = Deliverer(world.database, Courier(sender(post.outbound), Teller(EXECUTOR, gone, lambda: world.at), lambda: world.at))
    await blind.deliver_due(world.workspace.id)
    await blind.settled()
    await blind.close()
    assert (receiver.received, (await now(world, made)).failures, blind.sent) == ([], 0, 0)

    world.at += LEASE
    assert await post.go() == 1
    assert [each.path for each in receiver.received] == ["/hooks"]


async def test_a_redirect_is_a_failure(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    receiver.status, receiver.headers = 308, {"location": receiver.url + "/elsewhere"}
    await change(world, await world.lead(), "CONTACTED")
    assert await post.go() == 1
    assert [each.path for each in receiver.received] == ["/hooks"]
    assert (await now(world, made)).failures == 1


async def test_a_request_that_hangs_holds_up_its_own_lead_alone(world: World, receiver: Receiver, post: Post) -> None:
    await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",), selection="{ lead { id } }")
    leads = [await world.lead() for _ in range(25)]
    for lead in leads:
        await change(world, lead, "CONTACTED")
        await change(world, lead, "NURTURING")
    await post.relay()
    receiver.held_body = world.id(leads[0]).encode()
    assert await post.deliverer.deliver_due(world.workspace.id) == 1
    for _ in range(1 + 2 * (len(leads) - 1)):
        await receiver.next_path()
    assert Counter(each.data["lead"]["id"] for each in receiver.received) == {
        **{world.id(lead): 2 for lead in leads}, world.id(leads[0]): 1,
    }  # fmt: skip
    receiver.let_go()
    await post.deliverer.settled()
    assert len(receiver.received) == 50


async def test_a_paused_receiver_misses_nothing(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    await world.tell("pauseWebhookEndpoint", {"endpointId": world.id(made)}, "errors { __typename }")
    lead = await world.lead()
    await change(world, lead, "CONTACTED")
    assert await post.go() == 0
    await world.tell("enableWebhookEndpoint", {"endpointId": world.id(made)}, "errors { __typename }")
    assert await post.go() == 1


async def test_for_a_day_both_secrets_sign(world: World, receiver: Receiver, post: Post) -> None:
    world.at = datetime.now(UTC) - timedelta(hours=24)
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    rotated = await world.tell("rotateWebhookSecret", {"endpointId": world.id(made)}, "secret endpoint { previousSecretUntil }")
    lead = await world.lead()
    await change(world, lead, "CONTACTED")
    await post.go()
    assert len(receiver.received[0].headers["webhook-signature"].split()) == 2

    world.at += timedelta(hours=24)
    await change(world, lead, "NURTURING")
    await post.go()
    last = receiver.received[-1]
    assert len(last.headers["webhook-signature"].split()) == 1
    Webhook(rotated["secret"]).verify(last.body, dict(last.headers))
    with pytest.raises(WebhookVerificationError):
        Webhook(shown_secret(made.secret)).verify(last.body, dict(last.headers))


async def test_a_range_is_replayed_in_order_and_a_test_overtakes(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    lead = await world.lead()
    for status in ("CONTACTED", "NURTURING"):
        await change(world, lead, status)
    await post.go()
    first = [each.headers["webhook-id"] for each in receiver.received]
    receiver.received.clear()

    since, until = world.at - timedelta(hours=1), world.at + timedelta(hours=1)
    replayed = await world.tell(
        "replayWebhookEvents", {"endpointId": world.id(made), "since": since.isoformat(), "until": until.isoformat()}, "count"
    )
    await world.tell("sendTestWebhook", {"endpointId": world.id(made)}, "delivery { kind }")
    await post.go()
    assert replayed == {"count": 2}
    assert [each.headers["webhook-id"] for each in receiver.received if b"WEBHOOK_TEST" not in each.body] == first
    assert sum(b"WEBHOOK_TEST" in each.body for each in receiver.received) == 1


async def test_what_a_killed_worker_had_taken_is_taken_up_after_its_lease(world: World, receiver: Receiver, post: Post) -> None:
    made = await endpoint(world, receiver, types=("LEAD_STATUS_CHANGED",))
    lead = await world.lead()
    await change(world, lead, "CONTACTED")
    await post.relay()
    lost = Turn(endpoint_id=made.id, lease=uuid7())
    (taken,) = (await take_turn(world.call(), lost)).deliveries
    assert await post.go() == 0

    world.at += LEASE
    assert await post.go() == 1
    late = await take_turn(world.call(), replace(lost, outcomes={taken.id: Outcome(500, 1)}))
    assert late.settled == []
    answer = await world.ask("{ webhookEndpoints { nodes { deliveries { nodes { state attemptCount attempts { status } } } } } }")
    (delivery,) = answer["webhookEndpoints"]["nodes"][0]["deliveries"]["nodes"]
    assert delivery == {"state": "DELIVERED", "attemptCount": 1, "attempts": [{"status": 200}, {"status": 500}]}


async def test_a_slow_receiver_holds_no_other_up(world: World, receiver: Receiver, post: Post) -> None:
    await endpoint(world, receiver, "Slow", types=("LEAD_STATUS_CHANGED",), path="/slow")
    await endpoint(world, receiver, "Quick", types=("LEAD_STATUS_CHANGED",))
    lead = await world.lead()
    receiver.held = "/slow"
    for status in ("CONTACTED", "NURTURING"):
        await change(world, lead, status)
        await post.relay()
        await post.deliverer.deliver_due(world.workspace.id)
        while await receiver.next_path() == "/slow":
            pass
        await post.deliverer.settled(but=1)
    assert [each.data["changes"][0]["new"] for each in receiver.received if each.path == "/hooks"] == ["CONTACTED", "NURTURING"]
    receiver.let_go()
    await post.deliverer.settled()


@pytest.mark.parametrize(
    ("url", "message"),
    [("https://127.0.0.1/", "The address is not a public one."), ("http://hooks.acme.com/", "The URL begins with https://.")],
)
async def test_an_endpoint_is_a_public_address(world: World, url: str, message: str) -> None:
    payload = await world.tell(
        "createWebhookEndpoint", {"name": "CRM", "url": url}, "endpoint { id } errors { ... on UserError { message path } }"
    )
    assert payload == {"endpoint": None, "errors": [{"message": message, "path": ["input", "url"]}]}


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        ("{ nothing }", "Cannot query field `nothing` on type `Event`."),
        ("{ id } } other: __typename node(id: $id) { ... on Event { id }", "A selection is written in one pair of braces"),
        ("id", "Syntax"),
        ("{ __schema { types { name } } }", "Cannot query field `__schema`"),
    ],
)
async def test_a_selection_is_checked_when_it_is_saved(world: World, selection: str, message: str) -> None:
    payload = await world.tell(
        "createWebhookEndpoint",
        {"name": "CRM", "url": "https://hooks.acme.com/", "selection": selection},
        "endpoint { id } errors { ... on UserError { message path } }",
    )
    assert payload["endpoint"] is None
    assert all(error["path"] == ["input", "selection"] for error in payload["errors"])
    assert any(message in error["message"] for error in payload["errors"]), payload["errors"]
