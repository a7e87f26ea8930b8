"""The enums of merging."""

from __future__ import annotations

from domain.merging import Kept, MergeField, Survivorship, UnmergeObstacle
from gql.enums import describe

__all__ = ["Kept", "MergeField", "Survivorship", "UnmergeObstacle"]

describe(
    MergeField,
    "What a merge decides about on its own.",
    {
        "NAME": "First and last name together.",
        "TITLE": "The job title.",
        "EMAIL": "The e-mail address; a lead has one.",
        "PHONES": "The phone numbers.",
        "LANGUAGE": "The language to speak.",
        "COMPANY": "The company's name.",
        "INDUSTRY": "What the company does.",
        "EMPLOYEES": "How many people work there.",
        "ANNUAL_REVENUE": "The company's annual revenue.",
        "WEBSITE": "The company's website.",
        "ADDRESS": "Street, city, region, postal code and country together.",
        "TIME_ZONE": "The time zone.",
        "BUDGET": "What it can spend.",
        "AUTHORITY": "Who decides.",
        "NEED": "What it needs.",
        "TIMELINE": "By when.",
        "NOTES": "What people noted down.",
        "STATUS": "The status, and since when it has it.",
        "OWNER": "The agent who works on it.",
        "STAGE": "The stage of a pipeline, and since when it is there.",
        "DEAL_VALUE": "What the deal is worth, with its currency.",
        "DEAL_PROBABILITY": "The probability that somebody set.",
        "EXPECTED_CLOSE_DATE": "The day on which the deal is expected to close.",
        "PRIORITY_PIN": "The pinned priority, with its reason and its end.",
    },
)

describe(
    Survivorship,
    "Whose value a field of the merged lead has.",
    {
        "SURVIVOR": "The survivor's, even if it has none.",
        "LOSER": "The loser's, even if it has none.",
        "NON_EMPTY": "The survivor's if it has one, else the loser's. Holds for most fields that are not named.",
        "NEWEST": "That of the lead which somebody changed last if it has one, else the other's.",
        "UNITED": "Both: for phone numbers and notes, where it holds unless they are named.",
        "FURTHEST": "The status that is further on; holds for the status unless it is named.",
    },
)

describe(
    Kept,
    "Where the value of a merged lead's field came from.",
    {"SURVIVOR": "From the survivor.", "LOSER": "From the loser.", "BOTH": "From both, put together."},
    name="KeptFrom",
)

describe(
    UnmergeObstacle,
    "Why a merge cannot be undone now.",
    {
        "ALREADY_UNDONE": "It was undone before.",
        "SURVIVOR_MERGED": "The survivor was itself merged into another lead; that has to be undone first.",
        "LATER_MERGE": "The survivor took in another lead later; that has to be undone first.",
        "SURVIVOR_DELETED": "The survivor was deleted; it has to be restored first.",
    },
)
