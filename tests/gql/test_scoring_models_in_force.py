"""A model comes into force: it is published, chosen or rolled back to, and the leads follow at once or by the run."""

from __future__ import annotations

from typing import Any

from persistence.database import Database
from tests.events import told
from tests.models import CALLERS, REFUSED, chosen, drafted, in_use, model_id, published, refusals, rescored, revised
from tests.worlds import World, build_world
from usecases.scoring.rescore_by_model import rescore_by_models


async def test_choosing_a_model_rescores_every_lead_once_and_says_why(world: World) -> None:
    chief = await world.lead(title="CEO", company="Acme", website_visits=2)
    nobody = await world.lead()
    version = await published(world, await drafted(world))
    world.at = world.at.replace(hour=13)

    await chosen(world, version["model"]["id"])
    run = (await world.ask("{ viewer { workspace { scoringRun { total done finishedAt version { id } } } } }"))["viewer"]["workspace"]
    assert run == {"scoringRun": {"total": 2, "done": 0, "finishedAt": None, "version": {"id": version["id"]}}}
    assert await rescored(world) == 2
    assert await rescored(world) == 0

    data = await world.ask(
        """
        query ($chief: ID!, $nobody: ID!) {
          chief: lead(id: $chief) { grade score { total model { key version published { id } } }
            scoreHistory { nodes { cause fromTotal total model { key } actor { kind } } } }
          nobody: lead(id: $nobody) { score { total model { key } } scoreHistory { nodes { cause } } }
          viewer { workspace { scoringRun { done finishedAt } } }
        }
        """,
        {"chief": world.id(chief), "nobody": world.id(nobody)},
    )
    assert data["chief"] == {
        "grade": "B",
        "score": {"total": 60, "model": {"key": "callers", "version": 1, "published": {"id": version["id"]}}},
        "scoreHistory": {
            "nodes": [
                {"cause": "MODEL_PUBLISHED", "fromTotal": 19, "total": 60, "model": {"key": "callers"}, "actor": {"kind": "SYSTEM"}},
                {"cause": "FIELD_CHANGE", "fromTotal": None, "total": 19, "model": {"key": "standard"}, "actor": {"kind": "API_KEY"}},
            ]
        },
    }
    # Nobody had and has 0 points, but in other categories: that is history too.
    assert data["nobody"] == {
        "score": {"total": 0, "model": {"key": "callers"}},
        "scoreHistory": {"nodes": [{"cause": "MODEL_PUBLISHED"}, {"cause": "FIELD_CHANGE"}]},
    }
    assert data["viewer"]["workspace"]["scoringRun"] == {"done": 2, "finishedAt": "2026-06-30T13:00:00Z"}
    (_, type, changes) = (await told(world, chief))[-1]
    assert (type, changes["total"], changes["cause"]) == ("LEAD_SCORE_CHANGED", [19, 60], "MODEL_PUBLISHED")


async def test_a_new_version_of_the_model_in_use_comes_into_force_at_once(world: World) -> None:
    version = await in_use(world)
    waiting, changed = await world.lead(website_visits=1), await world.lead(website_visits=1)
    draft = (await world.tell("createScoringModelDraft", {"modelId": version["model"]["id"]}, "draft { id }"))["draft"]["id"]
    dearer = [CALLERS[0], {**CALLERS[1], "rules": [{"perEvent": {"key": "visits", "fact": "WEBSITE_VISITS", "pointsEach": 20, "cap": 60}}]}]
    await revised(world, draft, categories=dearer)
    second = await published(world, draft)

    # What changes before the run comes to it is scored by the new version, and put down to what changed it.
    await world.tell("updateLead", {"leadId": world.id(changed), "contact": {"title": "CEO"}}, "errors { __typename }")
    new = await world.lead(website_visits=3)
    totals = (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Lead { score { total model { version } } scoreHistory { nodes { cause } } } } }"
    )
    ids = {"ids": [world.id(waiting), world.id(changed), world.id(new)]}
    before = [node["score"] for node in (await world.ask(totals, ids))["nodes"]]
    assert before == [
        {"total": 10, "model": {"version": 1}},
        {"total": 50, "model": {"version": 2}},
        {"total": 60, "model": {"version": 2}},
    ]
    assert second["number"] == 2
    await rescored(world)

    after = (await world.ask(totals, ids))["nodes"]
    assert [node["score"]["total"] for node in after] == [20, 50, 60]
    assert [[entry["cause"] for entry in node["scoreHistory"]["nodes"]] for node in after] == [
        ["MODEL_PUBLISHED", "FIELD_CHANGE"],
        ["FIELD_CHANGE", "FIELD_CHANGE"],
        ["FIELD_CHANGE"],
    ]


