"""May a lead be contacted: a pure function of what is known about it, the workspace's rules and an instant, which explains itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.activities import ContactChannel
from domain.consent import BY_NUMBER, FLAGS, ConsentEntry, ConsentState, Suppression, current_consent
from domain.consent_purposes import ConsentPurpose
from domain.contact_hours import Weekly, opening
from domain.contact_points import email_key
from domain.contact_rules import LEGAL_WEEK, WITHIN_LEGAL_HOURS, ConsentNeed, ContactRules, FrequencyCap
from domain.leads import Lead
from domain.whereabouts import Whereabouts, ZoneSource, whereabouts


class ContactVerdict(StrEnum):
    """Whether a lead may be contacted."""

    ALLOW = "ALLOW"
    DENY = "DENY"
    DEFER = "DEFER"


class ContactRuleKind(StrEnum):
    """What a rule looks at."""

    ADDRESS = "ADDRESS"
    SUPPRESSION = "SUPPRESSION"
    CONSENT = "CONSENT"
    TIME_ZONE = "TIME_ZONE"
    LEGAL_HOURS = "LEGAL_HOURS"
    WINDOW = "WINDOW"
    FREQUENCY_CAP = "FREQUENCY_CAP"


class ContactPoints(NamedTuple):
    """What of a lead decides how and when it is reached."""

    lead_id: UUID
    email: str | None
    phones: tuple[str, ...]
    country: str | None
    time_zone: str | None
    do_not_call: bool
    do_not_email: bool

    def addresses(self, channel: ContactChannel) -> tuple[str, ...]:
        """Return the addresses by which a channel reaches the lead, as suppressions write them."""
        if channel in BY_NUMBER:
            return self.phones
        return (email_key(self.email),) if channel is ContactChannel.EMAIL and self.email else ()


def contact_points(lead: Lead) -> ContactPoints:
    """Take what decides from a lead."""
    return ContactPoints(lead.id, lead.email, lead.phones, lead.country, lead.time_zone, lead.do_not_call, lead.do_not_email)


class Attempted(NamedTuple):
    """An outbound attempt, as caps count it."""

    channel: ContactChannel
    at: datetime


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """Everything that a decision reads. Suppressions are those in force for the channel; attempts stand latest first."""

    points: ContactPoints
    suppressions: Sequence[Suppression] = ()
    entries: Sequence[ConsentEntry] = ()
    attempts: Sequence[Attempted] = ()


@dataclass(frozen=True, slots=True)
class AppliedRule:
    """What one rule says, in words and in facts. `until`: for ALLOW how long it holds, for DEFER when it is over; None: for ever."""

    kind: ContactRuleKind
    verdict: ContactVerdict
    message: str
    facts: tuple[tuple[str, str], ...] = ()
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ZoneClock:
    """What the clocks of one possible zone show."""

    zone: str
    shows: datetime

    @property
    def local_time(self) -> str:
        """Write it without an offset."""
        return self.shows.replace(tzinfo=None).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDecision:
    """Whether a lead may be contacted, and why: `rules` are all those that say what the verdict says.

    `until`: for DEFER the first instant at which the lead may be contacted if nothing else changes, for ALLOW until when it may be;
    None where that has no end, and for DENY.
    """

    lead_id: UUID
    channel: ContactChannel
    purpose: ConsentPurpose
    at: datetime
    verdict: ContactVerdict
    until: datetime | None
    rules: tuple[AppliedRule, ...]
    rules_version: int
    zone_source: ZoneSource
    clocks: tuple[ZoneClock, ...]


_K, _ALLOW, _DENY, _DEFER = ContactRuleKind, ContactVerdict.ALLOW, ContactVerdict.DENY, ContactVerdict.DEFER


def decide(facts: ContactFacts, rules: ContactRules, channel: ContactChannel, purpose: ConsentPurpose, at: datetime) -> ContactDecision:
    """Decide whether a lead may be contacted on a channel for a purpose at an instant. One DENY denies, otherwise one DEFER defers."""
    points = facts.points
    place = whereabouts(points.time_zone, points.phones, points.country)
    schedules = _schedules(rules, channel)
    consent = _consent(facts, rules, channel, purpose, at)
    applied = [*_address(points, channel), *_suppression(facts, channel), consent]
    applied += _hours(place, schedules, at)
    applied += _caps(place, rules.caps_on(channel), facts.attempts, at)
    verdict, until = _summed_up(applied, place, schedules, at)
    if verdict is _DEFER and until is None:
        applied, verdict = [AppliedRule(_K.WINDOW, _DENY, "When no cap holds any more, no time is open in every zone.")], _DENY
    elif verdict is _DEFER and until is not None and consent.until is not None and until >= consent.until:
        applied, verdict, until = [replace(consent, verdict=_DENY, message="The consent expires first.", until=None)], _DENY, None
    return ContactDecision(
        lead_id=points.lead_id,
        channel=channel,
        purpose=purpose,
        at=at,
        verdict=verdict,
        until=until,
        rules=tuple(rule for rule in applied if rule.verdict is verdict),
        rules_version=rules.version,
        zone_source=place.source,
        clocks=tuple(ZoneClock(zone, at.astimezone(ZoneInfo(zone))) for zone in place.zones),
    )


def _summed_up(
    applied: Sequence[AppliedRule], place: Whereabouts, schedules: Sequence[tuple[ContactRuleKind, Weekly]], at: datetime
) -> tuple[ContactVerdict, datetime | None]:
    verdicts = {rule.verdict for rule in applied}
    if _DENY in verdicts:
        return _DENY, None
    if _DEFER not in verdicts:
        return _ALLOW, min((rule.until for rule in applied if rule.until is not None), default=None)
    # Caps only ever loosen while nobody tries again; from then on the first common opening counts.
    capped = max((rule.until for rule in applied if rule.kind is _K.FREQUENCY_CAP and rule.until and rule.verdict is _DEFER), default=at)
    joint = opening(place.zones, tuple(weekly for _, weekly in schedules), max(at, capped))
    return _DEFER, None if joint is None else max(joint.opens, at, capped)


def _schedules(rules: ContactRules, channel: ContactChannel) -> Sequence[tuple[ContactRuleKind, Weekly]]:
    weekly = rules.weekly(channel)
    legal = [(_K.LEGAL_HOURS, LEGAL_WEEK)] if channel in WITHIN_LEGAL_HOURS else []
    return [*legal, *([(_K.WINDOW, weekly)] if weekly is not None else [])]


def _address(points: ContactPoints, channel: ContactChannel) -> Iterator[AppliedRule]:
    if channel in BY_NUMBER and not points.phones:
        yield AppliedRule(_K.ADDRESS, _DENY, "The lead has no phone number.")
    if channel is ContactChannel.EMAIL and not points.email:
        yield AppliedRule(_K.ADDRESS, _DENY, "The lead has no e-mail address.")


def _suppression(facts: ContactFacts, channel: ContactChannel) -> Iterator[AppliedRule]:
    for each in facts.suppressions:
        told = [("kind", each.kind.value), ("reason", each.reason.value), ("since", each.at.isoformat())]
        told += [("address", each.address)] if each.address else []
        yield AppliedRule(_K.SUPPRESSION, _DENY, f"{each.kind.value.capitalize()} suppressed on {channel}.", tuple(told))
    flag = FLAGS.get(channel)
    if flag and getattr(facts.points, flag) and not any(each.lead_id for each in facts.suppressions):
        yield AppliedRule(_K.SUPPRESSION, _DENY, f"The lead must not be contacted on {channel}.", (("kind", "LEAD"),))


def _consent(facts: ContactFacts, rules: ContactRules, channel: ContactChannel, purpose: ConsentPurpose, at: datetime) -> AppliedRule:
    rule = rules.consent_for(channel, purpose)
    said = [entry for entry in facts.entries if entry.channel is channel and entry.purpose is purpose and entry.at <= at]
    consent = current_consent(channel, purpose, said)
    state = consent.state(at)
    told = [("state", state.value), ("needed", rule.need.value)]
    entry, until = consent.entry, None
    if entry is not None:
        told += [("since", entry.at.isoformat()), *([("basis", entry.basis.value)] if entry.basis else [])]
    if rule.need is ConsentNeed.NOT_WITHDRAWN:
        holds = state is not ConsentState.WITHDRAWN
    else:
        holds = state is ConsentState.GRANTED and entry is not None and entry.basis in rule.bases
        until = entry.expires_at if holds and entry is not None else None
        told += [("expires", until.isoformat())] if until else []
    if holds:
        return AppliedRule(_K.CONSENT, _ALLOW, f"Nothing in the ledger speaks against {purpose} on {channel}.", tuple(told), until)
    words = {
        ConsentState.WITHDRAWN: "The lead withdrew its consent",
        ConsentState.EXPIRED: "The consent expired",
        ConsentState.UNKNOWN: "No consent is on record",
        ConsentState.GRANTED: "What is on record is no sufficient basis",
    }
    return AppliedRule(_K.CONSENT, _DENY, f"{words[state]} for {purpose} on {channel}.", tuple(told))


_HOURS = {_K.LEGAL_HOURS: "the hours in which anybody may be called or texted", _K.WINDOW: "the channel's window"}


def _hours(place: Whereabouts, schedules: Sequence[tuple[ContactRuleKind, Weekly]], at: datetime) -> Iterator[AppliedRule]:
    if schedules and not place.zones:
        yield AppliedRule(_K.TIME_ZONE, _DENY, "What time it is for the lead is unknown: it has no zone, no phone prefix and no country.")
        return
    zones = (("zones", ", ".join(place.zones)),)
    for kind, weekly in schedules:
        found = opening(place.zones, (weekly,), at)
        if found is None:
            yield AppliedRule(kind, _DENY, f"There is no time that is within {_HOURS[kind]} in every zone that is possible.", zones)
        elif found.holds(at):
            yield AppliedRule(kind, _ALLOW, f"It is within {_HOURS[kind]}.", zones, found.closes)
        else:
            yield AppliedRule(kind, _DEFER, f"It is outside {_HOURS[kind]}.", zones, found.opens)
    each_opens = all(opening(place.zones, (weekly,), at) for _, weekly in schedules)
    if each_opens and opening(place.zones, tuple(weekly for _, weekly in schedules), at) is None:
        yield AppliedRule(_K.WINDOW, _DENY, "The channel's window never lies within the legal hours in every zone that is possible.", zones)


def _caps(place: Whereabouts, caps: Sequence[FrequencyCap], attempts: Sequence[Attempted], at: datetime) -> Iterator[AppliedRule]:
    """Count in the days of every zone that is possible; where none is known, the days of UTC have to do."""
    for cap in caps:
        counted = [each.at for each in attempts if each.at <= at and cap.channel in (None, each.channel)]
        attempts_in = f"attempts{f' on {cap.channel}' if cap.channel else ''} in {'1 day' if cap.days == 1 else f'{cap.days} days'}"
        told = (("cap", str(cap.most)), ("days", str(cap.days)))
        free = [_free_at(cap, counted, ZoneInfo(zone)) for zone in place.zones or ("UTC",)]
        blocked = max((instant for instant in free if instant is not None and instant > at), default=None)
        if blocked is None:
            yield AppliedRule(_K.FREQUENCY_CAP, _ALLOW, f"Fewer than {cap.most} {attempts_in}.", told)
        else:
            yield AppliedRule(_K.FREQUENCY_CAP, _DEFER, f"There were {cap.most} {attempts_in}.", told, blocked)


def _free_at(cap: FrequencyCap, counted: Sequence[datetime], place: ZoneInfo) -> datetime | None:
    """Return when fewer than the most attempts will lie within the days of the cap; None when there were never so many."""
    if len(counted) < cap.most:
        return None
    oldest = counted[cap.most - 1].astimezone(place).date()
    return datetime.combine(oldest + timedelta(days=cap.days), time(), place).astimezone(UTC)
