"""Scoring models and their versions: those of the workspace in its tables, the shipped ones beside them out of the code."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    Table,
    Text,
    Uuid,
    any_,
    bindparam,
    delete,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, distinct_on

from domain.access import ActorKind
from domain.model_definitions import definition_from_json
from domain.model_versions import ModelSeries, ModelVersion
from domain.scoring_models import MODELS
from domain.scoring_rules import ScoringModel
from domain.workspaces import Workspace
from persistence.database import Reading, Writing
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import scoring_model_versions, scoring_models, workspaces
from persistence.workspaces import own_workspace, own_workspace_for_key_share
from persistence.writes import adding, locking, saving


def _digest(*parts: str) -> ColumnElement[UUID]:
    """Make the ids that `domain.model_versions` makes of shipped models."""
    name = sql_cast(workspaces.c.workspace_id, Text())
    for part in parts:
        name = name + literal(f":{part}", Text())
    return sql_cast(func.md5(name), Uuid())


def _shipped_model(key: str, model: ScoringModel) -> Select[*tuple[Any, ...]]:
    return select(
        workspaces.c.workspace_id,
        _digest(key).label("id"),
        literal(1, Integer()).label("version"),
        literal(key, Text()).label("key"),
        literal(model.name, Text()).label("name"),
        sql_cast(null(), Text()).label("description"),
        literal(model.version, Integer()).label("published_number"),
        workspaces.c.created_at,
        workspaces.c.created_at.label("updated_at"),
    )


def _shipped_version(key: str, model: ScoringModel) -> Select[*tuple[Any, ...]]:
    return select(
        workspaces.c.workspace_id,
        _digest(key, str(model.version)).label("id"),
        _digest(key).label("model_id"),
        literal(1, Integer()).label("version"),
        literal(model.version, Integer()).label("number"),
        literal(key, JSONB()).label("definition"),
        sql_cast(null(), Integer()).label("restored_number"),
        workspaces.c.created_at,
        workspaces.c.created_at.label("updated_at"),
        workspaces.c.created_at.label("published_at"),
        literal(ActorKind.SYSTEM.value, Text()).label("published_by_kind"),
        sql_cast(null(), Uuid()).label("published_by_id"),
    )


def _with_shipped(table: Table, noun: type[Any], shipped: Sequence[Select[*tuple[Any, ...]]], name: str) -> Subquery:
    own = select(table.c.workspace_id, *(table.c[column] for column in columns_of(noun)))
    return union_all(own, *shipped).subquery(name)


_SERIES = _with_shipped(scoring_models, ModelSeries, [_shipped_model(*each) for each in MODELS.items()], "models")
_VERSIONS = _with_shipped(scoring_model_versions, ModelVersion, [_shipped_version(*each) for each in MODELS.items()], "versions")

# Published versions under the names by which scores know them.
NAMED_VERSIONS = (
    select(_VERSIONS.c.workspace_id, _VERSIONS.c.id, _SERIES.c.key, _VERSIONS.c.number)
    .join(_SERIES, (_SERIES.c.workspace_id == _VERSIONS.c.workspace_id) & (_SERIES.c.id == _VERSIONS.c.model_id))
    .where(_VERSIONS.c.number.is_not(None))
    .subquery("named")
)

model_by_id = by_id(cast(Table, _SERIES), ModelSeries)
version_by_id = by_id(cast(Table, _VERSIONS), ModelVersion)

all_models: Listing[ModelSeries, Any] = Listing(
    build=mapper(ModelSeries),
    columns=[_SERIES.c[name] for name in columns_of(ModelSeries)],
    source=_SERIES,
    workspace=_SERIES.c.workspace_id,
    id=_SERIES.c.id,
    orderings={"NAME": Ordering(func.lower(_SERIES.c.name).collate("C"), str)},
)
published_versions_by_model: Listing[ModelVersion, Any] = Listing(
    build=mapper(ModelVersion),
    columns=[_VERSIONS.c[name] for name in columns_of(ModelVersion)],
    source=_VERSIONS,
    workspace=_VERSIONS.c.workspace_id,
    id=_VERSIONS.c.id,
    orderings={"NUMBER": Ordering(_VERSIONS.c.number, int)},
    where=lambda _filter, _scope: [_VERSIONS.c.number.is_not(None)],
    parent=_VERSIONS.c.model_id,
)

_to_series, _to_version = mapper(ModelSeries), mapper(ModelVersion)
_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
_series = select(*(_SERIES.c[name] for name in columns_of(ModelSeries))).where(_SERIES.c.workspace_id == bindparam("workspace_id"))
_versions = select(*(_VERSIONS.c[name] for name in columns_of(ModelVersion))).where(_VERSIONS.c.workspace_id == bindparam("workspace_id"))
_BY_KEY = Constant(_series.where(_SERIES.c.key == any_(bindparam("keys", type_=ARRAY(Text)))))
_DRAFTS = Constant(_versions.where(_VERSIONS.c.model_id == _ids, _VERSIONS.c.number.is_(None)))
_LATEST = Constant(
    _versions.where(_VERSIONS.c.model_id == _ids, _VERSIONS.c.number.is_not(None))
    .ext(distinct_on(_VERSIONS.c.model_id))
    .order_by(_VERSIONS.c.model_id, _VERSIONS.c.number.desc())
)
_BY_NUMBER = Constant(
    _versions.add_columns(_SERIES.c.key.label("_key"))
    .select_from(
        _VERSIONS.join(_SERIES, (_SERIES.c.workspace_id == _VERSIONS.c.workspace_id) & (_SERIES.c.id == _VERSIONS.c.model_id)),
    )
    .where(
        _SERIES.c.key == any_(bindparam("keys", type_=ARRAY(Text))), _VERSIONS.c.number == any_(bindparam("numbers", type_=ARRAY(Integer)))
    )
)


async def model_by_key(db: Reading, keys: Sequence[str]) -> Mapping[str, ModelSeries]:
    """Read models by their keys."""
    return {row["key"]: _to_series(row) for row in await db.fetch(_BY_KEY, keys=list(keys))}


async def draft_by_model(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, ModelVersion]:
    """Read the models' drafts."""
    return {row["model_id"]: _to_version(row) for row in await db.fetch(_DRAFTS, ids=list(ids))}


