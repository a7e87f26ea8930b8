"""What is wrong with a document is said in our words: names of GraphQL syntax at most, never a value, never a suggestion."""

import pytest
from graphql import build_schema

from gql.documents import Documents
from gql.errors import RequestRefused, TopLevelError

SCHEMA = build_schema(
    """
    input LeadFilter { score: Int }
    input NoteInput { text: String! }
    enum Status { NEW WON }
    type Lead { id: ID! }
    type Leads { nodes: [Lead!]! }
    type Query { lead(id: ID!): Lead, leads(filter: LeadFilter): Leads, status(is: Status): Status, fails: String, size(of: Int! = 1): Int }
    type Mutation { note(input: NoteInput!): String }
    """
)


def errors(query: str) -> tuple[TopLevelError, ...]:
    with pytest.raises(RequestRefused) as refused:
        Documents(SCHEMA).prepare(query)
    return refused.value.errors


def only_error(query: str) -> TopLevelError:
    [error] = errors(query)
    return error


INVALID = {
    "{ leeds { id } }": "Cannot query field `leeds` on type `Query`.",
    "{ lead(id: 1) { ...Nope } }": "Unknown fragment.",
    "{ lead(id: 1) { id " + "@aa" * 10 + " } }": "Unknown directive.",
    "{ lead(id: 1, xyz: 2) { id } }": "Unknown argument `xyz` on field `Query.lead`.",
    "{ lead { id } }": "Field `Query.lead` requires the argument `id: ID!`.",
    "{ lead(id: 1) }": "Field `lead` of type `Lead` needs a selection of subfields.",
    "{ fails { x } }": "Field `fails` of type `String` has no subfields to select.",
    '{ lead(id: {evil: "text"}) { id } }': "Expected a value of type `ID`.",
    "{ status(is: EVIL) }": "Expected a value of the enum `Status`.",
    "{ leads(filter: {scores: 1}) { nodes { id } } }": "`LeadFilter` has no field `scores`.",
    "mutation { note(input: {}) }": "`NoteInput` requires the field `text`.",
    '{ size(of: "evil") }': "Expected a value of type `Int`.",
    "{ lead(id: $id) { id } }": "Variable `$id` is not defined.",
    "query($id: ID!) { fails }": "Variable `$id` is never used.",
    "query($id: Evil) { lead(id: $id) { id } }": "Unknown type.",
    "query($id: ID) { lead(id: $id) { id } }": "Variable `$id` of type `ID` is used where `ID!` is expected.",
    "{ lead(id: 1) { id } lead(id: 2) { id } }": "Fields `lead` conflict: same name, different fields or arguments. Use aliases.",
    "{ fails } fragment F on Lead { id }": "A fragment is never used.",
    "{ lead(id: 1) { ... on Status { id } } }": "A fragment is defined on a type without fields.",
    "{ fails } query B { fails }": "An anonymous operation must be the only operation.",
    "{ " + "f" * 65 + " }": "Cannot query an unknown field on type `Query`.",
}


@pytest.mark.parametrize(("query", "message"), INVALID.items())
def test_an_invalid_document_gets_our_words_and_no_suggestion(query: str, message: str) -> None:
    error = only_error(query)
    assert (error.code, error.message) == ("GRAPHQL_VALIDATION_FAILED", message)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("{", "Syntax error: expected Name, found <EOF>."),
        ("{ a(b:) }", "Syntax error: unexpected `)`."),
        ("evil { a }", "Syntax error: unexpected Name."),
        ('{ "evil" }', "Syntax error: expected Name, found String."),
        ("{ a £ }", "Syntax error."),
    ],
)
def test_a_syntax_error_tells_kinds_of_tokens_and_the_place(query: str, message: str) -> None:
    error = only_error(query)
    assert (error.code, error.message) == ("GRAPHQL_PARSE_FAILED", message)
    assert error.locations


def test_five_errors_are_enough() -> None:
    assert [error.message for error in errors("{" + " ".join(f"evil{n}" for n in range(20)) + "}")] == [
        f"Cannot query field `evil{n}` on type `Query`." for n in range(5)
    ]
