"""Conditions over one lead: everything that is set must hold, and what is not known meets nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from domain.lead_conditions import LeadCondition, LeadField, holds, is_known
from domain.leads import LeadSource
from domain.scoring import Grade, Temperature
from domain.status import LeadStatus
from tests.worlds import blank_lead

NOBODY = blank_lead(datetime(2026, 6, 30, tzinfo=UTC))
ANN = replace(
    NOBODY,
    status=LeadStatus.NURTURING,
    grade=Grade.B,
    temperature=Temperature.WARM,
    source=LeadSource.WEBINAR,
    score_total=60,
    country="PT",
    language="pt-PT",
    industry="Energy",
    employees=50,
    phones=("+351210000001",),
    email="ann@lima.example",
    owner_id=UUID(int=1),
    email_opens=2,
    email_clicks=1,
    website_visits=3,
    content_downloads=1,
)


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ({}, True),
        ({"statuses": (LeadStatus.NEW, LeadStatus.NURTURING)}, True),
        ({"statuses": (LeadStatus.NEW,)}, False),
        ({"grades": (Grade.A, Grade.B)}, True),
        ({"grades": (Grade.A,)}, False),
        ({"temperatures": (Temperature.HOT,)}, False),
        ({"sources": (LeadSource.WEBINAR,)}, True),
        ({"min_score": 60, "max_score": 60}, True),
        ({"min_score": 61}, False),
        ({"max_score": 59}, False),
        ({"countries": ("pt", "ES")}, True),
        ({"languages": ("PT-pt",)}, True),
        ({"industries": ("energy",)}, True),
        ({"industries": ("Ener",)}, False),
        ({"min_employees": 50}, True),
        ({"min_employees": 51}, False),
        ({"known": (LeadField.PHONE, LeadField.EMAIL, LeadField.OWNER)}, True),
        ({"known": (LeadField.PHONE, LeadField.STAGE)}, False),
        ({"unknown": (LeadField.STAGE, LeadField.BUDGET)}, True),
        ({"unknown": (LeadField.PHONE,)}, False),
        ({"tags_any": ("GOLD", "silver")}, True),
        ({"tags_any": ("silver",)}, False),
        ({"tags_none": ("silver",)}, True),
        ({"tags_none": ("GOLD",)}, False),
        ({"min_email_opens": 2, "min_email_clicks": 1, "min_website_visits": 3, "min_content_downloads": 1}, True),
        ({"min_email_opens": 3}, False),
        ({"min_email_clicks": 2}, False),
        ({"min_website_visits": 4}, False),
        ({"min_content_downloads": 2}, False),
        ({"grades": (Grade.B,), "tags_any": ("silver",)}, False),
    ],
)
def test_everything_that_is_set_must_hold(condition: dict[str, Any], met: bool) -> None:
    assert holds(LeadCondition(**condition), ANN, ["Gold"]) is met


@pytest.mark.parametrize("condition", [{"countries": ("PT",)}, {"languages": ("pt",)}, {"industries": ("x",)}, {"min_employees": 0}])
def test_what_is_not_known_meets_no_condition_on_it(condition: dict[str, Any]) -> None:
    assert not holds(LeadCondition(**condition), NOBODY, [])


def test_of_a_blank_lead_nothing_is_known() -> None:
    assert [field for field in LeadField if is_known(NOBODY, field)] == []
