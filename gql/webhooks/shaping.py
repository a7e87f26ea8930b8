"""Shapes what is told of an event to an endpoint: a GraphQL selection over the event, checked when it is saved and run when it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import cast
from uuid import UUID

from graphql import FieldNode, GraphQLSchema, InlineFragmentNode, OperationDefinitionNode

from domain.access import Permission, Role, Viewer
from domain.events import Event
from domain.webhooks import WebhookEndpoint
from gql.context import Context
from gql.documents import Documents
from gql.errors import PASSING, RequestRefused
from gql.execution import GraphQLExecutor, GraphQLRequest
from gql.ids import encode_id
from gql.permissions import authorize
from persistence.database import Database
from persistence.failures import Overloaded
from usecases.webhooks.deliver import CannotTell

AS_SHIPPED = "{ id type sequence at changes { field old new } facts { name value } actor { kind } lead { id } }"
_NOBODY = UUID(int=0)


@cache
def _documents(schema: GraphQLSchema) -> Documents:
    """Keep what was prepared of selections: one cache for a schema, as there is one schema in a process."""
    return Documents(schema)


def document_of(selection: str) -> str:
    """Write the operation that answers a selection over an event."""
    return f"query Webhook($id: ID!) {{ node(id: $id) {{ ... on Event {selection}\n}} }}"


def selection_problems(schema: GraphQLSchema, viewer: Viewer, selection: str) -> Sequence[str]:
    """Say everything that is wrong with a selection: that it is none, that it does not fit the schema, that the viewer may not read it."""
    try:
        prepared = _documents(schema).prepare(document_of(selection))
        operation = prepared.operation(None)
    except RequestRefused as refused:
        return [error.message for error in refused.errors]
    if not _is_one_selection(prepared.document.definitions):
        return ["A selection is written in one pair of braces, such as { id type lead { id } }."]
    if operation.facts.introspects:
        return ["The schema itself is not told by webhooks."]
    return [error.message for error in authorize(viewer, operation, {})]


def _is_one_selection(definitions: Sequence[object]) -> bool:
    """Tell whether the text stayed where it was put: braces in it may have closed more than their own."""
    if len(definitions) != 1 or not isinstance(definitions[0], OperationDefinitionNode):
        return False
    roots = definitions[0].selection_set.selections
    if len(roots) != 1 or not isinstance(roots[0], FieldNode) or roots[0].selection_set is None:
        return False
    inner = roots[0].selection_set.selections
    return len(inner) == 1 and isinstance(inner[0], InlineFragmentNode)


class Teller:
    """Answers an endpoint's selection for an event, with what the one who set it up may read."""

    def __init__(self, executor: GraphQLExecutor, database: Database, now: Callable[[], datetime], base_url: str = "") -> None:
        self._executor = executor
        self._database = database
        self._now = now
        self._base_url = base_url

    async def __call__(self, workspace_id: UUID, endpoint: WebhookEndpoint, event: Event) -> Mapping[str, object]:
        """Return the data. Raises CannotTell when the selection does not fit the schema any more, or reads what is no longer allowed.

        Raises Overloaded when the database cannot be read just now, which is no fault of the receiver's.
        """
        allowed = frozenset(Permission(each) for each in endpoint.permissions if each in Permission.__members__)
        viewer = Viewer(
            workspace_id=workspace_id, key_id=_NOBODY, role=Role.INTEGRATION, agent_id=None, permissions=allowed, visibility=None
        )
        answer = await self._executor.execute(
            GraphQLRequest(document_of(endpoint.selection or AS_SHIPPED), {"id": encode_id("Event", event.id)}),
            Context(self._database, viewer, self._now(), "webhook", self._base_url),
            request_id="webhook",
            authorize=lambda operation, variables: authorize(viewer, operation, variables),
        )
        if any(error.code in PASSING for error in answer.errors):
            raise Overloaded("an event cannot be read just now")
        node = (answer.data or {}).get("node")
        if answer.errors or node is None:
            raise CannotTell(answer.errors[0].message if answer.errors else "The event is no longer kept.")
        return cast("Mapping[str, object]", node)
