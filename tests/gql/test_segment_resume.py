"""Whoever goes on with a set of leads is told of those that left between the place in the feed and the look at the set."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.access import SYSTEM
from domain.events import Event, EventType, FeedPage, FeedPosition
from gql.execution import GraphQLResponse
from gql.subscriptions.segments import SegmentChange, SegmentMove, SegmentSource, segment_stream

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
ANA, BO, CY = UUID(int=1), UUID(int=2), UUID(int=3)
_START, _PRESENT, _LATER = FeedPosition(10), FeedPosition(20), FeedPosition(30)


class Nothing(Exception):
    """The feed holds nothing more."""


class Place:
    """A feed whose end a stream has seen, and a set that has moved on since: `left` or `entered` is told only beyond that end."""

    def __init__(self, set_now: Collection[UUID], beyond: Sequence[UUID | None]) -> None:
        self.set_now = set_now
        self.beyond = beyond
        self.answered: list[tuple[SegmentChange, UUID | None]] = []

    async def read(self, after: FeedPosition) -> FeedPage:
        events = self.beyond if after == _PRESENT else ()
        told = tuple(
            (
                FeedPosition(_LATER.xid, UUID(int=number)),
                Event(id=UUID(int=number), lead_id=id, sequence=1, type=EventType.LEAD_UPDATED, at=NOON, actor=SYSTEM),
            )
            for number, id in enumerate(events)
        )
        return FeedPage(told, _PRESENT if after < _PRESENT else _LATER, has_more=False)

    async def meant(self, ids: Collection[UUID]) -> Collection[UUID]:
        return [id for id in ids if id in self.set_now]

    async def members(self) -> Sequence[UUID]:
        return sorted(self.set_now)

    async def answer(self, move: SegmentMove) -> GraphQLResponse:
        self.answered.append((move.change, move.lead_id))
        return GraphQLResponse("test", executed=True)

    async def wait(self) -> None:
        raise Nothing

    async def told(self) -> list[tuple[SegmentChange, UUID | None]]:
        """Go on from a cursor before the feed's end, until there is nothing more."""
        source = SegmentSource(
            read=self.read,
            meant=self.meant,
            members=self.members,
            answer=self.answer,
            cursor=lambda position, _at: str(position.xid),
            wait=self.wait,
        )
        with pytest.raises(Nothing):
            async for _ in segment_stream(source, _PRESENT, _START):
                pass
        return self.answered


async def test_a_lead_that_has_left_already_is_told_when_its_event_comes() -> None:
    assert await Place({ANA}, [BO]).told() == [(SegmentChange.SYNCED, None), (SegmentChange.LEFT, BO)]


async def test_a_lead_that_has_entered_already_enters() -> None:
    assert await Place({ANA, CY}, [CY]).told() == [(SegmentChange.SYNCED, None), (SegmentChange.ENTERED, CY)]


async def test_what_moves_leads_without_naming_them_has_the_set_told_anew() -> None:
    assert await Place({ANA}, [BO, None]).told() == [
        (SegmentChange.SYNCED, None),
        (SegmentChange.RESET, None),
        (SegmentChange.SNAPSHOT, ANA),
        (SegmentChange.SYNCED, None),
    ]
