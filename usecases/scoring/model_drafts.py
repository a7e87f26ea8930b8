"""Create, change and delete drafts of scoring models; the versions that are published stay as they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict
from uuid import UUID

from domain.model_definitions import ModelDefinition, definition_to_json
from domain.model_versions import MOST_MODELS, ModelSeries, ModelVersion, shipped_model_id
from domain.refusals import AlreadyExists, NotAllowed, Refusal, Refused, ValidationFailed, not_found
from domain.scoring_models import MODELS
from domain.scoring_rules import Category, GradeThresholds
from domain.texts import optional_text
from persistence import scoring_models
from persistence.locks import lock_names
from usecases.verbs import Work, new_id, verb
from usecases.versions import version_problem

MAX_NAME = 100
MAX_DESCRIPTION = 1_000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateScoringModel:
    """What is asked for. `key` None: it is made of the name. `copy_of` None: the draft is blank."""

    name: str
    key: str | None = None
    description: str | None = None
    copy_of: UUID | None = None


class DraftFields(TypedDict, total=False):
    """What an update of a draft writes. A key that is absent leaves the value alone."""

    categories: tuple[Category, ...]
    grades: GradeThresholds
    cap: int


@verb
async def create_scoring_model(work: Work, request: CreateScoringModel) -> ModelVersion:
    """Make a model of the workspace's own, with its first draft. Raises Refused: ValidationFailed, AlreadyExists, NotFound."""
    name, description, refusals = _checked_texts(request.name, request.description)
    key = request.key or _key_of(name or "")
    if not _KEY.fullmatch(key):
        message = "A key has 1–40 small letters, digits and underscores, beginning with a letter; none could be made of the name."
        refusals.append(ValidationFailed(message=message, path=("key",)))
    # Two at once must not both find the key free, nor the last place.
    await lock_names(work.tx, [("scoring model", key), ("scoring models",)])
    if key in MODELS or (key and await scoring_models.model_by_key(work.tx, [key])):
        refusals.append(AlreadyExists(message="Another model of the workspace has this key.", path=("key",)))
    if await scoring_models.count_own_models(work.tx) >= MOST_MODELS:
        refusals.append(ValidationFailed(message=f"A workspace has at most {MOST_MODELS} models of its own."))
    content = await _content(work, request.copy_of, refusals)
    if refusals:
        raise Refused(refusals)
    model = ModelSeries(
        id=new_id(),
        version=1,
        key=key,
        name=name or "",
        description=description,
        published_number=None,
        created_at=work.at,
        updated_at=work.at,
    )
    draft = new_version(work, model, content)
    await scoring_models.add_models(work.tx, [model])
    await scoring_models.add_versions(work.tx, [draft])
    return draft


@verb
async def create_scoring_model_draft(work: Work, model_id: UUID, copy_of: UUID | None) -> ModelVersion:
    """Start the draft of a model's next version, as a copy of any version, by itself of the model's latest.

    Raises Refused: NotFound, NotAllowed, AlreadyExists.
    """
    refusals: list[Refusal] = []
    model = await locked_model(work, model_id, refusals)
    if model is not None and await scoring_models.draft_by_model(work.tx, [model.id]):
        refusals.append(AlreadyExists(message="The model has a draft already.", path=("model_id",)))
    if copy_of is None:
        latest = (await scoring_models.published_by_model(work.tx, [model_id])).get(model_id)
        copy_of = latest.id if latest is not None else None
    content = await _content(work, copy_of, refusals)
    if refusals or model is None:
        raise Refused(refusals)
    draft = new_version(work, model, content)
    await scoring_models.add_versions(work.tx, [draft])
    return draft


@verb
async def update_scoring_model_draft(work: Work, draft_id: UUID, fields: DraftFields, expected_version: int | None) -> ModelVersion:
    """Change a draft; it may have errors as long as it is a draft. Raises Refused: NotFound, NotAllowed, VersionConflict."""
    draft = await locked_draft(work, draft_id, expected_version)
    content = replace(draft.content, **fields)
    if content == draft.content:
        return draft
    changed = replace(draft, definition=definition_to_json(content), version=draft.version + 1, updated_at=work.at)
    await scoring_models.save_versions(work.tx, [changed])
    return changed


