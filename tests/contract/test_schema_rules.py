"""The laws of the graph that can be read off the schema."""

# graphql-core leaves the type arguments of wrapping types open.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
    is_introspection_type,
    is_specified_scalar_type,
)

from domain.refusals import Refusal, RefusalCode
from gql.permissions import REFUSAL_TYPES, is_carrier
from gql.permitted_fields import ROOT_FIELDS
from gql.permitted_types import TYPES
from gql.schema import SCHEMA, printed
from tests.contract.source_files import ROOT
from tests.contract.verdicts import nobody

OURS: dict[str, GraphQLNamedType] = {
    name: kind for name, kind in SCHEMA.type_map.items() if not is_introspection_type(kind) and not is_specified_scalar_type(kind)
}
ROOTS = {kind.name: kind for kind in (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type) if kind is not None}
MUTATIONS: dict[str, GraphQLField] = dict(SCHEMA.mutation_type.fields) if SCHEMA.mutation_type else {}
SUBSCRIPTIONS: dict[str, GraphQLField] = dict(SCHEMA.subscription_type.fields) if SCHEMA.subscription_type else {}
# Null holds the place of an id that nothing visible has, so that answers stay beside their ids.
NULLABLE_ITEMS = {"Query.nodes"}
# They say nothing, or apologise.
EMPTY_WORDS = re.compile(r"\b(todo|tbd|fixme|simply|various|etc|this field|this type|represents)\b", re.IGNORECASE)


def output_fields() -> Iterator[tuple[str, GraphQLField]]:
    for name, kind in OURS.items():
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            yield from ((f"{name}.{field_name}", field) for field_name, field in kind.fields.items())


def described_elements() -> Iterator[tuple[str, str | None]]:
    for name, kind in OURS.items():
        yield name, kind.description
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{value_name}", value.description) for value_name, value in kind.values.items())
        if isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{field_name}", field.description) for field_name, field in kind.fields.items())
    for coordinate, field in output_fields():
        yield coordinate, field.description
        yield from ((f"{coordinate}({argument_name}:)", argument.description) for argument_name, argument in field.args.items())


def typed_elements() -> Iterator[tuple[str, Any]]:
    for coordinate, field in output_fields():
        yield coordinate, field.type
        yield from ((f"{coordinate}({name}:)", argument.type) for name, argument in field.args.items())
    for name, kind in OURS.items():
        if isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{field_name}", field.type) for field_name, field in kind.fields.items())


def test_the_committed_schema_is_what_the_code_prints() -> None:
    assert (ROOT / "schema.graphql").read_text() == printed(), "run: make schema"


def test_every_element_is_described_in_whole_sentences() -> None:
    undescribed = [where for where, description in described_elements() if not description or not description.strip().endswith(".")]
    nobody(undescribed, "without a description that ends in a full stop:")


def test_no_description_is_made_of_empty_words() -> None:
    nobody((where for where, description in described_elements() if description and EMPTY_WORDS.search(description)), "empty words:")


def test_no_list_holds_nulls() -> None:
    def holds_nulls(kind: Any) -> bool:
        kind = kind.of_type if isinstance(kind, GraphQLNonNull) else kind
        return isinstance(kind, GraphQLList) and (not isinstance(kind.of_type, GraphQLNonNull) or holds_nulls(kind.of_type))

    nobody(
        {where for where, kind in typed_elements() if holds_nulls(kind)} ^ NULLABLE_ITEMS,
        "lists with nullable items, or exceptions for none:",
    )


def test_every_list_in_an_answer_is_there_even_when_it_is_empty() -> None:
    nobody((where for where, field in output_fields() if isinstance(field.type, GraphQLList)), "lists that may be null:")


# Connections


def connections() -> dict[str, GraphQLObjectType]:
    return {name: kind for name, kind in OURS.items() if name.endswith("Connection") and isinstance(kind, GraphQLObjectType)}


