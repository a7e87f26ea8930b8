"""Sequences: drafted step by step, told everything that is wrong with them, published as versions that never change."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.access import Role
from domain.sequences import SequenceType
from tests.worlds import World

STEPS = """
    steps {
        __typename
        ... on KeyedStep { key }
        ... on SendStep { channel purpose template { name } templateVersion { number text } next }
        ... on CallTaskStep { title instructions dueMinutes next }
        ... on TaskStep { title dueMinutes next }
        ... on AiCallStep { objective script maxAttempts purpose next }
        ... on WaitStep { minutes next }
        ... on WaitUntilStep { localTime weekdays next }
        ... on WaitForEventStep { event { activity outcome status } timeoutMinutes next timeoutNext }
        ... on BranchStep { cases { condition { grades minScore known tagsAny } next } otherwise }
        ... on SplitStep { arms { name weight next } }
        ... on WebhookStep { url next }
        ... on GoalStep { goal: name next }
        ... on ExitStep { reason }
    }
"""
PLAN = f"""
    {STEPS}
    triggers {{
        __typename
        ... on ActivityTrigger {{ activities }}
        ... on StatusTrigger {{ statuses }}
        ... on ScoreTrigger {{ score }}
        ... on GradeTrigger {{ grade }}
        ... on SourceTrigger {{ sources }}
    }}
    exitCriteria {{ conversion disqualification reply unsubscribe statuses grades }}
    entry {{ statuses maxActive maxPerDay reentryAfterDays }}
"""
VALIDATION = "validation { publishable problems { code severity message path stepKey } }"
SEQUENCE = f"sequence {{ id version name type draft {{ {PLAN} }} published {{ number }} {VALIDATION} }}"
ERRORS = "errors { __typename ... on UserError { code message path } }"
PUBLISH = """
    sequence { version draft { __typename } published { number } }
    sequenceVersion { id number }
    enrollments { running }
    errors {
        __typename
        ... on UserError { code message path }
        ... on SequenceNotPublishable { problem { code path stepKey severity } }
    }
"""
CHANGES = """
    sequence {
        version
        draft { __typename }
        changes { addedSteps changedSteps removedSteps triggersChanged entryChanged exitCriteriaChanged }
    }
