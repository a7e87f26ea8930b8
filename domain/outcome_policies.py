"""What follows from how a contact attempt ended: rules that a workspace can change, version by version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from domain.activities import REFUSES_CONTACT, TALKED_TO_LEAD, ContactAttempt, ContactChannel, ContactDirection, ContactOutcome
from domain.follow_ups import MAX_TITLE, FollowUpKind
from domain.refusals import Refusal, ValidationFailed
from domain.texts import cleaned
from domain.working_time import DAY_MINUTES

MAX_RULES = 50
MAX_WORKING_MINUTES = 60 * DAY_MINUTES
MAX_ATTEMPTS = 100

_O = ContactOutcome
# Nobody was reached; how many of these there were in a row is what a rule's bound counts.
UNANSWERED = frozenset({_O.NO_ANSWER, _O.VOICEMAIL, _O.BUSY, _O.FAILED})
# The row begins anew: somebody talked to the lead, or it wrote.
ANSWERED = TALKED_TO_LEAD | {_O.REPLIED}


class FollowUpAction(StrEnum):
    """What a rule does."""

    SCHEDULE = "SCHEDULE"
    CLOSE = "CLOSE"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeRule:
    """What follows from some outcomes. Empty `channels` and no `direction` mean: any.

    SCHEDULE needs a kind, a title, and `working_minutes` until it is due; a callback is due when the lead asked for it, if it said when.
    `max_attempts` bounds the unanswered attempts in a row: after the last of them nothing more is scheduled.
    """

    outcomes: tuple[ContactOutcome, ...]
    action: FollowUpAction
    channels: tuple[ContactChannel, ...] = ()
    direction: ContactDirection | None = None
    kind: FollowUpKind | None = None
    title: str | None = None
    working_minutes: int | None = None
    max_attempts: int | None = None

    def covers(self, attempt: ContactAttempt) -> bool:
        """Tell whether the rule is about this attempt."""
        return (
            attempt.outcome in self.outcomes
            and (not self.channels or attempt.channel in self.channels)
            and self.direction in (None, attempt.direction)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomePolicy:
    """One published version; the first rule that covers an attempt decides. `rules` is JSON, see `rules_of`."""

    id: UUID
    version: int
    rules: object
    published_at: datetime
    actor_kind: str
    actor_id: UUID | None


_CALL = FollowUpKind.CALL
_SCHEDULE = FollowUpAction.SCHEDULE
DEFAULT_RULES: tuple[OutcomeRule, ...] = (
    OutcomeRule(
        outcomes=(_O.NO_ANSWER, _O.VOICEMAIL, _O.BUSY),
        direction=ContactDirection.INBOUND,
        action=_SCHEDULE,
        kind=_CALL,
        title="Return the missed call",
        working_minutes=60,
    ),
    OutcomeRule(
        outcomes=(_O.NO_ANSWER, _O.VOICEMAIL, _O.BUSY),
        action=_SCHEDULE,
        kind=_CALL,
        title="Try again",
        working_minutes=4 * 60,
        max_attempts=6,
    ),
    OutcomeRule(outcomes=(_O.CALLBACK_REQUESTED,), action=_SCHEDULE, kind=_CALL, title="Call back as asked", working_minutes=4 * 60),
    OutcomeRule(
        outcomes=(_O.FAILED,),
        channels=(ContactChannel.PHONE,),
        action=_SCHEDULE,
        kind=_CALL,
        title="Try again: the call failed",
        working_minutes=60,
        max_attempts=6,
    ),
    OutcomeRule(
        outcomes=(_O.WRONG_NUMBER,), action=_SCHEDULE, kind=FollowUpKind.TASK, title="Find the right number", working_minutes=8 * 60
    ),
    OutcomeRule(
        outcomes=(_O.BOUNCED,), action=_SCHEDULE, kind=FollowUpKind.TASK, title="Find an address that works", working_minutes=8 * 60
    ),
    OutcomeRule(
        outcomes=(_O.CONNECTED, _O.MEETING_BOOKED, _O.INTERESTED, _O.NOT_INTERESTED, _O.DO_NOT_CALL, _O.REPLIED, _O.UNSUBSCRIBED),
        action=FollowUpAction.CLOSE,
    ),
)


def rule_for(rules: Sequence[OutcomeRule], attempt: ContactAttempt) -> OutcomeRule | None:
    """Return the first rule that covers an attempt; without one, nothing follows."""
    return next((rule for rule in rules if rule.covers(attempt)), None)


def is_used_up(rule: OutcomeRule, unanswered: int) -> bool:
    """Tell whether as many attempts in a row were in vain as the rule allows."""
    return rule.max_attempts is not None and unanswered >= rule.max_attempts


def refuses_contact(attempt: ContactAttempt) -> FollowUpKind | None:
    """Return the kind of follow-ups that the lead wants no more of after this attempt."""
    if attempt.outcome not in REFUSES_CONTACT:
        return None
    return _CALL if attempt.outcome is _O.DO_NOT_CALL else FollowUpKind.EMAIL


def as_json(rules: Sequence[OutcomeRule]) -> list[dict[str, object]]:
    """Write rules as they are stored."""
    return [
        {
            "outcomes": list(rule.outcomes),
            "action": rule.action,
            "channels": list(rule.channels),
            "direction": rule.direction,
            "kind": rule.kind,
            "title": rule.title,
            "working_minutes": rule.working_minutes,
            "max_attempts": rule.max_attempts,
        }
        for rule in rules
    ]


def rules_of(stored: object) -> tuple[OutcomeRule, ...]:
    """Read stored rules."""
    return tuple(_rule(cast("Mapping[str, Any]", each)) for each in cast("list[object]", stored))


def _rule(stored: Mapping[str, Any]) -> OutcomeRule:
    return OutcomeRule(
        outcomes=tuple(ContactOutcome(each) for each in stored["outcomes"]),
        action=FollowUpAction(stored["action"]),
        channels=tuple(ContactChannel(each) for each in stored["channels"]),
        direction=None if stored["direction"] is None else ContactDirection(stored["direction"]),
        kind=None if stored["kind"] is None else FollowUpKind(stored["kind"]),
        title=stored["title"],
        working_minutes=stored["working_minutes"],
        max_attempts=stored["max_attempts"],
    )


def checked_rules(given: Sequence[OutcomeRule]) -> tuple[tuple[OutcomeRule, ...], list[Refusal]]:
    """Bring rules into the form that is stored, and list everything that is wrong with them, by the rule's index below `rules`."""
    if not 1 <= len(given) <= MAX_RULES:
        return (), [ValidationFailed(message=f"A policy has 1–{MAX_RULES} rules.", path=("rules",))]
    refusals: list[Refusal] = []
    rules: list[OutcomeRule] = []
    for index, named in enumerate(given):
        title = None if named.title is None else cleaned(named.title) or None
        rule = replace(named, outcomes=tuple(dict.fromkeys(named.outcomes)), channels=tuple(dict.fromkeys(named.channels)), title=title)
        refusals += [ValidationFailed(message=message, path=("rules", str(index), name)) for name, message in _problems(rule)]
        rules.append(rule)
    if not refusals:
        refusals += _unreachable(rules)
    return tuple(rules), refusals


