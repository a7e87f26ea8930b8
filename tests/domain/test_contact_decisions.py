"""May a lead be contacted: each rule by itself, all together, and what a decision tells of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.activities import ContactChannel
from domain.consent import ConsentAction, ConsentEntry, LegalBasis, Suppression, SuppressionKind, SuppressionReason
from domain.consent_purposes import ConsentPurpose
from domain.contact_decisions import Attempted, ContactDecision, ContactFacts, ContactPoints, decide
from domain.contact_rules import SHIPPED, ChannelWindows, ConsentNeed, FrequencyCap, rule_problems
from domain.weekdays import Weekday
from domain.working_time import WorkingInterval

PHONE, EMAIL, SMS = ContactChannel.PHONE, ContactChannel.EMAIL, ContactChannel.SMS
SALES, MARKETING = ConsentPurpose.SALES, ConsentPurpose.MARKETING
# A Tuesday.
NOON = datetime(2026, 6, 30, 12, 0, tzinfo=UTC)
ANA = ContactPoints(UUID(int=1), "ana@lima.example", ("+351210000000",), "PT", "Europe/Lisbon", do_not_call=False, do_not_email=False)


def decided(
    facts: ContactFacts | ContactPoints, at: str | datetime = NOON, channel: ContactChannel = PHONE, purpose: ConsentPurpose = SALES
) -> ContactDecision:
    known = facts if isinstance(facts, ContactFacts) else ContactFacts(facts)
    return decide(known, SHIPPED, channel, purpose, datetime.fromisoformat(at).astimezone(UTC) if isinstance(at, str) else at)


def summary(decision: ContactDecision) -> tuple[str, str | None, list[str]]:
    until = decision.until and decision.until.isoformat().replace("+00:00", "Z")
    return decision.verdict.value, until, [rule.kind.value for rule in decision.rules]


def entry(action: ConsentAction, at: datetime, **fields: object) -> ConsentEntry:
    known: dict[str, object] = {
        "id": UUID(int=int(at.timestamp())), "lead_id": ANA.lead_id, "channel": PHONE, "purpose": MARKETING, "action": action,
        "basis": LegalBasis.CONSENT if action is ConsentAction.GRANTED else None, "claimed": False, "source": "form", "evidence": None,
        "evidence_url": None, "at": at, "expires_at": None, "recorded_at": at, "cause_id": None, "actor_kind": "SYSTEM", "actor_id": None,
    }  # fmt: skip
    return ConsentEntry(**{**known, **fields})  # pyright: ignore[reportArgumentType] -- spelled out above


def granted(at: datetime, **fields: object) -> ConsentEntry:
    return entry(ConsentAction.GRANTED, at, **fields)


def withdrawn(at: datetime) -> ConsentEntry:
    return entry(ConsentAction.WITHDRAWN, at)


def days_ago(days: int) -> datetime:
    return NOON - timedelta(days=days)


def test_within_the_window_a_call_is_allowed_until_the_window_closes() -> None:
    decision = decided(ANA)

    assert summary(decision)[:2] == ("ALLOW", "2026-06-30T17:00:00Z")
    assert {rule.kind.value for rule in decision.rules} == {"CONSENT", "LEGAL_HOURS", "WINDOW", "FREQUENCY_CAP"}
    assert [(clock.zone, clock.local_time) for clock in decision.clocks] == [("Europe/Lisbon", "2026-06-30T13:00:00")]
    assert (decision.zone_source.value, decision.rules_version) == ("LEAD", 0)


@pytest.mark.parametrize(
    ("at", "until"),
    [
        ("2026-06-30T07:59:59Z", "2026-06-30T08:00:00Z"),
        ("2026-06-30T17:00:00Z", "2026-07-01T08:00:00Z"),
        # Friday evening: Monday.
        ("2026-07-03T17:00:00Z", "2026-07-06T08:00:00Z"),
        # Over the night on which the clocks go forward, and over that on which they go back.
        ("2026-03-27T20:00:00Z", "2026-03-30T08:00:00Z"),
        ("2026-10-23T20:00:00Z", "2026-10-26T09:00:00Z"),
    ],
)
def test_outside_the_window_a_call_waits_for_it(at: str, until: str) -> None:
    assert summary(decided(ANA, at))[:2] == ("DEFER", until)


def test_the_day_of_the_week_is_that_of_the_leads_zone() -> None:
    in_auckland = ANA._replace(time_zone="Pacific/Auckland")

    assert summary(decided(in_auckland, "2026-07-05T22:00Z"))[0] == "ALLOW"
    assert summary(decided(in_auckland, "2026-07-03T22:00Z"))[:2] == ("DEFER", "2026-07-05T21:00:00Z")


def test_an_unknown_zone_must_be_open_wherever_the_lead_may_be() -> None:
    american = ANA._replace(time_zone=None, phones=("+14155552671",), country="US")
    assert [clock.zone for clock in decided(american).clocks] == ["America/Los_Angeles"]

    # A mobile number tells the country only.
    portuguese = ANA._replace(time_zone=None, phones=("+351912345678",))
    azores = decided(portuguese, "2026-06-30T08:30Z")
    assert [(clock.zone, clock.local_time[11:16]) for clock in azores.clocks] == [("Atlantic/Azores", "08:30"), ("Europe/Lisbon", "09:30")]
    assert summary(azores) == ("DEFER", "2026-06-30T09:00:00Z", ["WINDOW"])
    assert azores.zone_source.value == "PHONE_AND_COUNTRY"

    # A German number and an address in New York: whoever answers, it is neither early nor late.
    torn = ANA._replace(time_zone=None, phones=("+493012345678",), country="JM")
    assert summary(decided(torn))[:2] == ("DEFER", "2026-06-30T14:00:00Z")
    assert summary(decided(torn, "2026-06-30T14:00Z"))[:2] == ("ALLOW", "2026-06-30T16:00:00Z")

    far_apart = ANA._replace(time_zone=None, phones=("+64212345678",), country="PT")
    assert summary(decided(far_apart)) == ("DENY", None, ["WINDOW"])
    assert decided(far_apart).rules[0].message == "There is no time that is within the channel's window in every zone that is possible."


def test_without_any_zone_nobody_is_called_but_anybody_may_be_written_to() -> None:
    nowhere = ANA._replace(time_zone=None, country=None, phones=("+80012345678",))

    assert summary(decided(nowhere)) == ("DENY", None, ["TIME_ZONE"])
    assert summary(decided(nowhere, channel=EMAIL))[:2] == ("ALLOW", None)


def test_a_lead_that_cannot_be_reached_is_not_contacted() -> None:
    assert summary(decided(ANA._replace(phones=()), channel=SMS))[2] == ["ADDRESS", "CONSENT"]
    assert summary(decided(ANA._replace(email=None), channel=EMAIL)) == ("DENY", None, ["ADDRESS"])


def test_what_is_suppressed_is_not_contacted_and_every_reason_is_told() -> None:
    number = Suppression(
        id=UUID(int=2), kind=SuppressionKind.ADDRESS, channel=PHONE, lead_id=None, address="+351210000000",
        reason=SuppressionReason.COMPLAINT, note=None, at=days_ago(3), cause_id=None, actor_kind="SYSTEM", actor_id=None,
    )  # fmt: skip

    decision = decided(ContactFacts(ANA._replace(do_not_call=True), [number]), "2026-06-30T02:00Z")

    assert summary(decision) == ("DENY", None, ["SUPPRESSION", "SUPPRESSION"])
    assert decision.rules[0].facts == (
        ("kind", "ADDRESS"), ("reason", "COMPLAINT"), ("since", "2026-06-27T12:00:00+00:00"), ("address", "+351210000000"),
    )  # fmt: skip
    assert summary(decided(ANA._replace(do_not_call=True), channel=EMAIL))[0] == "ALLOW"


@pytest.mark.parametrize(
    ("entries", "verdict"),
    [
        ([], "DENY"),
        ([granted(days_ago(9))], "ALLOW"),
        ([granted(days_ago(9)), withdrawn(days_ago(2))], "DENY"),
        # Learned of late, said earlier: what was said last counts.
        ([granted(days_ago(2)), withdrawn(days_ago(9))], "ALLOW"),
        ([granted(days_ago(2)), withdrawn(days_ago(2))], "DENY"),
        ([granted(days_ago(9), basis=LegalBasis.LEGITIMATE_INTEREST)], "DENY"),
        ([granted(days_ago(9), expires_at=days_ago(1))], "DENY"),
        # What another system claims counts, but not against the lead's own word.
        ([granted(days_ago(9), claimed=True)], "ALLOW"),
        ([withdrawn(days_ago(9)), granted(days_ago(2), claimed=True)], "DENY"),
        ([withdrawn(days_ago(9)), granted(days_ago(2))], "ALLOW"),
        ([granted(NOON + timedelta(seconds=1))], "DENY"),
    ],
)
def test_marketing_needs_consent(entries: list[ConsentEntry], verdict: str) -> None:
    for order in (entries, entries[::-1]):
        assert summary(decided(ContactFacts(ANA, entries=order), purpose=MARKETING))[0] == verdict


def test_sales_only_needs_that_nobody_objected() -> None:
    objected = [replace(withdrawn(days_ago(1)), purpose=SALES)]

    assert summary(decided(ContactFacts(ANA)))[0] == "ALLOW"
    assert summary(decided(ContactFacts(ANA, entries=objected))) == ("DENY", None, ["CONSENT"])


def test_consent_that_expires_bounds_what_is_allowed() -> None:
    soon = granted(days_ago(9), expires_at=NOON + timedelta(hours=1))

    assert summary(decided(ContactFacts(ANA, entries=[soon]), purpose=MARKETING))[:2] == ("ALLOW", "2026-06-30T13:00:00Z")
    early = decided(ContactFacts(ANA, entries=[replace(soon, expires_at=NOON)]), "2026-06-29T19:00Z", purpose=MARKETING)
    assert summary(early)[:2] == ("DEFER", "2026-06-30T08:00:00Z")
    too_late = decided(ContactFacts(ANA, entries=[replace(soon, expires_at=NOON)]), "2026-06-28T19:00Z", purpose=MARKETING)
    assert summary(too_late)[:2] == ("DEFER", "2026-06-29T08:00:00Z")
    never = decided(ContactFacts(ANA, entries=[replace(soon, expires_at=NOON.replace(hour=7))]), "2026-06-30T06:00Z", purpose=MARKETING)
    assert summary(never) == ("DENY", None, ["CONSENT"])


def test_caps_count_the_leads_own_days() -> None:
    # In Lisbon it is one hour later than in UTC: the first of these was yesterday.
    attempts = [Attempted(PHONE, NOON - timedelta(hours=hours)) for hours in (1, 2)]
    yesterday, today = Attempted(PHONE, NOON.replace(hour=22, minute=59) - timedelta(days=1)), Attempted(PHONE, NOON.replace(hour=0))

    assert summary(decided(ContactFacts(ANA, attempts=[*attempts, yesterday])))[0] == "ALLOW"
    assert summary(decided(ContactFacts(ANA, attempts=[*attempts, today]))) == ("DEFER", "2026-07-01T08:00:00Z", ["FREQUENCY_CAP"])
    assert summary(decided(ContactFacts(ANA, attempts=[*attempts, today]), channel=EMAIL))[0] == "ALLOW"
    said = [rule.message for rule in decided(ANA).rules if rule.kind.value == "FREQUENCY_CAP"]
    assert said == ["Fewer than 3 attempts on PHONE in 1 day.", "Fewer than 8 attempts on PHONE in 7 days."]


def test_after_a_week_full_of_calls_the_next_one_waits_for_its_oldest_to_be_forgotten() -> None:
    attempts = [Attempted(PHONE, days_ago(days)) for days in (1, 1, 2, 2, 3, 3, 4, 4)]

    assert summary(decided(ContactFacts(ANA, attempts=attempts)))[:2] == ("DEFER", "2026-07-03T08:00:00Z")


def test_rules_that_would_break_the_law_or_contradict_themselves_are_not_published() -> None:
    night = WorkingInterval(Weekday.MONDAY, 20 * 60, 8 * 60)
    rules = replace(
        SHIPPED,
        windows=(ChannelWindows(channel=PHONE, weekly=(night,)), ChannelWindows(channel=EMAIL, weekly=(night,)), SHIPPED.windows[0]),
        caps=(FrequencyCap(channel=None, days=0, most=101),),
        consent=(*SHIPPED.consent, replace(SHIPPED.consent[0], need=ConsentNeed.GIVEN, bases=())),
    )

    assert [(refusal.path, refusal.message) for refusal in rule_problems(rules)] == [
        (("windows", "0", "weekly", "0"), "Nobody is called or texted outside 08:00–21:00."),
        (("windows", "2", "channel"), "A channel has its windows in one place."),
        (("caps", "0", "days"), "Must be 1–31."),
        (("caps", "0", "most"), "Must be 1–100."),
        (("consent", "15"), "A channel and purpose have one rule."),
        (("consent", "15", "bases"), "At least one basis counts as given."),
    ]
    assert rule_problems(SHIPPED) == []
