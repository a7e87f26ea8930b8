"""Execute operations: variables, limits and permissions first, then the resolvers, under a deadline, with errors masked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any, Protocol, cast

import structlog
from graphql import ExecutionResult, Executor, GraphQLError, GraphQLSchema, OperationType
from graphql.execution.collect_fields import FragmentDetails
from graphql.execution.executor import default_field_resolver, default_type_resolver  # pyright: ignore[reportUnknownVariableType] -- so are theirs
from graphql.execution.values import VariableValues

from gql.documents import Documents, PreparedDocument, PreparedOperation
from gql.errors import FIXED_MESSAGES, ErrorCode, RequestRefused, TopLevelError, at_field, public_cause
from gql.limits import DocumentLimits
from gql.operations import cost
from gql.payloads import PayloadExecutor, WritesPayloads
from gql.validation_messages import argument_error, variable_errors
from persistence.deadlines import Deadline

Authorize = Callable[[PreparedOperation, Mapping[str, object]], Sequence[TopLevelError]]

_log = structlog.get_logger(__name__)

_STATUS: Mapping[str, int] = {
    ErrorCode.REQUEST_TOO_LARGE: 413,
    ErrorCode.DEADLINE_EXCEEDED: 504,
    ErrorCode.OVERLOADED: 503,
    ErrorCode.DATABASE_UNAVAILABLE: 503,
    ErrorCode.INTERNAL: 500,
}


def _no_variables() -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class GraphQLRequest:
    """Hold what a client sent, decoded, whatever door it came in by."""

    query: str
    variables: Mapping[str, object] = field(default_factory=_no_variables)
    operation_name: str | None = None


@dataclass(frozen=True, slots=True)
class GraphQLResponse:
    """Hold an answer. `executed` is False for a request error: then there is no `data` key."""

    request_id: str
    executed: bool
    data: dict[str, Any] | None = None
    errors: tuple[TopLevelError, ...] = ()
    cost: int | None = None

    def body(self) -> dict[str, Any]:
        """Return the response as the specification's map, errors first."""
        body: dict[str, Any] = {}
        if self.errors:
            body["errors"] = [error.formatted(self.request_id) for error in self.errors]
        if self.executed:
            body["data"] = self.data
        return body

    @property
    def status(self) -> int:
        """Return the HTTP status that fits `application/graphql-response+json`.

        An executed operation answers 200 even with errors, except when the server could not do its work and no root field has a value.
        """
        if self.executed and not self.errors:
            return 200
        codes = [error.code for error in self.errors]
        if not self.executed:
            return _STATUS.get(codes[0], 400) if codes else 500
        if any(value is not None for value in (self.data or {}).values()):
            return 200
        return max((status for code in codes if (status := _STATUS.get(code, 200)) in (503, 504)), default=200)


@dataclass(frozen=True, slots=True)
class Admitted:
    """A request that may run, as far as that does not depend on who asks."""

    prepared: PreparedDocument
    operation: PreparedOperation
    variables: VariableValues
    points: int


