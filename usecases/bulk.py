"""Many leads in one request: how far an error reaches, and the answer row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from domain.filters import LeadFilter, LeadQuery
from domain.refusals import Refusal, Refused, ValidationFailed
from persistence.lead_lists import lead_ids_matching
from usecases.answers import RowOutcome
from usecases.verbs import Work

if TYPE_CHECKING:
    from usecases.leads.editing import LeadEdits

MAX_ROWS = 500


class ErrorPolicy(StrEnum):
    """What a refused row means for the others."""

    ALL_OR_NOTHING = "ALL_OR_NOTHING"
    SKIP_FAILED = "SKIP_FAILED"


async def settle_rows(
    edits: LeadEdits, targets: Targets, ids: Sequence[UUID], refusals: Sequence[Sequence[Refusal]], policy: ErrorPolicy
) -> Sequence[RowOutcome]:
    """Save what was edited and answer in the order of the targets.

    Under ALL_OR_NOTHING one refused lead undoes all: raises Refused with everybody's refusals. Refusals stand where the lead was named.
    """
    placed = placed_in_targets(targets.sent, refusals)
    refuse_all(placed, policy)
    saved = await edits.save()
    return tuple(RowOutcome(index, None if row else saved[id], row) for index, (id, row) in enumerate(zip(ids, placed, strict=True)))


def placed_in_rows(refusals: Sequence[Sequence[Refusal]]) -> Sequence[tuple[Refusal, ...]]:
    """Put each row's refusals below the row's index."""
    return [tuple(refusal.at("rows", str(index)) for refusal in row) for index, row in enumerate(refusals)]


def placed_in_targets(sent: str | None, refusals: Sequence[Sequence[Refusal]]) -> Sequence[tuple[Refusal, ...]]:
    """Put refusals where the caller named their targets: at the place in the list that is called `sent`, or at the filter without one."""
    return [
        tuple(replace(refusal, path=("filter",) if sent is None else (sent, str(index))) for refusal in row)
        for index, row in enumerate(refusals)
    ]


def refuse_all(placed: Sequence[Sequence[Refusal]], policy: ErrorPolicy) -> None:
    """Raise Refused with all refusals when one refused row undoes the others."""
    if policy is ErrorPolicy.ALL_OR_NOTHING and any(placed):
        raise Refused(refusal for row in placed for refusal in row)


@dataclass(frozen=True, slots=True)
class Targets:
    """Which leads a bulk request is about: ids, row by row, or all that a filter means. Exactly one of both."""

    ids: tuple[UUID, ...] | None = None
    filter: LeadFilter | None = None

    @property
    def sent(self) -> str | None:
        """Name the list in which the leads were named; None where a filter found them."""
        return None if self.ids is None else "lead_ids"


async def target_ids(work: Work, targets: Targets, problems: Sequence[Refusal] = ()) -> Sequence[UUID]:
    """Resolve the targets to ids. Raises Refused when there are none named, both kinds, or more than 500.

    `problems` are what else is wrong with the request already; they are raised too.
    """
    refusals = list(problems)
    ids: Sequence[UUID] = targets.ids or ()
    path = "lead_ids"
    if (targets.ids is None) == (targets.filter is None):
        refusals.append(ValidationFailed(message="Name the leads by `leadIds` or by `filter`, not both.", path=(path,)))
    elif targets.filter is not None and not refusals:
        ids, path = await lead_ids_matching(work.tx, LeadQuery(targets.filter), MAX_ROWS + 1), "filter"
    if len(ids) > MAX_ROWS:
        refusals.append(ValidationFailed(message=f"At most {MAX_ROWS} leads in one request.", path=(path,)))
    if refusals:
        raise Refused(refusals)
    return ids
