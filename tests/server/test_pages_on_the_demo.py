"""Every query and mutation that a page of the documentation shows works on the demo workspace as it is pasted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from domain.access import system_viewer
from persistence.database import Database
from server.demo.invention import Invention
from tests.worlds import NOON, World, build_world
from usecases.demo.fill import fill_workspace
from usecases.verbs import Call

PAGES = sorted((Path(__file__).parents[2] / "docs").glob("*.md"))
_BLOCK = re.compile(r"^```(graphql|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_OPERATION = re.compile(r"(query|mutation|subscription)?\s*(\w*)\s*(\(.*?\))?\s*\{")
_REQUIRED = re.compile(r"\$(\w+): [\w\[\]!]+!(?!\])")
# They speak of a system of one's own, of leads that nobody has, or of the agent whom a key stands for, of which the demo knows nothing.
OF_ONES_OWN = frozenset({"FromTheCrm", "WarmLeads", "MyDay", "Pull", "webhooks.md"})

EXAMPLES = """{
    pair: leads(first: 2, filter: { status: { in: [CONTACTED, NURTURING] } }) { nodes { id } }
    scoringModel(key: "inbound") { draft { id } }
    campaigns(first: 1, filter: { statuses: [RUNNING] }) { nodes { id } }
    sequences { nodes { id type } }
    messageTemplates(first: 1) { nodes { id } }
    queues(first: 1) { nodes { id } }
    segments(first: 1) { nodes { id } }
}"""


class Example(NamedTuple):
    """An operation of a page, and the JSON that follows it."""

    page: str
    name: str
    text: str
    following: str


def examples() -> Iterator[Example]:
    """Yield what can be pasted, page by page; subscriptions are tried elsewhere."""
    for page in PAGES:
        blocks = [*_BLOCK.findall(page.read_text()), ("", "")]
        for (language, text), (after, following) in pairwise(blocks):
            operation = _OPERATION.match(text)
            if language == "graphql" and operation and operation[1] != "subscription":
                yield Example(page.name, operation[2] or page.name, text, following if after == "json" else "{}")


async def values(world: World) -> Mapping[str, Any]:
    """Find in the demo what the variables of the pages stand for."""
    found = await world.ask(EXAMPLES)
    first = {name: found[name]["nodes"][0]["id"] for name in ("campaigns", "messageTemplates", "queues", "segments")}
    survivor, loser = (lead["id"] for lead in found["pair"]["nodes"])
    awareness = next(each["id"] for each in found["sequences"]["nodes"] if each["type"] == "AWARENESS")
    fresh = await world.tell("createLead", {"contact": {"lastName": "Lima", "email": "lima@example.org"}}, "lead { id }")
    merge = (await world.tell("mergeLeads", {"survivorId": survivor, "loserId": loser}, "merge { id }"))["merge"]["id"]
    other = await world.tell("createLead", {"contact": {"lastName": "Lima"}}, "lead { id }")
    return {
        "lead": fresh["lead"]["id"], "survivor": survivor, "loser": other["lead"]["id"], "merge": merge,
        "draft": found["scoringModel"]["draft"]["id"], "campaign": first["campaigns"], "sequence": awareness, "sequenceId": awareness,
        "template": first["messageTemplates"], "queue": first["queues"], "segment": first["segments"],
        "soon": (world.at + timedelta(days=1)).isoformat(),
    }  # fmt: skip


def variables(example: Example, known: Mapping[str, Any]) -> dict[str, Any]:
    """Fill in an example's variables: from the JSON behind it, else from the demo."""
    given: dict[str, Any] = json.loads(example.following) if "$input:" in example.text else {}
    known = {**known, "id": known["sequence"] if "sequence" in example.text.split("\n")[1] else known["lead"]}
    filled = {name: given[name] if name in given else known[name] for name in _REQUIRED.findall(example.text.partition("{")[0])}
    return json.loads(re.sub(r'"leadId": "[^"]*"', f'"leadId": "{known["lead"]}"', json.dumps(filled)))


def hollow(answer: Mapping[str, dict[str, Any] | None]) -> bool:
    """Tell whether an answer shows nothing."""
    return any(field is None or field.get("nodes") == [] for field in answer.values())


async def test_what_pages_show_can_be_pasted(database: Database) -> None:
    world = await build_world(database)
    contents = Invention(leads=120, seed=7).for_workspace(world.workspace.id, NOON)
    await fill_workspace(Call(database, system_viewer(world.workspace.id), NOON), contents)
    known = await values(world)
    wrong: dict[str, Any] = {}
    tried = 0

    for example in examples():
        tried += 1
        body = await world.answer(example.text, variables(example, known))
        answer: dict[str, dict[str, Any] | None] = body.get("data") or {}
        refused = [field["errors"] for field in answer.values() if field and field.get("errors")]
        if body.get("errors") or refused or (hollow(answer) and example.name not in OF_ONES_OWN):
            wrong[f"{example.page} {example.name}"] = body.get("errors") or refused or answer

    assert wrong == {}
    assert tried >= 30
