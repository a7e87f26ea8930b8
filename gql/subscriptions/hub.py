"""Reads each workspace's feed once for all who watch it, and answers each event once for all who ask the same.

A group is everybody in one workspace who asks the same question with the same rights. It keeps its latest answers; a subscriber is no
more than a position, so one that stalls holds nothing back: what it finds gone from the group when it comes back, it reads from the table.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

import structlog

from domain.events import Event, EventFilter, FeedPage, FeedPosition
from gql.errors import PublicError
from gql.execution import GraphQLResponse
from persistence.database import Database, Scope
from persistence.feed import feed_end, feed_page
from persistence.feed_signals import FeedSignals

_log: Any = structlog.get_logger(__name__)

Placed: TypeAlias = tuple[FeedPosition, Event]
_EVERYTHING = EventFilter()
_PAGE = 100
# A question that is dear to answer must not hold back the others: those who ask it go on alone, from the table.
_GROUP_SECONDS = 2.0
_SOON = 0.01


@dataclass(frozen=True, slots=True)
class Answer:
    """One event as a group is told of it."""

    position: FeedPosition
    response: GraphQLResponse


# Answers events, leaving out those that are not for the group. Raises when it cannot be done just now.
Evaluate: TypeAlias = Callable[[Sequence[Placed]], Awaitable[Sequence[Answer]]]
# Reads on in the table after a position.
Read: TypeAlias = Callable[[FeedPosition], Awaitable[FeedPage]]


class _Signal:
    """Wakes everybody who waits, each time anew."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def wake(self) -> None:
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float | None = None) -> None:
        """Wait for the next waking, at most so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)


class Group:
    """Everybody who asks one question with the same rights, and the latest answers to it.

    Everything after `floor` is among the answers, or still to come; what lies before has to be read from the table. The answers are
    numbered through; `first` is the number of the oldest that is kept.
    """

    def __init__(self, evaluate: Evaluate, floor: FeedPosition, keeps: int) -> None:
        self.evaluate = evaluate
        self.floor = floor
        self.first = 0
        self.members = 0
        self.grown = _Signal()
        self._keeps = keeps
        self._answers: deque[Answer] = deque()

    @property
    def end(self) -> int:
        """Return the number of the answer that comes next."""
        return self.first + len(self._answers)

    def answer(self, number: int) -> Answer:
        """Return one of the answers that are kept."""
        return self._answers[number - self.first]

    async def take(self, events: Sequence[Placed], position: FeedPosition) -> None:
        """Answer the events up to a position and wake those who wait; when it fails, each of them finds the events in the table."""
        try:
            async with asyncio.timeout(_GROUP_SECONDS):
                answers = await self.evaluate(events)
        except Exception as error:  # noqa: BLE001 -- one group's failure is not the others'
            _log.warning("events were not answered for a group", error=type(error).__name__)
            self.first = self.end
            self._answers.clear()
            self.floor = position
            self.grown.wake()
            return
        for answer in answers:
            self._answers.append(answer)
            if len(self._answers) > self._keeps:
                self.floor = self._answers.popleft().position
                self.first += 1
        if answers:
            self.grown.wake()


class _Feed:
    """The one reader of a workspace's feed in this process."""

    def __init__(self, database: Database, scope: Scope, poll_seconds: float) -> None:
        self._database = database
        self._scope = scope
        self._poll_seconds = poll_seconds
        self._woken = _Signal()
        self._position = FeedPosition(0)
        self._pause = poll_seconds
        self._task: asyncio.Task[None] | None = None
        self.groups: dict[Hashable, Group] = {}
        self.joining = 0
        self._starting = asyncio.Lock()

    async def start(self) -> FeedPosition:
        """Begin with the present, unless it was done; return up to where the feed has been read."""
        async with self._starting:
            if self._task is None:
                async with self._database.reading(self._scope) as db:
                    self._position = await feed_end(db)
                self._task = asyncio.create_task(self._run())
        return self._position

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """Look at once, and again soon: what was told may still lie above the oldest transaction that runs."""
        self._pause = _SOON
        self._woken.wake()

    async def _run(self) -> None:
        while True:
            page = await self._read()
            if page is None or not page.events:
                self._pause = min(self._poll_seconds, self._pause * 2)
            else:
                self._pause = _SOON
                # Whoever joins from here on begins after this page, so the groups of now are those that need it.
                groups = list(self.groups.values())
                self._position = page.position
                await asyncio.gather(*(group.take(page.events, page.position) for group in groups))
            if page is not None:
                self._position = page.position
            if page is None or not page.has_more:
                await self._woken.wait(self._pause)

    async def _read(self) -> FeedPage | None:
        try:
            async with self._database.reading(self._scope) as db:
                return await feed_page(db, self._position, _EVERYTHING, _PAGE)
        except Exception as error:  # noqa: BLE001 -- a reader that ends would leave everybody waiting
            _log.warning("the feed could not be read", workspace=str(self._scope.workspace_id), error=type(error).__name__)
            return None


