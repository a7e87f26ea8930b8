"""New leads as a file describes them: with their histories, their first score and the one event that tells of them.

What happened before the import is history: it is recorded as it was, without asking today's rules whether it may happen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson

from domain.access import Actor
from domain.activities import COUNTED_BY_TYPE, TALKED_TO_LEAD, Activity, ActivityType, ContactAttempt, ContactChannel, ContactDirection
from domain.custom_fields import CustomValue
from domain.events import Event, EventCause, EventType
from domain.imports_facts import DealRow, LeadRow
from domain.leads import Assignment, ExternalReference, Lead, LeadSource, ScoreEntry, StatusChange, Touch
from domain.new_leads import new_lead
from domain.pipelines import Stage, StageStay
from domain.scoring import ConversationCall, ScoreCause, ScoringModel
from domain.status import CLOSED, LeadStatus
from usecases.consent.objections import flagged_suppressions
from usecases.leads.rescoring import rescored
from usecases.verbs import new_id

IMPORTED = "Imported"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A lead that a row would bring if it were new, with what is written for it; `model` scored it."""

    model: ScoringModel
    row: LeadRow
    lead: Lead
    entries: Sequence[object]
    event: Event


@dataclass(slots=True)
class Newcomers:
    """Leads that one batch brings, with all that is written for them."""

    leads: list[Lead] = field(default_factory=list[Lead])
    entries: list[object] = field(default_factory=list[object])
    events: list[Event] = field(default_factory=list[Event])
    counts: dict[UUID, Mapping[str, int]] = field(default_factory=dict[UUID, Mapping[str, int]])
    tags: list[tuple[UUID, str]] = field(default_factory=list[tuple[UUID, str]])
    custom: list[tuple[UUID, UUID, CustomValue]] = field(default_factory=list[tuple[UUID, UUID, CustomValue]])

    def add(self, newcomer: Newcomer) -> None:
        """Take in a lead."""
        row, id = newcomer.row, newcomer.lead.id
        self.leads.append(newcomer.lead)
        self.entries += newcomer.entries
        self.events.append(newcomer.event)
        self.tags += [(id, tag) for tag in row.tags]
        self.custom += [(id, field_id, value) for field_id, value in row.custom.values()]
        if row.counts:
            self.counts[id] = row.counts


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes leads of rows."""

    import_id: UUID
    at: datetime
    actor: Actor
    model: ScoringModel
    stages: Mapping[str, Stage]

    def newcomer(self, row: LeadRow) -> Newcomer:
        """Make the lead of a row; reads and writes nothing."""
        id, fields = new_id(), row.fields
        created_at: datetime = fields.get("created_at") or self.at
        activities, attempts = self._activities(id, row), self._attempts(id, row)
        entries: list[object] = []
        changes: dict[str, Any] = {"updated_at": self.at, "event_sequence": 1}
        self._count(changes, row, activities, attempts)
        self._stand(changes, entries, id, row, created_at)
        lead = new_lead(id, created_at, row.profile, _touch(row, created_at), changes)
        lead = self._scored(lead, attempts, entries)
        entries += (*activities, *attempts, *flagged_suppressions(lead, self.actor, self.at))
        entries += [ExternalReference(id, system, external_id, self.at) for system, external_id in row.references]
        return Newcomer(self.model, row, lead, entries, self._told(lead, row))

    def _activities(self, lead_id: UUID, row: LeadRow) -> Sequence[Activity]:
        return [
            Activity(
                id=new_id(),
                lead_id=lead_id,
                type=each.type,
                occurred_at=each.at,
                recorded_at=self.at,
                source=None,
                source_event_id=None,
                asset=each.asset,
                subject=each.subject,
                body=each.body,
                agent_id=each.agent_id,
                actor_kind=self.actor.kind,
                actor_id=self.actor.id,
            )
            for each in row.activities
        ]

    def _attempts(self, lead_id: UUID, row: LeadRow) -> Sequence[ContactAttempt]:
        return [
            ContactAttempt(
                id=new_id(),
                lead_id=lead_id,
                channel=each.channel,
                social_network=None,
                direction=each.direction,
                outcome=each.outcome,
                occurred_at=each.at,
                recorded_at=self.at,
                duration_seconds=each.duration,
                agent_id=each.agent_id,
                provider=None,
                provider_id=None,
                recording_url=None,
                transcript_url=None,
                notes=each.notes,
                actor_kind=self.actor.kind,
                actor_id=self.actor.id,
            )
            for each in row.attempts
        ]

    def _count(self, changes: dict[str, Any], row: LeadRow, activities: Sequence[Activity], attempts: Sequence[ContactAttempt]) -> None:
        """Let a counter be what the file counted before, and what is recorded besides."""
        counters = dict(row.counts)
        downloaded: set[str] = set()
        for activity in activities:
            counted = COUNTED_BY_TYPE.get(activity.type)
            again = activity.type is ActivityType.CONTENT_DOWNLOADED and activity.asset is not None and activity.asset in downloaded
            if counted is not None and not again:
                counters[counted.lower()] = counters.get(counted.lower(), 0) + 1
            if activity.asset is not None and activity.type is ActivityType.CONTENT_DOWNLOADED:
                downloaded.add(activity.asset)
        outbound = [attempt.occurred_at for attempt in attempts if attempt.direction is ContactDirection.OUTBOUND]
        if outbound:
            counters["outbound_attempts"] = counters.get("outbound_attempts", 0) + len(outbound)
            changes |= {"first_contacted_at": min(outbound), "last_contacted_at": max(outbound)}
        if activities:
            changes["last_activity_at"] = max(activity.occurred_at for activity in activities)
        requests = [activity.occurred_at for activity in activities if activity.type is ActivityType.CONTACT_REQUESTED]
        if requests:
            changes["contact_requested_at"] = max(requests)
        changes |= counters

    def _stand(self, changes: dict[str, Any], entries: list[object], lead_id: UUID, row: LeadRow, created_at: datetime) -> None:
        """Set where the lead stands: status, owner, stage and deal."""
        fields = row.fields
        status: LeadStatus | None = fields.get("status")
        if status is None:
            status = LeadStatus.CONTACTED if changes.get("outbound_attempts") else LeadStatus.NEW
        since: datetime = max(fields.get("status_at") or created_at, created_at)
        changes |= {"status": status, "status_since": since, "closed_at": since if status in CLOSED else None}
        kind, actor_id = self.actor.kind, self.actor.id
        entries.append(
            StatusChange(new_id(), lead_id, None, status, fields.get("status_reason") or IMPORTED, False, kind, actor_id, since, None)  # noqa: FBT003 -- a positional record
        )
        owner: UUID | None = fields.get("owner")
        if owner is not None:
            changes |= {"owner_id": owner, "assigned_at": self.at}
            entries.append(Assignment(new_id(), lead_id, None, owner, "MANUAL", IMPORTED, kind, actor_id, self.at))
        if row.deal is not None:
            self._place(changes, entries, lead_id, row.deal)

    def _place(self, changes: dict[str, Any], entries: list[object], lead_id: UUID, deal: DealRow) -> None:
        kind, actor_id = self.actor.kind, self.actor.id
        stays = [(self.stages[name.casefold()], entered) for name, entered in deal.stays]
        ends: list[datetime | None] = [*(entered for _, entered in stays[1:]), None]
        for (stage, entered), left in zip(stays, ends, strict=True):
            left_by = (kind, actor_id) if left is not None else (None, None)
            entries.append(StageStay(new_id(), lead_id, stage.pipeline_id, stage.id, entered, left, kind, actor_id, *left_by))
        current, entered = stays[-1]
        changes |= {
            "pipeline_id": current.pipeline_id,
            "stage_id": current.id,
            "stage_entered_at": entered,
            "deal_value": deal.value,
            "deal_currency": deal.currency,
            "expected_close_date": deal.expected_close_date,
        }

    def _scored(self, lead: Lead, attempts: Sequence[ContactAttempt], entries: list[object]) -> Lead:
        calls: Sequence[ConversationCall] = ()
        if attempts and self.model.reads_calls:
            calls = [
                ConversationCall(
                    attempt.outcome,
                    (attempt.duration_seconds or 0) if attempt.outcome in TALKED_TO_LEAD else 0,
                    attempt.occurred_at,
                )
                for attempt in attempts
                if attempt.channel is ContactChannel.PHONE
            ]
        result = rescored(lead, None, calls, self.model, self.at)
        current = result.score
        if current is None:
            return result.lead
        # Written twice, encoded once.
        packed = orjson.Fragment(orjson.dumps(current.breakdown))
        entries.append(replace(current, breakdown=packed))
        entries.append(
            ScoreEntry(
                id=new_id(),
                lead_id=lead.id,
                at=self.at,
                from_total=None,
                total=current.total,
                from_grade=None,
                grade=current.grade,
                model_key=current.model_key,
                model_version=current.model_version,
                breakdown=packed,
                cause=ScoreCause.FIELD_CHANGE,
                cause_id=self.import_id,
                actor_kind=self.actor.kind,
                actor_id=self.actor.id,
            )
        )
        return result.lead

    def _told(self, lead: Lead, row: LeadRow) -> Event:
        return Event(
            id=new_id(),
            lead_id=lead.id,
            sequence=1,
            type=EventType.LEAD_CREATED,
            at=self.at,
            actor=self.actor,
            cause=EventCause.IMPORT,
            cause_id=self.import_id,
            changes={"status": [None, lead.status], "source": [None, lead.source], "row": row.number},
        )


def _touch(row: LeadRow, created_at: datetime) -> Touch:
    fields = row.fields
    utm = {name: fields[name] for name in ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content") if name in fields}
    return Touch(source=fields.get("source", LeadSource.IMPORT), at=created_at, detail=fields.get("detail"), **utm)