def _problems(rule: OutcomeRule) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if not rule.outcomes:
        problems.append(("outcomes", "Name at least one outcome."))
    if rule.action is FollowUpAction.CLOSE:
        given = ("kind", "title", "working_minutes", "max_attempts")
        return problems + [(name, "Only SCHEDULE has one.") for name in given if getattr(rule, name) is not None]
    if rule.kind is None:
        problems.append(("kind", "SCHEDULE needs one."))
    if rule.title is None or len(rule.title) > MAX_TITLE:
        problems.append(("title", f"SCHEDULE needs a title of 1–{MAX_TITLE} characters."))
    if rule.working_minutes is None or not 1 <= rule.working_minutes <= MAX_WORKING_MINUTES:
        problems.append(("working_minutes", f"SCHEDULE needs 1–{MAX_WORKING_MINUTES} minutes of working time."))
    if rule.max_attempts is not None and not 1 <= rule.max_attempts <= MAX_ATTEMPTS:
        problems.append(("max_attempts", f"Must be 1–{MAX_ATTEMPTS}."))
    return problems


def _unreachable(rules: Sequence[OutcomeRule]) -> list[Refusal]:
    """Refuse a rule about nothing that an earlier one leaves to it."""
    refusals: list[Refusal] = []
    for index, rule in enumerate(rules):
        left = [
            (outcome, channel, direction)
            for outcome in rule.outcomes
            for channel in rule.channels or tuple(ContactChannel)
            for direction in ((rule.direction,) if rule.direction else tuple(ContactDirection))
        ]
        for earlier in rules[:index]:
            left = [
                (outcome, channel, direction)
                for outcome, channel, direction in left
                if outcome not in earlier.outcomes
                or (earlier.channels and channel not in earlier.channels)
                or earlier.direction not in (None, direction)
            ]
        if not left:
            refusals.append(ValidationFailed(message="Rules before this one leave it nothing to decide.", path=("rules", str(index))))
    return refusals