class SettlesAnswers(Protocol):
    """A context that has a last word on the data of an answer, as idempotent mutations do, and something to put away afterwards."""

    async def settle(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return the data to answer with."""
        ...

    async def close(self) -> None:
        """Put away what the operation has opened."""
        ...


class Engine(WritesPayloads, Protocol):
    """Another way to run queries, which may leave any of them to graphql-core, and to write what the other operations answer."""

    async def run(
        self, operation: PreparedOperation, variables: VariableValues, context: Any, executor: Callable[[], Executor[Any]]
    ) -> dict[str, Any] | None:
        """Return the data of a query that ran without any error; None when graphql-core must run it. `executor` builds what would."""
        ...


class GraphQLExecutor:
    """Run requests against a schema. One for the process; nothing in it depends on who asks."""

    def __init__(
        self,
        schema: GraphQLSchema,
        *,
        limits: DocumentLimits | None = None,
        public_errors: Mapping[type[Exception], str] | None = None,
        deadline: float = 10.0,
        executor_class: type[Executor[Any]] = PayloadExecutor,
        engine: Engine | None = None,
    ) -> None:
        """`public_errors` maps exceptions of other layers to the code they are shown as; `deadline` is in seconds."""
        self.schema = schema
        self.documents = Documents(schema, limits)
        self.limits = self.documents.limits
        self._public_errors = dict(public_errors or {})
        self._deadline = deadline
        self._engine = engine
        # graphql-core leaves types of its constructor open.
        self._executor_class = cast("Callable[..., Executor[Any]]", executor_class)

    async def execute(
        self,
        request: GraphQLRequest,
        context: object,
        *,
        request_id: str,
        allow_introspection: bool = False,
        authorize: Authorize | None = None,
    ) -> GraphQLResponse:
        """Answer a query or mutation; never raises but for cancellation."""
        try:
            admitted = self.admit(request, allow_introspection=allow_introspection)
            if admitted.operation.kind is OperationType.SUBSCRIPTION:
                raise RequestRefused(TopLevelError(ErrorCode.BAD_REQUEST, "Subscriptions are not answered over a plain POST."))
            denied = () if authorize is None else tuple(authorize(admitted.operation, admitted.variables.coerced))
        except RequestRefused as refused:
            return GraphQLResponse(request_id, executed=False, errors=refused.errors)
        except Exception as error:  # noqa: BLE001  the wall that masks what nobody foresaw
            return self.failure(error, request_id)
        if denied:
            return GraphQLResponse(request_id, executed=True, errors=denied[: self.limits.errors], cost=admitted.points)
        return await self._run(admitted, context, request_id)

    def admit(self, request: GraphQLRequest, *, allow_introspection: bool = False) -> Admitted:
        """Check a request against everything that does not depend on who asks; raise `RequestRefused` with all that is wrong."""
        prepared = self.documents.prepare(request.query)
        operation = prepared.operation(request.operation_name)
        if operation.facts.introspects and not allow_introspection:
            raise RequestRefused(TopLevelError(ErrorCode.INTROSPECTION_DISABLED, "Introspection is disabled."))
        operation.variables.check(request.variables, self.limits)
        variables = operation.variables.coerced(request.variables, self.limits.errors)
        if isinstance(variables, list):
            raise RequestRefused(*variable_errors(variables[: self.limits.errors], self.limits.errors))
        points = cost(operation.facts, variables.coerced, self.limits)
        if points > self.limits.cost:
            facts = {"limit": "cost", "allowed": self.limits.cost, "requested": points}
            message = f"The operation costs {points:,} points; {self.limits.cost:,} are allowed."
            raise RequestRefused(TopLevelError(ErrorCode.QUERY_TOO_COMPLEX, message, facts=facts))
        return Admitted(prepared, operation, variables, points)

    async def answer_event(self, admitted: Admitted, event: object, context: object, *, request_id: str) -> GraphQLResponse:
        """Answer one event of an admitted subscription; never raises but for cancellation."""
        return await self._run(admitted, context, request_id, event)

    def _executor(self, admitted: Admitted, context: object, root: object) -> Executor[Any]:
        """Build what graphql-core runs an operation with: as its own `build` does, which would coerce the variables once more."""
        return self._executor_class(
            self.schema,
            dict(admitted.prepared.fragments),
            {name: FragmentDetails(node) for name, node in admitted.prepared.fragments.items()},
            root,
            context,
            admitted.operation.node,
            admitted.variables,
            default_field_resolver,
            default_type_resolver,
            default_field_resolver,
            hide_suggestions=True,
        )

    async def _run(self, admitted: Admitted, context: object, request_id: str, root: object = None) -> GraphQLResponse:
        operation, points = admitted.operation, admitted.points

        def build() -> Executor[Any]:
            return self._executor(admitted, context, root)

        deadline = Deadline(self._deadline)
        try:
            with deadline:
                if self._engine is not None and operation.kind is OperationType.QUERY:
                    quick = await self._engine.run(operation, admitted.variables, context, build)
                    if quick is not None:
                        return GraphQLResponse(request_id, executed=True, data=quick, cost=points)
                executor = build()
                outcome: Any
                if isinstance(executor, PayloadExecutor) and self._engine is not None and operation.kind is not OperationType.QUERY:
                    executor.engine, executor.prepared = self._engine, operation
                    outcome = executor.execute_operation() if operation.only is None else executor.execute_alone(operation.only)
                else:
                    outcome = executor.execute_operation()
                result = cast("ExecutionResult", await outcome if isawaitable(outcome) else outcome)
                data = result.data
                if data is not None and hasattr(context, "settle"):
                    data = await cast("SettlesAnswers", context).settle(data)
        except Exception as error:  # noqa: BLE001  the wall that masks what nobody foresaw
            if isinstance(error, TimeoutError) and deadline.expired:
                late = TopLevelError(ErrorCode.DEADLINE_EXCEEDED, FIXED_MESSAGES[ErrorCode.DEADLINE_EXCEEDED])
                return GraphQLResponse(request_id, executed=False, errors=(late,), cost=points)
            return self.failure(error, request_id)
        finally:
            if hasattr(context, "close"):
                await cast("SettlesAnswers", context).close()
        return GraphQLResponse(request_id, executed=True, data=data, errors=self._shown(result.errors or [], request_id), cost=points)

    def _shown(self, errors: Sequence[GraphQLError], request_id: str) -> tuple[TopLevelError, ...]:
        shown: list[TopLevelError] = []
        logged: set[int] = set()
        for error in errors:
            public = public_cause(error, self._public_errors)
            if public is None:
                public = argument_error(error)
            if public is None:
                cause = error.original_error or error
                # One failed batch fails a field of every row: it is one event. Nor does a page of failures need a page of tracebacks.
                if id(cause) not in logged and len(logged) < self.limits.errors:
                    logged.add(id(cause))
                    _log.error("field failed", request_id=request_id, path=error.path, exc_info=cause)
                public = TopLevelError(ErrorCode.INTERNAL, FIXED_MESSAGES[ErrorCode.INTERNAL])
            shown.append(at_field(public, error))
        return tuple(shown[: self.limits.field_errors])

    def failure(self, error: Exception, request_id: str) -> GraphQLResponse:
        """Answer for an exception that ended a request, here or at the door: with its public code, or masked and logged."""
        public = public_cause(error, self._public_errors)
        if public is None:
            _log.error("operation failed", request_id=request_id, exc_info=error)
            public = TopLevelError(ErrorCode.INTERNAL, FIXED_MESSAGES[ErrorCode.INTERNAL])
        return GraphQLResponse(request_id, executed=False, errors=(public,))
