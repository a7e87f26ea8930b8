"""What a version of a scoring model did: the leads whose score it made, and every change of a score that it was behind."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table

from domain.leads import ScoreEntry
from persistence.lead_conditions import visible_lead
from persistence.lead_lists import LeadListing
from persistence.paging import Listing, Ordering
from persistence.rows import columns_of, mapper
from persistence.scoring_models import NAMED_VERSIONS
from persistence.tables import lead_scores, leads, score_entries


def _made(scores: Table) -> ColumnElement[bool]:
    return (
        (NAMED_VERSIONS.c.workspace_id == scores.c.workspace_id)
        & (NAMED_VERSIONS.c.key == scores.c.model_key)
        & (NAMED_VERSIONS.c.number == scores.c.model_version)
    )


leads_by_scoring_version = LeadListing(
    NAMED_VERSIONS.c.id,
    leads.join(lead_scores, (lead_scores.c.workspace_id == leads.c.workspace_id) & (lead_scores.c.lead_id == leads.c.id)).join(
        NAMED_VERSIONS, _made(lead_scores)
    ),
)
score_entries_by_version: Listing[ScoreEntry, Any] = Listing(
    build=mapper(ScoreEntry),
    columns=[score_entries.c[name] for name in columns_of(ScoreEntry)],
    source=score_entries.join(NAMED_VERSIONS, _made(score_entries)),
    workspace=score_entries.c.workspace_id,
    id=score_entries.c.id,
    orderings={"AT": Ordering(score_entries.c.at, datetime)},
    where=lambda _filter, scope: [visible_lead(score_entries.c.lead_id, score_entries.c.workspace_id, scope)],
    parent=NAMED_VERSIONS.c.id,
)
