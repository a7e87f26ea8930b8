"""Mutations of scoring models."""

from __future__ import annotations

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from domain import scoring_rules as domain
from domain.refusals import Refusal, Refused
from gql.context import Info
from gql.ids import decode_kind
from gql.mutations import MutationInput, MutationPayload, VersionedInput, run
from gql.refusals import (
    AlreadyExists,
    IdempotencyKeyReused,
    NotAllowed,
    NotFound,
    ScoringModelNotPublishable,
    ValidationError,
    VersionConflict,
)
from gql.scoring_models.inputs import GradeThresholdsInput, ScoringCategoryInput, to_categories
from gql.scoring_models.types import ScoringModel, ScoringModelVersion
from gql.workspaces.types import Workspace
from usecases.scoring import model_drafts, publish_model
from usecases.scoring.model_drafts import DraftFields

_DRAFT = "The draft as it is now; null when the request was refused."
_ERRORS = "Why it was refused; empty when it was not."
_HIGHEST_CAP = 1_000


def _optional(description: str) -> Any:
    return strawberry.field(default=None, description=description)


def _absent(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


@strawberry.input(description="What `createScoringModel` takes.")
class CreateScoringModelInput(MutationInput):
    """See `usecases.scoring.model_drafts.CreateScoringModel`."""

    name: str = strawberry.field(description="The model's name, 1–100 characters.")
    key: str | None = _optional("The model's key: 1–40 small letters, digits and underscores; null: made of the name. It never changes.")
    description: str | None = _optional("What it is for, at most 1,000 characters.")
    copy_of: strawberry.ID | None = _optional("The version of any model that the draft begins with; null: an empty one.")


@strawberry.input(description="What `createScoringModelDraft` takes.")
class CreateScoringModelDraftInput(MutationInput):
    """See `usecases.scoring.model_drafts`."""

    model_id: strawberry.ID = strawberry.field(description="The model, one of the workspace's own without a draft.")
    copy_of: strawberry.ID | None = _optional("The version of any model that the draft begins with; null: this model's latest.")


@strawberry.input(description="What `updateScoringModel` takes: what is absent is left alone.")
class UpdateScoringModelInput(VersionedInput):
    """See `usecases.scoring.model_drafts`."""

    model_id: strawberry.ID = strawberry.field(description="The model.")
    name: str | None = _absent("The model's name, 1–100 characters.")
    description: str | None = _absent("What it is for, at most 1,000 characters; null: nothing.")


@strawberry.input(description="What `updateScoringModelDraft` takes: what is absent is left alone.")
class UpdateScoringModelDraftInput(VersionedInput):
    """See `usecases.scoring.model_drafts.DraftFields`."""

    draft_id: strawberry.ID = strawberry.field(description="The draft.")
    categories: list[ScoringCategoryInput] | None = _absent("All categories, at most 20. They replace those there were.")
    grades: GradeThresholdsInput | None = _absent("Where the grades begin.")
    cap: int | None = _absent("The highest total, as a rule 100.")


@strawberry.input(description="What `deleteScoringModelDraft` takes.")
class DeleteScoringModelDraftInput(VersionedInput):
    """See `usecases.scoring.model_drafts`."""

    draft_id: strawberry.ID = strawberry.field(description="The draft.")


@strawberry.input(description="What `publishScoringModel` takes.")
class PublishScoringModelInput(VersionedInput):
    """See `usecases.scoring.publish_model`."""

    draft_id: strawberry.ID = strawberry.field(description="The draft.")


@strawberry.input(description="What `rollBackScoringModel` takes.")
class RollBackScoringModelInput(VersionedInput):
    """See `usecases.scoring.publish_model`."""

    model_id: strawberry.ID = strawberry.field(description="The model.")
    number: int = strawberry.field(description="The version that shall be published again.")


@strawberry.input(description="What `chooseScoringModel` takes; `expectedVersion` is the workspace's.")
class ChooseScoringModelInput(VersionedInput):
    """See `usecases.scoring.publish_model`."""

    model_id: strawberry.ID = strawberry.field(description="The model, shipped or the workspace's own, with a published version.")


CreateScoringModelError = Annotated[
    ValidationError | AlreadyExists | NotFound | IdempotencyKeyReused,
    strawberry.union("CreateScoringModelError", description="Why a model was not created."),
]
CreateScoringModelDraftError = Annotated[
    NotFound | NotAllowed | AlreadyExists | ValidationError | IdempotencyKeyReused,
    strawberry.union("CreateScoringModelDraftError", description="Why a draft was not started."),
]
UpdateScoringModelError = Annotated[
    NotFound | NotAllowed | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("UpdateScoringModelError", description="Why a model was not changed."),
]
UpdateScoringModelDraftError = Annotated[
    ValidationError | NotFound | NotAllowed | VersionConflict | IdempotencyKeyReused,
    strawberry.union("UpdateScoringModelDraftError", description="Why a draft was not changed."),
]
DeleteScoringModelDraftError = Annotated[
    NotFound | NotAllowed | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("DeleteScoringModelDraftError", description="Why a draft was not deleted."),
]
PublishScoringModelError = Annotated[
    ScoringModelNotPublishable | NotFound | NotAllowed | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("PublishScoringModelError", description="Why a draft was not published."),
]
RollBackScoringModelError = Annotated[
    NotFound | NotAllowed | VersionConflict | ValidationError | IdempotencyKeyReused,
    strawberry.union("RollBackScoringModelError", description="Why an earlier version was not published again."),
]
ChooseScoringModelError = Annotated[
    NotFound | ValidationError | VersionConflict | IdempotencyKeyReused,
    strawberry.union("ChooseScoringModelError", description="Why the workspace did not go over to the model."),
]


@strawberry.type(description="What `createScoringModel` answers.")
class CreateScoringModelPayload(MutationPayload):
    """The draft, or the refusals."""

    draft: ScoringModelVersion | None = _optional("The new model's draft; null when the request was refused.")
    errors: list[CreateScoringModelError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `createScoringModelDraft` answers.")
class CreateScoringModelDraftPayload(MutationPayload):
    """The draft, or the refusals."""

    draft: ScoringModelVersion | None = _optional(_DRAFT)
    errors: list[CreateScoringModelDraftError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateScoringModel` answers.")
class UpdateScoringModelPayload(MutationPayload):
    """The model, or the refusals."""

    model: ScoringModel | None = _optional("The model as it is now; null when the request was refused.")
    errors: list[UpdateScoringModelError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `updateScoringModelDraft` answers.")
class UpdateScoringModelDraftPayload(MutationPayload):
    """The draft, or the refusals."""

    draft: ScoringModelVersion | None = _optional("The draft as it is now, with what is wrong with it; null when the request was refused.")
    errors: list[UpdateScoringModelDraftError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `deleteScoringModelDraft` answers.")
class DeleteScoringModelDraftPayload(MutationPayload):
    """Whether it is gone, or the refusals."""

    deleted: bool = strawberry.field(default=False, description="Whether the draft was deleted.")
    errors: list[DeleteScoringModelDraftError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `publishScoringModel` answers.")
class PublishScoringModelPayload(MutationPayload):
    """The version, or the refusals."""

    published: ScoringModelVersion | None = _optional("The published version; null when the request was refused.")
    errors: list[PublishScoringModelError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `rollBackScoringModel` answers.")
class RollBackScoringModelPayload(MutationPayload):
    """The version, or the refusals."""

    published: ScoringModelVersion | None = _optional("The version that repeats the earlier one; null when the request was refused.")
    errors: list[RollBackScoringModelError] = strawberry.field(description=_ERRORS)


@strawberry.type(description="What `chooseScoringModel` answers.")
class ChooseScoringModelPayload(MutationPayload):
    """The workspace, or the refusals."""

    workspace: Workspace | None = _optional("The workspace as it is now; null when the request was refused.")
    errors: list[ChooseScoringModelError] = strawberry.field(description=_ERRORS)


async def create_scoring_model(info: Info, input: CreateScoringModelInput) -> CreateScoringModelPayload:
    """Create a model."""
    request = model_drafts.CreateScoringModel(
        name=input.name,
        key=input.key,
        description=input.description,
        copy_of=None if input.copy_of is None else decode_kind("ScoringModelVersion", input.copy_of),
    )
    return await run(info, CreateScoringModelPayload, input, lambda call: model_drafts.create_scoring_model(call, request), result="draft")


async def create_scoring_model_draft(info: Info, input: CreateScoringModelDraftInput) -> CreateScoringModelDraftPayload:
    """Start a draft."""
    model_id = decode_kind("ScoringModel", input.model_id)
    copy_of = None if input.copy_of is None else decode_kind("ScoringModelVersion", input.copy_of)
    return await run(
        info,
        CreateScoringModelDraftPayload,
        input,
        lambda call: model_drafts.create_scoring_model_draft(call, model_id, copy_of),
        result="draft",
    )


async def update_scoring_model(info: Info, input: UpdateScoringModelInput) -> UpdateScoringModelPayload:
    """Rename or describe a model."""
    model_id, version = decode_kind("ScoringModel", input.model_id), input.expected_version
    name = None if input.name is UNSET else input.name or ""
    description = None if input.description is UNSET else (input.description,)
    return await run(
        info,
        UpdateScoringModelPayload,
        input,
        lambda call: model_drafts.update_scoring_model(call, model_id, name, description, version),
        result="model",
    )


def _draft_fields(input: UpdateScoringModelDraftInput) -> tuple[DraftFields, list[Refusal]]:
    fields: DraftFields = {}
    refusals: list[Refusal] = []
    if input.categories is not UNSET:
        fields["categories"], found = to_categories(input.categories or ())
        refusals += [refusal.at("categories") for refusal in found]
    if input.grades is not UNSET:
        grades = input.grades
        fields["grades"] = domain.GradeThresholds() if grades is None else domain.GradeThresholds(grades.a, grades.b, grades.c)
    if input.cap is not UNSET:
        # Far beyond 100 is a slip of the hand like any other, and the validation's to name.
        fields["cap"] = max(-_HIGHEST_CAP, min(_HIGHEST_CAP, 100 if input.cap is None else input.cap))
    return fields, refusals


async def update_scoring_model_draft(info: Info, input: UpdateScoringModelDraftInput) -> UpdateScoringModelDraftPayload:
    """Change a draft."""
    draft_id, version = decode_kind("ScoringModelVersion", input.draft_id), input.expected_version
    fields, refusals = _draft_fields(input)

    async def act(call: Any) -> Any:
        if refusals:
            raise Refused(refusals)
        return await model_drafts.update_scoring_model_draft(call, draft_id, fields, version)

    return await run(info, UpdateScoringModelDraftPayload, input, act, result="draft")


async def delete_scoring_model_draft(info: Info, input: DeleteScoringModelDraftInput) -> DeleteScoringModelDraftPayload:
    """Delete a draft."""
    draft_id, version = decode_kind("ScoringModelVersion", input.draft_id), input.expected_version
    return await run(
        info,
        DeleteScoringModelDraftPayload,
        input,
        lambda call: model_drafts.delete_scoring_model_draft(call, draft_id, version),
        result="deleted",
    )


async def publish_scoring_model(info: Info, input: PublishScoringModelInput) -> PublishScoringModelPayload:
    """Publish a draft."""
    draft_id, version = decode_kind("ScoringModelVersion", input.draft_id), input.expected_version
    return await run(
        info,
        PublishScoringModelPayload,
        input,
        lambda call: publish_model.publish_scoring_model(call, draft_id, version),
        result="published",
    )


async def roll_back_scoring_model(info: Info, input: RollBackScoringModelInput) -> RollBackScoringModelPayload:
    """Publish an earlier version again."""
    model_id, version = decode_kind("ScoringModel", input.model_id), input.expected_version
    return await run(
        info,
        RollBackScoringModelPayload,
        input,
        lambda call: publish_model.roll_back_scoring_model(call, model_id, input.number, version),
        result="published",
    )


async def choose_scoring_model(info: Info, input: ChooseScoringModelInput) -> ChooseScoringModelPayload:
    """Choose a model."""
    model_id, version = decode_kind("ScoringModel", input.model_id), input.expected_version
    return await run(
        info,
        ChooseScoringModelPayload,
        input,
        lambda call: publish_model.choose_scoring_model(call, model_id, version),
        result="workspace",
    )


@strawberry.type
class ScoringModelMutations:
    """The part of `Mutation` that is about scoring models."""

    create_scoring_model = strawberry.mutation(
        resolver=create_scoring_model,
        description="Make a scoring model of the workspace's own, blank or as a copy, and draft its first version.",
    )
    create_scoring_model_draft = strawberry.mutation(
        resolver=create_scoring_model_draft, description="Draft the next version of one of the workspace's own scoring models."
    )
    update_scoring_model = strawberry.mutation(resolver=update_scoring_model, description="Rename a scoring model, or describe it.")
    update_scoring_model_draft = strawberry.mutation(
        resolver=update_scoring_model_draft,
        description="Change a draft. It is kept also with errors, which its `validation` names; only publishing needs it to have none.",
    )
    delete_scoring_model_draft = strawberry.mutation(
        resolver=delete_scoring_model_draft, description="Delete a draft, and its model with it if nothing of that was ever published."
    )
    publish_scoring_model = strawberry.mutation(
        resolver=publish_scoring_model,
        description=(
            "Publish a draft as the next version. Where the workspace uses the model, changes are scored by it from now on, and a run "
            "rescores all leads, with the cause MODEL_PUBLISHED in their histories."
        ),
    )
    roll_back_scoring_model = strawberry.mutation(
        resolver=roll_back_scoring_model,
        description="Publish an earlier version again, under the next number; everything else is as with `publishScoringModel`.",
    )
    choose_scoring_model = strawberry.mutation(
        resolver=choose_scoring_model, description="Let the workspace go over to another scoring model, and rescore all leads by it."
    )
