"""Lists of leads whose own tables appear again in their filters and in what the viewer may see."""

from __future__ import annotations

from domain.access import Role
from tests.worlds import World


async def test_an_agent_lists_the_teams_leads_and_sees_the_own_team_only(world: World) -> None:
    await world.lead(first_name="Mine", owner_id=world.ada.id)
    await world.lead(first_name="Colleague's", owner_id=world.ben.id)
    await world.lead(first_name="South's", owner_id=world.cleo.id)

    data = await world.ask("{ teams { nodes { name leads { totalCount } } } }", viewer=world.viewer(Role.AGENT, world.ada))

    assert data["teams"]["nodes"] == [{"name": "North", "leads": {"totalCount": 2}}, {"name": "South", "leads": {"totalCount": 0}}]


async def test_a_tags_leads_are_filtered_by_their_other_tags(world: World) -> None:
    both, one = await world.lead(first_name="Both"), await world.lead(first_name="One")
    await world.tell("tagLeads", {"leadIds": [world.id(both), world.id(one)], "tags": ["hot"]}, "rows { index }")
    await world.tell("tagLeads", {"leadIds": [world.id(both)], "tags": ["vip"]}, "rows { index }")

    data = await world.ask('{ tags { nodes { name leads(filter: {tags: {anyOf: ["VIP"]}}) { nodes { name } } } } }')

    assert data["tags"]["nodes"] == [
        {"name": "hot", "leads": {"nodes": [{"name": "Both"}]}},
        {"name": "vip", "leads": {"nodes": [{"name": "Both"}]}},
    ]
