"""Reads each workspace's feed once for all who watch it, and has each event answered once for all who ask the same."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Hashable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any
from uuid import UUID

import structlog

from domain.events import EventFilter, FeedPage, FeedPosition
from gql.subscriptions.groups import Answer, Answering, AnswerT, Group, Pages, Read, Signal
from persistence.database import Database, Scope
from persistence.feed import feed_end, feed_page
from persistence.feed_signals import FeedSignals

_log: Any = structlog.get_logger(__name__)

_EVERYTHING = EventFilter()
_PAGE = 100


class _Feed:
    """The one reader of a workspace's feed in this process. Pauses are in seconds."""

    def __init__(self, database: Database, scope: Scope, poll_seconds: float, soon_seconds: float) -> None:
        self._database = database
        self._scope = scope
        self._poll_seconds = poll_seconds
        self._soon_seconds = soon_seconds
        self._woken = Signal()
        self._pause = poll_seconds
        self._task: asyncio.Task[None] | None = None
        self.groups: dict[Hashable, Group[Any]] = {}
        self.pages = Pages(FeedPosition(0), self._read)
        self.joining = 0
        self._starting = asyncio.Lock()

    async def start(self) -> None:
        """Begin with the present, unless it was done."""
        async with self._starting:
            if self._task is None:
                async with self._database.reading(self._scope) as db:
                    self.pages = Pages(await feed_end(db), self._read)
                self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        await asyncio.gather(*(group.stop() for group in self.groups.values()))

    def wake(self) -> None:
        """Look at once, and again soon: what was told may still lie above the oldest transaction that runs."""
        self._pause = self._soon_seconds
        self._woken.wake()

    async def _run(self) -> None:
        while True:
            page = await self._next()
            if page is not None:
                self.pages.add(page)
            self._pause = self._soon_seconds if page is not None and page.events else min(self._poll_seconds, self._pause * 2)
            if page is None or not page.has_more:
                await self._woken.wait(self._pause)

    async def _next(self) -> FeedPage | None:
        try:
            return await self._read(self.pages.position)
        except Exception as error:  # noqa: BLE001 -- a reader that ends would leave everybody waiting
            _log.warning("the feed could not be read", workspace=str(self._scope.workspace_id), error=type(error).__name__)
            return None

    async def _read(self, position: FeedPosition) -> FeedPage:
        async with self._database.reading(self._scope) as db:
            return await feed_page(db, position, _EVERYTHING, _PAGE)


class Hub:
    """The feeds that somebody watches. One for a process; `keeps` bounds the answers that a group holds for its members.

    `listen_dsn`: where to listen for hints, when not where the database is reached otherwise. `soon_seconds`: the first of the growing
    pauses after which a feed is looked at again once something was found or told.
    """

    def __init__(
        self,
        database: Database,
        *,
        poll_seconds: float = 1.0,
        soon_seconds: float = 0.01,
        keeps: int = 128,
        listen_dsn: str | None = None,
    ) -> None:
        self._database = database
        self._listen_dsn = listen_dsn or database.dsn
        self.poll_seconds = poll_seconds
        self._soon_seconds = soon_seconds
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

    async def join(
        self, workspace_id: UUID, key: Hashable, build: Callable[[], Answering[AnswerT]], *, keeps: int | None = None
    ) -> tuple[Group[AnswerT], FeedPosition]:
        """Become a member of the group with this key, which is built if need be; return it, and where the present is.

        Raises what the database raises. Call `leave` in the end.
        """
        feed = self._feeds.get(workspace_id)
        if feed is None:
            feed = self._feeds[workspace_id] = _Feed(self._database, Scope(workspace_id), self.poll_seconds, self._soon_seconds)
        feed.joining += 1
        try:
            await feed.start()
        except BaseException:
            feed.joining -= 1
            await self._drop_idle(workspace_id, feed)
            raise
        feed.joining -= 1
        group = feed.groups.get(key)
        if group is None or group.failed is not None:
            group = feed.groups[key] = Group(key, build(), feed.pages, keeps or self._keeps, self.poll_seconds)
        group.members += 1
        return group, feed.pages.position

    async def leave(self, workspace_id: UUID, group: Group[Any]) -> None:
        """Cease to be a member; the last one takes the group along, the last group the reader."""
        group.members -= 1
        if group.members:
            return
        feed = self._feeds.get(workspace_id)
        if feed is not None:
            if feed.groups.get(group.key) is group:
                del feed.groups[group.key]
            await self._drop_idle(workspace_id, feed)
        await group.stop()

    async def _drop_idle(self, workspace_id: UUID, feed: _Feed) -> None:
        if not feed.groups and not feed.joining and self._feeds.get(workspace_id) is feed:
            del self._feeds[workspace_id]
            await feed.stop()

    async def follow(self, group: Group[Answer], after: FeedPosition, read: Read) -> AsyncGenerator[Answer]:
        """Yield every answer after a position, once and in order, for ever; `read` reads on in the table for this group.

        Raises PublicError where there is nothing to go on with.
        """
        position, number = after, group.first
        while True:
            if position < group.floor:
                answers, page_end = await group.earlier(position, read)
                for answer in answers:
                    position = answer.position
                    yield answer
                position, number = page_end, group.first
                continue
            number = max(number, group.first)
            if number == group.end:
                if group.failed is not None:
                    raise group.failed
                await group.grown.wait()
                continue
            answer = group.answer(number)
            number += 1
            if answer.position > position:
                position = answer.position
                yield answer
