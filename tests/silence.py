"""Whether what a mutation changed was told: the law is that nothing of a lead changes in silence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# What is derived from leads and their histories, or only says who is at work on what.
_DERIVED = frozenset({"duplicate_keys", "initial_counts", "lead_scores", "merge_parts", "queue_fillings", "queue_items", "search_terms"})

# What may change in silence, and why: nobody keeps in step with it by the feed, and no lead is another one for it.
SILENT: Mapping[str, str] = {
    **dict.fromkeys(_DERIVED, "derived"),
    **dict.fromkeys(("agents", "teams"), "people are looked up; of who goes to another team, TEAM_CHANGED tells"),
    **dict.fromkeys(("pipelines", "stages"), "set up, and looked up; of leads that have to move, LEAD_STAGE_CHANGED tells"),
    **dict.fromkeys(("custom_fields", "custom_field_options"), "set up; what leads hold stays what it is"),
    **dict.fromkeys(("campaigns", "campaign_variants", "campaign_members"), "planned; members of a draft are spread anew, unaddressed"),
    **dict.fromkeys(("campaign_budget_lines", "campaign_costs"), "money; performance is asked for"),
    **dict.fromkeys(("sequences", "message_templates", "message_template_versions"), "drafts; SEQUENCE_PUBLISHED tells when they count"),
    **dict.fromkeys(("scoring_models", "scoring_model_versions"), "drafts; SCORING_MODEL_PUBLISHED tells when they count"),
    **dict.fromkeys(("queues", "claims"), "who works on what, for minutes; what becomes of it is told"),
    **dict.fromkeys(("outcome_policies", "working_hours", "workspaces"), "set up; what follows from them is told when it follows"),
    **dict.fromkeys(("api_keys", "imports"), "a matter between the workspace and who asks"),
    **dict.fromkeys(("webhook_attempts", "webhook_deliveries", "webhook_endpoints"), "how events are told, which would never end"),
    "segments": "a new one holds nobody until it is asked for; SEGMENT_CHANGED tells of every later change",
    "tags": "a new one is on no lead; TAG_CHANGED tells of every later change",
}

Contents = Mapping[str, Sequence[str]]


def changed_rows(before: Contents, after: Contents, table: str) -> Iterable[dict[str, Any]]:
    """Read the rows of a table that are not in both, as they were and as they are."""
    return [json.loads(row) for row in set(before[table]) ^ set(after[table])]


def untold_tables(before: Contents, after: Contents) -> set[str]:
    """Name what changed although nothing was told, and although it may not change in silence."""
    changed = {table for table in after if after[table] != before[table]}
    return set() if "events" in changed else changed - SILENT.keys()


def untold_leads(before: Contents, after: Contents) -> set[tuple[str, str]]:
    """Name the leads of which something changed and nothing was told, with the table; what a workspace's event says, it says of all."""
    told = {row["lead_id"] for row in changed_rows(before, after, "events")}
    if None in told:
        return set()
    return {
        (table, row[of_lead])
        for table in after.keys() - SILENT.keys() - {"events"}
        for row in changed_rows(before, after, table)
        if (of_lead := "id" if table == "leads" else "lead_id") in row and row[of_lead] not in told | {None}
    }
