"""The standard model, number by number."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.scoring import Facts, Grade, Priority, Temperature, grade_of, priority_of, score, temperature_of
from domain.scoring_models import STANDARD

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
GOLDEN: dict[str, Any] = json.loads((Path(__file__).parents[1] / "golden" / "scoring.json").read_text())

PERFECT = Facts(
    title="CEO",
    company="Acme",
    phones=("+14155552671",),
    industry="software",
    website_visits=5,
    content_downloads=2,
    page_views=5,
    email_opens=5,
    email_clicks=4,
    social_engagements=5,
    employees=501,
    annual_revenue=Decimal(100_000_000),
    source="WEBINAR",
    contact_requested_at=AS_OF,
    outbound_attempts=1,
)


def points(facts: Facts, category: str, rule: str | None = None) -> float:
    found = next(each for each in score(facts, STANDARD, AS_OF).categories if each.key == category)
    return found.points if rule is None else next(each.points for each in found.rules if each.key == rule)


def golden_facts(case: dict[str, Any]) -> Facts:
    known: dict[str, Any] = dict(case["facts"])
    phone, days_ago, revenue = known.pop("phone"), known.pop("contact_requested_days_ago"), known.pop("annual_revenue")
    return Facts(
        **known,
        phones=() if phone is None else (phone,),
        annual_revenue=None if revenue is None else Decimal(revenue),
        contact_requested_at=None if days_ago is None else AS_OF - timedelta(days=days_ago),
    )


@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: f"{case['expected']['total']}{case['expected']['grade']}")
def test_a_golden_lead_scores_as_computed_elsewhere(case: dict[str, Any]) -> None:
    result = score(golden_facts(case), STANDARD, datetime.fromisoformat(GOLDEN["as_of"]))

    assert {category.key: category.points for category in result.categories} | {
        "total": result.total,
        "grade": result.grade,
        "temperature": result.temperature,
        "priority": result.priority,
    } == case["expected"]
    assert (result.model_key, result.model_version, result.computed_at) == (GOLDEN["model"], GOLDEN["version"], AS_OF)


def test_the_caps_of_the_categories_sum_to_a_hundred() -> None:
    assert [(category.key, category.cap) for category in STANDARD.categories] == [
        ("demographic", 20),
        ("behavioural", 25),
        ("engagement", 25),
        ("firmographic", 20),
        ("intent", 10),
    ]


def test_a_lead_about_which_everything_is_known_scores_a_hundred_and_an_unknown_one_nothing() -> None:
    assert (score(PERFECT, STANDARD, AS_OF).total, score(Facts(), STANDARD, AS_OF).total) == (100, 0)


def test_perfect_data_without_tracking_tops_out_at_fifty() -> None:
    untracked = Facts(
        **{name: getattr(PERFECT, name) for name in ("title", "company", "phones", "industry", "employees", "annual_revenue", "source")},
        contact_requested_at=AS_OF,
        outbound_attempts=1,
    )
    result = score(untracked, STANDARD, AS_OF)
    assert (result.total, result.grade) == (50, Grade.C)


@pytest.mark.parametrize(
    ("employees", "expected"),
    [(None, 0), (0, 0), (1, 2), (10, 2), (11, 5), (50, 5), (51, 10), (200, 10), (201, 15), (500, 15), (501, 20), (10**9, 20)],
)
def test_company_size_earns_by_bands(employees: int | None, expected: int) -> None:
    assert points(Facts(employees=employees), "firmographic") == expected


@pytest.mark.parametrize(
    ("revenue", "expected"),
    [
        (None, 0),
        ("-5", 0),
        ("0", 0),
        ("0.01", 2),
        ("999999.99", 2),
        ("1000000", 5),
        ("9999999.99", 5),
        ("10000000", 10),
        ("49999999.99", 10),
        ("50000000", 15),
        ("99999999.99", 15),
        ("100000000", 20),
        ("1E+30", 20),
    ],
)
def test_annual_revenue_earns_by_bands(revenue: str | None, expected: int) -> None:
    assert points(Facts(annual_revenue=None if revenue is None else Decimal(revenue)), "firmographic") == expected


def test_size_and_revenue_together_stay_within_the_cap_of_their_category() -> None:
    assert points(Facts(employees=501, annual_revenue=Decimal(10**8)), "firmographic") == 20


@pytest.mark.parametrize(
    ("category", "fact", "expected"),
    [
        ("behavioural", "website_visits", [0, 2, 4, 6, 8, 10, 10]),
        ("behavioural", "content_downloads", [0, 5, 10, 10]),
        ("behavioural", "page_views", [0, 1, 2, 3, 4, 5, 5]),
        ("engagement", "email_opens", [0, 2, 4, 6, 8, 10, 10]),
        ("engagement", "email_clicks", [0, 3, 6, 9, 10, 10]),
        ("engagement", "social_engagements", [0, 1, 2, 3, 4, 5, 5]),
        ("intent", "outbound_attempts", [0, 2, 2]),
    ],
)
def test_each_event_earns_up_to_the_cap_of_its_rule(category: str, fact: str, expected: list[int]) -> None:
    assert [points(replace(Facts(), **{fact: count}), category) for count in range(len(expected))] == expected


@pytest.mark.parametrize("company", [None, "", "   ", "n/a", "N/A", "none", "None", "-", "--", "self", " Self "])
def test_a_placeholder_is_no_company(company: str | None) -> None:
    assert points(Facts(company=company), "demographic") == 0


@pytest.mark.parametrize("company", ["Acme Corporation", "  Isdom  ", "Selfridges", "Nonesuch", "3M", "株式会社"])
def test_a_real_name_is_a_company(company: str) -> None:
    assert points(Facts(company=company), "demographic") == 5


@pytest.mark.parametrize(
    "phone", ["", "12345", "not a phone", "911", "+0", "+1", "4155552671", "+" + "9" * 300, "+12345", "+11234567890", "tel:javascript:"]
)
def test_what_is_no_international_number_is_no_phone(phone: str) -> None:
    assert points(Facts(phones=(phone,)), "demographic") == 0


def test_one_valid_phone_among_others_is_enough_and_earns_once() -> None:
    assert points(Facts(phones=("12345", "+14155552671", "+44 20 8366 1177")), "demographic") == 3


@pytest.mark.parametrize(
    ("industry", "expected"), [(None, 0), ("", 0), (" ", 0), ("Other", 0), ("UNKNOWN", 0), ("other", 0), ("retail", 2)]
)
def test_an_industry_has_to_say_something(industry: str | None, expected: int) -> None:
    assert points(Facts(industry=industry), "demographic") == expected


@pytest.mark.parametrize(("source", "expected"), [("WEBINAR", 5), ("CONTENT_DOWNLOAD", 5), ("REFERRAL", 0), ("webinar", 0), (None, 0)])
def test_two_sources_show_high_intent(source: str | None, expected: int) -> None:
    assert points(Facts(source=source), "intent") == expected


@pytest.mark.parametrize(
    ("total", "grade", "temperature", "priority"),
    [
        (100, Grade.A, Temperature.HOT, Priority.URGENT),
        (80, Grade.A, Temperature.HOT, Priority.URGENT),
        (79, Grade.B, Temperature.WARM, Priority.HIGH),
        (60, Grade.B, Temperature.WARM, Priority.HIGH),
        (59, Grade.C, Temperature.WARM, Priority.MEDIUM),
        (40, Grade.C, Temperature.WARM, Priority.MEDIUM),
        (39, Grade.D, Temperature.COLD, Priority.LOW),
        (0, Grade.D, Temperature.COLD, Priority.LOW),
    ],
)
def test_the_grade_follows_the_total_and_the_rest_follows_the_grade(
    total: int, grade: Grade, temperature: Temperature, priority: Priority
) -> None:
    assert grade_of(total, STANDARD.grades) is grade
    assert (temperature_of(grade), priority_of(grade)) == (temperature, priority)


def test_facts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Facts(email_clicks=-1)
    with pytest.raises(ValueError, match="finite"):
        Facts(annual_revenue=Decimal("NaN"))
    with pytest.raises(ValueError, match="time zone"):
        Facts(contact_requested_at=AS_OF.replace(tzinfo=None))
    with pytest.raises(ValueError, match="time zone"):
        score(Facts(), STANDARD, AS_OF.replace(tzinfo=None))