async def published_by_model(db: Reading, ids: Sequence[UUID]) -> Mapping[UUID, ModelVersion]:
    """Read the version of each model that was published last."""
    return {row["model_id"]: _to_version(row) for row in await db.fetch(_LATEST, ids=list(ids))}


async def version_by_number(db: Reading, names: Sequence[tuple[str, int]]) -> Mapping[tuple[str, int], ModelVersion]:
    """Read versions by their model's key and their number."""
    rows = await db.fetch(_BY_NUMBER, keys=sorted({key for key, _ in names}), numbers=sorted({number for _, number in names}))
    return {(row["_key"], row["number"]): _to_version(row) for row in rows}


add_models = adding(scoring_models, ModelSeries)
model_for_update = locking(scoring_models, ModelSeries)
save_models = saving(scoring_models, ModelSeries)
add_versions = adding(scoring_model_versions, ModelVersion)
version_for_update = locking(scoring_model_versions, ModelVersion)
save_versions = saving(scoring_model_versions, ModelVersion)

_COUNT = Constant(select(func.count()).select_from(scoring_models).where(scoring_models.c.workspace_id == bindparam("workspace_id")))
_DROP_DRAFT = Constant(
    delete(scoring_model_versions).where(
        scoring_model_versions.c.workspace_id == bindparam("workspace_id"),
        scoring_model_versions.c.id == bindparam("version_id"),
        scoring_model_versions.c.number.is_(None),
    )
)
_DROP_MODEL = Constant(
    delete(scoring_models).where(
        scoring_models.c.workspace_id == bindparam("workspace_id"),
        scoring_models.c.id == bindparam("model_id"),
        scoring_models.c.published_number.is_(None),
    )
)


async def count_own_models(db: Reading) -> int:
    """Count the models that the workspace made itself."""
    return await db.fetch_value(_COUNT)


async def delete_draft(tx: Writing, version_id: UUID) -> None:
    """Delete a draft; what is published stays."""
    await tx.execute(_DROP_DRAFT, version_id=version_id)


async def delete_unpublished_model(tx: Writing, model_id: UUID) -> bool:
    """Delete a model, with its draft, if nothing of it was ever published; tell whether it was."""
    return await tx.execute(_DROP_MODEL, model_id=model_id) > 0


_READ = Constant(
    select(scoring_model_versions.c.definition, scoring_model_versions.c.number, scoring_models.c.key, scoring_models.c.name)
    .select_from(
        scoring_model_versions.join(
            scoring_models,
            (scoring_models.c.workspace_id == scoring_model_versions.c.workspace_id)
            & (scoring_models.c.id == scoring_model_versions.c.model_id),
        )
    )
    .where(scoring_model_versions.c.workspace_id == bindparam("workspace_id"), scoring_model_versions.c.id == bindparam("version_id"))
)

# By the version's id and nothing that can be given twice: what a transaction published that was rolled back is never mistaken for another.
_parsed: OrderedDict[UUID, ScoringModel] = OrderedDict()
_MOST_PARSED = 500


async def current_model(db: Reading) -> ScoringModel:
    """Return the scoring model that the workspace uses; a version that this process meets for the first time takes a second statement."""
    return await model_of(db, await own_workspace(db))


async def current_model_kept(tx: Writing) -> ScoringModel:
    """Return the scoring model that the workspace uses, and keep it from going over to another until the transaction ends.

    Whoever makes leads reads it so: the run that rescores all leads then sees every lead that was scored by the model before.
    """
    return await model_of(tx, await own_workspace_for_key_share(tx))


async def model_of(db: Reading, workspace: Workspace) -> ScoringModel:
    """Return the scoring model that the scope's own workspace, as it was read, uses."""
    id = workspace.scoring_version_id
    if id is None:
        return MODELS[workspace.scoring_model]
    model = _parsed.get(id)
    if model is None:
        row = await db.fetch_one(_READ, version_id=id)
        if row is None:
            raise LookupError("no such version of a scoring model")
        model = definition_from_json(row["definition"]).model(row["key"], row["number"], row["name"])
        _parsed[id] = model
        if len(_parsed) > _MOST_PARSED:
            _parsed.popitem(last=False)
    return model
