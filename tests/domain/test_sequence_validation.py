"""What keeps a sequence from being published: every problem at once, each with its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from domain.consent_purposes import ConsentPurpose
from domain.lead_conditions import LeadCondition, LeadField
from domain.leads import LeadSource
from domain.message_templates import CurrentMessage
from domain.message_variables import POSTAL_ADDRESS, UNSUBSCRIBE_URL
from domain.scoring import Grade, Temperature
from domain.sequence_steps import (
    AiCallStep,
    BranchCase,
    BranchStep,
    MessageChannel,
    SplitArm,
    SplitStep,
    Step,
    TaskStep,
    WaitUntilStep,
    WebhookStep,
)
from domain.sequence_validation import PlanProblem, PlanProblemCode, ProblemSeverity, Surroundings, is_webhook_url, plan_problems
from domain.sequences import (
    ActivityTrigger,
    EntryConditions,
    ExitCriteria,
    ScoreTrigger,
    SequencePlan,
    SourceTrigger,
    StatusTrigger,
)
from domain.status import LeadStatus
from domain.weekdays import WORKING_DAYS
from tests.sequence_plans import WELCOME, WHOLE, end, message, send, wait
from usecases.messages.content import EMPTY, edited_content

Told = tuple[str, str, str | None]
Found = tuple[PlanProblem, ...]
KNOWN = frozenset({"contact.first_name", "company.name", UNSUBSCRIBE_URL, POSTAL_ADDRESS})


def told(plan: SequencePlan, welcome: CurrentMessage | None = None) -> list[Told]:
    return [_short(problem) for problem in problems(plan, welcome)]


def problems(plan: SequencePlan, welcome: CurrentMessage | None = None, postal_address: str | None = "Rua da Prova 7") -> Found:
    return plan_problems(plan, Surroundings(messages={WELCOME: welcome or message()}, variables=KNOWN, postal_address=postal_address))


def _short(problem: PlanProblem) -> Told:
    return problem.code.value, ".".join(problem.path), problem.step_key


def steps(*steps: Step) -> SequencePlan:
    return SequencePlan(steps=steps)


def test_a_plan_with_every_kind_of_step_has_no_problem() -> None:
    assert told(WHOLE) == []


def test_a_plan_without_steps_is_none() -> None:
    assert told(SequencePlan()) == [("NO_STEPS", "steps", None)]


def test_two_hundred_steps_are_allowed_and_one_more_is_not() -> None:
    def row(number: int) -> SequencePlan:
        return steps(*(wait(f"s{index}", f"s{index + 1}") for index in range(number - 1)), end(f"s{number - 1}"))

    assert told(row(200)) == []
    assert told(row(201)) == [("TOO_MANY_STEPS", "steps", None)]


def test_steps_that_no_way_leads_to_are_told() -> None:
    assert told(steps(wait("a", "end"), wait("b", "c"), wait("c", "b"), end())) == [
        ("UNREACHABLE_STEP", "steps.1", "b"),
        ("UNREACHABLE_STEP", "steps.2", "c"),
    ]


def test_a_way_that_leads_to_no_step_or_nowhere_is_told_at_its_place() -> None:
    branch = BranchStep(key="which", cases=(BranchCase(condition=LeadCondition(min_score=40), next="gone"),), otherwise=None)
    split = SplitStep(key="split", arms=(SplitArm(name="x", weight=1, next="which"), SplitArm(name="y", weight=1, next=None)))
    assert told(steps(split, branch)) == [
        ("MISSING_EXIT", "steps.0.arms.1.next", "split"),
        ("DANGLING_NEXT", "steps.1.cases.0.next", "which"),
        ("MISSING_EXIT", "steps.1.otherwise", "which"),
    ]


def test_going_round_is_allowed_only_with_a_wait() -> None:
    hook = WebhookStep(key="hook", url="https://crm.example/x", next="split")
    split = SplitStep(key="split", arms=(SplitArm(name="x", weight=1, next="hook"), SplitArm(name="y", weight=1, next="end")))
    assert told(steps(hook, split, end())) == [("CYCLE_WITHOUT_WAIT", "steps.0", "hook")]
    assert told(steps(replace(hook, next="pause"), wait("pause", "split"), split, end())) == []


def test_a_step_that_leads_to_itself_goes_round() -> None:
    assert told(steps(WebhookStep(key="hook", url="https://crm.example/x", next="hook"))) == [
        ("CYCLE_WITHOUT_WAIT", "steps.0", "hook"),
        ("MISSING_EXIT", "steps.0", "hook"),
    ]


def test_a_circle_of_waits_never_ends() -> None:
    assert told(steps(wait("a", "b"), wait("b", "a"))) == [("MISSING_EXIT", "steps.0", "a"), ("MISSING_EXIT", "steps.1", "b")]


@pytest.mark.parametrize(("minutes", "fits"), [(0, False), (1, True), (525_600, True), (525_601, False), (-5, False)])
def test_a_wait_lasts_a_minute_to_a_year(minutes: int, fits: bool) -> None:
    out = PlanProblemCode.WAIT_OUT_OF_BOUNDS
    task = TaskStep(key="t", title="x", instructions=None, due_minutes=minutes, next="end")
    assert told(steps(wait("w", "t", minutes), task, end())) == (
        [] if fits else [(out, "steps.0.minutes", "w"), (out, "steps.1.due_minutes", "t")]
    )


def test_contacts_name_their_purpose() -> None:
    call = AiCallStep(key="c", objective="x", script=None, max_attempts=11, purpose=None, next="end")
    assert told(steps(send("m", "c", purpose=None), call, end())) == [
        ("NO_CONSENT_PURPOSE", "steps.0.purpose", "m"),
        ("NO_CONSENT_PURPOSE", "steps.1.purpose", "c"),
        ("ATTEMPTS_OUT_OF_BOUNDS", "steps.1.max_attempts", "c"),
    ]


def test_a_message_must_exist_fit_its_channel_and_use_known_variables() -> None:
    plan = steps(send("m", "end"), end())
    nothing = Surroundings(messages={}, variables=(), postal_address=None)
    assert [_short(each) for each in plan_problems(plan, nothing)] == [("UNKNOWN_TEMPLATE", "steps.0.template_id", "m")]
    archived = message(channel=MessageChannel.SMS, variables=("contact.first_name", "contact.nose"))
    archived = replace(archived, template=replace(archived.template, archived_at=archived.template.created_at))
    assert told(plan, archived) == [
        ("TEMPLATE_ARCHIVED", "steps.0.template_id", "m"),
        ("TEMPLATE_OF_OTHER_CHANNEL", "steps.0.channel", "m"),
        ("UNKNOWN_VARIABLE", "steps.0.template_id", "m"),
    ]


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ({"min_score": 100, "max_score": 100}, True),
        ({"min_score": 101}, False),
        ({"max_score": -1}, False),
        ({"min_score": 80, "max_score": 79}, False),
        ({"known": (LeadField.EMAIL,), "unknown": (LeadField.PHONE,)}, True),
        ({"known": (LeadField.EMAIL, LeadField.PHONE), "unknown": (LeadField.PHONE,)}, False),
        ({"tags_any": ("gold", "silver"), "tags_none": ("Gold",)}, True),
        ({"tags_any": ("gold",), "tags_none": ("Gold", "silver")}, False),
        ({"tags_none": ("gold",)}, True),
    ],
)
def test_a_case_that_no_lead_can_meet_is_told(condition: dict[str, Any], met: bool) -> None:
    cases = (BranchCase(condition=LeadCondition(min_score=40), next="end"), BranchCase(condition=LeadCondition(**condition), next="end"))
    assert told(steps(BranchStep(key="which", cases=cases, otherwise="end"), end())) == (
        [] if met else [("CASE_NEVER_HOLDS", "steps.0.cases.1.condition", "which")]
    )


@pytest.mark.parametrize(
    ("condition", "asks"),
    [
        ({}, False),
        ({"min_score": 0, "max_score": 100}, False),
        ({"min_score": 1}, True),
        ({"max_score": 99}, True),
        ({"statuses": tuple(LeadStatus)}, False),
        ({"statuses": tuple(LeadStatus)[1:]}, True),
        ({"grades": tuple(Grade), "temperatures": tuple(Temperature), "sources": tuple(LeadSource)}, False),
        ({"grades": (Grade.A,)}, True),
        ({"temperatures": (Temperature.HOT,)}, True),
        ({"sources": (LeadSource.WEBINAR,)}, True),
        ({"min_email_opens": 0, "min_email_clicks": 0, "min_website_visits": 0, "min_content_downloads": 0}, False),
        ({"min_email_opens": 1}, True),
        ({"min_email_clicks": 1}, True),
        ({"min_website_visits": 1}, True),
        ({"min_content_downloads": 1}, True),
        ({"min_employees": 0}, True),
        ({"countries": ("PT",)}, True),
        ({"languages": ("pt",)}, True),
        ({"industries": ("Retail",)}, True),
        ({"known": (LeadField.EMAIL,)}, True),
        ({"unknown": (LeadField.EMAIL,)}, True),
        ({"tags_any": ("gold",)}, True),
        ({"tags_none": ("gold",)}, True),
    ],
)
def test_a_case_that_every_lead_meets_is_told_for_nobody_comes_to_what_follows(condition: dict[str, Any], asks: bool) -> None:
    cases = (BranchCase(condition=LeadCondition(**condition), next="end"), BranchCase(condition=LeadCondition(min_score=40), next="end"))
    assert told(steps(BranchStep(key="which", cases=cases, otherwise="end"), end())) == (
        [] if asks else [("CASE_ALWAYS_HOLDS", "steps.0.cases.0.condition", "which")]
    )


def test_choices_offer_ways_and_weights_are_positive() -> None:
    never = WaitUntilStep(key="until", local_time=time(9), weekdays=(), next="branch")
    split = SplitStep(key="split", arms=(SplitArm(name="x", weight=0, next="end"),))
    assert told(steps(never, BranchStep(key="branch", cases=(), otherwise="split"), split, end())) == [
        ("NO_WEEKDAY", "steps.0.weekdays", "until"),
        ("TOO_FEW_WAYS", "steps.1.cases", "branch"),
        ("TOO_FEW_WAYS", "steps.2.arms", "split"),
        ("WEIGHT_OUT_OF_BOUNDS", "steps.2.arms.0.weight", "split"),
    ]


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://hooks.example/leads?kind=1", True),
        ("https://hooks.example:8443/x", True),
        ("http://hooks.example/x", False),
        ("https://localhost/x", False),
        ("https://127.0.0.1/x", False),
        ("https://[::1]/x", False),
        ("https://me:secret@hooks.example/x", False),
        ("https://hooks.example/x#part", False),
        ("https://hooks.example/a b", False),
        ("ftp://hooks.example", False),
        ("", False),
    ],
)
def test_a_webhook_goes_to_a_named_host_by_https(url: str, fits: bool) -> None:
    assert is_webhook_url(url) is fits
    hook = WebhookStep(key="hook", url=url, next="end")
    assert told(steps(hook, end())) == ([] if fits else [("INVALID_URL", "steps.0.url", "hook")])


def test_triggers_and_caps_are_checked() -> None:
    plan = replace(
        WHOLE,
        triggers=(
            ActivityTrigger(activities=()),
            StatusTrigger(statuses=()),
            SourceTrigger(sources=()),
            ScoreTrigger(score=0),
            ScoreTrigger(score=101),
        ),
        entry=EntryConditions(max_active=0, max_per_day=-1, reentry_after_days=3_651),
    )
    assert told(plan) == [
        ("EMPTY_TRIGGER", "triggers.0.activities", None),
        ("EMPTY_TRIGGER", "triggers.1.statuses", None),
        ("EMPTY_TRIGGER", "triggers.2.sources", None),
        ("SCORE_OUT_OF_BOUNDS", "triggers.3.score", None),
        ("SCORE_OUT_OF_BOUNDS", "triggers.4.score", None),
        ("CAP_OUT_OF_BOUNDS", "entry.max_active", None),
        ("CAP_OUT_OF_BOUNDS", "entry.max_per_day", None),
        ("CAP_OUT_OF_BOUNDS", "entry.reentry_after_days", None),
    ]


def test_what_is_only_unwise_is_a_warning() -> None:
    plan = SequencePlan(
        steps=(send("a", "b"), send("b", "pause"), wait("pause", "c"), send("c", "end"), end()),
        exit_criteria=ExitCriteria(unsubscribe=False),
    )
    found = problems(plan)
    assert [_short(problem) for problem in found] == [
        ("SENDS_WITHOUT_WAIT", "steps.1", "b"),
        ("NO_UNSUBSCRIBE_EXIT", "exit_criteria.unsubscribe", None),
    ]
    assert {problem.severity for problem in found} == {ProblemSeverity.WARNING}


def test_service_messages_may_go_to_leads_that_unsubscribed_from_marketing() -> None:
    plan = SequencePlan(steps=(send("a", "end", ConsentPurpose.SERVICE), end()), exit_criteria=ExitCriteria(unsubscribe=False))
    assert told(plan) == []


_LINK, _ADDRESS = "{{ contact.unsubscribe_url }}", "{{ workspace.postal_address }}"
_NO_LINK = ("NO_UNSUBSCRIBE_LINK", "steps.0.template_id", "m")
_NO_ADDRESS = ("NO_POSTAL_ADDRESS", "steps.0.template_id", "m")


@pytest.mark.parametrize(
    ("text", "html", "said"),
    [
        (f"{_LINK} {_ADDRESS}", None, []),
        (None, f'<a href="{_LINK}">No more</a> {{{{- workspace.postal_address | newline_to_br }}}}', []),
        (f"{{% if company.name %}}{_LINK}{{% endif %}} {{% assign where = workspace.postal_address %}}{{{{ where }}}}", None, []),
        ("hello", None, [_NO_LINK, _NO_ADDRESS]),
        (_ADDRESS, None, [_NO_LINK]),
        (_LINK, None, [_NO_ADDRESS]),
        (f"{_LINK} {_ADDRESS}", f"<p>{_ADDRESS}</p>", [_NO_LINK]),
        ("contact.unsubscribe_url workspace.postal_address", f"{_LINK} {_ADDRESS}", [_NO_LINK, _NO_ADDRESS]),
        (f"{_LINK} {{% comment %}} {_ADDRESS} {{% endcomment %}}", f"{_LINK} {_ADDRESS}", [_NO_ADDRESS]),
    ],
)
def test_mails_of_marketing_show_in_each_part_how_to_have_no_more_of_them_and_whose_they_are(
    text: str | None, html: str | None, said: list[Told]
) -> None:
    subject = "{{ contact.unsubscribe_url }} {{ workspace.postal_address }}"
    content, refusals = edited_content(EMPTY, MessageChannel.EMAIL, {"subject": subject, "text": text, "html": html}, KNOWN)
    assert refusals == []
    mail = replace(message(), version=replace(message().version, content=content))
    assert told(steps(send("m", "end"), end()), mail) == said


def test_mails_of_marketing_say_whose_they_are_only_where_the_workspace_has_an_address() -> None:
    plan = steps(send("m", "pause"), wait("pause", "n"), send("n", "end"), end())
    assert [_short(each) for each in problems(plan, postal_address=None)] == [
        ("WORKSPACE_WITHOUT_POSTAL_ADDRESS", "steps.0.purpose", "m"),
        ("WORKSPACE_WITHOUT_POSTAL_ADDRESS", "steps.2.purpose", "n"),
    ]
    assert {each.severity for each in problems(plan, postal_address=None)} == {ProblemSeverity.ERROR}


@pytest.mark.parametrize(
    ("channel", "purpose"),
    [
        (MessageChannel.EMAIL, ConsentPurpose.SALES),
        (MessageChannel.EMAIL, ConsentPurpose.SERVICE),
        (MessageChannel.SMS, ConsentPurpose.MARKETING),
    ],
)
def test_other_messages_need_neither(channel: MessageChannel, purpose: ConsentPurpose) -> None:
    plan = steps(replace(send("m", "end", purpose), channel=channel), end())
    assert problems(plan, message(channel=channel, text="Hello"), postal_address=None) == ()


def test_all_problems_are_told_at_once() -> None:
    plan = steps(
        send("a", "gone", purpose=None),
        wait("b", None, 0),
        WaitUntilStep(key="u", local_time=time(9), weekdays=WORKING_DAYS, next="u"),
    )
    assert told(plan) == [
        ("DANGLING_NEXT", "steps.0.next", "a"),
        ("NO_CONSENT_PURPOSE", "steps.0.purpose", "a"),
        ("WAIT_OUT_OF_BOUNDS", "steps.1.minutes", "b"),
        ("MISSING_EXIT", "steps.1.next", "b"),
        ("UNREACHABLE_STEP", "steps.1", "b"),
        ("UNREACHABLE_STEP", "steps.2", "u"),
    ]
