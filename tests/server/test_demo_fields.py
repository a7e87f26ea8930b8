"""What the demo workspace shows of custom fields and segments."""

from __future__ import annotations

from typing import Any

from domain.access import system_viewer
from persistence.database import Database
from server.demo.invention import Invention
from tests.worlds import NOON, build_world
from usecases.demo.fill import fill_workspace
from usecases.verbs import Call


async def test_every_kind_of_field_is_held_and_every_segment_means_somebody(database: Database) -> None:
    world = await build_world(database)
    id = world.workspace.id
    await fill_workspace(Call(database, system_viewer(id), NOON), Invention(leads=150, seed=1).for_workspace(id, NOON))

    data: dict[str, Any] = await world.ask(
        """{
            customFields(includeArchived: true) { nodes { key type archivedAt } }
            leads(first: 100) { nodes { customFields { key } } }
            segments { nodes { name count problems { message } } }
        }"""
    )

    defined = {field["key"]: field for field in data["customFields"]["nodes"]}
    assert {field["type"] for field in defined.values()} == {"TEXT", "NUMBER", "DATE", "BOOLEAN", "SELECT", "MULTI_SELECT"}
    assert [key for key, field in defined.items() if field["archivedAt"]] == ["fax"]
    assert {value["key"] for lead in data["leads"]["nodes"] for value in lead["customFields"]} == defined.keys() - {"fax"}
    assert len(data["segments"]["nodes"]) == 4
    assert all(segment["count"] > 0 and segment["problems"] == [] for segment in data["segments"]["nodes"])
