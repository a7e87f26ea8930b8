"""Sequences: drafted step by step, and told everything that is wrong with them."""

from __future__ import annotations

import asyncio

from domain.access import Role
from tests.sequence_requests import ERRORS, PUBLISH, SEQUENCE, STEPS, VALIDATION, create, errors, every_kind, message
from tests.worlds import World

_MAIL = {"channel": "EMAIL", "purpose": "MARKETING", "template": {"name": "Hello"}, "templateVersion": None, "next": "opened"}
_OPENED = {"event": {"activity": "EMAIL_OPENED", "outcome": None, "status": None}, "timeoutMinutes": 4320}
_CONDITION = {"grades": ["A"], "minScore": 10, "known": ["PHONE"], "tagsAny": ["Gold"]}
SHOWN_STEPS = [
    {"__typename": "SendStep", "key": "mail", **_MAIL},
    {"__typename": "WaitForEventStep", "key": "opened", **_OPENED, "next": "which", "timeoutNext": "split"},
    {"__typename": "BranchStep", "key": "which", "cases": [{"condition": _CONDITION, "next": "call"}], "otherwise": "split"},
    {
        "__typename": "SplitStep",
        "key": "split",
        "arms": [{"name": "Calm", "weight": 1, "next": "pause"}, {"name": "Keen", "weight": 3, "next": "morning"}],
    },
    {"__typename": "WaitStep", "key": "pause", "minutes": 60, "next": "morning"},
    {"__typename": "WaitUntilStep", "key": "morning", "localTime": "09:05", "weekdays": ["MONDAY", "TUESDAY"], "next": "ai"},
    {
        "__typename": "AiCallStep",
        "key": "ai",
        "objective": "Book a demo",
        "script": "Hi",
        "maxAttempts": 3,
        "purpose": "SALES",
        "next": "hook",
    },
    {"__typename": "CallTaskStep", "key": "call", "title": "Call", "instructions": "Be kind", "dueMinutes": 30, "next": "hook"},
    {"__typename": "WebhookStep", "key": "hook", "url": "https://crm.example/x", "next": "task"},
    {"__typename": "TaskStep", "key": "task", "title": "Write it down", "dueMinutes": 1440, "next": "goal"},
    {"__typename": "GoalStep", "key": "goal", "goal": "Demo", "next": "end"},
    {"__typename": "ExitStep", "key": "end", "reason": "Done"},
]


async def test_a_draft_keeps_every_kind_of_step_and_trigger(world: World) -> None:
    sequence = await create(
        world,
        *every_kind(await message(world)),
        triggers=[
            {"activities": ["CONTENT_DOWNLOADED", "CONTENT_DOWNLOADED"]},
            {"statuses": ["NURTURING"]},
            {"score": 40},
            {"grade": "B"},
            {"sources": ["WEBINAR"]},
        ],
        exitCriteria={"reply": False, "statuses": ["PROPOSAL"], "grades": ["A"]},
        entry={"statuses": ["NEW"], "maxActive": 100, "maxPerDay": 10, "reentryAfterDays": 30},
    )

    assert sequence["draft"]["steps"] == SHOWN_STEPS
    assert sequence["draft"]["triggers"] == [
        {"__typename": "ActivityTrigger", "activities": ["CONTENT_DOWNLOADED"]},
        {"__typename": "StatusTrigger", "statuses": ["NURTURING"]},
        {"__typename": "ScoreTrigger", "score": 40},
        {"__typename": "GradeTrigger", "grade": "B"},
        {"__typename": "SourceTrigger", "sources": ["WEBINAR"]},
    ]
    closing = {"conversion": True, "disqualification": True}
    assert sequence["draft"]["exitCriteria"] == {**closing, "reply": False, "unsubscribe": True, "statuses": ["PROPOSAL"], "grades": ["A"]}
    assert sequence["draft"]["entry"] == {"statuses": ["NEW"], "maxActive": 100, "maxPerDay": 10, "reentryAfterDays": 30}
    assert sequence["validation"] == {"publishable": True, "problems": []}


async def test_a_draft_is_discarded_once_there_is_something_to_go_back_to(world: World) -> None:
    sequence = await create(world)
    selection = f"sequence {{ version draft {{ __typename }} }} {ERRORS}"
    assert errors(await world.tell("discardSequenceDraft", {"sequenceId": sequence["id"]}, selection)) == [
        ("VALIDATION_FAILED", "sequenceId")
    ]

    await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)
    await world.tell("updateSequence", {"sequenceId": sequence["id"], "steps": []}, "errors { __typename }")
    discarded = await world.tell("discardSequenceDraft", {"sequenceId": sequence["id"], "expectedVersion": 3}, selection)
    assert discarded == {"sequence": {"version": 4, "draft": None}, "errors": []}


