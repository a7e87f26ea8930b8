"""Which addresses of the web may be called on behalf of whoever gave them: public ones, written in one plain way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

LONGEST_URL = 2_000
HTTP_PORT = 80
HTTPS_PORT = 443

_NOT_IN_A_URL = re.compile(r"[^!-\[\]-~]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Names that no public server has, whatever a resolver says.
_PRIVATE_ENDINGS = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "test", "example", "invalid", "onion")
# Ways to write an IPv4 address inside an IPv6 one that `ipaddress` does not take apart by itself: NAT64, and its local form.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))

IpAddress = IPv4Address | IPv6Address


@dataclass(frozen=True, slots=True)
class Sink:
    """A receiver on this machine that a developer named: its host and port are called although they are not public."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class WebPolicy:
    """What an operator allows: ports besides 443, a developer's sink, and the names under which this service is reached itself."""

    ports: frozenset[int] = frozenset({HTTPS_PORT})
    own_hosts: frozenset[str] = frozenset()
    sink: Sink | None = None


ANY_PUBLIC = WebPolicy()


@dataclass(frozen=True, slots=True)
class WebAddress:
    """A URL that was checked as far as that is possible without resolving its name."""

    url: str
    host: str
    port: int


class BadWebAddress(ValueError):
    """The URL is not one that may be called; the text says why in words for whoever gave it."""


def is_public(address: IpAddress) -> bool:
    """Tell whether an address belongs to the public Internet, however it is wrapped."""
    if isinstance(address, IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return is_public(inner)
        if address.scope_id is not None or any(address in network for network in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inside(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    return IPv4Address(int(address) & 0xFFFF_FFFF) if address in _TRANSLATED[0] else None


def checked_web_address(text: str, policy: WebPolicy = ANY_PUBLIC) -> WebAddress:
    """Check a URL: https, one of the ports, a public name or address in its plain spelling, nothing besides path and query.

    Raises BadWebAddress.
    """
    parts = _split(text)
    host, port = _host_and_port(parts)
    sink = policy.sink
    if sink is not None and parts.scheme == "http" and (host, port) == (sink.host, sink.port):
        return WebAddress(text, host, port)
    if parts.scheme != "https":
        raise BadWebAddress("The URL begins with https://.")
    if port not in policy.ports:
        raise BadWebAddress(f"The port {port} is not called.")
    if host in {own.lower().rstrip(".") for own in policy.own_hosts}:
        raise BadWebAddress("The URL leads back to this service.")
    _check_host(host)
    return WebAddress(text, host, port)


def _split(text: str) -> SplitResult:
    if len(text) > LONGEST_URL:
        raise BadWebAddress(f"The URL has at most {LONGEST_URL:,} characters.")
    # Readers disagree about what these mean; names outside ASCII are written in their xn-- form.
    if _NOT_IN_A_URL.search(text):
        raise BadWebAddress("The URL has only letters, digits and signs of ASCII, and no spaces or backslashes.")
    try:
        parts = urlsplit(text)
    except ValueError:
        raise BadWebAddress("The URL cannot be read.") from None
    if "@" in parts.netloc:
        raise BadWebAddress("The URL carries no user name or password.")
    if "#" in text:
        raise BadWebAddress("The URL has no fragment.")
    return parts


def _host_and_port(parts: SplitResult) -> tuple[str, int]:
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadWebAddress("The URL's port is a number.") from None
    if not host or parts.netloc.endswith(":"):
        raise BadWebAddress("The URL names a host.")
    return host.rstrip(".") if host != "." else host, port if port is not None else HTTPS_PORT if parts.scheme == "https" else HTTP_PORT


def _check_host(host: str) -> None:
    labels = host.split(".")
    # Whatever ends in a number is an address to somebody: 127.1, 0x7f000001, 2130706433.
    if ":" in host or re.fullmatch(r"(?:0x[0-9a-f]*|\d+)", labels[-1]):
        try:
            address = ip_address(host)
        except ValueError:
            raise BadWebAddress("An address in numbers is written in its plain form.") from None
        if not is_public(address):
            raise BadWebAddress("The address is not a public one.")
        return
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise BadWebAddress("The host is no name of the Internet.")
    if len(labels) < 2 or any(host == ending or host.endswith("." + ending) for ending in _PRIVATE_ENDINGS):
        raise BadWebAddress("The host is not a public one.")
