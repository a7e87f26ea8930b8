"""What the page about sequences shows is what the demo workspace answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from domain.access import system_viewer
from persistence.database import Database
from server.demo.invention import Invention
from tests.worlds import World, build_world
from usecases.demo.fill import fill_workspace
from usecases.verbs import Call

PAGE = (Path(__file__).parents[2] / "docs/sequences.md").read_text()


def block(language: str) -> str:
    return PAGE.split(f"```{language}\n", 1)[1].split("\n```", 1)[0]


async def demo(database: Database) -> World:
    world = await build_world(database)
    contents = Invention(leads=3, seed=1).for_workspace(world.workspace.id, world.at)
    await fill_workspace(Call(database, system_viewer(world.workspace.id), world.at), contents)
    return world


async def test_the_example_of_the_page_is_the_answer(database: Database) -> None:
    world = await demo(database)

    nodes = (await world.ask(block("graphql")))["sequences"]["nodes"]

    assert [node for node in nodes if node["changes"]] == [json.loads(block("json"))]
    assert len(nodes) == 6
    assert all(node["validation"] == {"publishable": True, "problems": []} for node in nodes)


async def test_every_message_reads_well_for_every_lead(database: Database) -> None:
    world = await demo(database)
    found: dict[str, Any] = await world.ask("{ leads { nodes { id } } messageTemplates(first: 100) { nodes { id name } } }")

    for template in found["messageTemplates"]["nodes"]:
        for lead in found["leads"]["nodes"]:
            query = "query ($t: ID!, $l: ID!) { previewMessageTemplate(templateId: $t, leadId: $l) { message { subject text missing } } }"
            message = (await world.ask(query, {"t": template["id"], "l": lead["id"]}))["previewMessageTemplate"]["message"]
            assert "{{" not in message["text"], template["name"]
            assert "  " not in message["text"], template["name"]
