"""The closed sets around a lead."""

from __future__ import annotations

from domain.filters import LeadOrderField
from domain.leads import LeadSource
from domain.scoring import Grade, Priority, ScoreCause, Temperature
from domain.status import LeadStatus, Requirement
from gql.enums import describe
from usecases.bulk import ErrorPolicy

# Whoever annotates a field with one of these imports it from here, so that it is described before it is used.
__all__ = [
    "ErrorPolicy",
    "Grade",
    "LeadOrderField",
    "LeadSource",
    "LeadStatus",
    "Priority",
    "Requirement",
    "ScoreCause",
    "Temperature",
]

describe(
    LeadStatus,
    "Where a lead stands.",
    {
        "NEW": "Nobody has tried to reach it yet.",
        "CONTACTED": "At least one outbound attempt was made.",
        "QUALIFIED": "Budget, authority, need and timeline are known.",
        "NURTURING": "Not ready yet; kept warm.",
        "PROPOSAL": "An offer is out.",
        "NEGOTIATION": "Terms are being agreed.",
        "CLOSED_WON": "It bought.",
        "CLOSED_LOST": "It decided against us.",
        "RECYCLED": "Given another chance after having been put aside.",
        "DISQUALIFIED": "It will never buy.",
    },
)
describe(
    Requirement,
    "Something that must be there before a lead may move to a status.",
    {
        "REASON": "A reason in words.",
        "BUDGET": "The lead's budget.",
        "AUTHORITY": "Who decides.",
        "NEED": "What the lead needs.",
        "TIMELINE": "By when.",
        "DEAL_VALUE": "The value of the deal.",
        "REASON_FOR_ZERO_VALUE": "A reason, since the deal's value is zero.",
        "MANAGER_ROLE": "A viewer who is a manager or an admin.",
    },
)
describe(
    LeadSource,
    "Where a lead came from.",
    {
        "WEBSITE_FORM": "A form on the website.",
        "WEBSITE_CHAT": "A chat on the website.",
        "COLD_CALL": "We called without being asked.",
        "EMAIL_MARKETING": "A marketing e-mail.",
        "SOCIAL_MEDIA": "A social network.",
        "REFERRAL": "Somebody sent it to us.",
        "TRADE_SHOW": "A trade show.",
        "EVENT": "An event of ours or another's.",
        "WEBINAR": "A webinar; counts as high intent.",
        "CONTENT_DOWNLOAD": "A download of ours; counts as high intent.",
        "PARTNER": "A partner.",
        "ADVERTISING": "An advertisement.",
        "IMPORT": "A file, when the file does not say more.",
        "API": "An integration, when it does not say more.",
        "OTHER": "None of these.",
    },
)
describe(
    Grade,
    "How good a lead is, from its total score.",
    {"A": "80–100 points.", "B": "60–79 points.", "C": "40–59 points.", "D": "0–39 points."},
)
describe(Temperature, "How warm a lead is; follows the grade.", {"HOT": "Grade A.", "WARM": "Grades B and C.", "COLD": "Grade D."})
describe(
    Priority,
    "How soon to turn to a lead; follows the grade unless somebody pinned it.",
    {"URGENT": "Grade A.", "HIGH": "Grade B.", "MEDIUM": "Grade C.", "LOW": "Grade D."},
)
describe(
    ScoreCause,
    "What made a score change.",
    {
        "ACTIVITY": "An activity was recorded.",
        "FIELD_CHANGE": "A field of the lead that the model reads was changed.",
        "CONTACT_ATTEMPT": "A contact attempt was recorded.",
        "TIME": "Time alone, such as a contact request growing old.",
        "MODEL_PUBLISHED": "Another scoring model went live.",
        "MERGE": "Two leads were merged.",
        "MANUAL": "Somebody asked for a recalculation.",
    },
)
describe(
    ErrorPolicy,
    "What a refused row of a bulk request means for the others.",
    {
        "ALL_OR_NOTHING": "One refused row undoes all.",
        "SKIP_FAILED": "Refused rows are left out; the others take effect.",
    },
)
describe(
    LeadOrderField,
    "By what a list of leads is ordered. Equal values are ordered by creation; empty ones come last.",
    {
        "CREATED_AT": "When the lead was created.",
        "UPDATED_AT": "When somebody last changed it.",
        "SCORE": "The total score.",
        "NAME": "Last name, then first name, without regard to case.",
        "COMPANY": "The company's name, without regard to case.",
        "LAST_ACTIVITY_AT": "When the lead last did something.",
        "LAST_CONTACTED_AT": "When we last tried to reach it.",
        "DEAL_VALUE": "The deal's amount, whatever its currency.",
        "EXPECTED_CLOSE_DATE": "The day on which the deal is expected to close.",
        "STATUS_SINCE": "Since when it has had its status.",
        "FIRST_RESPONSE_DUE_AT": "By when it is to be answered for the first time; those without a time come last.",
    },
)
