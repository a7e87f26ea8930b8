"""Operations run with their variables, costs and permissions checked, and their errors say nothing that they should not."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
import strawberry
from graphql import GraphQLError, GraphQLScalarType, GraphQLSchema, build_schema
from structlog.testing import capture_logs

from gql.documents import PreparedOperation
from gql.errors import PublicError, TopLevelError
from gql.execution import GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.limits import DocumentLimits

SDL = """
    input LeadFilter { or: [LeadFilter!], score: Int, in: [Int!] }
    input NoteInput { text: String!, filter: LeadFilter }
    enum Status { NEW WON }
    scalar Color
    type Lead { id: ID!, name: String, secret: String, related(first: Int, last: Int): Leads, brittle: String! }
    type Leads { nodes: [Lead!]! }
    type Query {
      lead(id: ID!): Lead
      leads(first: Int, filter: LeadFilter): Leads
      nodes(ids: [ID!]!): [Lead]
      status(is: Status): Status
      fails: String
      refuses: String
      down: String
      waits: String
      size(of: Int! = 1): Int
      paint(with: Color): String
    }
    type Mutation { note(input: NoteInput!): String, down: String }
    type Subscription { tick: Int }
"""


class DatabaseAway(Exception):
    """Stand for an exception of a layer below."""


def fails(*_: Any) -> str:
    raise RuntimeError("password=hunter2")


def refuses(*_: Any) -> str:
    raise PublicError("THROTTLED", "Slow down.", {"retryAfter": 3})


def down(*_: Any) -> str:
    raise DatabaseAway("10.0.0.7:5432")


def lead(*_: Any, **__: Any) -> dict[str, Any]:
    return {"id": "1", "name": "Ada", "brittle": None}


def size(*_: Any, of: int) -> int:
    return of


def noted(*_: Any, **__: Any) -> str:
    return "noted"


def schema(**resolvers: Any) -> GraphQLSchema:
    built = build_schema(SDL)
    assert built.query_type is not None
    assert built.mutation_type is not None
    known: dict[str, Any] = {"fails": fails, "refuses": refuses, "down": down, "lead": lead, "size": size, **resolvers}
    for name, resolve in known.items():
        built.query_type.fields[name].resolve = resolve
    built.mutation_type.fields["down"].resolve = down
    built.mutation_type.fields["note"].resolve = noted
    return built


async def answer(query: str, variables: Mapping[str, object] | None = None, *, name: str | None = None, **options: Any) -> GraphQLResponse:
    executor = GraphQLExecutor(schema(), public_errors={DatabaseAway: "DATABASE_UNAVAILABLE"})
    return await executor.execute(GraphQLRequest(query, variables or {}, name), options.pop("context", None), request_id="r-1", **options)


async def only_error(query: str, variables: Mapping[str, object] | None = None, **options: Any) -> TopLevelError:
    response = await answer(query, variables, **options)
    assert "data" not in response.body()
    assert response.status == 400
    assert len(response.errors) == 1
    return response.errors[0]


async def test_an_answer_has_data_and_no_errors() -> None:
    response = await answer("query Q($id: ID!) { lead(id: $id) { id name } }", {"id": "1"})
    assert response.body() == {"data": {"lead": {"id": "1", "name": "Ada"}}}
    assert response.status == 200


BAD_VARIABLES: list[tuple[str, dict[str, object], str]] = [
    ("query($id: ID!) { lead(id: $id) { id } }", {}, "Variable `$id`: A value of type `ID!` is required."),
    ("query($id: ID!) { lead(id: $id) { id } }", {"id": None}, "Variable `$id`: Expected a value of type `ID!`."),
    ("query($id: ID!) { lead(id: $id) { id } }", {"id": {"evil": 1}}, "Variable `$id`: Expected a value of type `ID`."),
    ("query($s: Status) { status(is: $s) }", {"s": "EVIL"}, "Variable `$s`: Expected a value of the enum `Status`."),
    ("mutation($i: NoteInput!) { note(input: $i) }", {"i": {}}, "Variable `$i`: `NoteInput` requires the field `text`."),
    ("mutation($i: NoteInput!) { note(input: $i) }", {"i": "evil"}, "Variable `$i`: Expected an object of type `NoteInput`."),
    (
        "query($f: LeadFilter) { leads(filter: $f) { nodes { id } } }",
        {"f": {"or": [{"score": "evil"}]}},
        "Variable `$f` at `or[0].score`: Expected a value of type `Int`.",
    ),
    ("query($n: Int) { leads(first: $n) { nodes { id } } }", {"n": 1_000_000}, "first must be 1–100."),
    ("query($n: Int) { leads(first: $n) { nodes { id } } }", {"n": 0}, "first must be 1–100."),
    ("query($id: ID!) { lead(id: $id) { id } }", {"id": "a\0b"}, "NUL is not allowed."),
]


@pytest.mark.parametrize(("query", "variables", "message"), BAD_VARIABLES)
async def test_bad_variables_are_request_errors_that_repeat_no_value(query: str, variables: dict[str, object], message: str) -> None:
    error = await only_error(query, variables)
    assert (error.code, error.message) == ("BAD_USER_INPUT", message)


async def test_filters_in_variables_are_counted_like_filters_in_documents() -> None:
    too_many = {"or": [{"score": n} for n in range(51)]}
    query = "query($f: LeadFilter) { leads(filter: $f) { nodes { id } } }"
    assert (await only_error(query, {"f": too_many})).facts == {"limit": "filterTerms", "allowed": 50, "requested": 51}
    nested = await only_error("mutation($i: NoteInput!) { note(input: $i) }", {"i": {"text": "x", "filter": too_many}})
    assert nested.facts["limit"] == "filterTerms"
    assert (await answer(query, {"f": {"in": list(range(500))}})).status == 200


async def test_variables_may_not_be_nested_without_end() -> None:
    deep: object = 1
    for _ in range(900):
        deep = [deep]
    assert (await only_error("query($id: ID!) { lead(id: $id) { id } }", {"id": deep})).facts == {"limit": "depth", "allowed": 32}


async def test_the_operation_to_run_must_be_plain() -> None:
    two = "query A { fails } query B { lead(id: 1) { id } }"
    assert (await only_error(two)).code == "OPERATION_RESOLUTION_FAILURE"
    assert (await only_error(two, name="C")).code == "OPERATION_RESOLUTION_FAILURE"
    assert (await only_error("fragment F on Lead { id }")).code == "OPERATION_RESOLUTION_FAILURE"
    assert (await answer(two, name="B")).data == {"lead": {"id": "1"}}


async def test_introspection_is_for_those_who_are_allowed_it() -> None:
    for query in (
        "{ __schema { types { name } } }",
        '{ __type(name: "Lead") { fields { name } } }',
        "{ ...F } fragment F on Query { __schema { types { name } } }",
    ):
        assert (await only_error(query)).code == "INTROSPECTION_DISABLED"
        assert (await answer(query, allow_introspection=True)).errors == ()
    assert (await answer("{ __typename }")).data == {"__typename": "Query"}


async def test_cost_counts_the_rows_that_connections_may_return() -> None:
    assert (await answer("{ lead(id: 1) { id } }")).cost == 1
    assert (await answer("{ leads { nodes { id } } }")).cost == 1 + 20 // 5
    assert (await answer("{ leads(first: 50) { nodes { related(first: 10) { nodes { id } } } } }")).cost == 1 + (50 + 500) // 5
    fragments = (
        "{ leads(first: 50) { ...L } } fragment L on Leads { nodes { ...R } } fragment R on Lead { related(last: 10) { nodes { id } } }"
    )
    assert (await answer(fragments)).cost == 1 + (50 + 500) // 5
    assert (await answer('{ nodes(ids: ["1", "2", "3", "4", "5"]) { related(first: 5) { nodes { id } } } }')).cost == 1 + (5 + 25) // 5
    skipped = "query($s: Boolean!) { leads(first: 100) { nodes { related(first: 100) @skip(if: $s) { nodes { id } } } } }"
    assert (await answer(skipped, {"s": True})).cost == 1 + 100 // 5
    assert (await only_error(skipped, {"s": False})).code == "QUERY_TOO_COMPLEX"


async def test_a_costly_operation_is_refused_with_its_cost() -> None:
    nested = "{ leads(first: 100) { nodes { related(first: 100) { nodes { related(first: 100) { nodes { id } } } } } } }"
    error = await only_error(nested)
    assert error.code == "QUERY_TOO_COMPLEX"
    assert error.facts == {"limit": "cost", "allowed": 1_000, "requested": 1 + (100 + 100**2 + 100**3) // 5}


async def test_an_unforeseen_exception_is_masked_and_logged() -> None:
    with capture_logs() as logs:
        response = await answer("{ fails again: fails lead(id: 1) { id } }")
    assert response.body()["errors"][0] == {
        "message": "Something went wrong on our side.",
        "locations": [{"line": 1, "column": 3}],
        "path": ["fails"],
        "extensions": {"code": "INTERNAL", "requestId": "r-1"},
    }
    assert response.data == {"fails": None, "again": None, "lead": {"id": "1"}}
    assert [(log["request_id"], log["path"], str(log["exc_info"])) for log in logs] == [
        ("r-1", ["fails"], "password=hunter2"),
        ("r-1", ["again"], "password=hunter2"),
    ]


async def test_one_exception_that_fails_many_fields_is_logged_once() -> None:
    failure = RuntimeError("batch failed")

    def raise_it(*_: Any) -> str:
        raise failure

    executor = GraphQLExecutor(schema(fails=raise_it))
    with capture_logs() as logs:
        response = await executor.execute(GraphQLRequest("{ fails b: fails c: fails }"), None, request_id="r-1")
    assert len(response.errors) == 3
    assert len(logs) == 1


async def test_what_completion_finds_is_masked_too() -> None:
    response = await answer("{ lead(id: 1) { brittle } }")
    assert response.data == {"lead": None}
    assert (response.errors[0].code, response.errors[0].path) == ("INTERNAL", ("lead", "brittle"))
    assert "brittle" not in response.errors[0].message


async def test_a_public_error_keeps_its_code_message_and_facts() -> None:
    with capture_logs() as logs:
        response = await answer("{ refuses lead(id: 1) { id } }")
    assert response.body()["errors"][0]["extensions"] == {"code": "THROTTLED", "retryAfter": 3, "requestId": "r-1"}
    assert response.errors[0].message == "Slow down."
    assert response.status == 200
    assert logs == []


async def test_an_argument_that_only_execution_can_judge_is_the_callers_error() -> None:
    with capture_logs() as logs:
        response = await answer("query($n: Int) { size(of: $n) }", {"n": None})
    assert (response.errors[0].code, response.errors[0].message) == (
        "BAD_USER_INPUT",
        "Argument `of` has a value that does not fit its type.",
    )
    assert logs == []


async def test_a_database_that_is_away_is_503_unless_something_was_done() -> None:
    away = await answer("{ down }")
    assert (away.status, away.errors[0].code, away.errors[0].message) == (
        503,
        "DATABASE_UNAVAILABLE",
        "The database cannot be reached just now. Try again in a second.",
    )
    assert (await answer('mutation { note(input: {text: "x"}) down }')).status == 200


async def test_an_operation_past_its_deadline_is_stopped() -> None:
    stopped = asyncio.Event()

    async def waits(*_: Any) -> str:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.set()
        return "never"

    executor = GraphQLExecutor(schema(waits=waits), deadline=0.01)
    response = await executor.execute(GraphQLRequest("{ lead(id: 1) { id } waits }"), None, request_id="r-1")
    assert (response.status, response.errors[0].code) == (504, "DEADLINE_EXCEEDED")
    assert "data" not in response.body()
    await asyncio.wait_for(stopped.wait(), 5)


async def test_a_time_out_inside_a_resolver_is_not_the_deadline() -> None:
    async def waits(*_: Any) -> str:
        raise TimeoutError

    response = await GraphQLExecutor(schema(waits=waits)).execute(GraphQLRequest("{ waits }"), None, request_id="r-1")
    assert response.errors[0].code == "INTERNAL"


async def test_who_may_not_gets_null_and_forbidden_at_the_path() -> None:
    ran: list[str] = []

    def note(*_: Any, **__: Any) -> str:
        ran.append("note")
        return "noted"

    def authorize(operation: PreparedOperation, variables: Mapping[str, object]) -> list[TopLevelError]:
        return [
            TopLevelError("FORBIDDEN", "Not allowed.", path=use.path)
            for use in operation.facts.fields
            if use.coordinate in ("Lead.secret", "Mutation.note") and use.selected(variables)
        ]

    built = schema()
    assert built.mutation_type is not None
    built.mutation_type.fields["note"].resolve = note
    executor = GraphQLExecutor(built)
    refused = await executor.execute(
        GraphQLRequest('mutation { n: note(input: {text: "x"}) }'), None, request_id="r-1", authorize=authorize
    )
    assert refused.body() == {
        "errors": [{"message": "Not allowed.", "path": ["n"], "extensions": {"code": "FORBIDDEN", "requestId": "r-1"}}],
        "data": None,
    }
    assert ran == []
    hidden = "query($show: Boolean!) { lead(id: 1) { id ...S @include(if: $show) } } fragment S on Lead { secret }"
    shown = await executor.execute(GraphQLRequest(hidden, {"show": True}), None, request_id="r-1", authorize=authorize)
    assert (shown.data, shown.errors[0].path) == (None, ("lead", "secret"))
    skipped = await executor.execute(GraphQLRequest(hidden, {"show": False}), None, request_id="r-1", authorize=authorize)
    assert skipped.data == {"lead": {"id": "1"}}


async def test_a_permission_that_cannot_be_told_is_a_no() -> None:
    def authorize(operation: PreparedOperation, variables: Mapping[str, object]) -> list[TopLevelError]:
        raise KeyError(operation.name, *variables)

    with capture_logs() as logs:
        response = await answer("{ lead(id: 1) { id } }", authorize=authorize)
    assert (response.status, response.data, response.errors[0].code, len(logs)) == (500, None, "INTERNAL", 1)


async def test_a_scalar_says_in_its_own_words_what_is_wrong() -> None:
    built = schema()
    color = built.type_map["Color"]
    assert isinstance(color, GraphQLScalarType)

    def parse(value: object) -> object:
        raise PublicError("BAD_USER_INPUT", "A color is written as #rrggbb.", {"length": len(str(value))})

    color.parse_value = parse
    color.coerce_input_value = parse
    executor = GraphQLExecutor(built)
    asked = GraphQLRequest("query($c: Color) { paint(with: $c) }", {"c": "evil"})
    response = await executor.execute(asked, None, request_id="r-1")
    assert [error.message for error in response.errors] == ["Variable `$c`: A color is written as #rrggbb."]
    response = await executor.execute(GraphQLRequest('{ paint(with: "evil") }'), None, request_id="r-1")
    assert [error.message for error in response.errors] == ["A color is written as #rrggbb."]


async def test_a_subscription_is_not_answered_by_post() -> None:
    assert (await only_error("subscription { tick }")).code == "BAD_REQUEST"


async def test_a_context_may_settle_the_answer() -> None:
    class Replay:
        async def settle(self, data: dict[str, Any]) -> dict[str, Any]:
            return {**data, "note": "the first answer"}

    response = await answer('mutation { note(input: {text: "x"}) }', context=Replay())
    assert response.data == {"note": "the first answer"}


async def test_errors_of_settling_are_masked() -> None:
    class Broken:
        async def settle(self, data: dict[str, Any]) -> dict[str, Any]:
            raise DatabaseAway(data)

    response = await answer('mutation { note(input: {text: "x"}) }', context=Broken())
    assert (response.status, response.errors[0].code) == (503, "DATABASE_UNAVAILABLE")


async def test_a_time_out_while_settling_is_not_the_deadline() -> None:
    class Slow:
        async def settle(self, data: dict[str, Any]) -> dict[str, Any]:
            raise TimeoutError(data)

    with capture_logs() as logs:
        response = await answer('mutation { note(input: {text: "x"}) }', context=Slow())
    assert (response.status, response.errors[0].code, len(logs)) == (500, "INTERNAL", 1)


async def test_neither_errors_nor_logs_grow_with_the_page() -> None:
    def many(*_: Any, **__: Any) -> dict[str, Any]:
        return {"nodes": [{"id": str(n), "name": GraphQLError("x" * 500)} for n in range(100)]}

    executor = GraphQLExecutor(schema(leads=many), limits=DocumentLimits(field_errors=7))
    with capture_logs() as logs:
        response = await executor.execute(GraphQLRequest("{ leads { nodes { name } } }"), None, request_id="r-1")
    assert len(response.errors) == 7
    assert len(logs) == 5


@strawberry.type
class Lead:
    id: strawberry.ID

    @strawberry.field
    async def name(self, info: strawberry.Info[Any, Any]) -> str:
        return f"{info.context['prefix']}{self.id}"


@strawberry.type
class Query:
    @strawberry.field
    async def leads(self, first: int = 20) -> list[Lead]:
        return [Lead(id=strawberry.ID(str(n))) for n in range(first)]


async def test_a_strawberry_schema_runs_as_it_is() -> None:
    built = strawberry.Schema(query=Query)
    core = built._schema  # pyright: ignore[reportPrivateUsage]  the schema of graphql-core has no public name
    response = await GraphQLExecutor(core).execute(GraphQLRequest("{ leads(first: 2) { id name } }"), {"prefix": "#"}, request_id="r-1")
    assert response.body() == {"data": {"leads": [{"id": "0", "name": "#0"}, {"id": "1", "name": "#1"}]}}