async def test_the_services_task_finishes_the_runs_of_all_workspaces_by_turns(world: World, database: Database) -> None:
    other = await build_world(database)
    for each in (world, other):
        for _ in range(5):
            await each.lead(website_visits=1)
        await chosen(each, (await published(each, await drafted(each)))["model"]["id"])

    assert await rescore_by_models(database, lambda: world.at, batch=2) >= 10

    for each in (world, other):
        run = (await each.ask("{ viewer { workspace { scoringRun { total done finishedAt } } } }"))["viewer"]["workspace"]["scoringRun"]
        assert run == {"total": 5, "done": 5, "finishedAt": "2026-06-30T12:00:00Z"}
    assert await rescore_by_models(database, lambda: world.at) == 0


async def test_a_model_that_is_not_in_use_is_published_without_rescoring(world: World) -> None:
    await world.lead(website_visits=1)
    await published(world, await drafted(world))

    data = await world.ask("{ viewer { workspace { scoringModel { key } scoringRun { id } } } }")
    assert data["viewer"]["workspace"] == {"scoringModel": {"key": "standard"}, "scoringRun": None}
    assert await rescored(world) == 0


async def test_rolling_back_publishes_the_earlier_version_under_the_next_number(world: World) -> None:
    lead = await world.lead(website_visits=1)
    version = await in_use(world)
    model = version["model"]["id"]
    draft = (await world.tell("createScoringModelDraft", {"modelId": model}, "draft { id }"))["draft"]["id"]
    await published(
        world,
        await revised(
            world,
            draft,
            categories=[{**CALLERS[0], "cap": 40}, {**CALLERS[1], "rules": CALLERS[1]["rules"][:1], "cap": 40}],
            grades={"a": 70, "b": 50, "c": 20},
        ),
    )
    await rescored(world)

    payload = await world.tell(
        "rollBackScoringModel",
        {"modelId": model, "number": 1},
        "published { number restoredNumber categories { key cap } model { versions { nodes { number } } } run { total } } " + REFUSED,
    )
    assert payload["published"] == {
        "number": 3,
        "restoredNumber": 1,
        "categories": [{"key": "person", "cap": 40}, {"key": "interest", "cap": 60}],
        "model": {"versions": {"nodes": [{"number": 3}, {"number": 2}, {"number": 1}]}},
        "run": {"total": 1},
    }
    await rescored(world)
    score = (await world.ask("query ($id: ID!) { lead(id: $id) { score { total model { version } } } }", {"id": world.id(lead)}))["lead"]
    assert score == {"score": {"total": 10, "model": {"version": 3}}}
    # What is in force already needs no rolling back to.
    again = await world.tell("rollBackScoringModel", {"modelId": model, "number": 3}, "published { number } errors { __typename }")
    assert again == {"published": {"number": 3}, "errors": []}
    assert await refusals(world, "rollBackScoringModel", {"modelId": model, "number": 9}) == [("NotFound", ["input", "number"])]


async def test_a_later_choice_supersedes_the_run_that_is_on(world: World) -> None:
    lead = await world.lead(website_visits=4)
    version = await published(world, await drafted(world))
    await chosen(world, version["model"]["id"])
    await chosen(world, await model_id(world, "voice"))
    await rescored(world)

    data = await world.ask(
        "query ($id: ID!, $lead: ID!) { node(id: $id) { ... on ScoringModelVersion { run { done finishedAt supersededAt } } }"
        " lead(id: $lead) { scoreHistory { nodes { model { key } } } } }",
        {"id": version["id"], "lead": world.id(lead)},
    )
    assert data["node"] == {"run": {"done": 0, "finishedAt": None, "supersededAt": "2026-06-30T12:00:00Z"}}
    assert [entry["model"]["key"] for entry in data["lead"]["scoreHistory"]["nodes"]] == ["voice", "standard"]


