"""Every table of the service. Each starts with `workspace_id`, and every key is composite with it.

Only modules of `persistence` import this package. Enums are stored as text: a new member is a change of code, not of the database.
"""

from __future__ import annotations

from persistence.tables.activities import activities, contact_attempts
from persistence.tables.columns import MONEY, Xid8, metadata
from persistence.tables.feed import events
from persistence.tables.histories import assignments, close_date_slips, lead_scores, score_entries, stage_stays, status_changes
from persistence.tables.imports import import_row_errors, imports
from persistence.tables.leads import external_references, initial_counts, lead_tags, leads, search_terms, tags
from persistence.tables.people import agents, teams
from persistence.tables.pipelines import pipelines, stages
from persistence.tables.sequences import message_template_versions, message_templates, sequence_versions, sequences
from persistence.tables.workspaces import api_keys, idempotency_keys, workspaces

__all__ = [
    "MONEY",
    "Xid8",
    "activities",
    "agents",
    "api_keys",
    "assignments",
    "close_date_slips",
    "contact_attempts",
    "events",
    "external_references",
    "idempotency_keys",
    "import_row_errors",
    "imports",
    "initial_counts",
    "lead_scores",
    "lead_tags",
    "leads",
    "message_template_versions",
    "message_templates",
    "metadata",
    "pipelines",
    "score_entries",
    "search_terms",
    "sequence_versions",
    "sequences",
    "stage_stays",
    "stages",
    "status_changes",
    "tags",
    "teams",
    "workspaces",
]
