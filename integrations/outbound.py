"""Sends requests to addresses that strangers gave: to public ones only, to the very address that was checked, within bounds."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, cast

import httpcore

from domain.web_addresses import (
    ANY_PUBLIC,
    HTTPS_PORT,
    BadWebAddress,
    IpAddress,
    Sink,
    WebAddress,
    WebPolicy,
    checked_web_address,
    is_public,
)

SECONDS = 10.0
MOST_BYTES = 64 * 1024

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


class _CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Resolves a name once, looks at what it resolved to, and connects to exactly that: the resolver is never asked again."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend, sink: Sink | None, resolve: Resolve) -> None:
        self._inner = inner
        self._sink = sink
        self._resolve = resolve

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 -- the library's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a public address of the host. Raises CallFailed when any of its addresses is not public."""
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError, ValueError) as error:
            raise CallFailed("The host's name cannot be resolved.") from error
        if not addresses:
            raise CallFailed("The host's name cannot be resolved.")
        wished = self._sink is not None and (host, port) == (self._sink.host, self._sink.port)
        # One private address among public ones is an attempt; nobody has both for good reasons.
        if not wished and not all(is_public(address) for address in addresses):
            raise CallFailed("The host's address is not a public one.")
        return await self._inner.connect_tcp(str(addresses[0]), port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait between two attempts to connect."""
        await self._inner.sleep(seconds)


class Outbound:
    """Calls strangers. Redirects are not followed, bodies are not inflated, certificates are always checked.

    `resolve` and `trust` are the system's, if nothing else is given.
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
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust or ssl.create_default_context(),
            max_connections=50,
            # A connection that is kept would answer for an address that was checked long ago.
            max_keepalive_connections=0,
            network_backend=_CheckedNetwork(cast(httpcore.AsyncNetworkBackend, httpcore.AnyIOBackend()), policy.sink, resolve),
        )

    async def close(self) -> None:
        """Close what is open."""
        await self._pool.aclose()

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send one request and read the beginning of its answer, in ten seconds in all. Raises CallFailed."""
        try:
            address = checked_web_address(url, self._policy)
        except BadWebAddress as error:
            raise CallFailed(str(error)) from error
        given = [(b"Host", _host(address)), *((name.encode(), value.encode()) for name, value in headers.items())]
        began = time.monotonic()
        try:
            async with (
                asyncio.timeout(self._seconds),
                self._pool.stream("POST", address.url, headers=given, content=body) as answer,
            ):
                excerpt = await _beginning(answer)
        except TimeoutError as error:
            raise CallFailed(f"No whole answer came within {self._seconds:g} seconds.") from error
        except httpcore.ConnectError as error:
            raise CallFailed(_connecting(error)) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError, ssl.SSLError) as error:
            raise CallFailed(f"The connection broke: {type(error).__name__}.") from error
        return Reply(
            answer.status,
            {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in answer.headers},
            excerpt,
            time.monotonic() - began,
        )


def _host(address: WebAddress) -> bytes:
    shown = f"[{address.host}]" if ":" in address.host else address.host
    usual = HTTPS_PORT if address.url.startswith("https:") else 80
    return (shown if address.port == usual else f"{shown}:{address.port}").encode()


def _connecting(error: Exception) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"The certificate is not good: {cause.verify_message}."
        cause = cause.__cause__ or cause.__context__
    return "No connection could be made."


async def _beginning(answer: httpcore.Response) -> bytes:
    """Read what may be kept of a body, and leave the rest."""
    read = b""
    async for piece in answer.aiter_stream():
        read += piece
        if len(read) >= MOST_BYTES:
            break
    return read[:MOST_BYTES]