"""
EXIT = {"exit": {"key": "end", "reason": "Done"}}


def errors(payload: dict[str, Any]) -> list[tuple[str, str]]:
    return [(error["code"], ".".join(error["path"][1:])) for error in payload["errors"]]


async def message(world: World, text: str = "Hello", **fields: Any) -> str:
    given = {"name": "Hello", "channel": "EMAIL", "subject": "Hello", "text": text, **fields}
    payload = await world.tell("createMessageTemplate", given, "template { id } errors { __typename }")
    assert payload["errors"] == []
    return payload["template"]["id"]


async def create(world: World, *steps: dict[str, Any], **fields: Any) -> dict[str, Any]:
    given = {"name": "Warm up", "type": "INTEREST", "steps": [*steps, EXIT], **fields}
    payload = await world.tell("createSequence", given, f"{SEQUENCE} {ERRORS}")
    assert payload["errors"] == [], payload["errors"]
    return payload["sequence"]


def every_kind(template: str) -> list[dict[str, Any]]:
    return [
        {"send": {"key": "mail", "channel": "EMAIL", "templateId": template, "purpose": "MARKETING", "next": "opened"}},
        {
            "waitForEvent": {
                "key": "opened",
                "event": {"activity": "EMAIL_OPENED"},
                "timeoutMinutes": 4320,
                "next": "which",
                "timeoutNext": "split",
            }
        },
        {
            "branch": {
                "key": "which",
                "cases": [{"condition": {"grades": ["A"], "minScore": 10, "known": ["PHONE"], "tagsAny": ["Gold"]}, "next": "call"}],
                "otherwise": "split",
            }
        },
        {"split": {"key": "split", "arms": [{"name": "Calm", "next": "pause"}, {"name": "Keen", "weight": 3, "next": "morning"}]}},
        {"wait": {"key": "pause", "minutes": 60, "next": "morning"}},
        {"waitUntil": {"key": "morning", "localTime": "09:05", "weekdays": ["MONDAY", "TUESDAY"], "next": "ai"}},
        {"aiCall": {"key": "ai", "objective": "Book a demo", "script": "Hi", "purpose": "SALES", "next": "hook"}},
        {"callTask": {"key": "call", "title": "Call", "instructions": "Be kind", "dueMinutes": 30, "next": "hook"}},
        {"webhook": {"key": "hook", "url": "https://crm.example/x", "next": "task"}},
        {"task": {"key": "task", "title": "Write it down", "next": "goal"}},
        {"goal": {"key": "goal", "name": "Demo", "next": "end"}},
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

    hello = {"channel": "EMAIL", "purpose": "MARKETING", "template": {"name": "Hello"}, "templateVersion": None, "next": "opened"}
    opened = {"event": {"activity": "EMAIL_OPENED", "outcome": None, "status": None}, "timeoutMinutes": 4320}
    condition = {"grades": ["A"], "minScore": 10, "known": ["PHONE"], "tagsAny": ["Gold"]}
    assert sequence["draft"]["steps"] == [
        {"__typename": "SendStep", "key": "mail", **hello},
        {"__typename": "WaitForEventStep", "key": "opened", **opened, "next": "which", "timeoutNext": "split"},
        {"__typename": "BranchStep", "key": "which", "cases": [{"condition": condition, "next": "call"}], "otherwise": "split"},
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


async def test_publishing_makes_a_version_that_later_changes_leave_alone(world: World) -> None:
    template = await message(world, "First words")
    sequence = await create(world, {"send": {"key": "mail", "channel": "EMAIL", "templateId": template, "purpose": "SALES", "next": "end"}})

    published = await world.tell("publishSequence", {"sequenceId": sequence["id"], "expectedVersion": 1}, PUBLISH)
    assert published["sequence"] == {"version": 2, "draft": None, "published": {"number": 1}}
    assert (published["sequenceVersion"]["number"], published["enrollments"]) == (1, {"running": 0})

    await world.tell("updateMessageTemplate", {"templateId": template, "text": "Second words"}, "errors { __typename }")
    await world.tell("updateSequence", {"sequenceId": sequence["id"], "entry": {"maxActive": 5}}, "errors { __typename }")
    second = await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)
    assert second["sequence"] == {"version": 4, "draft": None, "published": {"number": 2}}

    words = "plan { entry { maxActive } steps { ... on SendStep { templateVersion { text } template { name } } } }"
    query = f"query ($id: ID!) {{ sequence(id: $id) {{ versions {{ nodes {{ number {words} publishedBy {{ kind }} }} }} }} }}"
    versions = (await world.ask(query, {"id": sequence["id"]}))["sequence"]["versions"]["nodes"]
    assert [(version["number"], version["plan"]["entry"]["maxActive"]) for version in versions] == [(2, 5), (1, None)]
    assert [version["plan"]["steps"][0]["templateVersion"]["text"] for version in versions] == ["Second words", "First words"]


async def test_publishing_again_without_a_draft_changes_nothing(world: World) -> None:
    sequence = await create(world)
    first = await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)
    before = await world.contents()

    again = await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)

    assert again == {**first, "enrollments": None}
    assert await world.contents() == before


async def test_a_draft_that_becomes_what_is_published_is_none(world: World) -> None:
    template = await message(world)
    step: dict[str, dict[str, Any]] = {
        "send": {"key": "mail", "channel": "EMAIL", "templateId": template, "purpose": "SALES", "next": "end"}
    }
    sequence = await create(world, step)
    await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)

    pause = {"wait": {"key": "pause", "minutes": 5, "next": "end"}}
    changed_step = {"send": {**step["send"], "next": "pause"}}
    update = {"sequenceId": sequence["id"], "steps": [changed_step, pause, EXIT], "triggers": [{"score": 50}]}
    changed = await world.tell("updateSequence", update, CHANGES)
    assert changed["sequence"]["changes"] == {
        "addedSteps": ["pause"],
        "changedSteps": ["mail"],
        "removedSteps": [],
        "triggersChanged": True,
        "entryChanged": False,
        "exitCriteriaChanged": False,
    }

    back = await world.tell("updateSequence", {"sequenceId": sequence["id"], "steps": [step, EXIT], "triggers": []}, CHANGES)
    assert back["sequence"] == {"version": 4, "draft": None, "changes": None}


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


async def test_everything_that_keeps_it_from_being_published_is_said_while_drafting_and_at_publication(world: World) -> None:
    template = await message(world)
    sequence = await create(
        world,
        {"send": {"key": "mail", "channel": "SMS", "templateId": template, "next": "nowhere"}},
        {"split": {"key": "split", "arms": [{"name": "x", "weight": 0, "next": "hook"}]}},
        {"webhook": {"key": "hook", "url": "http://crm.example", "next": "split"}},
        {"waitUntil": {"key": "until", "localTime": "09:00", "weekdays": []}},
        {"send": {"key": "lost", "channel": "EMAIL", "templateId": world.id(world.ada), "purpose": "SALES", "next": "end"}},
    )
    said = [
        ("DANGLING_NEXT", "steps.0.next", "mail"),
        ("NO_CONSENT_PURPOSE", "steps.0.purpose", "mail"),
        ("TEMPLATE_OF_OTHER_CHANNEL", "steps.0.channel", "mail"),
        ("TOO_FEW_WAYS", "steps.1.arms", "split"),
        ("WEIGHT_OUT_OF_BOUNDS", "steps.1.arms.0.weight", "split"),
        ("INVALID_URL", "steps.2.url", "hook"),
        ("NO_WEEKDAY", "steps.3.weekdays", "until"),
        ("MISSING_EXIT", "steps.3.next", "until"),
        ("UNKNOWN_TEMPLATE", "steps.4.templateId", "lost"),
        ("UNREACHABLE_STEP", "steps.1", "split"),
        ("UNREACHABLE_STEP", "steps.2", "hook"),
        ("UNREACHABLE_STEP", "steps.3", "until"),
        ("UNREACHABLE_STEP", "steps.4", "lost"),
        ("UNREACHABLE_STEP", "steps.5", "end"),
        ("CYCLE_WITHOUT_WAIT", "steps.1", "split"),
    ]
    assert sequence["validation"]["publishable"] is False
    problems = sequence["validation"]["problems"]
    assert [(problem["code"], ".".join(problem["path"]), problem["stepKey"]) for problem in problems] == said

    before = await world.contents()
    refused = await world.tell("publishSequence", {"sequenceId": sequence["id"], "expectedVersion": 9}, PUBLISH)
    assert refused["sequence"] is None
    assert errors(refused) == [("VERSION_CONFLICT", "expectedVersion"), *[("SEQUENCE_NOT_PUBLISHABLE", "sequenceId")] * len(said)]
    told = [error["problem"] for error in refused["errors"][1:]]
    assert [(problem["code"], ".".join(problem["path"]), problem["stepKey"]) for problem in told] == said
    assert await world.contents() == before


async def test_warnings_do_not_keep_it_from_being_published(world: World) -> None:
    template = await message(world)
    mail = {"channel": "EMAIL", "templateId": template, "purpose": "MARKETING"}
    sequence = await create(
        world,
        {"send": {"key": "one", **mail, "next": "two"}},
        {"send": {"key": "two", **mail, "next": "end"}},
        exitCriteria={"unsubscribe": False},
    )
    assert sequence["validation"] == {
        "publishable": True,
        "problems": [
            {
                "code": "SENDS_WITHOUT_WAIT",
                "severity": "WARNING",
                "message": "Follows `one` on the same channel without a wait.",
                "path": ["steps", "1"],
                "stepKey": "two",
            },
            {
                "code": "NO_UNSUBSCRIBE_EXIT",
                "severity": "WARNING",
                "message": "Leads that unsubscribed stay in it, although it is marketing.",
                "path": ["exitCriteria", "unsubscribe"],
                "stepKey": None,
            },
        ],
    }
    assert (await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH))["errors"] == []


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


@pytest.mark.parametrize("type", list(SequenceType))
async def test_each_shipped_sequence_is_copied_and_published_without_a_warning(world: World, type: SequenceType) -> None:
    created = await world.tell("createSequence", {"fromTemplate": type}, f"{SEQUENCE} {ERRORS}")
    assert created["errors"] == []
    assert created["sequence"]["type"] == type
    assert created["sequence"]["validation"] == {"publishable": True, "problems": []}

    published = await world.tell("publishSequence", {"sequenceId": created["sequence"]["id"]}, PUBLISH)
    assert (published["errors"], published["sequence"]["published"]) == ([], {"number": 1})


async def test_a_copy_takes_the_messages_that_are_there_already_and_what_is_given_goes_first(world: World) -> None:
    first = await world.tell("createSequence", {"fromTemplate": "AWARENESS"}, SEQUENCE)
    other = {"fromTemplate": "AWARENESS", "name": "My own", "type": "INTEREST", "triggers": []}
    second = await world.tell("createSequence", other, SEQUENCE)

    assert (second["sequence"]["name"], second["sequence"]["type"], second["sequence"]["draft"]["triggers"]) == ("My own", "INTEREST", [])
    assert second["sequence"]["draft"]["steps"] == first["sequence"]["draft"]["steps"]
    assert (await world.ask("{ messageTemplates { totalCount } }"))["messageTemplates"] == {"totalCount": 3}

    same_name = await world.tell("createSequence", {"fromTemplate": "AWARENESS"}, f"sequence {{ id }} {ERRORS}")
    assert errors(same_name) == [("ALREADY_EXISTS", "name")]


async def test_a_copy_leaves_messages_of_the_same_name_alone_that_it_cannot_use(world: World) -> None:
    await message(world, name="awareness: welcome", channel="SMS", subject=None)
    await world.tell("createSequence", {"fromTemplate": "AWARENESS"}, SEQUENCE)
    names = (await world.ask("{ messageTemplates { nodes { name channel } } }"))["messageTemplates"]["nodes"]
    assert [(each["name"], each["channel"]) for each in names] == [
        ("Awareness: checklist", "EMAIL"),
        ("Awareness: the calls nobody answers", "EMAIL"),
        ("awareness: welcome", "SMS"),
        ("Awareness: welcome (2)", "EMAIL"),
    ]


async def test_the_shipped_sequences_can_be_looked_at_before(world: World) -> None:
    query = (
        "{ sequenceTemplates { type name plan { steps { ... on SendStep { key template { name } } } } messages { name channel subject } } }"
    )
    shipped = (await world.ask(query))["sequenceTemplates"]
    assert [each["type"] for each in shipped] == list(SequenceType)
    assert shipped[0]["messages"][0] == {
        "name": "Awareness: welcome",
        "channel": "EMAIL",
        "subject": "Good to meet you, {{ contact.first_name }}",
    }
    assert shipped[0]["plan"]["steps"][1] == {"key": "welcome", "template": None}


async def test_a_published_sequence_keeps_the_words_of_an_archived_template_but_is_not_published_anew_with_it(world: World) -> None:
    template = await message(world)
    mail = {"send": {"key": "mail", "channel": "EMAIL", "templateId": template, "purpose": "SALES", "next": "end"}}
    sequence = await create(world, mail)
    await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)
    await world.tell("archiveMessageTemplate", {"templateId": template}, "errors { __typename }")

    update = {"sequenceId": sequence["id"], "entry": {"maxActive": 3}}
    updated = await world.tell("updateSequence", update, f"sequence {{ {VALIDATION} }}")
    assert [problem["code"] for problem in updated["sequence"]["validation"]["problems"]] == ["TEMPLATE_ARCHIVED"]
    assert errors(await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)) == [
        ("SEQUENCE_NOT_PUBLISHABLE", "sequenceId")
    ]


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


async def test_the_same_key_publishes_once_and_answers_alike(world: World) -> None:
    sequence = await create(world)
    request = {"sequenceId": sequence["id"], "idempotencyKey": "p"}
    payloads = [await world.tell("publishSequence", request, PUBLISH) for _ in range(2)]
    other_selection = await world.tell(
        "publishSequence", request, "sequenceVersion { number } enrollments { running pinned steps { stepKey } }"
    )
    assert payloads[0] == payloads[1]
    assert other_selection == {"sequenceVersion": {"number": 1}, "enrollments": {"running": 0, "pinned": 0, "steps": []}}


async def test_publishing_is_told_to_the_workspace(world: World) -> None:
    sequence = await create(world)
    query = """
        query ($after: Cursor) {
            events(after: $after) { cursor events { type lead { id } changes { field old new } facts { name value } } }
        }
    """
    feed = (await world.ask(query))["events"]
    published = await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)

    async with asyncio.timeout(10):
        # The feed shows an event once no older transaction is under way.
        while not feed["events"]:
            feed = (await world.ask(query, {"after": feed["cursor"]}))["events"]
    (event,) = feed["events"]
    assert (event["type"], event["lead"]) == ("SEQUENCE_PUBLISHED", None)
    assert event["changes"] == [{"field": "number", "old": None, "new": "1"}]
    assert {fact["name"]: fact["value"] for fact in event["facts"]} == {
        "sequence": sequence["id"],
        "sequenceVersion": published["sequenceVersion"]["id"],
    }


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
