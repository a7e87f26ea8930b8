"""One command on a fresh machine: `leads serve --dev`, its end by every way there is, and the start after it."""

from __future__ import annotations

import json
import os
import signal
import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.persistence.server_processes import has_ended, wait_until
from tests.server.commands import Serving, leads

LEADS = 40
# Two of them turn out to be one person.
REMAINING = LEADS - 1
KEY = r"Development key\s+(lgk_\w+)"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Make up a small demo workspace, once; the command is a story of its own."""
    directory = tmp_path_factory.mktemp("data")
    settings = {"DATA_DIRECTORY": str(directory)}
    made = leads("demo", "--leads", str(LEADS), **settings)
    assert made.returncode == 0, made.stderr
    assert f"Demo workspace with {LEADS} leads" in made.stderr
    return settings


def ask(server: Serving, query: str, key: str | None = None) -> dict[str, Any]:
    token = key or server.wait_for(KEY)
    answer = httpx.post(f"{server.url}/graphql", json={"query": query}, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


def test_the_terminal_shows_everything_a_newcomer_needs(data: dict[str, str]) -> None:
    with Serving("--dev", settings=data) as server:
        assert ask(server, "{ leads { totalCount } }") == {"leads": {"totalCount": REMAINING}}
        shown = server.output
        assert "PostgreSQL 1" in shown
        assert f"GraphiQL: {server.url}/graphiql" in shown
        pasted = shown[shown.index("query ClosestToClosing") : shown.index("Ctrl-C stops")]
        closest = ask(server, pasted)["leads"]["nodes"]
        assert closest
        assert all(sum(category["points"] for category in lead["score"]["categories"]) == lead["score"]["total"] for lead in closest)
        assert server.end() == 0
        assert server.lines[-2] == "Stopped. Everything is kept; the next start goes on from here."


def test_the_subscription_that_is_shown_tells_of_leads_that_act(data: dict[str, str]) -> None:
    with Serving("--dev", settings={**data, "SIMULATOR": "true"}) as server:
        headers = {"authorization": f"Bearer {server.wait_for(KEY)}", "accept": "text/event-stream"}
        server.wait_for("Ctrl-C stops")
        shown = server.output
        pasted = shown[shown.index("subscription ScoresMove") : shown.index("Ctrl-C stops")]
        with httpx.stream("POST", f"{server.url}/graphql", json={"query": pasted}, headers=headers, timeout=60) as stream:
            told = next(line for line in stream.iter_lines() if line.startswith("data: "))
        change = json.loads(told.removeprefix("data: "))["data"]["leadScoreChanged"]
        assert change["fromTotal"] != change["total"]
        assert change["lead"]["name"]


def test_graphiql_starts_with_the_key_and_the_query(data: dict[str, str]) -> None:
    with Serving("--dev", settings=data) as server:
        page = httpx.get(f"{server.url}/graphiql").text
        config = json.loads(page.partition('type="application/json">')[2].partition("</script>")[0])
        assert config["headers"] == {"authorization": f"Bearer {server.wait_for(KEY)}"}
        assert config["query"].startswith("query ClosestToClosing {")
        assert httpx.get(f"{server.url}/readyz").json() == {"ready": True}
        assert httpx.get(f"{server.url}/healthz").text == "alive\n"
        assert httpx.post(f"{server.url}/graphql", json={"query": "{ __typename }"}).status_code == 401
        elsewhere = httpx.get(f"{server.url}/healthz", headers={"host": "attacker.example"})
        assert elsewhere.status_code == 421


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_what_was_acknowledged_is_there_at_the_next_start(data: dict[str, str], way: signal.Signals) -> None:
    create = 'mutation { createTag(input: { name: "%s" }) { tag { name } errors { __typename } } }'
    with Serving("--dev", settings=data) as server:
        key = server.wait_for(KEY)
        made = ask(server, create % f"ended by {way.name}")
        assert made["createTag"] == {"tag": {"name": f"ended by {way.name}"}, "errors": []}
        code = server.end(way)
        assert code == (-signal.SIGKILL if way is signal.SIGKILL else 0), server.output
    with Serving("--dev", settings=data) as server:
        assert server.wait_for(KEY) == key
        names = {tag["name"] for tag in ask(server, "{ tags(first: 100) { nodes { name } } }")["tags"]["nodes"]}
        assert f"ended by {way.name}" in names
        assert server.end() == 0
    assert not (Path(data["DATA_DIRECTORY"]) / "pgdata" / "postmaster.pid").exists()


def test_a_postgresql_that_was_killed_is_started_again_and_still_ends_with_the_server(data: dict[str, str]) -> None:
    status = Path(data["DATA_DIRECTORY"]) / "pgdata" / "postmaster.pid"
    with Serving("--dev", settings=data) as server:
        assert ask(server, "{ leads { totalCount } }") == {"leads": {"totalCount": REMAINING}}
        os.kill(int(status.read_text().split()[0]), signal.SIGKILL)
        server.wait_for("PostgreSQL had ended and was started again")

        wait_until(lambda: httpx.get(f"{server.url}/readyz").json() == {"ready": True})
        assert ask(server, "{ leads { totalCount } }") == {"leads": {"totalCount": REMAINING}}
        restarted = int(status.read_text().split()[0])
        assert server.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: has_ended(restarted))


def half_a_request(server: Serving) -> tuple[socket.socket, bytes]:
    """Begin a request that the server has to wait for; return the connection and what is still to be sent."""
    key = server.wait_for(KEY)
    port = int(server.url.rpartition(":")[2])
    body = b'{"query": "{ leads { totalCount } }"}'
    head = f"POST /graphql HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(f"{head}Content-Length: {len(body)}\r\nExpect: 100-continue\r\n\r\n".encode())
    # The server asks for the body once it works on the request, so it is surely under way.
    assert connection.recv(1000).startswith(b"HTTP/1.1 100")
    return connection, body


def test_the_end_waits_for_what_is_under_way(data: dict[str, str]) -> None:
    with Serving("--dev", settings=data) as server:
        connection, body = half_a_request(server)
        with connection:
            server.process.send_signal(signal.SIGTERM)
            server.wait_for("Stopping")
            connection.sendall(body)
            # Told to stop, the server closes the connection after its answer.
            answer = b"".join(iter(lambda: connection.recv(10_000), b""))
        assert answer.startswith(b"HTTP/1.1 200")
        assert answer.endswith(b'{"data":{"leads":{"totalCount":%d}}}' % REMAINING)
        assert server.ended() == 0


def test_a_second_ctrl_c_waits_for_nothing(data: dict[str, str]) -> None:
    with Serving("--dev", settings=data) as server:
        connection, _ = half_a_request(server)
        with connection:
            server.process.send_signal(signal.SIGINT)
            server.wait_for("Stopping")
            server.process.send_signal(signal.SIGINT)
            # The request never gets its body, and the connection stays open until the server has gone.
            assert server.ended() == 0
        assert server.lines[-2] == "Stopped. Everything is kept; the next start goes on from here."


def test_the_key_is_for_its_owner_alone(data: dict[str, str]) -> None:
    with Serving("--dev", settings=data) as server:
        key = server.wait_for(KEY)
    file = Path(data["DATA_DIRECTORY"]) / "development-key"
    assert file.read_text(encoding="ascii") == key + "\n"
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_that_opens_nothing_any_more_is_made_anew(data: dict[str, str]) -> None:
    file = Path(data["DATA_DIRECTORY"]) / "development-key"
    file.write_text("lgk_of_another_database\n", encoding="ascii")
    with Serving("--dev", settings=data) as server:
        key = server.wait_for(KEY)
        assert ask(server, "{ viewer { role } }", key) == {"viewer": {"role": "ADMIN"}}
    assert file.read_text(encoding="ascii") == key + "\n"


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = leads("serve", "--dev", "--port", port, DATA_DIRECTORY=str(tmp_path))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"leads: Cannot listen on 127.0.0.1:{port}: Address already in use. Choose another: --port or LEADGRAPH_PORT.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_development_stays_on_loopback(tmp_path: Path) -> None:
    refused = leads("serve", "--dev", "--host", "0.0.0.0", DATA_DIRECTORY=str(tmp_path))  # noqa: S104 - that is what is refused
    assert refused.returncode == 1
    assert refused.stderr == (
        "leads: A development server listens on loopback only, not on 0.0.0.0: everybody who reached it would be its admin.\n"
    )
