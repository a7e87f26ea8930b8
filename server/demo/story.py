"""One made-up lead's life, told forwards in time by the rules that hold for real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from random import Random
from typing import Any, cast
from uuid import UUID

from domain.access import ROLE_PERMISSIONS, Role, Viewer, system_viewer
from domain.activities import COUNTED_BY_TYPE, Activity, ActivityType, ContactAttempt, ContactDirection
from domain.campaign_members import ACTIVITY_OF_TOUCH, CampaignMember, CampaignTouchType, new_member, touched
from domain.campaigns import Campaign, CampaignVariant
from domain.events import Event, EventType
from domain.leads import Assignment, CurrentScore, ExternalReference, Lead, StatusChange, Tag
from domain.people import Agent
from domain.pipelines import DealFields, Stage, StageStay, edited_deal
from domain.refusals import Refusal, Refused
from domain.scoring import Priority, ScoringModel
from domain.sequences import SequenceVersion
from domain.status import LeadStatus
from persistence.database import Writing
from persistence.working_hours import Hours
from server.demo.follow_ups import Duties
from server.demo.journeys import Journey
from usecases.activities.record import count_activity
from usecases.campaigns.members import tell_joined
from usecases.campaigns.record_touches import opt_out
from usecases.contact_attempts.record import count_attempt
from usecases.leads.change_status import apply_status
from usecases.leads.editing import LeadEdit, settled, take_score, wants_score
from usecases.leads.rescoring import rescored
from usecases.pipelines.moving import StageMoves
from usecases.pipelines.set_deal import write_deal
from usecases.verbs import Work, new_id

# Deciding what a step changes touches no database, so a life can be told before anything is written.
TIME_ZONE = "Europe/Lisbon"
_NO_TRANSACTION = cast(Writing, None)
_DEAL_FIELDS = ("deal_value", "deal_currency", "deal_probability", "expected_close_date")


class Story:
    """Collects what one lead's life leaves behind. Instants must not go backwards.

    Every step is made through the functions that the verbs themselves use, so status, stage, counts, scores and histories agree.
    """

    def __init__(
        self,
        workspace_id: UUID,
        model: ScoringModel,
        lead: Lead,
        sequences: Sequence[SequenceVersion],
        random: Random,
        hours: Hours,
    ) -> None:
        self._workspace_id = workspace_id
        self._model = model
        self.lead = lead
        self.score: CurrentScore | None = None
        self.entries: list[object] = []
        self.events: list[Event] = []
        self.activities: list[Activity] = []
        self.attempts: list[ContactAttempt] = []
        self.references: list[ExternalReference] = []
        self.tags: dict[str, tuple[Tag, datetime]] = {}
        self.members: dict[UUID, CampaignMember] = {}
        self.journey = Journey.nowhere(sequences, TIME_ZONE, random, lambda: list(self.tags))
        self.duties = Duties(hours)
        self.last_at = lead.created_at
        self._stay: StageStay | None = None
        self._tried: ContactAttempt | None = None
        self._begin()

    def _begin(self) -> None:
        def begin(work: Work, edit: LeadEdit) -> None:
            kind, id = work.actor.kind, work.actor.id
            edit.enter(StatusChange(new_id(), edit.lead.id, None, edit.lead.status, None, False, kind, id, work.at, None))  # noqa: FBT003
            edit.tell(EventType.LEAD_CREATED, {"status": [None, edit.lead.status], "source": [None, edit.lead.source]})

        self._step(self.lead.created_at, None, begin, is_new=True)

    def let_time_pass(self, at: datetime) -> None:
        """Do what time alone does up to `at`: rescore when it moves the score, and carry out the steps of sequences that are due."""
        while True:
            step_at, rescore_at = self.journey.next_at(), self.lead.rescore_at
            next_at = min((each for each in (step_at, rescore_at) if each is not None), default=None)
            if next_at is None or next_at > at:
                return
            work, edit = self._work(None, next_at), LeadEdit(self.lead)
            if next_at == step_at:
                self.journey.proceed(work, edit)
            self._settle(work, edit)

    def refer(self, system: str, external_id: str) -> None:
        """Let another system know the lead, from its beginning on."""
        self.references.append(ExternalReference(self.lead.id, system, external_id, self.lead.created_at))

    def assign(self, at: datetime, agent: Agent, strategy: str, by: Agent | None = None, reason: str | None = None) -> None:
        """Give the lead to an agent."""

        def give(work: Work, edit: LeadEdit) -> None:
            before, (kind, id) = edit.lead.owner_id, (work.actor.kind, work.actor.id)
            edit.enter(Assignment(new_id(), edit.lead.id, before, agent.id, strategy, reason, kind, id, work.at))
            edit.tell(EventType.LEAD_ASSIGNED, {"owner": [before and str(before), str(agent.id)]})
            edit.change(owner_id=agent.id, assigned_at=work.at)

        self._step(at, by, give)

    def act(self, at: datetime, type: ActivityType, *, by: Agent | None = None, **told: Any) -> None:
        """Record something that the lead did, or that an agent noted."""
        known = {each.asset for each in self.activities if each.type is ActivityType.CONTENT_DOWNLOADED}

        def record(work: Work, edit: LeadEdit) -> None:
            fields: dict[str, Any] = {"source": None, "source_event_id": None, "asset": None, "subject": None, "body": None, **told}
            activity = Activity(**_recorded(work, edit.lead, at), type=type, agent_id=by.id if by else None, **fields)
            self.activities.append(activity)
            again = type is ActivityType.CONTENT_DOWNLOADED and activity.asset is not None and activity.asset in known
            count_activity(edit, activity, None if again else COUNTED_BY_TYPE.get(type))

        self._step(at, by, record)

    def attempt(self, at: datetime, by: Agent, direction: ContactDirection, **told: Any) -> None:
        """Record an attempt to reach the lead, or of the lead to reach us."""

        def record(work: Work, edit: LeadEdit) -> None:
            unknown: dict[str, Any] = dict.fromkeys(
                ("social_network", "duration_seconds", "provider", "provider_id", "recording_url", "transcript_url", "notes")
            )
            attempt = ContactAttempt(**_recorded(work, edit.lead, at), agent_id=by.id, direction=direction, **{**unknown, **told})
            self.attempts.append(attempt)
            self._tried = attempt
            count_attempt(work, edit, attempt)

        self._step(at, by, record)

    def learn(self, at: datetime, by: Agent, **fields: Any) -> None:
        """Write what was found out into the lead's profile."""

        def write(_work: Work, edit: LeadEdit) -> None:
            edit.tell(EventType.LEAD_UPDATED, {name: [getattr(edit.lead, name), value] for name, value in fields.items()})
            edit.change(**fields)

        self._step(at, by, write)

    def move(self, at: datetime, by: Agent, status: LeadStatus, reason: str | None = None) -> None:
        """Change the status. Raises Refused where the rules do not allow it."""
        self._step(at, by, lambda work, edit: _or_raise([apply_status(work, edit, status, reason)]))

    def enter(self, at: datetime, by: Agent, stage: Stage, reason: str | None = None) -> None:
        """Move to a stage, and to the status that it maps to. Raises Refused where the rules do not allow it."""
        self._step(at, by, lambda work, edit: _or_raise(StageMoves(work).enter(edit, stage, reason, "stage_id")))

    def deal(self, at: datetime, by: Agent, fields: DealFields) -> None:
        """Change the deal."""

        def write(work: Work, edit: LeadEdit) -> None:
            wanted, refusals = edited_deal(edit.lead, fields)
            _or_raise(refusals)
            changed = {name: getattr(wanted, name) for name in _DEAL_FIELDS if getattr(wanted, name) != getattr(edit.lead, name)}
            write_deal(work, edit, changed)

        self._step(at, by, write)

    def tag(self, at: datetime, by: Agent, tags: Sequence[Tag]) -> None:
        """Put tags on the lead."""
        fresh = [tag for tag in tags if tag.name not in self.tags]

        def label(work: Work, edit: LeadEdit) -> None:
            before = sorted(self.tags)
            self.tags.update({tag.name: (tag, work.at) for tag in fresh})
            edit.tell(EventType.LEAD_TAGGED, {"tags": [before, sorted(self.tags)]})
            edit.change_beside()

        if fresh:
            self._step(at, by, label)

    def pin(self, at: datetime, by: Agent, priority: Priority, reason: str, until: datetime) -> None:
        """Pin the priority for a time."""

        def fix(_work: Work, edit: LeadEdit) -> None:
            edit.tell(EventType.LEAD_PRIORITY_PINNED, {"pinnedPriority": [None, priority], "priority": [edit.lead.priority, priority]})
            edit.change(pinned_priority=priority, pin_reason=reason, pinned_until=until)

        self._step(at, by, fix)

    def join(self, at: datetime, campaign: Campaign, variants: Sequence[CampaignVariant]) -> None:
        """Become a member of a campaign."""

        def enter(_work: Work, edit: LeadEdit) -> None:
            member = self.members[campaign.id] = new_member(new_id(), campaign, edit.lead, variants, at)
            tell_joined(edit, member)

        self._step(at, None, enter)

    def touch(self, at: datetime, campaign: Campaign, type: CampaignTouchType, **told: Any) -> None:
        """Record what a campaign did with the lead, or the lead with what it got."""

        def record(work: Work, edit: LeadEdit) -> None:
            fields: dict[str, Any] = {"source": "mail", "asset": None, "body": None, "agent_id": None, **told}
            kind = ACTIVITY_OF_TOUCH[type]
            activity = Activity(**_recorded(work, edit.lead, at), type=kind, campaign_id=campaign.id, **fields)
            self.activities.append(activity)
            count_activity(edit, activity, COUNTED_BY_TYPE.get(kind))
            member = touched(self.members[campaign.id], type, at)
            out = type is CampaignTouchType.OPTED_OUT
            self.members[campaign.id] = opt_out(work, edit, campaign, member, None, activity) if out else member

        self._step(at, None, record)

    def step(self, at: datetime, by: Agent, make: Callable[[Work, LeadEdit], None]) -> None:
        """Let an agent do something that is not among the above."""
        self._step(at, by, make)

    def _step(self, at: datetime, by: Agent | None, make: Callable[[Work, LeadEdit], None], *, is_new: bool = False) -> None:
        self.let_time_pass(at)
        work = self._work(by, at)
        edit = LeadEdit(self.lead, is_new=is_new)
        make(work, edit)
        self._settle(work, edit)

    def _settle(self, work: Work, edit: LeadEdit) -> None:
        if wants_score(edit, work.at):
            found = rescored(edit.lead, self.score, (), self._model, work.at)
            take_score(edit, found, work)
            self.score = found.score or self.score
        tried, self._tried = self._tried, None
        self.duties.settle(work, edit, tried, self.attempts)
        self.journey.settle(work, edit)
        self.events += settled(edit, work)
        for entry in edit.entries:
            if isinstance(entry, StageStay):
                self._stay = self._follow(entry)
            self.entries.append(entry)
        self.lead, self.last_at = edit.lead, work.at

    def _follow(self, stay: StageStay) -> StageStay:
        """Close the stay before, if there is one, when and by whom the new one was begun."""
        if self._stay is not None:
            left = replace(self._stay, left_at=stay.entered_at, left_by_kind=stay.entered_by_kind, left_by_id=stay.entered_by_id)
            self.entries[self.entries.index(self._stay)] = left
        return stay

    def _work(self, agent: Agent | None, at: datetime) -> Work:
        """Say who acts, and when; without an agent the service itself does."""
        if agent is None:
            return Work(_NO_TRANSACTION, system_viewer(self._workspace_id), at)
        viewer = Viewer(self._workspace_id, new_id(), Role.MANAGER, agent.id, ROLE_PERMISSIONS[Role.MANAGER], None)
        return Work(_NO_TRANSACTION, viewer, at)


def _recorded(work: Work, lead: Lead, at: datetime) -> dict[str, Any]:
    """Return what activities and attempts have in common."""
    actor = work.actor
    return {
        "id": new_id(),
        "lead_id": lead.id,
        "occurred_at": at,
        "recorded_at": at,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
    }


def _or_raise(refusals: Sequence[Refusal | None]) -> None:
    found = [refusal for refusal in refusals if refusal is not None]
    if found:
        raise Refused(found)
