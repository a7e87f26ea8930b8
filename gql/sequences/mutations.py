"""Mutations of sequences: create, change, publish, archive."""

from __future__ import annotations

from typing import Annotated, Any, cast

import strawberry
from strawberry import UNSET

from domain.sequences import SequenceFields
from gql.context import Info
from gql.enrollments.enums import RunningEnrollments
from gql.enrollments.moves import EnrollmentMoves
from gql.ids import decode_kind
from gql.leads.inputs import optional
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import AlreadyExists, IdempotencyKeyReused, NotFound, ValidationError, VersionConflict
from gql.sequences.enums import SequenceType
from gql.sequences.inputs import SequenceStepInput
from gql.sequences.plan_inputs import SequenceEntryConditionsInput, SequenceExitCriteriaInput, SequenceTriggerInput, plan_fields
from gql.sequences.plans import SequenceNotPublishable
from gql.sequences.types import Sequence, SequenceVersion
from usecases.sequences import create_sequence as creating
from usecases.sequences import publish_sequence as publishing
from usecases.sequences import update_sequence as updating
from usecases.verbs import Call

_SEQUENCE = "The sequence as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_NAME = "Its name, 1–100 characters, unique in the workspace without regard to case."
_STEPS = "The steps, at most 200 when it is published; an enrollment begins at the first."


@strawberry.input(description="What `createSequence` takes.")
class CreateSequenceInput(MutationInput):
    """See `usecases.sequences.create_sequence.CreateSequence`."""

    from_template: SequenceType | None = strawberry.field(
        default=None, description="Copy the shipped sequence for such leads, with its messages; what else is given replaces its parts."
    )
    name: str | None = optional(f"{_NAME} Needed without `fromTemplate`.")
    type: SequenceType | None = optional("For whom it is meant. Needed without `fromTemplate`.")
    description: str | None = optional("What it does, for people. At most 1,000 characters.")
    steps: list[SequenceStepInput] | None = optional(_STEPS)
    triggers: list[SequenceTriggerInput] | None = optional("What enrolls leads by itself; at most 20.")
    exit_criteria: SequenceExitCriteriaInput | None = optional("What ends enrollments by itself.")
    entry: SequenceEntryConditionsInput | None = optional("Who may be enrolled.")


@strawberry.input(description="What `updateSequence` takes: what is absent is left alone. Changed parts of the plan become its draft.")
class UpdateSequenceInput(VersionedInput):
    """See `usecases.sequences.update_sequence.UpdateSequence`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence.")
    name: str | None = optional(_NAME)
    type: SequenceType | None = optional("For whom it is meant.")
    description: str | None = optional("What it does, for people; null: nothing. At most 1,000 characters.")
    steps: list[SequenceStepInput] | None = optional(f"All steps anew. {_STEPS}")
    triggers: list[SequenceTriggerInput] | None = optional("All triggers anew; at most 20.")
    exit_criteria: SequenceExitCriteriaInput | None = optional("What ends enrollments by itself, anew.")
    entry: SequenceEntryConditionsInput | None = optional("Who may be enrolled, anew.")


@strawberry.input(description="What `publishSequence` takes.")
class PublishSequenceInput(VersionedInput):
    """See `usecases.sequences.publish_sequence`."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence.")
    running_enrollments: RunningEnrollments = strawberry.field(
        default=RunningEnrollments.PIN, description="What is to become of leads that are on their way."
    )


@strawberry.input(description="What `discardSequenceDraft` takes.")
class DiscardSequenceDraftInput(VersionedInput):
    """A sequence, and the version that the caller knows."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence.")


@strawberry.input(description="What `archiveSequence` takes.")
class ArchiveSequenceInput(VersionedInput):
    """A sequence, and the version that the caller knows."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence.")


@strawberry.input(description="What `unarchiveSequence` takes.")
class UnarchiveSequenceInput(VersionedInput):
    """A sequence, and the version that the caller knows."""

    sequence_id: strawberry.ID = strawberry.field(description="The sequence.")


CreateSequenceError = Annotated[
    ValidationError | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("CreateSequenceError", description="Why a sequence was not created."),
]
UpdateSequenceError = Annotated[
    ValidationError | NotFound | VersionConflict | AlreadyExists | IdempotencyKeyReused,
    strawberry.union("UpdateSequenceError", description="Why a sequence was not changed."),
]
PublishSequenceError = Annotated[
    SequenceNotPublishable | ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("PublishSequenceError", description="Why a sequence was not published."),
]
DiscardSequenceDraftError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("DiscardSequenceDraftError", description="Why a draft was not discarded."),
]
ArchiveSequenceError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("ArchiveSequenceError", description="Why a sequence was not archived."),
]
UnarchiveSequenceError = Annotated[
    ValidationError | NotFound | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UnarchiveSequenceError", description="Why a sequence was not taken back into use."),
]


