"""The benchmark's database: a cluster of its own, filled once by copying the demo workspace's leads with set-based SQL, and kept."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from gql.ids import decode_kind, encode_id
from persistence import embedded
from persistence.database import Database
from persistence.migrating import migrate
from persistence.postgres_binaries import find_binaries
from persistence.provisioning import APPLICATION, DATABASE, OWNER, provision
from server.demo.filling import DEMO_WORKSPACE, present_demo
from server.development_key import development_key
from server.progress import Steps
from usecases.leads.key_duplicates import key_old_leads

SCALES: Mapping[str, int] = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
# Every lead gets as many, whatever its template had, so that a page holds the same number of rows at every scale.
ACTIVITIES, SCORE_ENTRIES = 10, 3
CAMPAIGNS, MOST_MEMBERSHIPS = 20, 5
_POOL_OF_IDS = 2_000
# Larger than the embedded server's own: peers and reference shall not wait for the disk either.
_CLUSTER = {"shared_buffers": "512MB", "max_connections": "120", "max_wal_size": "4GB"}


@dataclass(frozen=True, slots=True)
class Sample:
    """What requests ask for: global ids of leads, of leads that may move between two statuses, and common pairs of status and grade."""

    leads: Sequence[str]
    movable: Sequence[tuple[str, str]]
    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A filled database: how the application and a superuser reach it, the key that opens it, and what requests ask for."""

    dsn: str
    superuser_dsn: str
    postmaster: int
    key: str
    sample: Sample


@contextmanager
def benchmark_database(directory: Path, leads: int) -> Generator[Benchmark]:
    """Start the cluster of one scale, fill it if it is new, and stop it at the end. Call it in the main thread."""
    cluster = embedded.start(directory, binaries=find_binaries(None), settings=_CLUSTER)
    with cluster:
        superuser = cluster.dsn(embedded.SUPERUSER, DATABASE)
        asyncio.run(_prepare(cluster.dsn(embedded.SUPERUSER, "postgres"), cluster.dsn(OWNER, DATABASE)))
        dsn = cluster.dsn(APPLICATION, DATABASE)
        key, sample = asyncio.run(_filled(dsn, superuser, directory, leads))
        if cluster.pid is None:
            raise RuntimeError("another process holds the benchmark's cluster")
        yield Benchmark(dsn, superuser, cluster.pid, key, sample)


async def _prepare(maintenance_dsn: str, owner_dsn: str) -> None:
    await provision(maintenance_dsn)
    await migrate(owner_dsn, APPLICATION)


async def _filled(dsn: str, superuser_dsn: str, directory: Path, leads: int) -> tuple[str, Sample]:
    database, at = Database(dsn, size=2), datetime.now(UTC)
    connection = await asyncpg.connect(superuser_dsn)
    try:
        await present_demo(database, at, Steps())
        key = await development_key(database, DEMO_WORKSPACE, directory / "bench-key", at)
        new = await connection.fetchval("SELECT count(*) FROM leads") < leads
        if new:
            # In one transaction: a database that was half filled when somebody lost patience is filled anew.
            async with connection.transaction():
                await _multiply(connection, leads)
            await connection.execute("ANALYZE")
        # A server would do so beside the first requests that are measured.
        if await key_old_leads(database, at, set()) or new:
            await connection.execute("VACUUM (ANALYZE)")
            await connection.execute("CHECKPOINT")
        return key, await _sample(connection)
    finally:
        await connection.close()
        await database.close()


async def _columns(connection: asyncpg.Connection[Any], table: str) -> list[str]:
    rows = await connection.fetch(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 "
        "AND is_generated = 'NEVER' ORDER BY ordinal_position",
        table,
    )
    return [row["column_name"] for row in rows]


async def _copy(connection: asyncpg.Connection[Any], table: str, changed: Mapping[str, str], source: str) -> None:
    """Insert copies of rows aliased `t`: every column as it is, but for those that are given as SQL."""
    columns = await _columns(connection, table)
    values = ", ".join(changed.get(column, f"t.{column}") for column in columns)
    sys.stderr.write(f"filling {table} ...\n")
    await connection.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {source}")


async def _number(connection: asyncpg.Connection[Any], table: str) -> int:
    """Keep the templates' rows of a table, numbered from 0, in a temporary table; return how many there are."""
    await connection.execute(
        f"CREATE TEMP TABLE some_{table} AS "
        f"SELECT *, row_number() OVER (ORDER BY id) - 1 AS n FROM {table} WHERE lead_id IN (TABLE templates); ANALYZE some_{table}"
    )
    return await connection.fetchval(f"SELECT count(*) FROM some_{table}")


