"""What a publication does to enrollments that are on their way, shown beforehand, meanwhile and afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from domain import enrollments as domain
from gql.context import Info
from gql.edges import to_one
from gql.enrollments.enums import RunningEnrollments
from gql.ids import decode_kind
from gql.nodes import NODE_BATCHES, Node, node_id, plain, shows
from persistence.enrollment_runs import enrollment_run_by_id
from persistence.sequences import sequence_by_id, sequence_version_by_id
from usecases.sequences.move_enrollments import previewed_moves

if TYPE_CHECKING:
    from gql.sequences.types import Sequence, SequenceVersion


@strawberry.type(description="How many leads wait at one step of a version, and whether the step is in the new one.")
class StepMove:
    """See `domain.enrollments.StepMove`."""

    sequence_version: Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The version on which they are.", key=lambda move: move.sequence_version_id, batch=sequence_version_by_id
    )
    step_key: str = plain("The step's key.")
    enrollments: int = plain("How many leads wait there.")
    stays: bool = plain("Whether the new version has a step of this key that does the same kind of thing.")
    is_type_of = shows(domain.StepMove)


@strawberry.type(description="What a publication does to the leads that are on their way; all leads of the workspace count.")
class EnrollmentMoves:
    """See `domain.enrollments.EnrollmentMoves`."""

    running: int = plain("How many leads are on their way, on whatever version.")
    moved: int = plain("How many go over to the new version.")
    pinned: int = plain("How many finish on the version on which they are.")
    without_step: int = plain("How many of these stay only because their step is gone, or does something else.")
    steps: list[StepMove] = plain("The same for each step at which leads wait.")
    is_type_of = shows(domain.EnrollmentMoves)


@strawberry.type(
    description=(
        "The moving of leads that were on their way when a version was published, behind the scenes. Each stays on its version until the "
        "run comes to it; the runs of a sequence follow each other, as if each publication had moved all at once. All leads of the "
        "workspace count."
    )
)
class EnrollmentRun(Node):
    """See `domain.enrollments.EnrollmentRun`."""

    id: strawberry.ID = node_id("EnrollmentRun")
    running_enrollments: RunningEnrollments = plain("What was asked for: REMAP or RESTART.")
    total: int = plain("How many leads were on their way at the publication.")
    done: int = plain("How many it has come to. Leads that leave before that are not counted on the way; when it is finished, all are.")
    moved: int = plain("How many went over to the version; the others stay on theirs, since their step is gone, or had left before.")
    started_at: datetime = plain("When the version was published.")
    finished_at: datetime | None = plain("When it had come to the last one; null: not yet.")
    sequence: Annotated[Sequence, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The sequence.", key=lambda run: run.sequence_id, batch=sequence_by_id
    )
    sequence_version: Annotated[SequenceVersion, strawberry.lazy("gql.sequences.types")] | None = to_one(
        "The version to which they go over.", key=lambda run: run.sequence_version_id, batch=sequence_version_by_id
    )
    is_type_of = shows(domain.EnrollmentRun)


NODE_BATCHES["EnrollmentRun"] = enrollment_run_by_id


@strawberry.type
class MoveQueries:
    """The part of `Query` that looks ahead to a publication."""

    @strawberry.field(
        description="What would become of leads that are on their way if the sequence's draft were published now; null for no sequence."
    )
    def sequence_publish_preview(
        self,
        info: Info,
        sequence_id: Annotated[strawberry.ID, strawberry.argument(description="The sequence.")],
        running_enrollments: Annotated[
            RunningEnrollments, strawberry.argument(description="What is to become of them.")
        ] = RunningEnrollments.PIN,
    ) -> EnrollmentMoves | None:
        """Count the moves."""
        id = decode_kind("Sequence", sequence_id)
        return info.context.loaders.load(previewed_moves, id, running_enrollments)  # pyright: ignore[reportReturnType] -- a future of it
