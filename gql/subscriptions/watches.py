"""How a subscription field is declared: which events it is about, and which of them its arguments let through."""

from __future__ import annotations

import inspect
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeAlias

import strawberry
from strawberry import UNSET

from domain.events import Event, EventFilter, EventType
from domain.filters import LeadFilter as DomainLeadFilter
from gql.context import Info
from gql.errors import ErrorCode, PublicError
from gql.ids import decode_kind
from gql.leads.filters import MAX_VALUES, LeadFilter, to_filter
from gql.scalars import Cursor


@dataclass(frozen=True, slots=True)
class LiveChange:
    """What a subscription answers from: one event, with the cursor of its place."""

    cursor: str
    event: Event


Accepts: TypeAlias = Callable[[Event], bool]


@dataclass(frozen=True, slots=True)
class Watch:
    """What one subscription is about: events that pass `events` and `accepts`, of leads that meet `leads` when they are told.

    Every subscription is about leads: events of the workspace are pulled from the feed.
    """

    events: EventFilter
    leads: DomainLeadFilter | None
    accepts: Accepts | None
    after: str | None
    # Not the events are told, but what they make of the set of leads.
    follows_set: bool = False

    def wants(self, event: Event) -> bool:
        """Tell whether an event passes, as far as the event itself says."""
        types, lead_ids = self.events.types, self.events.lead_ids
        return (
            event.lead_id is not None
            and (types is None or event.type in types)
            and (lead_ids is None or event.lead_id in lead_ids)
            and (self.accepts is None or self.accepts(event))
        )


@dataclass(frozen=True, slots=True)
class LiveField:
    """The declaration behind a field of `Subscription`. `accepts` makes a condition of the field's own arguments."""

    types: tuple[EventType, ...] | None
    accepts: Callable[[Mapping[str, Any]], Accepts | None]

    def watch(self, given: Mapping[str, Any]) -> Watch:
        """Make of coerced arguments what is to be watched. Raises PublicError BAD_USER_INPUT."""
        lead_ids: list[str] | None = given.get("lead_ids")
        if lead_ids is not None and len(lead_ids) > MAX_VALUES:
            raise PublicError(ErrorCode.BAD_USER_INPUT, f"`leadIds` has at most {MAX_VALUES} values.")
        return Watch(
            EventFilter(types=self.types, lead_ids=None if lead_ids is None else tuple(decode_kind("Lead", id) for id in lead_ids)),
            to_filter(given["filter"], DomainLeadFilter) if "filter" in given else None,
            self.accepts(given),
            given.get("after"),
        )


@dataclass(frozen=True, slots=True)
class SegmentField:
    """The declaration behind the field of `Subscription` that follows a set of leads."""

    def watch(self, given: Mapping[str, Any]) -> Watch:
        """Make of coerced arguments what is to be watched. Raises PublicError BAD_USER_INPUT."""
        filter: DomainLeadFilter = to_filter(given["filter"], DomainLeadFilter)
        if filter.deleted:
            raise PublicError(ErrorCode.BAD_USER_INPUT, "Deleted leads cannot be followed.")
        return Watch(EventFilter(), filter, None, given.get("after"), follows_set=True)


def _any(_given: Mapping[str, Any]) -> None:
    return None


_ARGUMENTS: Mapping[str, Any] = {
    "lead_ids": Annotated[
        list[strawberry.ID] | None, strawberry.argument(description="Only of these leads, at most 200; without it, of all.")
    ],
    "filter": Annotated[
        LeadFilter | None, strawberry.argument(description="Only of leads that meet these conditions when the event is told.")
    ],
    "after": Annotated[
        Cursor | None,
        strawberry.argument(description="First everything after this place, from a subscription or from `events`; then what comes."),
    ],
}


def live(
    payload: type[Any],
    description: str,
    *,
    types: tuple[EventType, ...] | None,
    arguments: Mapping[str, Any] | None = None,
    accepts: Callable[[Mapping[str, Any]], Accepts | None] = _any,
) -> Any:
    """Declare a field of `Subscription`. Its events do not come out of its resolver: `LiveOperations` answers from the feed."""

    field = LiveField(types, accepts)
    return _subscription(payload, description, {**_ARGUMENTS, **(arguments or {})}, field)


def follow_segment(payload: type[Any], description: str) -> Any:
    """Declare the field of `Subscription` that follows a set of leads; `gql.subscriptions.segments` answers it."""
    filter = Annotated[LeadFilter, strawberry.argument(description="Which leads are followed; at most 1,000.")]
    return _subscription(payload, description, {"filter": filter, "after": _ARGUMENTS["after"]}, SegmentField())


def _subscription(payload: type[Any], description: str, arguments: Mapping[str, Any], field: LiveField | SegmentField) -> Any:
    async def resolve(*_: object, **__: object):
        raise PublicError(ErrorCode.BAD_REQUEST, "Subscriptions are answered as streams only.")
        yield

    parameters = [
        inspect.Parameter("root", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Any),
        inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info),
        *(
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if name == "filter" and isinstance(field, SegmentField) else UNSET,
                annotation=annotation,
            )
            for name, annotation in arguments.items()
        ),
    ]
    resolve.__signature__ = inspect.Signature(parameters, return_annotation=AsyncGenerator[payload, None])
    resolve.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters} | {"return": AsyncGenerator[payload, None]}
    return strawberry.subscription(resolver=resolve, description=description, metadata={"live": field})