async def test_what_could_not_even_be_kept_is_refused_when_it_is_saved(world: World) -> None:
    before = await world.contents()
    payload = await world.tell(
        "createSequence",
        {
            "name": "",
            "type": None,
            "description": "x" * 1_001,
            "steps": [
                {"waitUntil": {"key": "Big", "localTime": "25:00"}},
                {"exit": {"key": "end", "reason": "x" * 201}},
                {"goal": {"key": "end", "name": " ", "next": "Über"}},
                {"branch": {"key": "b", "cases": [{"condition": {"tagsAny": ["x" * 101]}, "next": "a b"}]}},
                {"split": {"key": "s", "arms": [{"name": "x"}] * 21}},
            ],
        },
        f"{SEQUENCE} {ERRORS}",
    )
    assert errors(payload) == [
        ("VALIDATION_FAILED", "name"),
        ("VALIDATION_FAILED", "type"),
        ("VALIDATION_FAILED", "description"),
        ("VALIDATION_FAILED", "steps.0.waitUntil.localTime"),
        ("VALIDATION_FAILED", "steps.0.waitUntil.key"),
        ("VALIDATION_FAILED", "steps.1.exit.reason"),
        ("VALIDATION_FAILED", "steps.2.goal.key"),
        ("VALIDATION_FAILED", "steps.2.goal.name"),
        ("VALIDATION_FAILED", "steps.2.goal.next"),
        ("VALIDATION_FAILED", "steps.3.branch.cases.0.condition.tagsAny.0"),
        ("VALIDATION_FAILED", "steps.3.branch.cases.0.next"),
        ("VALIDATION_FAILED", "steps.4.split.arms"),
    ]
    assert errors(await world.tell("createSequence", {"name": "x"}, f"{SEQUENCE} {ERRORS}")) == [("VALIDATION_FAILED", "type")]
    assert await world.contents() == before


async def test_a_step_is_of_one_kind(world: World) -> None:
    step = {"wait": {"key": "a", "minutes": 1}, "exit": {"key": "b"}}
    body = await world.answer(
        "mutation ($input: CreateSequenceInput!) { createSequence(input: $input) { errors { __typename } } }",
        {"input": {"name": "x", "type": "INTEREST", "steps": [step]}},
    )
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_names_are_unique_also_when_two_come_at_once(world: World) -> None:
    given = {"name": "Same", "type": "INTEREST"}
    payloads = await asyncio.gather(*(world.tell("createSequence", given, f"sequence {{ id }} {ERRORS}") for _ in range(4)))
    assert [payload["sequence"] is not None for payload in payloads].count(True) == 1
    assert {code for payload in payloads for code, _ in errors(payload)} == {"ALREADY_EXISTS"}

    other = await create(world)
    renamed = await world.tell("updateSequence", {"sequenceId": other["id"], "name": "sAME"}, f"sequence {{ id }} {ERRORS}")
    assert errors(renamed) == [("ALREADY_EXISTS", "name")]


async def test_of_two_changes_of_one_version_one_is_refused(world: World) -> None:
    sequence = await create(world)
    update = {"sequenceId": sequence["id"], "expectedVersion": 1}
    payloads = await asyncio.gather(
        *(world.tell("updateSequence", {**update, "name": name}, f"sequence {{ version }} {ERRORS}") for name in ("One", "Two", "Three"))
    )
    assert sorted(errors(payload) != [] for payload in payloads) == [False, True, True]


async def test_an_archived_sequence_is_listed_only_when_asked_for(world: World) -> None:
    sequence = await create(world)
    selection = f"sequence {{ version archivedAt }} {ERRORS}"
    for _ in range(2):
        archived = await world.tell("archiveSequence", {"sequenceId": sequence["id"]}, selection)
        assert archived["sequence"] == {"version": 2, "archivedAt": "2026-06-30T12:00:00Z"}
    query = "{ sequences { totalCount } all: sequences(includeArchived: true) { nodes { name } } }"
    assert await world.ask(query) == {"sequences": {"totalCount": 0}, "all": {"nodes": [{"name": "Warm up"}]}}
    back = await world.tell("unarchiveSequence", {"sequenceId": sequence["id"], "expectedVersion": 2}, selection)
    assert back["sequence"] == {"version": 3, "archivedAt": None}
    for mutation in ("archiveSequence", "unarchiveSequence", "publishSequence", "updateSequence", "discardSequenceDraft"):
        assert errors(await world.tell(mutation, {"sequenceId": world.id(world.ada)}, f"sequence {{ id }} {ERRORS}")) == [
            ("NOT_FOUND", "sequenceId")
        ]


async def test_agents_read_sequences_and_managers_write_them(world: World) -> None:
    sequence = await create(world)
    archive = "mutation ($id: ID!) { archiveSequence(input: { sequenceId: $id }) { errors { __typename } } }"
    agent = world.viewer(Role.AGENT, world.ada)

    refused = await world.answer(archive, {"id": sequence["id"]}, viewer=agent)
    assert refused["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert (await world.ask("{ sequences { nodes { name } } }", viewer=agent))["sequences"] == {"nodes": [{"name": "Warm up"}]}
    assert (await world.ask(archive, {"id": sequence["id"]}, viewer=world.viewer(Role.MANAGER)))["archiveSequence"] == {"errors": []}


async def test_the_number_of_statements_does_not_depend_on_the_number_of_sequences(world: World) -> None:
    template = await message(world)
    step = {"send": {"key": "mail", "channel": "EMAIL", "templateId": template, "purpose": "SALES", "next": "end"}}
    query = (
        f"{{ sequences {{ nodes {{ draft {{ {STEPS} }} published {{ plan {{ {STEPS} }} }} changes {{ addedSteps }} {VALIDATION} }} }} }}"
    )

    async def statements() -> int:
        with world.recorded() as recorded:
            await world.ask(query)
        return len(recorded)

    async def add(name: str) -> None:
        sequence = await create(world, step, name=name)
        await world.tell("publishSequence", {"sequenceId": sequence["id"]}, "errors { __typename }")
        await world.tell("updateSequence", {"sequenceId": sequence["id"], "triggers": [{"score": 9}]}, "errors { __typename }")

    await add("One")
    before = await statements()
    for number in range(8):
        await add(f"More {number}")
    assert await statements() == before