async def _multiply(connection: asyncpg.Connection[Any], leads: int) -> None:
    # Replica: foreign keys and triggers were checked for the templates already.
    await connection.execute("SET LOCAL session_replication_role = replica; SET LOCAL work_mem = '256MB'; SELECT setseed(0.5)")
    await connection.execute("CREATE TEMP TABLE templates AS SELECT id FROM leads WHERE deleted_at IS NULL ORDER BY id")
    templates = await connection.fetchval("SELECT count(*) FROM templates")
    await connection.execute(
        f"""
        CREATE TEMP TABLE copies AS
        SELECT i, t.id AS template, gen_random_uuid() AS id
        FROM generate_series(0, {leads - templates - 1}) AS i
        JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM templates) AS t ON t.n = i % {templates};
        CREATE TEMP TABLE every AS SELECT i, id FROM copies UNION ALL SELECT -1 - row_number() OVER (), id FROM templates;
        ANALYZE copies; ANALYZE every
        """
    )
    earlier = "interval '1 second' * (c.i * 37 % 63072000)"
    moved = {"id": "c.id", "rescore_at": "NULL", "created_at": f"t.created_at - {earlier}", "updated_at": f"t.updated_at - {earlier}"}
    await _copy(connection, "leads", moved, "leads AS t JOIN copies AS c ON c.template = t.id ORDER BY c.i")
    await _copy(connection, "lead_scores", {"lead_id": "c.id"}, "lead_scores AS t JOIN copies AS c ON c.template = t.lead_id")
    for table, at, number in (
        ("activities", "occurred_at", ACTIVITIES),
        ("score_entries", "at", SCORE_ENTRIES),
        ("status_changes", "at", 1),
        ("assignments", "at", 1),
        ("contact_attempts", "occurred_at", 1),
    ):
        changed = {"id": "gen_random_uuid()", "lead_id": "c.id", at: f"t.{at} - interval '1 minute' * (abs(c.i) % 9973)"}
        nameless = dict.fromkeys(("source", "source_event_id", "provider", "provider_id"), "NULL")
        # A constant, so that the join can hash.
        count = await _number(connection, table)
        source = (
            f"generate_series(0, {number - 1}) AS k CROSS JOIN every AS c JOIN some_{table} AS t "
            f"ON t.n = abs(c.i::bigint * {number} + k) % {count}"
        )
        await _copy(connection, table, {**nameless, **changed}, source)
    await _join_campaigns(connection)


async def _join_campaigns(connection: asyncpg.Connection[Any]) -> None:
    """Put every lead into none to five of twenty campaigns, in place of those that the templates were in."""
    sys.stderr.write("filling campaign_members ...\n")
    await connection.execute(
        f"""
        DELETE FROM campaign_members;
        CREATE TEMP TABLE some_campaigns AS SELECT gen_random_uuid() AS id, n FROM generate_series(0, {CAMPAIGNS - 1}) AS n;
        INSERT INTO campaigns (workspace_id, id, name, type, status, status_since, started_at, attribution_days, created_at, updated_at)
        SELECT '{DEMO_WORKSPACE}', id, 'Campaign ' || n, 'EMAIL', 'RUNNING', now(), now(), 90, now() - interval '1 day' * n, now()
        FROM some_campaigns;
        INSERT INTO campaign_members (workspace_id, id, campaign_id, lead_id, joined_at)
        SELECT '{DEMO_WORKSPACE}', gen_random_uuid(), c.id, e.id, now() - interval '1 minute' * ((abs(e.i) * 31 + k * 7919) % 525600)
        FROM every AS e CROSS JOIN generate_series(0, {MOST_MEMBERSHIPS - 1}) AS k
        -- Three and twenty have no divisor in common: no lead comes into a campaign twice.
        JOIN some_campaigns AS c ON c.n = (abs(e.i) * 7 + k * 3) % {CAMPAIGNS}
        WHERE k < abs(e.i) % {MOST_MEMBERSHIPS + 1}
        """
    )


async def _sample(connection: asyncpg.Connection[Any]) -> Sample:
    ids = await connection.fetch("SELECT id FROM leads WHERE deleted_at IS NULL ORDER BY md5(id::text) LIMIT $1", _POOL_OF_IDS)
    movable = await connection.fetch(
        "SELECT id, status FROM leads WHERE deleted_at IS NULL AND status IN ('CONTACTED', 'NURTURING') ORDER BY md5(id::text) LIMIT $1",
        _POOL_OF_IDS,
    )
    pairs = await connection.fetch(
        "SELECT status, grade FROM leads WHERE deleted_at IS NULL AND status NOT IN ('CONTACTED', 'NURTURING') "
        "GROUP BY status, grade HAVING count(*) >= 60 ORDER BY count(*) DESC, status, grade LIMIT 6"
    )
    return Sample(
        [encode_id("Lead", row["id"]) for row in ids],
        [(encode_id("Lead", row["id"]), row["status"]) for row in movable],
        [(row["status"], row["grade"]) for row in pairs],
    )


async def put_back(benchmark: Benchmark) -> None:
    """Give the movable leads the statuses that the requests set out from: a move to where a lead is already would be no work."""
    connection = await asyncpg.connect(benchmark.superuser_dsn)
    try:
        found = [(decode_kind("Lead", lead), status) for lead, status in benchmark.sample.movable]
        await connection.execute(
            "UPDATE leads SET status = v.status FROM unnest($1::uuid[], $2::text[]) AS v(id, status) WHERE leads.id = v.id",
            [id for id, _ in found],
            [status for _, status in found],
        )
    finally:
        await connection.close()
