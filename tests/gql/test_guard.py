"""Documents that ask for too much are refused by name, before validation, and what an editor sends is not."""

import pytest
from graphql import build_schema, get_introspection_query

from gql.documents import Documents, PreparedDocument
from gql.errors import RequestRefused, TopLevelError
from gql.limits import DocumentLimits

SCHEMA = build_schema(
    """
    input LeadFilter { or: [LeadFilter!], score: Int }
    type Lead { id: ID!, name(style: String): String, owner: Lead, related(first: Int, last: Int): Leads }
    type Leads { nodes: [Lead!]! }
    type Query { lead(id: ID): Lead, leads(filter: LeadFilter, first: Int): Leads, self: Query, other: Query }
    type Mutation { touch(id: ID!): Lead }
    """
)


def prepared(text: str, limits: DocumentLimits | None = None) -> PreparedDocument:
    return Documents(SCHEMA, limits).prepare(text)


def refusal(text: str, limits: DocumentLimits | None = None) -> TopLevelError:
    with pytest.raises(RequestRefused) as refused:
        prepared(text, limits)
    assert len(refused.value.errors) == 1
    return refused.value.errors[0]


def doubling(body: str, levels: int) -> str:
    chain = "".join(f"fragment F{level} on Query{{{body.replace('NEXT', f'F{level + 1}')}}}" for level in range(levels))
    return f"{{...F0}}{chain}fragment F{levels} on Query{{__typename}}"


TOO_MUCH = {
    "one field 10,000 times": ("{lead{" + "id " * 10_000 + "}}", "tokens", 1_000),
    "one field 985 times": ("{lead{" + "id " * 985 + "}}", "repeatedKey", 10),
    "one field 11 times through merged parents": (
        "{" + "lead{owner{id}}" * 4 + "lead{owner{id id id id} owner{id id id}}}",
        "repeatedKey",
        10,
    ),
    "101 aliases": ("{" + " ".join(f"a{n}:__typename" for n in range(101)) + "}", "aliases", 30),
    "fragments that double for 20 levels": (doubling("...NEXT ...NEXT", 20), "fields", 1_000),
    "fragments that double fields for 22 levels": (doubling("a:self{...NEXT} b:self{...NEXT}", 22), "fields", 1_000),
    "empty fragments that double": (
        "{...F0}" + "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}}" for n in range(20)),
        "fields",
        1_000,
    ),
    "a fragment in itself": ("{...F} fragment F on Query{... on Query{...F}}", "depth", 12),
    "400 nested objects": ("{self" * 400 + "}" * 400, "depth", 12),
    "13 nested objects": ("{self" * 12 + "{__typename" + "}" * 13, "depth", 12),
    "13 levels through fragments": (
        "{self{self{self{self{self{self{...F}}}}}}} fragment F on Query{self{self{self{self{self{self{__typename}}}}}}}",
        "depth",
        12,
    ),
    "5,000 nested lists": ("{lead(id:" + "[" * 5_000 + "]" * 5_000 + ")}", "depth", 12),
    "13 nested lists": ("{lead(id:" + "[" * 13 + "]" * 13 + "){id}}", "depth", 12),
    "490 directives": ("{lead" + "@aa" * 490 + "}", "directives", 50),
    "1,000 operations": ("query A{lead}" * 1_000, "operations", 10),
    "51 fragments": ("{lead}" + "".join(f"fragment F{n} on Lead{{id}}" for n in range(51)), "fragments", 50),
    "2,000 variables": ("query(" + " ".join(f"$v{n}:Int" for n in range(2_000)) + "){lead}", "tokens", 1_000),
    "101 variables": ("query(" + " ".join(f"$v{n}:Int" for n in range(101)) + "){lead}", "variables", 100),
    "a filter of 51 alternatives": ("{leads(filter:{or:[" + "{score:1}" * 51 + "]}){nodes{id}}}", "filterTerms", 50),
    "21 root fields": ("{" + "leads self other " * 7 + "}", "rootFields", 20),
    "100 root fields in a mutation": ("mutation{" + " ".join(f"m{n}:touch(id:1){{id}}" for n in range(100)) + "}", "rootFields", 10),
    "1,001 comments": ("#\n" * 1_001 + "{lead{id}}", "tokens", 1_000),
}


