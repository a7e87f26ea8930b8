"""Imported leads and sequences: arrivals are enrolled by source, history sets nothing off, and updates settle like all changes."""

from __future__ import annotations

from typing import Any

from domain.lead_conditions import LeadCondition
from domain.leads import LeadSource
from domain.sequence_steps import BranchCase, BranchStep
from domain.sequences import ScoreTrigger, SourceTrigger, StatusTrigger
from domain.status import LeadStatus
from tests.sequences import day, published
from tests.usecases.import_files import HEADER, MAPPING, counts, imported
from tests.worlds import World

FROM_WEB = SourceTrigger(sources=(LeadSource.WEBSITE_FORM,))
WITH_DATE = MAPPING + "      created_at: Since\n"


async def enrollments(world: World) -> dict[str, list[tuple[str, str | None, str | None]]]:
    data: Any = await world.ask(
        "{ leads(first: 100) { nodes { name status enrollments { nodes { state trigger stepKey } } } } }",
    )
    return {
        lead["name"]: [(lead["status"], each["trigger"], each["stepKey"]) for each in lead["enrollments"]["nodes"]]
        for lead in data["leads"]["nodes"]
    }


async def test_new_leads_from_a_source_are_enrolled_with_the_tags_that_they_bring(world: World) -> None:
    vip = BranchStep(key="who", cases=(BranchCase(condition=LeadCondition(tags_any=("vip",)), next="short"),), otherwise="long")
    await published(world, vip, day("short", None), day("long", None, 7), triggers=(FROM_WEB,))

    ended = await imported(world, HEADER + "1,Ada Lo,,,Lo,Web,vip,\n2,Bo Ek,,,Ek,Web,,\n3,Cy Om,,,Om,Fair,,\n", MAPPING)

    assert counts(ended)["created"] == 3
    assert await enrollments(world) == {
        "Ada Lo": [("NURTURING", "SOURCE", "short")],
        "Bo Ek": [("NURTURING", "SOURCE", "long")],
        "Cy Om": [],
    }


async def test_what_the_file_says_is_older_sets_nothing_off(world: World) -> None:
    await published(world, triggers=(FROM_WEB, StatusTrigger(statuses=(LeadStatus.NEW,)), ScoreTrigger(score=1)))

    await imported(world, "Since," + HEADER + "2024-03-01,1,Ada Lo,,,Lo,Web,,\n", WITH_DATE)

    assert await enrollments(world) == {"Ada Lo": []}


async def test_an_update_that_lifts_the_score_enrolls(world: World) -> None:
    await imported(world, HEADER + "1,Ada Lo,,,Lo,Web,,\n", MAPPING)
    await published(world, triggers=(ScoreTrigger(score=8),))

    await imported(world, HEADER + "1,Ada Lo,,,Lo,Web,,2\n", MAPPING)

    assert await enrollments(world) == {"Ada Lo": [("NURTURING", "SCORE", "first")]}


async def test_an_import_that_concerns_no_sequence_asks_once(world: World) -> None:
    rows = "".join(f"{number},Lead {number},,,Firm,Web,,\n" for number in range(30))

    with world.recorded() as statements:
        await imported(world, HEADER + rows, MAPPING)

    assert len([sql for sql in statements if "sequence_versions" in sql or "FROM enrollments" in sql]) == 1
