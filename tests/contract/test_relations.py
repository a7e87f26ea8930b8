"""Every relation can be walked both ways: whoever comes from one thing to another finds a way back there."""

# graphql-core leaves the type arguments of wrapping types open.
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    get_named_type,
)

from gql.schema import SCHEMA
from tests.contract.verdicts import nobody

# Who signed a change is a mark on it, and a way back at most. What an agent did is asked of its own lists and of the feed; a list of all
# that somebody ever signed would be one of all histories at once. In the same way an event names what it follows from: whatever came of an
# activity, an attempt or a merge stands in the events of its lead.
MARKS = frozenset({"Actor", "EventCause"})
# The way back leads by a third thing, step by step to one thing each; every path is looked up in the schema.
BY_A_THIRD: Mapping[tuple[str, str], Sequence[str]] = {
    ("Pipeline", "Lead"): ("stage", "pipeline"),
    ("Team", "Lead"): ("owner", "team"),
}
ONE_WAY: Mapping[tuple[str, str], str] = {
    ("WebhookEndpoint", "Event"): "`missedEvents` are the events of which nothing was told to it: what is not there leads nowhere back",
    ("Sequence", "MessageTemplateVersion"): "a draft's steps name templates; their words are settled by versions, and lead back to those",
}


def members(schema: GraphQLSchema, kind: GraphQLNamedType) -> Sequence[GraphQLObjectType]:
    """List the object types that a field of a type may answer with."""
    if isinstance(kind, GraphQLObjectType):
        return [kind]
    return list(schema.get_possible_types(kind)) if isinstance(kind, GraphQLUnionType | GraphQLInterfaceType) else []


def entities(schema: GraphQLSchema) -> set[str]:
    """Name the types whose things have an identity of their own."""
    node = schema.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    return {kind.name for kind in schema.get_possible_types(node)}


def relations(schema: GraphQLSchema, unpassable: frozenset[str] = frozenset()) -> Mapping[tuple[str, str], str]:
    """Find all (from, to) between entities, each with a path: through lists, connections, unions and what has no identity itself."""
    known = entities(schema)

    def reached(kind: GraphQLObjectType, path: str, passed: set[str]) -> Iterator[tuple[str, str]]:
        for name, field in kind.fields.items():
            for member in members(schema, get_named_type(field.type)):
                if member.name in known:
                    yield member.name, f"{path}.{name}"
                elif member.name not in passed | unpassable:
                    passed.add(member.name)
                    yield from reached(member, f"{path}.{name}", passed)

    found: dict[tuple[str, str], str] = {}
    for name in known:
        kind = schema.type_map[name]
        assert isinstance(kind, GraphQLObjectType)
        for other, path in reached(kind, name, set()):
            found.setdefault((name, other), path)
    return found


def one_way(schema: GraphQLSchema) -> Mapping[tuple[str, str], str]:
    """Find the relations without a way back."""
    ways_back = relations(schema)
    return {(name, other): path for (name, other), path in relations(schema, MARKS).items() if (other, name) not in ways_back}


def leads_back(schema: GraphQLSchema, start: str, path: Sequence[str]) -> str | None:
    """Follow fields that answer with one thing each, and name the type at their end; None where there is no such way."""
    kind = schema.type_map[start]
    for name in path:
        if not isinstance(kind, GraphQLObjectType) or name not in kind.fields:
            return None
        target = kind.fields[name].type
        kind = get_named_type(target)
        if target is not kind:
            return None
    return kind.name


def test_every_relation_can_be_walked_both_ways() -> None:
    stuck = {pair: path for pair, path in one_way(SCHEMA).items() if pair not in ONE_WAY and pair not in BY_A_THIRD}
    nobody((f"{path} leads to {other}, and nothing of {other} to {name}" for (name, other), path in stuck.items()), "one way only:")


def test_no_exception_is_left_over() -> None:
    nobody(
        (BY_A_THIRD.keys() | ONE_WAY.keys()) - one_way(SCHEMA).keys(), "exceptions for relations that are not there, or have a way back:"
    )
    assert BY_A_THIRD.keys().isdisjoint(ONE_WAY)
    assert not MARKS - SCHEMA.type_map.keys()


def test_the_ways_by_a_third_thing_lead_back() -> None:
    lost = [f"{other}.{'.'.join(path)}" for (name, other), path in BY_A_THIRD.items() if leads_back(SCHEMA, other, path) != name]
    nobody(lost, "paths that do not lead back:")


def test_the_walk_knows_connections_unions_and_what_has_no_identity() -> None:
    """The law's own alarm, on a graph with one relation of each kind, and two that lead nowhere back."""
    schema = build_schema(
        """
        interface Node { id: ID! }
        union Entry = Note | Call
        type Edge { node: Entry! }
        type Timeline { edges: [Edge!]! }
        type Actor { agent: Agent }
        type Worth { model: Model }
        type Lead implements Node { id: ID!, timeline: Timeline!, worth: Worth! }
        type Note implements Node { id: ID!, lead: Lead, actor: Actor! }
        type Call implements Node { id: ID!, lead: Lead, note: Note, actor: Actor! }
        type Agent implements Node { id: ID!, calls: [Call!]! }
        type Model implements Node { id: ID! }
        type Query { lead: Lead, node: Node, call: Call }
        """
    )
    assert sorted(relations(schema, MARKS)) == [
        ("Agent", "Call"),
        ("Call", "Lead"),
        ("Call", "Note"),
        ("Lead", "Call"),
        ("Lead", "Model"),
        ("Lead", "Note"),
        ("Note", "Lead"),
    ]
    assert one_way(schema) == {("Call", "Note"): "Call.note", ("Lead", "Model"): "Lead.worth.model"}
    assert leads_back(schema, "Call", ("note", "lead")) == "Lead"
    assert leads_back(schema, "Lead", ("timeline", "edges", "node")) is None
