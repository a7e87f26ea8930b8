"""The pull door of the feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import strawberry
from strawberry import UNSET

from domain import events as domain
from gql.context import Info
from gql.errors import ErrorCode, PublicError
from gql.events.cursors import decode_feed_cursor, encode_feed_cursor, invalid_cursor, require_kept
from gql.events.types import EventFeed, EventFilter, FeedValue
from gql.leads.filters import to_filter
from gql.paging import DEFAULT_SIZE, MAX_SIZE
from gql.scalars import Cursor
from persistence.database import Reading
from persistence.feed import UnknownPosition, feed_end, feed_page


@dataclass(frozen=True, slots=True)
class _Asked:
    """One field's request for a piece of the feed. `after` None: from now on."""

    after: tuple[domain.FeedPosition, datetime] | None
    filter: domain.EventFilter
    size: int
    at: datetime


async def _pieces(db: Reading, asked: Sequence[_Asked]) -> Mapping[_Asked, FeedValue]:
    """Read pieces of the feed; a request names few of them, and each has its own filter."""
    return {each: await _piece(db, each) for each in asked}


async def _piece(db: Reading, asked: _Asked) -> FeedValue:
    workspace_id = db.scope.workspace_id
    if asked.after is None:
        return FeedValue((), encode_feed_cursor(workspace_id, await feed_end(db), asked.at), has_more=False)
    try:
        page = await feed_page(db, asked.after[0], asked.filter, asked.size)
    except UnknownPosition:
        raise invalid_cursor() from None
    require_kept(asked.after[1], page.since)
    # While more is to come, the cursor is at least as old as what it follows; at the end of the feed it is of now.
    behind = domain.written_at(page.events[-1][1].id) if page.events else asked.after[1]
    at = behind if page.has_more else asked.at
    return FeedValue([event for _, event in page.events], encode_feed_cursor(workspace_id, page.position, at), has_more=page.has_more)


@strawberry.type
class EventQueries:
    """What `Query` takes over."""

    @strawberry.field(
        description=(
            "The feed: what happened to the workspace, and to the leads that the viewer may see now, in an order in which nothing is ever "
            "inserted behind a reader. An event appears when every transaction that began before its own has ended, as a rule at once."
        )
    )
    def events(
        self,
        info: Info,
        after: Annotated[
            Cursor | None,
            strawberry.argument(
                description="Only events after this place, also of a subscription. Without it, none: the answer is the cursor of now."
            ),
        ] = UNSET,
        filter: Annotated[EventFilter | None, strawberry.argument(description="Only events that meet these conditions.")] = UNSET,
        first: Annotated[int | None, strawberry.argument(description="How many events at most: 1–100. Without it: 20.")] = UNSET,
    ) -> EventFeed:
        """Read a piece of the feed."""
        context = info.context
        size = first if first is not None and first is not UNSET else DEFAULT_SIZE
        if not 1 <= size <= MAX_SIZE:
            raise PublicError(ErrorCode.BAD_USER_INPUT, f"`first` must be 1–{MAX_SIZE}.")
        asked = _Asked(
            None if after is None or after is UNSET else decode_feed_cursor(after, context.viewer.workspace_id),
            to_filter(filter, domain.EventFilter, "Lead") if filter else domain.EventFilter(),
            size,
            context.at,
        )
        return context.loaders.load(_pieces, asked)  # pyright: ignore[reportReturnType] -- a future of what the type shows
