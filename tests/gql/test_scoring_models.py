"""Scoring models as data: drafted, checked, published, chosen, rolled back; leads follow at once or by the run."""

from __future__ import annotations

from domain.access import Role
from persistence.database import Database
from tests.models import CALLERS, REFUSED, drafted, published, refusals
from tests.worlds import World, build_world

NIL = "U2NvcmluZ01vZGVsOgAAAAAAAAAAAAAAAAAAAAA="


async def test_two_models_come_with_the_product_in_every_workspace(world: World) -> None:
    data = await world.ask("""
        { scoringModels { totalCount nodes {
            key name shipped draft { id }
            published { number state validation { severity kind } highest grades { a b c } categories { key cap } run { id } }
            versions { totalCount nodes { number publishedAt publishedBy { kind } restoredNumber } }
          } }
          viewer { workspace { scoringModel { key } scoringVersion { number } scoringRun { id } } } }
    """)

    standard, voice = data["scoringModels"]["nodes"]
    assert data["scoringModels"]["totalCount"] == 2
    assert standard == {
        "key": "standard",
        "name": "Standard",
        "shipped": True,
        "draft": None,
        "published": {
            "number": 1,
            "state": "PUBLISHED",
            "validation": [],
            "highest": 100,
            "grades": {"a": 80, "b": 60, "c": 40},
            "categories": [
                {"key": "demographic", "cap": 20},
                {"key": "behavioural", "cap": 25},
                {"key": "engagement", "cap": 25},
                {"key": "firmographic", "cap": 20},
                {"key": "intent", "cap": 10},
            ],
            "run": None,
        },
        "versions": {
            "totalCount": 1,
            "nodes": [{"number": 1, "publishedAt": "2025-05-26T12:00:00Z", "publishedBy": {"kind": "SYSTEM"}, "restoredNumber": None}],
        },
    }
    assert (voice["key"], voice["published"]["highest"]) == ("voice", 100)
    assert {problem["kind"] for problem in voice["published"]["validation"]} == {"POINTS_HIDDEN"}
    assert data["viewer"]["workspace"] == {"scoringModel": {"key": "standard"}, "scoringVersion": {"number": 1}, "scoringRun": None}


async def test_rules_are_shown_by_their_kinds(world: World) -> None:
    data = await world.ask("""
        { scoringModel(key: "voice") { published { categories { key rules {
            __typename key name fact highest
            ... on FlatScoringRule { points halfLifeDays condition { __typename fact
                ... on AtLeastCondition { threshold } ... on HappenedCondition { withinDays } } }
            ... on PerEventScoringRule { pointsEach cap windowDays halfLifeDays }
            ... on BandScoringRule { bands { below points } }
            ... on MatchScoringRule { values points }
        } } } } }
    """)

    rules = {rule["key"]: rule for category in data["scoringModel"]["published"]["categories"] for rule in category["rules"]}
    assert rules["phone"] == {
        "__typename": "FlatScoringRule", "key": "phone", "name": "Phone", "fact": "PHONES", "highest": 3, "points": 3, "halfLifeDays": None,
        "condition": {"__typename": "AtLeastCondition", "fact": "PHONES", "threshold": 1},
    }  # fmt: skip
    assert rules["not_interested_calls"]["points"] == -15
    assert rules["not_interested_calls"]["highest"] == 0
    assert rules["contact_requested_at"]["condition"]["withinDays"] == 30.0
    assert rules["connected_calls"] == {
        "__typename": "PerEventScoringRule", "key": "connected_calls", "name": "Connected calls", "fact": "CONNECTED_CALLS", "highest": 12,
        "pointsEach": 6, "cap": 12, "windowDays": None, "halfLifeDays": 14.0,
    }  # fmt: skip
    assert rules["employees"]["bands"][-1] == {"below": None, "points": 20}
    assert rules["source"]["values"] == ["CONTENT_DOWNLOAD", "WEBINAR"]


async def test_a_draft_is_read_back_as_it_was_sent(world: World) -> None:
    draft = await drafted(world, grades={"a": 70, "b": 50, "c": 20}, cap=95)

    data = await world.ask(
        """
        query ($id: ID!) { node(id: $id) { ... on ScoringModelVersion {
          number state version cap highest grades { a b c } validation { kind }
          categories { key name cap rules { key name
            ... on FlatScoringRule { condition { fact ... on HappenedCondition { withinDays } } }
            ... on BandScoringRule { bands { below points } } } }
          model { key name shipped published { id } draft { id } } publishedBy { kind }
        } } }
        """,
        {"id": draft},
    )

    version = data["node"]
    assert (version["number"], version["state"], version["version"], version["publishedBy"]) == (None, "DRAFT", 2, None)
    assert (version["cap"], version["highest"], version["grades"]) == (95, 95, {"a": 70, "b": 50, "c": 20})
    assert [problem["kind"] for problem in version["validation"]] == ["TOTAL_HIDES_POINTS"]
    assert [(category["key"], category["name"], category["cap"]) for category in version["categories"]] == [
        ("person", "Who it is", 40),
        ("interest", "Interest", 60),
    ]
    visits, asked, size = version["categories"][1]["rules"]
    assert visits == {"key": "visits", "name": "Visits"}
    assert asked["condition"] == {"fact": "CONTACT_REQUESTED_AT", "withinDays": 7.0}
    assert size["bands"] == [{"below": 10, "points": 2}, {"below": None, "points": 10}]
    assert version["model"] == {"key": "callers", "name": "Callers", "shipped": False, "published": None, "draft": {"id": draft}}


