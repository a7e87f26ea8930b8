"""Message templates and their versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Text, Uuid, any_, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY

from domain.message_templates import CurrentMessage, MessageTemplate, MessageTemplateVersion
from persistence.database import Reading
from persistence.lookups import by_id
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.statements import Constant
from persistence.tables import message_template_versions, message_templates
from persistence.writes import adding, locking, saving

message_template_by_id = by_id(message_templates, MessageTemplate)
message_template_version_by_id = by_id(message_template_versions, MessageTemplateVersion)

_templates, _versions = message_templates.c, message_template_versions.c
_version_columns = [_versions[name] for name in columns_of(MessageTemplateVersion)]
_to_version = mapper(MessageTemplateVersion)

all_message_templates: Listing[MessageTemplate, Any] = Listing(
    build=mapper(MessageTemplate),
    columns=[_templates[name] for name in columns_of(MessageTemplate)],
    source=message_templates,
    workspace=_templates.workspace_id,
    id=_templates.id,
    orderings={"NAME": Ordering(func.lower(_templates.name).collate("C"), str)},
    where=lambda archived, _scope: [] if archived else [_templates.archived_at.is_(None)],
)

versions_by_template: Listing[MessageTemplateVersion, Any] = Listing(
    build=_to_version,
    columns=_version_columns,
    source=message_template_versions,
    workspace=_versions.workspace_id,
    id=_versions.id,
    orderings={"NUMBER": Ordering(_versions.number, int)},
    parent=_versions.template_id,
)

add_message_templates = adding(message_templates, MessageTemplate)
message_template_for_update = locking(message_templates, MessageTemplate, key_share=True)
save_message_templates = saving(message_templates, MessageTemplate)
add_message_template_versions = adding(message_template_versions, MessageTemplateVersion)

_ids = any_(bindparam("ids", type_=ARRAY(Uuid)))
_CURRENT = Constant(
    select(*_version_columns)
    .join(
        message_templates,
        (_templates.workspace_id == _versions.workspace_id)
        & (_templates.id == _versions.template_id)
        & (_templates.current_version == _versions.number),
    )
    .where(_versions.workspace_id == bindparam("workspace_id"), _versions.template_id == _ids)
)


async def current_version_by_template(db: Reading, template_ids: Sequence[UUID]) -> Mapping[UUID, MessageTemplateVersion]:
    """Read the newest words of each template."""
    rows = await db.fetch(_CURRENT, ids=list(template_ids))
    return {row["template_id"]: _to_version(row) for row in rows}


async def current_message_by_template(db: Reading, template_ids: Sequence[UUID]) -> Mapping[UUID, CurrentMessage]:
    """Read templates with their newest words."""
    templates = await message_template_by_id(db, template_ids)
    versions = await current_version_by_template(db, template_ids)
    return {id: CurrentMessage(template, versions[id]) for id, template in templates.items() if id in versions}


_BY_NAMES = Constant(
    select(*(_templates[name] for name in columns_of(MessageTemplate))).where(
        _templates.workspace_id == bindparam("workspace_id"),
        func.lower(_templates.name) == any_(bindparam("names", type_=ARRAY(Text))),
    )
)
_to_template = mapper(MessageTemplate)


async def message_templates_by_name(db: Reading, names: Sequence[str]) -> Mapping[str, MessageTemplate]:
    """Find templates by name, without regard to case, archived ones too; the keys are in lower case."""
    rows = await db.fetch(_BY_NAMES, names=[name.lower() for name in names])
    return {template.name.lower(): template for template in map(_to_template, rows)}
