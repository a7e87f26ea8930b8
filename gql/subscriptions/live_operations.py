"""Answers subscriptions: checks the request once, then turns events of the feed into answers for as long as somebody listens."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

import orjson
from graphql import SKIP, FieldNode, GraphQLField, OperationType, VariableNode, Visitor, VisitorAction, visit
from graphql.execution.values import get_argument_values
from strawberry.types.arguments import convert_arguments

from domain.access import Viewer
from domain.events import EventFilter, FeedPage, FeedPosition, written_at
from domain.filters import LeadFilter, LeadQuery
from gql.context import Context
from gql.errors import PASSING, ErrorCode, RequestRefused, TopLevelError
from gql.events.cursors import decode_feed_cursor, encode_feed_cursor, invalid_cursor, require_kept
from gql.execution import Admitted, GraphQLExecutor, GraphQLRequest, GraphQLResponse
from gql.permissions import authorize
from gql.subscriptions.groups import Answer, Group, Placed, Read
from gql.subscriptions.hub import Hub
from gql.subscriptions.segments import KEPT_MOVES, MAX_MEMBERS, FollowedSet, SegmentMove, SegmentSource, follow_set
from gql.subscriptions.watches import LiveChange, LiveField, SegmentField, Watch
from persistence.database import Database, Scope
from persistence.feed import UnknownPosition, feed_ceiling, feed_page, leads_meant
from persistence.lead_lists import lead_ids_matching

_PAGE = 100


class _NotNow(Exception):
    """An event could not be read just now."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A request that was admitted for a viewer."""

    request: GraphQLRequest
    admitted: Admitted
    viewer: Viewer
    watch: Watch

    @property
    def scope(self) -> Scope:
        return Scope(self.viewer.workspace_id, self.viewer.visibility)