class Hub:
    """The feeds that somebody watches. One for a process; `keeps` bounds the answers that a group holds for its members.

    `listen_dsn`: where to listen for hints, when not where the database is reached otherwise.
    """

    def __init__(self, database: Database, *, poll_seconds: float = 1.0, keeps: int = 128, listen_dsn: str | None = None) -> None:
        self._database = database
        self._listen_dsn = listen_dsn or database.dsn
        self.poll_seconds = poll_seconds
        self._keeps = keeps
        self._feeds: dict[UUID, _Feed] = {}

    @asynccontextmanager
    async def running(self, *, signals: bool = True) -> AsyncGenerator[None]:
        """Take hints from this process and, with `signals`, exchange them with others, as long as the block lasts."""
        exchange = FeedSignals(self._listen_dsn, self.wake)

        def told(workspace_id: UUID) -> None:
            self.wake(workspace_id)
            exchange.send(workspace_id)

        try:
            if not signals:
                yield
                return
            self._database.on_told = told
            async with exchange.running():
                yield
        finally:
            self._database.on_told = None
            feeds, self._feeds = list(self._feeds.values()), {}
            await asyncio.gather(*(feed.stop() for feed in feeds))

    def wake(self, workspace_id: UUID | None) -> None:
        """Take a hint that a feed has grown; None: any of them."""
        if workspace_id is None:
            for feed in self._feeds.values():
                feed.wake()
        elif (feed := self._feeds.get(workspace_id)) is not None:
            feed.wake()

    @property
    def figures(self) -> Mapping[UUID, int]:
        """Count the groups of each workspace that is watched."""
        return {workspace_id: len(feed.groups) for workspace_id, feed in self._feeds.items()}

    async def join(self, scope: Scope, key: Hashable, evaluate: Evaluate) -> tuple[Group, FeedPosition]:
        """Become a member of the group with this key, which is made if need be; return it, and where the present is.

        Raises what the database raises. Call `leave` in the end.
        """
        workspace_id = scope.workspace_id
        feed = self._feeds.get(workspace_id)
        if feed is None:
            feed = self._feeds[workspace_id] = _Feed(self._database, Scope(workspace_id), self.poll_seconds)
        feed.joining += 1
        try:
            position = await feed.start()
        except BaseException:
            feed.joining -= 1
            await self._drop_idle(workspace_id, feed)
            raise
        feed.joining -= 1
        group = feed.groups.get(key)
        if group is None:
            group = feed.groups[key] = Group(evaluate, position, self._keeps)
        group.members += 1
        return group, position

    async def leave(self, scope: Scope, key: Hashable, group: Group) -> None:
        """Cease to be a member; the last one takes the group along, the last group the reader."""
        group.members -= 1
        feed = self._feeds.get(scope.workspace_id)
        if group.members == 0 and feed is not None:
            if feed.groups.get(key) is group:
                del feed.groups[key]
            await self._drop_idle(scope.workspace_id, feed)

    async def _drop_idle(self, workspace_id: UUID, feed: _Feed) -> None:
        if not feed.groups and not feed.joining and self._feeds.get(workspace_id) is feed:
            del self._feeds[workspace_id]
            await feed.stop()

    async def follow(
        self, group: Group, after: FeedPosition, read: Callable[[FeedPosition], Awaitable[FeedPage]]
    ) -> AsyncGenerator[Answer]:
        """Yield every answer after a position, once and in order, for ever; `read` reads on in the table for this group."""
        position, number = after, group.first
        while True:
            if position < group.floor:
                answers, page_end = await self._caught_up(group, position, read)
                for answer in answers:
                    position = answer.position
                    yield answer
                position, number = page_end, group.first
                continue
            number = max(number, group.first)
            if number == group.end:
                await group.grown.wait()
                continue
            answer = group.answer(number)
            number += 1
            if answer.position > position:
                position = answer.position
                yield answer

    async def _caught_up(self, group: Group, position: FeedPosition, read: Read) -> tuple[Sequence[Answer], FeedPosition]:
        while True:
            try:
                page = await read(position)
                return await group.evaluate(page.events), page.position
            except PublicError:
                raise
            except Exception as error:  # noqa: BLE001 -- what comes next is not to be had just now, and nothing may be left out
                _log.warning("a subscriber could not catch up", error=type(error).__name__)
                await group.grown.wait(self.poll_seconds)
