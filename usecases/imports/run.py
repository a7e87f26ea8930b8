"""Runs imports: claims one, reads its file batch by batch, and goes on where an interrupted one stopped.

Each batch is one transaction that also counts the rows as done, and asks first whether they still are to be done: so every row is applied
exactly once, however often and wherever the work is interrupted.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.access import ActorKind, Permission, Role, Viewer, system_viewer
from domain.imports import Import, ImportStatus, RowProblem
from domain.imports_agents import AgentRow
from domain.imports_facts import Surroundings
from domain.imports_mapping import AgentMapping, LeadMapping
from domain.imports_rows import restricted
from domain.pipelines import Stage
from domain.refusals import Refused
from persistence import imports
from persistence.custom_fields import definitions
from persistence.database import Database, Reading, Scope
from persistence.failures import DatabaseUnavailable, Overloaded
from persistence.scoring_models import current_model
from persistence.workspaces import own_workspace
from usecases.imports.apply import LEASE, LeaseLost, apply_leads
from usecases.imports.apply_agents import apply_agents
from usecases.imports.creating import Maker
from usecases.imports.mapping_text import complete_mapping
from usecases.imports.pipelines import prepare_pipeline
from usecases.imports.plans import AgentPlan, LeadPlan
from usecases.imports.reading import Chunks, Rows, from_memory
from usecases.imports.rows import FileOfRows, LeadRows, ReadRow, agent_reader
from usecases.verbs import Call, Work, new_id, verb

Clock = Callable[[], datetime]
Progress = Callable[[int], None]
T = TypeVar("T")

BATCH = 1_000
SERVED_BATCH = 200
# So many imports at the same time in one process, and so often a look for more.
SIDE_BY_SIDE = 2
LOOK_SECONDS = 1.0
# Understanding a row is work without waiting: after so many the others have their turn, the batch that is being written among them.
_SLICE = 5


@dataclass(frozen=True, slots=True)
class Claimed:
    """An import that this process works on for as long as it keeps the lease."""

    import_: Import
    lease: UUID
    mapping: LeadMapping | AgentMapping
    permissions: frozenset[Permission]


@verb
async def claim_import(work: Work, import_id: UUID | None, now: datetime) -> Claimed | None:
    """Take an import that nobody works on: this one, or whichever waits. None when there is none."""
    id = import_id or await imports.next_waiting_import(work.tx, now)
    found = await imports.import_for_update(work.tx, id) if id is not None else None
    if found is None:
        return None
    import_, details = found
    leased_until: datetime | None = details["leased_until"]
    if import_.status not in (ImportStatus.QUEUED, ImportStatus.RUNNING) or (leased_until is not None and leased_until > now):
        return None
    lease = new_id()
    await imports.save_import(work.tx, import_.id, status=ImportStatus.RUNNING, lease=lease, leased_until=now + LEASE)
    permissions = frozenset(Permission(name) for name in details["permissions"])
    return Claimed(replace(import_, status=ImportStatus.RUNNING), lease, complete_mapping(details["mapping"]), permissions)


@verb
async def keep_import(work: Work, import_id: UUID, lease: UUID, now: datetime) -> None:
    """Prolong the lease of whoever works on an import. Raises LeaseLost."""
    found = await imports.import_for_update(work.tx, import_id)
    if found is None or found[0].status is not ImportStatus.RUNNING or found[1]["lease"] != lease:
        raise LeaseLost
    await imports.save_import(work.tx, import_id, leased_until=now + LEASE)


@verb
async def finish_import(work: Work, import_id: UUID, lease: UUID, message: str | None, warnings: tuple[str, ...]) -> Import:
    """End an import: finished, or failed with a message. Raises LeaseLost."""
    found = await imports.import_for_update(work.tx, import_id)
    if found is None or found[1]["lease"] != lease:
        raise LeaseLost
    changes: dict[str, Any] = {
        "status": ImportStatus.FINISHED if message is None else ImportStatus.FAILED,
        "message": message,
        "finished_at": work.at,
    }
    await imports.save_import(work.tx, import_id, **changes, warnings=list(warnings), leased_until=None)
    return replace(found[0], **changes, warnings=warnings)


def viewer_of(claimed: Claimed, workspace_id: UUID) -> Viewer:
    """Stand in for whoever started the import, with what the key allowed then."""
    import_ = claimed.import_
    if import_.created_by_kind == ActorKind.SYSTEM or import_.created_by_id is None:
        return replace(system_viewer(workspace_id), permissions=claimed.permissions)
    agent_id = import_.created_by_id if import_.created_by_kind == ActorKind.AGENT else None
    return Viewer(workspace_id, import_.created_by_id, Role.INTEGRATION, agent_id, claimed.permissions, None)


async def surroundings(db: Reading, at: datetime, mapping: LeadMapping) -> Surroundings:
    """Read what rows are read against."""
    workspace = await own_workspace(db)
    return Surroundings(
        at=at,
        zone=ZoneInfo(workspace.time_zone),
        country=workspace.country,
        currency=workspace.currency,
        agents=await imports.agents_by_label(db),
        custom_fields=await definitions(db, mapping.custom, and_required=True),
    )


# How often a batch waits two seconds for its turn.
PATIENCE = 5
HEARTBEAT_SECONDS = 3.0


async def run_import(
    database: Database,
    workspace_id: UUID,
    claimed: Claimed,
    chunks: Chunks,
    clock: Clock,
    *,
    batch: int = BATCH,
    progress: Progress | None = None,
) -> Import:
    """Apply what is left of a claimed import, and end it. Raises LeaseLost when somebody took it over, DatabaseUnavailable, Overloaded."""
    run = _Run(database, viewer_of(claimed, workspace_id), claimed, clock, batch, progress or (lambda _done: None))
    heartbeat = asyncio.create_task(run.keep())
    try:
        return await _applied(run, chunks)
    finally:
        heartbeat.cancel()


async def _applied(run: _Run, chunks: Chunks) -> Import:
    claimed = run.claimed
    warnings: tuple[str, ...] = ()
    message: str | None = None
    try:
        mapping = claimed.mapping
        if isinstance(mapping, LeadMapping):
            mapping, warnings = restricted(
                mapping,
                may_assign=Permission.ASSIGN_LEADS in claimed.permissions,
                may_change_status=Permission.CHANGE_STATUS in claimed.permissions,
            )
            await run.leads(mapping, chunks)
        else:
            await run.agents(mapping, chunks)
    except Refused as refused:
        message = str(refused)
    except (LeaseLost, DatabaseUnavailable, Overloaded, asyncio.CancelledError):
        raise
    except Exception:
        # Rows that cannot be written would be tried for ever: the import ends, and the exception goes to the log.
        await finish_import(
            run.call(run.clock()), claimed.import_.id, claimed.lease, "A row could not be written; see the server's log.", warnings
        )
        raise
    return await finish_import(run.call(run.clock()), claimed.import_.id, claimed.lease, message, warnings)


@dataclass(slots=True)
class _Ahead:
    """Makes the leads of rows before it is known whether they are new; not in a file that is mostly about known leads."""

    maker: Maker
    goes_on: bool = True

    def made(self, rows: Iterable[ReadRow]) -> Iterator[ReadRow]:
        """Hand rows on, with their leads."""
        for row in rows:
            if self.goes_on and not row.repeats and not row.lead.problems:
                # What goes wrong here goes wrong again when the row is applied, if it is new.
                with suppress(Exception):
                    row.newcomer = self.maker.newcomer(row.lead)
            yield row


@dataclass(frozen=True, slots=True)
class _Run:
    database: Database
    viewer: Viewer
    claimed: Claimed
    clock: Clock
    batch: int
    progress: Progress

    def call(self, at: datetime) -> Call:
        return Call(self.database, self.viewer, at)

    @property
    def at(self) -> datetime:
        """The import's instant: the same for all its batches, whenever they run."""
        return self.claimed.import_.started_at or self.claimed.import_.created_at

    async def keep(self) -> None:
        """Say again and again that the import is being worked on: finding the place in a long file, or waiting for a turn, takes time."""
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            try:
                await keep_import(self.call(self.clock()), self.claimed.import_.id, self.claimed.lease, self.clock())
            except (DatabaseUnavailable, Overloaded):
                # A batch is being written, which prolongs the lease itself; or nobody can take the import over just now.
                continue
            except LeaseLost:
                # The next batch finds out, and stops.
                return

    async def leads(self, mapping: LeadMapping, chunks: Chunks) -> None:
        stages: Mapping[str, Stage] = await prepare_pipeline(self.call(self.at), mapping.deal.pipeline) if mapping.deal else {}
        plan = LeadPlan(import_id=self.claimed.import_.id, lease=self.claimed.lease, mapping=mapping, stages=stages)
        async with self.database.reading(Scope(self.viewer.workspace_id)) as db:
            around = await surroundings(db, self.at, mapping)
            ahead = _Ahead(Maker(plan.import_id, self.at, self.viewer.actor, await current_model(db), stages))
        done = self.claimed.import_.rows_done
        writing: asyncio.Task[None] | None = None
        try:
            # While PostgreSQL writes one batch, the next is read, and its leads are made.
            async for rows in _in_batches(ahead.made(LeadRows(self._file(chunks), mapping, around).after(done)), self.batch):
                if writing is not None:
                    await writing
                writing = asyncio.create_task(self._apply(plan, done, rows, ahead))
                done += len(rows)
            if writing is not None:
                await writing
        finally:
            if writing is not None and not writing.done():
                writing.cancel()
                await asyncio.wait([writing])

    async def _apply(self, plan: LeadPlan, done: int, rows: list[ReadRow], ahead: _Ahead) -> None:
        for patience in reversed(range(PATIENCE)):
            try:
                created = await apply_leads(self.call(self.at), plan, done, rows, self.clock())
                ahead.goes_on = created * 2 >= len(rows)
                break
            except Overloaded:
                # Another import of the workspace takes its turn; nothing of this batch was written.
                if not patience:
                    raise
        self.progress(done + len(rows))

    async def agents(self, mapping: AgentMapping, chunks: Chunks) -> None:
        plan = AgentPlan(import_id=self.claimed.import_.id, lease=self.claimed.lease, mapping=mapping)
        done = self.claimed.import_.rows_done
        async for rows in _in_batches(_agent_rows(self._file(chunks), mapping, done), self.batch):
            await apply_agents(self.call(self.at), plan, done, rows, self.clock())
            done += len(rows)
            self.progress(done)

    def _file(self, chunks: Chunks) -> FileOfRows:
        return file_of_rows(chunks, self.claimed.import_.encoding or "utf-8", self.claimed.import_.delimiter or ",")


