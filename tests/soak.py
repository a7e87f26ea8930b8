"""Asks drawn documents of both executors for minutes: `python -m tests.soak`, or `make soak ARGS="--seconds 600 --seed 3"`.

It has a PostgreSQL of its own, ends by itself, and stops at the first difference, which it tells in full.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path

import asyncpg
import structlog
from graphql import GraphQLObjectType

from gql.schema import SCHEMA
from persistence import embedded
from persistence.database import Database, TimeLimits
from persistence.migrating import migrate
from tests.both_executors import BothExecutors, Differs
from tests.drawn_worlds import Stream, places
from tests.failing_graph import ask_under_weather, both

_OWNER, _APPLICATION, _DATABASE = "soak_owner", "soak_app", "soak"
_REPORTED_EACH = 60.0
# How many documents of the failing graph for one of the real one: they need no database.
_OF_THE_FAILING_GRAPH = 2


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0, help="for how long to ask (default: 300)")
    parser.add_argument("--seed", type=int, default=None, help="where to begin; the same seed asks the same (default: another each time)")
    parser.add_argument("--rows", type=int, default=8, help="how many rows to put into each list (default: 8)")
    return parser.parse_args()


async def _soak(dsn: str, seed: int, seconds: float, rows: int) -> None:
    database = Database(dsn, size=10, limits=TimeLimits(checkout=60, statement=60, lock=30, idle_in_transaction=120))
    real, failing = BothExecutors(SCHEMA), both()
    stream: Stream | None = None
    number = 0
    started = said = time.monotonic()
    try:
        stream = Stream(real, await places(database, real, rows), seed)
        choices = random.Random(seed)
        while time.monotonic() - started < seconds:
            await stream.step(number)
            for _ in range(_OF_THE_FAILING_GRAPH):
                await ask_under_weather(failing, choices, f"seed {seed}, document {number} of the failing graph")
            number += 1
            if time.monotonic() - said > _REPORTED_EACH:
                said = time.monotonic()
                print(f"{number} documents, no difference yet", flush=True)  # noqa: T201
    finally:
        await database.close()
        print(_told(seed, number, real, failing, stream))  # noqa: T201


def _told(seed: int, documents: int, real: BothExecutors, failing: BothExecutors, stream: Stream | None) -> str:
    lines = [f"seed {seed}: {documents} documents of the service's graph, {documents * _OF_THE_FAILING_GRAPH} of one that fails at will"]
    for name, executors in (("the service's", real), ("the failing one", failing)):
        figures = executors.figures
        lines += [
            f"{name}: {figures.compared} requests compared, {figures.with_errors} with errors",
            f"  answered by the engine: {figures.answered}, left: {figures.left.total()}, refused beforehand: {figures.refused}",
            *(f"  left, {reason}: {count}" for reason, count in figures.left.most_common()),
            f"  not the same twice on graphql-core: {figures.unsteady}; which of two errors came first differs: {figures.raced}",
        ]
    if stream is not None:
        lines.append(f"{len(stream.uses)} of the {_readable_fields()} fields of the schema's object types were asked for")
    return "\n".join(lines)


def _readable_fields() -> int:
    payloads = ("Payload", "Error", "Mutation", "Subscription")
    types = [type for type in SCHEMA.type_map.values() if isinstance(type, GraphQLObjectType) and not type.name.startswith("__")]
    return sum(len(type.fields) for type in types if not type.name.endswith(payloads))


async def _prepare(cluster: embedded.EmbeddedPostgres) -> None:
    connection = await asyncpg.connect(cluster.dsn(embedded.SUPERUSER, "postgres"))
    await connection.execute(f"CREATE ROLE {_OWNER} LOGIN CREATEROLE")
    await connection.execute(f"CREATE DATABASE {_DATABASE} OWNER {_OWNER}")
    await connection.close()
    await migrate(cluster.dsn(_OWNER, _DATABASE), _APPLICATION)


def main() -> None:
    """Run until the time is over or the executors differ; the exit code tells which."""
    arguments = _parsed()
    seed = random.SystemRandom().randrange(10**6) if arguments.seed is None else arguments.seed
    # Of the failures that are meant nobody needs a traceback, nor of what nobody awaits any more after one.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    structlog.configure(processors=[], logger_factory=structlog.ReturnLoggerFactory())
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
    directory = Path(tempfile.mkdtemp(prefix="leadgraph-soak-"))
    cluster = embedded.start(directory, durable=False)
    try:
        asyncio.run(_prepare(cluster))
        asyncio.run(_soak(cluster.dsn(_APPLICATION, _DATABASE), seed, arguments.seconds, arguments.rows))
    except Differs as difference:
        print(difference)  # noqa: T201
        sys.exit(1)
    finally:
        cluster.stop()
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    main()