@verb
async def delete_scoring_model_draft(work: Work, draft_id: UUID, expected_version: int | None) -> bool:
    """Delete a draft, and its model if nothing of it was ever published. Raises Refused: NotFound, NotAllowed, VersionConflict."""
    draft = await locked_draft(work, draft_id, expected_version)
    # A model of which nothing was published takes its draft along.
    if not await scoring_models.delete_unpublished_model(work.tx, draft.model_id):
        await scoring_models.delete_draft(work.tx, draft.id)
    return True


@verb
async def update_scoring_model(
    work: Work, model_id: UUID, name: str | None, description: tuple[str | None] | None, expected_version: int | None
) -> ModelSeries:
    """Rename a model, or describe it; None leaves either alone. Raises Refused: NotFound, NotAllowed, VersionConflict, ValidationFailed."""
    refusals: list[Refusal] = []
    model = await locked_model(work, model_id, refusals)
    if model is None:
        raise Refused(refusals)
    clean, text, problems = _checked_texts(
        model.name if name is None else name, model.description if description is None else description[0]
    )
    refusals += [*version_problem(model.version, expected_version, "model"), *problems]
    if refusals:
        raise Refused(refusals)
    changed = replace(model, name=clean or "", description=text)
    if changed == model:
        return model
    changed = replace(changed, version=model.version + 1, updated_at=work.at)
    await scoring_models.save_models(work.tx, [changed])
    return changed


def new_version(work: Work, model: ModelSeries, content: ModelDefinition) -> ModelVersion:
    """Make a draft of a model."""
    return ModelVersion(
        id=new_id(),
        model_id=model.id,
        version=1,
        number=None,
        definition=definition_to_json(content),
        restored_number=None,
        created_at=work.at,
        updated_at=work.at,
        published_at=None,
        published_by_kind=None,
        published_by_id=None,
    )


async def locked_model(work: Work, id: UUID, refusals: list[Refusal]) -> ModelSeries | None:
    """Lock a model of the workspace's own; None, and a refusal more, when it is shipped or unknown."""
    found = await scoring_models.model_for_update(work.tx, [id])
    if id not in found:
        refusals.append(
            NotAllowed(message="This model comes with the product; copy it to change it.", path=("model_id",))
            if id in [shipped_model_id(work.viewer.workspace_id, key) for key in MODELS]
            else not_found("ScoringModel", "model_id")
        )
    return found.get(id)


async def locked_draft(work: Work, id: UUID, expected_version: int | None) -> ModelVersion:
    """Lock a draft. Raises Refused: NotFound, NotAllowed for what is published, VersionConflict."""
    known = await scoring_models.version_by_id(work.tx, [id])
    if id not in known:
        raise Refused.because(not_found("ScoringModelVersion", "draft_id"))
    # The model first, as everywhere: publishing locks both.
    await scoring_models.model_for_update(work.tx, [known[id].model_id])
    draft = (await scoring_models.version_for_update(work.tx, [id])).get(id)
    if known[id].number is not None or (draft is not None and draft.number is not None):
        raise Refused.because(NotAllowed(message="A published version never changes; draft the next one.", path=("draft_id",)))
    if draft is None:
        raise Refused.because(not_found("ScoringModelVersion", "draft_id"))
    if problem := version_problem(draft.version, expected_version, "draft"):
        raise Refused(problem)
    return draft


async def _content(work: Work, copy_of: UUID | None, refusals: list[Refusal]) -> ModelDefinition:
    if copy_of is None:
        return ModelDefinition()
    found = await scoring_models.version_by_id(work.tx, [copy_of])
    if copy_of not in found:
        refusals.append(not_found("ScoringModelVersion", "copy_of"))
        return ModelDefinition()
    return found[copy_of].content


def _checked_texts(name: str, description: str | None) -> tuple[str | None, str | None, list[Refusal]]:
    clean, problems = optional_text(name, MAX_NAME, "name")
    refusals: list[Refusal] = [*problems]
    if clean is None and not problems:
        refusals.append(ValidationFailed(message="A model has a name.", path=("name",)))
    text, more = optional_text(description, MAX_DESCRIPTION, "description")
    return clean, text, [*refusals, *more]


def _key_of(name: str) -> str:
    words: Sequence[str] = re.findall(r"[a-z0-9]+", name.lower())
    return "_".join(words)[:40].strip("_")
