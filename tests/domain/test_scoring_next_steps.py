"""The least that lifts a lead to its next grade."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from domain.next_steps import NextSteps, Step, next_steps
from domain.scoring import ConversationCall, Facts, Grade, score
from domain.scoring_models import STANDARD, VOICE
from domain.scoring_rules import AtLeast, Band, BandRule, Category, FlatRule, GradeThresholds, PerEventRule, ScoringModel

AS_OF = datetime(2026, 6, 30, 12, tzinfo=UTC)


def wanted(result: NextSteps) -> list[tuple[str, int, int, int]]:
    return [(step.fact, step.have, step.want, step.points) for step in result.steps]


def test_two_clicks_lift_a_lead_that_is_five_points_short() -> None:
    facts = Facts(
        title="CEO",
        company="Acme",
        phones=("+14155552671",),
        industry="software",
        website_visits=5,
        content_downloads=2,
        page_views=5,
        email_opens=5,
        social_engagements=5,
        email_clicks=1,
        contact_requested_at=AS_OF,
        outbound_attempts=1,
        employees=5,
        annual_revenue=Decimal(5_000_000),
    )
    assert score(facts, STANDARD, AS_OF).total == 75
    assert next_steps(facts, STANDARD, AS_OF) == NextSteps(
        to_grade=Grade.A,
        points_needed=5,
        steps=(Step("email_clicks", have=1, want=3, points=6, text="2 more e-mail clicks"),),
        reachable_total=82,
    )


def test_of_equally_small_sets_the_one_with_most_points_is_named() -> None:
    # One unit suffices for the two points; a company's name or a download gives five of them, and the company comes first in the model.
    facts = Facts(title="CEO", employees=501, website_visits=4)
    assert score(facts, STANDARD, AS_OF).total == 38
    assert wanted(next_steps(facts, STANDARD, AS_OF)) == [("company", 0, 1, 5)]


def test_the_cap_of_a_category_is_respected() -> None:
    # In Voice a title and a company fill the demographic category, so neither phone nor industry helps.
    facts = Facts(title="CEO", company="Acme", employees=501, source="WEBINAR")
    assert score(facts, VOICE, AS_OF).total == 35
    assert wanted(next_steps(facts, VOICE, AS_OF)) == [("meeting_booked_calls", 0, 1, 15)]


def test_the_best_lead_has_nowhere_to_go() -> None:
    facts = Facts(
        title="CEO",
        company="Acme",
        phones=("+14155552671",),
        employees=501,
        source="WEBINAR",
        website_visits=5,
        content_downloads=2,
        email_opens=5,
        email_clicks=4,
    )
    assert next_steps(facts, STANDARD, AS_OF) == NextSteps(to_grade=None, points_needed=0, steps=(), reachable_total=100)


def test_when_nothing_helps_the_highest_reachable_total_says_so() -> None:
    facts = Facts(
        company="Acme",
        phones=("+14155552671",),
        industry="software",
        website_visits=5,
        content_downloads=2,
        page_views=5,
        email_opens=5,
        email_clicks=4,
        social_engagements=5,
        contact_requested_at=AS_OF,
    )
    result = next_steps(facts, STANDARD, AS_OF)
    assert (result.to_grade, result.points_needed, result.steps, result.reachable_total) == (Grade.A, 17, (), 65)
    assert not result.reachable


def test_an_expired_request_can_be_renewed() -> None:
    facts = Facts(title="CEO", employees=501, website_visits=3, outbound_attempts=1, contact_requested_at=AS_OF - timedelta(days=31))
    only_the_request = ScoringModel("own", 1, "Own", (STANDARD.categories[4],), GradeThresholds(9, 8, 5))
    assert wanted(next_steps(facts, only_the_request, AS_OF)) == [("contact_requested_at", 0, 1, 3)]


def test_a_refusal_has_to_be_made_good_first() -> None:
    refused = ConversationCall("NOT_INTERESTED", 0, AS_OF)
    facts = Facts(title="CEO", company="Acme", employees=501, conversation=(refused,))
    # A booked meeting would only undo the refusal, so ten points come from two downloads.
    assert wanted(next_steps(facts, VOICE, AS_OF)) == [("content_downloads", 0, 2, 10)]


def test_steps_that_only_undo_refusals_are_part_of_the_set() -> None:
    refusals = (ConversationCall("NOT_INTERESTED", 0, AS_OF), ConversationCall("WRONG_NUMBER", 0, AS_OF))
    facts = Facts(title="CEO", company="Acme", employees=201, website_visits=5, conversation=refusals)
    assert wanted(next_steps(facts, VOICE, AS_OF)) == [
        ("connected_calls", 0, 2, 0),
        ("interested_calls", 0, 1, 0),
        ("callback_requested_calls", 0, 1, 7),
        ("meeting_booked_calls", 0, 1, 15),
    ]


def test_thresholds_and_bands_of_a_custom_model_are_reached_in_one_jump() -> None:
    rules = (
        FlatRule("regular", AtLeast("website_visits", 7), 10),
        PerEventRule("page_views", "page_views", 1, cap=20),
        BandRule("opens", "email_opens", (Band(4, 0), Band(None, 12))),
    )
    own = ScoringModel("own", 1, "Own", (Category("all", 60, rules),), GradeThresholds(40, 30, 10))
    assert wanted(next_steps(Facts(website_visits=5), own, AS_OF)) == [("website_visits", 5, 7, 10)]
    assert wanted(next_steps(Facts(email_opens=1), own, AS_OF)) == [("email_opens", 1, 4, 12)]


def test_what_a_cap_makes_equal_goes_to_the_fact_named_first() -> None:
    rules = (PerEventRule("visits", "website_visits", 5, cap=10), PerEventRule("downloads", "content_downloads", 6, cap=10))
    own = ScoringModel("own", 1, "Own", (Category("all", 5, rules),), GradeThresholds(5, 4, 3))
    assert wanted(next_steps(Facts(), own, AS_OF)) == [("website_visits", 0, 1, 5)]
