"""An executor that leaves what a root field answered with to an engine: the payload of a mutation, the event of a subscription."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import Any, Protocol, cast

from graphql import ExecutionResult, Executor, FieldNode, GraphQLError, GraphQLObjectType, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetails
from graphql.pyutils import Path

from gql.documents import PreparedOperation


class WritesPayloads(Protocol):
    """Another way to write what a root field answered with, which may leave any of it to graphql-core."""

    async def payload(self, operation: PreparedOperation, executor: Executor[Any], key: str, details: Any, value: object) -> Any | None:
        """Return the value as it is answered under a response key; None when graphql-core must complete it. Nothing is resolved anew."""
        ...


class PayloadExecutor(Executor[Any]):
    """Executes mutations and subscriptions. Root fields are resolved as always, and once; only their values are completed elsewhere."""

    engine: WritesPayloads | None = None
    prepared: PreparedOperation | None = None

    async def execute_alone(self, node: FieldNode) -> ExecutionResult:
        """Do what `execute_operation` does, for an operation that selects this field and nothing else."""
        root = cast(GraphQLObjectType, self.schema.get_root_type(self.operation.operation))
        key = (node.alias or node.name).value
        try:
            value: Any = self.execute_field(root, self.root_value, [FieldDetails(node, None)], Path(None, key, root.name), None)
            answered = {key: await value if isawaitable(value) else value}
        except GraphQLError as error:
            # The field may not be null, so nothing is.
            self.collected_errors.add(error, None)
            return cast(ExecutionResult, self.build_response(None))
        return cast(ExecutionResult, self.build_response(answered))

    def complete_value(
        self,
        return_type: Any,
        field_details_list: Any,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Complete a value; one of a root field by the engine, as far as it can."""
        plainly = cast("Callable[..., Any]", super().complete_value)  # pyright: ignore[reportUnknownMemberType] -- graphql-core leaves types open
        if self.engine is None or path.prev is not None or result is None or isinstance(result, Exception):
            return plainly(return_type, field_details_list, info, path, result, position_context)

        async def complete(engine: WritesPayloads, prepared: PreparedOperation) -> Any:
            quick = await engine.payload(prepared, self, str(path.key), field_details_list, result)
            if quick is not None:
                return quick
            completed: Any = plainly(return_type, field_details_list, info, path, result, position_context)
            return await completed if isawaitable(completed) else completed

        if self.prepared is None:
            raise TypeError("an engine needs to know the operation")
        return complete(self.engine, self.prepared)
