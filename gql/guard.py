"""Refuse documents that cost more than they may, in time linear in their text, before anything is validated.

Two passes: `scan` reads tokens and brackets off the text, so that the recursive parser never meets a deep or endless document; `guard`
measures the parsed document, each fragment once.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graphql import (
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListTypeNode,
    ListValueNode,
    NamedTypeNode,
    NonNullTypeNode,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    StringValueNode,
    TypeNode,
    ValueNode,
)

from gql.errors import ErrorCode, RequestRefused, TopLevelError
from gql.limits import DocumentLimits

INTROSPECTION_FIELDS = frozenset({"__schema", "__type"})
NUL_MESSAGE = "NUL is not allowed."

_LEXEME = re.compile(
    r"""[\ufeff\s,]+"""
    r"""|(?P<lexeme>\#[^\r\n]*"""
    r'''|"""(?:[^"\\]|\\"""|\\|"(?!""))*+"""|"""'''
    r"""|"(?:[^"\\\r\n]|\\.)*+\""""
    r"""|[_A-Za-z][_0-9A-Za-z]*|-?[0-9][0-9.eE+-]*|\.\.\.|.)""",
    re.DOTALL,
)
# What follows an open quote is no token; the parser stops there as well.
_UNTERMINATED = ('"', '"""')


def limit_exceeded(limit: str, allowed: int, requested: int | None = None, code: str = ErrorCode.DOCUMENT_LIMIT_EXCEEDED) -> RequestRefused:
    """Build the refusal that names a limit, what it allows, and what was asked for where that is known."""
    facts: dict[str, object] = {"limit": limit, "allowed": allowed}
    if requested is not None:
        facts["requested"] = requested
    return RequestRefused(TopLevelError(code, f"The document exceeds the limit `{limit}` of {allowed:,}.", facts=facts))


def scan(text: str, limits: DocumentLimits) -> None:
    """Check size, tokens (comments count as such), brackets and the number of definitions on the text itself."""
    if len(text) > limits.document_bytes or len(text.encode("utf-8", "surrogatepass")) > limits.document_bytes:
        raise limit_exceeded("document", limits.document_bytes, code=ErrorCode.REQUEST_TOO_LARGE)
    if "\0" in text:
        raise RequestRefused(TopLevelError(ErrorCode.BAD_USER_INPUT, NUL_MESSAGE))
    # A legal selection needs a brace per field, its literals up to as many brackets again, and the parentheses around them.
    brackets = max(2 * limits.depth, limits.introspection_depth) + 4
    tokens = depth = operations = fragments = changes = 0
    opener = before = last = ""
    for match in _LEXEME.finditer(text):
        lexeme = match["lexeme"]
        if lexeme is None:
            continue
        if lexeme in _UNTERMINATED:
            return
        tokens += 1
        if tokens > limits.tokens:
            raise limit_exceeded("tokens", limits.tokens)
        if lexeme in "{[(":
            # A parenthesis here is a root field's, unless a directive's: a lower bound, but long mutations reach it before that of tokens.
            if depth == 1 and lexeme == "(" and opener == "mutation" and before != "@":
                changes += 1
                if changes > limits.mutation_root_fields:
                    raise limit_exceeded("rootFields", limits.mutation_root_fields)
            if depth == 0 and lexeme == "{":
                changes = 0
                operations, fragments = (operations, fragments + 1) if opener == "fragment" else (operations + 1, fragments)
            if operations > limits.operations:
                raise limit_exceeded("operations", limits.operations)
            if fragments > limits.fragments:
                raise limit_exceeded("fragments", limits.fragments)
            depth += 1
            if depth > brackets:
                raise limit_exceeded("depth", limits.depth)
        elif lexeme in "}])":
            depth -= 1
            if depth <= 0 and lexeme == "}":
                depth, opener = 0, ""
        elif depth == 0 and not opener and lexeme[0] != "#":
            opener = lexeme
        before, last = last, lexeme


@dataclass(slots=True)
class _Measure:
    """What a selection set amounts to once its fragments are expanded."""

    fields: int = 0
    selections: int = 0
    root_fields: int = 0
    depth: int = 0
    introspection_depth: int = 0
    # Occurrences by response path: validation compares all fields that merge into one, so it is the merged count that is bounded.
    keys: Counter[str] = field(default_factory=Counter[str])


