"""Follow-ups about to be changed: their leads are locked first, then they are read, so that nobody else changes them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.follow_ups import FollowUp, FollowUpFilter, FollowUpState, not_open
from domain.people import Availability
from domain.refusals import Refusal, Refused, ValidationFailed, not_found
from persistence import follow_ups, people
from persistence.workspaces import own_workspace
from usecases.answers import RowOutcome
from usecases.bulk import MAX_ROWS, ErrorPolicy, placed_in_targets, refuse_all
from usecases.leads.editing import LeadEdit, LeadEdits
from usecases.verbs import Work
from usecases.versions import version_problem


@dataclass(frozen=True, slots=True)
class Held:
    """A follow-up under its lead's lock."""

    edit: LeadEdit
    follow_up: FollowUp


@dataclass(frozen=True, slots=True)
class FollowUpTargets:
    """Which follow-ups a bulk request is about: ids, row by row, or all that a filter means. Exactly one of both."""

    ids: tuple[UUID, ...] | None = None
    filter: FollowUpFilter | None = None


async def hold(work: Work, edits: LeadEdits, ids: Iterable[UUID]) -> Mapping[UUID, Held]:
    """Lock the leads of follow-ups and read both; what is unknown, deleted or out of sight is not in the answer."""
    wanted = sorted(set(ids))
    loaded = await edits.load(await follow_ups.lead_ids_of(work.tx, wanted))
    found = await follow_ups.follow_ups_of_locked_leads(work.tx, wanted)
    return {id: Held(loaded[each.lead_id], each) for id, each in found.items() if each.lead_id in loaded}


def held_open(held: Mapping[UUID, Held], id: UUID, expected_version: int | None) -> Held | Sequence[Refusal]:
    """Find a follow-up that is held, is at the version that the caller knows, and is open."""
    found = held.get(id)
    if found is None:
        return [not_found("FollowUp", "follow_up_id")]
    follow_up = found.follow_up
    conflicts = version_problem(follow_up.version, expected_version, "follow-up")
    if conflicts:
        return conflicts
    return found if follow_up.state is FollowUpState.OPEN else [not_open(follow_up)]


async def change_one(
    work: Work, id: UUID, expected_version: int | None, problems: Sequence[Refusal], change: Callable[[Held], FollowUp | Sequence[Refusal]]
) -> FollowUp:
    """Change one open follow-up and save it. Raises Refused with `problems` and whatever else is wrong."""
    edits = LeadEdits(work)
    held = held_open(await hold(work, edits, [id]), id, expected_version)
    if not isinstance(held, Held):
        raise Refused([*held, *problems])
    result = problems or change(held)
    if not isinstance(result, FollowUp):
        raise Refused(result)
    await edits.save()
    return result


async def change_many(
    work: Work, targets: FollowUpTargets, policy: ErrorPolicy, problems: Sequence[Refusal], change: Callable[[Held], FollowUp]
) -> Sequence[RowOutcome]:
    """Change open follow-ups row by row and save them. Raises Refused: with `problems`, or under ALL_OR_NOTHING with every row's."""
    ids = await _target_ids(work, targets, problems)
    edits = LeadEdits(work)
    held = await hold(work, edits, ids)
    outcomes: dict[UUID, FollowUp | Sequence[Refusal]] = {}
    for id in dict.fromkeys(ids):
        found = held_open(held, id, None)
        outcomes[id] = change(found) if isinstance(found, Held) else found
    rows = [() if isinstance(outcome := outcomes[id], FollowUp) else outcome for id in ids]
    placed = placed_in_targets(None if targets.ids is None else "follow_up_ids", rows)
    refuse_all(placed, policy)
    await edits.save()
    return tuple(RowOutcome(index, None if row else outcomes[id], row) for index, (id, row) in enumerate(zip(ids, placed, strict=True)))


async def _target_ids(work: Work, targets: FollowUpTargets, problems: Sequence[Refusal]) -> Sequence[UUID]:
    refusals = list(problems)
    ids: Sequence[UUID] = targets.ids or ()
    path = "follow_up_ids"
    if (targets.ids is None) == (targets.filter is None):
        refusals.append(ValidationFailed(message="Name the follow-ups by `followUpIds` or by `filter`, not both.", path=(path,)))
    elif targets.filter is not None and not refusals:
        ids, path = await follow_ups.follow_up_ids_matching(work.tx, targets.filter, MAX_ROWS + 1), "filter"
    if len(ids) > MAX_ROWS:
        refusals.append(ValidationFailed(message=f"At most {MAX_ROWS} follow-ups in one request.", path=(path,)))
    if refusals:
        raise Refused(refusals)
    return ids


async def agent_problem(work: Work, agent_id: UUID | None) -> Sequence[Refusal]:
    """Refuse an agent whom nobody knows, or who works here no more."""
    if agent_id is None:
        return ()
    agent = (await people.agent_by_id(work.tx, [agent_id])).get(agent_id)
    if agent is None:
        return [not_found("Agent", "agent_id")]
    if agent.availability is Availability.DEACTIVATED:
        return [ValidationFailed(message="The agent is deactivated.", path=("agent_id",))]
    return ()


async def workspace_zone(work: Work) -> str:
    """Name the zone of leads that have none."""
    return (await own_workspace(work.tx)).time_zone
