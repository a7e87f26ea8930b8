"""What the page about sequences shows is what the demo workspace answers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.access import system_viewer
from domain.message_templates import CurrentMessage
from domain.message_variables import VARIABLES
from domain.sequence_validation import Surroundings, plan_problems
from persistence.database import Database
from server.demo.invention import Invention
from tests.worlds import NOON, World, build_world
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


def test_the_workspace_could_publish_again_what_it_has_published() -> None:
    contents = Invention(leads=3, seed=1).for_workspace(UUID(int=7), NOON)
    words = {version.template_id: version for version in contents.sequences.template_versions}
    messages = {template.id: CurrentMessage(template, words[template.id]) for template in contents.sequences.templates}
    names = {variable.name for variable in VARIABLES}
    around = Surroundings(messages=messages, variables=names, postal_address=contents.workspace.postal_address)

    assert {problem for version in contents.sequences.versions for problem in plan_problems(version.plan, around)} == set()


async def test_every_message_reads_well_for_every_lead(database: Database) -> None:
    world = await demo(database)
    found: dict[str, Any] = await world.ask("{ leads { nodes { id } } messageTemplates(first: 100) { nodes { id name } } }")

    for template in found["messageTemplates"]["nodes"]:
        for lead in found["leads"]["nodes"]:
            query = "query ($t: ID!, $l: ID!) { previewMessageTemplate(templateId: $t, leadId: $l) { message { subject text missing } } }"
            message = (await world.ask(query, {"t": template["id"], "l": lead["id"]}))["previewMessageTemplate"]["message"]
            assert "{{" not in message["text"], template["name"]
            assert "  " not in message["text"], template["name"]
