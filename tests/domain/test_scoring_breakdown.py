"""A score explains itself, and its explanation can be stored and read back without the model."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from domain.scoring import ConversationCall, Facts, FactUsed, RulePoints, Score, breakdown_from_json, breakdown_to_json, score
from domain.scoring_models import STANDARD, VOICE

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)
FULL = Facts(
    title="Executive Vice President of Worldwide Field Operations and Enablement",
    company="An Unusually Long Company Name Holding International, Inc.",
    phones=("+14155552671",),
    industry="Professional, scientific and technical services",
    website_visits=123,
    content_downloads=45,
    page_views=678,
    email_opens=90,
    email_clicks=12,
    social_engagements=34,
    employees=123_456,
    annual_revenue=Decimal("123456789012.50"),
    source="CONTENT_DOWNLOAD",
    contact_requested_at=AS_OF - timedelta(days=3),
    outbound_attempts=7,
)


def rule(result: Score, key: str) -> RulePoints:
    return next(rule for category in result.categories for rule in category.rules if rule.key == key)


def stored(result: Score) -> str:
    return json.dumps(breakdown_to_json(result), separators=(",", ":"), ensure_ascii=False)


def test_a_rule_shows_its_facts_its_points_before_and_after_the_cap_and_what_remains() -> None:
    result = score(Facts(email_clicks=4, website_visits=3), STANDARD, AS_OF)
    assert rule(result, "email_clicks") == RulePoints("email_clicks", "Email clicks", (FactUsed("email_clicks", 4),), 12, 10, 10, 0)
    assert rule(result, "website_visits") == RulePoints("website_visits", "Website visits", (FactUsed("website_visits", 3),), 6, 6, 10, 4)


def test_in_a_full_category_nothing_remains() -> None:
    result = score(Facts(employees=501, annual_revenue=Decimal(5_000_000)), STANDARD, AS_OF)
    assert rule(result, "annual_revenue")[3:] == (5, 5, 20, 0)


def test_the_facts_are_shown_as_the_rules_saw_them() -> None:
    result = score(FULL, STANDARD, AS_OF)
    assert rule(result, "senior_title").facts == (
        FactUsed("title", "Executive Vice President of Worldwide F…"),
        FactUsed("seniority", "VP"),
    )
    # A count, not the number: a stored breakdown holds no phone number.
    assert rule(result, "phone").facts == (FactUsed("phones", 1),)
    assert rule(result, "annual_revenue").facts == (FactUsed("annual_revenue", "123456789012.5"),)
    assert rule(result, "contact_requested_at").facts == (FactUsed("contact_requested_at", "2026-06-27T12:00:00Z"),)


def test_a_placeholder_is_shown_as_unknown() -> None:
    assert rule(score(Facts(company="n/a"), STANDARD, AS_OF), "company").facts == (FactUsed("company", None),)


def test_a_breakdown_survives_storage_and_is_small() -> None:
    for facts, limit in ((Facts(), 700), (FULL, 900)):
        result = score(facts, STANDARD, AS_OF)
        packed = stored(result)
        assert breakdown_from_json(json.loads(packed)) == result.categories
        assert len(packed.encode()) < limit


def test_decayed_points_survive_storage_exactly() -> None:
    calls = (ConversationCall("INTERESTED", 90, AS_OF - timedelta(days=5)), ConversationCall("WRONG_NUMBER", 0, AS_OF - timedelta(hours=7)))
    result = score(Facts(conversation=calls), VOICE, AS_OF)
    assert breakdown_from_json(json.loads(stored(result))) == result.categories
    assert sum(category.points for category in result.categories) == result.total
