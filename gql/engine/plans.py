"""Compiles a selection into a plan: a generated function for what an object has, and branches for what must be loaded."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast

from graphql import (
    Executor,
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    get_named_type,
    is_abstract_type,
    is_leaf_type,
)

from gql.edges import EdgeDeclaration, LookUp, ToOne, ToPages, edge_of
from gql.engine.arguments import Asking
from gql.engine.builders import CannotPlan, Inlined, Shape, Writer, shape_of
from gql.engine.leaves import VERBATIM, Fallback, leaf
from gql.engine.writing import Written, WrittenPage, things_of, written_page, written_rows
from persistence.attributes import attributes_read
from persistence.written import can_write


@dataclass(slots=True)
class Wanted:
    """What a plan reads of the things that one batch function loads, wherever they appear, so that each thing is loaded once; None: all."""

    names: frozenset[str] | None = frozenset()


@dataclass(slots=True)
class Branch:
    """A field whose value is loaded, or leads to something loaded: it is worked out for all objects of a level together."""

    key: str
    asking: Asking
    shape: Shape
    edge: EdgeDeclaration | None
    get: Callable[..., Any] | None
    takes_info: bool
    child: Child | None
    leaf: Callable[[Any], Any] | None
    # What is read of the things that the edge loads; None where its batch reads all anyway.
    wanted: Wanted | None
    written: WrittenBranch | None = None


@dataclass(slots=True)
class WrittenBranch:
    """How PostgreSQL writes what a branch leads to: things or the rows of a list, or, where nothing else is asked for, the list as a whole.

    `child` plans a connection whose rows are written already.
    """

    rows: Written | None = None
    page: WrittenPage | None = None
    child: Child | None = None


@dataclass(slots=True)
class ObjectPlan:
    """How objects of one type are written. `build(object, info, *columns)` takes one value for each branch, in their order.

    `reads` names the attributes that the plan reads of its objects, and of what is made of them without loading; None: any.
    """

    name: str
    reads: frozenset[str] | None = frozenset()
    branches: list[Branch] = field(default_factory=list[Branch])
    build: Callable[..., dict[str, Any]] = dict
    # Of a root's plan: whether one batch is all that is loaded.
    alone: bool = False


def _loads_once(plan: ObjectPlan) -> bool:
    """Tell whether a root's plan has one thing to load and nothing after it, so that no two loads can be made together."""
    if len(plan.branches) != 1:
        return False
    (branch,) = plan.branches
    if branch.written is not None and branch.written.page is not None:
        return sum(isinstance(rows, Written) for _, rows in branch.written.page.entries) == 1
    below = branch.child if branch.written is None else branch.written.child
    return below is None or not below.loads


@dataclass(slots=True)
class Child:
    """The plans for what a field leads to: one for an object type, one per member for an abstract type."""

    plan: ObjectPlan | None
    by_type: dict[str, ObjectPlan]
    type_of: Callable[[Any], str]

    @property
    def loads(self) -> bool:
        """Tell whether anything below must be loaded."""
        return any(plan.branches for plan in (self.by_type.values() if self.plan is None else (self.plan,)))

    @property
    def reads(self) -> frozenset[str] | None:
        """Name the attributes that the plans read; None: any."""
        return together(plan.reads for plan in (self.by_type.values() if self.plan is None else (self.plan,)))

    def of(self, value: Any) -> ObjectPlan:
        """Return the plan for an object."""
        return self.plan if self.plan is not None else self.by_type[self.type_of(value)]


Details: TypeAlias = Sequence[Any]


