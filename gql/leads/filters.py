"""The inputs that narrow and order lists of leads, and how they become the domain's filter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, cast, get_args, get_type_hints

import strawberry
from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from domain import filters
from domain.custom_fields import checked_field_key
from domain.searching import MAX_SEARCH_LENGTH
from gql.enums import describe
from gql.errors import ErrorCode, PublicError
from gql.ids import decode_kind
from gql.leads.enums import Grade, LeadOrderField, LeadSource, LeadStatus, Priority, Temperature
from persistence.custom_conditions import CUSTOM_ORDER

MAX_VALUES = 200


def _optional(description: str, **options: Any) -> Any:
    return strawberry.field(default=UNSET, description=description, **options)


def _equal() -> Any:
    return _optional("Equal to this value.")


def _among() -> Any:
    return _optional("One of these values, at most 200.", name="in")


def _not_among() -> Any:
    return _optional("None of these values, at most 200.", name="notIn")


def _empty() -> Any:
    return _optional("True: only where there is no value; false: only where there is one.")


@strawberry.input(description="Conditions on the status.")
class LeadStatusFilter:
    """See `domain.filters.OneOf`."""

    eq: LeadStatus | None = _equal()
    in_: list[LeadStatus] | None = _among()
    not_in: list[LeadStatus] | None = _not_among()


@strawberry.input(description="Conditions on the grade.")
class GradeFilter:
    """See `domain.filters.OneOf`."""

    eq: Grade | None = _equal()
    in_: list[Grade] | None = _among()
    not_in: list[Grade] | None = _not_among()


@strawberry.input(description="Conditions on the temperature.")
class TemperatureFilter:
    """See `domain.filters.OneOf`."""

    eq: Temperature | None = _equal()
    in_: list[Temperature] | None = _among()
    not_in: list[Temperature] | None = _not_among()


@strawberry.input(description="Conditions on the priority, a pinned one included.")
class PriorityFilter:
    """See `domain.filters.OneOf`."""

    eq: Priority | None = _equal()
    in_: list[Priority] | None = _among()
    not_in: list[Priority] | None = _not_among()


@strawberry.input(description="Conditions on the source of the first touch.")
class LeadSourceFilter:
    """See `domain.filters.OneOf`."""

    eq: LeadSource | None = _equal()
    in_: list[LeadSource] | None = _among()
    not_in: list[LeadSource] | None = _not_among()


@strawberry.input(description="Conditions on a text, without regard to case.")
class TextFilter:
    """See `domain.filters.TextMatch`."""

    eq: str | None = _equal()
    in_: list[str] | None = _among()
    contains: str | None = _optional("Contains this text, literally.")
    starts_with: str | None = _optional("Begins with this text, literally.")
    is_null: bool | None = _empty()


@strawberry.input(description="Conditions on a whole number.")
class IntFilter:
    """See `domain.filters.NumberRange`."""

    eq: int | None = _equal()
    gte: int | None = _optional("At least this.")
    gt: int | None = _optional("More than this.")
    lte: int | None = _optional("At most this.")
    lt: int | None = _optional("Less than this.")
    is_null: bool | None = _empty()


@strawberry.input(description="Conditions on a decimal number.")
class DecimalFilter:
    """See `domain.filters.NumberRange`."""

    eq: Decimal | None = _equal()
    gte: Decimal | None = _optional("At least this.")
    gt: Decimal | None = _optional("More than this.")
    lte: Decimal | None = _optional("At most this.")
    lt: Decimal | None = _optional("Less than this.")
    is_null: bool | None = _empty()


@strawberry.input(description="Conditions on an instant.")
class DateTimeFilter:
    """See `domain.filters.InstantRange`."""

    gte: datetime | None = _optional("At this instant or later.")
    lt: datetime | None = _optional("Before this instant.")
    is_null: bool | None = _empty()


@strawberry.input(description="Conditions on a day.")
class DateFilter:
    """See `domain.filters.DateRange`."""

    gte: date | None = _optional("On this day or later.")
    lte: date | None = _optional("On this day or earlier.")
    is_null: bool | None = _empty()


@strawberry.input(description="Conditions on another thing, by its id. An id that nothing visible has matches nothing.")
class IdFilter:
    """See `domain.filters.Reference`."""

    eq: strawberry.ID | None = _optional("This one.")
    in_: list[strawberry.ID] | None = _optional("One of these, at most 200.", name="in")
    is_null: bool | None = _empty()


@strawberry.input(description="Conditions on segments, by their ids.")
class SegmentFilter:
    """See `domain.filters.Reference`."""

    in_: list[strawberry.ID] = strawberry.field(name="in", description="In at least one of these, at most 200.")


@strawberry.input(description="Conditions on tags, by name and without regard to case.")
class TagFilter:
    """See `domain.filters.TagMatch`."""

    any_of: list[str] | None = _optional("Carries at least one of these, at most 200.")
    all_of: list[str] | None = _optional("Carries every one of these, at most 200.")
    none_of: list[str] | None = _optional("Carries none of these, at most 200.")


@strawberry.input(description="Conditions on the options that a custom field holds, by their keys.")
class OptionFilter:
    """See `domain.filters.OptionMatch`."""

    any_of: list[str] | None = _optional("Holds at least one of these, at most 200.")
    all_of: list[str] | None = _optional("Holds every one of these, at most 200.")
    none_of: list[str] | None = _optional("Holds none of these, at most 200.")


@strawberry.input(
    description="Conditions on one custom field, by the member for its type. A field that is unknown or of another type meets none of them."
)
class CustomFieldFilter:
    """See `domain.filters.CustomFieldMatch`."""

    key: str = strawberry.field(description="The field's key.")
    text: TextFilter | None = _optional("On the value of a TEXT.")
    number: DecimalFilter | None = _optional("On the value of a NUMBER.")
    date: DateFilter | None = _optional("On the value of a DATE.")
    boolean: bool | None = _optional("The value of a BOOLEAN.")
    options: OptionFilter | None = _optional("On the choice of a SELECT, or those of a MULTI_SELECT.")
    is_null: bool | None = _optional("True: only leads without a value in the field; false: only those with one.")


@strawberry.input(description="Conditions on the first answer of a lead that somebody asks for.")
class FirstResponseFilter:
    """See `domain.filters.FirstResponseMatch`."""

    due_at: DateTimeFilter | None = _optional("By when the lead is to be answered: before now and not answered means missed.")
    responded: bool | None = _optional("By whether somebody has tried to reach it.")


@strawberry.input(
    description="Which leads are meant: everything that is set must hold. Without `deleted: true`, deleted leads are left out. "
    "A condition that is null is refused: leave out what is not meant."
)
class LeadFilter:
    """See `domain.filters.LeadFilter`."""

    and_: list[LeadFilter] | None = _optional("All of these hold.", name="and")
    or_: list[LeadFilter] | None = _optional("At least one of these holds.", name="or")
    not_: LeadFilter | None = _optional("This does not hold.", name="not")
    ids: list[strawberry.ID] | None = _optional("The lead is one of these, at most 200.")
    status: LeadStatusFilter | None = _optional("By status.")
    grade: GradeFilter | None = _optional("By grade.")
    temperature: TemperatureFilter | None = _optional("By temperature.")
    priority: PriorityFilter | None = _optional("By priority.")
    source: LeadSourceFilter | None = _optional("By the source of the first touch.")
    score: IntFilter | None = _optional("By the total score, 0–100.")
    owner: IdFilter | None = _optional("By the agent who owns it; `isNull: true` finds the pool.")
    team: IdFilter | None = _optional("By the team of the agent who owns it.")
    pipeline: IdFilter | None = _optional("By the pipeline that it is in.")
    stage: IdFilter | None = _optional("By the stage that it is in.")
    campaign: IdFilter | None = _optional("By the campaigns that it is a member of; `isNull: true` finds those in none.")
    segment: SegmentFilter | None = _optional("By segments; a segment that is gone means no lead.")
    tags: TagFilter | None = _optional("By tags.")
    external_system: TextFilter | None = _optional("By the other systems that know it.")
    email: TextFilter | None = _optional("By e-mail address.")
    company: TextFilter | None = _optional("By the company's name.")
    title: TextFilter | None = _optional("By job title.")
    industry: TextFilter | None = _optional("By industry.")
    country: TextFilter | None = _optional("By country, as ISO 3166-1 alpha-2.")
    city: TextFilter | None = _optional("By city.")
    employees: IntFilter | None = _optional("By the number of the company's employees.")
    annual_revenue: DecimalFilter | None = _optional("By annual revenue, in the workspace's currency.")
    deal_value: DecimalFilter | None = _optional("By the deal's amount, whatever its currency.")
    expected_close_date: DateFilter | None = _optional("By the day on which the deal is expected to close.")
    created_at: DateTimeFilter | None = _optional("By when it was created.")
    updated_at: DateTimeFilter | None = _optional("By when somebody last changed it.")
    closed_at: DateTimeFilter | None = _optional("By when it was won, lost or disqualified.")
    first_response: FirstResponseFilter | None = _optional("By how it waits, or waited, for its first answer.")
    last_contacted_at: DateTimeFilter | None = _optional("By when we last tried to reach it.")
    last_activity_at: DateTimeFilter | None = _optional("By when it last did something.")
    custom_fields: list[CustomFieldFilter] | None = _optional("By custom fields; all of these hold. At most 200.")
    do_not_call: bool | None = _optional("By whether it must not be called.")
    deleted: bool | None = _optional("True finds deleted leads, and only those. Counts at the top of the filter only.")


class OrderDirection(StrEnum):
    """Which way a list runs."""

    ASC = "ASC"
    DESC = "DESC"


describe(OrderDirection, "Which way a list runs.", {"ASC": "Smallest or earliest first.", "DESC": "Largest or latest first."})


@strawberry.input(description="The order of a list of leads: by `field` or by `customField`.")
class LeadOrder:
    """A field and a direction."""

    field: LeadOrderField | None = strawberry.field(default=None, description="By what.")
    custom_field: str | None = strawberry.field(
        default=None,
        description=(
            "By the custom field with this key: options in their own order, of several the first. Leads without a value come last."
        ),
    )
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description="Which way; the largest first by default.")


# In a filter, a plain id is of the kind that the field speaks of.
KINDS = {
    "owner": "Agent",
    "team": "Team",
    "pipeline": "Pipeline",
    "stage": "Stage",
    "campaign": "Campaign",
    "segment": "Segment",
    "ids": "Lead",
    "agent": "Agent",
    "lead": "Lead",
}


def refuse_nulls(given: Any, path: str = "filter") -> None:
    """Refuse a condition that is null, by its path: taken for none at all, it would let a bulk mutation loose on every lead."""
    for field in fields(given):
        value, place = getattr(given, field.name), f"{path}.{to_camel_case(field.name.rstrip('_'))}"
        if value is None:
            raise PublicError(ErrorCode.BAD_USER_INPUT, f"`{place}` is null: leave out a condition that is not meant.")
        if isinstance(value, list):
            for index, each in enumerate(cast("list[object]", value)):
                if is_dataclass(each):
                    refuse_nulls(each, f"{place}.{index}")
        elif is_dataclass(value):
            refuse_nulls(value, place)


def to_filter(given: Any, noun: type[Any], kind: str = "") -> Any:
    """Turn a filter input into the domain's dataclass of the same field names. Raises PublicError: a null, or too long a list."""
    refuse_nulls(given)
    return _filter(given, noun, kind)


