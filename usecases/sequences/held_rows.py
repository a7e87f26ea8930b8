"""Many leads of one sequence in one request: whom it means, what each is enrolled in, and the answer row by row."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from domain.enrollments import Enrollment, EnrollmentState
from domain.filters import LeadFilter, LeadPlace
from domain.refusals import Refusal, ValidationFailed, not_found
from persistence import enrollments
from persistence.database import Reading
from persistence.sequences import sequence_by_id
from usecases.answers import RowOutcome, Several
from usecases.bulk import MAX_ROWS, ErrorPolicy, Targets, placed_in_targets, refuse_all, target_ids
from usecases.leads.editing import LeadEdit, LeadEdits, checked
from usecases.sequences.held import Held
from usecases.verbs import Work

Find = Callable[[Reading, LeadFilter, int, LeadPlace | None], Awaitable[tuple[Sequence[LeadPlace], int]]]
Outcome = Enrollment | Sequence[Refusal]


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceTargets:
    """Which leads of a sequence are meant. By a filter they come in batches, and `after` says where the next one begins."""

    sequence_id: UUID
    targets: Targets
    after: LeadPlace | None = None
    policy: ErrorPolicy = ErrorPolicy.ALL_OR_NOTHING


@dataclass(frozen=True, slots=True)
class Meant:
    """The leads of one request, row by row. `last` is where a filter's batch ends, None when it was the last one."""

    ids: Sequence[UUID]
    by_filter: bool = False
    remaining: int = 0
    last: LeadPlace | None = None


async def meant_leads(work: Work, request: SequenceTargets, find: Find, problems: Sequence[Refusal] = ()) -> Meant:
    """Resolve targets: ids as they are, of a filter's leads the first 500 after the place for which there is something to do.

    Raises Refused, with `problems`, which are what else is wrong with the request already.
    """
    filter, refusals = request.targets.filter, list(problems)
    if filter is not None and filter.deleted:
        refusals.append(ValidationFailed(message="Deleted leads are in no sequence.", path=("filter", "deleted")))
    if filter is None and request.after is not None:
        refusals.append(ValidationFailed(message="Goes on with a filter, and with nothing else.", path=("after",)))
    if filter is None or request.targets.ids is not None or refusals:
        return Meant(await target_ids(work, request.targets, refusals))
    places, total = await find(work.tx, filter, MAX_ROWS, request.after)
    remaining = total - len(places)
    return Meant([place.id for place in places], by_filter=True, remaining=remaining, last=places[-1] if remaining else None)


@dataclass(frozen=True, slots=True)
class HeldRows:
    """The rows of one request, and what of each lead is held: its enrollment, or why there is none."""

    meant: Meant
    held: Mapping[UUID, Held | Refusal]

    def of(self, states: Collection[EnrollmentState]) -> Sequence[Held]:
        """List what is held and in one of these states."""
        return [each for each in self.held.values() if isinstance(each, Held) and each.enrollment.state in states]


async def held_rows(
    work: Work, edits: LeadEdits, request: SequenceTargets, states: Collection[EnrollmentState], problems: Sequence[Refusal] = ()
) -> HeldRows:
    """Lock the leads that are meant, and what they are enrolled in of the sequence.

    Named by its id, a lead that is not in the sequence is refused, whatever `states` are. A filter means only those that are in it in one
    of the states; whoever left that while we waited for the lock was not meant. Raises Refused.
    """

    async def find(db: Reading, filter: LeadFilter, at_most: int, after: LeadPlace | None) -> tuple[Sequence[LeadPlace], int]:
        return await enrollments.leads_inside(db, request.sequence_id, states, filter, at_most, after)

    wrong = list(problems)
    if request.sequence_id not in await sequence_by_id(work.tx, [request.sequence_id]):
        wrong.append(not_found("Sequence", "sequence_id"))
    meant = await meant_leads(work, request, find, wrong)
    loaded = await edits.load(meant.ids)
    live = await enrollments.live_enrollments_by_lead(work.tx, sorted(loaded))
    held = {id: _held(checked(loaded, id, None), live.get(id, ()), request.sequence_id) for id in dict.fromkeys(meant.ids)}
    rows = HeldRows(meant, held)
    if not meant.by_filter:
        return rows
    still = {each.edit.lead.id: each for each in rows.of(states)}
    return HeldRows(Meant(list(still), by_filter=True, remaining=meant.remaining, last=meant.last), still)


def _held(edit: LeadEdit | Refusal, live: Sequence[Enrollment], sequence_id: UUID) -> Held | Refusal:
    if isinstance(edit, Refusal):
        return edit
    enrollment = next((each for each in live if each.sequence_id == sequence_id), None)
    return not_found("Enrollment", "lead_id") if enrollment is None else Held(enrollment, edit)


def outcomes_of(rows: HeldRows) -> dict[UUID, Outcome]:
    """Begin with what is so already: enrollments as they are, and refusals."""
    return {id: each.enrollment if isinstance(each, Held) else [each] for id, each in rows.held.items()}


async def saved_rows(edits: LeadEdits, meant: Meant, outcomes: Mapping[UUID, Outcome], policy: ErrorPolicy) -> Several:
    """Save what was edited; answer `rows` of `enrollment` and `lead`, how many leads are `remaining`, and the `cursor` before them.

    Raises Refused with every row's refusals when one undoes the others.
    """
    placed = placed_in_targets(
        None if meant.by_filter else "lead_ids", [() if isinstance(outcome := outcomes[id], Enrollment) else outcome for id in meant.ids]
    )
    refuse_all(placed, policy)
    saved = await edits.save()
    things = {
        id: Several({"enrollment": edits.enrollments.as_it_is(outcome), "lead": saved[id]})
        for id, outcome in outcomes.items()
        if isinstance(outcome, Enrollment)
    }
    rows = tuple(RowOutcome(index, things.get(id), placed[index]) for index, id in enumerate(meant.ids))
    return Several({"rows": rows, "remaining": meant.remaining, "cursor": meant.last})