class LiveOperations:
    """Runs subscriptions of one schema. `now` is the server's clock; `base_url` goes into the addresses that answers carry."""

    def __init__(self, executor: GraphQLExecutor, database: Database, hub: Hub, *, now: Callable[[], datetime], base_url: str = "") -> None:
        self._executor = executor
        self._database = database
        self._hub = hub
        self._now = now
        self._base_url = base_url
        root = executor.schema.subscription_type
        self._fields: Mapping[str, GraphQLField] = root.fields if root else {}
        converter = executor.schema.extensions["strawberry-definition"].schema_converter
        self._scalars, self._config = converter.scalar_registry, converter.config

    async def subscribe(
        self, request: GraphQLRequest, viewer: Viewer, *, request_id: str
    ) -> AsyncIterator[GraphQLResponse] | GraphQLResponse:
        """Start a subscription, or say in one answer why there is none; close the iterator to end it.

        Who the viewer is and may is taken as it is now: whoever calls ends the subscription when that changes. Which leads the viewer
        sees is asked anew for each event.
        """
        try:
            question = self._asked(request, viewer)
            after = question.watch.after
            start, made_at = decode_feed_cursor(after, viewer.workspace_id) if after is not None else (None, None)
            if start is not None and made_at is not None:
                # A position of another database, or one too old, is refused here and not after the stream began.
                require_kept(made_at, (await self.read(question, start, size=1)).since)
        except RequestRefused as refused:
            return GraphQLResponse(request_id, executed=False, errors=refused.errors)
        except Exception as error:  # noqa: BLE001 -- the wall that masks what nobody foresaw
            return self._executor.failure(error, request_id)
        as_of = made_at or self._now()
        if question.watch.follows_set:
            return await self._follow_set(question, start, as_of, request_id)
        workspace_id = viewer.workspace_id
        try:
            group, present = await self._hub.join(workspace_id, self._key(question), lambda: _Answering(self, question))
        except Exception as error:  # noqa: BLE001 -- the database may be away
            return self._executor.failure(error, request_id)
        # The group's question is the same as this one, which so need not be kept.
        read = self._unbroken(cast("_Answering", group.answering).read, as_of)
        return _Stream(self._hub, workspace_id, group, self._hub.follow(group, start or present, read))

    async def _follow_set(
        self, question: _Question, after: FeedPosition | None, as_of: datetime, request_id: str
    ) -> AsyncIterator[GraphQLResponse] | GraphQLResponse:
        """Start to follow a set of leads, which is looked after once for all who follow it with the same rights."""
        workspace_id, key = question.viewer.workspace_id, self._key(question)
        try:
            group, _ = await self._hub.join(workspace_id, key, lambda: FollowedSet(self._segment_source(question)), keeps=KEPT_MOVES)
        except Exception as error:  # noqa: BLE001 -- the database may be away
            return self._executor.failure(error, request_id)
        followed = cast("FollowedSet", group.answering)
        try:
            await followed.ready()
        except Exception as error:  # noqa: BLE001 -- too large a set, or the database may be away
            await self._hub.leave(workspace_id, group)
            return self._executor.failure(error, request_id)
        whole, database = Scope(workspace_id), self._database

        async def read(position: FeedPosition) -> FeedPage:
            async with database.reading(whole) as db:
                return await feed_page(db, position, EventFilter(), _PAGE)

        # An agent cannot be told what became of leads that have left its sight: it begins anew.
        begin = None if question.viewer.visibility is not None else after
        return _Stream(self._hub, workspace_id, group, follow_set(group, followed, begin, self._unbroken(read, as_of)))

    def _segment_source(self, question: _Question) -> SegmentSource:
        viewer, filter = question.viewer, question.watch.leads or LeadFilter()
        whole = Scope(viewer.workspace_id)

        async def ceiling() -> int:
            async with self._database.reading(whole) as db:
                return await feed_ceiling(db)

        async def meant(ids: Collection[UUID]) -> Collection[UUID]:
            async with self._database.reading(question.scope) as db:
                return await leads_meant(db, list(ids), filter)

        async def members() -> Sequence[UUID]:
            async with self._database.reading(question.scope) as db:
                return await lead_ids_matching(db, LeadQuery(filter), MAX_MEMBERS + 1)

        async def answers(moves: Sequence[SegmentMove]) -> Sequence[GraphQLResponse]:
            return await self.respond(question, moves)

        def cursor(position: FeedPosition, at: datetime | None) -> str:
            return encode_feed_cursor(viewer.workspace_id, position, at or self._now())

        return SegmentSource(
            ceiling=ceiling,
            meant=meant,
            members=members,
            answers=answers,
            cursor=cursor,
            retry_seconds=self._hub.poll_seconds,
        )

    def _asked(self, request: GraphQLRequest, viewer: Viewer) -> _Question:
        """Check everything that can be wrong with a request. Raises RequestRefused, PublicError, GraphQLError."""
        admitted = self._executor.admit(request)
        if admitted.operation.kind is not OperationType.SUBSCRIPTION:
            raise RequestRefused(TopLevelError(ErrorCode.BAD_REQUEST, "Queries and mutations are sent by POST, not over a stream."))
        selections = admitted.operation.node.selection_set.selections
        node = selections[0] if len(selections) == 1 else None
        if not isinstance(node, FieldNode) or node.directives:
            message = "A subscription selects exactly one field, written out and without conditions."
            raise RequestRefused(TopLevelError(ErrorCode.GRAPHQL_VALIDATION_FAILED, message))
        variables = admitted.variables
        if denied := authorize(viewer, admitted.operation, variables.coerced):
            raise RequestRefused(*denied[: self._executor.limits.errors])
        field = self._fields[node.name.value]
        definition = field.extensions["strawberry-definition"]
        arguments = convert_arguments(get_argument_values(field, node, variables), definition.arguments, self._scalars, self._config)
        live: LiveField | SegmentField = definition.metadata["live"]
        watch = live.watch({name: value for name, value in arguments.items() if value is not None})
        return _Question(request, admitted, viewer, watch)

    def _key(self, question: _Question) -> tuple[object, ...]:
        """Name the group: the question without the place where its asker begins, and all that an answer may depend on."""
        variables = dict(question.request.variables)
        place = _variable_of_after(question.admitted)
        if place is not None:
            variables.pop(place, None)
        viewer = question.viewer
        written = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS)
        rights = (viewer.role, viewer.agent_id, viewer.permissions, viewer.visibility)
        return question.request.query, question.request.operation_name, written, rights

    async def read(self, question: _Question, position: FeedPosition, *, size: int = _PAGE) -> FeedPage:
        try:
            async with self._database.reading(question.scope) as db:
                return await feed_page(db, position, question.watch.events, size)
        except UnknownPosition:
            raise invalid_cursor() from None

    def _unbroken(self, read: Read, as_of: datetime) -> Read:
        """Build what reads on for one subscriber, and ends its stream when events are gone that it has not read.

        `as_of`: when the subscriber knew everything up to where it begins.
        """

        async def read_on(position: FeedPosition) -> FeedPage:
            nonlocal as_of
            asked_at = self._now()
            page = await read(position)
            as_of = max(as_of, written_at(position.id))
            require_kept(as_of, page.since)
            if not page.has_more:
                as_of = max(as_of, asked_at)
            return page

        return read_on

    async def meant(self, question: _Question, events: Sequence[Placed]) -> Sequence[Placed]:
        """Keep the events of a page that are for this question, of leads that the viewer sees now."""
        watch = question.watch
        wanted = [(position, event) for position, event in events if watch.wants(event)]
        if wanted and (watch.leads is not None or question.viewer.visibility is not None):
            ids = list({event.lead_id for _, event in wanted if event.lead_id is not None})
            async with self._database.reading(question.scope) as db:
                meant = await leads_meant(db, ids, watch.leads)
            wanted = [(position, event) for position, event in wanted if event.lead_id in meant]
        return wanted

    async def respond(self, question: _Question, roots: Sequence[object]) -> Sequence[GraphQLResponse]:
        """Run the selection on all that is told at once, so that it is loaded together. Raises _NotNow."""
        context = Context(self._database, question.viewer, self._now(), "live", self._base_url)
        responses = await asyncio.gather(
            *(self._executor.answer_event(question.admitted, root, context, request_id="live") for root in roots)
        )
        # Such answers are none: the events are told when the database can be read again.
        if any(error.code in PASSING for response in responses for error in response.errors):
            raise _NotNow
        return responses