def _filter(given: Any, noun: type[Any], kind: str) -> Any:
    hints = get_type_hints(noun)
    values: dict[str, Any] = {}
    for field in fields(noun):
        value = getattr(given, field.name, UNSET)
        if value is UNSET:
            continue
        values[field.name] = _value(value, hints[field.name], KINDS.get(field.name, kind))
    return noun(**values)


def _value(value: Any, hint: Any, kind: str) -> Any:
    if isinstance(value, list):
        if len(value) > MAX_VALUES:  # pyright: ignore[reportUnknownArgumentType]
            raise PublicError(ErrorCode.BAD_USER_INPUT, f"A filter's list has at most {MAX_VALUES} values.")
        return tuple(_value(each, hint, kind) for each in value)  # pyright: ignore[reportUnknownVariableType]
    if is_dataclass(value):
        return _filter(value, _noun_in(hint), kind)
    if isinstance(value, Enum):
        return value.value
    if kind and isinstance(value, str):
        return decode_kind(kind, value)
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value) < Decimal(10) ** 18 and int(value.as_tuple().exponent) >= -18):
        raise PublicError(ErrorCode.BAD_USER_INPUT, "A number in a filter has at most 18 digits before the point, and 18 after it.")
    if isinstance(value, str) and "\0" in value:
        raise PublicError(ErrorCode.BAD_USER_INPUT, "NUL is not allowed.")
    return value


