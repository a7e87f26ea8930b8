"""Those who ask the same question with the same rights: each event is answered once for all of them.

A group works off the feed in its own time, so that a question that is dear to answer holds no other back. It keeps its latest answers; a
subscriber is no more than a position in them. What one that stalls finds gone it reads from the table, together with whoever stands where
it stands.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import structlog

from domain.events import Event, FeedPage, FeedPosition
from gql.errors import PublicError
from gql.execution import GraphQLResponse

_log: Any = structlog.get_logger(__name__)

Placed: TypeAlias = tuple[FeedPosition, Event]
# Reads on in the table after a position.
Read: TypeAlias = Callable[[FeedPosition], Awaitable[FeedPage]]
# A group that lags further behind reads from the table, too.
_PAGES = 8
# For so long, and for so many places, what was read on in the table for one subscriber serves those who come to the same place.
_EARLIER_SECONDS = 1.0
_EARLIER_PLACES = 16


class Signal:
    """Wakes everybody who waits, each time anew."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def wake(self) -> None:
        """Wake whoever waits now."""
        self._event.set()
        self._event = asyncio.Event()

    async def wait(self, seconds: float | None = None) -> None:
        """Wait for the next waking, at most so long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), seconds)


@dataclass(frozen=True, slots=True)
class Answer:
    """One event as a group is told of it."""

    position: FeedPosition
    response: GraphQLResponse


class Kept(Protocol):
    """What a group keeps: whatever stands at a place in the feed."""

    @property
    def position(self) -> FeedPosition:
        """Return the place."""
        ...


AnswerT = TypeVar("AnswerT", bound=Kept)
AnswerT_co = TypeVar("AnswerT_co", bound=Kept, covariant=True)


class Answering(Protocol[AnswerT_co]):
    """What a group answers with."""

    async def answers(self, events: Sequence[Placed], position: FeedPosition, /) -> Sequence[AnswerT_co]:
        """Answer the events up to a position, leaving out those that are not for the group. Raises when it cannot be done just now.

        What it raises as PublicError is final: it ends the group's subscriptions.
        """
        ...


class Pages:
    """The latest pages of a workspace's feed that hold events, numbered through. Up to `position` it has been read."""

    def __init__(self, position: FeedPosition, read: Read) -> None:
        self.position = position
        self.read = read
        self.grown = Signal()
        # The number of the oldest page that is kept, and from where on it and its successors tell everything.
        self.first = 0
        self.start = position
        self._pages: deque[FeedPage] = deque()

    @property
    def end(self) -> int:
        """Return the number of the page that comes next."""
        return self.first + len(self._pages)

    def page(self, number: int) -> FeedPage:
        """Return one of the pages that are kept."""
        return self._pages[number - self.first]

    def add(self, page: FeedPage) -> None:
        """Take the next page."""
        self.position = page.position
        if not page.events:
            return
        self._pages.append(page)
        if len(self._pages) > _PAGES:
            self.start = self._pages.popleft().position
            self.first += 1
        self.grown.wake()


class Group(Generic[AnswerT]):
    """Everybody who asks one question with the same rights, and the latest answers to it.

    Everything after `floor` is among the answers, or still to come; what lies before has to be read from the table. The answers are
    numbered through; `first` is the number of the oldest that is kept, and `keeps` how many are. `failed` is why no more will come.
    """

    def __init__(self, key: Hashable, answering: Answering[AnswerT], pages: Pages, keeps: int, retry_seconds: float) -> None:
        self.key = key
        self.answering = answering
        self.floor = pages.position
        self.first = 0
        self.members = 0
        self.failed: PublicError | None = None
        self.grown = Signal()
        self._pages = pages
        self._next_page = pages.end
        self._position = pages.position
        self._keeps = keeps
        self._retry_seconds = retry_seconds
        self._answers: deque[AnswerT] = deque()
        self._earlier: OrderedDict[FeedPosition, asyncio.Task[tuple[Sequence[AnswerT], FeedPosition]]] = OrderedDict()
        self._task = asyncio.create_task(self._run())

    @property
    def end(self) -> int:
        """Return the number of the answer that comes next."""
        return self.first + len(self._answers)

    @property
    def position(self) -> FeedPosition:
        """Return up to where the feed has been answered."""
        return self._pages.position if self._next_page == self._pages.end else self._position

    def answer(self, number: int) -> AnswerT:
        """Return one of the answers that are kept."""
        return self._answers[number - self.first]

    async def stop(self) -> None:
        """Work off nothing more."""
        tasks: list[asyncio.Task[Any]] = [self._task, *self._earlier.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        try:
            while True:
                events, position, next_page = await self._patiently(self._page)
                answers = await self._patiently(lambda: self.answering.answers(events, position))  # noqa: B023 -- awaited here
                # Without a pause between the answers and these lines: what they are made of and what is kept say the same.
                self._position, self._next_page = position, next_page
                for answer in answers:
                    self._answers.append(answer)
                    if len(self._answers) > self._keeps:
                        self.floor = self._answers.popleft().position
                        self.first += 1
                if answers:
                    self.grown.wake()
        except PublicError as error:
            self.failed = error
            self.grown.wake()

    async def _page(self) -> tuple[Sequence[Placed], FeedPosition, int]:
        """Find the next page: usually one that was read for all groups."""
        pages = self._pages
        while self._next_page == pages.end:
            await pages.grown.wait()
        if self._next_page >= pages.first:
            page = pages.page(self._next_page)
            return page.events, page.position, self._next_page + 1
        page = await pages.read(self._position)
        start, first = pages.start, pages.first
        if page.position < start:
            return page.events, page.position, self._next_page
        return [placed for placed in page.events if placed[0] <= start], start, first

    async def earlier(self, position: FeedPosition, read: Read) -> tuple[Sequence[AnswerT], FeedPosition]:
        """Answer what follows a place in the table; return up to where. Those who come to one place at one time share the work."""
        task = self._earlier.get(position)
        if task is None:
            task = self._earlier[position] = asyncio.create_task(self._read_on(position, read))
            task.add_done_callback(lambda done: self._forget_later(position, done))
        return await asyncio.shield(task)

    async def _read_on(self, position: FeedPosition, read: Read) -> tuple[Sequence[AnswerT], FeedPosition]:
        async def answered() -> tuple[Sequence[AnswerT], FeedPosition]:
            page = await read(position)
            return await self.answering.answers(page.events, page.position), page.position

        return await self._patiently(answered)

    def _forget_later(self, position: FeedPosition, task: asyncio.Task[Any]) -> None:
        if not task.cancelled():
            # Looked at even when nobody waits any more, so that asyncio does not report it as lost.
            task.exception()
        asyncio.get_running_loop().call_later(_EARLIER_SECONDS, self._earlier.pop, position, None)
        done = [each for each, task in self._earlier.items() if task.done()]
        for each in done[: max(0, len(done) - _EARLIER_PLACES)]:
            del self._earlier[each]

    async def _patiently(self, act: Callable[[], Awaitable[Any]]) -> Any:
        """Do it as soon as it can be done: what comes next is not to be had just now, and nothing may be left out."""
        while True:
            try:
                return await act()
            except PublicError:
                raise
            except Exception as error:  # noqa: BLE001 -- the database may be away, or worse; one group's failure is not the others'
                _log.warning("events could not be answered yet", error=type(error).__name__)
                await self._pages.grown.wait(self._retry_seconds)