def test_every_connection_has_relays_fields_a_count_and_its_rows_alone() -> None:
    for name, kind in connections().items():
        row = get_named_type(kind.fields["nodes"].type).name
        assert {field_name: str(field.type) for field_name, field in kind.fields.items()} == {
            "edges": f"[{row}Edge!]!",
            "nodes": f"[{row}!]!",
            "pageInfo": "PageInfo!",
            "totalCount": "Int!",
        }, name


def test_every_field_with_a_connection_takes_relays_arguments() -> None:
    relay = {"first": "Int", "after": "Cursor", "last": "Int", "before": "Cursor"}
    for coordinate, field in output_fields():
        if get_named_type(field.type).name in connections():
            taken = {name: str(argument.type) for name, argument in field.args.items() if name in relay}
            assert taken == relay, coordinate
            assert str(field.type).endswith("Connection!"), coordinate


# Mutations


def test_every_mutation_takes_one_input_of_its_own() -> None:
    taken = {name: {argument: str(kind.type) for argument, kind in field.args.items()} for name, field in MUTATIONS.items()}
    assert taken == {name: {"input": f"{name[0].upper()}{name[1:]}Input!"} for name in MUTATIONS}


def test_every_mutation_answers_with_a_payload_of_its_own() -> None:
    assert {name: str(field.type) for name, field in MUTATIONS.items()} == {
        name: f"{name[0].upper()}{name[1:]}Payload" for name in MUTATIONS
    }


def test_every_payload_lists_refusals_of_a_union_of_its_own() -> None:
    nobody((problem for name, field in MUTATIONS.items() for problem in errors_of(name, field)), "payloads with other errors:")


def errors_of(name: str, field: GraphQLField) -> Iterator[str]:
    payload = get_named_type(field.type)
    errors = payload.fields["errors"].type if isinstance(payload, GraphQLObjectType) and "errors" in payload.fields else None
    wanted = f"[{name[0].upper()}{name[1:]}Error!]!"
    if str(errors) != wanted:
        yield f"{name}: errors is {errors}, not {wanted}"
    union = get_named_type(errors) if errors is not None else None
    if not isinstance(union, GraphQLUnionType):
        yield f"{name}: errors are not of a union"
        return
    for member in union.types:
        if "UserError" not in {interface.name for interface in member.interfaces}:
            yield f"{name}: {member.name} is no UserError"


def test_a_refused_payload_can_leave_its_things_out() -> None:
    """A thing that cannot be null would turn a refusal into an error of the whole answer."""
    insistent = [
        f"{payload.name}.{field_name}"
        for field in MUTATIONS.values()
        if isinstance(payload := get_named_type(field.type), GraphQLObjectType)
        for field_name, part in payload.fields.items()
        if isinstance(part.type, GraphQLNonNull)
        and isinstance(part.type.of_type, GraphQLObjectType | GraphQLInterfaceType | GraphQLUnionType)
    ]
    nobody(insistent, "things in payloads that cannot be null:")


def inputs() -> Iterator[tuple[str, GraphQLInputObjectType]]:
    for name, field in MUTATIONS.items():
        kind = get_named_type(field.args["input"].type)
        assert isinstance(kind, GraphQLInputObjectType), name
        yield name, kind


def test_every_mutation_can_be_repeated_safely() -> None:
    unsafe = [name for name, kind in inputs() if "idempotencyKey" not in kind.fields or str(kind.fields["idempotencyKey"].type) != "String"]
    nobody(unsafe, "without `idempotencyKey: String`:")


def test_every_change_of_one_thing_can_name_the_version_it_knows() -> None:
    changing = re.compile(r"(update|change|move|set|assign|unassign|pin|unpin|archive|reorder)(?!Leads)[A-Z]\w*(?<!s)$")
    unconditional = [name for name, kind in inputs() if changing.match(name) and "expectedVersion" not in kind.fields]
    nobody(unconditional, "without `expectedVersion`:")


# Resolvers


def resolvers() -> Iterator[tuple[str, Any]]:
    for name, kind in OURS.items():
        definition = kind.extensions.get("strawberry-definition")
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) and definition is not None:
            yield from ((f"{name}.{field.python_name}", field) for field in definition.fields)


