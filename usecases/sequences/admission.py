"""Whether leads may be enrolled: everything that speaks for and against it, read with few statements for many leads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast
from uuid import UUID

from domain.activities import ContactChannel
from domain.contact_points import email_key
from domain.enrollment_progress import StepFacts
from domain.enrollment_rules import Standing, channels_used, entry_problems
from domain.events import EventType
from domain.leads import Lead
from domain.local_times import zone_of
from domain.refusals import Refusal
from domain.sequences import SequenceVersion
from persistence.enrollments import Earlier, Fullness, earlier_enrollments, fullness_by_sequence
from persistence.locks import lock_names
from persistence.suppressions import suppressed_leads, suppressions_in_force
from persistence.tags import tags_by_lead
from persistence.workspaces import own_workspace
from usecases.verbs import Work

if TYPE_CHECKING:
    from usecases.leads.editing import LeadEdit

_NOT_BEFORE = Earlier(None, None)


class LeadFacts:
    """What the steps of sequences look at, for the leads of one transaction."""

    def __init__(self, tags: Mapping[UUID, Collection[str]], time_zone: str) -> None:
        self._tags = tags
        self.time_zone = time_zone

    @classmethod
    async def read(cls, work: Work, edits: Sequence[LeadEdit]) -> LeadFacts:
        """Read what the leads themselves do not carry."""
        stored = await tags_by_lead(work.tx, [edit.lead.id for edit in edits if not edit.is_new])
        tags = {id: {tag.name for tag in some} for id, some in stored.items()}
        return cls(tags, (await own_workspace(work.tx)).time_zone)

    def of(self, edit: LeadEdit) -> StepFacts:
        """Collect the facts of one lead, as it is edited."""
        lead: Lead = edit.lead
        tags: Collection[str] = self._tags.get(lead.id, ())
        for told, changes, _ in edit.told:
            # Tags are written after the lead; until then only its events know of them.
            if told in (EventType.LEAD_CREATED, EventType.LEAD_TAGGED) and isinstance(named := changes.get("tags"), list):
                tags = cast("list[list[str]]", named)[1]
        return StepFacts(lead=lead, tags=tags, place=zone_of(lead.time_zone, self.time_zone))


class Admission:
    """Decides about leads and versions that were named when it was prepared, and counts those that were let in."""

    def __init__(
        self,
        at: datetime,
        facts: LeadFacts,
        earlier: Mapping[tuple[UUID, UUID], Earlier],
        fullness: Mapping[UUID, Fullness],
        suppressed: Mapping[UUID, frozenset[ContactChannel]],
    ) -> None:
        self._at = at
        self.facts = facts
        self._earlier = earlier
        self._fullness = fullness
        self._suppressed = suppressed
        self._admitted: dict[UUID, int] = {}

    @classmethod
    async def prepared(cls, work: Work, edits: Sequence[LeadEdit], versions: Iterable[SequenceVersion]) -> Admission:
        """Read what decides about these leads, which must be locked, and these versions."""
        wanted = {version.sequence_id: version for version in versions}
        capped = [id for id, version in wanted.items() if (version.entry.max_active, version.entry.max_per_day) != (None, None)]
        facts = await LeadFacts.read(work, edits)
        fullness: Mapping[UUID, Fullness] = {}
        if capped:
            # Two transactions that both found the last place free would both take it.
            await lock_names(work.tx, [("sequence", str(id)) for id in capped])
            midnight = _midnight(work.at, facts.time_zone)
            fullness = await fullness_by_sequence(work.tx, capped, midnight)
        known = [edit.lead.id for edit in edits if not edit.is_new]
        earlier: Mapping[tuple[UUID, UUID], Earlier] = await earlier_enrollments(work.tx, known, list(wanted)) if known else {}
        channels = sorted({channel for version in wanted.values() for channel in channels_used(version)})
        suppressed: Mapping[UUID, frozenset[ContactChannel]] = await _suppressed(work, edits, channels) if channels else {}
        return cls(work.at, facts, earlier, fullness, suppressed)

    def problems(self, edit: LeadEdit, version: SequenceVersion) -> Sequence[Refusal]:
        """List what keeps a lead out of a version's sequence."""
        lead, sequence_id = edit.lead, version.sequence_id
        earlier = self._earlier.get((lead.id, sequence_id), _NOT_BEFORE)
        full, admitted = self._fullness.get(sequence_id, Fullness()), self._admitted.get(sequence_id, 0)
        flagged = {ContactChannel.PHONE: lead.do_not_call, ContactChannel.EMAIL: lead.do_not_email}
        standing = Standing(
            live_id=earlier.live_id,
            live_of_lead=lead.live_enrollments,
            last_ended_at=earlier.last_ended_at,
            in_sequence=full.live + admitted,
            enrolled_today=full.taken + admitted,
            suppressed=self._suppressed.get(lead.id, frozenset()) | {channel for channel, closed in flagged.items() if closed},
        )
        return entry_problems(version, lead, standing, self._at)

    def let_in(self, version: SequenceVersion) -> None:
        """Count a lead that takes a place."""
        self._admitted[version.sequence_id] = self._admitted.get(version.sequence_id, 0) + 1


async def _suppressed(
    work: Work, edits: Sequence[LeadEdit], channels: Sequence[ContactChannel]
) -> Mapping[UUID, frozenset[ContactChannel]]:
    known = [edit.lead.id for edit in edits if not edit.is_new]
    found = {id: set(some) for id, some in (await suppressed_leads(work.tx, known, channels)).items()} if known else {}
    # A lead that is being created is in no table yet: its addresses are asked for by themselves.
    addresses = {edit.lead.id: _addresses(edit) for edit in edits if edit.is_new}
    everything = sorted({address for some in addresses.values() for address in some})
    for channel in channels if addresses else ():
        for suppression in await suppressions_in_force(work.tx, channel, [], everything):
            for id, some in addresses.items():
                if suppression.address is None or suppression.address in some:
                    found.setdefault(id, set()).add(channel)
    return {id: frozenset(some) for id, some in found.items()}


def _addresses(edit: LeadEdit) -> set[str]:
    email = edit.lead.email
    return {*edit.lead.phones, *((email_key(email),) if email else ())}


def _midnight(at: datetime, time_zone: str) -> datetime:
    """Return when the workspace's calendar day began."""
    place = zone_of(None, time_zone)
    day = at.astimezone(place).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    begun = day.astimezone(UTC)
    return begun if begun <= at else begun - timedelta(days=1)
