"""What a draft would change is known before it is published: over all leads or a sample, and nothing is written."""

from __future__ import annotations

from typing import Any

import pytest

from domain.access import Role
from domain.scoring_impact import ScoringImpact
from gql.ids import decode_kind
from persistence.lead_scans import sampled_lead_ids
from tests.models import CALLERS, drafted, model_id, rescored
from tests.worlds import World
from usecases.scoring.model_impact import MOST_LEADS, scoring_model_impact

IMPACT = """
query ($id: ID!, $sample: Int) {
  scoringModelImpact(versionId: $id, sample: $sample) {
    version { id } population leads sampled changed
    gradeMoves { fromGrade toGrade leads }
    movers { lead { id } fromTotal toTotal delta fromGrade toGrade }
    before { mean median histogram { low high leads } byGrade { grade leads } }
    after { mean median histogram { low high leads } byGrade { grade leads } }
  }
}
"""


async def impact(world: World, draft: str, sample: int | None = None) -> dict[str, Any]:
    return (await world.ask(IMPACT, {"id": draft, "sample": sample}))["scoringModelImpact"]


def bars(spread: dict[str, Any]) -> list[int]:
    return [bar["leads"] for bar in spread["histogram"]]


async def test_every_move_is_counted_and_the_farthest_are_named(world: World) -> None:
    chief = await world.lead(title="CEO", company="Acme", website_visits=9, employees=500)  # 40 now
    visitor = await world.lead(website_visits=1)  # 2 now
    await world.lead()
    deleted = await world.lead(website_visits=9)
    await world.tell("deleteLead", {"leadId": world.id(deleted)}, "errors { __typename }")
    draft = await drafted(world)
    before = await world.contents()

    found = await impact(world, draft)

    assert await world.contents() == before
    assert (found["version"], found["population"], found["leads"], found["sampled"], found["changed"]) == ({"id": draft}, 3, 3, False, 2)
    moves = {(move["fromGrade"], move["toGrade"]): move["leads"] for move in found["gradeMoves"]}
    assert len(found["gradeMoves"]) == 16
    assert {move: count for move, count in moves.items() if count} == {("C", "A"): 1, ("D", "D"): 2}
    assert found["movers"] == [
        {"lead": {"id": world.id(chief)}, "fromTotal": 40, "toTotal": 90, "delta": 50, "fromGrade": "C", "toGrade": "A"},
        {"lead": {"id": world.id(visitor)}, "fromTotal": 2, "toTotal": 10, "delta": 8, "fromGrade": "D", "toGrade": "D"},
    ]
    assert (found["before"]["mean"], found["before"]["median"], bars(found["before"])) == (14.0, 2.0, [2, 0, 0, 0, 1, 0, 0, 0, 0, 0])
    assert (found["after"]["mean"], found["after"]["median"]) == (pytest.approx(100 / 3), 10.0)
    assert bars(found["after"]) == [1, 1, 0, 0, 0, 0, 0, 0, 0, 1]
    assert found["after"]["histogram"][-1] == {"low": 90, "high": 100, "leads": 1}
    assert [count["leads"] for count in found["before"]["byGrade"]] == [0, 0, 1, 2]
    assert [count["leads"] for count in found["after"]["byGrade"]] == [1, 0, 0, 2]


async def test_what_was_foreseen_is_what_happens(world: World) -> None:
    for number in range(30):
        await world.lead(title="CEO" if number % 3 else None, website_visits=number % 6, employees=number, company="Acme")
    version = (await world.ask('{ scoringModel(key: "voice") { id published { id } } }'))["scoringModel"]

    found = await impact(world, version["published"]["id"])
    await world.tell("chooseScoringModel", {"modelId": version["id"]}, "errors { __typename }")
    assert await rescored(world, batch=7) == 30
    now = await world.ask("{ leads(first: 100) { nodes { score { total } grade } } }")

    totals = [lead["score"]["total"] for lead in now["leads"]["nodes"]]
    assert found["after"]["mean"] == pytest.approx(sum(totals) / 30)
    assert {count["grade"]: count["leads"] for count in found["after"]["byGrade"]} == {
        grade: sum(lead["grade"] == grade for lead in now["leads"]["nodes"]) for grade in "ABCD"
    }


