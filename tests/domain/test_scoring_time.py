"""What time alone does to a score: the 30 days after a contact request, and the decay of conversations."""

from datetime import UTC, datetime, timedelta
from itertools import groupby

import pytest

from domain.scoring import ConversationCall, Facts, next_change, score
from domain.scoring_models import STANDARD, VOICE
from domain.scoring_rules import Category, PerEventRule, ScoringModel

REQUESTED = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
CALLED = datetime(2026, 3, 2, 15, tzinfo=UTC)


def intent(at: datetime) -> int:
    return score(Facts(contact_requested_at=REQUESTED), STANDARD, at).total


def conversation(at: datetime, *calls: ConversationCall) -> int:
    return score(Facts(conversation=calls), VOICE, at).categories[-1].points


def call(outcome: str = "CONNECTED", *, seconds: int = 0, at: datetime = CALLED) -> ConversationCall:
    return ConversationCall(outcome, seconds, at)


def test_a_contact_request_counts_for_exactly_thirty_days() -> None:
    assert intent(REQUESTED) == 3
    assert intent(REQUESTED + timedelta(days=30)) == 3
    assert intent(REQUESTED + timedelta(days=30, microseconds=1)) == 0
    assert intent(REQUESTED + timedelta(days=31)) == 0


def test_a_request_yet_to_come_does_not_count() -> None:
    assert intent(REQUESTED - timedelta(microseconds=1)) == 0


def test_the_next_change_is_the_instant_after_the_thirty_days() -> None:
    facts = Facts(contact_requested_at=REQUESTED)
    ends = REQUESTED + timedelta(days=30, microseconds=1)
    assert next_change(facts, STANDARD, REQUESTED) == ends
    assert next_change(facts, STANDARD, ends - timedelta(microseconds=1)) == ends
    assert next_change(facts, STANDARD, ends) is None
    assert next_change(facts, STANDARD, REQUESTED - timedelta(days=1)) == REQUESTED
    assert next_change(Facts(), STANDARD, REQUESTED) is None


def test_no_change_is_announced_where_a_full_category_hides_it() -> None:
    # Voice gives intent 5 points at most, and the source alone earns them.
    facts = Facts(contact_requested_at=REQUESTED, source="WEBINAR")
    assert next_change(facts, VOICE, REQUESTED) is None


@pytest.mark.parametrize(
    ("outcome", "seconds", "expected"),
    [
        ("CONNECTED", 59, 0),
        ("CONNECTED", 60, 6),
        ("INTERESTED", 0, 10),
        ("CALLBACK_REQUESTED", 0, 10),
        ("MEETING_BOOKED", 0, 15),
        ("MEETING_BOOKED", 60, 21),
        ("NOT_INTERESTED", 0, 0),
        ("WRONG_NUMBER", 0, 0),
        ("VOICEMAIL", 0, 0),
    ],
)
def test_a_conversation_earns_by_what_it_showed(outcome: str, seconds: int, expected: int) -> None:
    assert conversation(CALLED, call(outcome, seconds=seconds)) == expected


def test_connected_calls_earn_each_and_outcomes_once() -> None:
    assert conversation(CALLED, *[call(seconds=60)] * 3) == 12
    assert conversation(CALLED, call("INTERESTED"), call("INTERESTED")) == 10


def test_a_refusal_takes_away_but_never_below_nothing() -> None:
    assert conversation(CALLED, call("MEETING_BOOKED", seconds=60), call("NOT_INTERESTED")) == 6
    assert conversation(CALLED, call("INTERESTED"), call("NOT_INTERESTED"), call("WRONG_NUMBER")) == 0


def test_conversations_earn_thirty_five_at_most() -> None:
    assert conversation(CALLED, *[call(outcome, seconds=60) for outcome in ("INTERESTED", "CALLBACK_REQUESTED", "MEETING_BOOKED")]) == 35


@pytest.mark.parametrize(("days", "expected"), [(0, 10), (14, 5), (28, 3), (42, 1), (56, 1), (60, 1), (61, 0), (70, 0)])
def test_conversation_points_halve_every_fourteen_days_rounded_half_up(days: int, expected: int) -> None:
    # After 28 days 2.5 are left, after 42 days 1.25, after 60 days 0.513, after 61 days 0.488.
    assert conversation(CALLED + timedelta(days=days), call("INTERESTED")) == expected


