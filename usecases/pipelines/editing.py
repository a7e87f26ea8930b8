"""A pipeline being changed inside one transaction: locked with its stages, changed in memory, written at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domain.pipelines import Pipeline, Stage, taken_names
from domain.refusals import AlreadyExists, Refusal, Refused, VersionConflict, not_found
from persistence import pipelines
from persistence.failures import UniqueViolation
from usecases.verbs import Work


class PipelineEdit:
    """One pipeline and its stages in their order; deleted stages are not among them.

    Whoever changes a stage holds the pipeline's lock, so that names, places and the number of stages are decided one change at a time.
    """

    def __init__(self, work: Work, pipeline: Pipeline, stages: Sequence[Stage], *, is_new: bool = False) -> None:
        self._work = work
        self._before = pipeline
        self._stages_before = {stage.id: stage for stage in stages}
        self._is_new = is_new
        self.pipeline = pipeline
        self.stages = list(stages)
        self.deleted: list[Stage] = []

    def stage(self, id: UUID) -> Stage | None:
        """Find a stage of the pipeline."""
        return next((stage for stage in self.stages if stage.id == id), None)

    def replace_stage(self, changed: Stage) -> None:
        """Put a changed stage into the place of the one with its id."""
        self.stages = [changed if stage.id == changed.id else stage for stage in self.stages]

    def remove(self, stage: Stage) -> None:
        """Take a stage out; it remains for the histories that name it."""
        self.stages.remove(stage)
        self.deleted.append(self._settled(replace(stage, deleted_at=self._work.at)))

    def name_refusals(self, changed_id: UUID) -> Sequence[Refusal]:
        """Refuse the name of a stage that another one has."""
        changed_last = sorted(self.stages, key=lambda stage: stage.id == changed_id)
        return [stage_name_taken("name")] if len(changed_last) - 1 in taken_names(changed_last) else []

    async def save(self) -> Pipeline:
        """Write what changed, number the stages by their order and count the versions; return the pipeline as it is now."""
        self.stages = [self._settled(replace(stage, position=position)) for position, stage in enumerate(self.stages)]
        added = [stage for stage in self.stages if stage.id not in self._stages_before]
        changed = [stage for stage in self.stages if self._stages_before.get(stage.id, stage) != stage]
        tx = self._work.tx
        try:
            if self._is_new:
                await pipelines.add_pipelines(tx, [self.pipeline])
            elif added or changed or self.deleted or self.pipeline != self._before:
                self.pipeline = replace(self.pipeline, version=self._before.version + 1, updated_at=self._work.at)
                await pipelines.save_pipelines(tx, [self.pipeline])
        except UniqueViolation as violation:
            # Two pipelines of one name at once: the check before saw neither.
            raise Refused.because(pipeline_name_taken()) from violation
        # Deleted ones first: a name that becomes free may be given again in the same change.
        await pipelines.save_stages(tx, [*self.deleted, *changed])
        await pipelines.add_stages(tx, added)
        return self.pipeline

    def _settled(self, stage: Stage) -> Stage:
        """Count the version of a stage whose own settings changed; its place is the pipeline's to count."""
        before = self._stages_before.get(stage.id)
        if before is None or replace(stage, position=before.position) == before:
            return stage
        return replace(stage, version=before.version + 1, updated_at=self._work.at)


def pipeline_name_taken() -> AlreadyExists:
    """Build the refusal for a pipeline's name."""
    return AlreadyExists(message="Another pipeline has this name.", path=("name",))


def stage_name_taken(*path: str) -> AlreadyExists:
    """Build the refusal for a stage's name."""
    return AlreadyExists(message="Another stage of the pipeline has this name.", path=path)


async def opened_pipeline(work: Work, id: UUID, expected_version: int | None) -> tuple[PipelineEdit | None, list[Refusal]]:
    """Lock a pipeline and read its stages; the refusals say that there is none, or not at this version."""
    locked = (await pipelines.pipeline_for_update(work.tx, [id])).get(id)
    if locked is None:
        return None, [not_found("Pipeline", "pipeline_id")]
    stages = await pipelines.stages_by_pipeline(work.tx, [id])
    return PipelineEdit(work, locked, stages.get(id, ())), version_conflicts("pipeline", locked.version, expected_version)


async def opened_stage(work: Work, id: UUID, expected_version: int | None) -> tuple[tuple[PipelineEdit, Stage] | None, list[Refusal]]:
    """Lock the pipeline of a stage and find the stage in it; the version is the stage's."""
    known = (await pipelines.stage_by_id(work.tx, [id])).get(id)
    edit = None if known is None else (await opened_pipeline(work, known.pipeline_id, None))[0]
    stage = None if edit is None else edit.stage(id)
    if edit is None or stage is None:
        return None, [not_found("Stage", "stage_id")]
    return (edit, stage), version_conflicts("stage", stage.version, expected_version)


def version_conflicts(noun: str, current: int, expected: int | None) -> list[Refusal]:
    """Compare the version that the caller knows, if any, with the one there is."""
    if expected is None or expected == current:
        return []
    message = f"The {noun} is at version {current} by now."
    return [VersionConflict(message=message, path=("expected_version",), expected_version=expected, current_version=current)]


async def pipeline_name_refusals(work: Work, pipeline: Pipeline) -> Sequence[Refusal]:
    """Refuse the name of a pipeline that another one has, archived or not."""
    if not pipeline.name:
        return []
    return [pipeline_name_taken()] if set(await pipelines.pipeline_ids_by_name(work.tx, pipeline.name)) - {pipeline.id} else []
