"""Conditions over one lead, by which sequences branch: as they are given and as they are shown."""

from __future__ import annotations

from typing import Any, cast

import strawberry

from domain import lead_conditions as domain
from gql.leads.enums import Grade, LeadSource, LeadStatus, Temperature
from gql.nodes import plain, shows
from gql.sequences.enums import LeadField

_IN = {
    "statuses": "Its status is one of these.",
    "grades": "Its grade is one of these.",
    "temperatures": "Its temperature is one of these.",
    "sources": "The source of its first touch is one of these.",
    "min_score": "Its total score is at least this.",
    "max_score": "Its total score is at most this.",
    "countries": "Its country is one of these, as ISO 3166-1 alpha-2.",
    "languages": "Its language is one of these, without regard to case.",
    "industries": "Its industry is one of these, without regard to case.",
    "min_employees": "Its company has at least so many employees.",
    "known": "All of these are known.",
    "unknown": "None of these is known.",
    "tags_any": "It carries at least one of these tags, by name.",
    "tags_none": "It carries none of these tags, by name.",
    "min_email_opens": "It opened at least so many mails.",
    "min_email_clicks": "It clicked in at least so many mails.",
    "min_website_visits": "It visited the website at least so often.",
    "min_content_downloads": "It downloaded at least so many things.",
}


def _given(name: str) -> Any:
    return strawberry.field(default=None, description=_IN[name])


def _shown(name: str) -> Any:
    return plain(_IN[name])


@strawberry.input(
    description="A condition over one lead: everything that is set must hold. Lists have at most 100 values; empty ones ask for nothing."
)
class LeadConditionInput:
    """See `domain.lead_conditions.LeadCondition`."""

    statuses: list[LeadStatus] | None = _given("statuses")
    grades: list[Grade] | None = _given("grades")
    temperatures: list[Temperature] | None = _given("temperatures")
    sources: list[LeadSource] | None = _given("sources")
    min_score: int | None = _given("min_score")
    max_score: int | None = _given("max_score")
    countries: list[str] | None = _given("countries")
    languages: list[str] | None = _given("languages")
    industries: list[str] | None = _given("industries")
    min_employees: int | None = _given("min_employees")
    known: list[LeadField] | None = _given("known")
    unknown: list[LeadField] | None = _given("unknown")
    tags_any: list[str] | None = _given("tags_any")
    tags_none: list[str] | None = _given("tags_none")
    min_email_opens: int | None = _given("min_email_opens")
    min_email_clicks: int | None = _given("min_email_clicks")
    min_website_visits: int | None = _given("min_website_visits")
    min_content_downloads: int | None = _given("min_content_downloads")


@strawberry.type(
    description=(
        "A condition over one lead: everything that is set must hold, and empty lists ask for nothing. "
        "What is not known about a lead meets no condition on it."
    )
)
class LeadCondition:
    """See `domain.lead_conditions.LeadCondition`."""

    statuses: list[LeadStatus] = _shown("statuses")
    grades: list[Grade] = _shown("grades")
    temperatures: list[Temperature] = _shown("temperatures")
    sources: list[LeadSource] = _shown("sources")
    min_score: int | None = _shown("min_score")
    max_score: int | None = _shown("max_score")
    countries: list[str] = _shown("countries")
    languages: list[str] = _shown("languages")
    industries: list[str] = _shown("industries")
    min_employees: int | None = _shown("min_employees")
    known: list[LeadField] = _shown("known")
    unknown: list[LeadField] = _shown("unknown")
    tags_any: list[str] = _shown("tags_any")
    tags_none: list[str] = _shown("tags_none")
    min_email_opens: int | None = _shown("min_email_opens")
    min_email_clicks: int | None = _shown("min_email_clicks")
    min_website_visits: int | None = _shown("min_website_visits")
    min_content_downloads: int | None = _shown("min_content_downloads")
    is_type_of = shows(domain.LeadCondition)


def to_condition(given: LeadConditionInput) -> domain.LeadCondition:
    """Make the domain's condition of the input's."""
    values = {name: in_tuples(getattr(given, name)) for name in _IN}
    return domain.LeadCondition(**{name: value for name, value in values.items() if value is not None})


def in_tuples(value: Any) -> Any:
    """Make a tuple of a list, each value once; leave everything else as it is."""
    return tuple(dict.fromkeys(cast(list[Any], value))) if isinstance(value, list) else value
