"""How those who are on their way go over to a published version: behind the scenes, each when the run comes to it, with progress."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from domain.access import Role, system_viewer
from domain.lead_conditions import LeadCondition
from domain.leads import Lead
from domain.sequence_steps import BranchCase, BranchStep
from domain.sequences import Sequence
from persistence.enrollment_runs import lock_next_enrollment_run
from tests.sequences import END, day, moved, published
from tests.worlds import World
from usecases.sequences.move_enrollments import move_by_publications, move_next_enrollments
from usecases.verbs import Call, new_id

FAILED = "errors { ... on UserError { code message path } }"
RUN = "runningEnrollments total done moved startedAt finishedAt sequenceVersion { number }"
PUBLISHED = f"sequenceVersion {{ enrollmentRun {{ {RUN} }} }} enrollments {{ running moved pinned }} {FAILED}"
WEEK = 7 * 24 * 60


async def begun(world: World, count: int = 3) -> tuple[Sequence, list[Lead]]:
    """Put leads into a sequence that waits for a day, at `first`."""
    sequence, _ = await published(world, day("first", "end"), END, name=f"Warm up {new_id()}")
    leads = await world.leads(count)
    input = {"sequenceId": world.id(sequence), "leadIds": [world.id(lead) for lead in leads]}
    assert (await world.tell("enrollLeads", input, FAILED))["errors"] == []
    return sequence, leads


async def publish(world: World, sequence: Sequence, how: str, key: str = "first", minutes: int = WEEK, **more: Any) -> dict[str, Any]:
    """Publish a version that waits otherwise, at a step of this key."""
    steps = [{"wait": {"key": key, "minutes": minutes, "next": "end"}}, {"exit": {"key": "end"}}]
    drafted = await world.tell("updateSequence", {"sequenceId": world.id(sequence), "steps": steps}, FAILED)
    payload = await world.tell("publishSequence", {"sequenceId": world.id(sequence), "runningEnrollments": how}, PUBLISHED, **more)
    assert drafted["errors"] == payload["errors"] == []
    return payload


async def run(world: World, sequence: Sequence) -> dict[str, Any] | None:
    query = f"query ($id: ID!) {{ sequence(id: $id) {{ enrollmentRun {{ {RUN} }} published {{ enrollmentRun {{ {RUN} }} }} }} }}"
    found = (await world.ask(query, {"id": world.id(sequence)}))["sequence"]
    assert found["published"]["enrollmentRun"] in (found["enrollmentRun"], None)
    return found["enrollmentRun"]


async def standing(world: World, sequence: Sequence) -> list[tuple[int, str, str, str]]:
    """Tell of each enrollment its version, state, step and when that is due, the oldest first."""
    query = """query ($id: ID!) { sequence(id: $id) { enrollments(last: 100) {
        nodes { sequenceVersion { number } state stepKey dueAt }
    } } }"""
    nodes = (await world.ask(query, {"id": world.id(sequence)}))["sequence"]["enrollments"]["nodes"]
    return [(node["sequenceVersion"]["number"], node["state"], node["stepKey"], node["dueAt"]) for node in reversed(nodes)]


async def batch(world: World, size: int) -> int:
    return await move_next_enrollments(Call(world.database, system_viewer(world.workspace.id), world.at), size)


async def test_each_stays_on_its_version_until_the_run_comes_to_it(world: World) -> None:
    sequence, _ = await begun(world)
    before = (1, "ACTIVE", "first", "2026-07-01T12:00:00Z")
    after = (2, "ACTIVE", "first", "2026-07-07T12:00:00Z")

    payload = await publish(world, sequence, "REMAP")
    told = [await standing(world, sequence)]
    progress = [await run(world, sequence)]
    for _ in range(2):
        world.at += timedelta(minutes=1)
        await batch(world, 2)
        told.append(await standing(world, sequence))
        progress.append(await run(world, sequence))

    assert payload["enrollments"] == {"running": 3, "moved": 3, "pinned": 0}
    assert payload["sequenceVersion"]["enrollmentRun"] == progress[0]
    assert told == [[before, before, before], [after, after, before], [after, after, after]]
    of_run = {"runningEnrollments": "REMAP", "total": 3, "startedAt": "2026-06-30T12:00:00Z", "sequenceVersion": {"number": 2}}
    assert progress == [
        {**of_run, "done": 0, "moved": 0, "finishedAt": None},
        {**of_run, "done": 2, "moved": 2, "finishedAt": None},
        {**of_run, "done": 3, "moved": 3, "finishedAt": "2026-06-30T12:02:00Z"},
    ]
    assert await batch(world, 2) == 0


async def test_those_whose_step_is_gone_hold_nobody_up(world: World) -> None:
    """Of five, the first three wait at a step that the new version does not have: more than a batch."""
    condition = LeadCondition(countries=("PT",))
    ways = BranchStep(key="where", cases=(BranchCase(condition=condition, next="first"),), otherwise="gone")
    sequence, _ = await published(world, ways, day("first", "end"), day("gone", "end"), END)
    for leads in (await world.leads(3), await world.leads(2, country="PT")):
        input = {"sequenceId": world.id(sequence), "leadIds": [world.id(lead) for lead in leads]}
        assert (await world.tell("enrollLeads", input, FAILED))["errors"] == []

    payload = await publish(world, sequence, "REMAP")
    progress: list[tuple[int, int]] = []
    for _ in range(3):
        await batch(world, 2)
        found = await run(world, sequence)
        assert found is not None
        progress.append((found["done"], found["moved"]))

    assert payload["enrollments"] == {"running": 5, "moved": 2, "pinned": 3}
    assert progress == [(2, 0), (4, 1), (5, 2)]
    assert [each[:1] + each[2:3] for each in await standing(world, sequence)] == [(1, "gone")] * 3 + [(2, "first")] * 2


async def test_where_nobody_is_to_move_there_is_no_run(world: World) -> None:
    sequence, _ = await begun(world)

    pinned = await publish(world, sequence, "PIN")
    gone = await publish(world, sequence, "REMAP", key="other")

    assert pinned["sequenceVersion"]["enrollmentRun"] is None
    assert (gone["sequenceVersion"]["enrollmentRun"], gone["enrollments"]) == (None, {"running": 3, "moved": 0, "pinned": 3})
    assert await run(world, sequence) is None
    assert await batch(world, 10) == 0


async def test_whoever_enters_since_is_on_the_new_version_and_stays_where_it_is(world: World) -> None:
    sequence, _ = await begun(world, 1)
    await publish(world, sequence, "RESTART")
    world.at += timedelta(hours=1)
    late = await world.lead()
    await world.tell("enrollLead", {"leadId": world.id(late), "sequenceId": world.id(sequence)}, FAILED)
    world.at += timedelta(hours=1)

    assert await moved(world) == 1
    assert await standing(world, sequence) == [
        (2, "ACTIVE", "first", "2026-07-07T14:00:00Z"),
        (2, "ACTIVE", "first", "2026-07-07T13:00:00Z"),
    ]
    assert [type for type, _ in await world.events(late)].count("ENROLLMENT_MOVED") == 0


async def test_whoever_leaves_before_stays_on_its_version(world: World) -> None:
    sequence, leads = await begun(world)
    await publish(world, sequence, "RESTART")
    await world.tell("unenrollLeads", {"sequenceId": world.id(sequence), "leadIds": [world.id(leads[0])]}, FAILED)

    await moved(world)

    found = await run(world, sequence)
    assert found is not None
    assert (found["total"], found["done"], found["moved"]) == (3, 3, 2)
    assert [each[:2] for each in await standing(world, sequence)] == [(1, "EXITED"), (2, "ACTIVE"), (2, "ACTIVE")]


async def test_publications_move_everybody_one_after_the_other(world: World) -> None:
    """A restart that is not over yet is not lost when the next version leaves everybody where it is."""
    sequence, leads = await begun(world)
    await publish(world, sequence, "RESTART", key="again")
    await batch(world, 1)
    await publish(world, sequence, "PIN", key="third")
    await publish(world, sequence, "REMAP", key="again", minutes=60)
    late = await world.lead()
    await world.tell("enrollLead", {"leadId": world.id(late), "sequenceId": world.id(sequence)}, FAILED)
    assert [number for number, *_ in await standing(world, sequence)] == [2, 1, 1, 4]

    await moved(world)

    assert [(number, key) for number, _, key, _ in await standing(world, sequence)] == [(4, "again")] * 4
    assert [type for type, _ in await world.events(late)].count("ENROLLMENT_MOVED") == 0
    for lead in leads:
        assert [type for type, _ in await world.events(lead)].count("ENROLLMENT_MOVED") == 2


async def test_a_later_publication_waits_while_somebody_is_at_work_on_the_earlier_one(world: World) -> None:
    sequence, _ = await begun(world)
    other, _ = await begun(world)
    await publish(world, sequence, "RESTART")
    await publish(world, sequence, "REMAP", minutes=60)
    await publish(world, other, "REMAP")

    async with world.database.writing(world.scope) as tx:
        held = await lock_next_enrollment_run(tx)
        meanwhile = [await batch(world, 10), await batch(world, 10)]
        numbers = [number for number, *_ in await standing(world, sequence)]

    assert held is not None
    assert (held.sequence_id, held.number) == (sequence.id, 2)
    # The other sequence's is nobody's to wait for.
    assert (meanwhile, numbers) == ([3, 0], [1, 1, 1])


async def test_a_pause_that_is_younger_than_the_publication_stays(world: World) -> None:
    sequence, leads = await begun(world, 2)
    pause = {"sequenceId": world.id(sequence), "until": "2026-08-01T00:00:00Z"}
    await world.tell("pauseEnrollments", {**pause, "leadIds": [world.id(leads[0])]}, FAILED)
    world.at += timedelta(hours=1)
    await publish(world, sequence, "RESTART")
    world.at += timedelta(hours=1)
    await world.tell("pauseEnrollments", {**pause, "leadIds": [world.id(leads[1])]}, FAILED)

    await moved(world)

    assert [state for _, state, *_ in await standing(world, sequence)] == ["ACTIVE", "PAUSED"]


async def test_histories_name_whoever_published(world: World) -> None:
    sequence, leads = await begun(world, 1)
    await publish(world, sequence, "REMAP", viewer=world.viewer(Role.MANAGER, world.ben))
    await moved(world)

    query = "query ($id: ID!) { lead(id: $id) { enrollments { nodes { history { nodes { kind actor { kind agent { id } } } } } } } }"
    [enrollment] = (await world.ask(query, {"id": world.id(leads[0])}))["lead"]["enrollments"]["nodes"]

    assert enrollment["history"]["nodes"][0] == {"kind": "MOVED", "actor": {"kind": "AGENT", "agent": {"id": world.id(world.ben)}}}


async def test_a_dry_run_shows_the_run_and_begins_none(world: World) -> None:
    sequence, _ = await begun(world)
    steps = [{"wait": {"key": "first", "minutes": 5, "next": "end"}}, {"exit": {"key": "end"}}]
    await world.tell("updateSequence", {"sequenceId": world.id(sequence), "steps": steps}, FAILED)
    before = await world.contents()

    payload = await world.tell(
        "publishSequence",
        {"sequenceId": world.id(sequence), "runningEnrollments": "RESTART", "dryRun": True},
        f"{PUBLISHED} dryRun {{ changes {{ kind type }} }}",
    )

    assert payload["sequenceVersion"]["enrollmentRun"]["total"] == 3
    assert {"kind": "CREATED", "type": "EnrollmentRun"} in payload["dryRun"]["changes"]
    assert await world.contents() == before
    assert await moved(world) == 0


async def test_the_task_goes_through_every_workspace(world: World) -> None:
    sequence, _ = await begun(world)
    await publish(world, sequence, "RESTART")

    await move_by_publications(world.database, lambda: world.at, batch=2)

    found = await run(world, sequence)
    assert found is not None
    assert found["moved"] == 3


async def test_an_agent_does_not_see_how_many_leads_others_have(world: World) -> None:
    sequence, _ = await begun(world, 1)
    await publish(world, sequence, "REMAP")

    body = await world.answer(
        "query ($id: ID!) { sequence(id: $id) { enrollmentRun { total } } }",
        {"id": world.id(sequence)},
        viewer=world.viewer(Role.AGENT, world.ada),
    )

    assert [error["extensions"]["code"] for error in body["errors"]] == ["FORBIDDEN"]
