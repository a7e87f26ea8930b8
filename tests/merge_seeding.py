"""Fills a workspace with merges that were undone, and names the groups that its leads form as duplicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from uuid_utils.compat import uuid7

from domain.duplicates import DuplicateGroup, duplicate_keys
from domain.leads import Lead
from domain.merging import LeadMerge
from persistence.database import Writing
from persistence.merges import add_lead_merges
from tests.worlds import World


async def seed_merges(tx: Writing, world: World, leads: Sequence[Lead], rows: int) -> Mapping[str, Sequence[Any]]:
    """Put merges into the world: `rows` of the first lead, one of every other; answer things by the names that operations know them by."""
    merges = [_merge(world, leads[0], leads[1], number) for number in range(rows)]
    merges += [_merge(world, lead, leads[0], number) for number, lead in enumerate(leads[1:])]
    await add_lead_merges(tx, merges)
    groups = [DuplicateGroup(key.key, key.signal) for lead in leads[:2] for key in duplicate_keys(lead, world.workspace.id)]
    return {"merge": merges, "duplicateGroup": groups}


def _merge(world: World, survivor: Lead, loser: Lead, number: int) -> LeadMerge:
    at = world.at - timedelta(days=number)
    return LeadMerge(
        id=uuid7(),
        lead_id=survivor.id,
        survivor_id=survivor.id,
        loser_id=loser.id,
        at=at,
        actor_kind="AGENT",
        actor_id=world.ada.id,
        decisions=[{"field": "NAME", "rule": "NON_EMPTY", "kept": "SURVIVOR"}],
        moved=[{"relation": "activities", "moved": 1, "settled": 0}],
        unmerged_at=at,
        unmerged_by_kind="AGENT",
        unmerged_by_id=world.ada.id,
    )
