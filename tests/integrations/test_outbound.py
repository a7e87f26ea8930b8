"""Addresses that strangers gave are called within bounds, and only where they were checked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from ipaddress import ip_address

import pytest

from domain.web_addresses import IpAddress, Sink, WebPolicy
from integrations.outbound import MOST_BYTES, CallFailed, Outbound
from tests.receivers import Receiver, receiving

PUBLIC = ip_address("93.184.216.34")
LOOPBACK = ip_address("127.0.0.1")


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        yield found


class Resolver:
    """Answers each time with the next list of addresses, and counts how often it was asked."""

    def __init__(self, *answers: Sequence[IpAddress]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def __call__(self, _host: str, _port: int) -> Sequence[IpAddress]:
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1]


async def failure(outbound: Outbound, url: str) -> str:
    with pytest.raises(CallFailed) as told:
        await outbound.post(url, b"{}", {})
    return str(told.value)


def to(receiver: Receiver, seconds: float = 10) -> Outbound:
    return Outbound(WebPolicy(sink=Sink("127.0.0.1", receiver.port)), seconds=seconds)


async def test_a_request_arrives_whole_and_its_answer_comes_back(receiver: Receiver) -> None:
    outbound = to(receiver)
    reply = await outbound.post(receiver.url + "/hooks?x=1", b'{"a": 1}', {"webhook-id": "m1"})
    (request,) = receiver.received
    assert (request.path, request.body, request.headers["webhook-id"]) == ("/hooks?x=1", b'{"a": 1}', "m1")
    assert request.headers["host"] == f"127.0.0.1:{receiver.port}"
    assert (reply.status, reply.excerpt) == (200, b"thanks")


@pytest.mark.parametrize("addresses", [[LOOPBACK], [PUBLIC, LOOPBACK], [ip_address("::1")], [ip_address("::ffff:10.0.0.1")]])
async def test_a_name_that_leads_inside_is_not_called(addresses: list[IpAddress]) -> None:
    assert await failure(Outbound(resolve=Resolver(addresses)), "https://hooks.acme.com/") == "The host's address is not a public one."


async def test_a_name_is_resolved_once_for_a_request_and_anew_for_the_next() -> None:
    # Public when it is looked at, this machine afterwards: the second answer is never asked for within a request.
    resolver = Resolver([PUBLIC], [LOOPBACK])
    outbound = Outbound(resolve=resolver, seconds=0.05)
    with pytest.raises(CallFailed):
        await outbound.post("https://hooks.acme.com/", b"{}", {})
    assert resolver.asked == 1
    assert await failure(outbound, "https://hooks.acme.com/") == "The host's address is not a public one."
    assert resolver.asked == 2


async def test_a_name_that_is_none_is_told() -> None:
    async def nothing(_host: str, _port: int) -> Sequence[IpAddress]:
        raise OSError("no such host")

    assert await failure(Outbound(resolve=nothing), "https://hooks.acme.com/") == "The host's name cannot be resolved."


async def test_a_redirect_is_an_answer_and_not_followed(receiver: Receiver) -> None:
    receiver.status, receiver.headers = 307, {"location": f"http://127.0.0.1:{receiver.port}/other"}
    outbound = to(receiver)
    reply = await outbound.post(receiver.url + "/hooks", b"{}", {})
    assert reply.status == 307
    assert [request.path for request in receiver.received] == ["/hooks"]


async def test_of_a_large_answer_only_the_beginning_is_read(receiver: Receiver) -> None:
    receiver.answer = b"x" * (50 * MOST_BYTES)
    outbound = to(receiver)
    reply = await outbound.post(receiver.url + "/hooks", b"{}", {})
    assert reply.excerpt == b"x" * MOST_BYTES


async def test_a_packed_answer_is_not_unpacked(receiver: Receiver) -> None:
    receiver.headers, receiver.answer = {"content-encoding": "gzip"}, b"\x1f\x8b not really"
    outbound = to(receiver)
    assert (await outbound.post(receiver.url + "/hooks", b"{}", {})).excerpt == b"\x1f\x8b not really"


async def test_a_receiver_that_never_answers_is_not_waited_for(receiver: Receiver) -> None:
    receiver.held = "/hooks"
    assert await failure(to(receiver, seconds=0.2), receiver.url + "/hooks") == "No whole answer came within 0.2 seconds."


async def test_an_answer_that_is_no_http_is_a_failure() -> None:
    async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.acme.com ESMTP\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    outbound = Outbound(WebPolicy(sink=Sink("127.0.0.1", port)))
    assert (await failure(outbound, f"http://127.0.0.1:{port}/")).startswith("The connection broke")
    server.close()


async def test_nobody_at_the_address_is_a_failure() -> None:
    outbound = Outbound(WebPolicy(sink=Sink("127.0.0.1", 1)))
    assert await failure(outbound, "http://127.0.0.1:1/") == "No connection could be made."
