"""Addresses that strangers gave are called within bounds, and only where they were checked."""

from __future__ import annotations

import asyncio
import gzip
import shutil
import ssl
import subprocess
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import Any

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


@asynccontextmanager
async def answering(answer: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]], **options: Any) -> AsyncGenerator[int]:
    """Listen until the block ends, and yield the port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await answer(reader, writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, **options)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def at(port: int, seconds: float = 10) -> tuple[Outbound, str]:
    return Outbound(WebPolicy(sink=Sink("127.0.0.1", port)), seconds=seconds), f"http://127.0.0.1:{port}/"


async def test_a_name_that_changes_its_mind_a_thousand_times_never_leads_inside() -> None:
    came: list[str] = []

    async def note(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        came.append("somebody")

    async with answering(note) as port:
        # Nothing is called from here: there is nothing behind the second public address either.
        resolver = Resolver(*([ip_address("2606:2800:220:1::1")], [LOOPBACK]) * 500)
        outbound = Outbound(WebPolicy(ports=frozenset({port})), resolve=resolver, seconds=0.01)
        said = [await failure(outbound, f"https://hooks.acme.com:{port}/") for _ in range(1_000)]
    assert resolver.asked == 1_000
    assert said[1::2] == ["The host's address is not a public one."] * 500
    assert "The host's address is not a public one." not in said[::2]
    assert came == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_kind_of_redirect_is_followed(receiver: Receiver, status: int) -> None:
    receiver.status, receiver.headers = status, {"location": f"http://127.0.0.1:{receiver.port}/other"}
    assert (await to(receiver).post(receiver.url + "/hooks", b"{}", {})).status == status
    assert [request.path for request in receiver.received] == ["/hooks"]


async def test_an_answer_that_drips_is_not_waited_for() -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with answering(drip) as port:
        assert await failure(*at(port, seconds=0.2)) == "No whole answer came within 0.2 seconds."


async def test_an_answer_without_end_is_left() -> None:
    sent = 0

    async def pour(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            await writer.drain()
            sent += 0x10000

    async with answering(pour) as port:
        outbound, url = at(port)
        assert (await outbound.post(url, b"{}", {})).excerpt == b"x" * MOST_BYTES
    # What the two sides' buffers hold, and nothing like ten gigabytes.
    assert sent < 50_000_000


async def test_a_small_answer_that_would_unpack_to_much_stays_small(receiver: Receiver) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    receiver.headers, receiver.answer = {"content-encoding": "gzip"}, bomb
    assert (await to(receiver).post(receiver.url + "/hooks", b"{}", {})).excerpt == bomb[:MOST_BYTES]


async def test_an_answer_with_a_thousand_headers_is_a_failure() -> None:
    async def boast(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n{}")
        writer.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"x-%d: %s\r\n" % (number, b"y" * 20) for number in range(1_000)) + b"\r\n")
        await writer.drain()

    async with answering(boast) as port:
        assert await failure(*at(port)) == "The connection broke: RemoteProtocolError."


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Make certificates: each signs itself."""
    directory = tmp_path_factory.mktemp("certificates")

    def make(name: str) -> Path:
        file = directory / f"{name}.pem"
        subject = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "-", "-out", "-"]
        file.write_bytes(subprocess.run([*command, *subject], check=True, capture_output=True).stdout)
        return file

    return make


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificates")
@pytest.mark.parametrize(
    ("name", "is_trusted", "said"),
    [
        ("hooks.acme.com", True, None),
        ("hooks.acme.com", False, "The certificate is not good: self-signed certificate."),
        ("hooks.other.com", True, "The certificate is not good: Hostname mismatch, certificate is not valid for 'hooks.acme.com'."),
    ],
)
async def test_a_certificate_is_always_checked(certificates: Callable[[str], Path], name: str, is_trusted: bool, said: str | None) -> None:
    file = certificates(name)
    here = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    here.load_cert_chain(file)
    trust = ssl.create_default_context(cafile=str(file) if is_trusted else None)

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n{}")
        writer.write(b"HTTP/1.1 204 Told\r\n\r\n")
        await writer.drain()

    async with answering(greet, ssl=here) as port:
        # The name stands for this machine, as a developer's sink does; that it is spoken to by https is up to the URL.
        policy = WebPolicy(ports=frozenset({port}), sink=Sink("hooks.acme.com", port))
        outbound, url = Outbound(policy, resolve=Resolver([LOOPBACK]), trust=trust), f"https://hooks.acme.com:{port}/"
        if said is None:
            assert (await outbound.post(url, b"{}", {})).status == 204
        else:
            assert await failure(outbound, url) == said
