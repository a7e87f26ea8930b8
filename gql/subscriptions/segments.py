"""Follows a set of leads: a snapshot first, then what enters, changes and leaves, so that folding the stream equals asking anew.

The set is what a filter means when each event is told. It is looked after once for all who follow it with the same rights; a subscriber is
a position in its moves. What moves leads without an event of their own (a tag that is deleted, a segment that is changed, an agent who goes
to another team) is an event of the workspace: then the whole set is compared.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import structlog

from domain.events import FeedPosition, written_at
from gql.errors import ErrorCode, PublicError
from gql.execution import GraphQLResponse
from gql.subscriptions.groups import Answer, Group, Placed, Read

MAX_MEMBERS = 1_000
MAX_TOUCHED = 1_000
# Whoever falls further behind than so many moves is told the whole set anew.
KEPT_MOVES = 1_024
_CHUNK = 50

_log: Any = structlog.get_logger(__name__)


class SegmentChange(StrEnum):
    """What one message of the stream says."""

    RESET = "RESET"
    SNAPSHOT = "SNAPSHOT"
    SYNCED = "SYNCED"
    ENTERED = "ENTERED"
    CHANGED = "CHANGED"
    LEFT = "LEFT"


@dataclass(frozen=True, slots=True)
class SegmentMove:
    """What a message is answered from. `cursor` None: the stream cannot be gone on with from here."""

    change: SegmentChange
    lead_id: UUID | None = None
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentSource:
    """What following a set asks of the outside.

    `ceiling` names a transaction below which all that has been committed lies,
    `meant` keeps the leads that are in the set now, `members` lists the set, at most one more than MAX_MEMBERS. `answers` raises when it
    cannot be done just now; then it is tried again after `retry_seconds`.
    """

    ceiling: Callable[[], Awaitable[int]]
    meant: Callable[[Collection[UUID]], Awaitable[Collection[UUID]]]
    members: Callable[[], Awaitable[Sequence[UUID]]]
    answers: Callable[[Sequence[SegmentMove]], Awaitable[Sequence[GraphQLResponse]]]
    cursor: Callable[[FeedPosition, datetime | None], str]
    retry_seconds: float


@dataclass(frozen=True, slots=True)
class Told:
    """What an event made of the set, as those are told who know what it was before.

    `response` None: to them it is no news. `place` is the move for whoever cannot know whether the lead was in the set; `sweeps` tells that
    the event may have moved leads which it does not name. What `place` is answered with is found when the first one asks.
    Several events are told as one, at the place of the last; `begun` is the place of the first event that was looked at together with them.
    """

    position: FeedPosition
    begun: FeedPosition
    response: GraphQLResponse | None
    place: SegmentMove | None
    sweeps: bool = False
    placed: list[GraphQLResponse] = field(default_factory=list[GraphQLResponse])


def too_many() -> PublicError:
    """Build the error for a set that is too large to be followed."""
    return PublicError(ErrorCode.BAD_USER_INPUT, f"At most {MAX_MEMBERS:,} leads can be followed live; narrow the filter.")


class FollowedSet:
    """A set of leads as all who follow it with the same rights are told of it."""

    def __init__(self, source: SegmentSource) -> None:
        self.source = source
        # Those who came with a cursor and cannot know yet of every lead whether it is in the set.
        self.doubters = 0
        # In the order in which a snapshot lists them; None: the set was not looked at yet.
        self._members: dict[UUID, None] | None = None
        self._looking = asyncio.Lock()

    async def ready(self) -> None:
        """See that the set has been looked at. Raises PublicError when it is too large."""
        async with self._looking:
            if self._members is None:
                self._members = dict.fromkeys(await self._listed())

    @property
    def members(self) -> Collection[UUID]:
        """List the leads that are in the set, after all that was told."""
        return tuple(self._members or ())

    async def _listed(self) -> Sequence[UUID]:
        members = await self.source.members()
        if len(members) > MAX_MEMBERS:
            raise too_many()
        return members

    async def answers(self, events: Sequence[Placed], position: FeedPosition, /) -> Sequence[Told]:
        """Say what a page of the feed makes of the set. Raises PublicError when it grows too large."""
        if not events:
            return ()
        await self.ready()
        begun = events[0][0]
        before = self._members or {}
        touched: dict[UUID, tuple[FeedPosition, datetime]] = {}
        for place, event in events:
            if event.lead_id is not None:
                # What was told last decides.
                touched.pop(event.lead_id, None)
                touched[event.lead_id] = (place, written_at(event.id))
        if any(event.lead_id is None for _, event in events):
            now, told = await self._compared(before, touched, begun, position)
        else:
            now, told = await self._moved(before, touched, begun)
        if len(now) > MAX_MEMBERS:
            raise too_many()
        # Nothing is waited for from here to where the group keeps what is told: whoever joins finds both, or neither.
        self._members = now
        return told if self.doubters else [each for each in told if each.response is not None]

    async def _moved(
        self, before: Mapping[UUID, None], touched: Mapping[UUID, tuple[FeedPosition, datetime]], begun: FeedPosition
    ) -> tuple[dict[UUID, None], Sequence[Told]]:
        meant = await self.source.meant(touched.keys())
        now = dict(before)
        moves: list[tuple[FeedPosition, SegmentMove | None, SegmentMove]] = []
        for id, (position, at) in touched.items():
            cursor = self.source.cursor(position, at)
            change = _change(was=id in before, is_=id in meant)
            news = None if change is None else SegmentMove(change, id, cursor)
            moves.append((position, news, SegmentMove(_place(is_=id in meant), id, cursor)))
            if id in meant:
                now[id] = None
            else:
                now.pop(id, None)
        responses = iter(await self.source.answers([move for _, move, _ in moves if move is not None]))
        return now, [Told(position, begun, None if move is None else next(responses), place) for position, move, place in moves]

    async def _compared(
        self, before: Mapping[UUID, None], touched: Collection[UUID], begun: FeedPosition, position: FeedPosition
    ) -> tuple[dict[UUID, None], Sequence[Told]]:
        now = dict.fromkeys(await self._listed())
        moves = [SegmentMove(SegmentChange.LEFT, id) for id in sorted(before.keys() - now.keys())]
        moves += [SegmentMove(SegmentChange.ENTERED, id) for id in now if id not in before]
        moves += [SegmentMove(SegmentChange.CHANGED, id) for id in touched if id in now and id in before]
        moves.append(self.synced(position))
        return now, [Told(position, begun, response, None, sweeps=True) for response in await self.source.answers(moves)]

    def synced(self, position: FeedPosition) -> SegmentMove:
        """Say that what was told so far is the whole set, and where to go on."""
        return SegmentMove(SegmentChange.SYNCED, cursor=self.source.cursor(position, None))

    async def place(self, told: Told) -> GraphQLResponse:
        """Answer whoever cannot know whether the lead was in the set."""
        if not told.placed and told.place is not None:
            told.placed.extend(await self.source.answers([told.place]))
        return told.placed[0]


async def _touched(read: Read, after: FeedPosition, until: FeedPosition) -> Sequence[UUID] | None:
    """List the leads of the events between two places; None when what became of them does not say all."""
    touched: dict[UUID, None] = {}
    while after < until:
        page = await read(after)
        for position, event in page.events:
            if position > until:
                break
            if event.lead_id is None:
                return None
            touched[event.lead_id] = None
        if len(touched) > MAX_TOUCHED:
            return None
        after = page.position
        if not page.has_more:
            break
    return list(touched)


@dataclass(slots=True)
class _Doubt:
    """What somebody who came with a cursor cannot know.

    The set was right for them at the cursor, as another process may have seen it, and is right here up to a later place, as it was seen a
    moment after. In between leads may have moved of which each has told, or not told, too early. The event of every such move was committed
    when they came, so it lies below `ceiling`; until then they are told where each lead is that was not `told` to them yet.
    """

    ceiling: int
    told: set[UUID]


async def follow_set(group: Group[Told], followed: FollowedSet, after: FeedPosition | None, read: Read) -> AsyncGenerator[Answer]:
    """Yield what one subscriber is told, for ever. `after` None begins with a snapshot; a place in the feed with what became of the leads
    since then, for which `read` reads the feed whoever may see it. Raises PublicError when the set grows too large.
    """
    subscriber = _Subscriber(group, followed, read)
    try:
        while True:
            for moves in await subscriber.begin(after):
                for response in await subscriber.answers(moves):
                    yield Answer(group.position, response)
            while (told := await subscriber.next()) is not None:
                if (response := await subscriber.response(told)) is not None:
                    yield Answer(told.position, response)
            after = None
    finally:
        subscriber.settle()


class _Subscriber:
    """Where one who follows a set stands among what its group was told."""

    def __init__(self, group: Group[Told], followed: FollowedSet, read: Read) -> None:
        self._group = group
        self._read = read
        self._followed = followed
        self._number = 0
        self._doubt: _Doubt | None = None

    async def begin(self, after: FeedPosition | None) -> Sequence[Sequence[SegmentMove]]:
        """Take a stand at the present; return what is to be told of the set up to there, in pieces that are answered at once."""
        self.settle()
        moves = None if after is None else await self._gone_on(after)
        if moves is None:
            self.settle()
            self._number, position = self._group.end, self._group.position
            snapshot = [SegmentMove(SegmentChange.SNAPSHOT, id) for id in self._followed.members]
            moves = [SegmentMove(SegmentChange.RESET), *snapshot, self._followed.synced(position)]
        return [moves[start : start + _CHUNK] for start in range(0, len(moves), _CHUNK)]

    async def _gone_on(self, after: FeedPosition) -> Sequence[SegmentMove] | None:
        """Find what became of the leads since a cursor; None when that does not say all."""
        followed = self._followed
        # In one go: a place, the set as it was told up to there, and that from there on what is no news to others may be some.
        self._number, position, members = self._group.end, self._group.position, set(followed.members)
        doubt = self._doubt = _Doubt(0, set())
        followed.doubters += 1
        touched = await self._patiently(lambda: _touched(self._read, after, position))
        if touched is None:
            return None
        doubt.ceiling = await self._patiently(followed.source.ceiling)
        doubt.told.update(touched)
        return [*(SegmentMove(_place(is_=id in members), id) for id in touched), followed.synced(position)]

    async def answers(self, moves: Sequence[SegmentMove]) -> Sequence[GraphQLResponse]:
        """Answer what is to be told first."""
        return await self._patiently(lambda: self._followed.source.answers(moves))

    def settle(self) -> None:
        """Be sure of all leads from here on, or leave."""
        if self._doubt is not None:
            self._doubt = None
            self._followed.doubters -= 1

    async def next(self) -> Told | None:
        """Wait for the next thing that the group was told; None: too much was, so the set has to be told anew."""
        group = self._group
        while self._number == group.end:
            if group.failed is not None:
                raise group.failed
            await group.grown.wait()
        if self._number < group.first:
            return None
        told = group.answer(self._number)
        self._number += 1
        if self._doubt is not None:
            # Not where it is told: what is told beyond the ceiling may be, besides, of events that lie below it.
            if told.begun.xid >= self._doubt.ceiling:
                self.settle()
            elif told.sweeps or len(self._doubt.told) > MAX_TOUCHED:
                return None
        return told

    async def response(self, told: Told) -> GraphQLResponse | None:
        """Answer what the group was told, as far as it is news."""
        doubt, place = self._doubt, told.place
        if doubt is None or place is None or place.lead_id is None or place.lead_id in doubt.told:
            return told.response
        response = await self._patiently(lambda: self._followed.place(told))
        doubt.told.add(place.lead_id)
        return response

    async def _patiently(self, act: Callable[[], Awaitable[Any]]) -> Any:
        """Do it as soon as it can be done. Raises PublicError at once."""
        while True:
            try:
                return await act()
            except PublicError:
                raise
            except Exception as error:  # noqa: BLE001 -- the database may be away, and nothing may be left out
                _log.warning("a segment could not be followed", error=type(error).__name__)
                await self._group.grown.wait(self._followed.source.retry_seconds)


def _place(*, is_: bool) -> SegmentChange:
    return SegmentChange.ENTERED if is_ else SegmentChange.LEFT


def _change(*, was: bool, is_: bool) -> SegmentChange | None:
    if is_ and was:
        return SegmentChange.CHANGED
    return _place(is_=is_) if is_ or was else None