class _Answering:
    """Answers a question for its group: each event by the selection."""

    def __init__(self, operations: LiveOperations, question: _Question) -> None:
        self._operations = operations
        self._question = question

    async def answers(self, events: Sequence[Placed], _position: FeedPosition, /) -> Sequence[Answer]:
        """Answer the events that are for this question."""
        wanted = await self._operations.meant(self._question, events)
        workspace_id = self._question.viewer.workspace_id
        changes = [LiveChange(encode_feed_cursor(workspace_id, place, written_at(event.id)), event) for place, event in wanted]
        responses = await self._operations.respond(self._question, changes) if changes else ()
        return [Answer(place, response) for (place, _), response in zip(wanted, responses, strict=True)]

    async def read(self, position: FeedPosition) -> FeedPage:
        """Read on in the table."""
        return await self._operations.read(self._question, position)


class _Uses(Visitor):
    """Counts how often each variable is used."""

    def __init__(self) -> None:
        super().__init__()
        self.count: Counter[str] = Counter()

    def enter_variable_definition(self, *_: object) -> VisitorAction:
        """Pass over: to define is not to use."""
        return SKIP

    def enter_variable(self, node: VariableNode, *_: object) -> None:
        """Count."""
        self.count[node.name.value] += 1


def _variable_of_after(admitted: Admitted) -> str | None:
    """Find the variable that holds nothing but where to begin: those who differ in it still ask the same."""
    field = cast(FieldNode, admitted.operation.node.selection_set.selections[0])
    for argument in field.arguments or ():
        if argument.name.value == "after" and isinstance(argument.value, VariableNode):
            uses = _Uses()
            visit(admitted.prepared.document, uses)
            name = argument.value.name.value
            return name if uses.count[name] == 1 else None
    return None


class _Stream(AsyncIterator[GraphQLResponse]):
    """The answers of one subscriber, who is a member of its group until the stream is closed."""

    def __init__(self, hub: Hub, workspace_id: UUID, group: Group[Any], answers: AsyncGenerator[Answer]) -> None:
        self._hub = hub
        self._workspace_id = workspace_id
        self._group = group
        self._answers = answers
        self._open = True

    async def __anext__(self) -> GraphQLResponse:
        return (await anext(self._answers)).response

    async def aclose(self) -> None:
        """End the subscription; again does nothing."""
        if self._open:
            self._open = False
            await self._answers.aclose()
            await self._hub.leave(self._workspace_id, self._group)