async def test_without_leads_there_is_nothing_to_average(world: World) -> None:
    found = await impact(world, await drafted(world))

    assert (found["leads"], found["movers"], found["after"]["mean"], found["after"]["median"]) == (0, [], None, None)


async def test_a_sample_is_the_same_each_time_and_says_that_it_is_one(world: World) -> None:
    for number in range(20):
        await world.lead(website_visits=number)
    draft = await drafted(world)

    first, again = await impact(world, draft, 8), await impact(world, draft, 8)

    assert first == again
    assert (first["population"], first["leads"], first["sampled"]) == (20, 8, True)
    async with world.database.reading(world.scope) as db:
        eight, nine = await sampled_lead_ids(db, 8), await sampled_lead_ids(db, 9)
    assert list(nine)[:8] == list(eight)
    assert list(eight) != sorted(eight)
    whole = await impact(world, draft, 20)
    assert (whole["leads"], whole["sampled"]) == (20, False)


async def worked_out(world: World, draft: str, **bounds: int) -> ScoringImpact:
    async with world.database.reading(world.scope) as db:
        found = await scoring_model_impact(db, decode_kind("ScoringModelVersion", draft), None, world.at, **bounds)
    assert found is not None
    return found


async def test_statements_go_by_batches_and_not_by_leads(world: World) -> None:
    for number in range(25):
        await world.lead(website_visits=number)
    voice = (await world.ask('{ scoringModel(key: "voice") { published { id } } }'))["scoringModel"]["published"]["id"]
    counts: list[int] = []
    for batch in (5, 10, 100):
        with world.recorded() as statements:
            assert (await worked_out(world, voice, batch=batch)).leads == 25
        counts.append(len(statements))

    # The version and a count; then leads and their calls by batches, and one look more where the last batch was full.
    assert counts == [2 + 5 + 5 + 1, 2 + 3 + 3, 2 + 1 + 1]


async def test_only_so_many_leads_are_scored_in_one_request(world: World) -> None:
    for number in range(12):
        await world.lead(website_visits=number)

    found = await worked_out(world, await drafted(world), most=10)

    assert (found.population, found.leads, found.sampled) == (12, 10, True)


@pytest.mark.parametrize("sample", [0, -1, MOST_LEADS + 1])
async def test_a_sample_has_bounds(world: World, sample: int) -> None:
    body = await world.answer(IMPACT, {"id": await drafted(world), "sample": sample})

    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_draft_with_errors_scores_nothing(world: World) -> None:
    draft = await drafted(world, categories=[{**CALLERS[0], "cap": 0}])

    body = await world.answer(IMPACT, {"id": draft})

    assert body["data"] == {"scoringModelImpact": None}
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert body["errors"][0]["message"] == "The draft has errors, and so scores nothing."


async def test_it_is_for_those_who_manage_scoring(world: World) -> None:
    draft = await drafted(world)
    for role in (Role.AGENT, Role.READ_ONLY, Role.INTEGRATION):
        body = await world.answer(IMPACT, {"id": draft}, viewer=world.viewer(role, world.ada if role is Role.AGENT else None))
        assert body["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert (await world.ask(IMPACT, {"id": await model_id(world, "voice")}))["scoringModelImpact"] is None


async def test_calls_count_where_the_model_reads_them(world: World) -> None:
    lead = await world.lead()
    await world.tell(
        "recordContactAttempt",
        {
            "leadId": world.id(lead),
            "channel": "PHONE",
            "direction": "OUTBOUND",
            "outcome": "MEETING_BOOKED",
            "occurredAt": world.at.isoformat(),
        },
        "errors { __typename }",
    )
    voice = (await world.ask('{ scoringModel(key: "voice") { published { id } } }'))["scoringModel"]["published"]["id"]

    found = await worked_out(world, voice)

    assert [(mover.from_total, mover.to_total) for mover in found.movers] == [(2, 15)]