def test_every_subscription_tells_changes_of_a_type_of_its_own_and_goes_on_from_their_cursors() -> None:
    def goes_on(name: str, field: GraphQLField) -> bool:
        if not isinstance(field.type, GraphQLNonNull) or not isinstance(told := field.type.of_type, GraphQLObjectType):
            return False
        cursors = (str(field.args["after"].type), get_named_type(told.fields["cursor"].type).name)
        return told.name == name[0].upper() + name[1:] and cursors == ("Cursor", "Cursor")

    assert len(SUBSCRIPTIONS) == 9
    nobody((name for name, field in SUBSCRIPTIONS.items() if not goes_on(name, field)), "takes `after` and tells a `cursor`:")


def test_every_subscription_can_be_narrowed_to_leads() -> None:
    nobody((name for name, field in SUBSCRIPTIONS.items() if "filter" not in field.args), "takes a filter of leads:")


def test_no_object_awaits_anything_by_itself() -> None:
    """A coroutine for each object is what makes executors slow; relations hand out the loaders' futures instead."""
    walked = list(resolvers())
    assert len(walked) > 100, "the walk found hardly any field: did Strawberry move its definitions?"
    nobody((where for where, field in walked if field.is_async and where.partition(".")[0] not in ROOTS), "resolved by a coroutine:")


def test_queries_await_nothing_by_themselves_either() -> None:
    nobody((where for where, field in resolvers() if field.is_async and where.startswith("Query.")), "resolved by a coroutine:")


# Permissions


def test_every_root_field_has_a_permission_and_no_permission_is_left_over() -> None:
    there = {f"{root}.{name}" for root, kind in ROOTS.items() for name in kind.fields}
    nobody(there - ROOT_FIELDS.keys(), "without an entry in gql/permitted_fields.py:")
    nobody(
        (entry for entry in ROOT_FIELDS if entry not in there and not is_field(entry)), "entries in gql/permitted_fields.py for nothing:"
    )


def is_field(coordinate: str) -> bool:
    name, _, field = coordinate.partition(".")
    kind = OURS.get(name)
    return isinstance(kind, GraphQLObjectType) and field in kind.fields


def test_every_type_has_a_permission_and_no_permission_is_left_over() -> None:
    there = {name for name, kind in OURS.items() if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)} - ROOTS.keys()
    nobody((name for name in there if name not in TYPES and not is_carrier(name)), "without an entry in gql/permitted_types.py:")
    nobody(TYPES.keys() - there, "entries in gql/permitted_types.py for nothing:")
    nobody((name for name, after in pairwise(TYPES) if after < name), "out of the alphabet's order in gql/permitted_types.py:")


# Refusals


def refusal_types() -> dict[str, GraphQLObjectType]:
    interface = SCHEMA.type_map["UserError"]
    assert isinstance(interface, GraphQLInterfaceType)
    return {kind.name: kind for kind in SCHEMA.get_possible_types(interface)}


def test_every_refusal_of_the_domain_has_exactly_one_type() -> None:
    shown_as = {
        name: [
            kind.name
            for kind in refusal_types().values()
            if kind.extensions["strawberry-definition"].is_type_of(object.__new__(refusal), None)
        ]
        for name, refusal in Refusal.kinds.items()
    }
    nobody((f"{name}: {kinds}" for name, kinds in shown_as.items() if len(kinds) != 1), "refusals without a type, or with several:")


def test_every_refusal_type_is_known_to_the_permissions() -> None:
    nobody(refusal_types().keys() ^ REFUSAL_TYPES, "in the schema or in REFUSAL_TYPES, but not in both:")


def test_every_code_belongs_to_a_refusal() -> None:
    nobody({refusal.code for refusal in Refusal.kinds.values()} ^ set(RefusalCode), "codes that no refusal has:")


def test_a_deprecation_names_what_to_use_instead_and_until_when() -> None:
    vague = [
        where
        for where, field in output_fields()
        if field.deprecation_reason is not None and not re.search(r"`\w+`.*\d{4}-\d{2}-\d{2}", field.deprecation_reason)
    ]
    nobody(vague, "deprecated without a replacement and a date:")
