"""Only public addresses in their plain spelling may be called for a stranger."""

from __future__ import annotations

from ipaddress import ip_address

import pytest

from domain.web_addresses import BadWebAddress, Sink, WebPolicy, checked_web_address, is_public


@pytest.mark.parametrize(
    ("url", "host", "port"),
    [
        ("https://hooks.acme.com/leads?x=1", "hooks.acme.com", 443),
        ("https://HOOKS.Acme.com./leads", "hooks.acme.com", 443),
        ("https://xn--bcher-kva.ch:443/", "xn--bcher-kva.ch", 443),
        ("https://93.184.216.34/", "93.184.216.34", 443),
        ("https://[2606:2800:220:1::1]/", "2606:2800:220:1::1", 443),
    ],
)
def test_a_public_address_is_taken(url: str, host: str, port: int) -> None:
    found = checked_web_address(url)
    assert (found.url, found.host, found.port) == (url, host, port)


LOOPBACK = ["127.0.0.1", "localhost", "0.0.0.0", "[::1]", "[::]", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.0.0.1."]  # noqa: S104 -- refused
UNICODE = ["127。0。0。1", "①②⑦.0.0.1", "ⓛocalhost", "bücher.ch"]
PRIVATE = [
    "169.254.169.254",
    "[fd00:ec2::254]",
    "100.64.0.1",
    "10.0.0.1",
    "192.168.0.1",
    "172.31.255.255",
    "224.0.0.1",
    "255.255.255.255",
    "198.18.0.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b::a9fe:a9fe]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[ff02::1]",
    "db.internal",
    "printer.local",
    "app.localhost",
    "intranet",
]


@pytest.mark.parametrize("host", LOOPBACK + UNICODE + PRIVATE)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_is_not_public_is_refused_in_any_spelling(scheme: str, host: str) -> None:
    with pytest.raises(BadWebAddress):
        checked_web_address(f"{scheme}://{host}/")


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.acme.com/",
        "ftp://hooks.acme.com/",
        "file:///etc/passwd",
        "//hooks.acme.com/",
        "hooks.acme.com",
        "https://",
        "https:///path",
        "https://user:pass@hooks.acme.com/",
        "https://hooks.acme.com@127.0.0.1/",
        "https://hooks.acme.com#@127.0.0.1/",
        "https://hooks.acme.com\\@127.0.0.1/",
        "https://hooks.acme.com/\r\nX-Evil: 1",
        "https://hooks.acme.com/\tx",
        "https://hooks.acme.com/ x",
        "https://hooks.acme.com:22/",
        "https://hooks.acme.com:25/",
        "https://hooks.acme.com:5432/",
        "https://hooks.acme.com:6379/",
        "https://hooks.acme.com:80/",
        "https://hooks.acme.com:/",
        "https://hooks.acme.com:port/",
        "https://hooks.acme.com:99999/",
        "https://-bad-.com/",
        "https://a..com/",
        "https://[fe80::1%25eth0]/",
        "https://[not-an-address]/",
        "https://hooks.acme.com/" + "x" * 5_000,
    ],
)
def test_what_two_readers_could_read_differently_is_refused(url: str) -> None:
    with pytest.raises(BadWebAddress):
        checked_web_address(url)


def test_a_developers_sink_is_the_only_exception() -> None:
    policy = WebPolicy(sink=Sink("127.0.0.1", 9000))
    assert checked_web_address("http://127.0.0.1:9000/x", policy).port == 9000
    for url in ("http://127.0.0.1:9001/x", "https://127.0.0.1:9000/x", "http://localhost:9000/x"):
        with pytest.raises(BadWebAddress):
            checked_web_address(url, policy)


def test_this_service_does_not_call_itself() -> None:
    with pytest.raises(BadWebAddress, match="back to this service"):
        checked_web_address("https://leads.acme.com/graphql", WebPolicy(own_hosts=frozenset({"Leads.Acme.com"})))


def test_another_port_is_called_where_the_operator_says_so() -> None:
    assert checked_web_address("https://hooks.acme.com:8443/", WebPolicy(ports=frozenset({443, 8443}))).port == 8443


@pytest.mark.parametrize(("address", "public"), [("8.8.8.8", True), ("::ffff:8.8.8.8", True), ("240.0.0.1", False), ("192.0.2.1", False)])
def test_publicness_looks_inside_wrapped_addresses(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public