class _Guard:
    def __init__(self, limits: DocumentLimits) -> None:
        self._limits = limits
        self._measured: dict[str, _Measure] = {}
        self._directives = 0
        self._aliases = 0
        self._filter_terms = 0
        self._repeated = 0

    def check(self, document: DocumentNode) -> None:
        operations: list[OperationDefinitionNode] = []
        fragments: dict[str, FragmentDefinitionNode] = {}
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                operations.append(definition)
            elif isinstance(definition, FragmentDefinitionNode):
                fragments[definition.name.value] = definition
            else:
                raise RequestRefused(TopLevelError(ErrorCode.GRAPHQL_VALIDATION_FAILED, "Not executable."))
        for name in _leaves_first(fragments, self._limits):
            fragment = fragments[name]
            self._count_directives(fragment.directives)
            measure = self._measure(fragment.selection_set, fragment.type_condition.name.value)
            self._measured[name] = measure
            self._check_size(measure.fields, measure)
        fields = 0
        measures: list[tuple[OperationDefinitionNode, _Measure]] = []
        for operation in operations:
            self._check_variables(operation)
            measure = self._measure(operation.selection_set, "")
            fields += measure.fields
            self._check_size(fields, measure)
            measures.append((operation, measure))
        self._check_totals(measures)

    def _check_size(self, fields: int, measure: _Measure) -> None:
        limits = self._limits
        if fields > limits.fields or measure.selections > 2 * limits.fields:
            raise limit_exceeded("fields", limits.fields, fields if fields > limits.fields else None)
        if max(measure.depth, measure.introspection_depth) > max(limits.depth, limits.introspection_depth):
            raise limit_exceeded("depth", limits.depth)
        self._repeated = max(self._repeated, max(measure.keys.values(), default=0))

    def _check_totals(self, measures: Sequence[tuple[OperationDefinitionNode, _Measure]]) -> None:
        limits = self._limits
        for _, measure in measures:
            if measure.depth > limits.depth:
                raise limit_exceeded("depth", limits.depth, measure.depth)
            if measure.introspection_depth > limits.introspection_depth:
                raise limit_exceeded("depth", limits.introspection_depth, measure.introspection_depth)
        for operation, measure in measures:
            if operation.operation is OperationType.MUTATION and measure.root_fields > limits.mutation_root_fields:
                raise limit_exceeded("rootFields", limits.mutation_root_fields, measure.root_fields)
        totals = (
            ("repeatedKey", limits.repeated_key, self._repeated),
            ("aliases", limits.aliases, self._aliases),
            ("directives", limits.directives, self._directives),
            ("filterTerms", limits.filter_terms, self._filter_terms),
        )
        for limit, allowed, requested in totals:
            if requested > allowed:
                raise limit_exceeded(limit, allowed, requested)
        for _, measure in measures:
            if measure.root_fields > limits.query_root_fields:
                raise limit_exceeded("rootFields", limits.query_root_fields, measure.root_fields)

    def _check_variables(self, operation: OperationDefinitionNode) -> None:
        self._count_directives(operation.directives)
        variables = operation.variable_definitions or ()
        if len(variables) > self._limits.variables:
            raise limit_exceeded("variables", self._limits.variables, len(variables))
        for variable in variables:
            self._count_directives(variable.directives)
            if variable.default_value is not None:
                self._check_value(variable.default_value, "filter" if is_filter(variable.type) else "")

    def _measure(self, selection_set: SelectionSetNode, condition: str) -> _Measure:
        if not selection_set.selections:
            # graphql-core reads them; the specification has no empty selections.
            raise RequestRefused(TopLevelError(ErrorCode.GRAPHQL_PARSE_FAILED, "A selection names at least one field."))
        total = _Measure()
        for selection in selection_set.selections:
            total.selections += 1
            self._count_directives(selection.directives)
            if isinstance(selection, FieldNode):
                self._add_field(total, selection, condition)
            elif isinstance(selection, InlineFragmentNode):
                inner = selection.type_condition.name.value if selection.type_condition else condition
                self._add_spread(total, self._measure(selection.selection_set, inner))
            elif isinstance(selection, FragmentSpreadNode) and selection.name.value in self._measured:
                self._add_spread(total, self._measured[selection.name.value])
        return total

    def _add_field(self, total: _Measure, node: FieldNode, condition: str) -> None:
        total.fields += 1
        total.root_fields += 1
        self._aliases += node.alias is not None
        key = f"{condition}:{(node.alias or node.name).value}"
        total.keys[key] += 1
        self._check_arguments(node.arguments)
        total.depth = max(total.depth, 1)
        if node.selection_set is None:
            return
        inner = self._measure(node.selection_set, "")
        self._add_size(total, inner)
        for path, count in inner.keys.items():
            total.keys[f"{key}/{path}"] += count
        deepest = max(inner.depth, inner.introspection_depth)
        if node.name.value in INTROSPECTION_FIELDS:
            total.introspection_depth = max(total.introspection_depth, deepest + 1)
        else:
            total.depth = max(total.depth, inner.depth + 1)
            total.introspection_depth = max(total.introspection_depth, inner.introspection_depth)

    def _add_spread(self, total: _Measure, inner: _Measure) -> None:
        self._add_size(total, inner)
        total.root_fields += inner.root_fields
        total.depth = max(total.depth, inner.depth)
        total.introspection_depth = max(total.introspection_depth, inner.introspection_depth)
        total.keys.update(inner.keys)

    def _add_size(self, total: _Measure, inner: _Measure) -> None:
        total.fields += inner.fields
        total.selections += inner.selections
        if total.fields > self._limits.fields or total.selections > 2 * self._limits.fields:
            raise limit_exceeded("fields", self._limits.fields, total.fields if total.fields > self._limits.fields else None)

    def _count_directives(self, directives: Iterable[DirectiveNode] | None) -> None:
        for directive in directives or ():
            self._directives += 1
            self._check_arguments(directive.arguments)

    def _check_arguments(self, arguments: Iterable[ArgumentNode] | None) -> None:
        for argument in arguments or ():
            self._check_value(argument.value, argument.name.value)

    def _check_value(self, value: ValueNode, name: str) -> None:
        stack: list[tuple[ValueNode, int, bool]] = [(value, 0, name == "filter")]
        while stack:
            node, depth, in_filter = stack.pop()
            if isinstance(node, ListValueNode):
                depth += 1
                objects = [item for item in node.values if isinstance(item, ObjectValueNode | ListValueNode)]
                self._filter_terms += in_filter and not objects
                stack.extend((item, depth, in_filter and bool(objects)) for item in node.values)
            elif isinstance(node, ObjectValueNode):
                depth += 1
                self._filter_terms += in_filter and not node.fields
                stack.extend((entry.value, depth, in_filter or entry.name.value == "filter") for entry in node.fields)
            else:
                self._filter_terms += in_filter
                if isinstance(node, StringValueNode) and "\0" in node.value:
                    raise RequestRefused(TopLevelError(ErrorCode.BAD_USER_INPUT, NUL_MESSAGE))
            if depth > self._limits.depth:
                raise limit_exceeded("depth", self._limits.depth)


