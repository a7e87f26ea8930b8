"""GraphQL over HTTP as a client meets it: media types, bodies, methods, authentication, and the statuses that go with them."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import orjson
import pytest
from graphql import GraphQLResolveInfo, build_schema

from gql.execution import GraphQLExecutor
from server.http.bearer import Unauthenticated
from server.http.graphql import GraphQLEndpoint, RequestFacts
from server.http.negotiation import response_type

KEY = {"authorization": "Bearer good"}
JSON = {"content-type": "application/json"}
NEW = "application/graphql-response+json"
OLD = "application/json"
TYPENAME = {"query": "{ __typename }"}


async def authenticate(token: str, at: datetime) -> str:
    if token != "good":
        raise Unauthenticated
    return "viewer"


def is_our_viewer(viewer: str) -> bool:
    return viewer == "viewer"


def build_context(viewer: str, facts: RequestFacts) -> dict[str, Any]:
    return {"viewer": viewer, "at": facts.at, "request_id": facts.request_id}


def endpoint(**options: Any) -> GraphQLEndpoint[str]:
    schema = build_schema("type Query { echo(text: String, whole: Int): String, at: String, down: String } type Mutation { count: Int }")
    assert schema.query_type is not None

    def echo(_: object, __: GraphQLResolveInfo[Any], text: str | None = None, whole: int | None = None) -> str:
        return f"{text}{whole}"

    def at(_: object, info: GraphQLResolveInfo[Any]) -> str:
        return info.context["at"].isoformat()

    def down(*_: object) -> str:
        raise ConnectionRefusedError

    schema.query_type.fields["echo"].resolve = echo
    schema.query_type.fields["at"].resolve = at
    schema.query_type.fields["down"].resolve = down
    executor = GraphQLExecutor(schema, public_errors={ConnectionRefusedError: "DATABASE_UNAVAILABLE"})
    return GraphQLEndpoint(executor, authenticate, build_context, now=lambda: datetime(2026, 1, 2, tzinfo=UTC), **options)


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(endpoint()), base_url="http://localhost", headers=KEY) as opened:
        yield opened


async def post(client: httpx.AsyncClient, content: object, headers: Mapping[str, str] | None = None) -> httpx.Response:
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    return await client.post("/graphql", content=body, headers={**JSON, **(headers or {})})


def code(response: httpx.Response) -> str:
    [error] = response.json()["errors"]
    assert "data" not in response.json()
    assert error["extensions"]["requestId"]
    return error["extensions"]["code"]


def message(response: httpx.Response) -> str:
    return response.json()["errors"][0]["message"]


async def test_a_query_is_answered(client: httpx.AsyncClient) -> None:
    response = await post(
        client, {"query": "query E($t: String) { echo(text: $t) }", "variables": {"t": "ü🏃"}, "operationName": "E", "extensions": {"a": 1}}
    )
    assert (response.status_code, response.json()) == (200, {"data": {"echo": "ü🏃None"}})
    assert response.headers["cache-control"] == "no-store"


async def test_resolvers_are_told_the_instant_of_the_request(client: httpx.AsyncClient) -> None:
    assert (await post(client, {"query": "{ at }"})).json() == {"data": {"at": "2026-01-02T00:00:00+00:00"}}


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, OLD),
        ("", OLD),
        ("*/*", OLD),
        ("application/*", OLD),
        (OLD, OLD),
        (NEW, NEW),
        (f"{NEW}, {OLD}", NEW),
        (f"{OLD}, {NEW}", OLD),
        (f"{OLD};q=0.9, {NEW}", NEW),
        (f"{NEW};q=0.5, {OLD};q=0.8", OLD),
        (f"{NEW};q=0.5, */*", OLD),
        (f"{OLD};q=0, */*", NEW),
        (f"text/html, {NEW};charset=utf-8", NEW),
        ("APPLICATION/JSON", OLD),
        (f"{NEW}, application/graphql+json, {OLD}, text/event-stream, multipart/mixed", NEW),
        (f"text/event-stream, {OLD}", OLD),
        (f"{OLD}, multipart/mixed", OLD),
        ('text/x; a="application/json, x"', None),
        ("image/png", None),
        ("text/event-stream", None),
        ("*/*;q=0", None),
        ("application/jsonp", None),
        ("json", None),
        (f"{OLD};q=2", None),
    ],
)
def test_the_answers_media_type_follows_quality_then_order(accept: str | None, chosen: str | None) -> None:
    assert response_type([] if accept is None else [accept]) == chosen


async def test_what_is_not_acceptable_is_406(client: httpx.AsyncClient) -> None:
    response = await post(client, TYPENAME, {"accept": "image/png"})
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


async def test_request_errors_are_400_for_new_clients_and_200_for_old_ones(client: httpx.AsyncClient) -> None:
    for query in (
        "{",
        "{ nothing }",
        "query($n: Int!) { echo(whole: $n) }",
        "{ " + "__typename " * 600 + "}",
        "query A { at } query B { at }",
    ):
        new = await post(client, {"query": query}, {"accept": NEW})
        old = await post(client, {"query": query}, {"accept": OLD})
        assert (new.status_code, new.headers["content-type"]) == (400, f"{NEW}; charset=utf-8")
        assert (old.status_code, old.headers["content-type"]) == (200, f"{OLD}; charset=utf-8")
        assert code(new) == code(old)


BAD_BODIES: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "BAD_REQUEST", "Body is not JSON."),
    "a number": (b"1", "BAD_REQUEST", "Body must be an object."),
    "null": (b"null", "BAD_REQUEST", "Body must be an object."),
    "a string": (b'"x"', "BAD_REQUEST", "Body must be an object."),
    "an empty batch": (b"[]", "BATCHING_DISABLED", "Batches are not answered: send one operation a request."),
    "a nested batch": (b"[[]]", "BATCHING_DISABLED", "Batches are not answered: send one operation a request."),
    "a batch of two": (orjson.dumps([TYPENAME, TYPENAME]), "BATCHING_DISABLED", "Batches are not answered: send one operation a request."),
    "variables nested 2,000 deep": (
        b'{"query":"{at}","variables":{"a":' + b"[" * 2000 + b"]" * 2000 + b"}}",
        "BAD_REQUEST",
        "Body is not JSON.",
    ),
    "invalid UTF-8": (b'{"query":"{at}\xff"}', "BAD_REQUEST", "Body is not JSON."),
    "a byte order mark": (b'\xef\xbb\xbf{"query":"{at}"}', "BAD_REQUEST", "Body is not JSON."),
    "UTF-16": ('{"query":"{at}"}'.encode("utf-16"), "BAD_REQUEST", "Body is not JSON."),
    "an integer of 5,000 digits": (b'{"query":"{at}","variables":{"n":' + b"9" * 5000 + b"}}", "BAD_REQUEST", "Body is not JSON."),
    "a lone surrogate": (b'{"query":"{at}","variables":{"t":"\\ud800"}}', "BAD_REQUEST", "Body is not JSON."),
    "NaN": (b'{"query":"{at}","variables":{"n":NaN}}', "BAD_REQUEST", "Body is not JSON."),
    "no query": (b"{}", "BAD_REQUEST", "`query` must be a non-empty string."),
    "an empty query": (b'{"query":" "}', "BAD_REQUEST", "`query` must be a non-empty string."),
    "a query that is a list": (b'{"query":[]}', "BAD_REQUEST", "`query` must be a non-empty string."),
    "variables that are a list": (b'{"query":"{at}","variables":[]}', "BAD_REQUEST", "`variables` must be an object."),
    "variables that are text": (b'{"query":"{at}","variables":"{}"}', "BAD_REQUEST", "`variables` must be an object."),
    "an operation name that is a number": (b'{"query":"{at}","operationName":0}', "BAD_REQUEST", "`operationName` must be a string."),
    "extensions that are false": (b'{"query":"{at}","extensions":false}', "BAD_REQUEST", "`extensions` must be an object."),
    "extensions that are text": (b'{"query":"{at}","extensions":"x"}', "BAD_REQUEST", "`extensions` must be an object."),
}


@pytest.mark.parametrize(("body", "expected", "text"), BAD_BODIES.values(), ids=BAD_BODIES.keys())
async def test_a_body_that_is_no_request_is_400(client: httpx.AsyncClient, body: bytes, expected: str, text: str) -> None:
    response = await post(client, body)
    assert (response.status_code, code(response), message(response)) == (400, expected, text)


async def test_nul_in_a_variable_is_bad_input(client: httpx.AsyncClient) -> None:
    response = await post(client, b'{"query":"query($t: String) { echo(text: $t) }","variables":{"t":"a\\u0000"}}', {"accept": NEW})
    assert (response.status_code, code(response), message(response)) == (400, "BAD_USER_INPUT", "NUL is not allowed.")


async def test_an_integer_beyond_64_bits_is_not_an_int(client: httpx.AsyncClient) -> None:
    body = b'{"query":"query($n: Int) { echo(whole: $n) }","variables":{"n":' + b"9" * 30 + b"}}"
    assert code(await post(client, body, {"accept": NEW})) == "BAD_USER_INPUT"


async def test_the_last_of_equal_keys_wins_for_everybody(client: httpx.AsyncClient) -> None:
    response = await post(client, b'{"query":"{ nothing }","query":"{ __typename }"}')
    assert response.json() == {"data": {"__typename": "Query"}}
    assert code(await post(client, b'{"query":"{ __typename }","query":"{ nothing }"}')) == "GRAPHQL_VALIDATION_FAILED"


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "text/plain; x=application/json",
        "application/graphql",
        "application/json; charset=utf-7",
        "application/json; charset=latin-1",
        'application/json; charset="iso-8859-1"',
        "application/json, text/plain",
        "application/json; charset",
        "",
    ],
)
async def test_other_content_types_are_415(client: httpx.AsyncClient, content_type: str) -> None:
    response = await post(client, TYPENAME, {"content-type": content_type})
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_no_or_two_content_types_are_415(client: httpx.AsyncClient) -> None:
    assert (await client.post("/graphql", content=orjson.dumps(TYPENAME))).status_code == 415
    two = [("content-type", "application/json"), ("content-type", "application/json")]
    assert (await client.post("/graphql", content=orjson.dumps(TYPENAME), headers=two)).status_code == 415


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"', "application/json;x=y", "application/json;"]
)
async def test_json_in_utf8_is_understood_however_it_is_said(client: httpx.AsyncClient, content_type: str) -> None:
    assert (await post(client, TYPENAME, {"content-type": content_type})).status_code == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"])
async def test_other_methods_are_405(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/graphql?query={__typename}")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


async def test_a_document_over_its_limit_is_413_for_everybody(client: httpx.AsyncClient) -> None:
    response = await post(client, {"query": "{" + "at " * 20_000 + "}"}, {"accept": OLD})
    assert (response.status_code, code(response)) == (413, "REQUEST_TOO_LARGE")


@pytest.mark.parametrize("headers", [{}, {"content-length": "300000"}])
async def test_a_body_over_its_limit_is_413(client: httpx.AsyncClient, headers: dict[str, str]) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(300):
            yield b" " * 1_000

    response = await client.post("/graphql", content=chunks(), headers={**JSON, **headers})
    assert (response.status_code, code(response), response.headers["connection"]) == (413, "REQUEST_TOO_LARGE", "close")


async def test_an_unreachable_database_is_503_with_a_time_to_come_back(client: httpx.AsyncClient) -> None:
    response = await post(client, {"query": "{ down }"})
    assert (response.status_code, response.headers["retry-after"]) == (503, "1")
    assert response.json()["errors"][0]["extensions"]["code"] == "DATABASE_UNAVAILABLE"


async def test_what_fails_while_the_key_is_looked_up_is_answered_like_anything_else() -> None:
    async def fail(token: str, at: datetime) -> str:
        raise ConnectionRefusedError(at) if token == "away" else RuntimeError("password=hunter2")

    executor = GraphQLExecutor(build_schema("type Query { a: Int }"), public_errors={ConnectionRefusedError: "DATABASE_UNAVAILABLE"})
    app = GraphQLEndpoint(executor, fail, build_context)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        away = await post(client, TYPENAME, {"authorization": "Bearer away"})
        broken = await post(client, TYPENAME, {"authorization": "Bearer broken"})
    assert (away.status_code, away.headers["retry-after"], code(away)) == (503, "1", "DATABASE_UNAVAILABLE")
    assert (broken.status_code, code(broken), message(broken)) == (500, "INTERNAL", "Something went wrong on our side.")


async def test_the_cost_is_told_to_those_who_ask(client: httpx.AsyncClient) -> None:
    assert (await post(client, {"query": "{ at }"}, {"x-graphql-cost": "1"})).json()["extensions"] == {
        "cost": {"requested": 1, "allowed": 1_000}
    }


async def test_introspection_is_off_unless_the_viewer_is_allowed_it(client: httpx.AsyncClient) -> None:
    query = {"query": "{ __schema { queryType { name } } }"}
    assert code(await post(client, query)) == "INTROSPECTION_DISABLED"
    transport = httpx.ASGITransport(endpoint(allow_introspection=is_our_viewer))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=KEY) as allowed:
        assert (await post(allowed, query)).json() == {"data": {"__schema": {"queryType": {"name": "Query"}}}}


@pytest.mark.parametrize(
    "authorization",
    [
        [],
        ["Bearer"],
        ["Bearer "],
        ["Bearer a b"],
        ["Bearer good x"],
        ["Basic Z29vZA=="],
        ["good"],
        ["Bearer bad"],
        ["Bearer good", "Bearer good"],
        ["Bearer good, Bearer good"],
        ["Bearer " + "x" * 10_000],
        ["Bearer gööd"],
    ],
)
async def test_who_is_not_known_is_401_before_the_body_is_read(authorization: list[str]) -> None:
    read: list[str] = []

    async def chunks() -> AsyncIterator[bytes]:
        read.append("body")
        yield b"{"

    headers = [(b"content-type", b"application/json"), *((b"authorization", value.encode()) for value in authorization)]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(endpoint()), base_url="http://localhost") as stranger:
        request = stranger.build_request("POST", "/graphql?access_token=good", headers=headers, content=chunks(), cookies={"token": "good"})
        response = await stranger.send(request)
    assert (response.status_code, code(response), response.headers["www-authenticate"]) == (401, "UNAUTHENTICATED", "Bearer")
    assert message(response) == "A valid bearer token is needed."
    assert read == []


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER  "])
async def test_the_scheme_is_read_in_any_case(client: httpx.AsyncClient, scheme: str) -> None:
    assert (await post(client, TYPENAME, {"authorization": f"{scheme} good"})).status_code == 200


async def test_guessing_keys_is_slowed_down_and_the_right_key_is_not(client: httpx.AsyncClient) -> None:
    statuses = [(await post(client, TYPENAME, {"authorization": f"Bearer bad{n}"})).status_code for n in range(25)]
    assert statuses == [401] * 20 + [429] * 5
    throttled = await post(client, TYPENAME, {"authorization": "Bearer bad"})
    assert code(throttled) == "THROTTLED"
    assert 1 <= int(throttled.headers["retry-after"]) <= 61
    assert (await post(client, TYPENAME)).status_code == 200
