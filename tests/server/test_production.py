"""A production server: what it refuses to start on, and how it behaves once it runs."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import asyncpg
import httpx
import pytest

from persistence import embedded
from persistence.revisions import head
from tests.conftest import TestDatabase
from tests.server.commands import Serving, leads


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[embedded.EmbeddedPostgres]:
    """Run a PostgreSQL that writes durably and does not say that it is an embedded one."""
    with embedded.start(tmp_path_factory.mktemp("postgres")) as running:
        yield running


@pytest.fixture(scope="module")
async def settings(cluster: embedded.EmbeddedPostgres) -> dict[str, str]:
    """Set up the two roles and the empty database, as an operator does."""
    connection = await asyncpg.connect(cluster.dsn(embedded.SUPERUSER, "postgres"))
    await connection.execute("CREATE ROLE operator LOGIN CREATEROLE")
    await connection.execute("CREATE ROLE service LOGIN")
    await connection.execute("CREATE DATABASE crm OWNER operator")
    await connection.close()
    return {"DATABASE_URL": _url(cluster, "service"), "OWNER_DATABASE_URL": _url(cluster, "operator")}


def _url(cluster: embedded.EmbeddedPostgres, role: str) -> str:
    address = urlsplit(cluster.dsn(role, "crm"))
    query = parse_qs(address.query)
    return f"postgresql://{role}@/crm?host={query['host'][0]}&port={query['port'][0]}"


@pytest.fixture(scope="module")
def migrated(settings: dict[str, str]) -> dict[str, str]:
    """Bring the tables up to date, as an operator does before the first start."""
    done = leads("migrate", **settings)
    assert done.returncode == 0, done.stderr
    assert f"Tables are at revision {head()}" in done.stderr
    return settings


def refusal(**settings: str) -> str:
    """Start a server that must not start, and return what it says."""
    refused = leads("serve", "--port", "0", **settings)
    assert refused.returncode == 1
    assert "Traceback" not in refused.stderr
    return refused.stderr


def test_without_a_database_there_is_no_production() -> None:
    assert refusal() == (
        "leads: LEADGRAPH_DATABASE_URL is not set. A production server needs a PostgreSQL of its own: "
        "postgresql://user:password@host:5432/leadgraph. To try things out: leads serve --dev.\n"
    )


def test_a_database_that_is_not_there_is_told(tmp_path: Path) -> None:
    text = refusal(DATABASE_URL=f"postgresql://service:secret@/crm?host={tmp_path}")
    assert text.startswith("leads: The database cannot be reached: ")
    assert "secret" not in text


def test_a_database_that_was_never_migrated_is_refused(cluster: embedded.EmbeddedPostgres, settings: dict[str, str]) -> None:
    fresh = {"DATABASE_URL": settings["DATABASE_URL"].replace("/crm?", "/postgres?")}
    assert f"  - The database's tables are at no revision, this version needs {head()}: run `leads migrate`.\n" in refusal(**fresh)


def test_an_unsafe_database_is_refused_with_everything_that_is_unsafe(test_database: TestDatabase) -> None:
    superuser = refusal(DATABASE_URL=test_database.dsn("SUPERUSER"))
    assert superuser == (
        "leads: Not started:\n"
        "  - The role in LEADGRAPH_DATABASE_URL is a superuser, whom row-level security does not hold.\n"
        "  - The role in LEADGRAPH_DATABASE_URL bypasses row-level security (BYPASSRLS).\n"
        "  - The role in LEADGRAPH_DATABASE_URL owns tables, or may act as who does: let another own them (LEADGRAPH_OWNER_DATABASE_URL).\n"
        "  - The database runs with fsync = off: a crash would lose what was acknowledged.\n"
        "  - The database runs with full_page_writes = off: a crash could damage it beyond repair.\n"
        "  - The database runs with synchronous_commit = off: a crash would lose what was acknowledged.\n"
    )


def test_the_owner_of_the_tables_is_no_role_for_a_server(migrated: dict[str, str]) -> None:
    assert refusal(DATABASE_URL=migrated["OWNER_DATABASE_URL"]) == (
        "leads: Not started:\n"
        "  - The role in LEADGRAPH_DATABASE_URL owns tables, or may act as who does: let another own them (LEADGRAPH_OWNER_DATABASE_URL).\n"
    )


def test_the_embedded_database_is_no_database_for_production(tmp_path: Path) -> None:
    data = {"DATA_DIRECTORY": str(tmp_path)}
    with Serving("--dev", settings=data) as developing:
        assert developing.url
        socket_directory = (tmp_path / "socket").read_text(encoding="utf-8")
        text = refusal(DATABASE_URL=f"postgresql://leadgraph_app@/leadgraph?host={socket_directory}&port={embedded.PORT}")
        developing.end()
    assert text == "leads: Not started:\n  - The database is an embedded one, which is for development; run a PostgreSQL server.\n"


def test_from_an_empty_database_to_an_answer_and_a_revoked_key(migrated: dict[str, str]) -> None:
    workspace = leads("workspaces", "create", "Acme", "--currency", "eur", "--time-zone", "Europe/Lisbon", **migrated)
    assert workspace.returncode == 0, workspace.stderr
    assert workspace.stdout.strip() in leads("workspaces", "list", **migrated).stdout
    made = leads("keys", "create", "forms", "--role", "integration", "--expires-in", "90d", **migrated)
    secret = made.stdout.strip()
    assert secret.startswith("lgk_")
    assert secret not in made.stderr
    listed = leads("keys", "list", **migrated).stdout
    assert "forms" in listed
    assert secret not in listed
    id = next(word for line in listed.splitlines() if "forms" in line for word in line.split())

    with Serving(settings=migrated) as server:
        bearer = {"authorization": f"Bearer {secret}", "x-request-id": "order-1"}
        asked = {"query": "query Who { viewer { role workspace { name currency } } }"}
        answer = httpx.post(f"{server.url}/graphql", json=asked, headers=bearer)
        assert answer.json() == {"data": {"viewer": {"role": "INTEGRATION", "workspace": {"name": "Acme", "currency": "EUR"}}}}
        assert answer.headers["x-request-id"] == "order-1"
        assert "server" not in answer.headers
        assert httpx.get(f"{server.url}/graphiql").status_code == 404
        assert httpx.get(f"{server.url}/readyz").json() == {"ready": True}
        assert leads("keys", "revoke", id, **migrated).stderr == f"Revoked 'forms' ({id}).\n"
        # For less than a second a key is believed; whoever asks more often than it can in that time sees it refused.
        statuses = (httpx.post(f"{server.url}/graphql", json=asked, headers=bearer).status_code for _ in range(10_000))
        assert next(status for status in statuses if status != 200) == 401
        assert server.end(signal.SIGTERM) == 0
    assert "forms" not in leads("keys", "list", **migrated).stdout
    assert "revoked" in leads("keys", "list", "--all", **migrated).stdout

    requests = [entry for line in server.lines if line.startswith("{") and (entry := json.loads(line))["event"] == "request"]
    first = requests[0]
    assert (first["operation"], first["kind"], first["status"], first["request_id"]) == ("Who", "query", 200, "order-1")
    assert first["ms"] > 0
    assert [entry["path"] for entry in requests][:2] == ["/graphql", "/graphiql"]
    assert {entry["status"] for entry in requests[2:]} <= {200, 401}
    assert secret not in server.output


def test_an_origin_that_is_allowed_may_read(migrated: dict[str, str]) -> None:
    chosen = {**migrated, "ALLOWED_ORIGINS": "https://app.example", "ALLOWED_HOSTS": "127.0.0.1"}
    with Serving(settings=chosen) as server:
        ours = httpx.get(f"{server.url}/healthz", headers={"origin": "https://app.example"})
        theirs = httpx.get(f"{server.url}/healthz", headers={"origin": "https://other.example"})
        misdirected = httpx.get(f"{server.url}/healthz", headers={"host": "localhost"})
    assert ours.headers["access-control-allow-origin"] == "https://app.example"
    assert "access-control-allow-origin" not in theirs.headers
    assert misdirected.status_code == 421