def _noun_in(hint: Any) -> type[Any]:
    """Find the dataclass in `X | None` and `tuple[X, ...] | None`."""
    for argument in (hint, *get_args(hint)):
        for inner in (argument, *get_args(argument)):
            if isinstance(inner, type) and is_dataclass(inner):
                return inner
    raise TypeError(f"no dataclass in {hint}")


def lead_query(given: Mapping[str, Any]) -> filters.LeadQuery | None:
    """Make the listing's filter of the arguments `filter` and `search`."""
    search: str | None = given.get("search")
    if search is not None and (len(search) > MAX_SEARCH_LENGTH or "\0" in search):
        raise PublicError(ErrorCode.BAD_USER_INPUT, f"`search` has at most {MAX_SEARCH_LENGTH} characters.")
    if "filter" not in given and search is None:
        return None
    filter = to_filter(given["filter"], filters.LeadFilter) if "filter" in given else None
    return filters.LeadQuery(filter, search)


def lead_order(given: Mapping[str, Any]) -> tuple[str, bool] | None:
    """Make the listing's order of the argument `orderBy`."""
    order: LeadOrder | None = given.get("order_by")
    if order is None:
        return None
    if (order.field is None) == (order.custom_field is None):
        raise PublicError(ErrorCode.BAD_USER_INPUT, "Order leads by `field` or by `customField`.")
    if order.custom_field is not None and checked_field_key(order.custom_field):
        raise PublicError(ErrorCode.BAD_USER_INPUT, "`customField` is the key of a custom field.")
    by = order.field.value if order.field is not None else CUSTOM_ORDER + (order.custom_field or "")
    return by, order.direction is OrderDirection.DESC
