"""Whoever goes on with a set of leads is told of those that left between the place in the feed and the look at the set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.access import SYSTEM
from domain.events import Event, EventType, FeedPage, FeedPosition
from gql.execution import GraphQLResponse
from gql.subscriptions.groups import Answer, Group, Pages
from gql.subscriptions.segments import FollowedSet, SegmentChange, SegmentMove, SegmentSource, Told, follow_set

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
PATIENCE = 120
ANA, BO, CY = UUID(int=1), UUID(int=2), UUID(int=3)
START, PRESENT, LATER, CEILING, BEYOND = (FeedPosition(number) for number in (10, 20, 30, 40, 50))
Message = tuple[SegmentChange, UUID | None]
SYNCED: Message = (SegmentChange.SYNCED, None)


def page(at: FeedPosition, *leads: UUID | None) -> FeedPage:
    """Make a page with an event of each lead; None: of the workspace."""
    return page_across(*((at, id) for id in leads))


def page_across(*placed: tuple[FeedPosition, UUID | None]) -> FeedPage:
    """Make a page with events of several transactions."""
    told = tuple(
        (
            FeedPosition(at.xid, UUID(int=number + 1)),
            Event(id=UUID(int=number), lead_id=id, sequence=1, type=EventType.LEAD_UPDATED, at=NOON, actor=SYSTEM),
        )
        for number, (at, id) in enumerate(placed)
    )
    return FeedPage(told, FeedPosition(placed[-1][0].xid, UUID(int=2**128 - 1)), has_more=False)


class Place:
    """A feed that was read up to PRESENT, and a set as it is in the database, which may be further already."""

    def __init__(self, set_now: Collection[UUID]) -> None:
        self.set_now = set(set_now)
        self.answered = 0
        self.pages = Pages(PRESENT, self._read)
        source = SegmentSource(
            ceiling=self._ceiling,
            meant=self._meant,
            members=self._members,
            answers=self._answers,
            cursor=lambda position, _at: str(position.xid),
            retry_seconds=0.01,
        )
        self.followed = FollowedSet(source)
        self.group: Group[Told] = Group("the set", self.followed, self.pages, keeps=100, retry_seconds=0.01)

    async def _read(self, _after: FeedPosition) -> FeedPage:
        return FeedPage((), PRESENT, has_more=False)

    async def _ceiling(self) -> int:
        return CEILING.xid

    async def _meant(self, ids: Collection[UUID]) -> Collection[UUID]:
        return [id for id in ids if id in self.set_now]

    async def _members(self) -> Sequence[UUID]:
        return sorted(self.set_now)

    async def _answers(self, moves: Sequence[SegmentMove]) -> Sequence[GraphQLResponse]:
        self.answered += len(moves)
        return [GraphQLResponse("test", executed=True, data={"move": (move.change, move.lead_id)}) for move in moves]

    async def follow(self, after: FeedPosition | None) -> Following:
        """Subscribe, and wait for what is told first."""
        await self.followed.ready()
        return Following(follow_set(self.group, self.followed, after, self._read))


class Following:
    """A subscriber."""

    def __init__(self, stream: AsyncGenerator[Answer]) -> None:
        self.stream = stream

    async def take(self, count: int) -> list[Message]:
        """Wait for the next messages."""
        taken: list[Message] = []
        async with asyncio.timeout(PATIENCE):
            for _ in range(count):
                told = (await anext(self.stream)).response.data
                assert told is not None
                taken.append(told["move"])
        return taken


@pytest.fixture
async def place() -> AsyncGenerator[Place]:
    found = Place({ANA, CY})
    yield found
    await found.group.stop()


async def test_a_lead_that_has_left_already_is_told_when_its_event_comes(place: Place) -> None:
    back = await place.follow(START)
    assert await back.take(1) == [SYNCED]
    place.pages.add(page(LATER, BO))
    assert await back.take(1) == [(SegmentChange.LEFT, BO)]


async def test_a_lead_that_has_entered_already_enters(place: Place) -> None:
    back = await place.follow(START)
    assert await back.take(1) == [SYNCED]
    place.pages.add(page(LATER, CY))
    assert await back.take(1) == [(SegmentChange.ENTERED, CY)]


async def test_whoever_began_with_a_snapshot_knows_better_and_is_answered_apart(place: Place) -> None:
    there, back = await place.follow(None), await place.follow(START)
    snapshot = [(SegmentChange.RESET, None), (SegmentChange.SNAPSHOT, ANA), (SegmentChange.SNAPSHOT, CY), SYNCED]
    assert (await there.take(4), await back.take(1)) == (snapshot, [SYNCED])

    place.pages.add(page(LATER, BO, CY, ANA))
    assert await there.take(2) == [(SegmentChange.CHANGED, CY), (SegmentChange.CHANGED, ANA)]
    assert await back.take(3) == [(SegmentChange.LEFT, BO), (SegmentChange.ENTERED, CY), (SegmentChange.ENTERED, ANA)]


async def test_a_lead_is_doubted_once_and_none_beyond_what_had_been_committed(place: Place) -> None:
    back = await place.follow(START)
    assert await back.take(1) == [SYNCED]
    place.pages.add(page(LATER, CY))
    place.pages.add(page(FeedPosition(LATER.xid + 1), CY))
    place.pages.add(page(BEYOND, BO, ANA))
    assert await back.take(3) == [(SegmentChange.ENTERED, CY), (SegmentChange.CHANGED, CY), (SegmentChange.CHANGED, ANA)]


async def test_what_moves_leads_without_naming_them_has_the_set_told_anew(place: Place) -> None:
    back = await place.follow(START)
    assert await back.take(1) == [SYNCED]
    place.pages.add(page(LATER, BO, None))
    assert await back.take(4) == [(SegmentChange.RESET, None), (SegmentChange.SNAPSHOT, ANA), (SegmentChange.SNAPSHOT, CY), SYNCED]


async def test_a_lead_is_doubted_when_later_events_of_it_are_told_as_one_with_the_doubtful_one(place: Place) -> None:
    back = await place.follow(START)
    assert await back.take(1) == [SYNCED]
    place.pages.add(page_across((LATER, BO), (BEYOND, BO)))
    place.pages.add(page(BEYOND, ANA))
    place.pages.add(page(BEYOND, CY))
    assert await back.take(2) == [(SegmentChange.LEFT, BO), (SegmentChange.CHANGED, ANA)]


async def test_doubtful_leads_among_those_that_are_compared_have_the_set_told_anew(place: Place) -> None:
    back = await place.follow(START)
    assert await back.take(1) == [SYNCED]
    place.pages.add(page_across((LATER, BO), (BEYOND, None)))
    assert await back.take(1) == [(SegmentChange.RESET, None)]
    assert await back.take(3) == [(SegmentChange.SNAPSHOT, ANA), (SegmentChange.SNAPSHOT, CY), SYNCED]


async def test_what_moves_leads_after_all_doubts_does_not_have_the_set_told_anew(place: Place) -> None:
    back = await place.follow(START)
    assert await back.take(1) == [SYNCED]
    place.set_now.discard(CY)
    place.pages.add(page(BEYOND, ANA, None))
    assert await back.take(3) == [(SegmentChange.LEFT, CY), (SegmentChange.CHANGED, ANA), SYNCED]


async def test_a_move_is_answered_once_for_all_who_know_the_set(place: Place) -> None:
    followers = [await place.follow(None) for _ in range(5)]
    for each in followers:
        await each.take(4)
    before = place.answered
    place.set_now.discard(CY)
    place.pages.add(page(LATER, CY))
    assert [await each.take(1) for each in followers] == [[(SegmentChange.LEFT, CY)]] * 5
    assert place.answered - before == 1


async def test_whoever_falls_too_far_behind_is_told_the_set_anew(place: Place) -> None:
    slow = await place.follow(None)
    await slow.take(4)
    quick = await place.follow(None)
    await quick.take(4)
    for number in range(101):
        place.pages.add(page(FeedPosition(LATER.xid + number), ANA))
        assert await quick.take(1) == [(SegmentChange.CHANGED, ANA)]
    assert await slow.take(4) == [(SegmentChange.RESET, None), (SegmentChange.SNAPSHOT, ANA), (SegmentChange.SNAPSHOT, CY), SYNCED]
