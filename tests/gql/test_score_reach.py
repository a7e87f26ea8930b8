"""A lead says what it takes to reach a grade, under whichever model its workspace uses."""

from __future__ import annotations

from typing import Any

from domain.access import Role
from tests.models import in_use
from tests.worlds import World

REACH = """
query ($id: ID!, $grade: Grade!) {
  lead(id: $id) { scoreReach(grade: $grade) {
    grade pointsNeeded reachable reachableTotal moreSets exact
    sets { units total steps { fact have want points text } }
  } }
}
"""


async def reach(world: World, lead: Any, grade: str) -> dict[str, Any]:
    return (await world.ask(REACH, {"id": world.id(lead), "grade": grade}))["lead"]["scoreReach"]


async def test_every_smallest_set_is_named_the_best_first(world: World) -> None:
    lead = await world.lead(title="CEO", employees=600, website_visits=1)  # 10 + 20 + 2

    found = await reach(world, lead, "C")

    assert {name: found[name] for name in ("grade", "pointsNeeded", "reachable", "reachableTotal", "moreSets", "exact")} == {
        "grade": "C",
        "pointsNeeded": 8,
        "reachable": True,
        "reachableTotal": 95,
        "moreSets": False,
        "exact": True,
    }
    download = {"fact": "content_downloads", "have": 0, "want": 1, "points": 5, "text": "1 more content download"}
    assert [(each["units"], each["total"]) for each in found["sets"]] == [(2, 42)] * 2 + [(2, 40)] * 6
    assert found["sets"][0]["steps"] == [{"fact": "company", "have": 0, "want": 1, "points": 5, "text": "the company's name"}, download]
    assert found["sets"][1]["steps"] == [{**download, "want": 2, "points": 10, "text": "2 more content downloads"}]


async def test_a_grade_that_is_reached_needs_nothing_and_one_too_high_has_no_set(world: World) -> None:
    lead = await world.lead(title="CEO", employees=600, company="Acme", phones=("+14155552671",), industry="Retail")

    assert await reach(world, lead, "D") == {
        "grade": "D", "pointsNeeded": 0, "reachable": True, "reachableTotal": 95, "moreSets": False, "exact": True, "sets": [],
    }  # fmt: skip
    assert (await reach(world, lead, "C"))["pointsNeeded"] == 0
    poor = await world.lead()
    assert await reach(world, poor, "A") == {
        "grade": "A", "pointsNeeded": 80, "reachable": False, "reachableTotal": 65, "moreSets": False, "exact": True, "sets": [],
    }  # fmt: skip


async def test_an_own_model_may_tie_facts_together_and_take_points_away(world: World) -> None:
    visits = {"key": "visits", "fact": "WEBSITE_VISITS", "cap": 40}
    company = {"flat": {"key": "company", "points": 20, "condition": {"known": {"fact": "COMPANY"}}}}
    clicks = {"perEvent": {"key": "clicks", "fact": "EMAIL_CLICKS", "pointsEach": 10, "cap": 40}}
    warm = {"key": "warm", "cap": 60, "rules": [{"perEvent": {**visits, "pointsEach": 10}}, company]}
    shy = {"key": "shy", "cap": 40, "rules": [{"perEvent": {**visits, "pointsEach": -10}}, clicks]}
    await in_use(world, [warm, shy])
    lead = await world.lead(email_clicks=4)

    found = await reach(world, lead, "B")

    # A visit gives in one category what it takes away in the other.
    assert found["pointsNeeded"] == 20
    assert [[(step["fact"], step["want"]) for step in each["steps"]] for each in found["sets"]] == [[("company", 1)]]


async def test_an_agent_asks_only_about_leads_in_sight(world: World) -> None:
    foreign = await world.lead(owner_id=world.cleo.id)

    data = await world.ask(REACH, {"id": world.id(foreign), "grade": "C"}, viewer=world.viewer(Role.AGENT, world.ada))

    assert data == {"lead": None}