async def test_choosing_is_a_change_of_the_workspace_and_the_same_again_is_none(world: World) -> None:
    model = await model_id(world, "voice")

    selection = "workspace { version scoringModel { key } scoringRun { total finishedAt } } errors { __typename }"
    first = await world.tell("chooseScoringModel", {"modelId": model, "expectedVersion": 1}, selection)
    again = await world.tell("chooseScoringModel", {"modelId": model}, selection)

    # Without leads there is nothing to wait for.
    expected = {"version": 2, "scoringModel": {"key": "voice"}, "scoringRun": {"total": 0, "finishedAt": "2026-06-30T12:00:00Z"}}
    assert first == again == {"workspace": expected, "errors": []}
    assert await refusals(world, "chooseScoringModel", {"modelId": model, "expectedVersion": 1}) == [
        ("VersionConflict", ["input", "expectedVersion"])
    ]
    draft = await drafted(world)
    own = (await world.ask("query ($id: ID!) { node(id: $id) { ... on ScoringModelVersion { model { id } } } }", {"id": draft}))["node"]
    assert await refusals(world, "chooseScoringModel", {"modelId": own["model"]["id"]}) == [("ValidationError", ["input", "modelId"])]


async def test_the_feed_tells_of_published_and_chosen_models(world: World) -> None:
    start = (await world.ask("{ events { cursor } }"))["events"]["cursor"]
    version = await in_use(world)

    selection = "type lead { id } sequence changes { field old new } facts { name value }"
    query = f"query ($after: Cursor) {{ events(after: $after) {{ events {{ {selection} }} }} }}"
    events: list[dict[str, Any]] = []
    while len(events) < 2:
        events = (await world.ask(query, {"after": start}))["events"]["events"]

    model = version["model"]["id"]
    assert events == [
        {
            "type": "SCORING_MODEL_PUBLISHED", "lead": None, "sequence": None,
            "changes": [{"field": "number", "old": None, "new": "1"}], "facts": [{"name": "scoringModel", "value": model}],
        },
        {
            "type": "SCORING_MODEL_CHOSEN", "lead": None, "sequence": None,
            "changes": [{"field": "scoringModel", "old": "standard", "new": "callers"}],
            "facts": [{"name": "scoringModel", "value": model}],
        },
    ]  # fmt: skip


async def test_a_lead_that_was_deleted_meanwhile_comes_back_scored_by_the_model_of_now(world: World) -> None:
    lead = await world.lead(website_visits=1)
    await world.tell("deleteLead", {"leadId": world.id(lead)}, "errors { __typename }")
    await in_use(world)

    payload = await world.tell(
        "restoreLead", {"leadId": world.id(lead)}, "lead { score { total model { key } } scoreHistory(first: 1) { nodes { cause } } }"
    )

    assert payload["lead"] == {
        "score": {"total": 10, "model": {"key": "callers"}},
        "scoreHistory": {"nodes": [{"cause": "MODEL_PUBLISHED"}]},
    }


async def test_next_steps_follow_the_workspaces_own_model(world: World) -> None:
    await in_use(world)
    lead = await world.lead(title="CEO")

    data = await world.ask(
        "query ($id: ID!) { lead(id: $id) { nextSteps { toGrade steps { fact want points } } } }", {"id": world.id(lead)}
    )

    assert data["lead"]["nextSteps"] == {"toGrade": "C", "steps": [{"fact": "company", "want": 1, "points": 10}]}


async def test_a_dry_run_of_publishing_leaves_no_trace_in_what_is_scored_later(world: World) -> None:
    version = await in_use(world)
    model = version["model"]["id"]
    draft = (await world.tell("createScoringModelDraft", {"modelId": model}, "draft { id }"))["draft"]["id"]
    payload = await world.tell(
        "publishScoringModel", {"draftId": draft, "dryRun": True}, f"published {{ number }} dryRun {{ events {{ type }} }} {REFUSED}"
    )
    assert (payload["published"], payload["dryRun"]["events"]) == ({"number": 2}, [{"type": "SCORING_MODEL_PUBLISHED"}])

    lead = await world.lead(website_visits=1)

    score = (await world.ask("query ($id: ID!) { lead(id: $id) { score { total model { version } } } }", {"id": world.id(lead)}))["lead"]
    assert score == {"score": {"total": 10, "model": {"version": 1}}}
