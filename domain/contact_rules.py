"""The rules of when, how often and for what leads may be contacted: data that a workspace publishes in versions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from domain.activities import ContactChannel
from domain.consent import LegalBasis
from domain.consent_purposes import ConsentPurpose
from domain.refusals import Refusal, ValidationFailed
from domain.weekdays import WORKING_DAYS, Weekday
from domain.working_time import DAY_MINUTES, WorkingInterval

MAX_INTERVALS = 50
MAX_CAPS = 20
MAX_CAP_DAYS = 31
MAX_CAP = 100

NINE, SIX = 9 * 60, 18 * 60
LEGAL_HOURS = (8 * 60, 21 * 60)
"""Nobody is called or texted outside 08:00–21:00 by the own clock, whatever a workspace publishes (rules §6)."""

WITHIN_LEGAL_HOURS = frozenset({ContactChannel.PHONE, ContactChannel.SMS})
LEGAL_WEEK = tuple(WorkingInterval(day, *LEGAL_HOURS) for day in Weekday)


class ConsentNeed(StrEnum):
    """What the ledger must say."""

    GIVEN = "GIVEN"
    NOT_WITHDRAWN = "NOT_WITHDRAWN"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelWindows:
    """When a channel may be used, by the lead's clocks. A channel that the rules do not name may be used at any time."""

    channel: ContactChannel
    weekly: tuple[WorkingInterval, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyCap:
    """At most `most` outbound attempts (1–100) within `days` days (1–31) of the lead's calendar, today included.

    `channel` None: attempts on all channels together.
    """

    channel: ContactChannel | None
    days: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRule:
    """What contacting on a channel for a purpose needs; `bases` are those that count as given. Without a rule: given by CONSENT."""

    channel: ContactChannel
    purpose: ConsentPurpose
    need: ConsentNeed
    bases: tuple[LegalBasis, ...] = (LegalBasis.CONSENT, LegalBasis.CONTRACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRules:
    """All rules together. Version 0 is the shipped one."""

    version: int
    windows: tuple[ChannelWindows, ...]
    caps: tuple[FrequencyCap, ...]
    consent: tuple[ConsentRule, ...]

    def weekly(self, channel: ContactChannel) -> tuple[WorkingInterval, ...] | None:
        """Return when a channel may be used; None: at any time."""
        return next((each.weekly for each in self.windows if each.channel is channel), None)

    def caps_on(self, channel: ContactChannel) -> tuple[FrequencyCap, ...]:
        """Return the caps that count attempts on a channel."""
        return tuple(cap for cap in self.caps if cap.channel in (None, channel))

    def consent_for(self, channel: ContactChannel, purpose: ConsentPurpose) -> ConsentRule:
        """Return what contacting on a channel for a purpose needs."""
        found = (rule for rule in self.consent if rule.channel is channel and rule.purpose is purpose)
        return next(found, ConsentRule(channel=channel, purpose=purpose, need=ConsentNeed.GIVEN, bases=(LegalBasis.CONSENT,)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRules:
    """One published version, with who published it and why."""

    id: UUID
    version: int
    rules: ContactRules
    note: str | None
    at: datetime
    actor_kind: str
    actor_id: UUID | None


_C, _P = ContactChannel, ConsentPurpose
_GIVEN = frozenset(
    {
        (_C.PHONE, _P.MARKETING),
        (_C.EMAIL, _P.MARKETING),
        (_C.SMS, _P.MARKETING),
        (_C.SOCIAL, _P.MARKETING),
        (_C.SMS, _P.SALES),
    }
)
SHIPPED = ContactRules(
    version=0,
    windows=(
        ChannelWindows(channel=_C.PHONE, weekly=tuple(WorkingInterval(day, NINE, SIX) for day in WORKING_DAYS)),
        ChannelWindows(channel=_C.SMS, weekly=tuple(WorkingInterval(day, NINE, 20 * 60) for day in tuple(Weekday)[:6])),
    ),
    caps=(
        FrequencyCap(channel=_C.PHONE, days=1, most=3),
        FrequencyCap(channel=_C.PHONE, days=7, most=8),
        FrequencyCap(channel=_C.SMS, days=1, most=1),
        FrequencyCap(channel=_C.SMS, days=7, most=3),
        FrequencyCap(channel=_C.EMAIL, days=1, most=1),
        FrequencyCap(channel=_C.EMAIL, days=7, most=4),
        FrequencyCap(channel=_C.SOCIAL, days=1, most=1),
        FrequencyCap(channel=_C.SOCIAL, days=7, most=3),
    ),
    consent=tuple(
        ConsentRule(
            channel=channel,
            purpose=purpose,
            need=ConsentNeed.GIVEN if (channel, purpose) in _GIVEN else ConsentNeed.NOT_WITHDRAWN,
        )
        for channel in _C
        for purpose in _P
    ),
)
"""What holds until a workspace publishes its own: calls 09:00–18:00 on weekdays, consent before marketing."""


def rule_problems(rules: ContactRules) -> list[Refusal]:
    """List everything that keeps rules from being published."""
    return [ValidationFailed(message=message, path=path) for path, message in _problems(rules)]


def _problems(rules: ContactRules) -> Iterator[tuple[tuple[str, ...], str]]:
    seen: set[object] = set()
    for number, windows in enumerate(rules.windows):
        path = ("windows", str(number))
        if windows.channel in seen:
            yield (*path, "channel"), "A channel has its windows in one place."
        seen.add(windows.channel)
        if len(windows.weekly) > MAX_INTERVALS:
            yield (*path, "weekly"), f"At most {MAX_INTERVALS} intervals."
        for index, interval in enumerate(windows.weekly):
            yield from _interval_problems((*path, "weekly", str(index)), windows.channel, interval)
    if len(rules.caps) > MAX_CAPS:
        yield ("caps",), f"At most {MAX_CAPS} caps."
    for number, cap in enumerate(rules.caps):
        if not 1 <= cap.days <= MAX_CAP_DAYS:
            yield ("caps", str(number), "days"), f"Must be 1–{MAX_CAP_DAYS}."
        if not 1 <= cap.most <= MAX_CAP:
            yield ("caps", str(number), "most"), f"Must be 1–{MAX_CAP}."
    for number, rule in enumerate(rules.consent):
        if (rule.channel, rule.purpose) in seen:
            yield ("consent", str(number)), "A channel and purpose have one rule."
        seen.add((rule.channel, rule.purpose))
        if rule.need is ConsentNeed.GIVEN and not rule.bases:
            yield ("consent", str(number), "bases"), "At least one basis counts as given."


def _interval_problems(path: tuple[str, ...], channel: ContactChannel, interval: WorkingInterval) -> Iterator[tuple[tuple[str, ...], str]]:
    if not (0 <= interval.opens < DAY_MINUTES and 0 <= interval.closes < DAY_MINUTES):
        yield path, "Times lie between 00:00 and 23:59."
    elif channel in WITHIN_LEGAL_HOURS:
        earliest, latest = LEGAL_HOURS
        if interval.opens < earliest or interval.opens + interval.minutes > latest:
            yield path, "Nobody is called or texted outside 08:00–21:00."