@strawberry.type(description="What `createSequence` answers.")
class CreateSequencePayload(MutationPayload):
    """The new sequence, or the refusals."""

    sequence: Sequence | None = strawberry.field(default=None, description="The new sequence, a draft; null when it was refused.")
    errors: list[CreateSequenceError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateSequence` answers.")
class UpdateSequencePayload(MutationPayload):
    """The sequence, or the refusals."""

    sequence: Sequence | None = strawberry.field(default=None, description=_SEQUENCE)
    errors: list[UpdateSequenceError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `publishSequence` answers.")
class PublishSequencePayload(MutationPayload):
    """The sequence and its version, or the refusals."""

    sequence: Sequence | None = strawberry.field(default=None, description=_SEQUENCE)
    sequence_version: SequenceVersion | None = strawberry.field(
        default=None, description="The version that is published now; without a draft, the one that was."
    )
    enrollments: EnrollmentMoves | None = strawberry.field(
        default=None,
        description="What becomes of leads that are on their way, counted at the publication; null when nothing was published. Those that "
        "move do so behind the scenes: `sequenceVersion.enrollmentRun` says how far that is.",
    )
    errors: list[PublishSequenceError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `discardSequenceDraft` answers.")
class DiscardSequenceDraftPayload(MutationPayload):
    """The sequence, or the refusals."""

    sequence: Sequence | None = strawberry.field(default=None, description=_SEQUENCE)
    errors: list[DiscardSequenceDraftError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `archiveSequence` answers.")
class ArchiveSequencePayload(MutationPayload):
    """The sequence, or the refusals."""

    sequence: Sequence | None = strawberry.field(default=None, description=_SEQUENCE)
    errors: list[ArchiveSequenceError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `unarchiveSequence` answers.")
class UnarchiveSequencePayload(MutationPayload):
    """The sequence, or the refusals."""

    sequence: Sequence | None = strawberry.field(default=None, description=_SEQUENCE)
    errors: list[UnarchiveSequenceError] = strawberry.field(description=_ERRORS)


def _fields(input: Any) -> SequenceFields:
    given = {name: value for name in SequenceFields.__annotations__ if (value := getattr(input, name)) is not UNSET}
    return cast(SequenceFields, given)


async def create_sequence(info: Info, input: CreateSequenceInput) -> CreateSequencePayload:
    """Create a sequence."""
    plan, problems = plan_fields(input)
    request = creating.CreateSequence(fields=_fields(input), plan=plan, from_template=input.from_template, unreadable=problems)
    return await run(info, CreateSequencePayload, input, lambda call: creating.create_sequence(call, request), result="sequence")


async def update_sequence(info: Info, input: UpdateSequenceInput) -> UpdateSequencePayload:
    """Change a sequence."""
    plan, problems = plan_fields(input)
    request = updating.UpdateSequence(
        sequence_id=decode_kind("Sequence", input.sequence_id),
        fields=_fields(input),
        plan=plan,
        expected_version=input.expected_version,
        unreadable=problems,
    )
    return await run(info, UpdateSequencePayload, input, lambda call: updating.update_sequence(call, request), result="sequence")


async def publish_sequence(info: Info, input: PublishSequenceInput) -> PublishSequencePayload:
    """Publish a sequence."""
    id, running = decode_kind("Sequence", input.sequence_id), input.running_enrollments

    async def act(call: Call) -> Any:
        return (await publishing.publish_sequence(call, id, running, input.expected_version)).parts

    return await run(info, PublishSequencePayload, input, act)


async def discard_sequence_draft(info: Info, input: DiscardSequenceDraftInput) -> DiscardSequenceDraftPayload:
    """Go back to what is published."""
    id, version = decode_kind("Sequence", input.sequence_id), input.expected_version
    return await run(
        info, DiscardSequenceDraftPayload, input, lambda call: updating.discard_sequence_draft(call, id, version), result="sequence"
    )


async def archive_sequence(info: Info, input: ArchiveSequenceInput) -> ArchiveSequencePayload:
    """Let a sequence take no more leads."""
    id, version = decode_kind("Sequence", input.sequence_id), input.expected_version
    return await run(info, ArchiveSequencePayload, input, lambda call: updating.archive_sequence(call, id, version), result="sequence")


async def unarchive_sequence(info: Info, input: UnarchiveSequenceInput) -> UnarchiveSequencePayload:
    """Let a sequence take leads again."""
    id, version = decode_kind("Sequence", input.sequence_id), input.expected_version
    return await run(info, UnarchiveSequencePayload, input, lambda call: updating.unarchive_sequence(call, id, version), result="sequence")


@strawberry.type
class SequenceMutations:
    """The part of `Mutation` that changes sequences."""

    create_sequence = strawberry.mutation(
        resolver=create_sequence, description="Create a sequence as a draft, from nothing or from a shipped one."
    )
    update_sequence = strawberry.mutation(
        resolver=update_sequence, description="Change a sequence or its draft; what is published stays as it is."
    )
    publish_sequence = strawberry.mutation(
        resolver=publish_sequence, description="Make a sequence's draft its next version, by which leads are enrolled from then on."
    )
    discard_sequence_draft = strawberry.mutation(
        resolver=discard_sequence_draft, description="Throw a sequence's draft away and go back to what is published."
    )
    archive_sequence = strawberry.mutation(resolver=archive_sequence, description="Let a sequence take no more leads; those in it go on.")
    unarchive_sequence = strawberry.mutation(resolver=unarchive_sequence, description="Let an archived sequence take leads again.")