async def test_a_draft_may_be_a_copy_of_any_version(world: World) -> None:
    selection = "published { id categories { key cap rules { key fact highest } } grades { a } }"
    voice = (await world.ask(f'{{ scoringModel(key: "voice") {{ {selection} }} }}'))["scoringModel"]["published"]

    payload = await world.tell(
        "createScoringModel",
        {"name": "Our voice", "copyOf": voice["id"]},
        f"draft {{ id categories {{ key cap rules {{ key fact highest }} }} grades {{ a }} model {{ key }} }} {REFUSED}",
    )

    copy = payload["draft"]
    assert copy["id"] != voice["id"]
    assert copy["model"] == {"key": "our_voice"}
    assert (copy["categories"], copy["grades"]) == (voice["categories"], voice["grades"])


async def test_what_comes_with_the_product_and_what_is_published_never_changes(world: World) -> None:
    standard = (await world.ask('{ scoringModel(key: "standard") { id published { id } } }'))["scoringModel"]
    version = await published(world, await drafted(world))

    assert await refusals(world, "createScoringModelDraft", {"modelId": standard["id"]}) == [("NotAllowed", ["input", "modelId"])]
    assert await refusals(world, "updateScoringModel", {"modelId": standard["id"], "name": "Ours"}) == [
        ("NotAllowed", ["input", "modelId"])
    ]
    assert await refusals(world, "rollBackScoringModel", {"modelId": standard["id"], "number": 1}) == [("NotAllowed", ["input", "modelId"])]
    for id in (standard["published"]["id"], version["id"]):
        for mutation in ("updateScoringModelDraft", "publishScoringModel", "deleteScoringModelDraft"):
            assert await refusals(world, mutation, {"draftId": id}) == [("NotAllowed", ["input", "draftId"])]


async def test_a_model_has_one_draft_and_its_key_is_its_own(world: World) -> None:
    version = await published(world, await drafted(world))
    model = version["model"]["id"]
    assert await refusals(world, "createScoringModelDraft", {"modelId": model}) == []

    assert await refusals(world, "createScoringModelDraft", {"modelId": model}) == [("AlreadyExists", ["input", "modelId"])]
    assert await refusals(world, "createScoringModel", {"name": "callers"}) == [("AlreadyExists", ["input", "key"])]
    assert await refusals(world, "createScoringModel", {"name": "Ours", "key": "standard"}) == [("AlreadyExists", ["input", "key"])]
    assert await refusals(world, "createScoringModel", {"name": " ", "key": "Big", "copyOf": "x"}) == [
        ("ValidationError", ["input", "name"]),
        ("ValidationError", ["input", "key"]),
        ("NotFound", ["input", "copyOf"]),
    ]


async def test_a_deleted_draft_takes_a_model_along_that_was_never_published(world: World) -> None:
    first = await drafted(world)
    assert (await world.tell("deleteScoringModelDraft", {"draftId": first}, f"deleted {REFUSED}"))["deleted"] is True
    assert (await world.ask('{ scoringModel(key: "callers") { id } }'))["scoringModel"] is None

    version = await published(world, await drafted(world))
    payload = await world.tell("createScoringModelDraft", {"modelId": version["model"]["id"]}, "draft { id }")
    await world.tell("deleteScoringModelDraft", {"draftId": payload["draft"]["id"]}, "deleted")
    model = (await world.ask('{ scoringModel(key: "callers") { draft { id } published { number } } }'))["scoringModel"]
    assert model == {"draft": None, "published": {"number": 1}}