def is_filter(node: TypeNode) -> bool:
    """Tell whether a variable's type is a filter, or a list of filters."""
    while isinstance(node, ListTypeNode | NonNullTypeNode):
        node = node.type
    return isinstance(node, NamedTypeNode) and node.name.value.endswith("Filter")


def _spreads(selection_set: SelectionSetNode) -> set[str]:
    found: set[str] = set()
    stack = [selection_set]
    while stack:
        for selection in stack.pop().selections:
            if isinstance(selection, FragmentSpreadNode):
                found.add(selection.name.value)
            elif isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set is not None:
                stack.append(selection.selection_set)
    return found


def _leaves_first(fragments: Mapping[str, FragmentDefinitionNode], limits: DocumentLimits) -> list[str]:
    """Order fragments so that each comes after those it spreads; a cycle has no end, so it exceeds the depth."""
    pending = {name: _spreads(fragment.selection_set) & fragments.keys() for name, fragment in fragments.items()}
    users: dict[str, list[str]] = {name: [] for name in fragments}
    for name, used in pending.items():
        for inner in used:
            users[inner].append(name)
    ready = [name for name, used in pending.items() if not used]
    ordered: list[str] = []
    while ready:
        name = ready.pop()
        ordered.append(name)
        for user in users[name]:
            pending[user].discard(name)
            if not pending[user]:
                ready.append(user)
    if len(ordered) < len(fragments):
        raise limit_exceeded("depth", limits.depth)
    return ordered


def guard(document: DocumentNode, limits: DocumentLimits) -> None:
    """Refuse a parsed document that exceeds a limit or is not executable; it must have passed `scan`."""
    _Guard(limits).check(document)
