"""Reach the database that the settings name, or bring up the embedded one; and refuse one that production must not run on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from persistence import embedded
from persistence.embedded_watch import Watch
from persistence.postgres_binaries import find_binaries
from persistence.provisioning import APPLICATION, DATABASE, OWNER, provision
from persistence.revisions import is_at_head
from persistence.standing import EMBEDDED_MARK, Standing
from server.progress import Steps
from server.settings import Settings

OLDEST_VERSION = 15_00_00


class NotConfigured(Exception):
    """Something that a production server needs is missing or unsafe; the text names all of it."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A database: how the application connects, how the owner of the tables does, and the application's role.

    `advice` says what becomes of an embedded one that cannot be reached.
    """

    dsn: str
    owner_dsn: str
    role: str
    is_embedded: bool
    advice: Callable[[], str] | None = None


@contextmanager
def reached_database(settings: Settings, steps: Steps, *, watched: bool = False) -> Generator[Reached]:
    """Yield the database; an embedded one that was not running is started and migrated, and stopped at the end of the block;
    `watched`: started again should it end before.

    Call it from the main thread and outside any event loop. Raises EmbeddedPostgresError.
    """
    if settings.database_url is not None:
        owner = settings.owner_database_url or settings.database_url
        yield Reached(settings.database_url, owner, unquote(urlsplit(settings.database_url).username or ""), is_embedded=False)
        return
    binaries = find_binaries(settings.postgres_bin)
    with steps.step(f"Starting PostgreSQL {binaries.version}", f"PostgreSQL {binaries.version}, data in {settings.data_directory}"):
        cluster = embedded.start(settings.data_directory, binaries=binaries, settings={EMBEDDED_MARK: "on"})
    with cluster:
        watch = Watch(cluster)
        reached = Reached(
            cluster.dsn(APPLICATION, DATABASE), cluster.dsn(OWNER, DATABASE), APPLICATION, is_embedded=True, advice=watch.advice
        )
        with steps.step("Bringing the tables up to date", "Tables are up to date"):
            asyncio.run(_prepare(cluster.dsn(embedded.SUPERUSER, "postgres"), reached))
        with watch if watched else nullcontext():
            yield reached


async def _prepare(superuser_dsn: str, reached: Reached) -> None:
    await provision(superuser_dsn)
    # Migrating and letting the application's role in is one transaction, and the role of an embedded database is always the same.
    if not await is_at_head(reached.owner_dsn):
        from persistence.migrating import migrate  # noqa: PLC0415 -- most starts do without it

        await migrate(reached.owner_dsn, reached.role)


def weaknesses(found: Standing) -> Sequence[str]:
    """Name everything that keeps a production server from running on a database, a sentence each."""
    checks = (
        (found.version < OLDEST_VERSION, "The database is older than PostgreSQL 15."),
        (found.embedded, "The database is an embedded one, which is for development; run a PostgreSQL server."),
        (found.superuser, "The role in LEADGRAPH_DATABASE_URL is a superuser, whom row-level security does not hold."),
        (found.bypasses_row_security, "The role in LEADGRAPH_DATABASE_URL bypasses row-level security (BYPASSRLS)."),
        (
            found.owns_tables,
            "The role in LEADGRAPH_DATABASE_URL owns tables, or may act as who does: let another own them (LEADGRAPH_OWNER_DATABASE_URL).",
        ),
        (not found.fsync, "The database runs with fsync = off: a crash would lose what was acknowledged."),
        (not found.full_page_writes, "The database runs with full_page_writes = off: a crash could damage it beyond repair."),
        (not found.synchronous_commit, "The database runs with synchronous_commit = off: a crash would lose what was acknowledged."),
    )
    return [sentence for is_so, sentence in checks if is_so]
