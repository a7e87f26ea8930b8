"""Who sends a message template: sequences by their drafts and by what they have published, and the versions that ever did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Uuid, and_, cast, column, func, select, true, union_all

from domain.sequences import Sequence, SequenceVersion
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.tables import sequence_versions, sequences

_published = sequence_versions.join(
    sequences,
    and_(
        sequences.c.workspace_id == sequence_versions.c.workspace_id,
        sequences.c.id == sequence_versions.c.sequence_id,
        sequences.c.published_version == sequence_versions.c.number,
    ),
)
_plans = union_all(
    select(sequences.c.workspace_id, sequences.c.id.label("sequence_id"), sequences.c.draft.label("plan")).where(
        sequences.c.draft.is_not(None)
    ),
    select(sequence_versions.c.workspace_id, sequence_versions.c.sequence_id, sequence_versions.c.plan).select_from(_published),
).subquery("plans")


def _steps(plan: ColumnElement[Any]) -> Any:
    # A workspace has a few dozen sequences: looking through their steps costs less than keeping a table of them in step.
    return func.jsonb_array_elements(plan["steps"]).table_valued(column("value", sequences.c.draft.type), name="steps").render_derived()


_steps_of_plans = _steps(_plans.c.plan)
_uses = (
    select(_plans.c.workspace_id, _plans.c.sequence_id, cast(_steps_of_plans.c.value["template_id"].astext, Uuid).label("template_id"))
    .select_from(_plans.join(_steps_of_plans, true()))
    .where(_steps_of_plans.c.value.has_key("template_id"))
    .distinct()
    .subquery("uses")
)

sequences_by_template: Listing[Sequence, Any] = Listing(
    build=mapper(Sequence),
    columns=[sequences.c[name] for name in columns_of(Sequence)],
    source=_uses.join(sequences, and_(sequences.c.workspace_id == _uses.c.workspace_id, sequences.c.id == _uses.c.sequence_id)),
    workspace=sequences.c.workspace_id,
    id=sequences.c.id,
    orderings={"NAME": Ordering(func.lower(sequences.c.name).collate("C"), str)},
    parent=_uses.c.template_id,
)


def _versions_by(name: str) -> Listing[SequenceVersion, Any]:
    steps = _steps(sequence_versions.c.plan)
    named = cast(steps.c.value[name].astext, Uuid).label("named")
    uses = (
        select(sequence_versions.c.workspace_id, sequence_versions.c.id, named)
        .select_from(sequence_versions.join(steps, true()))
        .where(steps.c.value.has_key(name))
        .distinct()
        .subquery("uses")
    )
    return Listing(
        build=mapper(SequenceVersion),
        columns=[sequence_versions.c[column] for column in columns_of(SequenceVersion)],
        source=uses.join(
            sequence_versions, and_(sequence_versions.c.workspace_id == uses.c.workspace_id, sequence_versions.c.id == uses.c.id)
        ),
        workspace=sequence_versions.c.workspace_id,
        id=sequence_versions.c.id,
        orderings={"PUBLISHED_AT": Ordering(sequence_versions.c.published_at, datetime)},
        parent=uses.c.named,
    )


sequence_versions_by_template = _versions_by("template_id")
sequence_versions_by_words = _versions_by("template_version_id")
