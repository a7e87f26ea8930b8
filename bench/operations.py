"""The benchmark's operations: their documents for this server, and streams of variables that visit the whole table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bench.dataset import Sample

_SCALARS = "id version status grade temperature priority createdAt updatedAt"
_CONTACT = "contact { firstName lastName email title }"
_RELATIONS = "owner { id name } stage { id name pipeline { id name } }"
_ACTIVITIES = "activities(first: 5) { nodes { id type occurredAt subject body } }"

# Issue 5's five operations.
DOCUMENTS: Mapping[str, str] = {
    "Q1": f"""query Q1($id: ID!) {{ lead(id: $id) {{
        {_SCALARS} name notes lastActivityAt {_CONTACT} {_RELATIONS} {_ACTIVITIES}
        scoreHistory(first: 5) {{ nodes {{ id at total grade cause }} }} }} }}""",
    "Q2": f"""query Q2($status: LeadStatus!, $grade: Grade!) {{
        leads(first: 50, filter: {{status: {{eq: $status}}, grade: {{eq: $grade}}}}, orderBy: {{field: SCORE, direction: DESC}}) {{
            pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }}
            edges {{ cursor node {{ {_SCALARS} {_CONTACT} {_RELATIONS} {_ACTIVITIES}
                scoreHistory(first: 3) {{ nodes {{ id at total grade }} }} campaigns(first: 5) {{ nodes {{ id name }} }} }} }} }} }}""",
    "Q3": "query Q3 { leads(first: 20) { nodes { id version status grade priority name createdAt updatedAt } } }",
    "Q4": """mutation Q4($id: ID!, $status: LeadStatus!) { changeLeadStatus(input: {leadId: $id, status: $status}) {
        lead { id status version } errors { __typename ... on UserError { message code path } } } }""",
    "Q5": """query Q5 { leads(first: 100) { nodes { id score { total grade categories { name points } } timeline(first: 10) { nodes { __typename
        ... on Activity { id type occurredAt }
        ... on ContactAttempt { id channel occurredAt }
        ... on StatusChange { id to at }
        ... on Assignment { id strategy at }
        ... on ScoreChange { id total at }
        ... on StageStay { id enteredAt leftAt }
        ... on CampaignMember { id joinedAt leftAt }
        ... on CloseDateSlip { id fromDate at }
        ... on EnrollmentChange { id kind at }
        ... on FollowUp { id dueAt createdAt }
        ... on LeadMerge { id at unmergedAt }
        ... on ConsentEntry { id channel at } } } } } }""",
}


def variables(operation: str, sample: Sample) -> Iterator[Mapping[str, Any]]:
    """Yield variables without end; the same stream for every competitor."""
    number = 0
    moves = dict(sample.movable)
    while True:
        if operation == "Q1":
            yield {"id": sample.leads[number % len(sample.leads)]}
        elif operation == "Q2":
            status, grade = sample.pairs[number % len(sample.pairs)]
            yield {"status": status, "grade": grade}
        elif operation == "Q4":
            yield _move(moves, sample.movable[number % len(sample.movable)][0])
        else:
            yield {}
        number += 1


def _move(statuses: dict[str, str], lead: str) -> Mapping[str, str]:
    """Move a lead to and fro between two statuses that allow each other."""
    statuses[lead] = "NURTURING" if statuses[lead] == "CONTACTED" else "CONTACTED"
    return {"id": lead, "status": statuses[lead]}


def names(chosen: Sequence[str] | None) -> Sequence[str]:
    """Return the operations to run: those chosen, else all."""
    return chosen or tuple(DOCUMENTS)
