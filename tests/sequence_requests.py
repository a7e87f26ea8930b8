"""What tests ask and tell about sequences through the API."""

from __future__ import annotations

from typing import Any

from tests.sequence_plans import FOOTER
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


async def message(world: World, text: str = f"Hello\n{FOOTER}", **fields: Any) -> str:
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