@pytest.mark.parametrize(("text", "limit", "allowed"), TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_a_document_over_a_limit_is_refused_by_the_name_of_the_limit(text: str, limit: str, allowed: int) -> None:
    error = refusal(text)
    assert error.code == "DOCUMENT_LIMIT_EXCEEDED"
    assert error.facts["limit"] == limit
    assert error.facts["allowed"] == allowed


@pytest.mark.parametrize(
    "text",
    [
        "{" + "__typename " * 50_000 + "}",
        "#" + "x" * 32_768 + "\n{lead}",
        "{lead}" + "," * 32_768,
        '{lead(id:"""' + "\n  x" * 45_000 + '""")}',
        "{ # " + "é" * 16_400,
    ],
    ids=["fields", "comment", "commas", "block string", "two bytes a letter"],
)
def test_a_document_over_32_kib_is_not_even_read(text: str) -> None:
    error = refusal(text)
    assert error.code == "REQUEST_TOO_LARGE"
    assert error.facts == {"limit": "document", "allowed": 32_768}


def test_what_lies_within_the_limits_passes() -> None:
    prepared("{self" * 11 + "{__typename" + "}" * 12)
    prepared("{lead{" + "id " * 10 + "}}")
    prepared("{lead{...A ...B}} fragment A on Lead{" + "id " * 5 + "} fragment B on Lead{" + "id " * 5 + "}")
    prepared("{leads(filter:{or:[" + "{score:1}" * 50 + "]}){nodes{id}}}")
    prepared("mutation{" + " ".join(f"m{n}:touch(id:1){{id}}" for n in range(10)) + "}")
    prepared("{self{" + " ".join(f"lead{n}:lead(id:{n}){{id}}" for n in range(30)) + "}}")


@pytest.mark.parametrize("type_depth", [7, 9])
def test_the_introspection_of_editors_passes(type_depth: int) -> None:
    document = prepared(get_introspection_query(type_depth=type_depth, input_value_deprecation=True, directive_is_repeatable=True))
    assert document.operations[0].facts.introspects


def test_strings_hide_brackets_and_quotes_from_the_count() -> None:
    prepared('{lead{name(style:"' + "{[(" * 400 + '")}}')
    prepared('{lead{name(style:"""' + r"{ \  " * 100 + '""")}}')
    prepared(r'{lead{name(style:"\"{\\")}}')


@pytest.mark.parametrize("text", ['{lead(id:"' + '\\"' * 15_000, '{lead(id:"""' + '\\"""' * 7_000, "{lead(id:" + '"\\' * 2_001])
def test_strings_without_an_end_are_syntax_errors(text: str) -> None:
    assert refusal(text).code == "GRAPHQL_PARSE_FAILED"


@pytest.mark.parametrize("text", ['{lead(id:"\\u0000"){id}}', '{lead(id:"\0"){id}}', '{lead(id:"\\u{0}"){id}}', '{lead(id:"""\0"""){id}}'])
def test_nul_is_refused_however_it_is_written(text: str) -> None:
    error = refusal(text)
    assert (error.code, error.message) == ("BAD_USER_INPUT", "NUL is not allowed.")


def test_a_definition_of_types_is_not_executable() -> None:
    error = refusal("type X{a:Int}")
    assert (error.code, error.message) == ("GRAPHQL_VALIDATION_FAILED", "Not executable.")


def test_limits_are_settings() -> None:
    assert refusal("{lead{id}}", DocumentLimits(tokens=5)).facts == {"limit": "tokens", "allowed": 5}
    assert refusal("{self{self{__typename}}}", DocumentLimits(depth=2)).facts == {"limit": "depth", "allowed": 2, "requested": 3}


def test_a_flood_of_bad_documents_does_not_push_out_a_good_one() -> None:
    documents = Documents(SCHEMA, cached_refusals=3)
    good = documents.prepare("{lead{id}}")
    for n in range(10):
        with pytest.raises(RequestRefused):
            documents.prepare(f"{{lead{{nothing{n}}}}}")
    assert documents.prepare("{lead{id}}") is good
    with pytest.raises(RequestRefused):
        documents.prepare("{lead{nothing9}}")
    assert (documents.figures.hits, documents.figures.misses, documents.figures.refused_hits) == (1, 11, 1)


def test_the_cache_forgets_the_document_longest_unused() -> None:
    documents = Documents(SCHEMA, cached_characters=45)
    first = documents.prepare("{lead{id}} #first")
    second = documents.prepare("{lead{id}} #second")
    assert documents.prepare("{lead{id}} #first") is first
    documents.prepare("{lead{id}} #third")
    assert documents.prepare("{lead{id}} #first") is first
    assert documents.prepare("{lead{id}} #second") is not second


@pytest.mark.parametrize("text", ["{}", "{ lead {} }", "{ lead { ... on Lead {} } }", "{ lead { ...F } } fragment F on Lead {}"])
def test_a_selection_that_names_nothing_is_refused(text: str) -> None:
    error = refusal(text)
    assert (error.code, error.message) == ("GRAPHQL_PARSE_FAILED", "A selection names at least one field.")
