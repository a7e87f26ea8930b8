"""Let leads of the demo workspace act, so that whoever watches sees scores move."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from random import Random
from uuid import UUID

from domain.access import system_viewer
from domain.activities import ActivityType, ContactChannel, ContactDirection, ContactOutcome
from domain.filters import LeadFilter, LeadQuery, OneOf, TextMatch
from domain.leads import Lead
from domain.refusals import Refused
from domain.status import CLOSED, LeadStatus, allowed_transitions
from persistence.database import Database, Scope
from persistence.lead_lists import lead_ids_matching
from persistence.leads import lead_by_id
from server.demo.filling import DEMO_WORKSPACE, SEED
from usecases.activities.record import RecordActivity, record_activity
from usecases.contact_attempts.record import RecordContactAttempt, record_contact_attempt
from usecases.leads.change_status import ChangeLeadStatus, change_lead_status
from usecases.verbs import Call

# So many leads, and so much in one run of the server: the demo stays what it was, a little further on.
CAST = 40
MOST_ACTS = 400
EVERY_SECONDS = 2.0

_OPEN = tuple(str(status) for status in LeadStatus if status not in CLOSED)
# Made-up leads alone have such addresses, not those that somebody adds to try things out.
_MADE_UP = LeadFilter(status=OneOf(in_=_OPEN), email=TextMatch(contains=".example"))
_A, _O = ActivityType, ContactOutcome
_DOINGS = (
    (_A.PAGE_VIEWED, 25, "/pricing"),
    (_A.WEBSITE_VISITED, 20, None),
    (_A.EMAIL_OPENED, 15, "A short follow-up"),
    (_A.EMAIL_CLICKED, 10, "A short follow-up"),
    (_A.SOCIAL_ENGAGED, 5, "Liked a post"),
    (_A.CONTACT_REQUESTED, 5, "Please call me back"),
    # What only a person does: a call, and a step of the lead's life.
    (None, 20, None),
)
_CALLS = ((_O.CONNECTED, 4), (_O.INTERESTED, 2), (_O.MEETING_BOOKED, 1), (_O.NO_ANSWER, 2), (_O.VOICEMAIL, 1))


class Simulator:
    """Lets one lead act at a time, through the same verbs as everybody; the same seed lets the same leads do the same."""

    def __init__(self, database: Database, *, workspace_id: UUID = DEMO_WORKSPACE, seed: int = SEED, most_acts: int = MOST_ACTS) -> None:
        self._database = database
        self._viewer = system_viewer(workspace_id)
        self._random = Random(f"{seed} acting")
        self._left = most_acts
        self._cast: list[UUID] | None = None

    async def act(self, at: datetime) -> int:
        """Let a lead do something now; return 1 when it did, 0 when it could not, or when enough was done."""
        if self._left <= 0:
            return 0
        self._left -= 1
        lead = await self._next_lead()
        if lead is None or lead.status in CLOSED:
            return 0
        try:
            await self._let(lead, at)
        except Refused:
            # Somebody else was at the lead meanwhile.
            return 0
        return 1

    async def _next_lead(self) -> Lead | None:
        async with self._database.reading(Scope(self._viewer.workspace_id)) as db:
            if self._cast is None:
                found = sorted(await lead_ids_matching(db, LeadQuery(_MADE_UP), 5_000))
                self._cast = self._random.sample(found, min(CAST, len(found)))
            if not self._cast:
                return None
            id = self._random.choice(self._cast)
            return (await lead_by_id(db, [id])).get(id)

    async def _let(self, lead: Lead, at: datetime) -> None:
        type, _, subject = self._random.choices(_DOINGS, [weight for _, weight, _ in _DOINGS])[0]
        if type is not None:
            await record_activity(self._call(at), RecordActivity(lead_id=lead.id, type=type, occurred_at=at, subject=subject))
        elif self._random.random() < 0.5 or not await self._move(lead, at):
            await self._ring(lead, at)

    async def _move(self, lead: Lead, at: datetime) -> bool:
        ways = [each.to for each in allowed_transitions(lead.status_facts, is_manager=False) if not each.missing]
        if not ways:
            return False
        await change_lead_status(self._call(at, lead.owner_id), ChangeLeadStatus(lead_id=lead.id, status=self._random.choice(ways)))
        return True

    async def _ring(self, lead: Lead, at: datetime) -> None:
        outcome = self._random.choices([each for each, _ in _CALLS], [weight for _, weight in _CALLS])[0]
        attempt = RecordContactAttempt(
            lead_id=lead.id,
            channel=ContactChannel.PHONE,
            direction=ContactDirection.OUTBOUND,
            outcome=outcome,
            occurred_at=at,
            agent_id=lead.owner_id,
        )
        await record_contact_attempt(self._call(at, lead.owner_id), attempt)

    def _call(self, at: datetime, agent_id: UUID | None = None) -> Call:
        """Act as the lead's owner where there is one, else as the service."""
        viewer = self._viewer if agent_id is None else replace(self._viewer, key_id=agent_id, agent_id=agent_id)
        return Call(self._database, viewer, at)
