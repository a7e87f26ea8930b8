"""What an operation asks for: the fields it uses, under which conditions, and what it costs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from weakref import WeakKeyDictionary

from graphql import (
    BooleanValueNode,
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLCompositeType,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    is_composite_type,
)

from gql.errors import ErrorCode, RequestRefused, TopLevelError
from gql.guard import INTROSPECTION_FIELDS
from gql.limits import DocumentLimits

_SIZES = ("first", "last")


@dataclass(frozen=True, slots=True)
class Condition:
    """Hold one `@skip` or `@include`: the part it guards runs when `given` (a variable's name or a literal) equals `wanted`."""

    given: str | bool
    wanted: bool

    def holds(self, variables: Mapping[str, object]) -> bool:
        """Evaluate against coerced variables."""
        value = variables.get(self.given) if isinstance(self.given, str) else self.given
        return bool(value) is self.wanted


@dataclass(frozen=True, slots=True)
class FieldUse:
    """Name a field that an operation selects, as `Type.field` of the type it is selected on (an interface's where that is written).

    `path` is the response path without list indices; `conditions` are all those on the way from the root.
    """

    coordinate: str
    arguments: frozenset[str]
    conditions: tuple[Condition, ...]
    path: tuple[str, ...]

    def selected(self, variables: Mapping[str, object]) -> bool:
        """Tell whether the field runs under these coerced variables."""
        return all(condition.holds(variables) for condition in self.conditions)


@dataclass(frozen=True, slots=True)
class _Size:
    """One argument that decides how many rows come back: a literal number, or the variable that will hold it."""

    argument: str
    given: int | str | None
    counts_items: bool = False


@dataclass(frozen=True, slots=True)
class SizedField:
    """Hold a field that returns rows, with the sized fields below it; the fields between cost nothing of their own."""

    sizes: tuple[_Size, ...]
    conditions: tuple[Condition, ...]
    inner: tuple["SizedField", ...]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class OperationFacts:
    """What is known about an operation whoever sends it, computed once per document.

    `flags` are the variables that decide which parts of it run, in alphabetical order; `varies`: variables decide how many rows come back.
    """

    fields: tuple[FieldUse, ...]
    sized: tuple[SizedField, ...]
    introspects: bool
    flags: tuple[str, ...] = ()
    varies: bool = True


# Costs that no variable changes, under which limits. A document that is forgotten takes what is known of it along.
_COUNTED: WeakKeyDictionary[OperationFacts, tuple[DocumentLimits, int]] = WeakKeyDictionary()


def cost(facts: OperationFacts, variables: Mapping[str, object], limits: DocumentLimits) -> int:
    """Count points: one for the operation, and one for every `rows_per_point` rows that its connections may return.

    Raises `RequestRefused` for a page size outside 1 to `max_page_size`.
    """
    if facts.varies:
        return _points(facts, variables, limits)
    counted = _COUNTED.get(facts)
    if counted is None or counted[0] is not limits:
        counted = _COUNTED[facts] = limits, _points(facts, variables, limits)
    return counted[1]


def _points(facts: OperationFacts, variables: Mapping[str, object], limits: DocumentLimits) -> int:
    rows = sum(_rows(sized, variables, limits) for sized in facts.sized)
    return 1 + -(-rows // limits.rows_per_point)


def _rows(sized: SizedField, variables: Mapping[str, object], limits: DocumentLimits) -> int:
    if not all(condition.holds(variables) for condition in sized.conditions):
        return 0
    size = max((_size(part, variables, limits) for part in sized.sizes), default=0) or limits.page_size
    return size * (1 + sum(_rows(inner, variables, limits) for inner in sized.inner))


def _size(part: _Size, variables: Mapping[str, object], limits: DocumentLimits) -> int:
    value = variables.get(part.given) if isinstance(part.given, str) else part.given
    if part.counts_items:
        return len(cast("Sequence[object]", value)) if isinstance(value, list) else 1
    if value is None:
        return 0
    if not isinstance(value, int) or not 1 <= value <= limits.max_page_size:
        raise RequestRefused(TopLevelError(ErrorCode.BAD_USER_INPUT, f"{part.argument} must be 1–{limits.max_page_size}."))
    return value


@dataclass(frozen=True, slots=True)
class _Place:
    parent: GraphQLCompositeType
    conditions: tuple[Condition, ...]
    path: tuple[str, ...]


class _Survey:
    """Walk one valid operation with its fragments expanded; the guard has bounded how much that is."""

    def __init__(self, schema: GraphQLSchema, fragments: Mapping[str, FragmentDefinitionNode]) -> None:
        self._schema = schema
        self._fragments = fragments
        self.fields: dict[tuple[str, frozenset[str], tuple[Condition, ...]], FieldUse] = {}
        self.introspects = False
        self.flags: set[str] = set()

    def walk(self, selection_set: SelectionSetNode, place: _Place) -> list[SizedField]:
        sized: list[SizedField] = []
        for selection in selection_set.selections:
            conditions = place.conditions + tuple(_conditions(selection.directives))
            # Also those of `__typename`, which is no field that anybody could be refused.
            self.flags.update(condition.given for condition in conditions if isinstance(condition.given, str))
            if isinstance(selection, FieldNode):
                sized += self._field(selection, place, conditions)
                continue
            if isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments[selection.name.value]
                condition, inner = fragment.type_condition, fragment.selection_set
            else:
                spread = cast("InlineFragmentNode", selection)
                condition, inner = spread.type_condition, spread.selection_set
            parent = cast("GraphQLCompositeType", self._schema.type_map[condition.name.value]) if condition else place.parent
            sized += self.walk(inner, _Place(parent, conditions, place.path))
        return sized

    def _field(self, node: FieldNode, place: _Place, conditions: tuple[Condition, ...]) -> list[SizedField]:
        name = node.name.value
        if name in INTROSPECTION_FIELDS:
            self.introspects = True
            return []
        definition = place.parent.fields.get(name) if isinstance(place.parent, GraphQLObjectType | GraphQLInterfaceType) else None
        if definition is None:  # __typename
            return []
        arguments = frozenset(argument.name.value for argument in node.arguments or ())
        path = (*place.path, (node.alias or node.name).value)
        coordinate = f"{place.parent.name}.{name}"
        self.fields.setdefault((coordinate, arguments, conditions), FieldUse(coordinate, arguments, conditions, path))
        inner: list[SizedField] = []
        named = cast("GraphQLNamedType", get_named_type(definition.type))
        if node.selection_set is not None and is_composite_type(named):
            inner = self.walk(node.selection_set, _Place(named, conditions, path))
        sizes = _sizes(node, definition)
        return inner if sizes is None else [SizedField(sizes, conditions, tuple(inner))]


def _sizes(node: FieldNode, definition: GraphQLField) -> tuple[_Size, ...] | None:
    given = {argument.name.value: argument.value for argument in node.arguments or ()}
    if any(name in definition.args for name in _SIZES):
        return tuple(_Size(name, _literal(given[name])) for name in _SIZES if name in given)
    if "ids" in definition.args and "ids" in given:
        ids = given["ids"]
        return (_Size("ids", ids.name.value, counts_items=True) if isinstance(ids, VariableNode) else _Size("ids", _items(ids)),)
    return None


def _items(value: ValueNode) -> int:
    return max(1, len(value.values)) if isinstance(value, ListValueNode) else 1


def _literal(value: ValueNode) -> int | str | None:
    if isinstance(value, VariableNode):
        return value.name.value
    return int(value.value) if isinstance(value, IntValueNode) else None


def _conditions(directives: Sequence[DirectiveNode] | None) -> Iterator[Condition]:
    for directive in directives or ():
        if directive.name.value in ("skip", "include"):
            value = next(iter(directive.arguments or ())).value
            wanted = directive.name.value == "include"
            if isinstance(value, VariableNode):
                yield Condition(value.name.value, wanted)
            elif isinstance(value, BooleanValueNode):
                yield Condition(value.value, wanted)


def survey(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]) -> OperationFacts:
    """Gather the facts of a valid operation."""
    root = schema.get_root_type(operation.operation)
    if root is None:
        return OperationFacts((), (), introspects=False)
    walk = _Survey(schema, fragments)
    sized = walk.walk(operation.selection_set, _Place(root, (), ()))
    varies = bool(walk.flags) or any(map(_has_variables, sized))
    return OperationFacts(tuple(walk.fields.values()), tuple(sized), walk.introspects, tuple(sorted(walk.flags)), varies)


def _has_variables(sized: SizedField) -> bool:
    return any(isinstance(part.given, str) for part in sized.sizes) or any(map(_has_variables, sized.inner))