def file_of_rows(chunks: Chunks, encoding: str, delimiter: str) -> FileOfRows:
    """Open a surveyed file."""
    return FileOfRows(chunks, encoding, delimiter, Rows(chunks, encoding, delimiter).header())


def _agent_rows(file: FileOfRows, mapping: AgentMapping, done: int) -> Iterable[tuple[list[str], AgentRow]]:
    joined, reader = agent_reader(file, mapping)
    rows = Rows(file.chunks, file.encoding, file.delimiter)
    rows.header()
    for number, cells in enumerate(rows, 1):
        if number > done:
            row = joined.row(cells, number)
            yield cells, AgentRow(number, problems=[row]) if isinstance(row, RowProblem) else reader.read(row, number)


async def _in_batches(rows: Iterable[T], size: int) -> AsyncGenerator[list[T]]:
    """Collect rows, and let others run meanwhile."""
    iterator = iter(rows)
    batch: list[T] = []
    while some := list(islice(iterator, _SLICE)):
        batch += some
        if len(batch) >= size:
            yield batch
            batch = []
        await asyncio.sleep(0)
    if batch:
        yield batch


async def run_pending_imports(database: Database, clock: Clock) -> int:
    """Run every uploaded import that waits, in all workspaces; return how many were ended.

    Some run side by side, and as long as any does those that come to wait meanwhile are looked for, a killed worker's among them: a long
    one holds up no other. What goes wrong with one is raised when all have ended.
    """
    running: set[asyncio.Task[bool]] = set()
    failures: list[BaseException] = []
    ended = 0
    try:
        while True:
            try:
                async for workspace_id, claimed in _claimed(database, clock, SIDE_BY_SIDE - len(running)):
                    running.add(asyncio.create_task(_ended(database, workspace_id, claimed, clock)))
            except (DatabaseUnavailable, Overloaded):
                # Those that run meet it themselves, or do not.
                if not running:
                    raise
            if not running:
                break
            done, running = await asyncio.wait(running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                if (error := task.exception()) is not None:
                    failures.append(error)
                else:
                    ended += task.result()
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    if failures:
        raise BaseExceptionGroup("some imports were broken off", failures)
    return ended


async def _claimed(database: Database, clock: Clock, room: int) -> AsyncGenerator[tuple[UUID, Claimed]]:
    """Claim what waits, at most so many."""
    if room <= 0:
        return
    for workspace_id in await database.workspace_ids():
        while room > 0:
            claimed = await claim_import(Call(database, system_viewer(workspace_id), clock()), None, clock())
            if claimed is None:
                break
            room -= 1
            yield workspace_id, claimed


async def _ended(database: Database, workspace_id: UUID, claimed: Claimed, clock: Clock) -> bool:
    """Run an uploaded import; tell whether it was this process that ended it."""
    async with database.reading(Scope(workspace_id)) as db:
        content = await imports.import_content(db, claimed.import_.id)
    try:
        await run_import(database, workspace_id, claimed, from_memory(content or b""), clock, batch=SERVED_BATCH)
    except LeaseLost:
        return False
    return True
