"""Leads of the demo workspace that turned up twice, and those of them that were merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from domain.access import system_viewer
from domain.leads import Lead
from persistence.database import Database
from usecases.leads.merge import MergeLeads, merge_leads
from usecases.verbs import Call

# Every so many leads somebody turns up again; and so many of them were merged since.
_EVERY = 37
_BEFORE = 11
_MERGED = 2


def look_alike(face: Lead, number: int, earlier: Callable[[int], Lead]) -> Lead:
    """Let a new lead be one that is there already, as people turn up again: with a tag in the address, another spelling, the same phone."""
    if number % _EVERY != _EVERY - 1:
        return face
    twin = earlier(number - _BEFORE)
    local, _, domain = (twin.email or "").partition("@")
    match number // _EVERY % 4:
        case 0:
            return replace(face, email=twin.email, first_name=twin.first_name, last_name=twin.last_name)
        case 1:
            return replace(face, phones=twin.phones or face.phones, company=twin.company)
        case 2:
            return replace(face, email=f"{local}+fair@{domain}", first_name=twin.first_name, last_name=twin.last_name)
        case _:
            company = f"{twin.company or face.company} Ltd."
            return replace(face, first_name=twin.last_name, last_name=twin.first_name, company=company)


def _twins(leads: Sequence[Lead]) -> Iterator[tuple[Lead, Lead]]:
    for number in range(_EVERY - 1, len(leads), _EVERY):
        yield leads[number - _BEFORE], leads[number]


async def merge_some(database: Database, workspace_id: UUID, leads: Sequence[Lead], at: datetime) -> None:
    """Merge the latest of those who turned up twice, as people would: nobody's work on either is lost."""
    for survivor, loser in list(_twins(leads))[-_MERGED:]:
        await merge_leads(Call(database, system_viewer(workspace_id), at), MergeLeads(survivor_id=survivor.id, loser_id=loser.id))
