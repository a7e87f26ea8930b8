"""What every path has in common: hosts, request ids, cross-origin reads, security headers, and failed authentications counted."""

from collections.abc import Mapping

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.http.bearer import GuessLimiter, Unauthenticated, bearer_token
from server.http.front_door import FrontDoor, FrontDoorSettings
from server.http.request_ids import request_id_of

OURS = "https://app.example"


async def hello(request: Request) -> Response:
    return Response(request_id_of(request.scope))


async def ask(
    headers: Mapping[str, str | bytes] | None = None, method: str = "GET", path: str = "/hello", **settings: list[str]
) -> httpx.Response:
    app = FrontDoor(Starlette(routes=[Route("/hello", hello, methods=["GET", "POST"])]), FrontDoorSettings(**settings))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost:8000") as client:
        sent = [(name.encode(), value if isinstance(value, bytes) else value.encode()) for name, value in (headers or {}).items()]
        return await client.request(method, path, headers=sent)


async def test_a_request_id_is_honoured_when_it_is_one() -> None:
    response = await ask({"x-request-id": "abc-123"})
    assert (response.text, response.headers["x-request-id"]) == ("abc-123", "abc-123")


@pytest.mark.parametrize("sent", [b"a\r\nset-cookie: x=1", b"a b", b"x" * 65, b"", b"\xff", b"<script>"])
async def test_anything_else_is_replaced(sent: bytes) -> None:
    response = await ask({"x-request-id": sent})
    assert response.headers["x-request-id"] == response.text
    assert len(response.text) == 24
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "localhost:", "[::1]:8000", "[::1]"])
async def test_hosts_on_the_list_are_answered(host: str) -> None:
    assert (await ask({"host": host}, hosts=["localhost", "[::1]"])).status_code == 200


@pytest.mark.parametrize("host", ["evil", "localhost.evil", "localhost:80@evil", "evil:8000", "localhost:x", "localhost, evil"])
async def test_hosts_off_the_list_are_421(host: str) -> None:
    response = await ask({"host": host}, hosts=["localhost"])
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (421, "MISDIRECTED_REQUEST")
    assert host not in response.text


async def test_other_origins_may_not_read_us() -> None:
    for origin in ("https://evil.example", "null", "https://app.example.evil", "http://app.example"):
        preflight = await ask({"origin": origin, "access-control-request-method": "POST"}, "OPTIONS", origins=[OURS])
        assert preflight.status_code == 403
        plain = await ask({"origin": origin}, origins=[OURS])
        assert not [name for name in (*preflight.headers, *plain.headers) if name.startswith("access-control-allow")]


async def test_listed_origins_may_read_us_by_name() -> None:
    preflight = await ask({"origin": OURS, "access-control-request-method": "POST"}, "OPTIONS", origins=[OURS])
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (204, OURS)
    assert "authorization" in preflight.headers["access-control-allow-headers"]
    plain = await ask({"origin": OURS}, "POST", origins=[OURS])
    assert (plain.headers["access-control-allow-origin"], plain.headers["vary"]) == (OURS, "origin")
    assert "access-control-allow-credentials" not in plain.headers


async def test_every_answer_carries_the_security_headers() -> None:
    for response in (await ask(), await ask(path="/nothing"), await ask({"host": "evil"}, hosts=["localhost"])):
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


def test_failures_are_counted_in_windows_and_by_address() -> None:
    guesses = GuessLimiter(allowed=2, seconds=60, addresses=2)
    assert [guesses.failed("a", 0), guesses.failed("a", 1), guesses.failed("a", 20)] == [None, None, 40]
    assert guesses.failed("b", 20) is None
    assert guesses.failed("a", 60) is None


def test_the_table_of_addresses_is_bounded() -> None:
    guesses = GuessLimiter(allowed=1, seconds=60, addresses=2)
    for address in ("a", "b", "c"):
        assert guesses.failed(address, 0) is None
    assert guesses.failed("c", 1) is not None
    assert guesses.failed("a", 1) is None


def test_a_bearer_token_is_one_word() -> None:
    assert bearer_token(["Bearer  abc.DEF-123 "]) == "abc.DEF-123"
    assert bearer_token([]) is None
    for header in ("Bearer a b", "Bearer a\tb", "Bearer", "Basic abc", "Bearerabc", ""):
        with pytest.raises(Unauthenticated):
            bearer_token([header])
