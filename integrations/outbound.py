"""Sends requests to addresses that strangers gave: to public ones only, to the very address that was checked, within bounds."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit, urlunsplit

import h11

from domain.web_addresses import (
    ANY_PUBLIC,
    HTTP_PORT,
    HTTPS_PORT,
    BadWebAddress,
    IpAddress,
    WebAddress,
    WebPolicy,
    checked_web_address,
    is_public,
)

SECONDS = 10.0
MOST_BYTES = 64 * 1024
# Headers are refused from 16 KiB on, as far as they do not come in one piece.
_PIECE = 4 * 1024

Resolve = Callable[[str, int], Awaitable[Sequence[IpAddress]]]


class CallFailed(Exception):
    """The request was not answered; the text says why, in words for whoever gave the address."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. `excerpt` is the beginning of the body, at most `MOST_BYTES`, as it was sent."""

    status: int
    headers: Mapping[str, str]
    excerpt: bytes
    seconds: float


async def resolved(host: str, port: int) -> Sequence[IpAddress]:
    """Ask the system's resolver for the addresses of a name."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [ip_address(place[4][0]) for place in found]


class Outbound:
    """Calls strangers. Redirects are not followed, bodies are not inflated, certificates are always checked.

    `resolve` and `trust` are the system's, if nothing else is given. Every request has a connection of its own: one that was kept would
    answer for an address that was checked long ago.
    """

    def __init__(
        self,
        policy: WebPolicy = ANY_PUBLIC,
        *,
        resolve: Resolve = resolved,
        trust: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._policy = policy
        self._seconds = seconds
        self._resolve = resolve
        self._trust = trust

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send one request and read the beginning of its answer, in so many seconds in all. Raises CallFailed."""
        try:
            address = checked_web_address(url, self._policy)
        except BadWebAddress as error:
            raise CallFailed(str(error)) from error
        began = time.monotonic()
        writer: asyncio.StreamWriter | None = None
        try:
            async with asyncio.timeout(self._seconds):
                reader, writer = await self._connected(address)
                answer, excerpt = await _exchanged(reader, writer, address, body, headers)
        except TimeoutError as error:
            raise CallFailed(f"No whole answer came within {self._seconds:g} seconds.") from error
        except (OSError, ssl.SSLError, h11.RemoteProtocolError) as error:
            raise CallFailed(f"The connection broke: {type(error).__name__}.") from error
        finally:
            if writer is not None:
                # Nobody waits for a farewell, least of all from whom answers without end.
                writer.transport.abort()
        answered = {name.decode("latin-1"): value.decode("latin-1") for name, value in answer.headers}
        return Reply(answer.status_code, answered, excerpt, time.monotonic() - began)

    async def _connected(self, address: WebAddress) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Resolve the name once, look at what it resolved to, and connect to exactly that. Raises CallFailed."""
        place = str(await self._checked(address))
        try:
            if not address.url.startswith("https:"):
                return await asyncio.open_connection(place, address.port)
            # The system's certificates are read when they are needed first: that takes a while, and many servers call nobody.
            self._trust = self._trust or ssl.create_default_context()
            return await asyncio.open_connection(place, address.port, ssl=self._trust, server_hostname=address.host)
        except ssl.SSLCertVerificationError as error:
            raise CallFailed(f"The certificate is not good: {error.verify_message.rstrip('.')}.") from error
        except (OSError, ssl.SSLError) as error:
            raise CallFailed("No connection could be made.") from error

    async def _checked(self, address: WebAddress) -> IpAddress:
        try:
            addresses = await self._resolve(address.host, address.port)
        except (OSError, UnicodeError, ValueError) as error:
            raise CallFailed("The host's name cannot be resolved.") from error
        if not addresses:
            raise CallFailed("The host's name cannot be resolved.")
        sink = self._policy.sink
        wished = sink is not None and (address.host, address.port) == (sink.host, sink.port)
        # One private address among public ones is an attempt; nobody has both for good reasons.
        if not wished and not all(is_public(each) for each in addresses):
            raise CallFailed("The host's address is not a public one.")
        return addresses[0]


async def _exchanged(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, address: WebAddress, body: bytes, headers: Mapping[str, str]
) -> tuple[h11.Response, bytes]:
    """Write the request, and read what may be kept of its answer. Raises h11.RemoteProtocolError when that is none."""
    connection = h11.Connection(h11.CLIENT)
    given = [("host", _host(address)), ("connection", "close"), ("content-length", str(len(body))), *headers.items()]
    request = h11.Request(method="POST", target=_target(address.url), headers=given)
    for part in (request, h11.Data(data=body), h11.EndOfMessage()):
        writer.write(connection.send(part) or b"")
    answer: h11.Response | None = None
    read = bytearray()
    while len(read) < MOST_BYTES:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(_PIECE))
        elif isinstance(event, h11.Response):
            answer = event
        elif isinstance(event, h11.Data):
            read += event.data
        elif not isinstance(event, h11.InformationalResponse):
            break
    if answer is None:
        raise h11.RemoteProtocolError("no answer")
    return answer, bytes(read[:MOST_BYTES])


def _target(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit(("", "", parts.path or "/", parts.query, ""))


def _host(address: WebAddress) -> str:
    shown = f"[{address.host}]" if ":" in address.host else address.host
    usual = HTTPS_PORT if address.url.startswith("https:") else HTTP_PORT
    return shown if address.port == usual else f"{shown}:{address.port}"
