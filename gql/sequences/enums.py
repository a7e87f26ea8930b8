"""The closed sets around sequences."""

from __future__ import annotations

from domain.lead_conditions import LeadField
from domain.sequence_validation import PlanProblemCode, ProblemSeverity
from domain.sequences import SequenceType, TriggerKind
from gql.enums import describe

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = ["LeadField", "PlanProblemCode", "ProblemSeverity", "SequenceType", "TriggerKind"]

describe(
    SequenceType,
    "Where on its way to buying, and after, a lead is for whom a sequence is meant.",
    {
        "AWARENESS": "It came across us and asked for nothing yet.",
        "INTEREST": "It downloaded, attended or asked something.",
        "CONSIDERATION": "It compares ways to solve its problem.",
        "EVALUATION": "It tries us out.",
        "DECISION": "It has an offer.",
        "RETENTION": "It is a customer.",
    },
)
describe(
    TriggerKind,
    "What enrolls leads by itself.",
    {
        "ACTIVITY": "An activity of a type was recorded.",
        "STATUS": "The lead got a status.",
        "SCORE": "The total score came to a number from below.",
        "GRADE": "The grade became good enough.",
        "SOURCE": "The lead was created, from a source.",
    },
)
describe(
    LeadField,
    "A field of a lead that may be known or not.",
    {
        "EMAIL": "An e-mail address.",
        "PHONE": "At least one phone number.",
        "COMPANY": "The company's name.",
        "TITLE": "The job title.",
        "INDUSTRY": "The industry.",
        "COUNTRY": "The country.",
        "TIME_ZONE": "The time zone.",
        "LANGUAGE": "The language.",
        "BUDGET": "The budget.",
        "AUTHORITY": "Who decides.",
        "NEED": "What is needed.",
        "TIMELINE": "By when.",
        "OWNER": "An agent who owns it.",
        "STAGE": "A stage of a pipeline.",
        "DEAL_VALUE": "The deal's value.",
    },
)
describe(
    ProblemSeverity,
    "Whether a problem keeps a sequence from being published.",
    {"ERROR": "It does.", "WARNING": "It does not, but think about it."},
)
describe(
    PlanProblemCode,
    "What is wrong with the plan of a sequence.",
    {
        "NO_STEPS": "There is no step.",
        "TOO_MANY_STEPS": "There are more than 200 steps.",
        "UNREACHABLE_STEP": "No way leads to the step from the first one.",
        "DANGLING_NEXT": "A way leads to a step that is not there.",
        "MISSING_EXIT": "A way leads nowhere, or round and round: it never comes to an exit.",
        "CYCLE_WITHOUT_WAIT": "Steps lead to each other in a circle in which nothing waits.",
        "WAIT_OUT_OF_BOUNDS": "A duration is shorter than a minute or longer than 365 days.",
        "NO_WEEKDAY": "A wait for a local time names no weekday.",
        "NO_CONSENT_PURPOSE": "A message or an AI call does not say what it is for.",
        "UNKNOWN_TEMPLATE": "The message template does not exist.",
        "TEMPLATE_ARCHIVED": "The message template is archived.",
        "TEMPLATE_OF_OTHER_CHANNEL": "The message template is for another channel.",
        "UNKNOWN_VARIABLE": "The message uses a variable that does not exist, or no longer.",
        "NO_UNSUBSCRIBE_LINK": "A mail of marketing does not show `contact.unsubscribe_url` in each of its parts, text and HTML.",
        "NO_POSTAL_ADDRESS": "A mail of marketing does not show `workspace.postal_address` in each of its parts, text and HTML.",
        "WORKSPACE_WITHOUT_POSTAL_ADDRESS": "A mail of marketing would be sent by a workspace that has no postal address.",
        "TOO_FEW_WAYS": "A branch has no case, or a split fewer than two arms.",
        "CASE_NEVER_HOLDS": "No lead ever meets a branch's condition: it contradicts itself, or asks for a score that there is not.",
        "CASE_ALWAYS_HOLDS": "Every lead meets a branch's condition: the cases after it and `otherwise` are never taken.",
        "WEIGHT_OUT_OF_BOUNDS": "A weight is not 1–1,000.",
        "ATTEMPTS_OUT_OF_BOUNDS": "The number of attempts is not 1–10.",
        "INVALID_URL": "A webhook's address is not an https one of a named host.",
        "EMPTY_TRIGGER": "A trigger names nothing that could set it off.",
        "SCORE_OUT_OF_BOUNDS": "A trigger's score is not 1–100.",
        "CAP_OUT_OF_BOUNDS": "A cap, or the days between two enrollments, is out of bounds.",
        "NO_UNSUBSCRIBE_EXIT": "Leads that unsubscribe stay in a sequence that sends marketing.",
        "SENDS_WITHOUT_WAIT": "A contact follows another on the same channel without a wait between them.",
    },
)
