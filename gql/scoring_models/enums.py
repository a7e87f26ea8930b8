"""The closed sets of scoring models."""

from __future__ import annotations

from domain.model_definitions import ScoringFact
from domain.model_validation import ModelProblemKind, ModelProblemSeverity
from domain.model_versions import ModelState
from gql.enums import describe

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = ["ModelProblemKind", "ModelProblemSeverity", "ModelState", "ScoringFact"]

describe(
    ScoringFact,
    "A fact that a rule can read. Texts can be known or match, numbers be compared and banded, counts and events be counted; "
    "only events have instants, which windows and half-lives need.",
    {
        "SENIORITY": "Text: the level that the job title names: C_LEVEL, VP, DIRECTOR or MANAGER.",
        "COMPANY": "Text: the company's name; placeholders such as `n/a` are not known.",
        "INDUSTRY": "Text: the industry as it was entered; `Other` and `Unknown` are not known.",
        "SOURCE": "Text: the first touch's source, a `LeadSource`.",
        "PHONES": "Count: valid phone numbers.",
        "WEBSITE_VISITS": "Count: visits of the website.",
        "CONTENT_DOWNLOADS": "Count: distinct downloads.",
        "PAGE_VIEWS": "Count: pages looked at.",
        "EMAIL_OPENS": "Count: e-mails opened.",
        "EMAIL_CLICKS": "Count: links in e-mails clicked.",
        "SOCIAL_ENGAGEMENTS": "Count: likes, comments and shares.",
        "EMPLOYEES": "Number: how many people work at the company.",
        "ANNUAL_REVENUE": "Number: the company's annual revenue, in the workspace's currency.",
        "OUTBOUND_ATTEMPTS": "Count: times that we tried to reach the lead.",
        "CONTACT_REQUESTED_AT": "Event: the latest request to be contacted.",
        "CONNECTED_CALLS": "Event: a call of at least a minute.",
        "INTERESTED_CALLS": "Event: a call that ended in interest.",
        "CALLBACK_REQUESTED_CALLS": "Event: a call that ended in a request to call back.",
        "MEETING_BOOKED_CALLS": "Event: a call that ended in a meeting.",
        "NOT_INTERESTED_CALLS": "Event: a call that ended in refusal.",
        "WRONG_NUMBER_CALLS": "Event: a call that reached somebody else.",
    },
)
describe(
    ModelState,
    "Where a version of a scoring model stands.",
    {"DRAFT": "It can be changed, and scores nothing.", "PUBLISHED": "It never changes any more."},
)
describe(
    ModelProblemSeverity,
    "What a problem means for publishing.",
    {"ERROR": "The model cannot be published.", "WARNING": "It can, but probably something else is meant."},
    name="ScoringModelProblemSeverity",
)
describe(
    ModelProblemKind,
    "What may be wrong with a drafted scoring model.",
    {
        "NO_CATEGORIES": "Error: the model is empty.",
        "NO_RULES": "Error: a category is empty.",
        "DUPLICATE_KEY": "Error: two categories, or two rules of one category, have the same key.",
        "FACT_NOT_READABLE": "Error: this kind of rule cannot read this fact.",
        "WINDOW_NOT_POSSIBLE": "Error: a window of no length, over ten years, or over a fact whose instants are not known.",
        "HALF_LIFE_NOT_POSSIBLE": "Error: a half-life of no length, over ten years, or of a fact whose instants are not known.",
        "HALF_LIVES_DIFFER": "Error: rules of one category decay at different speeds.",
        "BANDS_UNSORTED": "Error: the limits of the bands do not rise.",
        "BANDS_OVERLAP": "Error: two bands have the same limit.",
        "BANDS_INCOMPLETE": "Error: the last band has a limit, or another has none.",
        "NO_VALUES": "Error: there is nothing to match.",
        "CAP_NOT_POSITIVE": "Error: a cap of 0 or less.",
        "TOTAL_OVER_100": "Error: totals end at 100.",
        "GRADES_NOT_RISING": "Error: the grades' lowest totals do not rise from C to A.",
        "GRADE_UNREACHABLE": "Error: no lead could ever get this grade.",
        "TOTAL_UNREACHABLE": "Warning: no lead could ever get as many points as the model's cap.",
        "TOTAL_HIDES_POINTS": "Warning: the model's cap hides points of the categories.",
        "CATEGORY_CAP_UNREACHABLE": "Warning: the category's rules can never fill it.",
        "RULE_CAP_UNREACHABLE": "Warning: the rule can never reach its cap.",
        "POINTS_HIDDEN": "Warning: a cap hides points of the rule for ever.",
        "NO_POINTS": "Warning: the rule neither gives nor takes points.",
        "ALWAYS_HOLDS": "Warning: the condition holds for every lead.",
        "BAND_UNREACHABLE": "Warning: a band that no number falls into.",
        "VALUE_UNKNOWN": "Warning: a value that the fact never has.",
    },
    name="ScoringModelProblemKind",
)
