"""Rescore all leads after another version of a scoring model came into force: batch by batch, from wherever it was broken off."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from domain.scoring import ScoreCause
from persistence import scoring_runs, workspaces
from persistence.database import Database
from usecases.leads.editing import LeadEdits
from usecases.rounds import take_turns
from usecases.verbs import Work, verb

BATCH = 200


@verb
async def rescore_next_leads(work: Work, limit: int = BATCH) -> int:
    """Rescore the next leads of the workspace's open run; return how many it came to, 0 when there is nothing to do.

    The leads, their histories and the run's position are written together: a process killed at any instant leaves no lead out, and takes
    none twice. Leads that were changed meanwhile are at the new version already, and nothing is written of them.
    """
    if not await scoring_runs.is_run_open(work.tx):
        return 0
    # The workspace before the run, as those who publish do: what is written of a lead locks the workspace anyway.
    await workspaces.own_workspace_for_key_share(work.tx)
    run = await scoring_runs.lock_open_run(work.tx)
    if run is None:
        return 0
    ids = await scoring_runs.next_leads(work.tx, run, limit)
    if ids:
        edits = LeadEdits(work)
        for edit in (await edits.load(ids)).values():
            edit.because(ScoreCause.MODEL_PUBLISHED, run.version_id)
        await edits.save()
    finished = len(ids) < limit
    done = run.total if finished else min(run.total, run.done + len(ids))
    position = ids[-1] if ids else run.position
    await scoring_runs.advance_run(work.tx, replace(run, done=done, position=position, finished_at=work.at if finished else None))
    return len(ids)


async def rescore_by_models(database: Database, clock: Callable[[], datetime], batch: int = BATCH) -> int:
    """Finish every open run, the workspaces by turns; return how many leads there were.

    One workspace's failure keeps none of the others waiting; it is raised when all have had their turn.
    """
    undone = "leads of some workspaces could not be rescored"
    return await take_turns(database, clock, lambda call: rescore_next_leads(call, batch), undone)