async def test_every_error_of_a_draft_keeps_it_from_being_published(world: World) -> None:
    draft = await drafted(
        world,
        categories=[
            {"key": "one", "cap": 0, "rules": [{"match": {"key": "who", "fact": "EMPLOYEES", "values": [], "points": 5}}]},
            {
                "key": "one",
                "cap": 30,
                "rules": [
                    {"bands": {"key": "size", "fact": "EMPLOYEES", "bands": [{"below": 50, "points": 5}, {"below": 50, "points": 9}]}}
                ],
            },
        ],
    )

    payload = await world.tell(
        "publishScoringModel",
        {"draftId": draft},
        "published { id } errors { ... on ScoringModelNotPublishable { code path message problems { kind severity category rule } } }",
    )

    assert payload["published"] is None
    (error,) = payload["errors"]
    assert (error["code"], error["path"], error["message"]) == (
        "SCORING_MODEL_NOT_PUBLISHABLE",
        ["input", "draftId"],
        "The draft has 9 errors.",
    )
    assert [(problem["kind"], problem["category"], problem["rule"]) for problem in error["problems"]] == [
        ("DUPLICATE_KEY", None, None),
        ("GRADE_UNREACHABLE", None, None),
        ("GRADE_UNREACHABLE", None, None),
        ("GRADE_UNREACHABLE", None, None),
        ("CAP_NOT_POSITIVE", "one", None),
        ("FACT_NOT_READABLE", "one", "who"),
        ("NO_VALUES", "one", "who"),
        ("BANDS_INCOMPLETE", "one", "size"),
        ("BANDS_OVERLAP", "one", "size"),
    ]
    assert {problem["severity"] for problem in error["problems"]} == {"ERROR"}


async def test_what_is_out_of_bounds_is_refused_where_it_stands(world: World) -> None:
    draft = await drafted(world)

    found = await refusals(
        world,
        "updateScoringModelDraft",
        {
            "draftId": draft,
            "categories": [
                CALLERS[0],
                {
                    "key": "Bad key",
                    "cap": 101,
                    "rules": [
                        {"flat": {"key": "", "condition": {"known": {"fact": "COMPANY"}}, "points": -101, "halfLifeDays": 1e12}},
                        {"match": {"key": "many", "fact": "SOURCE", "values": ["x"] * 101, "points": 1}},
                    ],
                },
            ],
        },
    )

    place = ["input", "categories", "1"]
    assert found == [
        ("ValidationError", [*place, "key"]),
        ("ValidationError", [*place, "cap"]),
        ("ValidationError", [*place, "rules", "0", "flat", "key"]),
        ("ValidationError", [*place, "rules", "0", "flat", "points"]),
        ("ValidationError", [*place, "rules", "0", "flat", "halfLifeDays"]),
        ("ValidationError", [*place, "rules", "1", "match", "values"]),
    ]


async def test_a_rule_is_of_exactly_one_kind(world: World) -> None:
    both = {"flat": CALLERS[0]["rules"][1]["flat"], "match": CALLERS[0]["rules"][0]["match"]}
    for rule in (both, {}, {"flat": None}):
        body = await world.answer(
            "mutation ($input: UpdateScoringModelDraftInput!) { updateScoringModelDraft(input: $input) { draft { id } } }",
            {"input": {"draftId": NIL, "categories": [{"key": "one", "cap": 1, "rules": [rule]}]}},
        )
        assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
        assert "`ScoringRuleInput`" in body["errors"][0]["message"]


async def test_two_changes_from_one_version_never_both_win(world: World) -> None:
    draft = await drafted(world)

    assert await refusals(world, "updateScoringModelDraft", {"draftId": draft, "cap": 90, "expectedVersion": 2}) == []
    assert await refusals(world, "updateScoringModelDraft", {"draftId": draft, "cap": 80, "expectedVersion": 2}) == [
        ("VersionConflict", ["input", "expectedVersion"])
    ]
    assert await refusals(world, "publishScoringModel", {"draftId": draft, "expectedVersion": 2}) == [
        ("VersionConflict", ["input", "expectedVersion"])
    ]


async def test_only_who_manages_scoring_changes_models(world: World) -> None:
    for role in (Role.AGENT, Role.INTEGRATION, Role.READ_ONLY):
        viewer = world.viewer(role, world.ada if role is Role.AGENT else None)
        body = await world.answer(
            "mutation ($input: CreateScoringModelInput!) { createScoringModel(input: $input) { draft { id } } }",
            {"input": {"name": "Mine"}},
            viewer=viewer,
        )
        assert body["errors"][0]["extensions"] == {"code": "FORBIDDEN", "permission": "MANAGE_SCORING", "requestId": "test"}
    payload = await world.tell("createScoringModel", {"name": "Mine"}, REFUSED, viewer=world.viewer(Role.MANAGER))
    assert payload == {"errors": []}


async def test_models_of_other_workspaces_are_not_there(world: World, database: Database) -> None:
    stranger = await build_world(database)
    draft = await drafted(stranger)
    version = await published(stranger, draft)

    assert (await world.ask('{ scoringModel(key: "callers") { id } }'))["scoringModel"] is None
    assert (await world.ask("query ($id: ID!) { node(id: $id) { id } }", {"id": draft}))["node"] is None
    assert await refusals(world, "chooseScoringModel", {"modelId": version["model"]["id"]}) == [("NotFound", ["input", "modelId"])]
    assert await refusals(world, "createScoringModel", {"name": "Copy", "copyOf": draft}) == [("NotFound", ["input", "copyOf"])]
