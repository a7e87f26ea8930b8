"""Prepare documents: scan, parse, guard, validate and survey, once for each text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    OperationType,
    OverlappingFieldsCanBeMergedRule,
    parse,
    specified_rules,
    validate,
)

from gql.errors import ErrorCode, RequestRefused, TopLevelError
from gql.guard import guard, scan
from gql.limits import DocumentLimits
from gql.operations import OperationFacts, survey
from gql.validation_messages import syntax_error, validation_errors
from gql.variables import Variables

# Comparing fields that merge takes most of validation's time, so a document that is wrong anyway does not get that far.
_DEAR_RULES = (OverlappingFieldsCanBeMergedRule,)
_CHEAP_RULES = tuple(rule for rule in specified_rules if rule not in _DEAR_RULES)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class PreparedOperation:
    """Hold one operation of a valid document with its facts. Only the same one is equal, so things can be kept by it."""

    node: OperationDefinitionNode
    facts: OperationFacts
    variables: Variables
    # What logs say of it.
    shown: Mapping[str, str] = field(init=False)
    # The field that it selects, if that is one and on no condition.
    only: FieldNode | None = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what each request says."""
        selections = self.node.selection_set.selections
        alone = selections[0] if len(selections) == 1 else None
        object.__setattr__(self, "only", alone if isinstance(alone, FieldNode) and not alone.directives else None)
        object.__setattr__(self, "shown", {"operation": (self.name or "(unnamed)")[:64], "kind": self.kind.value})

    @property
    def name(self) -> str | None:
        """Return the operation's name; None when it is anonymous."""
        return self.node.name.value if self.node.name else None

    @property
    def kind(self) -> OperationType:
        """Return query, mutation or subscription."""
        return self.node.operation


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """Hold a document that passed the guard and validation. Nothing in it depends on who asks."""

    document: DocumentNode
    operations: tuple[PreparedOperation, ...]
    fragments: Mapping[str, FragmentDefinitionNode]

    def operation(self, name: str | None) -> PreparedOperation:
        """Resolve the operation to run; raise `RequestRefused` unless the name (or its absence) leaves exactly one."""
        if name is None and len(self.operations) == 1:
            return self.operations[0]
        if name is None:
            raise _unresolved("The document has several operations: name one in `operationName`.")
        for operation in self.operations:
            if operation.name == name:
                return operation
        raise _unresolved("The document has no operation of this name.")


def _unresolved(message: str) -> RequestRefused:
    return RequestRefused(TopLevelError(ErrorCode.OPERATION_RESOLUTION_FAILURE, message))


@dataclass(slots=True)
class CacheFigures:
    """Count what the cache of documents did since the start."""

    hits: int = 0
    misses: int = 0
    refused_hits: int = 0


class Documents:
    """Prepare documents and remember them, least recently used first out.

    Refusals are remembered apart from prepared documents, so a flood of bad documents cannot push out good ones. Both are bounded: prepared
    documents by the sum of their texts' lengths (a syntax tree takes some 50 times its text), refusals by number.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: DocumentLimits | None = None,
        *,
        cached_characters: int = 1_000_000,
        cached_refusals: int = 1_000,
    ) -> None:
        self.schema = schema
        self.limits = limits or DocumentLimits()
        self.figures = CacheFigures()
        self._prepared: OrderedDict[bytes, tuple[PreparedDocument, int]] = OrderedDict()
        self._refused: OrderedDict[bytes, tuple[TopLevelError, ...]] = OrderedDict()
        self._room = cached_characters
        self._cached_refusals = cached_refusals

    def prepare(self, text: str) -> PreparedDocument:
        """Return the prepared document; raise `RequestRefused` with all that is wrong with it."""
        if len(text) > self.limits.document_bytes:
            scan(text, self.limits)
        key = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=32).digest()
        if (found := self._prepared.get(key)) is not None:
            self._prepared.move_to_end(key)
            self.figures.hits += 1
            return found[0]
        if (errors := self._refused.get(key)) is not None:
            self._refused.move_to_end(key)
            self.figures.refused_hits += 1
            raise RequestRefused(*errors)
        self.figures.misses += 1
        try:
            prepared = self._prepare(text)
        except RequestRefused as refused:
            self._refused[key] = refused.errors
            if len(self._refused) > self._cached_refusals:
                self._refused.popitem(last=False)
            raise
        self._prepared[key] = prepared, len(text)
        self._room -= len(text)
        while self._room < 0:
            _, (_, length) = self._prepared.popitem(last=False)
            self._room += length
        return prepared

    def _prepare(self, text: str) -> PreparedDocument:
        limits = self.limits
        scan(text, limits)
        try:
            document = parse(text, max_lexical_tokens=limits.tokens, max_comments=limits.tokens)
        except GraphQLSyntaxError as error:
            raise RequestRefused(syntax_error(error)) from None
        except GraphQLError:
            raise RequestRefused(TopLevelError(ErrorCode.GRAPHQL_PARSE_FAILED, "The document cannot be parsed.")) from None
        guard(document, limits)
        operations = [node for node in document.definitions if isinstance(node, OperationDefinitionNode)]
        if not operations:
            raise _unresolved("The document has no operation.")
        for rules in (_CHEAP_RULES, _DEAR_RULES):
            # More errors than are shown, since equal messages fold into one.
            if errors := validate(self.schema, document, rules, max_errors=4 * limits.errors, hide_suggestions=True):
                raise RequestRefused(*validation_errors(errors[: 4 * limits.errors], limits.errors))
        fragments = _fragments(document)
        prepared = [PreparedOperation(node, survey(self.schema, node, fragments), Variables(self.schema, node)) for node in operations]
        return PreparedDocument(document, tuple(prepared), fragments)


def _fragments(document: DocumentNode) -> Mapping[str, FragmentDefinitionNode]:
    return {node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)}
