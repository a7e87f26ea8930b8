"""Every table of the service. Each starts with `workspace_id`, and every key is composite with it.

Only modules of `persistence` import this package. Enums are stored as text: a new member is a change of code, not of the database.
"""

from __future__ import annotations

from persistence.tables.activities import activities, contact_attempts
from persistence.tables.campaigns import (
    campaign_budget_lines,
    campaign_costs,
    campaign_members,
    campaign_status_changes,
    campaign_variants,
    campaigns,
)
from persistence.tables.columns import MONEY, Xid8, metadata
from persistence.tables.consent import consent_entries, contact_rules, suppressions
from persistence.tables.custom_fields import custom_field_options, custom_fields, custom_values
from persistence.tables.enrollments import enrollment_changes, enrollment_runs, enrollment_steps, enrollments
from persistence.tables.feed import events
from persistence.tables.follow_ups import follow_ups, outcome_policies, working_hours
from persistence.tables.histories import assignments, close_date_slips, lead_scores, score_entries, stage_stays, status_changes
from persistence.tables.imports import import_row_errors, imports
from persistence.tables.leads import external_references, initial_counts, lead_tags, leads, search_terms, tags
from persistence.tables.merges import duplicate_keys, lead_merges, merge_parts
from persistence.tables.people import agents, teams
from persistence.tables.pipelines import pipelines, stages
from persistence.tables.queues import claims, queue_fillings, queue_items, queues
from persistence.tables.scoring import scoring_model_versions, scoring_models, scoring_runs
from persistence.tables.segments import segments
from persistence.tables.sequences import message_template_versions, message_templates, sequence_versions, sequences
from persistence.tables.webhooks import webhook_attempts, webhook_deliveries, webhook_endpoints
from persistence.tables.workspaces import api_keys, idempotency_keys, workspaces

__all__ = [
    "MONEY",
    "Xid8",
    "activities",
    "agents",
    "api_keys",
    "assignments",
    "campaign_budget_lines",
    "campaign_costs",
    "campaign_members",
    "campaign_status_changes",
    "campaign_variants",
    "campaigns",
    "claims",
    "close_date_slips",
    "consent_entries",
    "contact_attempts",
    "contact_rules",
    "custom_field_options",
    "custom_fields",
    "custom_values",
    "duplicate_keys",
    "enrollment_changes",
    "enrollment_runs",
    "enrollment_steps",
    "enrollments",
    "events",
    "external_references",
    "follow_ups",
    "idempotency_keys",
    "import_row_errors",
    "imports",
    "initial_counts",
    "lead_merges",
    "lead_scores",
    "lead_tags",
    "leads",
    "merge_parts",
    "message_template_versions",
    "message_templates",
    "metadata",
    "outcome_policies",
    "pipelines",
    "queue_fillings",
    "queue_items",
    "queues",
    "score_entries",
    "scoring_model_versions",
    "scoring_models",
    "scoring_runs",
    "search_terms",
    "segments",
    "sequence_versions",
    "sequences",
    "stage_stays",
    "stages",
    "status_changes",
    "suppressions",
    "tags",
    "teams",
    "webhook_attempts",
    "webhook_deliveries",
    "webhook_endpoints",
    "working_hours",
    "workspaces",
]
