"""Who is enrolled and what ends it: triggers, exit criteria and conditions of entry (rules §2 and §6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from domain.activities import ActivityType, ContactChannel
from domain.enrollments import (
    AlreadyEnrolled,
    CapKind,
    EnrollmentsCapped,
    ExitReason,
    LeadNotEnrollable,
    LeadSuppressed,
    SequenceClosed,
)
from domain.leads import Lead, LeadSource
from domain.refusals import Refusal
from domain.scoring import Grade
from domain.sequence_steps import AiCallStep, CallTaskStep, SendStep
from domain.sequences import (
    ActivityTrigger,
    ExitCriteria,
    GradeTrigger,
    ScoreTrigger,
    Sequence,
    SequenceVersion,
    SourceTrigger,
    StatusTrigger,
    Trigger,
    TriggerKind,
)
from domain.status import CLOSED, LeadStatus

MAX_LIVE_PER_LEAD = 10
"""In so many sequences a lead may be at once; more would be a nuisance to it, whatever they say."""

OPEN_STATUSES = tuple(status for status in LeadStatus if status not in CLOSED)
# From the best to the worst.
_RANKS = {grade: rank for rank, grade in enumerate((Grade.A, Grade.B, Grade.C, Grade.D))}
_CLOSING = {
    LeadStatus.CLOSED_WON: ExitReason.CONVERTED,
    LeadStatus.CLOSED_LOST: ExitReason.LOST,
    LeadStatus.DISQUALIFIED: ExitReason.DISQUALIFIED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happenings:
    """What happened to a lead in one transaction, as far as triggers and exit criteria look at it.

    `source` is set when the lead is new; scores and grades are pairs of before and after, where before is None for the first.
    """

    source: LeadSource | None = None
    statuses: tuple[LeadStatus, ...] = ()
    score: tuple[int | None, int] | None = None
    grade: tuple[Grade | None, Grade] | None = None
    activities: tuple[ActivityType, ...] = ()
    replied: bool = False
    unsubscribed: bool = False
    deleted: bool = False

    @property
    def triggers_something(self) -> bool:
        """Tell whether any trigger could be meant."""
        return bool(not self.deleted and (self.source or self.statuses or self.score or self.grade or self.activities))

    @property
    def ends_something(self) -> bool:
        """Tell whether any exit criterion could be met."""
        return bool(self.deleted or self.statuses or self.grade or self.replied or self.unsubscribed)


def set_off(triggers: Iterable[Trigger], happened: Happenings) -> TriggerKind | None:
    """Return the kind of the first trigger that is met; scores and grades count only upwards."""
    return next((trigger.kind for trigger in triggers if _met(trigger, happened)), None)


def _met(trigger: Trigger, happened: Happenings) -> bool:
    match trigger:
        case ActivityTrigger():
            return any(activity in trigger.activities for activity in happened.activities)
        case StatusTrigger():
            return any(status in trigger.statuses for status in happened.statuses)
        case SourceTrigger():
            return happened.source in trigger.sources
        case ScoreTrigger():
            before, after = happened.score or (None, -1)
            return after >= trigger.score and (before is None or before < trigger.score)
        case GradeTrigger():
            if happened.grade is None:
                return False
            was, now = happened.grade
            return _RANKS[now] <= _RANKS[trigger.grade] and (was is None or _RANKS[was] > _RANKS[trigger.grade])


def exit_reason(criteria: ExitCriteria, happened: Happenings) -> ExitReason | None:
    """Tell why an enrollment ends, if it does.

    A lead that is won, lost, disqualified or deleted leaves every sequence, whatever its criteria are.
    """
    if happened.deleted:
        return ExitReason.LEAD_DELETED
    for status in happened.statuses:
        if status in _CLOSING:
            return _CLOSING[status]
    if happened.unsubscribed and criteria.unsubscribe:
        return ExitReason.UNSUBSCRIBED
    if happened.replied and criteria.reply:
        return ExitReason.REPLIED
    if not set(criteria.statuses).isdisjoint(happened.statuses):
        return ExitReason.STATUS_REACHED
    if happened.grade is not None and happened.grade[1] in criteria.grades:
        return ExitReason.GRADE_REACHED
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What counts for and against enrolling a lead in a sequence: its enrollments, and how full the sequence is."""

    live_id: UUID | None = None
    live_of_lead: int = 0
    last_ended_at: datetime | None = None
    in_sequence: int = 0
    enrolled_today: int = 0
    suppressed: frozenset[ContactChannel] = frozenset()