def test_rounding_happens_once_for_the_sum() -> None:
    # 2.5 and 2.5 make 5, not 3 and 3.
    assert conversation(CALLED + timedelta(days=28), call("INTERESTED"), call("CALLBACK_REQUESTED")) == 5


def test_decayed_points_do_not_depend_on_the_order_of_calls() -> None:
    rule = PerEventRule("calls", "connected_calls", 7, cap=1000, half_life=timedelta(days=14))
    model = ScoringModel("own", 1, "Own", (Category("all", 1000, (rule,)),), cap=1000)
    calls = [call(seconds=60, at=CALLED - timedelta(hours=37 * number)) for number in range(40)]
    raw = {
        score(Facts(conversation=tuple(order)), model, CALLED).categories[0].rules[0].raw_points
        for order in (calls, calls[::-1], calls[::2] + calls[1::2], calls[20:] + calls[:20])
    }
    assert len(raw) == 1


def test_decay_announces_its_next_whole_point() -> None:
    facts = Facts(conversation=(call("MEETING_BOOKED"),))
    # 15 falls to 14.5 after 14 * log2(15 / 14.5) days.
    change = next_change(facts, VOICE, CALLED)
    assert change is not None
    assert abs(change - CALLED - timedelta(days=0.684741)) < timedelta(seconds=1)
    assert conversation(change - timedelta(microseconds=1), *facts.conversation) == 15
    assert conversation(change, *facts.conversation) == 14


def test_a_score_can_rise_by_itself_when_a_refusal_fades() -> None:
    # Eight calls hold the cap of 12 for four weeks while the refusal loses its weight.
    calls = (*[call(seconds=60)] * 8, call("NOT_INTERESTED"))
    assert [conversation(CALLED + timedelta(days=days), *calls) for days in (0, 14, 28, 42, 56)] == [0, 5, 8, 4, 2]
    assert next_change(Facts(conversation=calls), VOICE, CALLED + timedelta(days=14)) is not None


def test_every_change_until_nothing_is_left_is_found() -> None:
    facts = Facts(conversation=(*[call(seconds=60)] * 8, call("NOT_INTERESTED")))
    seen, at = [conversation(CALLED, *facts.conversation)], next_change(facts, VOICE, CALLED)
    while at is not None:
        seen.append(conversation(at, *facts.conversation))
        at = next_change(facts, VOICE, at)
    assert seen == [0, 1, 2, 3, 4, 5, 6, 7, 8, 7, 6, 5, 4, 3, 2, 1, 0]


def test_a_dip_before_an_event_to_come_is_not_overlooked() -> None:
    facts = Facts(conversation=(call("INTERESTED"), call("INTERESTED", at=CALLED + timedelta(days=5))))
    change = next_change(facts, VOICE, CALLED)
    assert change is not None
    assert CALLED < change < CALLED + timedelta(days=5)
    assert conversation(change, *facts.conversation) == 9


def test_with_several_caps_that_are_left_one_after_the_other_every_change_is_found() -> None:
    fortnight = timedelta(days=14)
    rules = (
        PerEventRule("refusals", "not_interested_calls", -4, cap=20, half_life=fortnight),
        PerEventRule("interest", "interested_calls", 5, cap=20, half_life=fortnight),
        PerEventRule("callbacks", "callback_requested_calls", 5, cap=10, half_life=fortnight),
    )
    model = ScoringModel("own", 1, "Own", (Category("all", 40, rules),))
    facts = Facts(conversation=(*[call("NOT_INTERESTED")] * 6, *[call("INTERESTED")] * 8, *[call("CALLBACK_REQUESTED")] * 16))

    hourly = [score(facts, model, CALLED + timedelta(hours=hour)).total for hour in range(24 * 150)]
    found, at = [hourly[0]], next_change(facts, model, CALLED)
    while at is not None:
        found.append(score(facts, model, at).total)
        at = next_change(facts, model, at)

    assert found == [total for total, _ in groupby(hourly)]
    assert (hourly[0], max(found), found[-1]) == (10, 18, 0)


def test_the_end_of_the_calendar_is_survived() -> None:
    last = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    assert next_change(Facts(contact_requested_at=last), STANDARD, last) is None
    assert next_change(Facts(conversation=(call("INTERESTED", at=last),)), VOICE, last) is None
