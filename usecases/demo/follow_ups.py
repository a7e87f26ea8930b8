"""Write the made-up part of a workspace that is about follow-ups: what is to be done, and when teams work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.follow_ups import FollowUp
from domain.working_hours import WorkingHours
from persistence.database import Writing
from persistence.follow_ups import save_follow_ups
from persistence.working_hours import save_hours


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpContents:
    """What is to be done about whom, and the hours that count for it."""

    follow_ups: Sequence[FollowUp]
    hours: Sequence[WorkingHours]


async def add_follow_ups(tx: Writing, contents: FollowUpContents) -> None:
    """Write it; leads, teams and agents are there already."""
    await save_follow_ups(tx, contents.follow_ups)
    for hours in contents.hours:
        await save_hours(tx, hours)