def together(parts: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    """Unite sets of names; None, which stands for all names, wins."""
    united: frozenset[str] = frozenset()
    for part in parts:
        if part is None:
            return None
        united |= part
    return united


class Compiler:
    """Compiles one operation, with the directives' conditions as they stand."""

    def __init__(self, executor: Executor[Any]) -> None:
        self._executor = executor
        self._schema = executor.schema
        self._wanted_of: dict[Any, Wanted] = {}
        # The fields, by identity, whose values are written already when the plan being compiled meets them.
        self._verbatim: set[int] = set()

    def root_plan(self, type: GraphQLObjectType, grouped: dict[str, Details]) -> ObjectPlan:
        """Compile the selection of a query."""
        plan = self.object_plan(type, grouped)
        plan.alone = _loads_once(plan)
        return plan

    def object_plan(self, type: GraphQLObjectType, grouped: dict[str, Details]) -> ObjectPlan:
        """Compile the selection on one object type."""
        plan = ObjectPlan(type.name)
        writer = Writer()
        for key, details in grouped.items():
            node: FieldNode = details[0].node
            name = node.name.value
            if name == "__typename":
                writer.put(key, repr(type.name))
                continue
            definition = type.fields.get(name)
            if definition is None:
                raise CannotPlan
            self._field(plan, writer, key, definition, details)
        plan.build = writer.function(len(plan.branches))
        return plan

    def payload(self, root: GraphQLObjectType, details: Details) -> Child | None:
        """Compile what a root field leads to; None for what is no object."""
        definition = root.fields.get(details[0].node.name.value)
        if definition is None or shape_of(definition.type).is_list:
            return None
        named = cast(Any, get_named_type(definition.type))
        return None if is_leaf_type(named) else self._child(named, details)

    def _field(self, plan: ObjectPlan, writer: Writer, key: str, definition: GraphQLField, details: Details) -> None:
        node: FieldNode = details[0].node
        returned = cast(Any, definition).type
        shape = shape_of(returned)
        declared = cast(Any, definition.extensions.get("strawberry-definition"))
        if declared is None:
            raise CannotPlan
        named = cast(Any, get_named_type(returned))
        verbatim = id(definition) in self._verbatim
        child = None if verbatim or is_leaf_type(named) else self._child(named, details)
        written = VERBATIM if verbatim else leaf(named) if child is None else None
        edge = edge_of(declared)
        metadata: Mapping[str, Any] = declared.metadata
        resolver = declared.base_resolver
        if edge is None and resolver is None:
            source, get, takes_info = f"o.{declared.python_name}", _attribute(declared.python_name), False
        elif resolver is not None:
            get = cast("Callable[..., Any]", resolver.wrapped_func)
            takes_info = "info" in inspect.signature(get).parameters
            source = f"{writer.name(get)}(o, i)" if takes_info else f"{writer.name(get)}(o)"
        else:
            raise CannotPlan
        plan.reads = together((plan.reads, _read_by(declared, edge, get, child)))
        awaited = "loads" in metadata
        loaded = edge is not None or bool(definition.args) or awaited or (child is not None and child.loads)
        if loaded:
            column = f"c{len(plan.branches)}"
            plan.branches.append(
                Branch(
                    key,
                    Asking(definition, node),
                    shape,
                    edge,
                    get,
                    takes_info,
                    child,
                    written and written.write,
                    self._wanted(edge, child),
                    self._written(edge, named, details) if isinstance(named, GraphQLObjectType) else None,
                )
            )
            writer.put(key, column)
        else:
            writer.put(key, writer.completed(source, shape, written or self._inline(child)))

    def _written(self, edge: EdgeDeclaration | None, named: GraphQLObjectType, details: Details) -> WrittenBranch | None:
        if isinstance(edge, LookUp):
            rows = written_rows(named, details, edge, self._collected)
            return rows and WrittenBranch(rows=rows)
        if isinstance(edge, ToOne):
            # Of a thing's own columns the ordinary way reads no more, and all that is asked of them anywhere at once.
            things = things_of(edge)
            rows = None if things is None else written_rows(named, details, edge, self._collected)
            fits = things is not None and rows is not None and rows.object.nests() and can_write(rows.object, things.written_columns)
            return WrittenBranch(rows=rows) if fits else None
        if not isinstance(edge, ToPages):
            return None
        if edge.key is not None:
            page = written_page(named, details, edge, self._collected)
            return page and WrittenBranch(page=page)
        branch = self._written_connection(edge, named, details)
        if branch is not None:
            branch.page = written_page(named, details, edge, self._collected)
        return branch

    def _written_connection(self, edge: ToPages, connection: GraphQLObjectType, details: Details) -> WrittenBranch | None:
        """Plan a connection at the root whose rows are written, wherever it shows them, all alike."""
        nodes = connection.fields["nodes"]
        edges = cast(GraphQLObjectType, get_named_type(connection.fields["edges"].type))
        node = edges.fields["node"]
        shown = [
            *(part for part in self._collected(connection, details).values() if part[0].node.name.value == "nodes"),
            *(
                part
                for listed in self._collected(connection, details).values()
                if listed[0].node.name.value == "edges"
                for part in self._collected(edges, listed).values()
                if part[0].node.name.value == "node"
            ),
        ]
        found = [written_rows(cast(GraphQLObjectType, get_named_type(node.type)), part, edge, self._collected) for part in shown]
        rows = found[0] if found else None
        if rows is None or any(other is None or other.object != rows.object or other.lists for other in found[1:]):
            return None
        self._verbatim = {id(nodes), id(node)}
        try:
            child = self._child(connection, details)
        finally:
            self._verbatim = set[int]()
        return WrittenBranch(rows=rows, child=child)

    def _wanted(self, edge: EdgeDeclaration | None, child: Child | None) -> Wanted | None:
        if child is None or not isinstance(edge, ToOne | ToPages):
            return None
        if isinstance(edge, ToOne) and "wanted" not in inspect.signature(edge.batch).parameters:
            return None
        wanted = self._wanted_of.setdefault(edge.batch if isinstance(edge, ToOne) else edge.listing, Wanted())
        wanted.names = together((wanted.names, child.reads))
        return wanted

    def _inline(self, child: Child | None) -> Inlined:
        if child is None:
            raise CannotPlan
        if child.plan is not None:
            return Inlined(child.plan.build)

        def build(value: Any, info: Any) -> dict[str, Any]:
            return child.of(value).build(value, info)

        return Inlined(build)

    def _child(self, named: Any, details: Details) -> Child:
        if is_abstract_type(named):
            possible = self._schema.get_possible_types(named)
            by_type = {type.name: self._selection(type, details) for type in possible}
            return Child(None, by_type, _type_names(possible))
        return Child(self._selection(named, details), {}, lambda _value: named.name)

    def _selection(self, type: GraphQLObjectType, details: Details) -> ObjectPlan:
        return self.object_plan(type, self._collected(type, details))

    def _collected(self, type: GraphQLObjectType, details: Details) -> dict[str, Details]:
        return cast(Any, self._executor.collect_subfields(type, list(details)).grouped_field_set)


def _read_by(declared: Any, edge: EdgeDeclaration | None, get: Callable[..., Any] | None, child: Child | None) -> frozenset[str] | None:
    """Name what a field reads of its object: of an edge the key alone, of a computed field all that its value may hold on to."""
    if isinstance(edge, LookUp):
        return frozenset()
    if edge is not None:
        return frozenset() if edge.key is None else attributes_read(edge.key)
    own = frozenset((declared.python_name,)) if declared.base_resolver is None or get is None else attributes_read(get)
    return own if child is None else together((own, child.reads))


def _attribute(name: str) -> Callable[[Any], Any]:
    return lambda value: getattr(value, name)


def _type_names(possible: Sequence[GraphQLObjectType]) -> Callable[[Any], str]:
    """Build the function that tells an object's type; it depends on the object's class alone, so it is asked once per class."""
    known: dict[type, str] = {}

    def type_of(value: Any) -> str:
        name = known.get(value.__class__)
        if name is None:
            name = next((each.name for each in possible if each.is_type_of and each.is_type_of(value, cast(Any, None))), None)
            if name is None:
                raise Fallback
            known[value.__class__] = name
        return name

    return type_of