def closed_sequence(sequence: Sequence) -> SequenceClosed | None:
    """Refuse a sequence that takes no leads."""
    archived = sequence.archived_at is not None
    if not archived and sequence.published_version is not None:
        return None
    message = "The sequence is archived." if archived else "The sequence was never published."
    return SequenceClosed(message=message, path=("sequence_id",), sequence_id=sequence.id, archived=archived)


def channels_used(version: SequenceVersion) -> frozenset[ContactChannel]:
    """List the channels on which a version reaches leads, on whatever way through it."""
    used: set[ContactChannel] = set()
    for step in version.steps:
        match step:
            case SendStep():
                used.add(ContactChannel(step.channel.value))
            case CallTaskStep() | AiCallStep():
                used.add(ContactChannel.PHONE)
            case _:
                pass
    return frozenset(used)


def nurtures(version: SequenceVersion, status: LeadStatus) -> bool:
    """Tell whether enrolling moves a lead of this status to NURTURING, as far as the rules of statuses let it (rules §6).

    A sequence that names QUALIFIED or PROPOSAL among the statuses that it takes is made for such leads, and does not set them back.
    """
    return not (status in (LeadStatus.QUALIFIED, LeadStatus.PROPOSAL) and status in version.entry.statuses)


def entry_problems(version: SequenceVersion, lead: Lead, standing: Standing, at: datetime) -> list[Refusal]:
    """List everything that keeps a lead out of a sequence; a lead that is in it already is refused for that alone."""
    if standing.live_id is not None:
        return [AlreadyEnrolled(message="The lead is in this sequence already.", path=("lead_id",), enrollment_id=standing.live_id)]
    refusals: list[Refusal] = []
    used = channels_used(version)
    if used and used <= standing.suppressed:
        channels = tuple(sorted(channel.value for channel in used))
        message = f"The lead is not to be contacted by {', '.join(channels)}, and the sequence has nothing else."
        refusals.append(LeadSuppressed(message=message, path=("lead_id",), channels=channels))
    refusals += _status_problems(version, lead)
    refusals += _cap_problems(version, standing, at)
    return refusals


def _status_problems(version: SequenceVersion, lead: Lead) -> list[Refusal]:
    allowed, criteria = version.entry.statuses or OPEN_STATUSES, version.exit_criteria
    criterion = None
    if lead.status in criteria.statuses:
        criterion = ExitReason.STATUS_REACHED
    elif lead.grade in criteria.grades:
        criterion = ExitReason.GRADE_REACHED
    if lead.status in allowed and criterion is None:
        return []
    message = (
        f"The sequence takes no leads that are {lead.status}."
        if lead.status not in allowed
        else f"The lead meets a criterion that would end the enrollment at once: it is {lead.status} with grade {lead.grade}."
    )
    return [LeadNotEnrollable(message=message, path=("lead_id",), status=lead.status, allowed=allowed, criterion=criterion)]


def _cap_problems(version: SequenceVersion, standing: Standing, at: datetime) -> list[Refusal]:
    entry = version.entry
    since_end = (at - standing.last_ended_at).days if standing.last_ended_at is not None else None
    bounds = (
        (CapKind.PER_LEAD, MAX_LIVE_PER_LEAD, standing.live_of_lead, "lead_id", "The lead is in {} sequences, and that is all it may be."),
        (CapKind.AT_ONCE, entry.max_active, standing.in_sequence, "sequence_id", "The sequence holds its {} leads."),
        (CapKind.PER_DAY, entry.max_per_day, standing.enrolled_today, "sequence_id", "The sequence took its {} leads of today."),
    )
    refusals: list[Refusal] = [
        EnrollmentsCapped(message=message.format(limit), path=(name,), cap=cap, limit=limit, current=current)
        for cap, limit, current, name, message in bounds
        if limit is not None and current >= limit
    ]
    wait = entry.reentry_after_days
    if wait is not None and since_end is not None and since_end < wait:
        message = f"The lead left the sequence {since_end} days ago, and may come back after {wait}."
        refusals.append(
            EnrollmentsCapped(message=message, path=("lead_id",), cap=CapKind.REENTRY, limit=wait, current=since_end),
        )
    return refusals
