"""Leads on their way from stage to stage inside one transaction, with everything that a move brings along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domain.access import Permission
from domain.events import EventType
from domain.pipelines import Stage, StageFieldsMissing, StageStay, missing_fields
from domain.refusals import NotAllowed, Refusal
from domain.status import Move, decide_move
from persistence import pipelines
from usecases.leads.editing import LeadEdit
from usecases.leads.status_moves import make_move
from usecases.verbs import Work, new_id


class StageMoves:
    """Collects the moves of one verb. `settle()` must run before the leads are saved."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._left: set[UUID] = set()

    def enter(self, edit: LeadEdit, stage: Stage, reason: str | None, *path: str) -> Sequence[Refusal]:
        """Move a lead into a stage, and to the status that the stage maps to, by the status's own rules (rules §4).

        Returns everything that stands in the way, below `path`; then nothing is changed. The stage where it is already changes nothing.
        A deleted lead keeps its status.
        """
        lead = edit.lead
        if lead.stage_id == stage.id:
            return ()
        refusals: list[Refusal] = []
        missing = missing_fields(lead, stage)
        if missing:
            refusals.append(
                StageFieldsMissing(message=f"The stage needs: {', '.join(missing)}.", path=path, stage_id=stage.id, missing=missing)
            )
        move: Move | None = None
        if stage.mapped_status is not None and lead.deleted_at is None:
            decided = decide_move(
                lead.status_facts, stage.mapped_status, reason=reason, is_manager=self._work.viewer.may(Permission.FORCE_STATUS)
            )
            if isinstance(decided, Refusal):
                refusals.append(replace(decided, path=path))
            elif decided is not None and not self._work.viewer.may(Permission.CHANGE_STATUS):
                refusals.append(NotAllowed(message="The stage changes the status, which this key may not.", path=path))
            else:
                move = decided
        if refusals:
            return refusals
        self._write(edit, stage, reason)
        if move is not None:
            make_move(self._work, edit, move, reason)
        return ()

    def leave(self, edit: LeadEdit, reason: str | None) -> None:
        """Take a lead out of its pipeline; one that is in none stays as it is."""
        if edit.lead.stage_id is not None:
            self._write(edit, None, reason)

    async def settle(self) -> None:
        """Write down that the moved leads left where they were."""
        await pipelines.close_stays(self._work.tx, sorted(self._left), self._work.at, self._work.actor)

    def _write(self, edit: LeadEdit, stage: Stage | None, reason: str | None) -> None:
        work, lead = self._work, edit.lead
        stage_id, pipeline_id = (stage.id, stage.pipeline_id) if stage else (None, None)
        if lead.stage_id is not None:
            self._left.add(lead.id)
        if stage is not None:
            edit.enter(
                StageStay(
                    id=new_id(),
                    lead_id=lead.id,
                    pipeline_id=stage.pipeline_id,
                    stage_id=stage.id,
                    entered_at=work.at,
                    left_at=None,
                    entered_by_kind=work.actor.kind,
                    entered_by_id=work.actor.id,
                    left_by_kind=None,
                    left_by_id=None,
                )
            )
        edit.tell(
            EventType.LEAD_STAGE_CHANGED,
            {
                "stage_id": [_written(lead.stage_id), _written(stage_id)],
                "pipeline_id": [_written(lead.pipeline_id), _written(pipeline_id)],
                "reason": reason,
            },
        )
        edit.change(stage_id=stage_id, pipeline_id=pipeline_id, stage_entered_at=work.at if stage else None)


def _written(id: UUID | None) -> str | None:
    return None if id is None else str(id)
