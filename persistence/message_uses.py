"""Which sequences send a message template: by their drafts, and by what they have published."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Uuid, and_, cast, column, func, select, true, union_all

from domain.sequences import Sequence
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
# A workspace has a few dozen sequences: looking through their steps costs less than keeping a table of them in step.
_steps = (
    func.jsonb_array_elements(_plans.c.plan["steps"]).table_valued(column("value", sequences.c.draft.type), name="steps").render_derived()
)
_uses = (
    select(_plans.c.workspace_id, _plans.c.sequence_id, cast(_steps.c.value["template_id"].astext, Uuid).label("template_id"))
    .select_from(_plans.join(_steps, true()))
    .where(_steps.c.value.has_key("template_id"))
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
