"""Follows a set of leads: a snapshot first, then what enters, changes and leaves, so that folding the stream equals asking anew.

The set is what a filter means when each event is told. What moves leads without an event of their own (a tag that is deleted, a segment
that is changed, an agent who goes to another team) is an event of the workspace: then the whole set is compared.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import structlog

from domain.events import FeedPage, FeedPosition
from gql.errors import ErrorCode, PublicError
from gql.execution import GraphQLResponse
from gql.subscriptions.hub import Answer

MAX_MEMBERS = 1_000
MAX_TOUCHED = 1_000
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
    """What the stream asks of the outside.

    `read` reads the feed after a position whoever may see it, `meant` keeps the leads that are in the set now, `members` lists the set, at
    most one more than MAX_MEMBERS. `answer` raises when it cannot be done just now; `wait` returns when the feed may have grown.
    """

    read: Callable[[FeedPosition], Awaitable[FeedPage]]
    meant: Callable[[Collection[UUID]], Awaitable[Collection[UUID]]]
    members: Callable[[], Awaitable[Sequence[UUID]]]
    answer: Callable[[SegmentMove], Awaitable[GraphQLResponse]]
    cursor: Callable[[FeedPosition, datetime | None], str]
    wait: Callable[[], Awaitable[None]]


def too_many() -> PublicError:
    """Build the error for a set that is too large to be followed."""
    return PublicError(ErrorCode.BAD_USER_INPUT, f"At most {MAX_MEMBERS:,} leads can be followed live; narrow the filter.")


async def bounded_members(source: SegmentSource) -> list[UUID]:
    """List the set. Raises PublicError when it is too large."""
    members = list(await source.members())
    if len(members) > MAX_MEMBERS:
        raise too_many()
    return members


async def segment_stream(source: SegmentSource, present: FeedPosition, after: FeedPosition | None) -> AsyncGenerator[Answer]:
    """Yield the answers, for ever. `after` None begins with a snapshot; a place in the feed with what became of the leads since then.

    Raises PublicError when the set grows too large.
    """
    follower = _Follower(source, present)
    for moves in await _patiently(source, lambda: follower.begin(after)):
        for response in await _answers(source, moves):
            yield Answer(present, response)
    while True:
        moves = await _patiently(source, follower.advance)
        for response in await _answers(source, moves):
            yield Answer(follower.position, response)
        if not moves and not follower.has_more:
            await source.wait()


class _Follower:
    """Where the subscriber stands: up to which position of the feed, and with which leads in the set.

    Whoever goes on from a cursor has a set of which only that is known: it was right up to the position, and `_members` is read a moment
    later. So of a lead that left in between the subscriber has to be told although it is no member any more. `_told` are the leads whose
    place the subscriber knows from this stream; None: all of them, since the stream began with a snapshot.
    """

    def __init__(self, source: SegmentSource, position: FeedPosition) -> None:
        self._source = source
        self.position = position
        self._members: set[UUID] = set()
        self._told: set[UUID] | None = None
        self.has_more = True

    async def begin(self, after: FeedPosition | None) -> Sequence[Sequence[SegmentMove]]:
        touched = None if after is None else await self._touched(after)
        moves = await self._anew(self.position) if touched is None else await self._gone_on(touched)
        return [moves[start : start + _CHUNK] for start in range(0, len(moves), _CHUNK)]

    async def _anew(self, position: FeedPosition) -> Sequence[SegmentMove]:
        """List the set. It is read after the position was taken: what happens meanwhile is told again, and does no harm."""
        members = await bounded_members(self._source)
        self._members, self._told = set(members), None
        return [SegmentMove(SegmentChange.RESET), *(SegmentMove(SegmentChange.SNAPSHOT, id) for id in members), self._synced(position)]

    async def _gone_on(self, touched: Sequence[UUID]) -> Sequence[SegmentMove]:
        self._members = set(await bounded_members(self._source))
        self._told = set(touched)
        return [*(SegmentMove(_place(is_=id in self._members), id) for id in touched), self._synced(self.position)]

    def _synced(self, position: FeedPosition) -> SegmentMove:
        return SegmentMove(SegmentChange.SYNCED, cursor=self._source.cursor(position, None))

    async def _touched(self, after: FeedPosition) -> Sequence[UUID] | None:
        """List the leads of the events up to the present; None when what became of them does not say all."""
        touched: dict[UUID, None] = {}
        while after < self.position:
            page = await self._source.read(after)
            for position, event in page.events:
                if position > self.position:
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

    async def advance(self) -> Sequence[SegmentMove]:
        """Work off the next page of the feed."""
        page = await self._source.read(self.position)
        touched: dict[UUID, tuple[FeedPosition, datetime]] = {}
        sweeping = False
        for position, event in page.events:
            if event.lead_id is None:
                sweeping = True
            else:
                touched.pop(event.lead_id, None)
                touched[event.lead_id] = (position, event.at)
        if self._told is not None and (sweeping or len(self._told) > MAX_TOUCHED):
            # What the subscriber has cannot be compared; from here on it is known.
            moves = await self._anew(page.position)
        else:
            moves = await (self._compared(page, touched) if sweeping else self._moved(touched))
        self.position, self.has_more = page.position, page.has_more
        return moves

    async def _moved(self, touched: Mapping[UUID, tuple[FeedPosition, datetime]]) -> Sequence[SegmentMove]:
        meant = await self._source.meant(touched.keys()) if touched else ()
        moves: list[SegmentMove] = []
        members = set(self._members)
        for id, (position, at) in touched.items():
            unsure = self._told is not None and id not in self._told
            change = _place(is_=id in meant) if unsure else _change(was=id in members, is_=id in meant)
            if change is None:
                continue
            moves.append(SegmentMove(change, id, self._source.cursor(position, at)))
            (members.discard if change is SegmentChange.LEFT else members.add)(id)
        if len(members) > MAX_MEMBERS:
            raise too_many()
        self._members = members
        if self._told is not None:
            self._told |= touched.keys()
        return moves

    async def _compared(self, page: FeedPage, touched: Collection[UUID]) -> Sequence[SegmentMove]:
        members = await bounded_members(self._source)
        now = set(members)
        moves = [SegmentMove(SegmentChange.LEFT, id) for id in sorted(self._members - now)]
        moves += [SegmentMove(SegmentChange.ENTERED, id) for id in members if id not in self._members]
        moves += [SegmentMove(SegmentChange.CHANGED, id) for id in touched if id in now and id in self._members]
        self._members = now
        return [*moves, self._synced(page.position)]


def _place(*, is_: bool) -> SegmentChange:
    return SegmentChange.ENTERED if is_ else SegmentChange.LEFT


def _change(*, was: bool, is_: bool) -> SegmentChange | None:
    if is_ and was:
        return SegmentChange.CHANGED
    return _place(is_=is_) if is_ or was else None


async def _answers(source: SegmentSource, moves: Sequence[SegmentMove]) -> Sequence[GraphQLResponse]:
    async def answer(move: SegmentMove) -> GraphQLResponse:
        return await _patiently(source, lambda: source.answer(move))

    return [await answer(move) for move in moves]


async def _patiently(source: SegmentSource, act: Callable[[], Awaitable[Any]]) -> Any:
    """Do it as soon as it can be done. Raises PublicError at once."""
    while True:
        try:
            return await act()
        except PublicError:
            raise
        except Exception as error:  # noqa: BLE001 -- the database may be away, and nothing may be left out
            _log.warning("a segment could not be followed", error=type(error).__name__)
            await source.wait()
