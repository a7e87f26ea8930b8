"""Runs a document on graphql-core and on the engine, and tells in what their answers differ."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

import orjson
from graphql import (
    REMOVE,
    ArgumentNode,
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    Node,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OperationDefinitionNode,
    VariableDefinitionNode,
    Visitor,
    parse,
    print_ast,
    validate,
    visit,
)

from gql.engine import QueryEngine
from gql.engine.running import EngineFigures
from gql.errors import PUBLIC_ERRORS
from gql.execution import Authorize, GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.limits import DocumentLimits
from tests.drawn_documents import Drawn

# Drawn documents repeat themselves more than people do. What rows cost stays bounded as in production.
LIMITS = DocumentLimits(
    document_bytes=500_000, aliases=10_000, repeated_key=10_000, tokens=100_000, fields=20_000, depth=40, fragments=1_000,
    directives=1_000, filter_terms=1_000, variables=1_000, query_root_fields=100, field_errors=10_000,
)  # fmt: skip
_PATIENCE = 5
_MOST_TRIES = 400
_REMOVABLE = (FieldNode, FragmentSpreadNode, InlineFragmentNode, DirectiveNode, ArgumentNode, OperationDefinitionNode)


@dataclass(slots=True)
class Figures:
    """What became of the requests."""

    answered: int = 0
    refused: int = 0
    with_errors: int = 0
    # What the engine left to graphql-core, by the reason and by the errors that it answers.
    left: Counter[str] = field(default_factory=Counter[str])
    # Which of several errors empties the same field is for whichever is first.
    raced: int = 0
    # graphql-core does not repeat its own answer, as where a cursor moves with every transaction.
    unsteady: int = 0
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """What a document is run with besides its variables."""

    context: Callable[[], Any]
    authorize: Authorize | None = None


class BothExecutors:
    """The two executors of a schema, as the server sets them up."""

    def __init__(self, schema: GraphQLSchema, *, deadline: float = 60.0, unplanned: str | None = None) -> None:
        """`unplanned` is a word of documents that the engine knows no plan for."""
        self._schema = schema
        self._unplanned = unplanned
        self._deadline = deadline
        self.core = GraphQLExecutor(schema, limits=LIMITS, public_errors=PUBLIC_ERRORS, deadline=deadline)
        self.engine = QueryEngine(schema)
        self.quick = GraphQLExecutor(schema, limits=LIMITS, public_errors=PUBLIC_ERRORS, deadline=deadline, engine=self.engine)
        self.figures = Figures()
        # The data of the last answer.
        self.last: dict[str, Any] | None = None

    def fresh(self) -> BothExecutors:
        """Make others of the same kind, which have seen no document yet."""
        return BothExecutors(self._schema, deadline=self._deadline, unplanned=self._unplanned)

    async def difference(self, drawn: Drawn, asking: Asking) -> str | None:
        """Say in what the answers differ, for each set of variables in turn; None when they do not."""
        for variables in drawn.variables:
            request = GraphQLRequest(drawn.document, variables, drawn.operation)
            found = await self._one(request, asking)
            if found is not None:
                return f"{found}\nvariables: {orjson.dumps(variables).decode()}\noperation: {drawn.operation}"
        return None

    async def _one(self, request: GraphQLRequest, asking: Asking) -> str | None:
        self.figures.compared += 1
        for _ in range(_PATIENCE):
            ordinary = await _run(self.core, request, asking)
            before = replace(self.engine.figures, reasons=Counter(self.engine.figures.reasons))
            quick = await _run(self.quick, request, asking)
            found = self._compared(ordinary, quick)
            if found is None:
                return self._counted(ordinary, before, request)
            if orjson.dumps((await _run(self.core, request, asking)).body()) == orjson.dumps(ordinary.body()):
                return found
            self.figures.unsteady += 1
        return None

    def _compared(self, ordinary: GraphQLResponse, quick: GraphQLResponse) -> str | None:
        # Bytes: the order of the keys counts too.
        bodies = [orjson.dumps(each.body()) for each in (ordinary, quick)]
        if bodies[0] != bodies[1]:
            if _up_to_races(ordinary) != _up_to_races(quick):
                return "\n".join(["the answers differ", "graphql-core:", bodies[0].decode(), "engine:", bodies[1].decode()])
            self.figures.raced += 1
        facts = [(each.executed, each.status, each.cost) for each in (ordinary, quick)]
        return None if facts[0] == facts[1] else f"executed, status or cost differ\ngraphql-core: {facts[0]}\nengine: {facts[1]}"

    def _counted(self, ordinary: GraphQLResponse, before: EngineFigures, request: GraphQLRequest) -> str | None:
        """Count what became of a request; where the engine left a query to graphql-core for nothing, that is a difference too."""
        after, figures = self.engine.figures, self.figures
        self.last = ordinary.data
        figures.answered += after.answered - before.answered
        figures.with_errors += bool(ordinary.errors)
        figures.refused += after == before
        reasons = [*(after.reasons - before.reasons), *["not planned"] * (after.not_planned - before.not_planned)]
        for reason in reasons:
            figures.left[f"{reason}: {', '.join(sorted({str(error.code) for error in ordinary.errors})) or 'no error'}"] += 1
        if not reasons or ordinary.errors or (self._unplanned and re.search(rf"\b{self._unplanned}\b", request.query)):
            return None
        # What nobody may give is no error below a null, but the engine sees it first.
        refused = "PublicError" in reasons or "GraphQLError" in reasons or None in request.variables.values()
        return None if refused else f"left to graphql-core, which answers without any error: {reasons[0]}"

    async def shrunk(self, drawn: Drawn, asking: Asking, found: str) -> Drawn:
        """Leave out of a document what it differs without, in the same kind of way."""
        tries, kind = 0, found.partition("\n")[0]
        smaller = True
        while smaller:
            smaller = False
            for position in range(_removable(drawn.document)):
                tries += 1
                text = _without(self._schema, drawn.document, position)
                if text is None or tries > _MOST_TRIES:
                    continue
                candidate = Drawn(text, drawn.operation, drawn.variables, drawn.fields)
                again = await self.fresh().difference(candidate, asking)
                if again is not None and again.partition("\n")[0] == kind:
                    drawn, smaller = candidate, True
                    break
        return drawn


async def _run(executor: GraphQLExecutor, request: GraphQLRequest, asking: Asking) -> GraphQLResponse:
    return await executor.execute(request, asking.context(), request_id="test", authorize=asking.authorize)


def _up_to_races(response: GraphQLResponse) -> tuple[Any, ...]:
    """Tell of an answer what does not depend on which of two errors is first: the data, its gaps, and the errors of gaps of their own."""
    errors = [error.formatted("test") for error in response.errors]
    placed = [(_gap(response.data, cast("Sequence[str | int]", error.get("path") or ())), error) for error in errors]
    own = sorted(orjson.dumps(error) for gap, error in placed if list(gap) == error.get("path"))
    return orjson.dumps(response.data), sorted({orjson.dumps(gap) for gap, _ in placed}), own


def _gap(data: Any, path: Sequence[str | int]) -> Sequence[str | int]:
    """Find how far up an error has emptied the answer."""
    for depth, step in enumerate(path):
        if data is None:
            return path[:depth]
        data = data[step]
    return path


def _removable(document: str) -> int:
    return _visited(parse(document), -1)[1]


def _visited(document: DocumentNode, position: int) -> tuple[DocumentNode, int]:
    """Remove one part of a document, by its number; tell how many there are."""
    count = 0

    class Remove(Visitor):
        def enter(self, node: Node, *_: Any) -> Any:
            nonlocal count
            if isinstance(node, _REMOVABLE):
                count += 1
                if count - 1 == position:
                    return REMOVE
            return None

    return visit(document, Remove()), count


def _without(schema: GraphQLSchema, document: str, position: int) -> str | None:
    """Return a document without one of its parts and without what only that used; None when it is not valid then."""
    try:
        smaller = parse(print_ast(_visited(parse(document), position)[0]))
        while unused := [
            node for error in validate(schema, smaller, [NoUnusedFragmentsRule, NoUnusedVariablesRule]) for node in error.nodes or ()
        ]:
            smaller = _less(smaller, unused)
        text = print_ast(smaller)
        # The parser takes a selection without fields, which the specification does not know.
        return None if validate(schema, smaller) or "{}" in text or "{ }" in text else text
    except GraphQLError:
        return None


def _less(document: DocumentNode, unused: Sequence[Node]) -> DocumentNode:
    known = {id(node) for node in unused}

    class Remove(Visitor):
        def enter(self, node: Node, *_: Any) -> Any:
            return REMOVE if isinstance(node, FragmentDefinitionNode | VariableDefinitionNode) and id(node) in known else None

    return visit(document, Remove())


class Differs(AssertionError):
    """The executors differ; tells all that is needed to see it again."""


async def require_agreement(executors: BothExecutors, drawn: Drawn, asking: Asking, origin: str) -> None:
    """Raise Differs, with the document and the smallest part of it that still differs, where the answers do."""
    found = await executors.difference(drawn, asking)
    if found is None:
        return
    smallest = await executors.shrunk(drawn, asking, found)
    again = await executors.fresh().difference(smallest, asking)
    sets = "\n".join(orjson.dumps(each).decode() for each in drawn.variables)
    raise Differs(f"{origin}\n{drawn.document}\n{sets}\n\n{found}\n\nthe smallest of it:\n{smallest.document}\n{again}")
