"""Conditions over one lead, by which a sequence branches: decided in memory, of facts that the lead carries."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from domain.leads import Lead, LeadSource
from domain.scoring import Grade, Temperature
from domain.status import LeadStatus


class LeadField(StrEnum):
    """A field that may be filled in or not."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    COMPANY = "COMPANY"
    TITLE = "TITLE"
    INDUSTRY = "INDUSTRY"
    COUNTRY = "COUNTRY"
    TIME_ZONE = "TIME_ZONE"
    LANGUAGE = "LANGUAGE"
    BUDGET = "BUDGET"
    AUTHORITY = "AUTHORITY"
    NEED = "NEED"
    TIMELINE = "TIMELINE"
    OWNER = "OWNER"
    STAGE = "STAGE"
    DEAL_VALUE = "DEAL_VALUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadCondition:
    """Everything that is set must hold; within a list, one of its values; an empty list asks for nothing.

    Texts are compared without regard to case.
    """

    statuses: tuple[LeadStatus, ...] = ()
    grades: tuple[Grade, ...] = ()
    temperatures: tuple[Temperature, ...] = ()
    sources: tuple[LeadSource, ...] = ()
    min_score: int | None = None
    max_score: int | None = None
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    min_employees: int | None = None
    known: tuple[LeadField, ...] = ()
    unknown: tuple[LeadField, ...] = ()
    tags_any: tuple[str, ...] = ()
    tags_none: tuple[str, ...] = ()
    min_email_opens: int | None = None
    min_email_clicks: int | None = None
    min_website_visits: int | None = None
    min_content_downloads: int | None = None


def is_known(lead: Lead, field: LeadField) -> bool:
    """Tell whether a lead has a value for a field."""
    match field:
        case LeadField.PHONE:
            return bool(lead.phones)
        case LeadField.OWNER:
            return lead.owner_id is not None
        case LeadField.STAGE:
            return lead.stage_id is not None
        case _:
            return getattr(lead, field.value.lower()) is not None


def holds(condition: LeadCondition, lead: Lead, tags: Collection[str]) -> bool:
    """Decide a condition. What is not known about a lead meets no condition on it; `tags` are the names of the lead's tags."""
    return (
        _among(lead.status, condition.statuses)
        and _among(lead.grade, condition.grades)
        and _among(lead.temperature, condition.temperatures)
        and _among(lead.source, condition.sources)
        and _folded_among(lead.country, condition.countries)
        and _folded_among(lead.language, condition.languages)
        and _folded_among(lead.industry, condition.industries)
        and _at_least(lead.score_total, condition.min_score)
        and (condition.max_score is None or lead.score_total <= condition.max_score)
        and _at_least(lead.employees, condition.min_employees)
        and _at_least(lead.email_opens, condition.min_email_opens)
        and _at_least(lead.email_clicks, condition.min_email_clicks)
        and _at_least(lead.website_visits, condition.min_website_visits)
        and _at_least(lead.content_downloads, condition.min_content_downloads)
        and all(is_known(lead, field) for field in condition.known)
        and not any(is_known(lead, field) for field in condition.unknown)
        and _tagged(tags, condition)
    )


def never_holds(condition: LeadCondition) -> bool:
    """Tell of a condition that contradicts itself, or asks for a score that there is not: no lead ever meets it."""
    least, most = condition.min_score or 0, 100 if condition.max_score is None else condition.max_score
    refused = {tag.casefold() for tag in condition.tags_none}
    return (
        least > min(most, 100)
        or most < 0
        or not set(condition.known).isdisjoint(condition.unknown)
        or (bool(condition.tags_any) and all(tag.casefold() in refused for tag in condition.tags_any))
    )


def always_holds(condition: LeadCondition) -> bool:
    """Tell of a condition that asks for nothing, or for what each lead has: every lead meets it."""
    every = (
        (condition.statuses, LeadStatus),
        (condition.grades, Grade),
        (condition.temperatures, Temperature),
        (condition.sources, LeadSource),
    )
    counted = (condition.min_score, condition.min_email_opens, condition.min_email_clicks)
    counted += (condition.min_website_visits, condition.min_content_downloads)
    return (
        all(not chosen or set(chosen) == set(kinds) for chosen, kinds in every)
        and all(least is None or least <= 0 for least in counted)
        and (condition.max_score is None or condition.max_score >= 100)
        and condition.min_employees is None
        and not (condition.countries or condition.languages or condition.industries)
        and not (condition.known or condition.unknown or condition.tags_any or condition.tags_none)
    )


def _among(value: object, allowed: Collection[object]) -> bool:
    return not allowed or value in allowed


def _folded_among(value: str | None, allowed: Collection[str]) -> bool:
    return not allowed or (value is not None and value.casefold() in {each.casefold() for each in allowed})


def _at_least(value: int | None, least: int | None) -> bool:
    return least is None or (value is not None and value >= least)


def _tagged(tags: Collection[str], condition: LeadCondition) -> bool:
    carried = {tag.casefold() for tag in tags}
    wanted = {tag.casefold() for tag in condition.tags_any}
    return (not wanted or not carried.isdisjoint(wanted)) and carried.isdisjoint(tag.casefold() for tag in condition.tags_none)
