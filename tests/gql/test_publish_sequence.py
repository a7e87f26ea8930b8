"""Publishing sequences: drafts become versions that never change, with the words of their messages as they are then."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.sequences import SequenceType
from tests.sequence_plans import FOOTER
from tests.sequence_requests import CHANGES, ERRORS, EXIT, PUBLISH, SEQUENCE, VALIDATION, create, errors, message
from tests.worlds import World


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


async def test_marketing_by_mail_is_published_only_with_a_way_out_and_the_workspaces_address(world: World) -> None:
    template = await message(world, "hello")
    mail = {"send": {"key": "mail", "channel": "EMAIL", "templateId": template, "purpose": "MARKETING", "next": "end"}}
    sequence = await create(world, mail)
    await world.tell("updateWorkspace", {"postalAddress": None}, "errors { __typename }")

    async def refusals() -> list[tuple[str, str, str]]:
        payload = await world.tell("publishSequence", {"sequenceId": sequence["id"]}, PUBLISH)
        told = [error["problem"] for error in payload["errors"]]
        return [(problem["code"], ".".join(problem["path"]), problem["stepKey"]) for problem in told]

    said = [("NO_UNSUBSCRIBE_LINK", "steps.0.templateId", "mail"), ("NO_POSTAL_ADDRESS", "steps.0.templateId", "mail")]
    assert await refusals() == [*said, ("WORKSPACE_WITHOUT_POSTAL_ADDRESS", "steps.0.purpose", "mail")]
    await world.tell("updateWorkspace", {"postalAddress": "Acme\nRua da Prova 7"}, "errors { __typename }")
    assert await refusals() == said
    await world.tell("updateMessageTemplate", {"templateId": template, "text": f"hello {FOOTER}"}, "errors { __typename }")
    assert await refusals() == []

    await world.tell("updateWorkspace", {"postalAddress": " "}, "errors { __typename }")
    found = await world.ask(f"query ($id: ID!) {{ sequence(id: $id) {{ {VALIDATION} }} }}", {"id": sequence["id"]})
    assert [problem["code"] for problem in found["sequence"]["validation"]["problems"]] == ["WORKSPACE_WITHOUT_POSTAL_ADDRESS"]


async def test_a_branch_that_asks_for_nothing_is_not_published(world: World) -> None:
    cases: list[dict[str, Any]] = [{"condition": {}, "next": "pause"}, {"condition": {"minScore": 40}, "next": "end"}]
    branch = {"branch": {"key": "which", "cases": cases, "otherwise": "end"}}
    sequence = await create(world, branch, {"wait": {"key": "pause", "minutes": 5, "next": "end"}})
    assert sequence["validation"]["problems"] == [
        {
            "code": "CASE_ALWAYS_HOLDS",
            "severity": "ERROR",
            "message": "Every lead meets this condition: no lead comes to what stands after it.",
            "path": ["steps", "0", "cases", "0", "condition"],
            "stepKey": "which",
        }
    ]


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
    other: dict[str, Any] = {"fromTemplate": "AWARENESS", "name": "My own", "type": "INTEREST", "triggers": []}
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


async def test_a_template_knows_the_sequences_that_send_it(world: World) -> None:
    template, other = await message(world), await message(world, name="Other")
    sends = {"channel": "EMAIL", "purpose": "SALES", "next": "end"}
    published = await create(world, {"send": {"key": "mail", "templateId": template, **sends}}, name="Published")
    await world.tell("publishSequence", {"sequenceId": published["id"]}, PUBLISH)
    redraft = [{"send": {"key": "mail", "templateId": other, **sends}}, EXIT]
    await world.tell("updateSequence", {"sequenceId": published["id"], "steps": redraft}, "errors { __typename }")
    twice = [{"send": {"key": key, "templateId": template, **sends, "next": next}} for key, next in (("one", "two"), ("two", "end"))]
    await create(world, *twice, name="drafted")
    await create(world, name="Neither")

    query = "{ messageTemplates { nodes { name sequences { totalCount nodes { name } } } } }"
    found = (await world.ask(query))["messageTemplates"]["nodes"]
    assert {each["name"]: [node["name"] for node in each["sequences"]["nodes"]] for each in found} == {
        "Hello": ["drafted", "Published"],
        "Other": ["Published"],
    }
    assert [each["sequences"]["totalCount"] for each in found] == [2, 1]
